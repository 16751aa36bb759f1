"""Written numbers: 1,100  8.90  二十  百 — to exact decimals."""

from __future__ import annotations

__all__ = ["ARABIC", "CHINESE", "MULTIPLIERS", "read_arabic", "read_chinese"]

import re
from decimal import Decimal

# No number of a budget has more digits; a longer run is a broken cell, and reading it would cost time.
_MOST_DIGITS = 30

ARABIC = r"[0-9]+(?:,[0-9]+)*(?:\.[0-9]*)?|\.[0-9]+"
CHINESE = r"[零〇一二两三四五六七八九十百千]+"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}

MULTIPLIERS = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


def read_arabic(text: str) -> Decimal | None:
    """Read ``1,100.50`` with its written digits; None where commas do not group by three."""
    pattern = _GROUPED if "," in text else _PLAIN
    if len(text) > _MOST_DIGITS or not pattern.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").rstrip("."))


def read_chinese(text: str) -> Decimal | None:
    """Read a Chinese integer below ten thousand (三, 十二, 一百零五); None where it is malformed.

    一百五 is said for 150 and written for 105: it is not guessed at.
    """
    total, digit, last, zero = 0, None, 10_000, False
    for character in text:
        if character in "零〇":
            if digit is not None:
                return None
            zero = True
            continue
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
            continue
        ten = _TENS[character]
        if ten >= last or (digit is None and character != "十"):
            return None
        total += (1 if digit is None else digit) * ten
        digit, last, zero = None, ten, False
    if digit is not None and 10 < last < 10_000 and not zero:
        return None
    return Decimal(total + (digit or 0))
