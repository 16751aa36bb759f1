"""Columns of cells → integers and shapes: distinct texts, operators and units are read once, numbers are checked."""

from __future__ import annotations

__all__ = ["LIMIT", "TOO_MANY", "Side", "distinct", "mapped", "named", "read_points", "read_side"]

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula import round_pair
from perfeval.frames.arithmetic import MOST
from perfeval.frames.cells import BEYOND, LARGEST, Constant, Shape, Shapes, Varying, scaled
from perfeval.frames.contract import CONTROL, MOST_DECIMALS, TEXT, Number
from perfeval.messages import Wording
from perfeval.rulebook import Rounding
from perfeval.scoring.numbers import decimal_of
from perfeval.table import number_cell, target_cell, weight_cell
from perfeval.values import Comparison, Missing, MissingReason, Target

LIMIT = 1_000_000
"""So many distinct texts of a column, or combinations of them, are read; more are refused."""

TOO_MANY = Wording(
    "FRAME-DISTINCT",
    "“{part}”有 {count} 种不同内容，超过 {limit}；请分批，或给出数值列（Number）",
    "'{part}' has {count} distinct contents, more than {limit}; split the frame, or give columns of numbers (Number)",
)
_NOT_DECIMAL = Wording(
    "FRAME-FLOAT",
    "列“{column}”的 {value} 不是 {scale} 位小数以内的数；请先取整到约定位数，或改用整数",
    "{value} in column '{column}' is no decimal with {scale} places; round it to what was meant, or give integers",
)
_BLANK = Constant(Missing(MissingReason.BLANK))
_USUAL = 4
"""Numbers with up to so many decimals share a scale, and so their plans; the few with more have scales of their own."""
_MOST = 1 << 50  # a float below it, in units of its last decimal, tells neighbouring decimals apart


@attrs.frozen
class Side:
    """Target or actual: the columns of its integers and of the numbers of its shapes."""

    whole: str
    shape: str


def distinct(frame: nw.LazyFrame[Any], expression: nw.Expr, part: str) -> list[Any]:
    """Give the distinct values of a column of text: the only thing that is fetched from an engine."""
    found = frame.select(expression.alias("value")).unique().head(LIMIT + 1).collect()
    values = found["value"].to_list()
    if len(values) > LIMIT:
        raise UsageError(TOO_MANY(part=part, count=len(values), limit=LIMIT))
    return values


def mapped(expression: nw.Expr, values: Mapping[Any, int]) -> nw.Expr:
    """Give an integer for each distinct value; one that is not named has 0."""
    if not values:
        return nw.lit(0, nw.Int64)
    if len(set(values.values())) == 1:
        return nw.lit(next(iter(values.values())), nw.Int64)
    return expression.replace_strict(list(values), list(values.values()), default=0, return_dtype=nw.Int64)


def named(expression: nw.Expr, values: Mapping[int, str]) -> nw.Expr:
    """Give a text for each of a few numbers; null for one that is not named."""
    numbers: dict[str, list[int]] = {}
    for number, text in values.items():
        numbers.setdefault(text, []).append(number)
    made = nw.lit(None, nw.String)
    for text, own in numbers.items():
        made = nw.when(expression.is_in(own)).then(nw.lit(text)).otherwise(made)
    return made


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String).fill_null("")


def read_side(
    frame: nw.LazyFrame[Any], given: str | Number, part: str, shapes: Shapes
) -> tuple[nw.LazyFrame[Any], Side]:
    """Add the columns of one side; ``part`` is ``target`` or ``actual``."""
    whole, shape = f"__{part}", f"__{part}_shape"
    if isinstance(given, Number):
        return _read_numbers(frame, given, part, shapes)
    texts = distinct(frame, _text(given), part)
    cells: dict[str, Target] = {}
    for text in texts:
        cell = target_cell(text, part)
        cells[text] = cell.value if cell is not None else Missing(MissingReason.BLANK)
    usual = max((scale for scale in map(_decimals, cells.values()) if scale <= _USUAL), default=0)
    wholes: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for text, value in cells.items():
        wholes[text], made = _shaped(value, max(usual, _decimals(value)))
        numbers[text] = shapes.number(made)
    frame = frame.with_columns(
        mapped(_text(given), wholes).alias(whole), mapped(_text(given), numbers).alias(shape)
    )
    return frame, Side(whole, shape)


def _shaped(value: Target, scale: int) -> tuple[int, Shape]:
    if not isinstance(value, Comparison):
        return 0, Constant(value)
    quantity = value.quantity
    whole = scaled(quantity.number, scale)
    if whole is None:
        return 0, BEYOND
    return whole, Varying(value.operator, quantity.unit, quantity.approximate, scale)


def _decimals(value: Target) -> int:
    """Give how many decimals a number is printed with, as far as integers hold them."""
    if not isinstance(value, Comparison):
        return 0
    return min(max(0, -int(value.quantity.number.as_tuple().exponent)), MOST_DECIMALS)


def _read_numbers(
    frame: nw.LazyFrame[Any], given: Number, part: str, shapes: Shapes
) -> tuple[nw.LazyFrame[Any], Side]:
    whole, shape = f"__{part}", f"__{part}_shape"
    frame = _whole(frame, given, whole)
    operator = _text(given.operator) if given.operator else nw.lit("")
    unit = _text(given.unit) if given.unit else nw.lit("")
    known = nw.when(nw.col(f"{whole}_is")).then(nw.lit("2")).otherwise(nw.lit(""))
    frame = frame.with_columns(nw.concat_str(operator, known, unit, separator="\x1f").alias(shape))
    numbers: dict[str, int] = {}
    for text in distinct(frame, nw.col(shape), part):
        cells = text.split("\x1f")
        if len(cells) != 3:
            raise UsageError(CONTROL(columns=", ".join(filter(None, (given.operator, given.unit)))))
        numbers[text] = shapes.number(_shape_of(*cells, scale=given.scale))
    large = (nw.col(whole) >= LARGEST) | (nw.col(whole) <= -LARGEST)
    beyond = nw.lit(shapes.number(BEYOND), nw.Int64)
    frame = frame.with_columns(
        nw.when(large).then(beyond).otherwise(mapped(nw.col(shape), numbers)).alias(shape),
        nw.when(large).then(nw.lit(0, nw.Int64)).otherwise(nw.col(whole)).alias(whole),
    )
    return frame, Side(whole, shape)


def _shape_of(operator: str, number: str, unit: str, *, scale: int) -> Shape:
    """Read operator and unit as the cell that they make with a number."""
    if not number:
        return _BLANK
    cell = target_cell(f"{operator}{number}{unit}")
    value = cell.value if cell is not None else Missing(MissingReason.BLANK)
    if isinstance(value, Comparison) and value.quantity.number == 2:
        return Varying(value.operator, value.quantity.unit, value.quantity.approximate, scale)
    return Constant(value)


def _whole(frame: nw.LazyFrame[Any], given: Number, name: str) -> nw.LazyFrame[Any]:
    """Add the integers of a column of numbers, 0 for what is blank, and whether there is one."""
    column = nw.col(given.value)
    dtype = frame.collect_schema()[given.value]
    if isinstance(dtype, (nw.Float32, nw.Float64)):
        return _from_floats(frame, given, name)
    factor = 1 if given.is_scaled else 10**given.scale
    frame = frame.with_columns(
        column.cast(nw.Int64).fill_null(0).alias(name), (~column.is_null()).alias(f"{name}_is")
    )
    if factor == 1:
        return frame
    fits = (nw.col(name) < LARGEST // factor) & (nw.col(name) > -(LARGEST // factor))
    scaled_up = nw.col(name) * nw.when(fits).then(nw.lit(factor, nw.Int64)).otherwise(nw.lit(0, nw.Int64))
    beyond = nw.lit(LARGEST, nw.Int64)
    return frame.with_columns(nw.when(fits).then(scaled_up).otherwise(beyond).alias(name))


def _from_floats(frame: nw.LazyFrame[Any], given: Number, name: str) -> nw.LazyFrame[Any]:
    """Read floats that are the shortest decimals of the scale; one that is not is refused.

    The float of m ÷ 10^scale is unique to m below 2^50, and dividing by a power of ten up to 10^22 rounds correctly: a float
    that equals that quotient is what m ÷ 10^scale is written as, and no other decimal of the scale.
    """
    scale = 0 if given.is_scaled else given.scale
    power = float(10**scale)  # exact: a power of ten below 10^22
    value = nw.col(given.value).cast(nw.Float64).fill_nan(None)
    frame = frame.with_columns(
        value.fill_null(0.0).alias(f"{name}_float"), (~value.is_null()).alias(f"{name}_is")
    )
    found = nw.col(f"{name}_float")
    near = (found * power + 0.5).floor()  # exact: a guess, held against the float below
    frame = frame.with_columns(near.clip(-float(_MOST), float(_MOST)).cast(nw.Int64).alias(name))
    is_it = (nw.col(name).cast(nw.Float64) / power == found) & (found.abs() * power < float(_MOST))
    wrong = frame.filter(~is_it).select(f"{name}_float").head(1).collect()
    if len(wrong):
        shown = wrong[f"{name}_float"].to_list()[0]
        raise UsageError(_NOT_DECIMAL(column=given.value, value=shown, scale=scale))
    return frame


def read_points(
    frame: nw.LazyFrame[Any], given: str | Number, name: str, scale: int, rounding: Rounding | None
) -> nw.LazyFrame[Any]:
    """Add a column of points in units of 10^-scale, and a flag: 0 a number, 1 a blank, 2 no points, 3 not held here.

    A text with more decimals is rounded with ``rounding``; without, and where it is too large, it is not held.
    """
    if isinstance(given, Number) or not isinstance(frame.collect_schema()[given], TEXT):
        number = given if isinstance(given, Number) else Number(value=given, is_scaled=False)
        return _points(frame, number, name, scale)
    wholes: dict[str, int] = {}
    flags: dict[str, int] = {}
    for text in distinct(frame, _text(given), name):
        cell = number_cell(text, name) if rounding is not None else weight_cell(text)
        value = cell.value if cell is not None else Missing(MissingReason.BLANK)
        if isinstance(value, Decimal):
            found = scaled(_rounded(value, rounding), scale)
            wholes[text], flags[text] = (0, 3) if found is None or abs(found) >= MOST else (found, 0)
        else:
            wholes[text], flags[text] = 0, 1 if isinstance(value, Missing) else 2
    return frame.with_columns(
        mapped(_text(given), wholes).alias(name), mapped(_text(given), flags).alias(f"{name}_flag")
    )


def _rounded(value: Decimal, rounding: Rounding | None) -> Decimal:
    if rounding is None:
        return value
    step = rounding.step.as_integer_ratio()
    return decimal_of(round_pair(*value.as_integer_ratio(), step, rounding.mode), rounding.step)


def _points(frame: nw.LazyFrame[Any], number: Number, name: str, scale: int) -> nw.LazyFrame[Any]:
    if number.scale > scale:
        raise UsageError(_SCALE(column=number.value, own=number.scale, scale=scale))
    frame = _whole(frame, number, name)
    factor = 10 ** (scale - number.scale)
    is_held = (nw.col(name) < MOST // factor) & (nw.col(name) >= 0)
    points = nw.when(is_held).then(nw.col(name) * factor).otherwise(nw.lit(0, nw.Int64))
    flag = nw.lit(0, nw.Int64)
    for condition, code in (
        (nw.col(name) >= MOST // factor, 3),
        (nw.col(name) < 0, 2),
        (~nw.col(f"{name}_is"), 1),
    ):
        flag = nw.when(condition).then(nw.lit(code, nw.Int64)).otherwise(flag)
    return frame.with_columns(flag.alias(f"{name}_flag"), points.alias(name))


_SCALE = Wording(
    "FRAME-SCALE",
    "列“{column}”按 {own} 位小数给出，而评分办法的得分只有 {scale} 位；请按 {scale} 位给出",
    "column '{column}' is given with {own} decimals, and the scores of the rule book have {scale}; give it with {scale}",
)
