"""From ratios of integers to decimals, whatever the caller's decimal context is."""

from __future__ import annotations

__all__ = ["decimal_of", "difference", "quotient", "total_of"]

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import lru_cache, reduce

from perfeval.formula import RoundingMode, plain, round_pair

# Nothing here may depend on the precision or traps that a caller has set for its own decimals.
_CONTEXT = Context(prec=100)
_ZERO = Decimal(0)


def decimal_of(pair: tuple[int, int], step: Decimal) -> Decimal:
    """Give a ratio with the digits of ``step`` (9.96, 10.00), or with all it needs (a weight of 6.666)."""
    numerator, denominator = pair
    digits = _digits(step)
    if denominator == 100 and digits == 2:  # what a step of 0.01 gives
        return _scaled(numerator, 2)
    scaled, rest = divmod(numerator * 10**digits, denominator)
    return Decimal(plain(pair)) if rest else _scaled(scaled, digits)


@lru_cache(16)  # a rule book has one step
def _digits(step: Decimal) -> int:
    exponent = step.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@lru_cache(8192)  # scores repeat: 10.00, 8.00
def _scaled(number: int, digits: int) -> Decimal:
    return _CONTEXT.scaleb(Decimal(number), -digits)


def difference(first: Decimal, second: Decimal) -> Decimal:
    """Give first − second, exactly."""
    return _CONTEXT.subtract(first, second)


def total_of(numbers: Iterable[Decimal]) -> Decimal:
    """Give an exact sum."""
    return reduce(_CONTEXT.add, numbers, _ZERO)


def quotient(pair: tuple[int, int], digits: int) -> Decimal:
    """Give a ratio with this many decimals, half up."""
    n, d = round_pair(*pair, (1, 10**digits), RoundingMode.HALF_UP)
    return _scaled(n * 10**digits // d, digits)
