"""The characters of a page in the cells of its tables: grids, and what is doubtful in them."""

from __future__ import annotations

__all__ = ["SHOWN", "grid_of", "in_cells", "runs_over", "unreadable"]

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from perfeval.documents.grid import Grid, GridCell, GridRow
from perfeval.documents.limits import Meter
from perfeval.documents.pdf.glyph import SLANTED, UNREADABLE, Glyph
from perfeval.documents.pdf.rules import Lattice, Region, without_voids
from perfeval.documents.pdf.shapes import Box
from perfeval.documents.pdf.text import cell_text
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_UNREADABLE_CELL = Wording(
    "PE022",
    "有 {count} 个字符无法识别（字体没有注明编码），请取得 Word 或 Excel 原件：{text}",
    "{count} characters cannot be told, their font does not name them; get the Word or Excel file: {text}",
)
_NO_RECTANGLE = Wording(
    "PE024",
    "表格线不完整，单元格边界无法确定，已按行拆开：{text}",
    "rules are missing and the bounds of a cell are uncertain; it was split by rows: {text}",
)
_ACROSS = Wording(
    "PE026",
    "文字越过了表格线，可能被分到相邻单元格，请核对：{text}",
    "text runs over a rule and may have been split between two cells, check it: {text}",
)

_TOUCHING = 0.1  # exact: share of the size; characters nearer to each other are one run of text
_STRUCK = 0.25  # exact: share of the size; a rule so near to the middle of a character goes through it
SHOWN = 30
"""Characters of a text that a message quotes."""


def in_cells(
    glyphs: Iterable[Glyph], tables: list[Lattice]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Give the characters in each cell of each table, and those outside; the innermost table takes a character.

    Text across the page is a stamp or watermark over the tables and belongs to no cell.
    """
    inside: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in tables]
    outside = []
    innermost = sorted(range(len(tables)), key=lambda at: tables[at].ys[-1] - tables[at].ys[0])
    for glyph in glyphs:
        for at in innermost if glyph.direction != SLANTED else ():
            cell = tables[at].find(glyph.middle_x, glyph.middle_y)
            if cell is not None:
                inside[at][cell].append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def grid_of(
    table: Lattice, glyphs: dict[int, list[Glyph]], place: Location, meter: Meter
) -> tuple[Grid, list[Finding]]:
    """Give the grid of a table with these characters in its cells, and what is doubtful in it."""
    rows = []
    findings = []
    filled = {number for number, some in glyphs.items() if any(glyph.text.strip() for glyph in some)}
    begun: defaultdict[int, list[tuple[int, Region]]] = defaultdict(list)
    for number, region in without_voids(table, filled):
        begun[region.row].append((number, region))
    for row in range(max(begun) + 1):
        row_place = Location(file=place.file, page=place.page, row=row + 1)
        meter.cells(len(begun[row]))
        cells = []
        for number, region in begun[row]:
            text = meter.text(cell_text(glyphs.get(number, []), _outline(table, table.regions[number])))
            if not text and number in table.bare:
                continue
            if UNREADABLE in text:
                findings.append(unreadable(text, row_place))
            if not region.whole:
                message = _NO_RECTANGLE(text=text[:SHOWN])
                findings.append(Finding(message, FindingClass.READING, Severity.WARNING, (row_place,)))
            spans = region.row_stop - region.row, region.column_stop - region.column
            cells.append(GridCell(text, region.column, row_place, *spans))
        rows.append(GridRow(tuple(cells), row_place))
    return Grid(tuple(rows), place, edges=table.xs), findings


def _outline(table: Lattice, region: Region) -> Box:
    return (
        table.xs[region.column],
        table.ys[region.row],
        table.xs[region.column_stop],
        table.ys[region.row_stop],
    )


def unreadable(text: str, place: Location) -> Finding:
    """Give the finding on a text in which characters cannot be told."""
    message = _UNREADABLE_CELL(count=text.count(UNREADABLE), text=text[:SHOWN])
    return Finding(message, FindingClass.READING, Severity.ERROR, (place,))


def runs_over(
    glyphs: Iterable[Glyph], inside: dict[int, list[Glyph]], table: Lattice, page: Location
) -> Iterator[Finding]:
    """Find the rows with characters on a rule, or printed one right after the other and in two cells."""
    over: defaultdict[int, str] = defaultdict(str)
    for number, some in inside.items():
        region = table.regions[number]
        box = _outline(table, region)
        for glyph in some:
            if glyph.text.strip() and not glyph.direction and _on_rule(glyph, box):
                over[region.row] += glyph.text
    for before, glyph in pairwise(glyphs):
        if _touching(before, glyph):
            cells = [table.find(one.middle_x, one.middle_y) for one in (before, glyph)]
            if cells[0] != cells[1]:
                row = min(table.regions[cell].row for cell in cells if cell is not None)
                over[row] += before.text + glyph.text
    for row, text in sorted(over.items()):
        place = attrs.evolve(page, row=row + 1)
        yield Finding(_ACROSS(text=text[:SHOWN]), FindingClass.READING, Severity.WARNING, (place,))


def _on_rule(glyph: Glyph, box: Box) -> bool:
    """Say whether a rule around its cell goes through a character."""
    x0, y0, x1, y1 = box
    return (
        min(glyph.middle_y - y0, y1 - glyph.middle_y) < _STRUCK * glyph.size
        or min(glyph.middle_x - x0, x1 - glyph.middle_x) < _STRUCK * glyph.advance
    )


def _touching(before: Glyph, glyph: Glyph) -> bool:
    near = _TOUCHING * glyph.size
    return (
        before.direction == glyph.direction == 0
        and bool(before.text.strip() and glyph.text.strip())
        and abs(glyph.y - before.y) <= near
        and abs(glyph.x - before.x - before.advance) <= near
    )
