"""What a document holds before anybody knows what it means: paragraphs and grids of cells, in reading order."""

from __future__ import annotations

__all__ = ["Block", "Document", "Grid", "GridCell", "GridRow", "Paragraph"]

import attrs

from perfeval.findings import Finding, Location
from perfeval.table import Paragraph


@attrs.frozen
class GridCell:
    """One printed cell, named once at its upper left slot however many slots it covers.

    ``text`` is what the page shows: a stored 0.9839 in a percent format is ``98.39%``. A line end that the
    writer typed is a line break; one that only wraps the line is not there. ``raw`` is the stored value where it
    differs from the text, and ``number_format`` how the one became the other.
    """

    text: str
    column: int
    place: Location
    row_span: int = 1
    column_span: int = 1
    raw: str | None = None
    number_format: str | None = None

    @property
    def stop(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.column_span


@attrs.frozen
class GridRow:
    """One row: the cells that begin in it, from left to right. Slots that a merged cell covers have none."""

    cells: tuple[GridCell, ...]
    place: Location


@attrs.frozen
class Grid:
    """One ruled or separated table of a page, sheet or text, before rows broken over pages are glued.

    ``aligned`` says that columns are true positions (a ruled page, a workbook, HTML with its spans). Where it
    is false they are only counted by separators, and a row may have lost or gained cells. ``edges`` are the
    positions of the column boundaries, one more than columns, in points: the pieces of a table on several
    pages are put together by them.
    """

    rows: tuple[GridRow, ...]
    place: Location
    aligned: bool = True
    edges: tuple[float, ...] | None = None  # exact: positions on a page, never an amount


Block = Paragraph | Grid


@attrs.frozen
class Document:
    """The blocks of one document in reading order, and what its reader had to say of them."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
