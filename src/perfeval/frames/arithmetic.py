"""Exact arithmetic over columns with nothing but int64 sums and products, the same on every engine.

Where the largest integers of a frame prove that a product fits, it is formed as it is. Otherwise the integers, below
2^61, are split at 2^30: the split uses a float quotient, which may be off by one; the lower half is then a little above
2^30 or below 0, and the two halves still add up to the integer. So a product with a factor below 2^28, or the remainder
of a division, is two products that fit.

A quotient of integers p ÷ m with 0 ≤ p < 2^53 and 0 < m < 2^53 is floored exactly by every way there is to divide: by
integers, or by one float division, which errs by at most p ÷ m × 2^-53 < 1 ÷ m, less than what is missing to the next
integer. Beyond, a float quotient guesses, and the remainder, computed exactly, says whether the guess was one too high or
too low. Engines differ in what ``//``, ``%``, ``round`` and casts of halves do elsewhere; none of that is used.
"""

from __future__ import annotations

__all__ = ["MOST", "RATE", "ROOM", "Division", "Inputs", "divided", "weighed"]

from collections.abc import Mapping
from typing import Any

import attrs
import narwhals as nw

from perfeval.formula.columns import Linear, NotLinearError
from perfeval.formula.nodes import RoundingMode
from perfeval.frames.choosing import count
from perfeval.rulebook import Rounding

ROOM = 1 << 62
"""Sums and products below this fit in an int64, twice them still not; see ``divided``."""
MOST = 1 << 28
"""Factors of halves, and what a division multiplies with, stay below this."""
RATE = 10_000
"""Rates are in units of 0.01 %: completion, execution, and the rate of a book that rounds it first."""
_HALF = 1 << 30
_FLOATS = 1 << 53  # exact: integers below it are floats, and see above for their quotients


@attrs.frozen
class Inputs:
    """The columns of the inputs of linear forms, and how large their integers are at most."""

    columns: Mapping[str, str]
    largest: Mapping[str, int]

    def size(self, form: Linear) -> int:
        """Give what no value of a form, nor of a part of its sum, exceeds in size."""
        return sum(abs(factor) * self.largest[name] for name, factor in form.terms)

    def value(self, form: Linear) -> nw.Expr:
        """Give the value of a form whose sums fit."""
        made: nw.Expr | None = None
        for name, factor in form.terms:
            column = nw.col(self.columns[name])
            term = column if factor == 1 else column * factor
            made = term if made is None else made + term
        return nw.lit(0, nw.Int64) if made is None else made

    def sign(self, form: Linear) -> nw.Expr:
        """Give an integer that stands to 0 as a form. Raises NotLinearError where its factors are too large for halves."""
        return self.value(form) if self.size(form) < ROOM else self._sign(form)

    def holds(self, form: Linear, comparator: str) -> nw.Expr:
        """Say whether a form stands so to 0. Raises NotLinearError where its factors are too large for halves."""
        value = self.sign(form)
        match comparator:
            case ">=":
                return value >= 0
            case ">":
                return value > 0
            case "<=":
                return value <= 0
            case "<":
                return value < 0
        return value == 0

    def _sign(self, form: Linear) -> nw.Expr:
        """Give an integer with the sign of a form: what the lower halves carry goes to the upper, which are then cut."""
        factors = sum(abs(factor) for _, factor in form.terms)
        if factors >= MOST:
            raise NotLinearError(f"a factor of {factors}")
        upper, lower = nw.lit(0, nw.Int64), nw.lit(0, nw.Int64)
        for name, factor in form.terms:
            own_upper, own_lower = _halves(nw.col(self.columns[name]))
            upper = upper + own_upper * factor
            lower = lower + own_lower * factor
        carried = _guess(lower)
        rest = (
            lower - carried * _HALF
        )  # a few units of the upper half at most: beyond those it decides nothing
        return (upper + carried).clip(-8, 8) * _HALF + rest


def _guess(value: nw.Expr) -> nw.Expr:
    return (value / _HALF).floor().cast(nw.Int64)  # exact: made good by what remains


def _halves(value: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    upper = _guess(value)
    return upper, value - upper * _HALF


@attrs.frozen
class Division:
    """factor × numerator ÷ denominator; of the factor, and of numerator and denominator, how large they are at most."""

    factor: str | int
    numerator: str
    denominator: str
    largest_factor: int
    largest: int


def divided(frame: nw.LazyFrame[Any], given: Division, mode: RoundingMode, result: str) -> nw.LazyFrame[Any]:
    """Add a quotient rounded to an integer; 0 ≤ numerator, 0 < denominator, both below 2^61, 0 ≤ factor < 2^28.

    The quotient must be below 2^48, and below 2^32 where the products do not fit in 62 bits.
    """
    factor = nw.lit(given.factor, nw.Int64) if isinstance(given.factor, int) else nw.col(given.factor)
    n, d = nw.col(given.numerator), nw.col(given.denominator)
    if mode is not RoundingMode.HALF_EVEN and (2 * given.largest_factor + 1) * given.largest < _FLOATS:
        if mode is RoundingMode.HALF_UP:
            return frame.with_columns(_floored(frame, n * 2 * factor + d, d * 2).alias(result))
        return frame.with_columns(_floored(frame, n * factor, d).alias(result))
    guess, rest = f"{result}_guess", f"{result}_rest"
    q, r = nw.col(guess), nw.col(rest)
    floats = n / d * factor  # division is the one way to floats that no engine refuses to large integers
    # exact: four roundings move a quotient below 2^48 by less than a quarter, so it is one off at most, and then what
    # remains is between a quarter below 0 and one and a quarter denominators.
    frame = frame.with_columns(floats.floor().cast(nw.Int64).alias(guess))
    if given.largest_factor * given.largest < ROOM:
        frame = frame.with_columns((factor * n - q * d).alias(rest))
    else:
        (n1, n0), (d1, d0) = _halves(n), _halves(d)
        frame = frame.with_columns(
            n1.alias(f"{result}_n1"),
            n0.alias(f"{result}_n0"),
            d1.alias(f"{result}_d1"),
            d0.alias(f"{result}_d0"),
        )
        n1, n0, d1, d0 = (nw.col(f"{result}_{half}") for half in ("n1", "n0", "d1", "d0"))
        frame = frame.with_columns(((factor * n1 - q * d1) * _HALF + (factor * n0 - q * d0)).alias(rest))
    if mode is RoundingMode.HALF_UP:
        return frame.with_columns((q + count(r * 2 >= d)).alias(result))
    floor = q + count(r >= d) - count(r < 0)
    frame = frame.with_columns(floor.alias(result))
    if mode is RoundingMode.TRUNCATE:
        return frame
    above = r + (q - nw.col(result)) * d
    frame = frame.with_columns((above * 2).alias(rest))
    odd = nw.col(result) - (nw.col(result) / 2).floor().cast(nw.Int64) * 2  # exact: below 2^48
    return frame.with_columns((nw.col(result) + count((r > d) | ((r == d) & (odd == 1)))).alias(result))


def weighed(
    frame: nw.LazyFrame[Any],
    weight: tuple[str, int],
    fraction: tuple[str, str, int],
    rounding: Rounding,
    result: str,
    *,
    is_share: bool = False,
) -> nw.LazyFrame[Any]:
    """Add weight × fraction, rounded as a book rounds, within 0 and the weight.

    ``weight`` is a column and its largest integer; ``fraction`` the columns above and below, and the largest of both;
    ``is_share`` says that it is known to lie between 0 and 1.
    """
    above, below, most = fraction
    if not is_share:
        n, d = nw.col(above), nw.col(below)
        within = nw.when(n > d).then(d).otherwise(nw.when(n < 0).then(nw.lit(0, nw.Int64)).otherwise(n))
        frame = frame.with_columns(within.alias(above))
    if rounding.rate_first:
        frame = divided(frame, Division(RATE, above, below, RATE, most), rounding.mode, f"{result}_rate")
        frame = frame.with_columns(nw.lit(RATE, nw.Int64).alias(f"{result}_all"))
        above, below, most = f"{result}_rate", f"{result}_all", RATE
    return divided(frame, Division(weight[0], above, below, weight[1], most), rounding.mode, result)


def _floored(frame: nw.LazyFrame[Any], numerator: nw.Expr, denominator: nw.Expr) -> nw.Expr:
    """Give the whole part of a quotient of integers below 2^53, in the way that is the engine's faster one."""
    if frame.implementation.is_polars() or frame.implementation.is_pandas():
        return numerator // denominator
    return (numerator / denominator).floor().cast(nw.Int64)  # exact: below 2^53, see above
