"""抽查: which tables to look at, drawn by weight, without replacement, the same everywhere for the same seed.

The method is systematic sampling with probability proportional to size over a hashed order. The tables are put in the
order of sha256(seed, content); a table whose weight is at least the interval (the sum of the weights ÷ how many are drawn)
is taken for certain and the rest drawn again; the start within the first interval is sha256(seed). Integers and fractions
only, hence no random generator whose numbers change with the version of Python.
"""

from __future__ import annotations

__all__ = ["Coverage", "Sample", "Weighing", "draw"]

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

import attrs

from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.portfolio.line import Line

_SIZE = Wording(
    "CALL-SAMPLE",
    "抽查数应为不小于 1 的整数，现为 {given}",
    "the size of a sample must be a whole number of at least 1, not {given}",
)


class Weighing(StrEnum):
    """By what a table is more likely to be drawn."""

    RISK = "risk"
    AMOUNT = "amount"


@attrs.frozen
class Coverage:
    """How much of the whole the sample covers; amounts are the budgets that are known, in 元."""

    tables: tuple[int, int]
    risk: tuple[int, int]
    amount: tuple[Fraction, Fraction]


@attrs.frozen
class Sample:
    """The tables drawn, in the order of the tables; ``certain`` of them were too heavy to be left out.

    ``without_weight`` counts the tables that could not be drawn: their budget is unknown or not above 0.
    """

    weighing: Weighing
    seed: int
    numbers: tuple[int, ...]
    certain: int
    without_weight: int
    coverage: Coverage


def draw(lines: Sequence[Line], size: int, weighing: Weighing = Weighing.RISK, seed: int = 0) -> Sample:
    """Draw tables; all that have a weight where there are no more than ``size``. UsageError for a size below 1."""
    if size < 1:
        raise UsageError(_SIZE(given=size))
    weigh = _by_risk if weighing is Weighing.RISK else _by_amount
    weights = {number: weight for number, line in enumerate(lines) if (weight := weigh(line)) > 0}
    order = sorted(weights, key=_order(lines, weights, seed))
    certain, rest = _certain(order, weights, size)
    drawn = _systematic(rest, weights, size - len(certain), _start(seed))
    numbers = tuple(sorted((*certain, *drawn)))
    return Sample(weighing, seed, numbers, len(certain), len(lines) - len(weights), _coverage(lines, numbers))


def _by_risk(line: Line) -> Fraction:
    return Fraction(line.risk)


def _by_amount(line: Line) -> Fraction:
    return line.budget if line.budget is not None else Fraction(0)


def _order(
    lines: Sequence[Line], weights: dict[int, Fraction], seed: int
) -> Callable[[int], tuple[str, Fraction, str]]:
    def place(number: int) -> tuple[str, Fraction, str]:
        line = lines[number]
        digest = sha256(f"{seed}\n{line.identity}".encode()).hexdigest()
        return digest, weights[number], line.evaluation.file or ""

    return place


def _certain(order: Sequence[int], weights: dict[int, Fraction], size: int) -> tuple[list[int], list[int]]:
    """Take out what weighs at least the interval, until nothing left does."""
    certain: list[int] = []
    rest = list(order)
    while rest and len(certain) < size:
        whole = sum((weights[number] for number in rest), Fraction(0))
        heavy = [number for number in rest if weights[number] * (size - len(certain)) >= whole]
        if not heavy:
            break
        certain += heavy
        rest = [number for number in rest if number not in heavy]
    return certain, rest


def _start(seed: int) -> Fraction:
    return Fraction(int(sha256(f"start\n{seed}".encode()).hexdigest(), 16), 2**256)


def _systematic(rest: Sequence[int], weights: dict[int, Fraction], size: int, start: Fraction) -> list[int]:
    """Take whom the points start, start + 1, … of the interval hit; each is lighter than the interval: hit once at most."""
    if size <= 0 or not rest:
        return []
    interval = sum((weights[number] for number in rest), Fraction(0)) / size
    drawn: list[int] = []
    reached = Fraction(0)
    for number in rest:
        reached += weights[number]
        if len(drawn) < size and (start + len(drawn)) * interval < reached:
            drawn.append(number)
    return drawn


def _coverage(lines: Sequence[Line], numbers: Sequence[int]) -> Coverage:
    drawn = [lines[number] for number in numbers]
    return Coverage(
        (len(drawn), len(lines)),
        (sum(line.risk for line in drawn), sum(line.risk for line in lines)),
        (sum(map(_by_amount, drawn), Fraction(0)), sum(map(_by_amount, lines), Fraction(0))),
    )
