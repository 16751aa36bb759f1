"""Format codes of spreadsheets: those named only by number, and any of them taken apart into sections."""

from __future__ import annotations

__all__ = ["GENERAL", "Section", "built_in", "sections_of"]

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import attrs

from perfeval.documents.excel.dateformat import Token

GENERAL = "General"
_LONGEST = 255  # of a format code, in the file format
_CACHED = 1_024

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | (?P<padding>[_*].)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<meridiem>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)
    | (?P<unknown>[bg]+)
    | (?P<digit>[0#?])
    | (?P<mark>[.,%@/])
    | (?P<stop>;)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|[黑蓝青绿红白黄]色?|洋红|颜色\d+",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-F]{1,8}))?", re.IGNORECASE)
_SYSTEM = {0xF800: 'yyyy"年"m"月"d"日"', 0xF400: "h:mm:ss"}

_BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
_CHINESE_BUILT_IN = {
    'yyyy"年"m"月"': (27, 36, 50, 52, 57),
    'm"月"d"日"': (28, 29, 51, 53, 54, 58),
    '上午/下午h"时"mm"分"': (34, 55),
    '上午/下午h"时"mm"分"ss"秒"': (35, 56),
}


def built_in(identifier: int) -> str | None:
    """Give the format code that a file only names by number, as a Chinese spreadsheet shows it."""
    for code, identifiers in _CHINESE_BUILT_IN.items():
        if identifier in identifiers:
            return code
    return _BUILT_IN.get(identifier)


@attrs.frozen
class Section:
    """One of the up to four parts of a format code."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    chinese: bool = False

    def has(self, *kinds: str) -> bool:
        """Say whether a token of these kinds is there."""
        return any(kind in kinds for kind, _ in self.tokens)

    @property
    def is_for_text(self) -> bool:
        """Whether it says where a text goes."""
        return ("mark", "@") in self.tokens


@lru_cache(_CACHED)
def sections_of(number_format: str) -> tuple[Section, ...] | None:
    """Take a format code apart; None where it holds something that is not known here."""
    if len(number_format) > _LONGEST:
        return None
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(number_format or GENERAL):
        kind = match.lastgroup or ""
        if kind == "stop":
            parts.append([])
        elif kind in {"quoted", "escaped"}:
            parts[-1].append(("literal", match[kind]))
        elif kind != "padding":
            parts[-1].append((kind, match[kind]))
    if len(parts) > 4:
        return None
    found = [_section(part) for part in parts]
    known = tuple(section for section in found if section is not None)
    return known if len(known) == len(found) else None


def _section(tokens: Sequence[Token]) -> Section | None:
    kept: list[Token] = []
    condition = None
    chinese = False
    for kind, code in tokens:
        if kind == "unknown":
            return None
        if kind != "bracket":
            kept.append((kind, code))
        elif re.fullmatch(r"h+|m+|s+", code, re.IGNORECASE):
            kept.append(("elapsed", code))
        elif found := _CONDITION.fullmatch(code):
            condition = (found[1], Decimal(found[2]))
        elif found := _CURRENCY.fullmatch(code):
            language = int(found[2] or "0", 16)
            if language in _SYSTEM:
                system = sections_of(_SYSTEM[language])
                return system[0] if system else None
            if language > 0xFFFF:  # other calendars and numerals
                return None
            chinese = chinese or language & 0x3FF == 0x04
            kept.append(("literal", found[1]))
        elif not _COLOUR.fullmatch(code):
            return None
    return Section(tuple(kept), condition, chinese)
