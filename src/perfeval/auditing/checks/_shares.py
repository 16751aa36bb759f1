"""What checks of the execution rate share: E ÷ B of a row of money, with what its printed digits allow."""

from __future__ import annotations

__all__ = ["Share", "share_of", "share_of_total"]

from fractions import Fraction

import attrs

from perfeval.auditing.checks._funds import (
    Side,
    amounts_of,
    budget_column,
    cell_of,
    digit_of,
    total_row,
    unit_of_money,
)
from perfeval.auditing.subject import Table, once


@attrs.frozen
class Share:
    """E ÷ B of one row: exactly, and the least and most that the printed digits of both allow."""

    executed: Fraction
    budget: Fraction
    slack: Fraction
    exact: Fraction

    @property
    def low(self) -> Fraction:
        """The least that the printed digits allow."""
        return max(self.executed - self.slack, Fraction(0)) / (self.budget + self.slack)

    @property
    def high(self) -> Fraction:
        """The most that the printed digits allow."""
        if self.budget <= self.slack:
            return self.exact
        return (self.executed + self.slack) / (self.budget - self.slack)


def share_of(table: Table, index: int, budget: Side) -> Share | None:
    """Give E ÷ B of a row; None where one of them is no number, B is not above 0 or E is below it.

    Whole amounts are exact (docs/semantics.md §1). Where one has decimals both may have been rounded to them, as a rate worked
    out in 元 and printed beside amounts in 万元 shows.
    """
    b, e = amounts_of(table)[budget][index], amounts_of(table)["executed"][index]
    if b is None or e is None or b <= 0 or e < 0:
        return None
    row, unit = table.evaluation.funding[index], unit_of_money(table)
    digit = min(digit_of(cell_of(row, budget), unit), digit_of(row.executed, unit))
    return Share(e, b, digit / 2 if digit < 1 else Fraction(0), e / b)


@once
def share_of_total(table: Table) -> Share | None:
    """Give E ÷ B of the total row; None where it would have to be assumed."""
    index = total_row(table)
    return None if index is None else share_of(table, index, budget_column(table))
