"""Decisions over columns, narrowed: what bounds of the inputs rule out is left out, and shares are proven to be such.

Columns say between what their integers lie, and the choices on the way to a case say more. A target that is never 0 and an
actual that is never below leave little of most rules, and rules that differ only there become one.
"""

from __future__ import annotations

__all__ = ["Interval", "narrowed", "never_outside"]

from collections.abc import Mapping

from perfeval.formula.columns import HOLDS, Choose, Decision, Linear, Refusal

Interval = tuple[int | None, int | None]
"""The least and the greatest value that an integer can have; None where there is no bound."""

_Known = Mapping[Linear, Interval]
"""What the choices on the way to a place say of forms; of a form and its opposite, the one that begins with a factor above 0."""


def narrowed(made: Decision, bounds: Mapping[str, Interval]) -> Decision:
    """Leave out the cases that no input within its bounds (both ends included) comes to."""
    return _narrowed(made, bounds, {})


def never_outside(made: Decision, bounds: Mapping[str, Interval]) -> bool:
    """Say whether every ratio of a decision is proven to lie within 0 and 1 wherever inputs within the bounds come to it."""
    return _never_outside(made, bounds, {})


def _narrowed(made: Decision, bounds: Mapping[str, Interval], known: _Known) -> Decision:
    if not isinstance(made, Choose):
        return made
    truth = _truth(made.comparator, _interval(made.form, bounds, known))
    if truth is not None:
        return _narrowed(made.then if truth else made.otherwise, bounds, known)
    then = _narrowed(made.then, bounds, _learned(known, made, is_so=True))
    otherwise = _narrowed(made.otherwise, bounds, _learned(known, made, is_so=False))
    return then if then == otherwise else Choose(made.form, made.comparator, then, otherwise)


def _never_outside(made: Decision, bounds: Mapping[str, Interval], known: _Known) -> bool:
    if isinstance(made, Choose):
        return all(
            _never_outside(case, bounds, _learned(known, made, is_so=is_so))
            for case, is_so in ((made.then, True), (made.otherwise, False))
        )
    if isinstance(made, Refusal):
        return True
    lows = (
        _interval(form, bounds, known)[0]
        for form in (made.numerator, made.denominator.plus(made.numerator, -1))
    )
    return all(low is not None and low >= 0 for low in lows)


def _interval(form: Linear, bounds: Mapping[str, Interval], known: _Known) -> Interval:
    """Give what a form lies within, by the bounds of its inputs and by what is known of the form itself."""
    low: int | None = 0
    high: int | None = 0
    for name, factor in form.terms:
        ends = bounds.get(name, (None, None))
        least, greatest = ends if factor > 0 else (ends[1], ends[0])
        low = None if low is None or least is None else low + factor * least
        high = None if high is None or greatest is None else high + factor * greatest
    plain, sign = _upright(form)
    least, greatest = known.get(plain, (None, None))
    if sign < 0:
        least, greatest = _opposite((least, greatest))
    return _greater(low, least), _less(high, greatest)


def _upright(form: Linear) -> tuple[Linear, int]:
    """Give the form without a common factor, or its opposite, and which."""
    plain = form.reduced()
    return (plain, 1) if not plain.terms or plain.terms[0][1] > 0 else (plain.times(-1), -1)


def _opposite(interval: Interval) -> Interval:
    low, high = interval
    return None if high is None else -high, None if low is None else -low


def _greater(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _less(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


_WHERE: Mapping[str, tuple[Interval, Interval]] = {
    ">=": ((0, None), (None, -1)),
    ">": ((1, None), (None, 0)),
    "=": ((0, 0), (None, None)),
    "<": ((None, -1), (0, None)),
    "<=": ((None, 0), (1, None)),
}
"""What a comparison with 0 says of an integer where it holds, and where it does not."""


def _learned(known: _Known, made: Choose, *, is_so: bool) -> _Known:
    interval = _WHERE[made.comparator][0 if is_so else 1]
    form, sign = _upright(made.form)
    low, high = interval if sign > 0 else _opposite(interval)
    before = known.get(form, (None, None))
    return {**known, form: (_greater(before[0], low), _less(before[1], high))}


def _truth(comparator: str, interval: Interval) -> bool | None:
    """Say how a comparison with 0 ends for every integer of an interval; None where it may end either way."""
    low, high = interval
    holds = HOLDS[comparator]
    # Each comparison holds on a stretch of integers: its ends and 0 in between show whether it always does.
    ends = {
        -1 if low is None or low < 0 else 0 if low == 0 else 1,
        1 if high is None or high > 0 else 0 if high == 0 else -1,
    }
    signs = {sign for sign in (-1, 0, 1) if min(ends) <= sign <= max(ends)}
    found = {holds(sign) for sign in signs}
    return found.pop() if len(found) == 1 else None
