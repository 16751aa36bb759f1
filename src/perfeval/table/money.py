"""In which unit the money of a table is written (docs/semantics.md §2)."""

from __future__ import annotations

__all__ = ["first_unit", "heading_unit", "unit_of_money", "whole_unit"]

import re
from collections.abc import Iterable
from functools import lru_cache

from perfeval.table.cells import AmountCell
from perfeval.table.model import Evaluation
from perfeval.values import DEFAULT_UNITS, NO_UNIT, Quantity, Unit, squash

_HEADING = re.compile(r"^(?:金额)?单位:?|[()]")


@lru_cache(64)  # forms print the same few headings
def heading_unit(text: str | None) -> Unit:
    """Give the unit of a heading (``金额单位：万元``); none where it holds no unit of money."""
    unit = DEFAULT_UNITS.whole(_HEADING.sub("", squash(text or "")))
    return unit if unit is not None and unit.dimension == "money" else NO_UNIT


def first_unit(cells: Iterable[AmountCell | None]) -> Unit:
    """Give the first unit of money that a cell has of its own, for forms without a heading."""
    values = (cell.value for cell in cells if cell is not None)
    units = (value.unit for value in values if isinstance(value, Quantity) and not value.unit.is_absent)
    unit = next(units, None)
    return NO_UNIT if unit is None else whole_unit(unit)


def whole_unit(unit: Unit) -> Unit:
    """Give 5.8万 its 元."""
    return unit.completed_by(DEFAULT_UNITS.names["元"])


def unit_of_money(table: Evaluation) -> Unit:
    """Give the unit of a table's money: the heading's, else the first that a cell has of its own."""
    unit = heading_unit(table.amount_unit)
    if not unit.is_absent:
        return unit
    return first_unit(cell for row in table.funding for cell in (row.adjusted, row.executed, row.initial))
