"""A row of one table, read for the table of its region: numbers with units, words, or what stands in the way."""

from __future__ import annotations

__all__ = ["Source", "given_actual", "given_target", "numbers_of"]

from fractions import Fraction

import attrs

from perfeval.portfolio.aggregation import Contribution, Obstacle
from perfeval.portfolio.combining import Given
from perfeval.scoring import IndicatorScore, Reason
from perfeval.table import Indicator, TargetCell
from perfeval.values import Comparison, Missing, Operator, Quantity, Range, Text, Unparsed

_UNITS = {Reason.UNIT_MISMATCH: Obstacle.UNIT_MISMATCH, Reason.UNIT_AMBIGUOUS: Obstacle.UNIT_UNKNOWN}


@attrs.frozen
class Source:
    """A row in one table, with its score and the money that weighs it."""

    part: int
    number: int
    score: IndicatorScore
    funds: Fraction | None

    @property
    def row(self) -> Indicator:
        """The row as printed."""
        return self.score.indicator

    def contribution(self, cell: TargetCell) -> Contribution:
        """Give what the table gives to a cell; its numbers are filled in where cells are combined."""
        weight, points = self.score.weight, self.score.reported_score
        is_share = weight is not None and points is not None and 0 <= points <= weight and weight > 0
        share = Fraction(points) / Fraction(weight) if is_share and points is not None and weight else None
        return Contribution(self.part, self.number, cell.text, funds=self.funds, share=share)


def given_target(source: Source) -> Given | Obstacle:
    """Give what a table prints as a target, or why it cannot be combined."""
    cell = source.row.target
    if cell is None or isinstance(cell.value, Missing):
        return Obstacle.BLANK
    if isinstance(cell.value, Unparsed):
        return Obstacle.UNREADABLE
    operator = cell.value.operator if isinstance(cell.value, Comparison) else None
    return Given(source.contribution(cell), cell.value, numbers_of(source.score)[0], operator)


def given_actual(source: Source) -> Given | Obstacle:
    """Give what a table prints as an actual, or why it cannot be combined; 无 against a target of 0 is 0."""
    cell, compared = source.row.actual, source.score.compared
    _, numbers = numbers_of(source.score)
    if cell is None or (isinstance(cell.value, Missing) and not numbers):
        return Obstacle.BLANK
    if compared is not None and compared.reason in _UNITS:
        return _UNITS[compared.reason]
    wanted = source.row.target.value if source.row.target is not None else None
    if isinstance(cell.value, Unparsed) or (isinstance(wanted, Comparison | Range) and not numbers):
        return Obstacle.UNREADABLE
    operator = cell.value.operator if isinstance(cell.value, Comparison) else None
    operator = None if operator is Operator.EQUAL else operator
    is_target = isinstance(wanted, Text) and cell.value == wanted
    return Given(source.contribution(cell), cell.value, numbers, operator, is_target)


def numbers_of(row: IndicatorScore) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """Give the numbers of target and actual, each in the unit that it was read in; empty for what is no number."""
    target, actual = (
        cell.value if cell is not None else None for cell in (row.indicator.target, row.indicator.actual)
    )
    own: tuple[Quantity, ...] = ()
    if isinstance(target, Comparison):
        own = (target.quantity,)
    elif isinstance(target, Range):
        own = (target.low, target.high)
    compared = row.compared
    if compared is None or compared.reason is not None or compared.actual is None:
        alone = isinstance(actual, Comparison) and (compared is None or not own)
        return own, (actual.quantity,) if alone and isinstance(actual, Comparison) else ()
    return (compared.targets if own else ()), (compared.actual,)
