"""A score above the weight of its row.

What: the reported score is greater than the weight printed in the same row.

Basis: an identity of the form, which the public code of a national platform checks as well: a score lies between 0 and
the weight, whatever the rule.

Why: the total can then pass 100, or hide what is missing elsewhere.

False alarms: a row of bonus points; weight and score cells that changed places (then the whole column shows it).
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import above_weight, facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if row.weight is None or row.reported is None or not above_weight(row):
        return
    over = difference(row.reported, row.weight)
    yield Raised(
        spots=(row.spot("score"), row.spot("weight")),
        severity=Severity.ERROR,
        kind=FindingClass.ARITHMETIC,
        facts=facts_of(row, difference=over),
        points=over,
    )


CHECK = Check(
    code="PE104",
    name="score-above-weight",
    scope=Scope.ROW,
    says=Wording(
        "PE104",
        "“{name}”得分 {reported}，高于该指标分值 {weight}，多 {difference} 分",
        "'{name}': the score {reported} is above the weight {weight} of the row by {difference}",
    ),
    explained_by=Wording(
        "PE104-explained",
        "该行为加分项，或分值与得分两栏填反",
        "the row holds bonus points, or weight and score changed places",
    ),
    ask=Wording("PE104-ask", "请核对分值与得分并更正", "please check weight and score, and correct them"),
    basis="表内勾稽：各指标得分在0分与该指标分值之间；预算管理一体化平台（公开代码）亦作此校验",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            indicators_3_actual="车流明显增多",
            indicators_3_score="21",
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用",
            total_score="96.80",
        ),
    ),
    right=(CLEAN,),
)
