"""Columns of cells → integers and shapes: distinct texts, operators and units are read once, numbers are checked."""

from __future__ import annotations

__all__ = [
    "LIMIT",
    "Blanks",
    "Points",
    "Side",
    "distinct",
    "fetched",
    "flagged_points",
    "held",
    "one_of_each",
    "read_points",
    "read_side",
    "refuse_floats",
    "text_of",
    "texts",
    "with_texts",
]

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula import round_pair
from perfeval.frames.arithmetic import MOST
from perfeval.frames.cells import BEYOND, LARGEST, Constant, Shape, Varying, scaled
from perfeval.frames.choosing import mapped
from perfeval.frames.contract import MOST_DECIMALS, TEXT, Number
from perfeval.messages import Wording
from perfeval.rulebook import Rounding
from perfeval.scoring.numbers import decimal_of
from perfeval.table import number_cell, target_cell, weight_cell
from perfeval.values import Comparison, Missing, MissingReason, Target, Unparsed, UnparsedReason

LIMIT = 1_000_000
"""So many distinct texts of a column, or combinations of them, are read; more are refused."""

_TOO_MANY = Wording(
    "FRAME-DISTINCT",
    "“{part}”有 {count} 种不同内容，超过 {limit}；请分批，或给出数值列（Number）",
    "'{part}' has {count} distinct contents, more than {limit}; split the frame, or give columns of numbers (Number)",
)
_NOT_DECIMAL = Wording(
    "FRAME-FLOAT",
    "列“{column}”的 {value} 不是 {scale} 位小数以内的数；请先取整到约定位数，或改用整数（该行：{row}）",
    "{value} in column '{column}' is no decimal with {scale} places; round it to what was meant, or give integers (the row: {row})",
)
_BLANK = Constant(Missing(MissingReason.BLANK))
_SHOWN, _SHOWN_CELLS = 30, 6  # of a row in a message: its first cells, cut
_PROBES = (Decimal(2), Decimal(31), Decimal(2024), Decimal("0.5"))
_USUAL = 4
"""Numbers with up to so many decimals share a scale, and so their plans; the few with more have scales of their own."""
_MOST = 1 << 50  # a float below it, in units of its last decimal, tells neighbouring decimals apart


@attrs.frozen
class Blanks:
    """The column that says whether a row has a number, and the column of which it is said, where counting that is enough."""

    column: str
    counted: str | None


@attrs.frozen
class Side:
    """Target or actual: the column of its integers, and the columns of few values that say the shape of a cell.

    ``shapes`` gives the shape for values of ``keys``; ``blanks`` says which rows of a column of numbers have none.
    """

    whole: str
    keys: tuple[str, ...]
    shapes: Callable[[Sequence[Any]], Shape]
    blanks: Blanks | None = None


@attrs.frozen
class Points:
    """Weights or reported scores: a column of integers, and what says why there is none in a row.

    ``flag`` is a column of 0 a number, 1 a blank, 2 no points, 3 not held here. ``blanks`` and ``factor`` are those of a
    column of numbers whose flags are still to be worked out, once it is known how large its numbers are.
    """

    whole: str
    flag: str | None = None
    blanks: Blanks | None = None
    factor: int = 1


def fetched(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Fetch what a query gives; polars streams, so that a file larger than memory can be looked through."""
    return frame.collect(engine="streaming") if frame.implementation.is_polars() else frame.collect()


def distinct(frame: nw.LazyFrame[Any], columns: Sequence[str], part: str) -> nw.DataFrame[Any]:
    """Fetch the distinct rows of some columns, in an order that no engine decides. Raises UsageError for more than ``LIMIT``."""
    found = fetched(one_of_each(frame, columns).head(LIMIT + 1))
    if len(found) > LIMIT:
        raise UsageError(_TOO_MANY(part=part, count=len(found), limit=LIMIT))
    return found.sort(*columns)


def one_of_each(frame: nw.LazyFrame[Any], columns: Sequence[str]) -> nw.LazyFrame[Any]:
    """Give the distinct rows of some columns."""
    if frame.implementation.is_polars() or frame.implementation.is_pandas_like():
        return frame.select(*columns).unique()
    # In SQL, unique() is a window over every row; and a dot in a name is not of the name where one groups.
    names = {f"__k{place}": column for place, column in enumerate(columns)}
    rows = frame.select(*(nw.col(column).alias(name) for name, column in names.items()))
    found = rows.group_by(*names).agg(nw.len().alias("__rows"))
    return found.select(*(nw.col(name).alias(column) for name, column in names.items()))


def texts(frame: nw.LazyFrame[Any], column: str, part: str) -> list[str]:
    """Fetch the distinct texts of a column; a blank is an empty one. Raises UsageError for more than ``LIMIT``."""
    # Not under its own name: DuckDB groups by a.b as by the column b of a table a.
    return distinct(frame.select(text_of(column).alias("__text")), ["__text"], part)["__text"].to_list()


def text_of(column: str) -> nw.Expr:
    """Give a column as text; what is blank is an empty one."""
    return nw.col(column).cast(nw.String).fill_null("")


def with_texts(frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """Add columns as text, by the names that they get."""
    return (
        frame.with_columns(*(text_of(own).alias(name) for name, own in columns.items())) if columns else frame
    )


def read_side(frame: nw.LazyFrame[Any], given: str | Number, part: str) -> tuple[nw.LazyFrame[Any], Side]:
    """Add the columns of one side; ``part`` is ``target`` or ``actual``."""
    whole = f"__{part}"
    if isinstance(given, Number):
        return _read_numbers(frame, given, whole)
    cells: dict[str, Target] = {}
    for text in texts(frame, given, part):
        cell = target_cell(text, part)
        cells[text] = cell.value if cell is not None else Missing(MissingReason.BLANK)
    usual = max((scale for scale in map(_decimals, cells.values()) if scale <= _USUAL), default=0)
    wholes: dict[str, int] = {}
    numbers: dict[Shape, int] = {}
    own: dict[str, int] = {}
    for text, value in cells.items():
        wholes[text], shape = _shaped(value, max(usual, _decimals(value)))
        own[text] = numbers.setdefault(shape, len(numbers))
    frame = mapped(frame, text_of(given), wholes, whole)
    frame = mapped(frame, text_of(given), own, f"{whole}_shape")
    shapes = tuple(numbers)
    return frame, Side(whole, (f"{whole}_shape",), lambda key: shapes[key[0]])


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


def _read_numbers(frame: nw.LazyFrame[Any], given: Number, whole: str) -> tuple[nw.LazyFrame[Any], Side]:
    frame, blanks = _whole(frame, given, whole)
    columns = {f"{whole}_{name}": getattr(given, name) for name in ("operator", "unit")}
    columns = {name: column for name, column in columns.items() if column is not None}
    frame = with_texts(frame, columns)
    names = tuple(columns)

    def shape(key: Sequence[Any]) -> Shape:
        cells = dict(zip(names, key, strict=True))
        return _shape_of(cells.get(f"{whole}_operator", ""), cells.get(f"{whole}_unit", ""), given.scale)

    return frame, Side(whole, names, shape, blanks)


def _shape_of(operator: str, unit: str, scale: int) -> Shape:
    """Read operator and unit as the cell that they make with a number.

    What is no plain number with each of some numbers (5月 and 2024年 are dates, 2（件） is a text) is unreadable: else the
    number would count for nothing, or the meaning of a unit would depend on it.
    """
    found: set[Shape] = set()
    for number in _PROBES:
        cell = target_cell(f"{operator}{number}{unit}")
        value = None if cell is None else cell.value
        if not isinstance(value, Comparison) or value.quantity.number != number:
            text = f"{operator}{number}{unit}"
            return Constant(Unparsed(UnparsedReason.NOT_A_NUMBER, (0, len(text)), text))
        quantity = value.quantity
        found.add(Varying(value.operator, quantity.unit, quantity.approximate, scale))
    return found.pop() if len(found) == 1 else Constant(Unparsed(UnparsedReason.NUMBER, (0, 0), unit))


def _whole(frame: nw.LazyFrame[Any], given: Number, name: str) -> tuple[nw.LazyFrame[Any], Blanks]:
    """Add the integers of a column of numbers, 0 for what is blank, and whether it is."""
    column = nw.col(given.value)
    dtype = frame.collect_schema()[given.value]
    if isinstance(dtype, (nw.Float32, nw.Float64)):
        return _from_floats(frame, given, name), Blanks(f"{name}_null", None)  # a count would count NaN
    blanks = Blanks(f"{name}_null", given.value)
    factor = 1 if given.is_scaled else 10**given.scale
    frame = frame.with_columns(
        column.cast(nw.Int64).fill_null(0).alias(name), column.is_null().alias(blanks.column)
    )
    if factor == 1:
        return frame, blanks
    fits = (nw.col(name) < LARGEST // factor) & (nw.col(name) > -(LARGEST // factor))
    scaled_up = nw.col(name) * nw.when(fits).then(nw.lit(factor, nw.Int64)).otherwise(nw.lit(0, nw.Int64))
    beyond = nw.lit(LARGEST, nw.Int64)
    return frame.with_columns(nw.when(fits).then(scaled_up).otherwise(beyond).alias(name)), blanks


def _from_floats(frame: nw.LazyFrame[Any], given: Number, name: str) -> nw.LazyFrame[Any]:
    """Read floats that are the shortest decimals of the scale; ``refuse_floats`` looks for one that is not.

    The float of m ÷ 10^scale is unique to m below 2^50, and dividing by a power of ten up to 10^22 rounds correctly: a float
    that equals that quotient is what m ÷ 10^scale is written as, and no other decimal of the scale. The divisor is made a
    column, since polars multiplies by the reciprocal of a single number, which is another float for one in seven.
    """
    power = float(10 ** _float_scale(given))  # exact: a power of ten below 10^22
    found = nw.col(given.value).cast(nw.Float64)
    small = nw.when(found.abs() < float(_MOST) / power).then(found).otherwise(nw.lit(0.0))
    frame = frame.with_columns((small * power + 0.5).floor().cast(nw.Int64).alias(name))  # exact: a guess
    whole = nw.col(name).cast(nw.Float64)
    quotient = whole / (whole * 0.0 + power)
    return frame.with_columns(
        (quotient != found).fill_null(value=False).alias(f"{name}_odd"),
        (found.is_null() | found.is_nan().fill_null(value=False)).alias(f"{name}_null"),
    )


def _float_scale(given: Number) -> int:
    return 0 if given.is_scaled else given.scale


def refuse_floats(frame: nw.LazyFrame[Any], columns: Mapping[str, Number]) -> None:
    """Raise UsageError with the first float of the columns, by the names of their integers, that is no decimal."""
    odd = [f"{name}_odd" for name in columns]
    if not columns or not any(fetched(frame.select(nw.col(*odd).max())).row(0)):
        return
    for name, given in columns.items():
        is_wrong = nw.col(f"{name}_odd") & ~nw.col(f"{name}_null")
        own = [column for column in frame.collect_schema().names() if not str(column).startswith("__")]
        for wrong in fetched(frame.filter(is_wrong).head(1)).iter_rows(named=True):
            row = ", ".join(f"{column}={str(wrong[column])[:_SHOWN]}" for column in own[:_SHOWN_CELLS])
            value = float(wrong[given.value])  # exact: only shown
            raise UsageError(
                _NOT_DECIMAL(column=given.value, value=value, scale=_float_scale(given), row=row)
            )


def read_points(
    frame: nw.LazyFrame[Any], given: str | Number, name: str, scale: int, rounding: Rounding | None
) -> tuple[nw.LazyFrame[Any], Points]:
    """Add a column of points in units of 10^-scale.

    A text with more decimals is rounded with ``rounding``; without, and where it is too large, it is not held.
    """
    if isinstance(given, Number) or not isinstance(frame.collect_schema()[given], TEXT):
        number = given if isinstance(given, Number) else Number(value=given, is_scaled=False)
        if number.scale > scale:
            raise UsageError(_SCALE(column=number.value, own=number.scale, scale=scale))
        frame, blanks = _whole(frame, number, name)
        return frame, Points(name, None, blanks, 10 ** (scale - number.scale))
    wholes: dict[str, int] = {}
    flags: dict[str, int] = {}
    for text in texts(frame, given, name):
        cell = number_cell(text, name) if rounding is not None else weight_cell(text)
        value = cell.value if cell is not None else Missing(MissingReason.BLANK)
        if isinstance(value, Decimal):
            found = scaled(_rounded(value, rounding), scale)
            wholes[text], flags[text] = (0, 3) if found is None or abs(found) >= MOST else (found, 0)
        else:
            wholes[text], flags[text] = 0, 1 if isinstance(value, Missing) else 2
    frame = mapped(frame, text_of(given), wholes, name)
    frame = mapped(frame, text_of(given), flags, f"{name}_flag")
    return frame, Points(name, f"{name}_flag" if any(flags.values()) else None)


def held(
    frame: nw.LazyFrame[Any], points: Points, *, is_whole: bool = False
) -> tuple[nw.LazyFrame[Any], nw.Expr | None]:
    """Bring a column of points on its scale; gives the flags of its rows, None where each is known to be a number.

    ``is_whole`` says that no number of the column is missing, below 0 or too large.
    """
    if points.blanks is None:
        return frame, nw.col(points.flag) if points.flag else None
    whole, most = nw.col(points.whole), MOST // points.factor
    if is_whole:
        scaled_up = (whole * points.factor).alias(points.whole)
        return frame.with_columns(scaled_up) if points.factor > 1 else frame, None
    flag = nw.lit(0, nw.Int64)
    for condition, code in ((whole >= most, 3), (whole < 0, 2), (nw.col(points.blanks.column), 1)):
        flag = nw.when(condition).then(nw.lit(code, nw.Int64)).otherwise(flag)
    is_held = (whole < most) & (whole >= 0)
    kept = nw.when(is_held).then(whole * points.factor).otherwise(nw.lit(0, nw.Int64))
    name = f"{points.whole}_flag"
    return frame.with_columns(flag.alias(name), kept.alias(points.whole)), nw.col(name)


def flagged_points(
    frame: nw.LazyFrame[Any], given: str | Number, name: str, scale: int, rounding: Rounding | None
) -> nw.LazyFrame[Any]:
    """Add a column of points as ``read_points`` does, and its flags as ``{name}_flag`` in any case."""
    frame, points = read_points(frame, given, name, scale, rounding)
    if isinstance(given, Number) and f"{name}_odd" in frame.collect_schema():
        refuse_floats(frame, {name: given})
    frame, flag = held(frame, points)
    return frame if flag is not None else frame.with_columns(nw.lit(0, nw.Int64).alias(f"{name}_flag"))


def _rounded(value: Decimal, rounding: Rounding | None) -> Decimal:
    if rounding is None:
        return value
    step = rounding.step.as_integer_ratio()
    return decimal_of(round_pair(*value.as_integer_ratio(), step, rounding.mode), rounding.step)


_SCALE = Wording(
    "FRAME-SCALE",
    "列“{column}”按 {own} 位小数给出，而评分办法的得分只有 {scale} 位；请按 {scale} 位给出",
    "column '{column}' is given with {own} decimals, and the scores of the rule book have {scale}; give it with {scale}",
)
