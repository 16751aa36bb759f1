"""What the readers of workbooks share: from stored cells, merged ranges and hidden lines to the printed grid."""

from __future__ import annotations

__all__ = [
    "ERROR_SHOWN",
    "FORMAT_UNKNOWN",
    "NOT_CALCULATED",
    "Content",
    "Hidden",
    "Merge",
    "Sheet",
    "hidden_sheet",
    "number_content",
    "printed",
]

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

import attrs

from perfeval.documents.excel.formatcode import GENERAL
from perfeval.documents.excel.numberformat import general, shown
from perfeval.documents.grid import Grid, GridCell, GridRow
from perfeval.documents.limits import Meter
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Message, Wording

_HIDDEN_SHEET = Wording(
    "PE035", "工作表“{sheet}”是隐藏的，未读", "the sheet '{sheet}' is hidden and was not read"
)
_HIDDEN_ROWS = Wording(
    "PE036",
    "第 {lines} 行是隐藏的，打印不出，未读",
    "hidden rows are not printed and were not read: {lines}",
)
_HIDDEN_COLUMNS = Wording(
    "PE036",
    "{lines} 列是隐藏的，打印不出，未读",
    "hidden columns are not printed and were not read: {lines}",
)
FORMAT_UNKNOWN = Wording(
    "PE037",
    "数字格式“{format}”无法还原，单元格按存储的数值读取，可能与打印的不同",
    "the number format '{format}' cannot be rendered; the stored number was read and may differ from the print",
)
NOT_CALCULATED = Wording(
    "PE038",
    "公式没有保存计算结果，按空单元格读取；请先用 Excel 或 WPS 打开并保存",
    "the formula has no saved result and was read as an empty cell; open and save the file in Excel or WPS first",
)
ERROR_SHOWN = Wording("PE039", "单元格显示错误值 {error}", "the cell shows the error {error}")

_CACHED = 16_384


@attrs.frozen
class Content:
    """What one stored cell shows, and what is to be said of it."""

    text: str
    raw: str | None = None
    number_format: str | None = None
    remark: Message | None = None


@attrs.frozen
class Merge:
    """A merged range; rows and columns count from 0, and the last ones belong to it."""

    row: int
    column: int
    last_row: int
    last_column: int


class Hidden:
    """The hidden rows or columns of a sheet, as runs, so that a whole hidden sheet costs nothing."""

    def __init__(self, runs: Iterable[tuple[int, int]] = ()) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._before: list[int] = []
        count = 0
        for first, last in sorted(runs):
            if self._lasts and first <= self._lasts[-1] + 1:
                count += max(last - self._lasts[-1], 0)
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._before.append(count)
                self._firsts.append(first)
                self._lasts.append(last)
                count += last - first + 1

    def next_visible(self, line: int) -> int:
        """Give the first line from here on that is visible."""
        run = bisect_right(self._firsts, line) - 1
        return self._lasts[run] + 1 if run >= 0 and line <= self._lasts[run] else line

    def position(self, line: int) -> int:
        """Give how many visible lines come before this one."""
        run = bisect_left(self._firsts, line) - 1
        if run < 0:
            return line
        return line - self._before[run] - (min(self._lasts[run], line - 1) - self._firsts[run] + 1)


@attrs.frozen
class Sheet:
    """A sheet as stored: cells by row and column (counted from 0), merged ranges and what is hidden."""

    name: str
    cells: dict[int, dict[int, Content]]
    merges: Sequence[Merge]
    hidden_rows: Hidden
    hidden_columns: Hidden


@lru_cache(_CACHED)
def _column_name(column: int) -> str:
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def number_content(value: Decimal, number_format: str, *, date1904: bool) -> Content:
    """Give what a number shows under its format."""
    stored = general(value)
    if number_format == GENERAL:
        return Content(stored)
    text = shown(value, number_format, date1904=date1904)
    if text is None:
        return Content(stored, stored, number_format, FORMAT_UNKNOWN(format=number_format))
    return Content(text) if text == stored else Content(text, stored, number_format)


def hidden_sheet(file: str, sheet: str) -> Finding:
    """Say that a sheet was skipped."""
    return _note(_HIDDEN_SHEET(sheet=sheet), Location(file=file, sheet=sheet))


def printed(sheet: Sheet, meter: Meter) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Give the grid of a sheet as it is printed, None where nothing is, and what was noticed.

    Columns count from 0. Hidden rows and columns are taken out, and what is merged over them shrinks; of
    several empty rows one is kept, as a border between tables. No cell reaches beyond the last column in
    which one begins: a title merged over the whole sheet is as wide as the tables.
    """
    cells = _uncovered(sheet, meter)
    rows = _kept_rows(cells, sheet.hidden_rows)
    lines: list[list[GridCell]] = [[] for _ in rows]
    remarks: list[tuple[Message, Location]] = []
    unseen_rows: set[int] = set()
    unseen_columns: set[int] = set()
    slots = {slot: sheet.hidden_columns.position(slot) for cell in cells for slot in (cell[1], cell[3] + 1)}
    end = max((slots[cell[1]] for cell in cells), default=0) + 1
    for row, column, last_row, last_column, content in cells:
        top = bisect_left(rows, row)
        height = bisect_right(rows, last_row, top) - top
        left = slots[column]
        width = min(slots[last_column + 1], end) - left
        if height and width:
            place = Location(file=meter.name, sheet=sheet.name, cell=f"{_column_name(column)}{row + 1}")
            cell = GridCell(content.text, left, place, height, width, content.raw, content.number_format)
            lines[top].append(cell)
            if content.remark is not None:
                remarks.append((content.remark, place))
        elif content.text or content.raw:
            (unseen_columns if height else unseen_rows).add(column if height else row)
    findings = [*_unseen(sheet.name, meter.name, unseen_rows, unseen_columns), *_grouped(remarks)]
    if not any(lines):
        return None, tuple(findings)
    grid_rows = tuple(
        GridRow(
            tuple(sorted(line, key=lambda cell: cell.column)),
            Location(file=meter.name, sheet=sheet.name, cell=f"A{number + 1}"),
        )
        for number, line in zip(rows, lines, strict=True)
    )
    return Grid(grid_rows, Location(file=meter.name, sheet=sheet.name)), tuple(findings)


_Stored = tuple[int, int, int, int, Content]  # row, column, last row, last column


def _uncovered(sheet: Sheet, meter: Meter) -> list[_Stored]:
    """Give the cells that no merged range hides, row by row, each with the end of its range."""
    anchors = {(merge.row, merge.column): merge for merge in sheet.merges}
    begins = sorted(sheet.merges, key=lambda merge: merge.row)
    found: list[_Stored] = []
    active: list[Merge] = []
    begun = 0
    empty = Content("")
    for row in sorted({*sheet.cells, *(merge.row for merge in sheet.merges)}):
        meter.clock()
        line = sheet.cells.get(row, {})
        active = [merge for merge in active if merge.last_row >= row]
        while begun < len(begins) and begins[begun].row <= row:
            active.append(begins[begun])
            begun += 1
        columns = sorted({*line, *(merge.column for merge in active if merge.row == row)})
        for column in _not_inside(columns, active, row):
            merge = anchors.get((row, column))
            last_row, last_column = (merge.last_row, merge.last_column) if merge else (row, column)
            found.append((row, column, last_row, last_column, line.get(column, empty)))
    return found


def _not_inside(columns: Sequence[int], merges: Sequence[Merge], row: int) -> Sequence[int]:
    """Leave out the columns that lie in a merged range, save where the range begins."""
    if not merges:
        return columns
    spans = sorted((merge.column, merge.last_column, merge.row) for merge in merges)
    kept = []
    edge = -1
    at = 0
    for column in columns:
        begins_here = False
        while at < len(spans) and spans[at][0] <= column:
            begins_here = begins_here or spans[at][::2] == (column, row)
            edge = max(edge, spans[at][1])
            at += 1
        if begins_here or column > edge:
            kept.append(column)
    return kept


def _kept_rows(cells: Iterable[_Stored], hidden: Hidden) -> list[int]:
    """Give the visible rows in which a cell begins, and one empty row of those between two of them."""
    seen = {visible for row, _, last_row, *_ in cells if (visible := hidden.next_visible(row)) <= last_row}
    rows: list[int] = []
    for row in sorted(seen):
        if rows and (between := hidden.next_visible(rows[-1] + 1)) < row:
            rows.append(between)
        rows.append(row)
    return rows


def _note(message: Message, *places: Location) -> Finding:
    return Finding(message, FindingClass.READING, Severity.NOTE, places)


def _unseen(sheet: str, file: str, rows: set[int], columns: set[int]) -> list[Finding]:
    """Say which rows and columns with something in them were left out."""
    findings = []
    if rows:
        place = Location(file=file, sheet=sheet, cell=f"A{min(rows) + 1}")
        lines = ", ".join(_run(str(first + 1), str(last + 1)) for first, last in _runs(rows))
        findings.append(_note(_HIDDEN_ROWS(lines=lines), place))
    if columns:
        place = Location(file=file, sheet=sheet, cell=f"{_column_name(min(columns))}1")
        lines = ", ".join(_run(_column_name(first), _column_name(last)) for first, last in _runs(columns))
        findings.append(_note(_HIDDEN_COLUMNS(lines=lines), place))
    return findings


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _runs(lines: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def _grouped(remarks: Iterable[tuple[Message, Location]]) -> list[Finding]:
    """Say the same thing of many cells of a sheet once."""
    places: dict[str, tuple[Message, list[Location]]] = {}
    for message, place in remarks:
        places.setdefault(str(message), (message, []))[1].append(place)
    return [
        Finding(message, FindingClass.READING, Severity.WARNING, tuple(where))
        for message, where in places.values()
    ]
