"""Tables built by programs: from texts, Decimals, ints, parsed values and parts; floats are refused."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from perfeval import (
    DEFAULT_UNITS,
    Evaluation,
    Funding,
    Goal,
    Indicator,
    PerfevalError,
    Stage,
    TableKind,
    Total,
    UsageError,
    parse_target,
)
from perfeval.table import Cell, amount_cell, number_cell, target_cell, weight_cell
from perfeval.values import Comparison, Missing, MissingReason, Operator, Quantity, Range, Text, Unparsed

TIMES = DEFAULT_UNITS.names["次"]
MONEY = DEFAULT_UNITS.names["万元"]
BLANK = Missing(MissingReason.BLANK)
THREE = Comparison(Operator.AT_LEAST, Quantity(Decimal(3), TIMES))

Maker = Callable[..., Cell[Any] | None]


# given, the text of the cell, its value
@pytest.mark.parametrize(
    ("make", "given", "text", "value"),
    [
        (target_cell, "≥3次", "≥3次", THREE),
        (target_cell, "", "", BLANK),
        (target_cell, "有效提升", "有效提升", Text("有效提升")),
        (target_cell, 3, "3", Comparison(None, Quantity(Decimal(3)))),
        (target_cell, -3, "-3", Comparison(None, Quantity(Decimal(-3)))),
        (target_cell, Decimal("8.90"), "8.90", Comparison(None, Quantity(Decimal("8.90")))),
        (target_cell, Decimal("1E+3"), "1000", Comparison(None, Quantity(Decimal(1000)))),
        (target_cell, Decimal("1E-3"), "0.001", Comparison(None, Quantity(Decimal("0.001")))),
        (target_cell, THREE, ">=3次", THREE),
        (target_cell, BLANK, "", BLANK),
        (target_cell, Text("有效提升"), "有效提升", Text("有效提升")),
        (target_cell, Range(THREE.quantity, Quantity(Decimal(5), TIMES)), ">=3次且<=5次",
         Range(THREE.quantity, Quantity(Decimal(5), TIMES))),
        (target_cell, parse_target("2024年6月30日前"), "2024年6月30日前", parse_target("2024年6月30日前")),
        (target_cell, parse_target("≥XX%"), "≥XX%", parse_target("≥XX%")),
        (number_cell, "10.00分", "10.00分", Decimal("10.00")),
        (number_cell, 10, "10", Decimal(10)),
        (number_cell, Decimal("9.960"), "9.960", Decimal("9.960")),
        (number_cell, "—", "—", Missing(MissingReason.DASH)),
        (weight_cell, "20%", "20%", Decimal(20)),
        (weight_cell, 15, "15", Decimal(15)),
        (weight_cell, Decimal("6.666"), "6.666", Decimal("6.666")),
        (amount_cell, "8.94万元", "8.94万元", Quantity(Decimal("8.94"), MONEY)),
        (amount_cell, 50, "50", Quantity(Decimal(50))),
        (amount_cell, Decimal("50.00"), "50.00", Quantity(Decimal("50.00"))),
        (amount_cell, Quantity(Decimal("8.94"), MONEY), "8.94万元", Quantity(Decimal("8.94"), MONEY)),
    ],
)  # fmt: skip
def test_cell(make: Maker, given: object, text: str, value: object) -> None:
    cell = make(given)
    assert cell is not None
    assert (cell.text, cell.value, cell.parts, str(cell)) == (text, value, None, text)


@pytest.mark.parametrize(
    ("given", "text", "parts"),
    [
        ({"operator": ">=", "value": "3", "unit": "次"}, ">=3次", (">=", "3", "次")),
        ({"operator": "≥", "value": 3, "unit": "次"}, "≥3次", ("≥", "3", "次")),
        ({"value": Decimal("1E+1"), "unit": "%"}, "10%", ("", "10", "%")),
        ({"value": "有效提升"}, "有效提升", ("", "有效提升", "")),
        ({}, "", ("", "", "")),
    ],
)
def test_parts(given: dict[str, object], text: str, parts: tuple[str, str, str]) -> None:
    cell = target_cell(given)
    assert cell is not None
    assert (cell.text, cell.parts) == (text, parts)


def test_parts_mean_what_they_say_together() -> None:
    cell = target_cell({"operator": "≥", "value": "3", "unit": "次"})
    assert cell is not None
    assert cell.value == THREE


@pytest.mark.parametrize("make", [target_cell, number_cell, weight_cell, amount_cell])
def test_a_missing_column_is_not_an_empty_cell(make: Maker) -> None:
    assert make(None) is None
    assert make("") == Cell("", BLANK)


@pytest.mark.parametrize(
    ("make", "text"),
    [(target_cell, "≥3次"), (number_cell, "9.96分"), (weight_cell, "10"), (amount_cell, "8.94万元")],
)
def test_a_cell_may_be_copied_from_another_row(make: Maker, text: str) -> None:
    cell = make(text)
    assert make(cell) is cell


UNREADABLE = [("weight", "(40-50)分"), ("weight", "10次"), ("score", "优"), ("score", "10次")]


@pytest.mark.parametrize(("field", "text"), UNREADABLE)
def test_what_a_cell_says_is_never_an_error(field: str, text: str) -> None:
    cell = getattr(Indicator(**{field: text}), field)
    assert cell.text == text
    assert isinstance(cell.value, Unparsed)


REFUSED: list[tuple[object, str]] = [
    (8.94, "CALL-FLOAT"),
    (float("nan"), "CALL-FLOAT"),
    (float("inf"), "CALL-FLOAT"),
    (True, "CALL-CELL"),
    (False, "CALL-CELL"),
    (Decimal("NaN"), "CALL-CELL"),
    (Decimal("sNaN"), "CALL-CELL"),
    (Decimal("-Infinity"), "CALL-CELL"),
    (Fraction(1, 3), "CALL-CELL"),
    (b"10", "CALL-CELL"),
    ([10], "CALL-CELL"),
    (3 + 0j, "CALL-CELL"),
]


@pytest.mark.parametrize("make", [target_cell, number_cell, weight_cell, amount_cell])
@pytest.mark.parametrize(("given", "code"), REFUSED, ids=repr)
def test_refused(make: Maker, given: object, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        make(given)
    assert caught.value.message.code == code


# Parts hold what cells hold: nothing but texts, ints and finite Decimals.
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"value": 1.5}, "CALL-FLOAT"),
        ({"operator": ">=", "number": "3"}, "CALL-PARTS"),
        ({1: "3"}, "CALL-PARTS"),
        ({"value": True}, "CALL-CELL"),
        ({"value": Decimal("NaN")}, "CALL-CELL"),
        ({"value": [3]}, "CALL-CELL"),
        ({"value": None}, "CALL-CELL"),
    ],
)
def test_refused_parts(given: dict[object, object], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        target_cell(given)
    assert caught.value.message.code == code


def test_an_integer_that_python_will_not_print_is_refused_like_any_misuse() -> None:
    with pytest.raises(PerfevalError):
        target_cell(10**5000)


# A cell of another column holds another kind of value: it is read anew from its text, as this column reads it.
@pytest.mark.parametrize(
    ("make", "cell"),
    [
        (weight_cell, target_cell("10")),
        (target_cell, weight_cell("10")),
        (number_cell, amount_cell("10")),
        (amount_cell, weight_cell("10")),
        (weight_cell, number_cell("20%")),
    ],
)
def test_a_cell_of_another_column_is_read_anew(make: Maker, cell: object) -> None:
    assert isinstance(cell, Cell)
    assert make(cell) == make(cell.text)


# The message names the field of the call.
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Indicator, "target"),
        (Indicator, "actual"),
        (Indicator, "previous_year"),
        (Indicator, "weight"),
        (Indicator, "score"),
        (Indicator, "review_score"),
        (Funding, "adjusted"),
        (Funding, "executed"),
        (Total, "score"),
    ],
)
def test_the_message_names_the_field(kind: type[Any], field: str) -> None:
    with pytest.raises(UsageError) as caught:
        kind(**{field: 8.94})
    assert caught.value.text("en").startswith(f"{field} cannot be the binary float 8.94")


def test_texts_of_a_refusal() -> None:
    with pytest.raises(UsageError) as caught:
        target_cell(8.94)
    assert str(caught.value) == 'target 不能用二进制浮点数 8.94；请用字符串、int 或 Decimal，例如 "8.94"'
    assert caught.value.text("en") == (
        'target cannot be the binary float 8.94; give a str, an int or a Decimal, for example "8.94"'
    )


def test_defaults() -> None:
    table = Evaluation()
    assert (table.kind, table.stage, table.partial) == (TableKind.PROJECT, Stage.SELF, False)
    assert (table.goal, table.funding, table.indicators, table.total) == (Goal(), (), (), Total())
    assert (table.name, table.file, table.sha256, dict(table.keys), dict(table.places)) == (
        None,
        None,
        None,
        {},
        {},
    )
    assert table.place("indicators[0]") is None


def test_kind_and_stage_may_be_given_by_name() -> None:
    table = Evaluation(kind="whole_unit", stage="review")
    assert (table.kind, table.stage) == (TableKind.WHOLE_UNIT, Stage.REVIEW)


@pytest.mark.parametrize("given", [{"kind": "unknown"}, {"stage": "unknown"}])
def test_an_unknown_kind_is_misuse(given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Evaluation(**given)


def test_rows_may_come_from_any_iterable() -> None:
    rows = (Indicator(level3=str(number)) for number in range(3))
    table = Evaluation(indicators=rows, funding=[Funding(label="合计")])
    assert [row.level3 for row in table.indicators] == ["0", "1", "2"]
    assert isinstance(table.funding, tuple)
