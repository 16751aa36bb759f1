"""What a spreadsheet shows for a serial number under the date and time codes of a number format."""

from __future__ import annotations

__all__ = ["Token", "shown_date"]

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import attrs

Token = tuple[str, str]
"""A kind (``date``, ``elapsed``, ``meridiem``, ``literal`` and so on) and what was written."""

_MONTHS = ("January February March April May June July August September October November December").split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CHINESE_MONTHS = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split()
_CHINESE_DAYS = "一二三四五六日"
_MOST = Decimal(2_958_466)  # the day after 9999-12-31
_DAY = 86_400


@attrs.frozen
class _Moment:
    """A serial number taken apart. 1900-02-29 and 1900-01-00 are no dates, but spreadsheets show them."""

    year: int
    month: int
    day: int
    weekday: int
    seconds: int
    """Since midnight, in units of the last shown place of a second."""
    elapsed: int
    """Since the epoch, in the same units."""
    unit: int
    """How many units a second has."""

    @property
    def hour(self) -> int:
        return self.seconds // (3600 * self.unit)

    @property
    def minute(self) -> int:
        return self.seconds // (60 * self.unit) % 60

    @property
    def second(self) -> int:
        return self.seconds // self.unit % 60

    @property
    def fraction(self) -> int:
        return self.seconds % self.unit


def _moment(serial: Decimal, places: int, *, date1904: bool) -> _Moment | None:
    if not 0 <= serial < _MOST:
        return None
    unit = 10**places
    whole = serial.to_integral_value(ROUND_FLOOR)
    units = int(((serial - whole) * _DAY * unit).to_integral_value(ROUND_HALF_UP))
    days, seconds = divmod(int(whole) * _DAY * unit + units, _DAY * unit)
    elapsed = days * _DAY * unit + seconds
    if not date1904 and days in {0, 60}:  # the day that the epoch of 1900 invents
        month, day = (1, 0) if days == 0 else (2, 29)
        return _Moment(1900, month, day, (days + 5) % 7, seconds, elapsed, unit)
    epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30 if days > 60 else 31)
    try:
        date = epoch + dt.timedelta(days)
    except OverflowError:
        return None
    weekday = (days + 5) % 7 if not date1904 and days < 60 else date.weekday()
    return _Moment(date.year, date.month, date.day, weekday, seconds, elapsed, unit)


def shown_date(
    serial: Decimal, tokens: Sequence[Token], *, chinese: bool = False, date1904: bool = False
) -> str | None:
    """Give the text, or None where the serial is no date or a code is not known."""
    places = _places(tokens)
    moment = _moment(serial, places, date1904=date1904)
    if moment is None:
        return None
    twelve = any(kind == "meridiem" for kind, _ in tokens)
    shown: list[str] = []
    in_fraction = False
    for index, (kind, code) in enumerate(tokens):
        in_fraction = _begins_fraction(tokens, index) or (in_fraction and kind == "digit")
        if in_fraction:
            text: str | None = f".{moment.fraction:0{places}}" if code == "." else ""
        elif kind == "date":
            letter = "n" if _is_minute(tokens, index) else code[0].lower()
            text = _part(moment, letter, len(code), chinese=chinese, twelve=twelve)
        elif kind == "elapsed":
            text = _elapsed(moment, code)
        elif kind == "meridiem":
            text = _half_of_day(moment, code, chinese=chinese)
        else:
            text = code if kind in {"literal", "mark"} else None
        if text is None:
            return None
        shown.append(text)
    return "".join(shown)


def _begins_fraction(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a point is followed by places of the second before it: ss.00."""
    if index == 0 or index + 1 == len(tokens) or tokens[index] != ("mark", "."):
        return False
    kind, code = tokens[index - 1]
    return kind in {"date", "elapsed"} and code[0] in "sS" and tokens[index + 1] == ("digit", "0")


def _places(tokens: Sequence[Token]) -> int:
    for index in range(len(tokens)):
        if _begins_fraction(tokens, index):
            rest = tokens[index + 1 :]
            return next((n for n, token in enumerate(rest) if token[0] != "digit"), len(rest))
    return 0


def _is_minute(tokens: Sequence[Token], index: int) -> bool:
    """Say whether an m is minutes: after hours or before seconds."""
    code = tokens[index][1]
    if code[0] not in "mM" or len(code) > 2:
        return False
    before = [code for kind, code in tokens[:index] if kind in {"date", "elapsed"}]
    after = [code for kind, code in tokens[index + 1 :] if kind in {"date", "elapsed"}]
    return bool(before and before[-1][0] in "hH") or bool(after and after[0][0] in "sS")


def _part(moment: _Moment, letter: str, width: int, *, chinese: bool, twelve: bool) -> str | None:
    if letter == "y":
        return f"{moment.year % 100:02}" if width <= 2 else f"{moment.year:04}"
    if letter == "e":
        return f"{moment.year:04}"
    if letter == "m":
        return _month(moment.month, width, chinese=chinese)
    if letter in "da" and width >= 3:
        return _weekday(moment.weekday, letter, width, chinese=chinese)
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    number = {"d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}.get(letter)
    return None if number is None else f"{number:0{min(width, 2)}}"


def _month(month: int, width: int, *, chinese: bool) -> str:
    if width <= 2:
        return f"{month:0{width}}"
    if chinese:
        return f"{month}月" if width == 3 else _CHINESE_MONTHS[month - 1]
    name = _MONTHS[month - 1]
    return name[: {3: 3, 5: 1}.get(width, len(name))]


def _weekday(weekday: int, letter: str, width: int, *, chinese: bool) -> str:
    if letter == "a":
        return ("" if width == 3 else "星期") + _CHINESE_DAYS[weekday]
    if chinese:
        return ("周" if width == 3 else "星期") + _CHINESE_DAYS[weekday]
    return _WEEKDAYS[weekday][: 3 if width == 3 else None]


def _elapsed(moment: _Moment, code: str) -> str:
    seconds = {"h": 3600, "m": 60, "s": 1}[code[0].lower()]
    return f"{moment.elapsed // (seconds * moment.unit):0{len(code)}}"


def _half_of_day(moment: _Moment, code: str, *, chinese: bool) -> str:
    afternoon = moment.hour >= 12
    if chinese or code == "上午/下午":
        return "下午" if afternoon else "上午"
    morning, evening = code.split("/")
    return evening if afternoon else morning
