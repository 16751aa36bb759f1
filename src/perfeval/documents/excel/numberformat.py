"""What a spreadsheet shows for a number under a format code (ECMA-376 part 1, 18.8.30), in exact decimals.

Nothing here computes in binary: a stored double is first the decimal of its 15 significant digits, as in the
spreadsheet itself, and is then shifted and rounded half up as a decimal.
"""

from __future__ import annotations

__all__ = ["GENERAL", "built_in", "general", "shown", "shown_text", "stored_digits"]

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

import attrs

from perfeval.documents.excel.dateformat import Token, shown_date

GENERAL = "General"
_SIGNIFICANT = 15
_LONGEST = 255  # of a format code, in the file format
_WIDE = Context(prec=2_000, rounding=ROUND_HALF_UP)  # 308 places of a double, and what percents add
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


def stored_digits(value: float) -> Decimal:  # exact: the file stores binary doubles
    """Give the decimal of a stored double: its 15 significant digits, all that a spreadsheet ever shows."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


@attrs.frozen
class _Section:
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


def shown(value: Decimal, number_format: str, *, date1904: bool = False) -> str | None:
    """Give what a cell shows that holds ``value``; None where the format cannot be rendered.

    Under General the spreadsheet shortens what does not fit the column, and at most to 11 characters. Narrow
    columns are no statement, so all of the up to 15 digits stored are given. Padding (``_x``, ``*x``, ``?``)
    is only alignment and is left out at both ends.
    """
    sections = _sections(number_format)
    if sections is None or not value.is_finite():
        return None
    chosen = _chosen(sections, value)
    if chosen is None:
        return None
    section, signed = chosen
    if section.has("date", "elapsed", "meridiem"):
        return shown_date(value, section.tokens, chinese=section.chinese, date1904=date1904)
    if section.has("general") or section.is_for_text:
        text: str | None = _around(section, general(abs(value)))
    else:
        text = _number(section.tokens, abs(value))
    if text is None:
        return None
    minus = "-" if signed and value < 0 and _is_worth_a_sign(section, text) else ""
    return (minus + text.strip(" ")).strip(" ")


def shown_text(text: str, number_format: str) -> str:
    """Give what a cell shows that holds a text: the fourth section, or the one with ``@``."""
    sections = _sections(number_format)
    if not sections:
        return text
    if len(sections) == 4 or sections[-1].is_for_text:
        return _around(sections[-1], text)
    return text


def general(value: Decimal) -> str:
    """Give a number under General: plain as far as 15 digits go, else with an exponent."""
    if not value:
        return "0"
    if -10 <= value.adjusted() < _SIGNIFICANT:
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    sign, digits, _ = value.as_tuple()
    mantissa = "".join(map(str, digits)).rstrip("0")
    point = "." if len(mantissa) > 1 else ""
    return f"{'-' * sign}{mantissa[0]}{point}{mantissa[1:]}E{value.adjusted():+03}"


@lru_cache(_CACHED)
def _sections(number_format: str) -> tuple[_Section, ...] | None:
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
    sections = [_section(part) for part in parts]
    known = tuple(section for section in sections if section is not None)
    return known if len(known) == len(sections) else None


def _section(tokens: Sequence[Token]) -> _Section | None:
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
                system = _sections(_SYSTEM[language])
                return system[0] if system else None
            if language > 0xFFFF:  # other calendars and numerals
                return None
            chinese = chinese or language & 0x3FF == 0x04
            kept.append(("literal", found[1]))
        elif not _COLOUR.fullmatch(code):
            return None
    return _Section(tuple(kept), condition, chinese)


def _chosen(sections: Sequence[_Section], value: Decimal) -> tuple[_Section, bool] | None:
    """Give the section for a number, and whether it needs a minus sign of its own."""
    numeric = sections[:3]
    if len(numeric) > 1 and numeric[-1].is_for_text:
        numeric = numeric[:-1]
    conditions = [section.condition for section in numeric]
    zero = Decimal(0)
    if conditions[0] is None and len(numeric) > 1:
        conditions[0] = (">" if len(numeric) == 3 else ">=", zero)
    if len(numeric) == 3 and conditions[1] is None:
        conditions[1] = ("<", zero)
    for section, condition in zip(numeric, conditions, strict=True):
        if condition is None or _holds(value, *condition):
            leaves_negative = (
                condition is None and len(numeric) == 2 and conditions[0] in {(">=", zero), (">", zero)}
            )
            negative = condition is not None and _only_negative(*condition)
            return section, not (leaves_negative or negative)
    return None


def _holds(value: Decimal, operator: str, limit: Decimal) -> bool:
    below, same = value < limit, value == limit
    return {
        "<": below,
        "<=": below or same,
        ">": not below and not same,
        ">=": not below,
        "=": same,
        "<>": not same,
    }[operator]


def _only_negative(operator: str, limit: Decimal) -> bool:
    return (operator == "<" and limit <= 0) or (operator in {"<=", "="} and limit < 0)


def _is_worth_a_sign(section: _Section, text: str) -> bool:
    """Say whether something other than zero is shown: spreadsheets show -0.4 as 0."""
    return not section.has("digit") or any(character in "123456789" for character in text)


def _around(section: _Section, text: str) -> str:
    """Put a text, or a number under General, between the literals of a section."""
    return "".join(
        text if kind == "general" or (kind, code) == ("mark", "@") else code for kind, code in section.tokens
    )


@attrs.frozen
class _Layout:
    """The digits of a number section: where the parts are, and what its commas and percents ask for."""

    point: int
    exponent: int
    """Indices of the decimal point and of the E; where there is none, of the next part or the end."""
    grouped: bool
    shift: int
    silent: frozenset[int]
    """Commas that say something and are not shown."""


def _layout(tokens: Sequence[Token]) -> _Layout | None:
    end = len(tokens)
    exponent = next((i for i, (kind, _) in enumerate(tokens) if kind == "exponent"), end)
    point = next((i for i in range(exponent) if tokens[i] == ("mark", ".")), exponent)
    digits = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    if ("mark", "/") in tokens and digits:  # a fraction
        return None
    silent = frozenset(
        i for i, token in enumerate(tokens) if token == ("mark", ",") and digits and i > digits[0]
    )
    inside = [i for i in silent if any(i < digit < point for digit in digits)]
    scaling = len(silent) - len(inside)
    percents = tokens.count(("mark", "%"))
    return _Layout(point, exponent, bool(inside), 2 * percents - 3 * scaling, silent)


def _number(tokens: tuple[Token, ...], magnitude: Decimal) -> str | None:
    layout = _layout(tokens)
    if layout is None:
        return None
    whole = [i for i in range(layout.point) if tokens[i][0] == "digit"]
    broken = [i for i in range(layout.point, layout.exponent) if tokens[i][0] == "digit"]
    powers = [i for i in range(layout.exponent, len(tokens)) if tokens[i][0] == "digit"]
    value = magnitude.scaleb(layout.shift, _WIDE)
    power = 0
    if layout.exponent < len(tokens):
        value, power = _scientific(value, max(len(whole), 1), len(broken))
    rounded = value.quantize(Decimal(1).scaleb(-len(broken)), context=_WIDE)
    digits, _, decimals = f"{rounded:f}".partition(".")
    texts = _filled([tokens[i][1] for i in whole], digits.lstrip("0"), grouped=layout.grouped)
    texts += _decimals([tokens[i][1] for i in broken], decimals)
    texts += _filled([tokens[i][1] for i in powers], str(abs(power)).lstrip("0"), grouped=False)
    placed = dict(zip(whole + broken + powers, texts, strict=True))
    shown_parts: list[str] = []
    for index, (kind, code) in enumerate(tokens):
        if kind == "digit":
            shown_parts.append(placed[index])
        elif kind == "exponent":
            shown_parts.append("E" + ("-" if power < 0 else code[1].replace("-", "")))
        elif index not in layout.silent:
            unasked = (
                "" if whole or index != layout.point else digits.lstrip("0")
            )  # .00 shows 12.30 all the same
            shown_parts.append(unasked + code)
    return "".join(shown_parts)


def _scientific(value: Decimal, width: int, places: int) -> tuple[Decimal, int]:
    """Give mantissa and exponent; several places before the point make the exponent a multiple of them."""
    if not value:
        return value, 0
    power = value.adjusted() // width * width
    mantissa = value.scaleb(-power, _WIDE)
    if mantissa.quantize(Decimal(1).scaleb(-places), context=_WIDE) >= Decimal(1).scaleb(width):
        power += width
        mantissa = value.scaleb(-power, _WIDE)
    return mantissa, power


def _filled(codes: Sequence[str], digits: str, *, grouped: bool) -> list[str]:
    """Lay digits into placeholders from the right; the first takes all that are left over."""
    if not codes:
        return []
    least = len(codes) - codes.index("0") if "0" in codes else 0
    digits = digits.rjust(least, "0")
    texts: list[str] = []
    for index, code in enumerate(codes):
        to_right = len(codes) - index - 1
        start = 0 if index == 0 else max(len(digits) - to_right - 1, 0)
        stop = max(len(digits) - to_right, 0)
        text = "".join(
            digit + ("," if grouped and left and left % 3 == 0 else "")
            for digit, left in zip(digits[start:stop], range(len(digits) - start - 1, -1, -1), strict=False)
        )
        texts.append(text or (" " if code == "?" else ""))
    return texts


def _decimals(codes: Sequence[str], digits: str) -> list[str]:
    """Lay decimals into placeholders; # and ? show no zeros at the end."""
    needed = max(len(digits.rstrip("0")), len(codes) - codes[::-1].index("0") if "0" in codes else 0)
    return [
        digit if index < needed else (" " if code == "?" else "")
        for index, (code, digit) in enumerate(zip(codes, digits, strict=True))
    ]
