"""Cells of a column: what varies from row to row as an integer, and what is one of few things.

A number is a shape (operator, unit, 约 or not) that many rows share, and an integer of their own. Everything else,
a text, a date, a range, 不适用, a blank, is a constant: rows that say the same are one.
"""

from __future__ import annotations

__all__ = ["BEYOND", "LARGEST", "Beyond", "Constant", "Shape", "Varying", "scaled"]

from decimal import Decimal

import attrs

from perfeval.values import Comparison, Operator, Quantity, Target, Unit

LARGEST = 1 << 60
"""Integers stay below this, so that a sum of two of them, or a target twice, still is an int64."""


@attrs.frozen(cache_hash=True)
class Varying:
    """A number whose value stands in a column, in units of 10^-``scale``."""

    operator: Operator | None
    unit: Unit
    approximate: bool
    scale: int

    def comparison(self, number: int) -> Comparison:
        """Give the cell of this shape with a number."""
        return Comparison(self.operator, Quantity(Decimal(number), self.unit, self.approximate))


@attrs.frozen(cache_hash=True)
class Constant:
    """A cell that is the same in every row of its shape; of a number, one that stands for itself."""

    value: Target


@attrs.frozen
class Beyond:
    """A number with more digits than an int64 holds."""


BEYOND = Beyond()
Shape = Varying | Constant | Beyond


def scaled(number: Decimal, scale: int) -> int | None:
    """Give a decimal in units of 10^-scale; None where it has more decimals or is too large."""
    numerator, denominator = number.as_integer_ratio()
    whole, rest = divmod(numerator * 10**scale, denominator)
    return None if rest or abs(whole) >= LARGEST else whole
