"""The money of a region: every row of it the sum of its tables' rows."""

from __future__ import annotations

__all__ = ["aggregate_funding", "agreed_weight"]

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from perfeval.auditing.names import plain_name
from perfeval.portfolio.aggregation import (
    AggregatedCell,
    AggregatedFunding,
    Contribution,
    Method,
    Obstacle,
    Remark,
)
from perfeval.portfolio.combining import Given, combine_numbers, written
from perfeval.portfolio.settings import AggregationSettings
from perfeval.scoring import Scorecard
from perfeval.scoring.execution import total_row
from perfeval.table import AmountCell, Funding, NumberCell
from perfeval.table.money import unit_of_money
from perfeval.values import Comparison, Missing, Quantity, Unit

_AMOUNTS = ("initial", "adjusted", "executed")
_MONEY = AggregationSettings()
_TOTAL = ""


@attrs.frozen
class _Source:
    """A row of money in one table, and the unit of that table's amounts."""

    part: int
    number: int
    row: Funding
    unit: Unit


def aggregate_funding(cards: Sequence[Scorecard]) -> tuple[AggregatedFunding, ...]:
    """Add up the money: the total rows, and the other rows by their labels; in the unit of the first table."""
    rows: dict[str, list[_Source]] = {}
    for part, card in enumerate(cards):
        for key, source in _sources(part, card):
            rows.setdefault(key, []).append(source)
    return tuple(_row(found, len(cards), is_total=key == _TOTAL) for key, found in rows.items())


def _sources(part: int, card: Scorecard) -> Iterator[tuple[str, _Source]]:
    funding, unit = card.evaluation.funding, unit_of_money(card.evaluation)
    total = total_row(funding)[0] if funding else None
    for number, row in enumerate(funding):
        label = plain_name(row.label).removeprefix("其中")
        yield _TOTAL if number == total else label or "其中", _Source(part, number, row, unit)


def _row(found: Sequence[_Source], count: int, *, is_total: bool) -> AggregatedFunding:
    parts = [source.part for source in found]
    missing = tuple(part for part in range(count) if part not in parts)
    doubled = tuple(sorted({part for part in parts if parts.count(part) > 1}))
    columns = ((name, _amount(found, name, doubled)) for name in _AMOUNTS)
    cells = {name: cell for name, cell in columns if cell is not None}
    weight, differing = agreed_weight([(source.part, source.row.weight) for source in found])
    remarks = [
        (Obstacle.MISSING_ROW, missing),
        (Obstacle.DUPLICATE_ROW, doubled),
        (Obstacle.WEIGHTS_DIFFER, differing),
    ]
    amounts = {name: cell.text for name, cell in cells.items()}
    return AggregatedFunding(
        Funding(label=found[0].row.label, weight=weight, **amounts),
        MappingProxyType(cells),
        is_total,
        tuple(Remark(obstacle, at) for obstacle, at in remarks if at),
    )


def _amount(found: Sequence[_Source], name: str, doubled: tuple[int, ...]) -> AggregatedCell | None:
    """Add up one column; None where no table has it."""
    cells: list[AmountCell | None] = [getattr(source.row, name) for source in found]
    if not any(cells):
        return None
    if doubled:
        return AggregatedCell(obstacle=Obstacle.DUPLICATE_ROW, at=doubled)
    obstacles = [(_obstacle(cell), source.part) for cell, source in zip(cells, found, strict=True)]
    for obstacle in (Obstacle.BLANK, Obstacle.UNREADABLE):
        if at := tuple(part for reason, part in obstacles if reason is obstacle):
            return AggregatedCell(obstacle=obstacle, at=at)
    given = [_given(source, cell) for source, cell in zip(found, cells, strict=True) if cell is not None]
    if without := tuple(one.contribution.part for one in given if one.quantities[0].unit.is_absent):
        return AggregatedCell(obstacle=Obstacle.UNIT_UNKNOWN, at=without)
    made = combine_numbers(given, _MONEY)
    if made.method is not Method.SUM:
        return made
    made, _ = written(_in(found[0].unit, made), AggregatedCell(), 2)
    return attrs.evolve(made, text=made.text.removesuffix(made.unit.symbol))


def _obstacle(cell: AmountCell | None) -> Obstacle | None:
    if cell is None or isinstance(cell.value, Missing):
        return Obstacle.BLANK
    return None if isinstance(cell.value, Quantity) else Obstacle.UNREADABLE


def _given(source: _Source, cell: AmountCell) -> Given:
    quantity = cell.value
    assert isinstance(quantity, Quantity)  # noqa: S101 - blank and unreadable amounts were sorted out
    quantity = quantity.with_unit(quantity.unit.completed_by(source.unit))
    return Given(Contribution(source.part, source.number, cell.text), Comparison(None, quantity), (quantity,))


def _in(unit: Unit, cell: AggregatedCell) -> AggregatedCell:
    """Give the amounts in the unit of the heading, which the amount of the first table may not be in."""
    scale = Fraction(cell.unit.numerator * unit.denominator, cell.unit.denominator * unit.numerator)
    contributions = tuple(
        attrs.evolve(one, values=tuple(value * scale for value in one.values)) for one in cell.contributions
    )
    values = tuple(value * scale for value in cell.values)
    return attrs.evolve(cell, unit=unit, values=values, contributions=contributions)


def agreed_weight(cells: Sequence[tuple[int, NumberCell | None]]) -> tuple[str | None, tuple[int, ...]]:
    """Give the weight that all tables print, or none and the tables that print another than the first."""
    first = _weight(cells[0][1])
    differing = tuple(part for part, cell in cells if _weight(cell) != first)
    return (None if differing or first is None else f"{first:f}"), differing


def _weight(cell: NumberCell | None) -> Decimal | None:
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None
