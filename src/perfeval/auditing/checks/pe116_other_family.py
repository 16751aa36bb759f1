"""A score that is right under another accepted family.

What: the reported score is not that of the chosen rule, but an accepted other one gives it: another formula for a
ceiling (ratio, linear, cliff), other bands for satisfaction, or the other direction of a target without operator.

Basis: filling notes of a form (Hubei, Wuhan) and the public code of a platform score a passed ceiling in two ways; at
most a note that names the way (docs/audit.md).

Why: it tells which practice the table follows; two practices in one document are worth knowing.

False alarms: none known; it accuses of nothing.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict

_DIRECTION = Wording(
    "PE116-direction",
    "“{name}”指标值 {target} 未印“≥”或“≤”；按另一方向计算为 {reported} 分，与表中得分一致（按推定的方向为 {score} 分）",
    "'{name}': the target {target} has no operator; read the other way, {reported} is right (as assumed: {score})",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if row.verdict not in (Verdict.OTHER_FAMILY, Verdict.OTHER_DIRECTION):
        return
    yield Raised(
        spots=(row.spot("score"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, score=row.scored.score or 0, family=row.scored.verdict_by or ""),
        wording=_DIRECTION if row.verdict is Verdict.OTHER_DIRECTION else None,
    )


CHECK = Check(
    code="PE116",
    name="other-family",
    scope=Scope.ROW,
    says=Wording(
        "PE116",
        "“{name}”得分 {reported} 与另一种通行算法（{family}）一致；按所选评分办法为 {score} 分",
        "'{name}': the score {reported} follows another accepted way ({family}); this rule book gives {score}",
    ),
    explained_by=Wording("PE116-explained", "当地采用该算法", "the region uses that way"),
    ask=Wording(
        "PE116-ask",
        "无须更正；可改用当地的评分办法重新审核",
        "nothing to correct; the region's rule book may be used",
    ),
    basis=(
        "自评表填报说明（湖北武汉表样）：反向指标得分＝分值×指标值÷完成值；预算管理一体化平台（公开代码）：超过指标值的部分按比例递减，"
        "达到2倍为0分"
    ),
    status=BasisStatus.REPORTED,
    run=_run,
    is_folded=True,
    wrong=(
        changed(
            indicators_2_actual="0.80万元/公里",
            indicators_2_score="15.38",
            indicators_2_deviation="材料涨价",
            indicators_2_previous_year="",
            total_score="95.18",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_2_actual="0.80万元/公里",
            indicators_2_score="16.25",
            indicators_2_deviation="材料涨价",
            indicators_2_previous_year="",
            total_score="96.05",
        ),
    ),
)
