"""The digits that a number section of a format code shows: grouped, shifted, rounded, with an exponent."""

from __future__ import annotations

__all__ = ["shown_digits"]

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

import attrs

from perfeval.documents.excel.dateformat import Token

_WIDE = Context(prec=2_000, rounding=ROUND_HALF_UP)  # 308 places of a double, and what percents add


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


def shown_digits(tokens: tuple[Token, ...], magnitude: Decimal) -> str | None:
    """Give what a section of digits shows for a number without its sign; None if it asks for a fraction."""
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
