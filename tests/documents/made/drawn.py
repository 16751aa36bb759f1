"""Drawn tables: rows of cells with spans, and what page breaks and converters do to them."""

from __future__ import annotations

__all__ = [
    "Block",
    "Cell",
    "Drawn",
    "PageBreak",
    "Paragraph",
    "cut",
    "heading_apart",
    "joined",
    "map_body",
    "slots",
    "texts",
    "widths",
    "with_column",
    "without_column",
]

from collections.abc import Callable

import attrs


@attrs.frozen
class Cell:
    """One cell, named at its upper left slot."""

    text: str
    row_span: int = 1
    column_span: int = 1


@attrs.frozen
class Drawn:
    """A table: ``header`` rows of the indicator table stand at ``header_at``, its rows in ``body``."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    header_at: tuple[int, int] = (0, 1)
    body: tuple[int, int] = (1, 1)
    has_side: bool = False
    is_continued: bool = False
    moved: int = 0  # columns that a continuation has lost on the left: it is set to the right by so many
    extra_at: int = -1  # the column that a continuation has gained


@attrs.frozen
class Paragraph:
    """A paragraph; level 1 is a title."""

    text: str
    level: int = 0


@attrs.frozen
class PageBreak:
    """A new page, or a new sheet with this name."""

    sheet: str = ""


Block = Paragraph | Drawn | PageBreak
Slots = list[list[tuple[int, int, Cell]]]


def slots(drawn: Drawn) -> Slots:
    """Give for every slot the row and column where its cell begins, and the cell."""
    found: dict[tuple[int, int], tuple[int, int, Cell]] = {}
    for row, cells in enumerate(drawn.rows):
        column = 0
        for cell in cells:
            while (row, column) in found:
                column += 1
            for down in range(cell.row_span):
                for right in range(cell.column_span):
                    assert (row + down, column + right) not in found, (row, column, cell)
                    found[row + down, column + right] = (row, column, cell)
    wanted = {(row, column) for row in range(len(drawn.rows)) for column in range(drawn.columns)}
    assert set(found) == wanted, sorted(set(found) ^ wanted)[:5]
    return [[found[row, column] for column in range(drawn.columns)] for row in range(len(drawn.rows))]


def _from_slots(drawn: Drawn, grid: Slots) -> Drawn:
    """Build a table from slots whose spans are to be counted anew: equal origins are one cell."""
    rows: list[tuple[Cell, ...]] = []
    for row, line in enumerate(grid):
        cells: list[Cell] = []
        for column, slot in enumerate(line):
            origin, text = slot[:2], slot[2].text
            is_above = row > 0 and grid[row - 1][column][:2] == origin
            is_left = column > 0 and line[column - 1][:2] == origin
            if is_above or is_left:
                continue
            wide = sum(1 for other in line if other[:2] == origin)
            high = sum(1 for other in grid if other[column][:2] == origin)
            cells.append(Cell(text, high, wide))
        rows.append(tuple(cells))
    return attrs.evolve(drawn, rows=tuple(rows), columns=len(grid[0]))


def without_column(drawn: Drawn, index: int) -> Drawn:
    """Leave a column out, with the cells that stand in it alone."""
    grid = [[slot for at, slot in enumerate(line) if at != index] for line in slots(drawn)]
    return _from_slots(attrs.evolve(drawn, has_side=drawn.has_side and index != 0), grid)


def with_column(drawn: Drawn, index: int) -> Drawn:
    """Put an empty column before ``index``; cells that reach over it grow."""
    grid = []
    for row, line in enumerate(slots(drawn)):
        is_inside = line[index - 1][:2] == line[index][:2]
        new = line[index] if is_inside else (row, -1, Cell(""))
        grid.append([*line[:index], new, *line[index:]])
    return _from_slots(drawn, grid)


def map_body(drawn: Drawn, change: Callable[[int, int, str], str], *, first: int | None = None) -> Drawn:
    """Change the texts of the indicator rows (from row ``first``): ``change(row, place in row, text)``."""
    start = drawn.body[0] if first is None else first
    rows = tuple(
        tuple(attrs.evolve(cell, text=change(row, at, cell.text)) for at, cell in enumerate(cells))
        if start <= row < drawn.body[1]
        else cells
        for row, cells in enumerate(drawn.rows)
    )
    return attrs.evolve(drawn, rows=rows)


def _halves(text: str) -> tuple[str, str]:
    """Tear a text as a page end tears a cell: words only, never a number."""
    if len(text) < 5 or any(sign.isdigit() or sign in "<>=≥≤%" for sign in text):
        return text, ""
    return text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]


def _torn(drawn: Drawn, row: int) -> Drawn:
    """Make two rows of one, the second with the lower half of every long cell."""
    upper, lower = [], []
    for cell in drawn.rows[row]:
        if cell.row_span > 1:
            upper.append(attrs.evolve(cell, row_span=cell.row_span + 1))
            continue
        first, second = _halves(cell.text)
        upper.append(attrs.evolve(cell, text=first))
        lower.append(attrs.evolve(cell, text=second))
    rows = []
    for index, cells in enumerate(drawn.rows):
        if index < row:
            rows.append(
                tuple(
                    attrs.evolve(cell, row_span=cell.row_span + 1) if index + cell.row_span > row else cell
                    for cell in cells
                )
            )
        elif index == row:
            rows += [tuple(upper), tuple(lower)]
        else:
            rows.append(cells)
    return attrs.evolve(drawn, rows=tuple(rows), body=(drawn.body[0], drawn.body[1] + 1))


def cut(drawn: Drawn, row: int, *, inside: bool = False, header: bool = False) -> tuple[Drawn, Drawn]:
    """Break a table before a row, or inside it; the header may be printed again on the new page.

    Cells that reach over the break are empty below it, as Word and LibreOffice print them.
    """
    whole = _torn(drawn, row) if inside else drawn
    at = row + 1 if inside else row
    grid = slots(whole)
    top = _from_slots(attrs.evolve(whole, body=(whole.body[0], at)), grid[:at])
    emptied = [[(r, c, cell if r >= at else Cell("")) for r, c, cell in line] for line in grid[at:]]
    before: Slots = []
    if header:
        start, stop = whole.header_at
        before = [
            [
                (r - 10_000, c, attrs.evolve(cell, text="") if c == 0 and whole.has_side else cell)
                for r, c, cell in line
            ]
            for line in grid[start:stop]
        ]
        if whole.has_side:  # the side label's cell goes on beside the repeated header
            before = [[(at - 1, 0, Cell("")), *line[1:]] for line in before]
            emptied = [[(at - 1, 0, Cell("")) if line[0][0] < at else line[0], *line[1:]] for line in emptied]
    height = len(before)
    rest = attrs.evolve(
        whole,
        is_continued=True,
        header_at=(0, height),
        body=(height, max(height, whole.body[1] - at + height)),
    )
    return top, _from_slots(rest, before + emptied)


def joined(upper: Drawn, lower: Drawn) -> Drawn:
    """Put two tables into one without a gap, the narrower one widened in its last cells."""
    columns = max(upper.columns, lower.columns)
    rows: list[tuple[Cell, ...]] = []
    for drawn in (upper, lower):
        missing = columns - drawn.columns
        grid = [[*line, *[line[-1]] * missing] for line in slots(drawn)]
        rows += _from_slots(drawn, grid).rows
    return attrs.evolve(upper, rows=tuple(rows), columns=columns)


def heading_apart(drawn: Drawn) -> tuple[Drawn, Drawn]:
    """Give the heading and the indicator table as two tables."""
    start, stop = drawn.header_at
    top, rest = cut(drawn, start)
    height = stop - start
    rest = attrs.evolve(
        rest, header_at=(0, height), body=(height, height + drawn.body[1] - drawn.body[0]), is_continued=False
    )
    return attrs.evolve(top, header_at=(0, 0), body=(0, 0)), rest


def texts(drawn: Drawn) -> list[list[str]]:
    """Give one text a slot: a merged cell's in its first slot, nothing in the others."""
    return [
        [cell.text if (row, column) == (r, c) else "" for column, (r, c, cell) in enumerate(line)]
        for row, line in enumerate(slots(drawn))
    ]


def widths(drawn: Drawn, whole: int, before: list[int]) -> list[int]:
    """Share a width out among the columns, by what stands in cells of one column.

    A continuation has the columns of the piece ``before`` it, less or more the ones lost or gained.
    """
    if drawn.is_continued:
        sizes = before[drawn.moved :]
        if drawn.extra_at > 0:
            halved = sizes[drawn.extra_at - 1]
            sizes[drawn.extra_at - 1 : drawn.extra_at] = [halved - halved // 2, halved // 2]
        return sizes
    longest = [5] * drawn.columns
    for row, line in enumerate(slots(drawn)):
        for column, (r, c, cell) in enumerate(line):
            if (row, column) == (r, c) and cell.column_span == 1:
                longest[column] = max(longest[column], min(len(cell.text), 14))
    if drawn.has_side:
        longest[0] = 5
    return [whole * share // sum(longest) for share in longest]
