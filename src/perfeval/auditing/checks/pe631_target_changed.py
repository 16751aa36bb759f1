"""A target that is not the approved one.

What: the approved table is matched by project code, else by name within the unit, its indicators as for PE621. Numbers are
put on one scale and compared exactly; a sign of comparison that only one side writes counts for both, = and ≥ are one.
An easier target, a ceiling for a floor and a target left out are warnings; a harder one, and words or dates that differ,
are notes. Where the budget was adjusted in the year it is a question.

Basis: two tables that state one thing: the targets that were approved with the budget; a change is approved again.

Why: a target that moves towards the result is reached by moving it.

False alarms: a change that was approved during the year; a printed 年度指标值 after adjustment beside the first one.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._approved import Change, change_of, is_budget_changed
from perfeval.auditing.checks._outside import class_of, said_of
from perfeval.auditing.checks._targets import text_of
from perfeval.auditing.examples import APPROVED, CLEAN, changed
from perfeval.auditing.outside import Pair, Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_SAYS = {
    Change.EASIER: Wording(
        "PE631-easier",
        "“{name}”指标值 {target}，批复为 {approved}，要求降低（{match}对应）",
        "'{name}': the target is {target}, approved was {approved}: it asks for less (matched {matched})",
    ),
    Change.HARDER: Wording(
        "PE631-harder",
        "“{name}”指标值 {target}，批复为 {approved}，要求提高（{match}对应）",
        "'{name}': the target is {target}, approved was {approved}: it asks for more (matched {matched})",
    ),
    Change.TURNED: Wording(
        "PE631-turned",
        "“{name}”指标值 {target}，批复为 {approved}，比较方向相反（{match}对应）",
        "'{name}': the target is {target}, approved was {approved}: the direction is turned (matched {matched})",
    ),
    Change.GONE: Wording(
        "PE631-gone",
        "“{name}”未填指标值，批复为 {approved}（{match}对应）",
        "'{name}': there is no target, approved was {approved} (matched {matched})",
    ),
    Change.OTHER: Wording(
        "PE631",
        "“{name}”指标值 {target}，与批复的 {approved} 不同（{match}对应）",
        "'{name}': the target {target} is not the approved {approved} (matched {matched})",
    ),
}
_NOTES = frozenset({Change.HARDER, Change.OTHER})


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        for rows in rows_of(pair.table, pair.other).pairs:
            change = change_of(rows)
            if change is not None:
                yield _raised(pair, rows, change)


def _raised(pair: Pair[Table], rows: RowPair, change: Change) -> Raised:
    path = f"indicators[{rows.number}].target"
    place = place_of(pair.other.evaluation, path)
    return Raised(
        spots=(rows.row.spot("target"),),
        severity=Severity.NOTE if change in _NOTES else Severity.WARNING,
        kind=FindingClass.QUESTION if is_budget_changed(pair.table) else class_of(pair, path),
        facts={
            "name": rows.row.indicator.level3 or "",
            "target": text_of(rows.row.indicator.target),
            "approved": text_of(rows.other.target),
            "change": change,
            **said_of(pair.by),
        },
        wording=_SAYS[change],
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE631",
    name="target-changed",
    scope=Scope.APPROVED,
    stages=ALL_STAGES,
    says=_SAYS[Change.OTHER],
    explained_by=Wording(
        "PE631-explained",
        "年中预算或任务调整，指标值已按程序重新批复",
        "the budget or the task was adjusted during the year, and the target was approved again",
    ),
    ask=Wording(
        "PE631-ask",
        "请提供指标值调整的批复，或按批复的指标值更正",
        "please hand in the approval of the change, or correct the target to the approved one",
    ),
    basis="表间勾稽：自评表的指标值与批复的绩效目标应一致，调整的应有相应批复",
    status=BasisStatus.BACKGROUND,
    run=_run,
    approved=(APPROVED,),
    wrong=(
        changed(
            goal_expected="养护道路里程不少于119公里。",
            indicators_0_target=">=119公里",
            indicators_1_target=">=96%",
            indicators_3_target="明显改善",
        ),
    ),
    right=(CLEAN, changed(indicators_0_target="不少于12万米"), changed(indicators_1_target="95%")),
)
