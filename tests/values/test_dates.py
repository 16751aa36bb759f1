"""Periods: the first and the last day, and a spelling that reads back."""

import pytest

from perfeval.values import Period
from perfeval.values.dates import Day, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年12月31日", (2024, 12, 31), (2024, 12, 31)),
        ("12月31日前完成", (None, 12, 31), (None, 12, 31)),
        ("2024年2月", (2024, 2, 1), (2024, 2, 29)),
        ("1900年2月底", (1900, 2, 21), (1900, 2, 28)),  # a century is no leap year
        ("2月底", (None, 2, 21), (None, 2, 29)),  # the latest that it can be
        ("10月到12月", (None, 10, 1), (None, 12, 31)),
        ("2024年10月到12月", (2024, 10, 1), (2024, 12, 31)),  # the second half takes the year over
        ("2023年10月-2024年3月", (2023, 10, 1), (2024, 3, 31)),
        ("2024年3月10日-2024年3月20日", (2024, 3, 10), (2024, 3, 20)),
        ("四季度", (None, 10, 1), (None, 12, 31)),
        ("第二季度末", (None, 6, 1), (None, 6, 30)),
        ("今年下半年", (None, 7, 1), (None, 12, 31)),
        ("二〇二四年", (2024, 1, 1), (2024, 12, 31)),
    ],
)
def test_first_and_last_day(text: str, first: Day, last: Day) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "前",
        "12",
        "5天",
        "2024",
        "0月",
        "13月",
        "一一月",  # no numeral
        "2024年2月30日",
        "2023-2-29",
        "12月一一日",
        "3-1月",  # from late to early
        "1-3月底",  # the end of which of them?
        "一一-三月",
        "2024年12月-2024年1月",
        "2024年12月-1月",
        "12月到",
        "12月到13月",
        "12月-好",
        "10月至12月有望",
        "12月31日前有望",
        "2024-12/31",  # two kinds of marks
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("2024/12/31", "2024年12月31日"),
        ("12.31", None),
        ("二〇二四年十二月三十一日前", "2024年12月31日前"),
        ("12月", "12月"),
        ("12月份前", "12月前"),
        ("2024年12月", "2024年12月1日至2024年12月31日"),
        ("一季度", "1月1日至3月31日"),
        ("年底前", "12月1日至12月31日前"),
    ],
)
def test_spelling(text: str, spelling: str | None) -> None:
    period = read_period(text)
    assert (period.format() if period else None) == spelling
    if period:
        assert read_period(period.format()) == period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月底前", (2024, 12, 21), (2024, 12, 31)),
        ("2023年12月", (2023, 12, 1), (2023, 12, 31)),  # its own year stays
    ],
)
def test_the_year_of_the_table_stands_in(text: str, first: Day, last: Day) -> None:
    period = read_period(text)
    assert period is not None
    dated = period.in_year(2024)
    assert (dated.first, dated.last, dated.before) == (first, last, period.before)
    assert period.in_year(None) == period


def test_only_a_bare_month_can_be_a_number_of_months() -> None:
    months = [read_period(text) for text in ("6月", "六月份前", "2024年6月", "本年6月", "1-6月", "6月底")]
    assert [period.month for period in months if period] == [6, 6, None, None, None, None]


def test_a_period_is_a_value() -> None:
    assert Period((None, 6, 1), (None, 6, 30)) == read_period("6月1日至6月30日")
