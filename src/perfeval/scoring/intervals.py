"""Intervals of real numbers, and the multiples of a step that lie in them."""

from __future__ import annotations

__all__ = ["Interval", "multiples_in"]

from collections.abc import Iterable
from fractions import Fraction

import attrs


@attrs.frozen
class Interval:
    """Real numbers; None for no end."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = False
    high_closed: bool = False


def multiples_in(intervals: Iterable[Interval], step: Fraction) -> tuple[tuple[int | None, int | None], ...]:
    """Give the stretches of whole multiples of the step, neighbours joined; intervals ascend, None is no end."""
    joined: list[tuple[int | None, int | None]] = []
    for interval in intervals:
        least, most = _multiples(interval, step)
        if least is not None and most is not None and least > most:
            continue
        before = joined[-1] if joined else None
        if before is not None and before[1] is not None and least is not None and least <= before[1] + 1:
            joined[-1] = (before[0], most)
        else:
            joined.append((least, most))
    return tuple(joined)


def _multiples(interval: Interval, step: Fraction) -> tuple[int | None, int | None]:
    least = most = None
    if interval.low is not None:
        quotient = interval.low / step
        least = -(-quotient // 1) if interval.low_closed else quotient // 1 + 1
    if interval.high is not None:
        quotient = interval.high / step
        most = quotient // 1 if interval.high_closed else -(-quotient // 1) - 1
    return least, most
