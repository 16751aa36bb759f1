"""A table of a Word document as a grid: merged cells whole, hidden and deleted ones left out."""

from __future__ import annotations

__all__ = ["Table", "read_table"]

from collections import Counter
from itertools import accumulate

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.grid import Grid, GridCell, GridRow
from perfeval.documents.limits import Meter
from perfeval.documents.shown import NOT_TEXT, STRUCK, UNEVEN, UNKNOWN_CHARACTER, doubt
from perfeval.documents.word.lines import UNKNOWN, read_line
from perfeval.documents.word.markup import (
    CHUNK,
    DELETED,
    TBL,
    TC,
    TC_PROPERTIES,
    TR,
    TR_PROPERTIES,
    VAL,
    P,
    W,
    content_of,
    is_on,
    number_of,
)
from perfeval.findings import Finding, Location


@attrs.frozen
class Table:
    """A table as a grid, None where it has no row; and what is read after it."""

    grid: Grid | None
    inner: tuple[Element, ...]
    """Tables, boxes and pages in its cells."""
    notes: tuple[tuple[str, str], ...]
    """Kind and number of the notes that its cells refer to."""
    findings: tuple[Finding, ...]


def read_table(table: Element, place: Location, vanishing: frozenset[str], meter: Meter) -> Table:
    """Read the rows and cells of a table; ``vanishing`` are the hidden styles."""
    rows = _Rows(vanishing, meter)
    for element in content_of(table):
        if element.tag == TR:
            rows.add(element, attrs.evolve(place, row=len(rows.rows) + 1))
    grid = rows.grid(table, place)
    return Table(grid, tuple(rows.inner), tuple(rows.notes), tuple(rows.findings))


@attrs.define
class _Slot:
    """One cell of one row of the table as stored; those that are merged with it downwards add to ``rows``."""

    element: Element
    column: int
    columns: int
    merge: str | None
    place: Location
    text: str = ""
    rows: int = 1

    def cell(self) -> GridCell:
        """Give it as it is now, whole."""
        return GridCell(self.text, self.column, self.place, self.rows, self.columns)


@attrs.define
class _Rows:
    """The rows of a table while they are read."""

    vanishing: frozenset[str]
    meter: Meter
    rows: list[tuple[list[_Slot], Location]] = attrs.Factory(list)
    widths: list[int] = attrs.Factory(list)
    """The columns of each row."""
    above: dict[int, _Slot] = attrs.Factory(dict)
    """The cells that go on below, if the row below says so."""
    inner: list[Element] = attrs.Factory(list)
    notes: list[tuple[str, str]] = attrs.Factory(list)
    findings: list[Finding] = attrs.Factory(list)

    def add(self, row: Element, place: Location) -> None:
        """Read a row, if it is shown."""
        found = _slots(row, place)
        if found is None:
            return
        slots, width = found
        self.meter.cells(width)
        self.widths.append(width)
        own: list[_Slot] = []
        open_below: dict[int, _Slot] = {}
        for slot in slots:
            anchor = self.above.get(slot.column) if slot.merge == "continue" else None
            if anchor is not None and anchor.columns == slot.columns:
                anchor.rows += 1
            else:
                anchor = slot
                slot.text = self._cell_text(slot.element, place)
                own.append(slot)
            if slot.merge is not None:
                open_below[slot.column] = anchor
        self.above = open_below
        self.rows.append((own, place))

    def _cell_text(self, cell: Element, place: Location) -> str:
        texts: list[str] = []
        mark_gone = False
        has_picture = False
        for element in content_of(cell):
            if element.tag == P:
                line, next_joins = read_line(element, self.vanishing)
                text = "".join(line.pieces)
                if mark_gone and texts:
                    texts[-1] += text
                else:
                    texts.append(text)
                mark_gone = next_joins
                self.inner.extend(line.boxes)
                self.notes.extend(line.notes)
                has_picture |= line.has_picture
                if line.has_object:
                    self.findings.append(doubt(NOT_TEXT, place))
                if line.is_struck:
                    self.findings.append(doubt(STRUCK, place))
            elif element.tag in {TBL, CHUNK}:
                self.inner.append(element)
                mark_gone = False
        text = self.meter.text("\n".join(texts).strip("\n"))
        if has_picture and not text.strip():
            self.findings.append(doubt(NOT_TEXT, place))
        if UNKNOWN.search(text):
            self.findings.append(doubt(UNKNOWN_CHARACTER, place))
        return text

    def grid(self, table: Element, place: Location) -> Grid | None:
        """Give the grid of the rows read, None if there are none."""
        if not self.widths:
            return None
        usual = Counter(self.widths).most_common(1)[0][0]
        uneven = next(
            (at for (_own, at), width in zip(self.rows, self.widths, strict=True) if width != usual), None
        )
        if uneven is not None:
            self.findings.append(doubt(UNEVEN, uneven))
        columns = [number_of(column, f"{W}w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        edges = None
        if len(columns) == max(self.widths) and all(columns):
            edges = tuple(twips / 20 for twips in accumulate(columns, initial=0))  # exact: points on a page
        return Grid(
            tuple(GridRow(tuple(slot.cell() for slot in own), at) for own, at in self.rows),
            place,
            aligned=uneven is None,
            edges=edges,
        )


def _slots(row: Element, place: Location) -> tuple[list[_Slot], int] | None:
    """Give the cells of a row at their columns, and the columns of the row; None if it is not shown."""
    column = after = 0
    properties = row.find(TR_PROPERTIES)
    if properties is not None:
        for part in properties:
            name = part.tag.removeprefix(W)
            if part.tag in DELETED or (name == "hidden" and is_on(part)):
                return None
            if name == "gridBefore":
                column = number_of(part)
            elif name == "gridAfter":
                after = number_of(part)
    slots: list[_Slot] = []
    for element in content_of(row):
        if element.tag != TC:
            continue
        columns, merge = 1, None
        joins_left = False
        properties = element.find(TC_PROPERTIES)
        if properties is not None:
            if properties.find(f"{W}cellDel") is not None:
                continue
            columns = number_of(properties.find(f"{W}gridSpan"), least=1)
            down, across = properties.find(f"{W}vMerge"), properties.find(f"{W}hMerge")
            merge = None if down is None else down.get(VAL, "continue")
            joins_left = across is not None and across.get(VAL, "continue") == "continue"
        if joins_left and slots:
            slots[-1].columns += columns
        else:
            slots.append(_Slot(element, column, columns, merge, place))
        column += columns
    return slots, column + after
