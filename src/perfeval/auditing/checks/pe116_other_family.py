"""A score that is right under another accepted family.

What: the reported score is not that of the chosen rule, but an accepted other one gives it: another formula for a
ceiling (ratio, linear, cliff), other bands for satisfaction, or the other direction of a target without operator.

Basis: rules.md A1, A16, S02; semantics.md §7 (1): at most a note that names it.

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
    "“{name}”指标值 {target} 没有写方向；按另一方向理解，得分 {reported} 相符（按推定方向为 {score}）",
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
        "“{name}”得分 {reported} 符合另一种通行算法（{family}）；按本评分办法为 {score}",
        "'{name}': the score {reported} follows another accepted way ({family}); this rule book gives {score}",
    ),
    explained_by=Wording("PE116-explained", "当地采用该算法", "the region uses that way"),
    ask=Wording(
        "PE116-ask",
        "无须更正；可改用当地的评分办法重新审核",
        "nothing to correct; the region's rule book may be used",
    ),
    basis="rules.md A1、A16、S02",
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
