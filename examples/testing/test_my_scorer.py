"""A scorer of one's own held against perfeval by one property test.

``float_score`` looks right and is not: ``round`` on binary floats gives 0.62 for 0.625. ``exact_score`` passes.
Run: ``pytest examples/testing`` (it is meant to fail once).
"""

# ruff: noqa: INP001, S101

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from perfeval import Indicator, score_indicator
from perfeval.testing import comparisons, indicators, quantities, targets
from perfeval.values import Comparison, Operator

Scorer = Callable[[Decimal, Decimal, Decimal], Decimal]


def float_score(weight: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    """Give weight × actual ÷ target, in floats."""
    if actual >= target:
        return weight
    return Decimal(str(round(float(weight) * float(actual) / float(target), 2)))


def exact_score(weight: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    """Give weight × actual ÷ target, exactly, rounded once and half up."""
    if actual >= target:
        return weight
    hundredths = 100 * Fraction(weight) * Fraction(actual) / Fraction(target)
    return Decimal(int(hundredths + Fraction(1, 2))).scaleb(-2)


FLOORS = targets(comparisons(quantities(["次"]), [Operator.AT_LEAST]))  # ≥100次, 不少于一百次, 100次以上 ...


@pytest.mark.parametrize("scorer", [float_score, exact_score])
@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(row=indicators(FLOORS))
def test_my_scorer(scorer: Scorer, row: Indicator) -> None:
    """Whatever perfeval scores, the scorer scores alike."""
    right = score_indicator(row.target, row.actual, str(row.weight)).score
    assume(right is not None and isinstance(row.actual.value, Comparison))
    given = scorer(row.weight.value, row.target.value.quantity.number, row.actual.value.quantity.number)
    assert given == right, f"{row.target}, {row.actual}, weight {row.weight}: {given}, not {right}"
