"""A reported score below the recomputed one.

What: the recomputed score is higher than the reported one under every accepted reading. Not raised where the target is
met and the row gives a reason, where a printed deduction makes up the difference, and where another check speaks of the
row (a 0 under a ceiling, a partial score under 直接赋分, a score off the bands of 满意度).

Basis: as PE101; a lower score is never more than a note (docs/audit.md).

Why: a unit may be stricter with itself than the rule, but its total then does not follow from its figures either.

False alarms: a deduction that only the text of the report explains; a local rule that takes off more than in proportion.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import (
    facts_of,
    has_reason,
    is_band_value,
    is_partial_direct,
    is_zero_kept,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import difference


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    score, reported = row.scored.score, row.reported
    if (
        row.verdict is not Verdict.BELOW
        or score is None
        or reported is None
        or _is_explained(row, score, reported)
    ):
        return
    yield Raised(
        spots=(row.spot("score"), row.spot("target"), row.spot("actual")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, score=score, difference=difference(score, reported)),
        points=difference(reported, score),
        rests_on_rule=True,
    )


def _is_explained(row: Row, score: Decimal, reported: Decimal) -> bool:
    if reported < 0 or is_zero_kept(row) or is_partial_direct(row) or is_band_value(row) is False:
        return True
    if score == row.weight and has_reason(row):
        return True
    cell = row.indicator.deduction
    return (
        cell is not None
        and isinstance(cell.value, Decimal)
        and difference(score, cell.value.copy_abs()) == reported
    )


CHECK = Check(
    code="PE102",
    name="score-below",
    scope=Scope.ROW,
    says=Wording(
        "PE102",
        "“{name}”指标值 {target}，实际完成值 {actual}，按赋分规则应为 {score} 分，表中为 {reported} 分，少 {difference} 分",
        "'{name}': target {target}, actual {actual} give {score} points; the table has {reported}, {difference} less",
    ),
    explained_by=Wording(
        "PE102-explained",
        "单位从严自评，或表外有扣分的规定",
        "the unit was stricter with itself, or a rule outside the table takes points off",
    ),
    ask=Wording(
        "PE102-ask",
        "如有扣分依据，请补充说明",
        "if points were taken off on some ground, please add it to the table",
    ),
    basis="自评表填报说明（湖北武汉表样）：定量指标完成的得满分，未完成的按完成比例计分；自评得分偏低只作提示",
    status=BasisStatus.VERIFIED,
    run=_run,
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="15",
            indicators_1_deviation="检测设备停用",
            total_score="94.80",
        ),
    ),
    right=(
        CLEAN,
        changed(indicators_0_score="18", indicators_0_deviation="部分路段验收推迟", total_score="97.80"),
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
    ),
)
