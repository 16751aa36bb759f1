"""What a spreadsheet shows for a number under a format code (ECMA-376 part 1, 18.8.30), in exact decimals.

Nothing here computes in binary: a stored double is first the decimal of its 15 significant digits, as in the
spreadsheet itself, and is then shifted and rounded half up as a decimal.
"""

from __future__ import annotations

__all__ = ["general", "shown", "shown_text", "stored_digits"]

from collections.abc import Sequence
from decimal import Decimal

from perfeval.documents.excel.dateformat import shown_date
from perfeval.documents.excel.digits import shown_digits
from perfeval.documents.excel.formatcode import Section, sections_of

_SIGNIFICANT = 15


def stored_digits(value: float) -> Decimal:  # exact: the file stores binary doubles
    """Give the decimal of a stored double: its 15 significant digits, all that a spreadsheet ever shows."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def shown(value: Decimal, number_format: str, *, date1904: bool = False) -> str | None:
    """Give what a cell shows that holds ``value``; None where the format cannot be rendered.

    Under General the spreadsheet shortens what does not fit the column, and at most to 11 characters. Narrow
    columns are no statement, so all of the up to 15 digits stored are given. Padding (``_x``, ``*x``, ``?``)
    is only alignment and is left out at both ends.
    """
    sections = sections_of(number_format)
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
        text = shown_digits(section.tokens, abs(value))
    if text is None:
        return None
    minus = "-" if signed and value < 0 and _is_worth_a_sign(section, text) else ""
    return (minus + text.strip(" ")).strip(" ")


def shown_text(text: str, number_format: str) -> str:
    """Give what a cell shows that holds a text: the fourth section, or the one with ``@``."""
    sections = sections_of(number_format)
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


def _chosen(sections: Sequence[Section], value: Decimal) -> tuple[Section, bool] | None:
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


def _is_worth_a_sign(section: Section, text: str) -> bool:
    """Say whether something other than zero is shown: spreadsheets show -0.4 as 0."""
    return not section.has("digit") or any(character in "123456789" for character in text)


def _around(section: Section, text: str) -> str:
    """Put a text, or a number under General, between the literals of a section."""
    return "".join(
        text if kind == "general" or (kind, code) == ("mark", "@") else code for kind, code in section.tokens
    )
