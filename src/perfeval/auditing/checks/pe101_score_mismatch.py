"""A reported score that no accepted reading of the row gives, and that is above the recomputed one.

What: the score is recomputed from target, actual and weight under the rule that applies; every rounding, every accepted
family of the reverse formula, the bands, the other direction and the interval that the printed digits of the actual
allow are tried first. A score below the recomputed one is another check (PE102).

Basis: filling notes of a form (Hubei, Wuhan): a number reached earns full marks, one not reached in proportion; a
score sheet for reviewing self-evaluations takes points off for each score wrongly calculated. Which differences
explain a score is decided in docs/semantics.md §1.

Why: a score that does not follow from the row's own figures is the first thing that a review corrects.

False alarms: a deduction or bonus outside the formula; a rule of the region that the rule book does not know; a target
whose meaning is narrower than its words.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    score, reported = row.scored.score, row.reported
    if row.verdict is not Verdict.DIFFERS or score is None or reported is None:
        return
    yield Raised(
        spots=(row.spot("score"), row.spot("target"), row.spot("actual")),
        severity=Severity.ERROR,
        kind=FindingClass.ARITHMETIC,
        facts={
            "name": row.indicator.level3 or "",
            "target": row.indicator.target or "",
            "actual": row.indicator.actual or "",
            "reported": row.indicator.score or "",
            "score": score,
            "difference": reported - score,
        },
        points=reported - score,
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE101",
    name="score-mismatch",
    scope=Scope.ROW,
    says=Wording(
        "PE101",
        "“{name}”指标值 {target}，实际完成值 {actual}，按赋分规则应为 {score} 分，表中为 {reported} 分，多 {difference} 分",
        "'{name}': target {target}, actual {actual} give {score} points; the table has {reported}, {difference} more",
    ),
    explained_by=Wording(
        "PE101-explained",
        "本地另有评分办法，或表外有加分、扣分的规定",
        "a local scoring method, or a bonus or deduction that stands outside the table",
    ),
    ask=Wording(
        "PE101-ask",
        "请说明该指标得分的计算过程，或更正得分与总分",
        "please explain how the score was calculated, or correct it and the total",
    ),
    basis="自评表填报说明（湖北武汉表样）：定量指标完成的得满分，未完成的按完成比例计分；自评复核评分表（表样）：得分计算有误的扣分",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE104",),
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="19",
            indicators_1_deviation="检测设备停用",
            total_score="98.80",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
    ),
)
