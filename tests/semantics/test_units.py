"""§2: one side without unit, percent, units of one dimension, other dimensions, approximate numbers."""

import pytest

import perfeval
from semantics.checks import notes_of, of, outcome


# Line "one side without unit": the other's whole unit, with its 万.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥100人", "90", "9.00"),
        ("≥100", "90人", "9.00"),
        ("≤200万元", "195.5", "10.00"),  # not 195.5 yuan
        ("≤200", "195.5万元", "10.00"),
        ("≤200万元", "250", "8.00"),
        ("≥2万人", "1.8", "9.00"),
        ("≤200万", "195.5万元", "10.00"),  # 200万 against 195.5万元 means 万元
        ("≤200万", "250万元", "8.00"),
        ("≤200万元", "250万", "8.00"),
        # guard: A ÷ T inside [1/100, 100], both edges included
        ("≤200万元", "20000", "0.10"),
        ("≥100人", "1", "0.10"),
        ("≥1人", "100", "10.00"),
        ("≥200万元", "2", "0.10"),
        # neither being 0
        ("≥100人", "0", "0.00"),
        ("≥0人", "5000", "10.00"),
        ("≤0起", "500", "0.00"),
        ("≤0", "0起", "10.00"),
    ],
)
def test_inherits_the_unit(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s, "over-achieved", "zero-under-ceiling")) == (expected, {"unit-assumed"})


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≤200万元", "1955000"),  # yuan, most likely, but nobody said so
        ("≤200万元", "20001"),
        ("≤2000000", "195.5万元"),
        ("≥100人", "0.99"),
        ("≥1人", "101"),
        ("≥200万元", "1.99"),
    ],
)
def test_beyond_the_guard(target: str, actual: str) -> None:
    assert of(target, actual) == "unit-ambiguous"


# No unit on either side: nothing is assumed and nothing is guarded.
@pytest.mark.parametrize(
    ("target", "actual", "expected"), [("≥3", "3", "10.00"), ("≥3", "1000", "10.00"), ("≥1000", "1", "0.01")]
)
def test_no_unit_at_all(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s, "over-achieved")) == (expected, set())


# Line "bare number against %".
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        # 0 is 0
        ("≥90%", "0", "0.00"),
        ("≤5%", "0", "10.00"),
        ("≤0", "5%", "0.00"),
        ("≥0", "5%", "10.00"),
        # percent if the bare number is ≥ 2 in size
        ("≥90%", "95", "10.00"),
        ("≥90%", "81", "9.00"),
        ("≥90%", "2", "0.22"),
        ("≥90", "81%", "9.00"),
        ("≥2", "95%", "10.00"),
        ("≥100", "95%", "9.50"),
        ("≥-5%", "-3", "10.00"),
        # … or the other cell's number is < 2
        ("≥1.5%", "1.2", "8.00"),
        ("≥1%", "1.5", "10.00"),
        ("≥0.5", "0.4%", "8.00"),
        ("≤1.6%", "1.99", "8.04"),
        # else nobody knows whether 0.95 is 95 % or 0.95 %
        ("≥90%", "0.95", "unit-ambiguous"),
        ("≥90%", "1", "unit-ambiguous"),
        ("≥90%", "1.99", "unit-ambiguous"),
        ("≥0.9", "95%", "unit-ambiguous"),
        ("≥1", "100%", "unit-ambiguous"),
        ("≤2%", "1", "unit-ambiguous"),
        ("≥5%", "-1.5", "unit-ambiguous"),
    ],
)
def test_bare_number_against_percent(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        pytest.param("≥90%", "95", id="bare-actual-doubtful"),
        pytest.param("≥90", "95%", id="bare-target-doubtful"),
    ],
)
def test_percent_is_assumed_aloud(target: str, actual: str) -> None:
    assert notes_of(perfeval.score_indicator(target, actual)) == {"unit-assumed"}


# Line "units of one dimension": converted exactly, nothing to note.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        # 元 千元 万元 亿元
        ("≤1万元", "9000元", "10.00"),
        ("≤1万元", "10000元", "10.00"),
        ("≤1万元", "12500元", "8.00"),
        ("≤10000元", "1.25万元", "8.00"),
        ("≤10千元", "1.25万元", "8.00"),
        ("≥1亿元", "9500万元", "9.50"),
        ("≥10000万元", "0.95亿元", "9.50"),
        ("≥1000千元", "95万元", "9.50"),
        ("≤251.22万元", "2398300元", "10.00"),
        ("≤251.22万元", "2512200元", "10.00"),
        # also in 元/亩
        ("≤500元/亩", "0.05万元/亩", "10.00"),
        ("≤500元/亩", "0.0625万元/亩", "8.00"),
        ("≤0.1万元/亩", "1250元/亩", "8.00"),
        ("≤1万元/人", "12500元/人", "8.00"),
        # 平方米 亩 公顷 平方公里
        ("≥3亩", "1900平方米", "9.50"),
        ("≥1公顷", "9500平方米", "9.50"),
        ("≥1平方公里", "95公顷", "9.50"),
        ("≥100公顷", "1425亩", "9.50"),
        ("≥1平方公里", "1425亩", "9.50"),
        # 米 公里
        ("≥1公里", "950米", "9.50"),
        ("≥1000米", "0.95公里", "9.50"),
        # 克 斤 公斤 吨
        ("≥1公斤", "950克", "9.50"),
        ("≥1吨", "950公斤", "9.50"),
        ("≥1公斤", "1.9斤", "9.50"),
        ("≥2斤", "950克", "9.50"),
        ("≥1吨", "1900斤", "9.50"),
        # 分钟 小时
        ("≤1小时", "75分钟", "8.00"),
        ("≤60分钟", "1.25小时", "8.00"),
        # 月 年
        ("≤1年", "15个月", "8.00"),
        ("≤12个月", "1年", "10.00"),
        ("≥2年", "18个月", "7.50"),
        # ‰ %
        ("≤4‰", "0.5%", "8.00"),
        ("≤1%", "10‰", "10.00"),
        ("≤1%", "12.5‰", "8.00"),
        # 万 and 亿 multiply any unit
        ("≥1.2万人", "12000人", "10.00"),
        ("≥12000人", "1.14万人", "9.50"),
        ("≥2万亩", "19000亩", "9.50"),
        ("≥1亿株", "9500万株", "9.50"),
        ("≥1万次", "9500次", "9.50"),
        # 天 = 日, 人 = 名 = 位, 百分比 = %
        ("≤10天", "12.5日", "8.00"),
        ("≤4日", "5天", "8.00"),
        ("≥100人", "95名", "9.50"),
        ("≥100名", "95位", "9.50"),
        ("≥100位", "95人", "9.50"),
        ("≥90百分比", "81%", "9.00"),
        ("≥90%", "81百分比", "9.00"),
    ],
)
def test_one_dimension(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set())


# Exactly: an approximated factor would miss one of the two directions.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3亩", "2000平方米"),  # 1 亩 = 2000/3 m², not 666.67
        ("15亩", "1公顷"),
        ("1500亩", "1平方公里"),
        ("1公顷", "10000平方米"),
        ("1平方公里", "1000000平方米"),
        ("1公里", "1000米"),
        ("1吨", "2000斤"),
        ("1斤", "500克"),
        ("1小时", "60分钟"),
        ("1年", "12个月"),
        ("1%", "10‰"),
        ("1亿元", "10000万元"),
        ("1万元", "10千元"),
        ("0.05万元/亩", "500元/亩"),
        ("1.2万人", "12000名"),
    ],
)
@pytest.mark.parametrize("sign", ["≥", "≤"])
def test_exactly_equal_both_ways(one: str, other: str, sign: str) -> None:
    assert of(sign + one, other, rule="直接赋分") == "10.00"
    assert of(sign + other, one, rule="直接赋分") == "10.00"


# Line "other dimensions".
@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥10次", "90%"),
        ("≥90%", "10次"),
        ("≥10次", "10场"),
        ("≥10场", "10次"),
        ("≥100人次", "100人"),
        ("≥100人", "120人次"),
        ("≥5个百分点", "5%"),
        ("≥5%", "5个百分点"),
        ("≤10万元", "8人"),
        ("≥10亩", "10公里"),
        ("≤500元/亩", "400元"),
        ("≤3天", "2次"),
    ],
)
def test_other_dimension(target: str, actual: str) -> None:
    assert of(target, actual) == "unit-mismatch"


# The same words on both sides are one dimension, whatever they are.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥10场", "9场", "9.00"),
        ("≥100人次", "95人次", "9.50"),
        ("≥5个百分点", "4个百分点", "8.00"),
        ("≥10场次", "9场次", "9.00"),
    ],
)
def test_same_unusual_unit(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, set())


# Line "approximate".
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥200人", "200余人", "10.00"),
        ("≥200人", "约200人", "10.00"),
        ("≥200人", "约190人", "9.50"),
        ("≥200人", "190余人", "9.50"),
        ("≥约200人", "190人", "9.50"),
        ("≥1000人", "约0.095万人", "9.50"),
    ],
)
def test_approximate(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual)
    assert (outcome(s), notes_of(s)) == (expected, {"approximate"})


# The score does not depend on the unit the table is printed in (§6, every rule).
@pytest.mark.parametrize("rule", ["proportional", "direct"])
@pytest.mark.parametrize("sign", ["≥", "=", "≤"])
@pytest.mark.parametrize("actual", ["7", "10", "11", "23"])
def test_same_in_wan_and_yuan(rule: str, sign: str, actual: str) -> None:
    assert of(f"{sign}10万元", f"{actual}万元", rule=rule) == of(
        f"{sign}100000元", f"{actual}0000元", rule=rule
    )
