"""What a cell can mean: a comparison, a range, a deadline, a text, nothing, or unreadable."""

from __future__ import annotations

__all__ = [
    "Comparison",
    "Deadline",
    "Missing",
    "MissingReason",
    "Operator",
    "Quantity",
    "Range",
    "Target",
    "Text",
    "Unparsed",
    "UnparsedReason",
]

from decimal import Decimal
from enum import StrEnum

import attrs

from perfeval.shown import html_of
from perfeval.values.dates import Period
from perfeval.values.units import NO_UNIT, Unit


class Operator(StrEnum):
    """How a target compares: ≥ > = < ≤."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    LESS_THAN = "<"
    AT_MOST = "<="

    @property
    def is_strict(self) -> bool:
        """Written > or <."""
        return self in (Operator.MORE_THAN, Operator.LESS_THAN)


@attrs.frozen
class Quantity:
    """An exact number with its written digits and its unit.

    ``pair`` is the number as a ratio of integers, in its own unit.
    """

    number: Decimal
    unit: Unit = NO_UNIT
    approximate: bool = False
    pair: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    @pair.default
    def _pair(self) -> tuple[int, int]:
        return self.number.as_integer_ratio()

    def in_unit(self, unit: Unit) -> tuple[int, int]:
        """Give the number, as a ratio of integers, in another unit of the same dimension."""
        own = self.unit
        if own is unit:
            return self.pair
        numerator, denominator = self.pair
        return numerator * own.numerator * unit.denominator, denominator * own.denominator * unit.numerator

    @property
    def is_measured(self) -> bool:
        """Stands for an interval: it has decimals, a unit that is not counted, or 万 (docs/semantics.md §1)."""
        return not self.unit.is_counted or self.exponent < 0

    @property
    def exponent(self) -> int:
        """Power of ten of the last written digit."""
        return int(self.number.as_tuple().exponent)  # a quantity is finite, so it is an integer

    def with_unit(self, unit: Unit) -> Quantity:
        """Give the same number with another unit."""
        return Quantity(self.number, unit, self.approximate)

    def format(self) -> str:
        """Give a spelling that reads back as this quantity."""
        symbol = self.unit.symbol.replace("元/", "/") if self.unit.assumed else self.unit.symbol
        return f"{'约' if self.approximate else ''}{self.number:f}{symbol}"


@attrs.frozen
class Comparison:
    """A number to compare with; ``operator`` is None where none was written."""

    operator: Operator | None
    quantity: Quantity

    def format(self) -> str:
        """Give a spelling that reads back as this comparison."""
        return f"{self.operator or ''}{self.quantity.format()}"

    def _repr_html_(self) -> str:
        return html_of(self)


@attrs.frozen
class Range:
    """From ``low`` to ``high``, both included and in the same unit."""

    low: Quantity
    high: Quantity

    def format(self) -> str:
        """Give a spelling that reads back as this range."""
        return f">={self.low.format()}且<={self.high.format()}"

    def _repr_html_(self) -> str:
        return html_of(self)


@attrs.frozen
class Deadline:
    """To be done by the last day of a period; as an actual, done within the period."""

    period: Period

    def format(self) -> str:
        """Give a spelling that reads back as this deadline."""
        return self.period.format()

    def _repr_html_(self) -> str:
        return html_of(self)


@attrs.frozen
class Text:
    """Words: folded, without white space and without a leading 定性 or 文字描述."""

    text: str

    def format(self) -> str:
        """Give the words."""
        return self.text

    def _repr_html_(self) -> str:
        return html_of(self)


class MissingReason(StrEnum):
    """Why there is no value; each is another thing, and none of them is 0."""

    BLANK = "blank"
    DASH = "dash"
    SLASH = "slash"
    NONE = "none"
    NOT_APPLICABLE = "not-applicable"
    NEW = "new"


_MISSING_TEXTS = {
    MissingReason.BLANK: "",
    MissingReason.DASH: "—",
    MissingReason.SLASH: "/",
    MissingReason.NONE: "无",
    MissingReason.NOT_APPLICABLE: "不适用",
    MissingReason.NEW: "新增",
}


@attrs.frozen
class Missing:
    """No value, and why: blank, —, /, 无, 不适用 or 新增."""

    reason: MissingReason

    def format(self) -> str:
        """Give the spelling of this kind of nothing."""
        return _MISSING_TEXTS[self.reason]

    def _repr_html_(self) -> str:
        return html_of(self)


class UnparsedReason(StrEnum):
    """Why a cell could not be read."""

    ODD_DIGITS = "odd-digits"  # ² ① ½ next to a digit
    PLACEHOLDER = "placeholder"  # XX ** □ …… left in from the form
    SIGN_WITHOUT_NUMBER = "sign-without-number"
    COMPARISON_IN_WORDS = "comparison-in-words"
    CONTRADICTING_UNIT = "contradicting-unit"
    CONTRADICTING_OPERATORS = "contradicting-operators"
    NUMBER = "number"  # commas that do not group, too many digits, digits torn apart
    RANGE = "range"  # its low end is above its high end, or its units differ
    NOT_A_NUMBER = "not-a-number"  # words where only a number can stand: a weight, a score, an amount


@attrs.frozen
class Unparsed:
    """A cell that could not be read: why, and which part of the raw text (end excluded)."""

    reason: UnparsedReason
    span: tuple[int, int]
    text: str

    def format(self) -> str:
        """Give the raw text."""
        return self.text

    def _repr_html_(self) -> str:
        return html_of(self)


Target = Comparison | Range | Deadline | Text | Missing | Unparsed
"""A parsed 指标值; an 实际完成值 is read by the same grammar."""
