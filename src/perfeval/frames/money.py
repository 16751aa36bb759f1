"""Money of tables: budget and executed amount as two integers on one scale, or the reason why there is none.

Amounts are of few shapes, a unit and a number of decimals. For each combination of them with a heading one sample is
scored as a single table, by the same function; it says the reason, or how much one of each amount is in the table's unit.
"""

from __future__ import annotations

__all__ = ["Money", "read_money"]

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import attrs
import narwhals as nw

from perfeval.formula.columns import ONE, Decision
from perfeval.frames.arithmetic import Inputs
from perfeval.frames.cells import BEYOND, LARGEST, Constant, Shape, Varying, scaled
from perfeval.frames.choosing import mapped
from perfeval.frames.contract import MOST_DECIMALS, Number
from perfeval.frames.keys import numbered
from perfeval.frames.plans import inputs_of, leaves_of
from perfeval.frames.reading import distinct, fetched, read_side, refuse_floats, texts
from perfeval.frames.tables import Tables
from perfeval.rulebook import RuleBook
from perfeval.scoring.execution import score_funding
from perfeval.table import Evaluation, Funding, amount_cell
from perfeval.values import Missing, MissingReason, Operator, Quantity, Target, Text

_SIDES = ("budget", "executed")
_BLANK = Constant(Missing(MissingReason.BLANK))
_UNREADABLE = Constant(Text("?"))
_NEVER = 0
"""The limit of what has no amounts: every number is beyond it."""


@attrs.frozen
class Money:
    """Columns ``__budget`` and ``__executed`` as inputs of a formula, and the names of reasons by ``__money``.

    ``__money`` is 0 where there are two amounts, ``beyond`` where they do not fit. ``__digit`` is one unit of the last digit
    of the executed amount on the same scale, 0 where that is one of the table's own unit or more; ``__below`` says
    that one of the amounts is below 0, whatever the other is.
    """

    inputs: Inputs
    reasons: Mapping[int, str]
    beyond: int


@attrs.frozen
class _Combination:
    """Why there are no amounts, or what one of each is on their scale, and what stands for 1 there."""

    reason: str | None
    budget: int = 0
    executed: int = 0
    one: int = 1
    digit: int = 0

    def limit(self, side: str, most: int) -> int:
        """Give from what size on an amount as read does not fit."""
        factor = getattr(self, side)
        return -(-most // factor) if factor and self.one < most else _NEVER


_BEYOND = _Combination(None)


def read_money(
    frame: nw.LazyFrame[Any], tables: Tables, book: RuleBook, made: Decision
) -> tuple[nw.LazyFrame[Any], Money]:
    """Add the amounts to a frame of one row a table; ``made`` is the decision that they are inputs of."""
    numbers: dict[Shape, int] = {}
    for side in _SIDES:
        frame = _read_amounts(frame, getattr(tables, side), side, numbers)
    shapes = tuple(numbers)
    frame, headings = _headings(frame, tables.amount_unit)
    count = len(shapes)
    key = (nw.col("__heading") * count + nw.col("__budget_shape")) * count + nw.col("__executed_shape")
    frame = frame.with_columns(key.alias("__money_key"))
    found = _sizes(frame)
    combinations: dict[int, _Combination] = {}
    for number in found:
        rest, executed = divmod(number, count)
        which, budget = divmod(rest, count)
        given = shapes[budget], shapes[executed]
        combinations[number] = _combination(book, headings[which], given, made)
    return _scaled(frame, combinations, found, made)


def _read_amounts(
    frame: nw.LazyFrame[Any], given: str | Number | None, side: str, shapes: dict[Shape, int]
) -> nw.LazyFrame[Any]:
    """Add the integers of an amount, and the number of each row's shape; shapes that are new get one."""
    name = f"__{side}"
    if isinstance(given, Number):
        return _read_numbers(frame, given, side, shapes)
    if given is None:
        blank = shapes.setdefault(_BLANK, len(shapes))
        return frame.with_columns(
            nw.lit(0, nw.Int64).alias(name), nw.lit(blank, nw.Int64).alias(f"{name}_shape")
        )
    wholes: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for text in texts(frame, given, side):
        wholes[text], shape = _shaped(text)
        numbers[text] = shapes.setdefault(shape, len(shapes))
    frame = mapped(frame, nw.col(given), wholes, name)
    return mapped(frame, nw.col(given), numbers, f"{name}_shape")


def _read_numbers(
    frame: nw.LazyFrame[Any], given: Number, side: str, shapes: dict[Shape, int]
) -> nw.LazyFrame[Any]:
    name = f"__{side}"
    frame, read = read_side(frame, given, side)
    if f"{name}_odd" in frame.collect_schema():
        refuse_floats(frame, {name: given})
    rows = distinct(frame, read.keys, side).iter_rows() if read.keys else [()]
    table = {tuple(row): shapes.setdefault(read.shapes(row), len(shapes)) for row in rows}
    frame, places = numbered(frame, table, read.keys, f"{name}_shape")
    frame = mapped(frame, nw.col(f"{name}_shape"), dict(enumerate(places)), f"{name}_shape")
    made, whole = nw.col(f"{name}_shape"), nw.col(name)
    large = (whole >= LARGEST) | (whole <= -LARGEST)
    others: dict[Shape, nw.Expr] = {BEYOND: large}
    if read.blanks is not None:
        others[_BLANK] = nw.col(read.blanks.column)
    for shape, condition in others.items():
        number = shapes.setdefault(shape, len(shapes))
        made = nw.when(condition).then(nw.lit(number, nw.Int64)).otherwise(made)
    kept = nw.when(large).then(nw.lit(0, nw.Int64)).otherwise(whole)
    return frame.with_columns(made.alias(f"{name}_shape"), kept.alias(name))


def _shaped(text: str) -> tuple[int, Shape]:
    cell = amount_cell(text)
    value = cell.value if cell is not None else Missing(MissingReason.BLANK)
    if isinstance(value, Missing):
        return 0, _BLANK
    if not isinstance(value, Quantity):
        return 0, _UNREADABLE
    scale = min(max(0, -value.exponent), MOST_DECIMALS)
    whole = scaled(value.number, scale)
    return (
        (0, BEYOND) if whole is None else (whole, Varying(None, value.unit, approximate=False, scale=scale))
    )


def _headings(frame: nw.LazyFrame[Any], column: str | None) -> tuple[nw.LazyFrame[Any], list[str | None]]:
    """Add the number of the unit of money that each table prints; gives the units."""
    if column is None:
        return frame.with_columns(nw.lit(0, nw.Int64).alias("__heading")), [None]
    units = texts(frame, column, "amount_unit")
    numbers = {text: number for number, text in enumerate(units)}
    return mapped(frame, nw.col(column), numbers, "__heading"), list(units)


def _sizes(frame: nw.LazyFrame[Any]) -> dict[int, dict[str, int]]:
    """Fetch the combinations that there are, and the largest amounts of each."""
    sizes = frame.select("__money_key", *(nw.col(f"__{side}").abs().alias(side) for side in _SIDES))
    groups = fetched(sizes.group_by("__money_key").agg(nw.col(*_SIDES).max()))
    rows = groups.sort("__money_key").iter_rows(named=True)
    return {int(row["__money_key"]): {side: int(row[side]) for side in _SIDES} for row in rows}


def _combination(
    book: RuleBook, heading: str | None, given: tuple[Shape, Shape], made: Decision
) -> _Combination:
    if BEYOND in given:
        return _BEYOND
    budget, executed = (_sample(shape) for shape in given)
    row = Funding(adjusted=budget, executed=executed, weight="0")
    sample = score_funding(Evaluation(amount_unit=heading, funding=[row]), book, Decimal(0))
    if sample.budget is None or sample.executed is None:
        return _Combination(str(sample.reason))
    units = [
        Fraction(amount) / 10**shape.scale
        for amount, shape in zip((sample.budget, sample.executed), given, strict=True)
        if isinstance(shape, Varying)
    ]
    one = lcm(*(unit.denominator for unit in units))
    factors = [int(unit * one) for unit in units]
    shared = gcd(*factors, one if ONE in inputs_of(made) else 0)
    budget_unit, executed_unit = (factor // shared for factor in factors)
    digit = executed_unit if units[1] < 1 else 0
    return _Combination(None, budget_unit, executed_unit, one // shared or 1, digit)


def _sample(shape: Shape) -> Quantity | str:
    """Give one of the unit of a shape; a blank, or what cannot be read, as such."""
    if isinstance(shape, Varying):
        is_money = shape.unit.dimension in ("", "money") and shape.operator in (None, Operator.EQUAL)
        return Quantity(Decimal(1), shape.unit) if is_money and not shape.approximate else "?"
    value: Target | None = shape.value if isinstance(shape, Constant) else None
    return "" if isinstance(value, Missing) else "?"


def _scaled(
    frame: nw.LazyFrame[Any],
    combinations: Mapping[int, _Combination],
    found: Mapping[int, Mapping[str, int]],
    made: Decision,
) -> tuple[nw.LazyFrame[Any], Money]:
    """Bring both amounts on the scale of their combination; 0 where there are none or they do not fit."""
    most = _most(made)
    key = nw.col("__money_key")
    reasons = sorted({one.reason for one in combinations.values() if one.reason is not None})
    beyond = len(reasons) + 1
    codes_by_key = {number: _code(one, reasons) for number, one in combinations.items()}
    frame = mapped(frame, key, codes_by_key, "__money")
    is_beyond = nw.lit(value=False)
    for side in _SIDES:
        limits = {number: one.limit(side, most) for number, one in combinations.items()}
        frame = mapped(frame, key, limits, f"__{side}_limit")
        is_beyond = is_beyond | (nw.col(f"__{side}").abs() >= nw.col(f"__{side}_limit"))
    below = (nw.col("__budget") < 0) | (nw.col("__executed") < 0)
    frame = frame.with_columns(is_beyond.alias("__money_beyond"), below.alias("__below"))
    frame = mapped(frame, key, {number: one.digit for number, one in combinations.items()}, "__digit")
    codes = nw.when((nw.col("__money") == 0) & nw.col("__money_beyond")).then(nw.lit(beyond, nw.Int64))
    frame = frame.with_columns(codes.otherwise(nw.col("__money")).alias("__money"))
    amounts, largest = [], {}
    for side, name in zip(_SIDES, ("target", "actual"), strict=True):
        kept = nw.when(nw.col("__money") == 0).then(nw.col(f"__{side}")).otherwise(nw.lit(0, nw.Int64))
        factors = {number: getattr(one, side) for number, one in combinations.items()}
        frame = mapped(frame, key, factors, f"__{side}_factor")
        amounts.append((kept * nw.col(f"__{side}_factor")).alias(f"__{side}"))
        largest[name] = max(
            (
                min(found[number][side], one.limit(side, most) - 1) * getattr(one, side)
                for number, one in combinations.items()
                if one.limit(side, most)
            ),
            default=0,
        )
    ones = {number: one.one if one.one < most else 1 for number, one in combinations.items()}
    frame = mapped(frame.with_columns(*amounts), key, ones, "__one")
    largest[ONE] = max(ones.values(), default=1)
    inputs = Inputs({"target": "__budget", "actual": "__executed", ONE: "__one"}, largest)
    return frame, Money(inputs, dict(enumerate(reasons, 1)), beyond)


def _code(one: _Combination, reasons: list[str]) -> int:
    return 0 if one.reason is None else reasons.index(one.reason) + 1


def _most(made: Decision) -> int:
    """Give what keeps every form at the ends of a decision within a division's room."""
    forms = [form for ratio in leaves_of(made) for form in (ratio.numerator, ratio.denominator)]
    return LARGEST // max([1, *(sum(abs(factor) for _, factor in form.terms) for form in forms)])
