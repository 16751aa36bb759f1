"""Supervision signals of one table: what was achieved held against what was spent."""

from __future__ import annotations

__all__ = ["Bucket", "Signal", "achieved", "bucket_of", "is_apart", "signal_of", "spent"]

from enum import StrEnum
from fractions import Fraction

from perfeval.auditing import SignalSettings
from perfeval.scoring import Reason, Scorecard


class Signal(StrEnum):
    """How a table is signalled."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class Bucket(StrEnum):
    """Where an execution rate lies; the lower end belongs to the bucket."""

    UNDER_30 = "<30"
    FROM_30 = "30-60"
    FROM_60 = "60-80"
    FROM_80 = "80-100"
    ALL = "100"
    OVER = ">100"


def spent(card: Scorecard) -> Fraction | None:
    """Give E ÷ B, exact; None where there is none."""
    budget, executed = card.execution.budget, card.execution.executed
    if budget is None or executed is None or budget <= 0 or executed < 0:
        return None
    return Fraction(executed) / Fraction(budget)


def bucket_of(rate: Fraction) -> Bucket:
    """Give the bucket of an exact rate: 99.997 % is printed as 100.00 % and is not all of the money."""
    ends = ((30, Bucket.UNDER_30), (60, Bucket.FROM_30), (80, Bucket.FROM_60), (100, Bucket.FROM_80))
    for end, bucket in ends:
        if 100 * rate < end:
            return bucket
    return Bucket.ALL if rate == 1 else Bucket.OVER


def achieved(card: Scorecard) -> Fraction | None:
    """Give q, the recomputed points of the indicators ÷ their weights; None unless every row that counts is scored.

    The published formula divides by 90; the table's own weights are that sum wherever the execution rate weighs 10.
    """
    if card.total is None:
        return None
    rows = [(row.weight, row.score) for row in card.indicators]
    counted = [(weight, score) for weight, score in rows if weight is not None and score is not None]
    weight = sum((Fraction(weight) for weight, _ in counted), Fraction(0))
    points = sum((Fraction(score) for _, score in counted), Fraction(0))
    return points / weight if weight > 0 else None


def signal_of(card: Scorecard, settings: SignalSettings) -> Signal | None:
    """Give the signal; None where it cannot be told.

    Red where (q − e) ÷ q is above the gap, with e the execution score ÷ its weight; this is left out where q is 0. Else
    yellow where B is 0 or (B − E) ÷ B is above what may be unspent. Else green.
    """
    if card.execution.reason is Reason.ZERO_BUDGET:
        return Signal.YELLOW
    q, rate = achieved(card), spent(card)
    score, weight = card.execution.score, card.execution.weight
    if q is None or rate is None or score is None or not weight:
        return None
    if q and (q - Fraction(score) / Fraction(weight)) / q > Fraction(settings.gap.share):
        return Signal.RED
    return Signal.YELLOW if 1 - rate > Fraction(settings.unspent.share) else Signal.GREEN


def is_apart(card: Scorecard, settings: SignalSettings) -> bool | None:
    """Say whether achievement and execution rate lie further apart than the mark; None where it cannot be told."""
    q, rate = achieved(card), spent(card)
    return None if q is None or rate is None else abs(q - rate) > Fraction(settings.apart.share)
