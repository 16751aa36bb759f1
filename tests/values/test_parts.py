"""Operator, value and unit in columns of their own; the user's units reach every way of reading them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from perfeval.values import (
    DEFAULT_UNITS,
    Comparison,
    Missing,
    MissingReason,
    Operator,
    Quantity,
    Range,
    Unit,
    parse_parts,
)

WELL = Unit("口井", "count:口井")
UNITS = DEFAULT_UNITS.extended({"口井": WELL})


@pytest.mark.parametrize(
    ("operator", "value", "unit"),
    [
        ("≥", "5", "口井"),  # joined
        ("≥", "5口井", ""),  # the value's own
        ("≥", "5口井", "口井"),  # repeated
        ("≥", "五", "口井"),  # no number without its unit
    ],
)
def test_a_unit_of_the_users_own(operator: str, value: str, unit: str) -> None:
    expected = Comparison(Operator.AT_LEAST, Quantity(Decimal(5), WELL))
    assert parse_parts(operator, value, unit, UNITS) == expected
    assert parse_parts(operator, value, unit) != expected


@pytest.mark.parametrize(
    ("operator", "value", "unit", "reason"),
    [
        ("", "", "次", MissingReason.BLANK),
        ("", "", "", MissingReason.BLANK),
        ("≥", "—", "%", MissingReason.DASH),
        ("定性", "/", "", MissingReason.SLASH),
        ("=", "不适用", "个", MissingReason.NOT_APPLICABLE),
    ],
)
def test_no_value(operator: str, value: str, unit: str, reason: MissingReason) -> None:
    assert parse_parts(operator, value, unit) == Missing(reason)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("200万-300万", "元"),
        ("200万-300万", "万元"),
        ("200-300", "万元"),
        ("200万元-300万元", "万元"),
        ("200-300万元", "万元"),
    ],
)
def test_a_range_takes_the_unit_of_its_column(value: str, unit: str) -> None:
    million = DEFAULT_UNITS.names["万元"]
    read = parse_parts("", value, unit)
    assert isinstance(read, Range)
    assert [Fraction(*end.in_unit(million)) for end in (read.low, read.high)] == [200, 300]
