"""A score that only another rounding explains.

What: the reported score is the recomputed one truncated, rounded another way, made from a rounded rate, or printed with
fewer digits (at most 5 % of the weight apart). One line for each table. A target missed with full marks is PE103.

Basis: public code of a platform, one part of which rounds and another truncates to two decimals: they differ by up to
0.01.

Why: not a fault; it says why recomputed and printed points differ.

False alarms: none known; it accuses of nothing.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, is_missed_in_full
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
    if row.verdict not in (Verdict.TAIL, Verdict.COARSE) or score is None or reported is None:
        return
    if is_missed_in_full(row):
        return
    yield Raised(
        spots=(row.spot("score"),),
        severity=Severity.NOTE,
        kind=FindingClass.ARITHMETIC,
        facts=facts_of(row, score=score),
        points=difference(reported, score),
    )


CHECK = Check(
    code="PE115",
    name="rounding-differs",
    scope=Scope.ROW,
    says=Wording(
        "PE115",
        "“{name}”得分 {reported} 与重新计算的 {score} 仅因舍入方式不同而有差异",
        "'{name}': the score {reported} and the recomputed {score} differ by rounding only",
    ),
    explained_by=Wording(
        "PE115-explained",
        "截去尾数，或先对完成率取整，或按整数填报",
        "digits cut off, the rate rounded first, or points filled in whole",
    ),
    ask=Wording("PE115-ask", "无须更正；请统一舍入方式", "nothing to correct; please round in one way"),
    basis="表内勾稽：得分保留两位小数，四舍五入与截去尾数可差0.01分（预算管理一体化平台公开代码中两种取法并存）",
    status=BasisStatus.REPORTED,
    run=_run,
    is_folded=True,
    wrong=(
        changed(
            goal_expected="",
            goal_actual="",
            indicators_0_level3="养护道路条数",
            indicators_0_target=">=120条",
            indicators_0_actual="115条",
            indicators_0_previous_year="",
            indicators_0_score="19.16",
            indicators_0_deviation="五条道路移交",
            total_score="98.96",
        ),
    ),
    right=(CLEAN,),
)
