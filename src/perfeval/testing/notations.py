"""Hypothesis strategies for quantities, for what a target can mean, and for every way of writing it in a cell."""

from __future__ import annotations

__all__ = ["UNITS", "comparisons", "deadlines", "quantities", "ranges", "targets"]

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import strategies as st

from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.testing.words import BENEFITS_IN_WORDS
from perfeval.values import DEFAULT_UNITS, Comparison, Operator, Quantity, Range, Unit
from perfeval.values.comparisons import BOUNDS, OPERATORS

UNITS = tuple(
    "次 % 万元 元 人 个 户 场 项 件 天 小时 分钟 公里 米 平方米 亩 公顷 吨 公斤 亿元 万亩 ‰ 元/人 万元/台 元/平方米".split()
)
"""The units that are drawn unless others are asked for."""

_NO_SUCH_UNIT = Wording(
    "TESTING-UNIT", "“{unit}”不是已知的计量单位", "'{unit}' is not the name of a known unit"
)
_ALL_OPERATORS = (Operator.AT_LEAST, None, *Operator)
# Figures of which quotients often lie just between two hundredths.
_ROUND = tuple(Decimal(number) for number in (8, 16, 40, 80, 100, 200, 400, 800, 1600, 2000))
_YEARS = range(1900, 2100)  # a bare number like 2024 is a year
_WIDE = {code: code + 0xFEE0 for code in b"0123456789%=<>.,"}
_IN_CHINESE = frozenset("次 人 户 场 项 件 天 小时".split())
_DIGITS = "零一二三四五六七八九"
_DEADLINES = (
    "{year}年{month}月底前",
    "{month}月底前",
    "{year}年{month}月{day}日前",
    "{year}-{month:02}-{day:02}",
    "{year}.{month}.{day}前完成",
    "不晚于{year}年{month}月{day}日",
    "{year}年{month}月上旬",
    "{year}年第三季度",
    "{year}年上半年",
    "{year}年底前",
    "{month}月-12月",
)
_RANGES = (
    "{low}-{high}{unit}",
    "{low}{unit}~{high}{unit}",
    "{low}{unit}至{high}{unit}之间",
    "控制在{low}{unit}—{high}{unit}",
    "≥{low}{unit}且≤{high}{unit}",
    "{low}{unit}以上{high}{unit}以下",
)
_STATEMENTS = (*(thing.target for thing in BENEFITS_IN_WORDS), "显著提高", "定性：良好", "按时完成")
_MISSING = ("", "—", "/", "无", "不适用", "新增", "N/A")
_UNREADABLE = ("≥XX次", "≥**%", "合格率≥90%", "≥", "12 345次", "1,00次", "5次%", "10²米", "90-80%")


def quantities(units: Iterable[str] = UNITS) -> st.SearchStrategy[Quantity]:
    """Numbers with one of these units, whole ones where the unit is counted; ``""`` is no unit."""
    return st.sampled_from([_unit(name) for name in units]).flatmap(_quantities_in)


def _unit(name: str) -> Unit:
    unit = DEFAULT_UNITS.whole(name)
    if unit is None:
        raise UsageError(_NO_SUCH_UNIT(unit=name))
    return unit


def _quantities_in(unit: Unit) -> st.SearchStrategy[Quantity]:
    numbers: list[st.SearchStrategy[Decimal]] = [
        st.integers(1, 999).map(Decimal),
        st.sampled_from(_ROUND),
        st.integers(0, 99_999_999).map(Decimal),
    ]
    if not unit.is_counted:
        least = -999 if unit.is_percent else 0  # growth can be negative
        numbers += [_decimals(least, 999, 1), _decimals(0, 99_999, 2), _decimals(0, 99, 4)]
    drawn = st.one_of(numbers)
    if unit.is_bare:
        drawn = drawn.filter(lambda number: int(number) not in _YEARS)
    return st.builds(Quantity, drawn, st.just(unit), st.sampled_from((False, False, False, True)))


def _decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least * 10**places, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))


def comparisons(
    values: st.SearchStrategy[Quantity] | None = None, operators: Iterable[Operator | None] = _ALL_OPERATORS
) -> st.SearchStrategy[Comparison]:
    """Numbers to compare with; the operator None is one that was not written."""
    return st.builds(Comparison, st.sampled_from(list(operators)), quantities() if values is None else values)


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Quantity] | None = None) -> Range:
    """From one number to another, in one unit."""
    low = draw(quantities() if values is None else values)
    start = abs(low.number)
    width = draw(st.one_of(st.sampled_from(_ROUND), st.integers(0, 9999).map(Decimal)))
    return Range(Quantity(start, low.unit), Quantity(start + width, low.unit))


def deadlines() -> st.SearchStrategy[str]:
    """Dates and periods by which something is to be done, as a cell has them."""
    return st.builds(
        str.format,
        st.sampled_from(_DEADLINES),
        year=st.integers(2019, 2026),
        month=st.integers(1, 12),
        day=st.integers(1, 28),
    )


def targets(values: st.SearchStrategy[Comparison | Range] | None = None) -> st.SearchStrategy[str]:
    """Cells of 指标值 in every notation: numbers and ranges, deadlines, words, nothing, what cannot be read.

    With ``values``, nothing but these, each in any notation that reads back as it.
    """
    if values is not None:
        return values.flatmap(_written)
    texts = st.one_of(deadlines(), st.sampled_from(_STATEMENTS), st.sampled_from(_MISSING + _UNREADABLE))
    return st.one_of(comparisons().flatmap(_written), ranges().flatmap(_written), texts)


def _written(value: Comparison | Range) -> st.SearchStrategy[str]:
    return _written_range(value) if isinstance(value, Range) else _written_comparison(value)


@st.composite
def _written_range(draw: st.DrawFn, value: Range) -> str:
    low, high = (f"{end.number:f}" for end in (value.low, value.high))
    text = draw(st.sampled_from(_RANGES)).format(low=low, high=high, unit=value.high.unit.symbol)
    return draw(_dressed(text))


@st.composite
def _written_comparison(draw: st.DrawFn, value: Comparison) -> str:
    sign, bound = draw(st.sampled_from(_signs_and_bounds(value.operator)))
    before, after = "", ""
    if value.quantity.approximate:
        before, after = draw(st.sampled_from((("约", ""), ("", "左右"), ("大约", ""))))
    space = draw(st.sampled_from(("", "", " ")))
    amount = draw(st.sampled_from(_amounts(value.quantity, space)))
    lead = draw(st.sampled_from(("", "", "达到", "完成")))
    return draw(_dressed(f"{lead}{sign}{space}{before}{amount}{bound}{after}"))


def _signs_and_bounds(operator: Operator | None) -> list[tuple[str, str]]:
    """Give every sign or word for an operator that stands before the number, and every one behind it."""
    if operator is None:
        return [("", "")]
    plain = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}.get(operator, str(operator))
    before = [(sign, "") for sign, meaning in OPERATORS.items() if meaning is operator]
    return [(plain, ""), *before, *(("", bound) for bound, meaning in BOUNDS.items() if meaning is operator)]


def _amounts(quantity: Quantity, space: str) -> list[str]:
    number, symbol = quantity.number, quantity.unit.symbol
    texts = [f"{number:f}{space}{symbol}"]
    if abs(number) >= 1000:
        texts.append(f"{number:,f}{space}{symbol}")
    if number == number.to_integral_value() and 1 <= number <= 99:
        if symbol in _IN_CHINESE:
            texts.append(f"{_in_chinese(int(number))}{symbol}")
        if symbol == "%":
            texts.append(f"百分之{_in_chinese(int(number))}")
    return texts


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones or not tens else "")


def _dressed(text: str) -> st.SearchStrategy[str]:
    """Give the text as it is, in characters of full width, with white space around it, or with a full stop."""
    return st.sampled_from((text, text, text.translate(_WIDE), f" {text}\n", f"{text}。"))
