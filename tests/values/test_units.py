"""Units: their names, their dimensions, and what one is in another."""

from decimal import Decimal
from fractions import Fraction

import pytest

from perfeval.values import DEFAULT_UNITS, NO_UNIT, Comparison, Quantity, Unit, parse_target
from perfeval.values.numerals import MULTIPLIERS


def unit(name: str) -> Unit:
    found = DEFAULT_UNITS.whole(name)
    assert found is not None, name
    return found


def ratio(pair: tuple[int, int]) -> Fraction:
    return Fraction(*pair)


@pytest.mark.parametrize(
    ("number", "of", "into", "expected"),
    [
        ("1", "万元", "元", "10000"),
        ("8.90", "万元", "元", "89000"),
        ("1", "亿元", "万元", "10000"),
        ("5", "千元", "万元", "1/2"),
        ("3", "百万元", "元", "3000000"),
        ("1", "角", "元", "1/10"),
        ("50", "%", "‰", "500"),
        ("9", "成", "%", "90"),
        ("3", "亩", "平方米", "2000"),
        ("1", "公顷", "亩", "15"),
        ("1", "平方公里", "公顷", "100"),
        ("1", "平方公里", "亩", "1500"),
        ("2", "公里", "米", "2000"),
        ("3", "厘米", "毫米", "30"),
        ("5", "分米", "米", "1/2"),
        ("1", "吨", "公斤", "1000"),
        ("1", "公斤", "斤", "2"),
        ("500", "毫克", "克", "1/2"),
        ("1", "立方米", "升", "1000"),
        ("1", "升", "毫升", "1000"),
        ("90", "分钟", "小时", "3/2"),
        ("90", "秒", "分钟", "3/2"),
        ("2", "年", "月", "24"),
        ("1", "万人", "人", "10000"),
        ("1.5", "亿立方米", "万立方米", "15000"),
        ("1", "万元/亩", "元/亩", "10000"),
        ("2000", "元/亩", "元/平方米", "3"),
        ("12", "元/人·月", "元/人·年", "144"),
        ("1", "元/百公里", "元/公里", "1/100"),
        ("3", "万", "", "30000"),
        ("5", "次", "次", "5"),
    ],
)
def test_conversion(number: str, of: str, into: str, expected: str) -> None:
    assert unit(of).dimension == unit(into).dimension
    assert ratio(Quantity(Decimal(number), unit(of)).in_unit(unit(into))) == Fraction(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("次", "场"),  # 3次 are not 3场
        ("人次", "人"),
        ("次", "%"),
        ("个百分点", "%"),
        ("户", "家"),
        ("元", "元/人"),
        ("元/人次", "元/人"),
        ("人/天", "人天"),
        ("天", "小时"),
        ("亩", "米"),
        ("万", "万元"),
        ("美元", "元"),
    ],
)
def test_other_dimensions(one: str, other: str) -> None:
    assert unit(one).dimension != unit(other).dimension


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("天", "日"),
        ("人", "名"),
        ("人", "位"),
        ("%", "百分比"),
        ("公里", "千米"),
        ("公斤", "千克"),
        ("㎡", "平方米"),
        ("个", "个项目"),
        ("个月", "月"),
        ("人/次", "人次"),
        ("元/人天", "元/人·天"),
        ("元/人/天", "元/人·天"),
        ("元/人*天", "元/人·天"),
        ("元每人", "元/人"),
    ],
)
def test_names_of_one_unit(name: str, same: str) -> None:
    assert unit(name) == unit(same)


def test_the_order_below_the_slash_does_not_matter() -> None:
    assert unit("元/人·天").dimension == unit("元/天·人").dimension
    assert unit("元/人·天").symbol != unit("元/天·人").symbol


@pytest.mark.parametrize(
    ("text", "symbol", "rest"),
    [
        ("万元以上", "万元", "以上"),
        ("个工作日内", "工作日", "内"),
        ("千瓦时", "千瓦时", ""),  # the longest name
        ("吨公里", "吨公里", ""),
        ("百分比", "%", ""),
        ("元/和谐", "元", "/和谐"),  # a slash that divides nothing
        ("元/万", "元", "/万"),
        ("/", "", "/"),
        ("亿", "亿", ""),
        ("十万人", "十万人", ""),
        ("余人", "", "余人"),
        ("", "", ""),
    ],
)
def test_reading_takes_the_longest_unit_and_leaves_the_rest(text: str, symbol: str, rest: str) -> None:
    found, end = DEFAULT_UNITS.read(f"5{text}", 1)
    assert (found.symbol, f"5{text}"[end:]) == (symbol, rest)
    assert (found == NO_UNIT) == (symbol == "")


@pytest.mark.parametrize("text", ["和谐", "元以上", "元 ", "人·次", "年度"])
def test_what_is_not_wholly_a_unit(text: str) -> None:
    assert DEFAULT_UNITS.whole(text) is None


def test_no_text_is_no_unit() -> None:
    assert DEFAULT_UNITS.whole("") is NO_UNIT


@pytest.mark.parametrize("sign", MULTIPLIERS)
@pytest.mark.parametrize("name", ["次", "立方米", "人", ""])
def test_a_multiplier_multiplies_any_unit_and_can_be_taken_off(sign: str, name: str) -> None:
    large = unit(f"{sign}{name}")
    assert (large.symbol, large.multiplier) == (f"{sign}{name}", MULTIPLIERS[sign])
    small = large.unmultiplied()
    assert (small.symbol, small.dimension, small.multiplier) == (name, unit(name).dimension, 1)
    assert ratio(Quantity(Decimal(1), large).in_unit(small)) == MULTIPLIERS[sign]


def test_a_unit_without_a_multiplier_loses_nothing() -> None:
    assert unit("公里").unmultiplied() == unit("公里")


@pytest.mark.parametrize(
    ("name", "bare", "percent", "counted"),
    [
        ("", True, False, True),
        ("万", True, False, False),  # 万 rounds: the number is measured
        ("次", False, False, True),
        ("万人次", False, False, False),
        ("%", False, True, False),
        ("‰", False, True, False),
        ("个百分点", False, False, False),
        ("元", False, False, False),
        ("亩", False, False, False),
        ("元/人", False, False, False),
        ("小时", False, False, False),
        ("月", False, False, True),
        ("千瓦时", False, False, False),
    ],
)
def test_what_kind_of_unit(name: str, bare: bool, percent: bool, counted: bool) -> None:
    found = unit(name)
    assert (found.is_bare, found.is_percent, found.is_counted) == (bare, percent, counted)


def test_a_supplied_currency_is_marked() -> None:
    assert unit("/株") == Unit("元/株", "money/count:株", assumed=True)
    assert unit("万/亩").symbol == "万元/亩"
    assert not unit("元/株").assumed


def test_an_extended_table_knows_more_and_changes_nothing_else() -> None:
    wells = DEFAULT_UNITS.extended({"口井": Unit("口井", "count:口井")})
    target = parse_target("≥5口井", wells)
    assert isinstance(target, Comparison)
    assert target.quantity.unit.symbol == "口井"
    assert "口井" not in DEFAULT_UNITS.names
    assert wells.whole("万口井") == Unit("万口井", "count:口井", 10_000, 1, 10_000)
    assert wells.names["元"] is DEFAULT_UNITS.names["元"]
