"""Arabic and Chinese numerals: exact, with the digits that were written."""

from decimal import Decimal

import pytest

from perfeval.values.numerals import read_arabic, read_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("8.90", "8.90"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,100", "1100"),
        ("1,100.50", "1100.50"),
        ("12,345,678.", "12345678"),
        ("9" * 30, "9" * 30),
    ],
)
def test_arabic(text: str, expected: str) -> None:
    assert str(read_arabic(text)) == expected


@pytest.mark.parametrize("text", ["11,00", "1,1000", ",100", "1,", "1,,100", "9" * 31, "1,100.5.0", ""])
def test_what_is_no_arabic_number(text: str) -> None:
    assert read_arabic(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("零", 0),
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("九", 9),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("三百二十一", 321),
        ("一千", 1000),
        ("一千零五十", 1050),
        ("两千五百", 2500),
        ("九千九百九十九", 9999),
    ],
)
def test_chinese(text: str, expected: int) -> None:
    assert read_chinese(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "百",  # whose hundred?
        "千五",
        "一二",  # digits in a row: a year, a date, a plan
        "十二五",
        "一零",
        "十百",  # from small to large
        "一百二千",
        "十十",
    ],
)
def test_what_is_no_chinese_number(text: str) -> None:
    assert read_chinese(text) is None
