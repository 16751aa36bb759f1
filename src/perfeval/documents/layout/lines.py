"""Lines of a document: the rows of its grids with positions that can be compared from page to page."""

from __future__ import annotations

__all__ = ["Line", "Slot", "column_count", "join_lines", "lines_of", "name_text", "positions_of"]

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from perfeval.documents.grid import Grid, GridCell
from perfeval.findings import Location

_WIDTH = 1000.0  # exact: a position on a page, in thousandths of the table's width
PAGE_TOLERANCE = 6.0  # exact: half a millimetre to a millimetre of a page's width
_COUNTED_TOLERANCE = 0.01  # exact: positions that are counted columns agree exactly

_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*")
_CJK_GAP = re.compile(
    "(?<=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])[^\\S\n]+(?=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])"
)
_LATIN = re.compile(r"[A-Za-z,.;:]\n[A-Za-z]")


@attrs.frozen
class Slot:
    """One printed cell of a line: its column in the grid, how many it covers, and where it runs across the table."""

    text: str
    column: int
    wide: int
    start: float  # exact: a position, never an amount
    stop: float  # exact: the same
    rows: int
    place: Location


@attrs.frozen(slots=False)
class Line:
    """One row of a grid. ``piece`` numbers the grids of a document.

    ``moved`` says that its slots were put under a header by what they hold.
    """

    slots: tuple[Slot, ...]
    place: Location
    piece: int
    aligned: bool
    tolerance: float  # exact: a distance between positions
    is_first: bool
    is_last: bool
    moved: bool = False

    @cached_property
    def printed(self) -> tuple[Slot, ...]:
        """The slots that hold something."""
        return tuple(slot for slot in self.slots if slot.text)


def lines_of(grid: Grid, piece: int, positions: Sequence[float] | None = None) -> Iterator[Line]:
    """Give the lines of a grid; positions run from 0 to 1000 where columns are true, else count fields.

    ``positions`` are those of the column boundaries where the grid goes on with the table of another page.
    """
    positions = positions or positions_of(grid)
    tolerance = PAGE_TOLERANCE if grid.edges and grid.aligned else _COUNTED_TOLERANCE
    last = len(grid.rows) - 1
    for index, row in enumerate(grid.rows):
        slots = tuple(_slot(cell, positions) for cell in row.cells)
        yield Line(slots, row.place, piece, grid.aligned, tolerance, index == 0, index == last)


def column_count(grid: Grid) -> int:
    """Give how many columns the cells of a grid reach over."""
    return max((cell.stop for row in grid.rows for cell in row.cells), default=1)


def positions_of(grid: Grid) -> list[float]:  # exact: positions on a page
    """Give the positions of the column boundaries of a grid."""
    count = column_count(grid)
    if not grid.aligned:
        return list(range(count + 1))
    edges = grid.edges
    if edges is None or len(edges) <= count or edges[-1] <= edges[0]:
        return [column * _WIDTH / count for column in range(count + 1)]
    width = edges[-1] - edges[0]
    return [(edge - edges[0]) * _WIDTH / width for edge in edges]


def _slot(cell: GridCell, positions: Sequence[float]) -> Slot:  # exact: positions on a page
    text = cell.text.strip()
    return Slot(
        text,
        cell.column,
        cell.column_span,
        positions[cell.column],
        positions[cell.stop],
        cell.row_span,
        cell.place,
    )


def join_lines(text: str) -> str:
    """Undo line ends inside a value: nothing between CJK or digits, a space between Latin words."""
    if "\n" not in text:
        return text.strip()
    return _BREAK.sub("", _LATIN.sub(lambda found: found[0].replace("\n", " "), text)).strip()


def name_text(text: str) -> str:
    """Undo what wrapping left in a name or a word: line ends, and spaces between Chinese characters."""
    return _CJK_GAP.sub("", join_lines(text))
