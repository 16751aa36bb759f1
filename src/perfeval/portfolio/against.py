"""A published regional table against the tables of its parts: which printed values no accepted reading explains.

Accepted readings: the funds that weigh are those budgeted or those executed; a statement is that of the band or the
nearest; a printed number stands for every number that is rounded or cut to its digits, and so does a measured actual of
a part. What is not explained is a question; what could not be compared is told with its reason.
"""

from __future__ import annotations

__all__ = ["Against", "Printed", "compare_with_parts"]

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

import attrs

from perfeval.findings import Location
from perfeval.portfolio.aggregation import AggregatedCell, AggregatedRow, Aggregation, Obstacle
from perfeval.portfolio.combining import STATEMENTS
from perfeval.portfolio.given import numbers_of
from perfeval.portfolio.one_transfer import row_key
from perfeval.portfolio.settings import AggregationSettings, Funds, StatementBy
from perfeval.portfolio.transfers import aggregate
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring import IndicatorScore, score
from perfeval.scoring.compare import common_unit
from perfeval.scoring.words import statements
from perfeval.table import Evaluation, TargetCell
from perfeval.values import Missing, Quantity, Text

_READINGS = tuple(product(Funds, StatementBy))


@attrs.frozen(kw_only=True)
class Printed:
    """One printed cell of the published table: what it says, and what each reading makes of the parts.

    ``field`` is ``target`` or ``actual``. ``readings`` are the different texts, the usual one first. ``obstacle`` is set
    where nothing could be compared.
    """

    row: int
    field: str
    text: str
    readings: tuple[str, ...] = ()
    obstacle: Obstacle | None = None
    place: Location | None = attrs.field(default=None, eq=False)


@attrs.frozen(kw_only=True)
class Against:
    """The published table, what of it is not explained, what is, and what was not compared.

    ``only_in_parts`` are rows of the parts that the published table does not have.
    """

    published: Evaluation = attrs.field(repr=False)
    aggregation: Aggregation = attrs.field(repr=False)
    questions: tuple[Printed, ...]
    explained: int
    not_compared: tuple[Printed, ...]
    only_in_parts: tuple[AggregatedRow, ...]


def compare_with_parts(
    published: Evaluation,
    tables: Iterable[Evaluation],
    rulebook: str | Path | RuleBook = "common-practice",
    settings: AggregationSettings = AggregationSettings(),  # noqa: B008 - frozen
    *,
    name: str | None = None,
) -> Against:
    """Hold a published regional table against its parts. Raises UsageError as ``aggregate`` does."""
    book, parts = load_rulebook(rulebook), tuple(tables)
    usual = (settings.funds, settings.statement)
    readings = [
        aggregate(parts, book, attrs.evolve(settings, funds=funds, statement=statement), name=name)
        for funds, statement in sorted(_READINGS, key=lambda reading: reading != usual)
    ]
    printed = [
        (cell, is_explained)
        for number, row in enumerate(score(published, book).indicators)
        for cell, is_explained in _row(number, row, readings)
    ]
    keys = {row_key(row) for row in published.indicators}
    return Against(
        published=published,
        aggregation=readings[0],
        questions=tuple(cell for cell, is_explained in printed if is_explained is False),
        explained=sum(is_explained is True for _, is_explained in printed),
        not_compared=tuple(cell for cell, is_explained in printed if is_explained is None),
        only_in_parts=tuple(row for row in readings[0].rows if row_key(row.indicator) not in keys),
    )


def _row(
    number: int, row: IndicatorScore, readings: Sequence[Aggregation]
) -> Iterator[tuple[Printed, bool | None]]:
    """Give both cells of a printed row, each with whether a reading explains it; None where none could be compared."""
    found = [
        next((one for one in reading.rows if row_key(one.indicator) == row_key(row.indicator)), None)
        for reading in readings
    ]
    for field, numbers in zip(("target", "actual"), numbers_of(row), strict=True):
        cell: TargetCell | None = getattr(row.indicator, field)
        made: list[AggregatedCell] = [getattr(one, field) for one in found if one is not None]
        texts = tuple(dict.fromkeys(one.text for one in made if one.method is not None))
        text = cell.text if cell is not None else ""
        printed = Printed(row=number, field=field, text=text, readings=texts, place=row.place)
        obstacle = _obstacle(cell, made)
        if obstacle is None and cell is not None:
            if any(one.method is not None and _explains(one, cell, numbers, row, field) for one in made):
                yield printed, True
                continue
            obstacle = _unsettled(made, found)
        yield attrs.evolve(printed, obstacle=obstacle), False if obstacle is None else None


def _obstacle(cell: TargetCell | None, made: Sequence[AggregatedCell]) -> Obstacle | None:
    if not made:
        return Obstacle.MISSING_ROW
    return Obstacle.BLANK if cell is None or isinstance(cell.value, Missing) else None


def _unsettled(made: Iterable[AggregatedCell], found: Iterable[AggregatedRow | None]) -> Obstacle | None:
    """Give why a reading could not be tried: a cell of it is blank, or a table lacks the row."""
    obstacles = (one.obstacle for one in made if one.method is None)
    lacking = (
        remark.obstacle
        for row in found
        if row is not None
        for remark in row.remarks
        if remark.obstacle is Obstacle.MISSING_ROW
    )
    return next((one for one in (*obstacles, *lacking) if one is not None), None)


def _explains(
    made: AggregatedCell, cell: TargetCell, numbers: tuple[Quantity, ...], row: IndicatorScore, field: str
) -> bool:
    if not made.unit.is_bare:
        if len(numbers) != len(made.values):
            return False
        slack = made.slack if field == "actual" else Fraction(0)
        return all(
            _is_rounded(value, made, number, slack)
            for value, number in zip(made.values, numbers, strict=True)
        )
    if made.text == cell.text or not isinstance(cell.value, Text):
        return made.text == cell.text
    target = row.indicator.target
    said = statements(cell.value.text, equals_target=target is not None and target.value == cell.value)
    return any(STATEMENTS[statement] == made.text for statement in said)


def _is_rounded(value: Fraction, made: AggregatedCell, printed: Quantity, slack: Fraction) -> bool:
    """Say whether a number is another one, up to its slack, rounded or cut; without a unit it has that of the parts."""
    common = common_unit(made.unit, printed.unit)
    if common is None:
        return False
    size = Fraction(
        common.own.numerator * made.unit.denominator, common.own.denominator * made.unit.numerator
    )
    return abs(value - Fraction(printed.number) * size) < Fraction(10) ** printed.exponent * size + slack
