"""Laws of reading: what holds for every cell, not only for those of the tables."""

import re
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval.values import (
    DEFAULT_UNITS,
    NO_UNIT,
    Comparison,
    Deadline,
    Missing,
    Operator,
    Quantity,
    Range,
    Text,
    Unit,
    Unparsed,
    fold,
    parse_amount,
    parse_number,
    parse_parts,
    parse_target,
    parse_weight,
)
from perfeval.values.text import is_odd_number
from values.meaning import meaning

INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad\u200e"
WHITE = " \t\n\u3000\u00a0"
# ASCII in the width of Chinese characters.
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# 月 and 季度 are dates as well, and a symbol that folds to another spelling (℃) is a matter of test_units.
UNITS = sorted(
    {unit.symbol for unit in DEFAULT_UNITS.names.values() if fold(unit.symbol).text == unit.symbol}
    - {"月", "年", "季度"}
)
MONEY = ("元", "万元", "亿元", "千元")
SIGNS = {
    "≥": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "不少于": Operator.AT_LEAST,
    "不低于": Operator.AT_LEAST,
    "至少": Operator.AT_LEAST,
    "大于等于": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "不超过": Operator.AT_MOST,
    "控制在": Operator.AT_MOST,
    "小于等于": Operator.AT_MOST,
    "=": Operator.EQUAL,
    "═": Operator.EQUAL,
    "等于": Operator.EQUAL,
    ">": Operator.MORE_THAN,
    "超过": Operator.MORE_THAN,
    "高于": Operator.MORE_THAN,
    "<": Operator.LESS_THAN,
    "低于": Operator.LESS_THAN,
    "不足": Operator.LESS_THAN,
}
BOUNDS = {
    "以上": Operator.AT_LEAST,
    "及以上": Operator.AT_LEAST,
    "(含)以上": Operator.AT_LEAST,
    "以下": Operator.AT_MOST,
    "以内": Operator.AT_MOST,
}


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number as it is written: 0, 8.90, 1,234.5."""
    whole = draw(st.integers(0, 10**12))
    decimals = draw(st.text("0123456789", max_size=4))
    grouped = draw(st.booleans())
    return (
        f"{whole:,}" + (f".{decimals}" if decimals else "") if grouped else f"{whole}.{decimals}".strip(".")
    )


@st.composite
def unit_names(draw: st.DrawFn) -> str:
    """No unit, a unit, one with 万 in front, or money for several things."""
    name = draw(st.sampled_from(UNITS))
    below = st.sampled_from(["人", "天", "亩", "公里", "户", "株", "平方米"])
    return draw(
        st.one_of(
            st.just(""),
            st.just(name),
            st.sampled_from(["万", "亿", "万人次", "万亩", "亿立方米", "百万羽", "十万只"]),
            st.builds("{}/{}".format, st.sampled_from(MONEY), below),
            st.builds("{}/{}·{}".format, st.sampled_from(MONEY), below, below),
        )
    )


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[str, Comparison]:
    """A comparison in one of its spellings, and what it means."""
    sign = draw(st.sampled_from(["", *SIGNS]))
    minus = draw(st.sampled_from(["", "", "", "-"]))
    about = draw(st.sampled_from(["", "", "约", "近"]))
    number, name = draw(numbers()), draw(unit_names())
    bound = draw(st.sampled_from(["", "", *BOUNDS])) if not sign else ""
    unit = DEFAULT_UNITS.whole(name)
    assert unit is not None
    quantity = Quantity(Decimal(f"{minus}{number.replace(',', '')}"), unit, approximate=bool(about))
    operator = SIGNS[sign] if sign else BOUNDS.get(bound)
    return f"{sign}{about}{minus}{number}{name}{bound}", Comparison(operator, quantity)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, Range]:
    """A range in one of its spellings, and what it means."""
    low, high = sorted(draw(st.tuples(numbers(), numbers())), key=lambda text: Decimal(text.replace(",", "")))
    name = draw(unit_names())
    unit = DEFAULT_UNITS.whole(name)
    assert unit is not None
    spelling = draw(
        st.sampled_from(
            [
                "{low}-{high}{name}",
                "{low}{name}~{high}{name}",
                "{low}{name}至{high}{name}之间",
                "控制在{low}{name}—{high}{name}",
                "≥{low}{name}且≤{high}{name}",
                "不低于{low}{name}、不高于{high}{name}" if name else "≥{low}且<{high}",
                "{low}{name}以上{high}{name}以下",
            ]
        )
    )
    # Two bare numbers like 2024.1 around a dash are months, which is no range of numbers.
    assume(name or not all(re.fullmatch(r"(19|20)\d\d\.(0?[1-9]|1[0-2])", end) for end in (low, high)))
    ends = (Quantity(Decimal(end.replace(",", "")), unit) for end in (low, high))
    return spelling.format(low=low, high=high, name=name), Range(*ends)


@st.composite
def deadlines(draw: st.DrawFn) -> str:
    """A date or a period, with a year or none."""
    day = draw(st.dates())
    year = draw(st.sampled_from(["", "2023年", "2024年", "2024年度", "二〇二四年"]))
    month = f"{day.month}月"
    part = draw(st.sampled_from(["初", "中", "底", "末", "上旬", "中旬", "下旬", "", "份"]))
    suffix = draw(st.sampled_from(["", "前", "之前", "前完成", "内完成", "前全部到位"]))
    period = draw(
        st.sampled_from(
            [
                f"{year}{month}{min(day.day, 28)}日",
                f"{year}{month}{part}",
                f"{year}1-{month}",
                f"{year}1月至{month}",
                f"{year}第{day.month % 4 + 1}季度",
                f"{year}上半年",
                f"2024-{day.month:02}-{min(day.day, 28):02}",
                "年底",
                "2024年",
            ]
        )
    )
    return f"{period}{suffix}"


words = st.text("提升满意度群众服务效率明显有及时合规完善，。", min_size=3, max_size=40)
nothing = st.sampled_from(["", "—", "--", "/", "无", "不适用", "N/A", "新增"])
broken = st.sampled_from(["≥", "XX次", "合格率≥90%", "1,23元", "5-3次", "5%次", "10²", "≥80%以下"])
# Spellings with everything that can be written, and nothing that a law below would not hold for.
cells = st.one_of(
    comparisons().map(lambda pair: pair[0]),
    ranges().map(lambda pair: pair[0]),
    deadlines(),
    words,
    nothing,
    broken,
)
# Anything at all, and what comes nearest to breaking a grammar of numbers.
PIECES = [
    *"0123456789０５.,，-~—至≥≤><=＞〉《》%％‰万亿千百十一二三零余多约近内元/人次·年月日前底旬半①²½X*□…()（）。；且、+¥ \n"
]
PIECES += [
    "\u3000",
    "\u200b",
    "\u00a0",
    "不",
    "低于",
    "高于",
    "超过",
    "至少",
    "控制在",
    "以上",
    "以下",
    "以内",
    "左右",
    "定性",
]
PIECES += [
    "百分之",
    "季度",
    "个",
    "每",
    "达到",
    "完成",
    "平方米",
    "2024年",
    "12月31日",
    "5-3",
    "1,000",
    "万元",
    "㎡",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
quiet = [piece for piece in PIECES if not any(letter in piece for letter in "年月季定")]


@given(comparisons())
def test_a_comparison_means_what_it_was_made_of(pair: tuple[str, Comparison]) -> None:
    cell, expected = pair
    assert parse_target(cell) == expected


@given(ranges())
def test_a_range_means_what_it_was_made_of(pair: tuple[str, Range]) -> None:
    cell, expected = pair
    assert parse_target(cell) == expected


@given(deadlines())
def test_a_deadline_is_one(cell: str) -> None:
    target = parse_target(cell)
    assert isinstance(target, Deadline)
    assert target.period.before == ("前" in cell)
    assert target.period.last[0] == (
        2023 if "2023" in cell else 2024 if "2024" in cell or "二〇" in cell else None
    )


@given(words)
def test_words_are_a_text(cell: str) -> None:
    assert parse_target(cell) == Text(fold(cell).text)


@given(cells)
def test_every_spelling_reads_back(cell: str) -> None:
    target = parse_target(cell)
    assert parse_target(target.format()) == target
    assert parse_target(target.format()).format() == target.format()


@pytest.mark.parametrize("about", [False, True])
@pytest.mark.parametrize("operator", [None, *Operator])
def test_every_unit_reads_back(operator: Operator | None, about: bool) -> None:
    for symbol in UNITS:
        target = Comparison(operator, Quantity(Decimal("8.90"), DEFAULT_UNITS.names[symbol], about))
        assert parse_target(target.format()) == target


@given(st.lists(st.sampled_from(quiet), max_size=30).map("".join))
def test_the_spelling_of_any_text_is_stable(raw: str) -> None:
    spelling = parse_target(raw).format()
    assert parse_target(spelling).format() == spelling


@given(
    st.sampled_from(["≥", "<=", ">=", "≤", "=", ""]),
    st.sampled_from(["", " ", "\n"]),
    st.from_regex(r"[0-9]{1,15}(\.[0-9]{1,8})?", fullmatch=True),
    st.sampled_from(["", " ", "\u3000"]),
    unit_names(),
)
def test_the_plain_way_reads_what_the_scanner_reads(
    sign: str, before: str, number: str, after: str, unit: str
) -> None:
    cell = f"{sign}{before}{number}{after}{unit}{before}"
    plain = parse_target(cell)
    assert isinstance(plain, Comparison)
    for slow in (f"\u200b{cell}", f"{cell}\ufeff", cell.translate(WIDE)):
        scanned = parse_target(slow)
        assert scanned == plain
        assert scanned.format() == plain.format()  # and the same written digits


@pytest.mark.parametrize("sign", ["≥", "≤", "=", ""])
def test_the_plain_way_knows_every_unit_as_the_scanner_does(sign: str) -> None:
    cells = [
        f"{sign}{number}{name}" for name in DEFAULT_UNITS.names for number in ("8.90", "4", "12", "2024")
    ]
    disagreements = {
        cell: (meaning(parse_target(cell)), meaning(parse_target(f"\u200b{cell}")))
        for cell in cells
        if parse_target(cell) != parse_target(f"\u200b{cell}")
    }
    assert disagreements == {}


@given(cells)
def test_width_does_not_matter(cell: str) -> None:
    assert meaning(parse_target(cell.translate(WIDE))) == meaning(parse_target(cell))


@given(cells, st.data())
def test_invisible_characters_do_not_matter(cell: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(cell)))
    invisible = data.draw(st.text(INVISIBLE, min_size=1, max_size=2))
    assert meaning(parse_target(cell[:place] + invisible + cell[place:])) == meaning(parse_target(cell))


@given(cells, st.data())
def test_white_space_between_words_does_not_matter(cell: str, data: st.DataObject) -> None:
    number = frozenset("0123456789.,，")
    places = [
        place
        for place in range(len(cell) + 1)
        if not (number & set(cell[place - 1 : place]) and number & set(cell[place : place + 1]))
    ]
    place = data.draw(st.sampled_from(places))
    white = data.draw(st.text(WHITE, min_size=1, max_size=3))
    assert meaning(parse_target(cell[:place] + white + cell[place:])) == meaning(parse_target(cell))


@given(numbers().filter(lambda number: len(number) > 1), st.data())
def test_white_space_inside_a_number_is_not_guessed_at(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(number) - 1))
    assert meaning(parse_target(f"≥{number[:place]} {number[place:]}次")) == "unparsed number"


@given(comparisons())
def test_three_columns_read_like_one_cell(pair: tuple[str, Comparison]) -> None:
    _, target = pair
    quantity = target.quantity
    value = f"{'约' if quantity.approximate else ''}{quantity.number:f}"
    assert parse_parts(target.operator or "", value, quantity.unit.symbol) == target
    assert parse_parts(target.operator or "", value + quantity.unit.symbol, "") == target
    if quantity.unit.dimension:
        repeated = parse_parts(target.operator or "", value + quantity.unit.symbol, quantity.unit.symbol)
        assert repeated == target


@given(st.one_of(texts, cells))
def test_reading_never_raises_and_points_into_the_cell(raw: str) -> None:
    for value in (parse_target(raw), parse_number(raw), parse_weight(raw)):
        assert meaning(value)
        if isinstance(value, Unparsed):
            assert 0 <= value.span[0] < value.span[1] <= len(raw)
    target = parse_target(raw)
    if isinstance(target, Unparsed):
        assert target.text == raw
    if isinstance(target, Text):
        assert target.text
        assert not any(character.isspace() for character in target.text)


@given(st.one_of(texts, cells))
def test_an_amount_is_money_or_says_why_not(raw: str) -> None:
    amount = parse_amount(raw)
    if isinstance(amount, Quantity):
        assert amount.unit.dimension in ("", "money")
        assert not amount.approximate
    else:
        assert isinstance(amount, Missing | Unparsed)


@given(texts, texts, texts)
def test_three_columns_never_raise(operator: str, value: str, unit: str) -> None:
    target = parse_parts(operator, value, unit)
    assert meaning(target)
    if isinstance(target, Unparsed):
        assert 0 <= target.span[0] <= target.span[1] <= len(target.text)


@pytest.mark.parametrize("piece", PIECES)
def test_reading_is_quick(piece: str) -> None:
    """A cell of 400 characters, however odd, costs some milliseconds at most: nothing backtracks."""
    for other in PIECES[::3]:
        raw = ((piece + other) * 400)[:400]
        start = time.process_time()
        for cell in (raw, raw[:199], f"≥{raw[:190]}x"):
            parse_target(cell)
            parse_amount(cell)
        assert time.process_time() - start < 0.25, raw[:10]


@given(texts)
def test_folding_is_idempotent(raw: str) -> None:
    folded = fold(raw).text
    assert fold(folded).text == folded


@given(texts)
def test_folding_keeps_the_way_back(raw: str) -> None:
    folded = fold(raw)
    if folded.offsets is None:
        assert folded.text == raw
        return
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for index, character in enumerate(folded.text):
        start, end = folded.span(index, index + 1)
        assert end == start + 1
        assert character in fold(raw[start:end]).text


@given(st.characters())
def test_folding_makes_no_digits(character: str) -> None:
    digits = [letter for letter in fold(character).text if letter in "0123456789"]
    assert not digits or (not is_odd_number(character) and len(digits) == 1)


convertible = {
    dimension: names
    for dimension in {unit.dimension for unit in DEFAULT_UNITS.names.values()}
    if len(names := [name for name, unit in DEFAULT_UNITS.names.items() if unit.dimension == dimension]) > 1
}
pairs_of_units = st.sampled_from(sorted(convertible)).flatmap(
    lambda dimension: st.tuples(*[st.sampled_from(convertible[dimension])] * 3)
)


@given(st.decimals(-(10**12), 10**12, places=4), pairs_of_units, st.sampled_from(["", "万", "亿", "百"]))
def test_conversion_is_exact_both_ways(number: Decimal, names: tuple[str, ...], sign: str) -> None:
    one, other, third = (unit(name) for name in names)
    one = one.times(10 ** (4 * len(sign)), sign) if one.multiplier == 1 else one
    quantity = Quantity(number, one)
    converted = Fraction(*quantity.in_unit(other))
    assert converted == Fraction(number) * size(one) / size(other)  # an oracle of its own
    # back again, and through a third
    back = converted * Fraction(*Quantity(Decimal(1), other).in_unit(one))
    assert back == Fraction(number)
    through = Fraction(*quantity.in_unit(third)) * Fraction(*Quantity(Decimal(1), third).in_unit(other))
    assert through == converted


def unit(name: str) -> Unit:
    return DEFAULT_UNITS.names[name]


def size(unit: Unit) -> Fraction:
    return Fraction(unit.numerator, unit.denominator)


@given(unit_names(), numbers())
def test_a_quantity_is_itself_in_its_own_unit(name: str, number: str) -> None:
    found = DEFAULT_UNITS.whole(name) or NO_UNIT
    quantity = Quantity(Decimal(number.replace(",", "")), found)
    assert Fraction(*quantity.in_unit(found)) == Fraction(quantity.number)
    smaller = found.unmultiplied()
    assert Fraction(*quantity.in_unit(smaller)) == Fraction(quantity.number) * found.multiplier
    assert smaller.multiplier == 1
