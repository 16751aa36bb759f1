"""A printed total that is not the sum of the printed scores.

What: the scores of the rows and of the execution rate are added up as printed. Accepted: each score printed with the
money, the rows alone where they weigh 100 by themselves, any execution score up to its weight where none is printed. A
difference that rounding explains (a total in fewer digits, scores rounded one by one) is a note; nothing is said where a
score that counts is blank or unreadable, nor where the total is that of a score which another check names, corrected:
then the score is misprinted, and PE212 says that the total counts it right. Where rows say 不适用, a total of the others
rescaled to the whole is accepted, with the execution rate rescaled or beside it.

Basis: an identity of the form; all published tables that were read add up. A score sheet for reviewing
self-evaluations takes points off where they do not.

Why: the total is what is quoted, ranked and graded.

False alarms: bonus points, or a deduction for the whole table, that the form prints nowhere.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._corrections import counts_corrected
from perfeval.auditing.checks._totals import grade_of_sum, is_doubtful, printed_total, sums_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference

_ROUNDED = Wording(
    "PE204-rounded",
    "总分 {total} 与各项得分之和 {sum} 仅因舍入而有差异",
    "the total {total} and the sum {sum} of the scores differ by rounding only",
)
_OPEN = Wording(
    "PE204-open",
    "总分 {total}，各指标得分之和 {rows}，表中没有预算执行率得分；总分与该和相差 {difference}，不在 0 至 {most} 分之间",
    "the total is {total}, the rows add up to {rows}; no score of execution is printed, and {difference} is not in 0 to {most}",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total, sums = printed_total(table), sums_of(table)
    if total is None or sums is None or sums.fits(total) or grade_of_sum(table) is not None:
        return
    if counts_corrected(table, sums, total):
        return
    near = sums.rounds_to(total)
    best = sums.all[0] if near is None else near
    is_open = near is None and sums.most_execution is not None
    kind = FindingClass.QUESTION if is_doubtful(table, "score") else FindingClass.ARITHMETIC
    severity = Severity.ERROR if kind is FindingClass.ARITHMETIC and not is_open else Severity.WARNING
    execution = sums.execution[0] if sums.execution else "—"
    yield Raised(
        spots=(table.spot("total.score"),),
        severity=severity if near is None else Severity.NOTE,
        kind=kind,
        facts={
            "total": table.evaluation.total.score or "",
            "rows": sums.rows,
            "execution": execution,
            "sum": best,
            "difference": difference(total, best),
            "most": "" if sums.most_execution is None else sums.most_execution,
        },
        points=difference(total, best),
        wording=_ROUNDED if near is not None else _OPEN if is_open else None,
    )


CHECK = Check(
    code="PE204",
    name="total-mismatch",
    scope=Scope.TABLE,
    says=Wording(
        "PE204",
        "各指标得分 {rows} 加预算执行率得分 {execution} 为 {sum}，表中总分为 {total}，相差 {difference}",
        "the rows' {rows} and the execution's {execution} make {sum}; the total says {total}, {difference} apart",
    ),
    explained_by=Wording(
        "PE204-explained",
        "表外另有加分、扣分，或某项得分填写有误而总分按正确得分计算",
        "points were added or taken off outside the table, or one score is misprinted and the total is right",
    ),
    ask=Wording("PE204-ask", "请核对各项得分与总分并更正", "please check scores and total, and correct them"),
    basis="表内勾稽：总分＝各指标得分＋预算执行率得分（自评表表样：新疆，2024年度）；自评复核评分表（表样）：合计不符的扣分",
    status=BasisStatus.VERIFIED,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(total_score="98.80"),
        changed(total_score="99"),
        changed(funding_0_score="—", total_score="120"),
    ),
    right=(
        CLEAN,
        changed(total_score="99.80分"),
        changed(indicators_1_actual="不适用", indicators_1_score="0", total_score="99.75"),
        changed(funding_0_score="—", total_score="99.80"),
    ),
)
