"""Cells that hold only a number: a unit table of one's own, and what the cells have in common."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from perfeval.values import (
    DEFAULT_UNITS,
    Missing,
    Quantity,
    Unit,
    Unparsed,
    parse_amount,
    parse_number,
    parse_weight,
)
from values.meaning import meaning

READERS = (parse_number, parse_weight, parse_amount)
Reader = Callable[[str], Decimal | Quantity | Missing | Unparsed]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", "missing blank"),
        ("—", "missing dash"),
        ("无", "missing none"),
        ("XX", "unparsed placeholder"),
        ("10²", "unparsed odd-digits"),
        ("1 0", "unparsed number"),
        ("≥", "unparsed sign-without-number"),
        ("好", "unparsed not-a-number"),
        ("3-5", "unparsed not-a-number"),
        ("≥3", "unparsed not-a-number"),
        ("3月", "unparsed not-a-number"),
        ("约3", "unparsed not-a-number"),
        ("实现3", "unparsed not-a-number"),
        ("3次", "unparsed contradicting-unit"),
        ("3", "3"),
        ("3.50", "3.50"),
        ("３．５０", "3.50"),
        ("=3", "3"),
    ],
)
def test_every_number_cell(read: Reader, cell: str, expected: str) -> None:
    assert meaning(read(cell)) == expected


@pytest.mark.parametrize("read", READERS)
def test_what_is_unreadable_keeps_the_whole_cell(read: Reader) -> None:
    value = read("≥3分")
    assert isinstance(value, Unparsed)
    assert (value.span, value.text) == ((0, 3), "≥3分")


@pytest.mark.parametrize("cell", ["10", "10分", " 9.96 ", "100.00分", "0", "0.5"])
def test_plain_scores_and_weights_read_as_the_grammar_reads_them(cell: str) -> None:
    invisible = f"\u200b{cell}"  # which the fast way does not know
    assert parse_number(cell) == parse_number(invisible)
    assert parse_weight(cell) == parse_weight(invisible)
    assert str(parse_number(cell)) == str(parse_number(invisible))


def test_a_table_of_units_may_hold_another_currency() -> None:
    units = DEFAULT_UNITS.extended({"万港元": Unit("万港元", "money", 9, 10)})
    assert meaning(parse_amount("5万港元", units)) == "5 万港元"
    assert meaning(parse_amount("5万港元")) == "unparsed contradicting-unit"
