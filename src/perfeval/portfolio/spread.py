"""How totals lie: least, quartiles, most, and how many have full marks."""

from __future__ import annotations

__all__ = ["Spread", "spread_of"]

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from perfeval.formula import plain


@attrs.frozen
class Spread:
    """The spread of some totals; ``full`` counts those with full marks."""

    count: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: Decimal
    full: int


def spread_of(totals: Iterable[Decimal], full_marks: Decimal) -> Spread | None:
    """Give the spread; None of nothing.

    A quartile that falls between two totals lies on the straight line between them (QUARTILE.INC of spreadsheets); it is
    exact, since quarters of decimals are decimals.
    """
    ordered = sorted(totals)
    if not ordered:
        return None
    least, lower, median, upper, most = (_quartile(ordered, number) for number in range(5))
    full = sum(total >= full_marks for total in ordered)
    return Spread(len(ordered), least, lower, median, upper, most, full)


def _quartile(ordered: Sequence[Decimal], number: int) -> Decimal:
    index, quarters = divmod((len(ordered) - 1) * number, 4)
    if not quarters:
        return ordered[index]
    (low, low_by), (high, high_by) = (one.as_integer_ratio() for one in ordered[index : index + 2])
    return Decimal(plain(((4 - quarters) * low * high_by + quarters * high * low_by, 4 * low_by * high_by)))
