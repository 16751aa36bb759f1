"""得分系数 × 分值 is not the score.

What: the form prints a coefficient, a weight and a score in one row, and the product is not the score. The coefficient
may be a percentage or a fraction; half a unit of its last digit and of the score's last digit (at most 5 % of the
weight) are allowed. A score below the product is a note.

Basis: an identity of a form (Chongqing) that prints the three figures.

Why: three figures of one row do not fit together.

False alarms: a coefficient that means something else than the share of the weight.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._coefficients import Coefficient, coefficients_of
from perfeval.auditing.checks._scores import above_weight, facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference, quotient

_LEAST = Fraction(1, 100)
_COARSE = Fraction(5, 100)  # of the weight: what printing fewer digits may hide, as in the verdicts


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    weight, reported = row.weight, row.reported
    if not weight or reported is None or above_weight(row):
        return
    readings = coefficients_of(row)
    if not readings or any(_fits(reading, Fraction(weight), reported) for reading in readings):
        return
    nearest = min(readings, key=lambda one: abs(one.share * Fraction(weight) - Fraction(reported)))
    exact = nearest.share * Fraction(weight)
    product = quotient((exact.numerator, exact.denominator), 2)
    yield Raised(
        spots=(row.spot("score"), row.spot("coefficient"), row.spot("weight")),
        severity=Severity.NOTE if reported < product else Severity.WARNING,
        kind=FindingClass.ARITHMETIC,
        facts=facts_of(row, coefficient=row.indicator.coefficient or "", product=product),
        points=difference(reported, product),
    )


def _fits(reading: Coefficient, weight: Fraction, reported: Decimal) -> bool:
    apart = abs(reading.share * weight - Fraction(reported))
    if apart <= _LEAST:
        return True
    exponent = reported.as_tuple().exponent
    unit = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    allowed = max(min(unit / 2, _COARSE * weight), _LEAST)
    return apart <= reading.half * weight + allowed


CHECK = Check(
    code="PE113",
    name="coefficient-times-weight",
    scope=Scope.ROW,
    says=Wording(
        "PE113",
        "“{name}”得分系数 {coefficient} × 分值 {weight} = {product}，表中得分为 {reported}",
        "'{name}': coefficient {coefficient} × weight {weight} = {product}; the table has {reported}",
    ),
    explained_by=Wording(
        "PE113-explained",
        "得分系数栏另有含义，或得分已作其他扣减",
        "the coefficient means something else, or other deductions were made",
    ),
    ask=Wording("PE113-ask", "请核对得分系数与得分", "please check the coefficient against the score"),
    basis="表内勾稽：得分＝指标权重×得分系数（自评表表样：重庆）",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE101", "PE114"),
    wrong=(changed(indicators_0_coefficient="90%"),),
    right=(
        CLEAN,
        changed(indicators_0_coefficient="100%"),
        changed(indicators_0_coefficient="100"),
        changed(indicators_0_coefficient="1.00"),
        changed(indicators_0_coefficient=""),
    ),
)
