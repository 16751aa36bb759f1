"""A table of a page as a grid: its cells at the slots that the HTML standard gives them."""

from __future__ import annotations

__all__ = ["grid_of"]

import re

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.grid import Grid, GridCell, GridRow
from perfeval.documents.limits import Meter
from perfeval.documents.shown import NOT_TEXT, STRUCK, UNEVEN, UNKNOWN_CHARACTER, doubt
from perfeval.documents.web.pieces import text_of
from perfeval.findings import Finding, Location

_STRUCK_TAGS = ("s", "strike", "del")
_MOST_COLUMNS = 1000  # what the HTML standard allows a colspan
_STATED_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"]*\"|'[^']*'|[^;]*)", re.IGNORECASE)
_COUNT = re.compile(r"\s*\+?(\d{1,9})")


def grid_of(
    groups: list[list[list[Element]]], place: Location, meter: Meter
) -> tuple[Grid, tuple[Finding, ...]]:
    """Give the grid of a table, whose cells are given by row group and row, and what is doubtful in it."""
    table = _Table(place, meter)
    for group in groups:
        table.add(group)
    if table.overlapping:
        table.findings.append(doubt(UNEVEN, place))
    grid = Grid(_without_empty_columns(table.rows), place, aligned=not table.overlapping)
    return grid, tuple(table.findings)


@attrs.define
class _Table:
    """A table while its rows are added."""

    place: Location
    meter: Meter
    rows: list[GridRow] = attrs.Factory(list)
    findings: list[Finding] = attrs.Factory(list)
    overlapping: bool = False

    def add(self, group: list[list[Element]]) -> None:
        """Add the rows of a group with the slots that the standard gives their cells."""
        taken: dict[int, int] = {}  # column to rows still covered from above
        for index, elements in enumerate(group):
            row_place = attrs.evolve(self.place, row=len(self.rows) + 1)
            below: dict[int, int] = {}
            cells = []
            column = 0
            for element in elements:
                while column in taken:
                    column += 1
                wanted = min(max(_span(element, "colspan"), 1), _MOST_COLUMNS)
                width = wanted
                if taken and wanted > 1:
                    width = next((free for free in range(1, wanted) if column + free in taken), wanted)
                self.overlapping |= width < wanted
                height = min(_span(element, "rowspan") or len(group), len(group) - index)
                cells.append(self._cell(element, column, row_place, height, width))
                if height > 1:
                    below.update(dict.fromkeys(range(column, column + width), height))
                column += width
            self.meter.cells(len(taken) + column)
            taken = {at: left - 1 for at, left in (taken | below).items() if left > 1}
            self.rows.append(GridRow(tuple(cells), row_place))

    def _cell(self, element: Element, column: int, place: Location, height: int, width: int) -> GridCell:
        text = self.meter.text(text_of(element))
        if "\ufffd" in text:
            self.findings.append(doubt(UNKNOWN_CHARACTER, place))
        if len(element):
            if not text and next(element.iter("img"), None) is not None:
                self.findings.append(doubt(NOT_TEXT, place))
            if next(element.iter(*_STRUCK_TAGS), None) is not None:
                self.findings.append(doubt(STRUCK, place))
        raw = element.get("x:num") or element.get("sdval") or None
        raw = None if raw == text else raw
        shown_by = _number_format(element) if raw is not None else None
        return GridCell(text, column, place, height, width, raw, shown_by)


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    found = _COUNT.match(written) if written else None
    return int(found[1]) if found else 1


def _number_format(cell: Element) -> str | None:
    """Give the number format that LibreOffice (sdnum) or Excel (a style) wrote to a cell."""
    written = cell.get("sdnum")
    if written is not None:
        return written.split(";", 2)[2] if written.count(";") >= 2 else None
    found = _STATED_FORMAT.search(cell.get("style") or "")
    return found[1].strip("\"' ").replace("\\", "") or None if found else None


def _without_empty_columns(rows: list[GridRow]) -> tuple[GridRow, ...]:
    """Cut off the columns at the right in which no cell begins: a colspan of 100 means the whole width."""
    columns = 1 + max((cell.column for row in rows for cell in row.cells), default=0)
    return tuple(
        attrs.evolve(
            row,
            cells=tuple(
                attrs.evolve(cell, column_span=columns - cell.column) if cell.stop > columns else cell
                for cell in row.cells
            ),
        )
        if any(cell.stop > columns for cell in row.cells)
        else row
        for row in rows
    )
