"""Deadlines: dates and periods, as filings write them.

period   = date [ "-" date ]
date     = [year] ( [month "-"] month [day | part] | quarter | half | "年底" | "年内" ) | year
part     = "上旬" | "中旬" | "下旬" | "初" | "中" | "底" | "末"
cell     = [ "于" | "在" | "截至" ... ] period [ "前" | "之前" | "以前" | "内" ] [ "完成" | "到位" ... ]
"""

from __future__ import annotations

__all__ = ["VERBS", "Day", "Period", "read_period"]

import calendar
import re

import attrs

from perfeval.values.numerals import CHINESE, read_chinese

Day = tuple[int | None, int, int]
"""Year (None: not written), month, day."""


@attrs.frozen
class Period:
    """The days from ``first`` to ``last``, both included; a date is a period of one day.

    ``before`` says that 前 was written: the thing happened at any time up to ``last``.
    ``month`` is set where nothing but a month was written (``6月``), which can also be six months.
    """

    first: Day
    last: Day
    before: bool = False
    month: int | None = None

    def format(self) -> str:
        """Give a spelling that reads back as this period."""
        suffix = "前" if self.before else ""
        if self.month is not None:
            return f"{self.month}月{suffix}"
        if self.first == self.last:
            return _spell(self.last) + suffix
        return f"{_spell(self.first)}至{_spell(self.last)}{suffix}"

    def in_year(self, year: int | None) -> Period:
        """Give the period with this year where none was written."""

        def dated(day: Day) -> Day:
            if day[0] is not None:
                return day
            return year, day[1], min(day[2], _month_days(year, day[1]))

        return attrs.evolve(self, first=dated(self.first), last=dated(self.last))


def _spell(day: Day) -> str:
    year, month, number = day
    return (f"{year}年" if year is not None else "") + f"{month}月{number}日"


_NUMBER = rf"(?:[0-9]{{1,2}}|{CHINESE})"
_DATE = re.compile(
    rf"""
      (?P<iso_year>(?:19|20)[0-9]{{2}})(?P<mark>[-./])(?P<iso_month>[0-9]{{1,2}})(?P=mark)(?P<iso_day>[0-9]{{1,2}})
    | (?: (?P<year>(?:19|20)[0-9]{{2}}|[一二][零〇一二三四五六七八九]{{3}})年度? | (?P<this>当年|本年度?|今年) )?
      (?:
          (?:(?P<from>{_NUMBER})[-~至到])?
          (?P<month>{_NUMBER})月份? (?: (?P<day>{_NUMBER})[日号] | (?P<part>[上中下]旬|初|中(?!旬)|底|末) )?
        | (?P<quarter>第?[1-4一二三四]季度)(?P<quarter_end>[底末])?
        | (?P<half>[上下]半年)
        | (?:(?<=年)|(?<=年度)|年度?)(?P<year_part>[底末内])
      )
    | (?:(?P<from_year>(?:19|20)[0-9]{{2}})年?[-~至到])?
      (?P<only_year>(?:19|20)[0-9]{{2}}|[一二][零〇一二三四五六七八九]{{3}})年度?
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(r"(?:于|在|截至|截止到?|不晚于|不迟于|确保|力争|计划)?")
_TO = re.compile(r"[-~至到—–]")
VERBS = "完成|到位|完工|竣工|结束|办结|支付|发放|拨付|验收|交付"
_SUFFIX = re.compile(rf"(?P<before>之前|以前|前)?(?:之内|以?内)?(?:全部|基本)?(?:{VERBS})?[。.]?")

_PARTS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "中": (11, 20),
    "底": (21, 31),
    "末": (21, 31),
}
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def read_period(text: str) -> Period | None:
    """Read a whole cell (folded, no white space) as a date or deadline; None if it is none."""
    position = _PREFIX.match(text).end()  # type: ignore[union-attr]  # the prefix may be empty
    found = _DATE.match(text, position)
    period = _period(found) if found else None
    if found is None or period is None:
        return None
    suffix = _SUFFIX.fullmatch(text, found.end())
    if suffix is None:
        period, end = _until(text, period, found.end())
        suffix = _SUFFIX.fullmatch(text, end) if period else None
    if period is None or suffix is None:
        return None
    return attrs.evolve(period, before=suffix["before"] is not None)


def _until(text: str, first: Period, position: int) -> tuple[Period | None, int]:
    """Read the second half of ``10月至12月``; its year is the first one's where it has none."""
    separator = _TO.match(text, position)
    found = _DATE.match(text, separator.end()) if separator else None
    last = _period(found) if found else None
    if found is None or last is None:
        return None, position
    year = first.first[0]
    last = last.in_year(year)
    if year is not None and _order(last.last) < _order(first.first):
        return None, position
    return Period(first.first, last.last), found.end()


def _order(day: Day) -> tuple[int, int, int]:
    return (day[0] or 0, day[1], day[2])


def _integer(text: str) -> int | None:
    if text[0] in "0123456789":
        return int(text)
    number = read_chinese(text)
    return None if number is None else int(number)


def _period(found: re.Match[str]) -> Period | None:
    if found["iso_year"]:
        return _day(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
    year = _year(found["year"] or found["only_year"])
    if found["from_year"]:
        start = int(found["from_year"])
        return Period((start, 1, 1), (year, 12, 31)) if year is not None and start <= year else None
    if found["month"]:
        return _month(found, year)
    if found["quarter"]:
        last = 3 * _QUARTERS[found["quarter"].removeprefix("第")[0]]
        return _span(year, last if found["quarter_end"] else last - 2, last)
    if found["half"]:
        return _span(year, 1, 6) if found["half"][0] == "上" else _span(year, 7, 12)
    return _span(year, 12, 12) if found["year_part"] in ("底", "末") else _span(year, 1, 12)


def _month(found: re.Match[str], year: int | None) -> Period | None:
    month = _integer(found["month"])
    if month is None or not 1 <= month <= 12:
        return None
    if found["from"]:
        start = _integer(found["from"])
        plain = start is not None and 1 <= start <= month and not found["day"] and not found["part"]
        return _span(year, start, month) if start is not None and plain else None
    if found["day"]:
        day = _integer(found["day"])
        return None if day is None else _day(year, month, day)
    if found["part"]:
        first, last = _PARTS[found["part"]]
        return Period((year, month, first), (year, month, min(last, _month_days(year, month))))
    bare = year is None and not found["this"]
    return attrs.evolve(_span(year, month, month), month=month if bare else None)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = "".join(
        str("〇一二三四五六七八九".index(c)) if c in "〇一二三四五六七八九" else c
        for c in text.replace("零", "〇")
    )
    return int(digits)


def _month_days(year: int | None, month: int) -> int:
    # Without a year, February is given 29 days: a deadline at its end then never falls a day short.
    return calendar.monthrange(2000 if year is None else year, month)[1]


def _day(year: int | None, month: int, day: int) -> Period | None:
    if not (1 <= month <= 12 and 1 <= day <= _month_days(year, month)):
        return None
    return Period((year, month, day), (year, month, day))


def _span(year: int | None, first: int, last: int) -> Period:
    return Period((year, first, 1), (year, last, _month_days(year, last)))
