"""What perfeval.values once read wrongly: each row names its cause. None of them may come back."""

import time
from collections.abc import Callable
from decimal import Decimal

import pytest

from perfeval.values import (
    Comparison,
    Unparsed,
    fold,
    parse_amount,
    parse_parts,
    parse_target,
    parse_weight,
)
from perfeval.values.numerals import read_chinese
from values.meaning import meaning


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        # 定性 is a type only in front: inside a sentence it is a word.
        ("结合定性分析,稳步提升", "text 结合定性分析,稳步提升"),
        # The type, and no value: nothing is not a text.
        ("定性 —", "missing dash"),
        ("定性：/", "missing slash"),
        ("定性 无", "missing none"),
        # A unit that is one character, ㎡ ㎥, is no odd digit, whichever sign stands in front.
        ("≧20㎡", ">= 20 平方米"),
        ("不少于20㎡", ">= 20 平方米"),
        ("约20㎥", "~20 立方米"),
        ("＞37℃", "> 37 ℃"),
        # A quarter is a deadline in any width and behind ≤ or =.
        ("4季度", "on 10-01 .. 12-31"),
        ("=4季度", "on 10-01 .. 12-31"),
        # Digits torn apart are not guessed, in any width and with invisible characters between them.
        ("１ ２次", "unparsed number"),
        ("1 \u200b2次", "unparsed number"),
        # White space behind the comma of a sentence tears no number apart.
        ("完成1部宣传片, 2套方案", "text 完成1部宣传片,2套方案"),
        ("制定方案，\n2套", "text 制定方案,2套"),
        # A comma behind a number can end it.
        ("≥3,≤5次", "3 次 .. 5 次"),
        ("≥95，<100", "95 .. 100"),
        ("1，完成三项工作", "text 1,完成三项工作"),
        # 余 and 多 stand between 万 and the unit as often as anywhere.
        ("3万余人", "~3 万人"),
        ("200万余元", "~200 万元"),
        ("1.2万多人次", "~1.2 万人次"),
        # The year of a budget is a period.
        ("2024年度", "on 2024-01-01 .. 2024-12-31"),
        ("2024年之内", "on 2024-01-01 .. 2024-12-31"),  # like 年内 and 年以内
        ("2024-2025年", "on 2024-01-01 .. 2025-12-31"),
        # Above or below a year's level: a comparison with something that stands elsewhere, no date, no number.
        ("低于2023年", "unparsed comparison-in-words"),
        ("不高于2023年", "unparsed comparison-in-words"),
        ("高于2023年", "unparsed comparison-in-words"),
        # A currency named twice contradicts nothing, and 每 divides each time.
        ("100万元人民币", "100 万元"),
        ("100元每人每天", "100 元/人·天"),
        # 200万 beside 万元 means 万元 (semantics §2).
        ("1万-2万元", "1 万元 .. 2 万元"),
        ("5万元-10万", "5 万元 .. 10 万元"),
        # A unit that contradicts is one behind a sign, too.
        ("≥5万元%", "unparsed contradicting-unit"),
        # A sign is a sign although nothing compares with it.
        ("≠0", "unparsed comparison-in-words"),
        # Invisible, of any kind.
        ("\u20665次\u2069", "5 次"),
    ],
)
def test_notation(notation: str, expected: str) -> None:
    assert meaning(parse_target(notation)) == expected


@pytest.mark.parametrize("noun", ["县", "镇", "乡", "市", "街道", "岗位", "标段", "车位", "班次", "工作日"])
def test_the_counter_before_a_counting_word_contradicts_nothing(noun: str) -> None:
    target = parse_target(f"≥8个{noun}")
    assert isinstance(target, Comparison)
    assert target.quantity.number == 8
    assert target.quantity.unit.is_counted


@pytest.mark.parametrize(
    ("operator", "value", "unit", "expected"),
    [
        # A unit column is printed although nothing is filled in: nothing is not the text 次.
        ("", "", "次", "missing blank"),
        ("", "—", "次", "missing dash"),
        ("", "/", "%", "missing slash"),
        ("", "无", "%", "missing none"),
        ("", "不适用", "%", "missing not-applicable"),
        # A unit column without a unit.
        ("≥", "90", "/", ">= 90"),
        ("≥", "90%", "—", ">= 90 %"),
        # A numeral is one when its unit stands in the next column.
        ("不少于", "三", "次", ">= 3 次"),
        # 万 in one column, the unit in the next.
        ("≤", "200万", "元", "<= 200 万元"),
        ("≤", "200万", "万元", "<= 200 万元"),
        # A date stays one.
        ("", "2024年12月", "月", "on 2024-12-01 .. 2024-12-31"),
    ],
)
def test_three_columns(operator: str, value: str, unit: str, expected: str) -> None:
    assert meaning(parse_parts(operator, value, unit)) == expected


def test_the_unit_in_brackets_is_the_amounts_own() -> None:
    assert meaning(parse_amount("8.94（万元）")) == "8.94 万元"


def test_a_cell_of_lost_characters_is_not_blank() -> None:
    assert meaning(parse_amount("??")) == "unparsed placeholder"


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (parse_amount, "  XX"),
        (parse_amount, "1 0?"),
        (parse_amount, "XX(其中:1)"),
        (parse_weight, "(XX)"),
        (parse_weight, "(40-50)"),
    ],
)
def test_the_span_points_into_the_whole_cell(read: Callable[[str], object], cell: str) -> None:
    value = read(cell)
    assert isinstance(value, Unparsed)
    assert value.text == cell
    if "XX" in cell:
        assert cell[slice(*value.span)] == "XX"


@pytest.mark.parametrize("digits", ["1" * 30, "123456789012345678901234567.89"])
def test_a_minus_keeps_every_digit(digits: str) -> None:
    target = parse_target(f"-{digits}元")
    assert isinstance(target, Comparison)
    assert target.quantity.number == Decimal(f"-{digits}")


@pytest.mark.parametrize("numeral", ["一百五", "两千三", "三千五百二"])
def test_a_numeral_without_its_last_rank_is_not_guessed(numeral: str) -> None:
    assert read_chinese(numeral) is None  # 一百五 is said for 150; 105 is 一百零五


@pytest.mark.parametrize(
    "notation",
    [
        "≤28.40/株",  # the currency was supplied: that is part of the value
        "12个月",  # 12月 is December
        "≤6个月",
    ],
)
def test_the_spelling_reads_back(notation: str) -> None:
    target = parse_target(notation)
    assert isinstance(target, Comparison)
    assert parse_target(target.format()) == target


@pytest.mark.parametrize("invisible", ["\u061c", "\u2066", "\u2069", "\u206a", "\ufff9", "\U000e0020"])
def test_an_invisible_character_goes_whether_or_not_another_needs_folding(invisible: str) -> None:
    assert fold(f"5{invisible}次").text == fold(f"５{invisible}次").text == "5次"


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (parse_target, " " * 20_000),
        (parse_target, "5" + " " * 20_000 + "x"),
        (parse_weight, "10" + " " * 20_000 + "x"),
        (parse_amount, "?" * 20_000 + "x"),
    ],
    ids=["blanks", "blanks-inside", "weight", "question-marks"],
)
def test_a_long_cell_costs_no_time(read: Callable[[str], object], cell: str) -> None:
    start = time.process_time()
    read(cell)
    assert time.process_time() - start < 0.25  # a linear reading takes some milliseconds
