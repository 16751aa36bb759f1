"""得分系数 (Chongqing): the share of the weight that a form prints beside the score."""

from __future__ import annotations

__all__ = ["Coefficient", "coefficients_of"]

from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.auditing.subject import Row, once
from perfeval.values import parse_weight, squash


@attrs.frozen
class Coefficient:
    """One reading of the cell: a fraction of one, and half a unit of its last digit."""

    share: Fraction
    half: Fraction


@once
def coefficients_of(row: Row) -> tuple[Coefficient, ...]:
    """Give the readings of the 得分系数: per cent where it says so or is above 1, else per cent or a fraction."""
    cell = row.indicator.coefficient
    if cell is None:
        return ()
    number = parse_weight(cell.text)  # which reads 72.74%, 100 and 0.9 alike
    if not isinstance(number, Decimal):
        return ()
    exponent = number.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    half = Fraction(1, 2 * 10**digits)
    share = Fraction(number)
    percent = Coefficient(share / 100, half / 100)
    if "%" in squash(cell.text) or share > 1:
        return (percent,)
    return (percent, Coefficient(share, half))
