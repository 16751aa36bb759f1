"""A 得分系数 above what target and actual give.

What: weight × coefficient, taken for a score, would differ from the recomputed one under every accepted reading and be
above it: 100 % printed where 72.74 % of the target was reached. A lower coefficient is not raised.

Basis: three cells of one row that state one thing; the form is Chongqing's.

Why: the coefficient is the row's own statement of how far the target was reached.

False alarms: a coefficient set by a local ladder; a rule that the rule book does not know.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

import attrs

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._coefficients import Coefficient, coefficients_of
from perfeval.auditing.checks._scores import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import quotient


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    score, weight = row.scored.score, row.weight
    if score is None or not weight:
        return
    readings = coefficients_of(row)
    if not readings or not all(_differs(row, weight, reading) for reading in readings):
        return
    yield Raised(
        spots=(row.spot("coefficient"), row.spot("target"), row.spot("actual")),
        severity=Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(
            row, coefficient=row.indicator.coefficient or "", score=score, share=_percent(score, weight)
        ),
        rests_on_rule=True,
    )


def _differs(row: Row, weight: Decimal, reading: Coefficient) -> bool:
    """Judge weight × coefficient as if it were the reported score."""
    n, d = (reading.share * weight.as_integer_ratio()[0] / weight.as_integer_ratio()[1]).as_integer_ratio()
    printed = quotient((n, d), 2)
    if printed == row.scored.score:
        return False
    indicator = attrs.evolve(row.indicator, score=printed)
    return attrs.evolve(row.scored, indicator=indicator).verdict is Verdict.DIFFERS


def _percent(score: Decimal, weight: Decimal) -> str:
    (n, n_by), (d, d_by) = score.as_integer_ratio(), weight.as_integer_ratio()
    return f"{quotient((100 * n * d_by, n_by * d), 2):f}%"


CHECK = Check(
    code="PE114",
    name="coefficient-contradicts",
    scope=Scope.ROW,
    says=Wording(
        "PE114",
        "“{name}”指标值 {target}，实际完成值 {actual}，按赋分规则得分系数应为 {share}，表中为 {coefficient}",
        "'{name}': target {target} and actual {actual} give the coefficient {share}; the table has {coefficient}",
    ),
    explained_by=Wording(
        "PE114-explained",
        "本地按分档确定得分系数",
        "the coefficient follows a local ladder",
    ),
    ask=Wording(
        "PE114-ask",
        "请说明得分系数如何确定，或更正系数与得分",
        "please explain how the coefficient was set, or correct coefficient and score",
    ),
    basis="表内勾稽：得分系数应与指标值、实际完成值所示的完成程度相符（自评表表样：重庆）",
    status=BasisStatus.REPORTED,
    run=_run,
    follows=("PE101", "PE103"),
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_coefficient="100%",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
    ),
    right=(
        CLEAN,
        changed(indicators_0_coefficient="100%"),
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_coefficient="80%",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
    ),
)
