"""The tables that the rules of a page draw: which slots there are, and which of them make one cell."""

from __future__ import annotations

__all__ = ["Lattice", "Region", "lattices", "without_voids"]

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

import attrs

from perfeval.documents.limits import Meter
from perfeval.documents.pdf.meeting import GAP, SAME_LINE, Span, clusters, groups_of, joined_rules, merged
from perfeval.documents.pdf.shapes import Box, Rule

_LACKING = 2.5  # exact: points that a rule may lack at either end of the side of a cell
_WHOLE_PAGE = 0.92  # exact: share of a page; a frame as large is decoration


@attrs.frozen
class Region:
    """One cell: its first row and column, the first behind it, and whether its slots make a rectangle."""

    row: int
    column: int
    row_stop: int
    column_stop: int
    whole: bool = True


@attrs.frozen
class Lattice:
    """The boundaries of one table, and its cells from top to bottom and left to right."""

    xs: tuple[float, ...]  # exact: positions on a page
    ys: tuple[float, ...]  # exact: positions on a page
    regions: tuple[Region, ...]
    slots: dict[tuple[int, int], int]
    """Row and column of each slot, and the place of its cell in ``regions``."""
    bare: frozenset[int]
    """Cells that only a corner of the table bounds: they are not there unless they have text."""

    @property
    def box(self) -> Box:
        """The outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def find(self, x: float, y: float) -> int | None:
        """Give the place in ``regions`` of the cell at a position, or None."""
        return self.slots.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def lattices(rules: Sequence[Rule], width: float, height: float, meter: Meter) -> list[Lattice]:
    """Give the tables of a page from top to bottom; ``width`` and ``height`` are those of the page."""
    found = []
    for group in groups_of(joined_rules(rules), meter):
        lattice = _lattice(group, meter)
        if lattice is not None:
            found.append(lattice)
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return [lattice for lattice in found if not _is_frame(lattice, found, width, height)]


def without_voids(lattice: Lattice, filled: Collection[int]) -> list[tuple[int, Region]]:
    """Give the cells with their places in ``regions``, without rows that are none; ``filled`` have text.

    A browser ends the merged cells of a broken page elsewhere than the others, and leaves an empty strip between.
    """
    numbered = list(enumerate(lattice.regions))
    rows = len(lattice.ys) - 1
    columns = len(lattice.xs) - 1
    begun: defaultdict[int, list[tuple[int, Region]]] = defaultdict(list)
    for number, region in numbered:
        begun[region.row].append((number, region))
    for row in range(rows - 1, 0, -1):
        void = begun[row]
        covered = sum(region.column_stop - region.column for _, region in void)
        if covered < columns and all(
            number not in filled and region.row_stop == row + 1 and number not in lattice.bare
            for number, region in void
        ):
            gone = {number for number, _ in void}
            numbered = [
                (number, _without_row(region, row)) for number, region in numbered if number not in gone
            ]
    return numbered


def _without_row(region: Region, row: int) -> Region:
    return attrs.evolve(
        region,
        row=region.row - (region.row > row),
        row_stop=region.row_stop - (region.row_stop > row),
    )


def _is_frame(lattice: Lattice, others: list[Lattice], width: float, height: float) -> bool:
    """Say whether one cell only decorates: a frame around tables, or around the page."""
    if len(lattice.regions) > 1:
        return False
    x0, y0, x1, y1 = lattice.box
    around = any(
        other is not lattice
        and x0 <= other.xs[0]
        and y0 <= other.ys[0]
        and other.xs[-1] <= x1
        and other.ys[-1] <= y1
        for other in others
    )
    return around or (x1 - x0 > _WHOLE_PAGE * width and y1 - y0 > _WHOLE_PAGE * height)


def _lattice(rules: list[Rule], meter: Meter) -> Lattice | None:
    upright = _lines([rule for rule in rules if rule.upright])
    level = _lines([rule for rule in rules if not rule.upright])
    if not upright:
        return None
    xs, open_x = _boundaries(upright, level)
    ys, open_y = _boundaries(level, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > meter.limits.cells:
        meter.cells((len(xs) - 1) * (len(ys) - 1))
    walls_right = _walls(xs, upright, ys)
    walls_below = _walls(ys, level, xs)
    slots = _filled(len(ys) - 1, len(xs) - 1, walls_right, walls_below)
    return _tidied(xs, ys, slots, (open_x, open_y))


def _lines(rules: list[Rule]) -> list[tuple[float, list[Span]]]:
    """Give each line's position and the spans that are drawn of it."""
    return [
        (
            sum(rule.position for rule in group) / len(group),
            merged((rule.start, rule.stop) for rule in group),
        )
        for group in clusters(rules, lambda rule: rule.position)
    ]


def _boundaries(
    lines: list[tuple[float, list[Span]]], crossing: list[tuple[float, list[Span]]]
) -> tuple[list[float], tuple[bool, bool]]:
    """Give the positions of the lines, closed where two crossing ones or more reach beyond the last of them.

    A page break leaves cells without a lower rule, and many printed tables have no rule at the left and right.
    """
    positions = [position for position, _ in lines]
    starts = sorted(spans[0][0] for _, spans in crossing)
    stops = sorted((spans[-1][1] for _, spans in crossing), reverse=True)
    opened = [False, False]
    if len(crossing) > 1 and (not positions or starts[1] < positions[0] - SAME_LINE - GAP):
        positions.insert(0, starts[0])
        opened[0] = True
    if len(crossing) > 1 and stops[1] > positions[-1] + SAME_LINE + GAP:
        positions.append(stops[0])
        opened[1] = True
    return positions, (opened[0], opened[1])


def _walls(
    boundaries: list[float], lines: list[tuple[float, list[Span]]], crossing: list[float]
) -> set[tuple[int, int]]:
    """Give (line, slot) of every side of a slot that a rule covers; ``crossing`` are the ends of the sides."""
    spans_at = dict(lines)
    walls = set()
    for line, position in enumerate(boundaries):
        spans = spans_at.get(position, [])
        for slot, (start, stop) in enumerate(pairwise(crossing)):
            slack = min(_LACKING, (stop - start) / 4)
            at = bisect_right(spans, (start + slack, float("inf"))) - 1  # exact: behind every span from here
            if at >= 0 and spans[at][1] >= stop - slack:
                walls.add((line, slot))
    return walls


def _filled(
    rows: int, columns: int, upright: set[tuple[int, int]], level: set[tuple[int, int]]
) -> list[list[int]]:
    """Give every slot the number of its cell: slots without a wall between them are one."""
    cells = [[-1] * columns for _ in range(rows)]
    number = 0
    for row in range(rows):
        for column in range(columns):
            if cells[row][column] >= 0:
                continue
            cells[row][column] = number
            todo = [(row, column)]
            while todo:
                y, x = todo.pop()
                around = (
                    (y, x + 1, (x + 1, y) in upright),
                    (y, x - 1, (x, y) in upright),
                    (y + 1, x, (y + 1, x) in level),
                    (y - 1, x, (y, x) in level),
                )
                for down, right, wall in around:
                    inside = 0 <= down < rows and 0 <= right < columns
                    if inside and not wall and cells[down][right] < 0:
                        cells[down][right] = number
                        todo.append((down, right))
            number += 1
    return cells


def _tidied(
    xs: list[float],
    ys: list[float],
    cells: list[list[int]],
    opened: tuple[tuple[bool, bool], tuple[bool, bool]],
) -> Lattice:
    """Leave out boundaries that part no cells, and find the rectangle of each cell."""
    rows = [0] + [row for row in range(1, len(cells)) if cells[row] != cells[row - 1]]
    columns = [0] + [
        column
        for column in range(1, len(cells[0]))
        if any(line[column] != line[column - 1] for line in cells)
    ]
    places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            places[cells[row][column]].append((y, x))
    regions = sorted(
        (region for slots in places.values() for region in _rectangles(slots)), key=_reading_order
    )
    return Lattice(
        xs=(*(xs[column] for column in columns), xs[-1]),
        ys=(*(ys[row] for row in rows), ys[-1]),
        regions=tuple(regions),
        slots={
            (y, x): number
            for number, region in enumerate(regions)
            for y in range(region.row, region.row_stop)
            for x in range(region.column, region.column_stop)
        },
        bare=frozenset(
            number
            for number, region in enumerate(regions)
            if _open_sides(region, len(rows), len(columns), opened) > 1
        ),
    )


def _reading_order(region: Region) -> tuple[int, int]:
    return region.row, region.column


def _rectangles(slots: list[tuple[int, int]]) -> list[Region]:
    """Give the rectangle of a cell, or the runs of its rows where rules are missing and it makes none."""
    ys, xs = [y for y, _ in slots], [x for _, x in slots]
    box = Region(min(ys), min(xs), max(ys) + 1, max(xs) + 1)
    if (box.row_stop - box.row) * (box.column_stop - box.column) == len(slots):
        return [box]
    taken = set(slots)
    return [
        Region(y, x, y + 1, _run_stop(taken, y, x), whole=False) for y, x in slots if (y, x - 1) not in taken
    ]


def _run_stop(taken: set[tuple[int, int]], y: int, x: int) -> int:
    while (y, x) in taken:
        x += 1
    return x


def _open_sides(
    region: Region, rows: int, columns: int, opened: tuple[tuple[bool, bool], tuple[bool, bool]]
) -> int:
    (left, right), (top, bottom) = opened
    return sum(
        (
            left and region.column == 0,
            right and region.column_stop == columns,
            top and region.row == 0,
            bottom and region.row_stop == rows,
        )
    )
