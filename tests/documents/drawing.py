"""Grids drawn as text, for tests of the layout: ``|`` parts cells, ``<`` belongs to the left, ``^`` to above."""

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow
from perfeval.findings import Location
from perfeval.table import Paragraph


def drawn(
    text: str, *, page: int | None = None, aligned: bool = True, edges: tuple[float, ...] | None = None
) -> Grid:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    place = Location(file="f", page=page)

    def spans(row: int, column: int) -> tuple[int, int]:
        wide = 1
        while column + wide < len(rows[row]) and rows[row][column + wide] == "<":
            wide += 1
        high = 1
        while row + high < len(rows) and column < len(rows[row + high]) and rows[row + high][column] == "^":
            high += 1
        return high, wide

    made = []
    for number, cells in enumerate(rows):
        found = []
        for column, cell in enumerate(cells):
            if cell not in {"<", "^"}:
                high, wide = spans(number, column) if aligned else (1, 1)
                where = Location(file="f", page=page, row=number + 1, column=column + 1)
                found.append(GridCell(cell.replace("\\n", "\n"), column, where, high, wide))
        made.append(GridRow(tuple(found), Location(file="f", page=page, row=number + 1)))
    return Grid(tuple(made), place, aligned, edges)


def document(*blocks: Grid | str) -> Document:
    """A string is a paragraph."""
    made: list[Block] = [
        Paragraph(block, Location(file="f", line=number)) if isinstance(block, str) else block
        for number, block in enumerate(blocks)
    ]
    return Document(tuple(made))
