"""A table that goes on in another grid: its columns are put under the header of the first piece.

By position where the edges are the same; where columns were lost or shifted, by what they hold.
"""

from __future__ import annotations

__all__ = ["by_content", "continued", "is_plausible"]

from collections.abc import Iterable, Mapping, Sequence

import attrs

from perfeval.documents.grid import Grid
from perfeval.documents.layout.align import Known, aligned_fields, judge, may_stand, repairs
from perfeval.documents.layout.headers import Columns
from perfeval.documents.layout.lines import Line, Slot, column_count, lines_of, positions_of
from perfeval.documents.layout.words import key_of

_SAMPLE = 60  # lines: enough to tell one way of putting them under the header from another
_NEAR = 4.0  # exact: points on a page within which two rules are the same


def continued(
    grid: Grid,
    lines: Sequence[Line],
    base: Grid,
    columns: Columns | None,
    known: Known,
    above: Mapping[str, str] | None,
) -> list[Line] | None:
    """Give the lines of a grid in the positions of ``base``, the grid of the header; None where they do not fit.

    ``columns`` are those of the indicators, None where the break falls above them; ``above`` is the last row.
    """
    if not (grid.aligned and base.aligned):
        return _counted(lines, columns, known, above)
    positions = _same_positions(grid, base)
    placed = None
    if positions is not None:
        piece = lines[0].piece
        placed = [
            attrs.evolve(line, tolerance=lines_tolerance(base)) for line in lines_of(grid, piece, positions)
        ]
    if columns is None:
        return placed or list(lines)
    if placed is not None and _score(placed, columns, known, above) is not None:
        return placed
    return by_content(lines, columns, known, above) or placed


def _counted(
    lines: Sequence[Line], columns: Columns | None, known: Known, above: Mapping[str, str] | None
) -> list[Line]:
    """Fields that are only counted: where a row alone is not clear, all rows of the piece are moved as one."""
    if columns is None or _each_by_itself(lines, columns, known, above):
        return list(lines)
    moved = by_content(lines, columns, known, above)
    return list(lines) if moved is None else [attrs.evolve(line, aligned=True) for line in moved]


def _each_by_itself(
    lines: Sequence[Line], columns: Columns, known: Known, above: Mapping[str, str] | None
) -> bool:
    """Say whether each row can be told by what it holds, up to the total."""
    for line in lines:
        if _is_total(line, known):
            break
        if line.printed:
            found = aligned_fields(line.slots, columns, known, above)
            if found is None:
                return False
            above = {role: slot.text for role, slot in found[0].items()}
    return True


def is_plausible(line: Line, columns: Columns, known: Known, above: Mapping[str, str] | None) -> bool:
    """Say whether the cells of a line can stand in the columns above them."""
    return _score((line,), columns, known, above) is not None


def lines_tolerance(base: Grid) -> float:  # exact: a distance between positions
    """Give the tolerance of the lines of a grid."""
    return next(iter(lines_of(base, 0))).tolerance


def _same_positions(grid: Grid, base: Grid) -> list[float] | None:  # exact: positions on a page
    """Give the column boundaries of a grid in the positions of another, if each of them is one of its own."""
    theirs = positions_of(base)
    if grid.edges is None or base.edges is None:
        return theirs if column_count(grid) == column_count(base) else None
    edges, others = grid.edges, base.edges
    scale = (others[-1] - others[0]) / (edges[-1] - edges[0]) if edges[-1] > edges[0] else 1
    moves = (
        (1.0, 0.0),  # exact: as it stands
        (1.0, others[0] - edges[0]),  # exact: moved, as on the left and right pages of a book
        (scale, others[0] - edges[0] * scale),
    )
    for factor, offset in moves:
        found = [_nearest(edge * factor + offset, others) for edge in edges]
        if all(index is not None for index in found):
            return [theirs[index] for index in found if index is not None]
    return None


def _nearest(edge: float, others: Sequence[float]) -> int | None:  # exact: positions on a page
    index = min(range(len(others)), key=lambda index: abs(others[index] - edge))
    return index if abs(others[index] - edge) <= _NEAR else None


def _score(
    lines: Iterable[Line], columns: Columns, known: Known, above: Mapping[str, str] | None
) -> int | None:
    """Judge lines as rows, up to the total; None where one of them cannot be a row of this table."""
    score = 0
    for line in lines:
        if not line.printed:
            continue
        if known.words.rows.get(key_of(line.printed[0].text)) in {"total", "subtotal", "notes"}:
            break
        taken: dict[str, Slot] = {}
        for slot in line.printed:
            column = columns.at(slot, line.tolerance)
            role = column.role if column else "side"
            if column is not None and not may_stand(slot, column, known):
                return None
            if column is not None and role in taken and role not in {"target", "ignored"}:
                return None  # two cells in one column
            taken[role if role != "ignored" else f"ignored#{slot.column}"] = slot
        points = judge(taken, columns.roles, known, above)
        if points is None:
            return None
        score += points
        above = {role: slot.text for role, slot in taken.items()}
    return score


def by_content(
    lines: Sequence[Line], columns: Columns, known: Known, above: Mapping[str, str] | None
) -> list[Line] | None:
    """Find the one way to put the columns of a piece under the header so that every row can be one."""
    rows = [line for line in lines if not _is_total(line, known)]
    filled = {slot.column for line in rows for slot in line.printed}
    inside = {slot.column + more for line in rows for slot in line.slots for more in range(1, slot.wide)}
    starts = [
        column for column in range(max(filled, default=-1) + 1) if column in filled or column not in inside
    ]
    heads = sorted({column.start for column in columns.columns} | {slot.start for slot in columns.unknown})
    if heads and heads[0] > 0:
        heads.insert(0, 0.0)  # exact: the position of the label at the side
    best: dict[tuple[float, ...], tuple[int, int, Mapping[int, int]]] = {}  # exact: positions
    whole = [column if column in filled else None for column in starts]
    for cost, fields in repairs(whole, len(heads)):
        if len(fields) > len(heads):
            continue
        under = {column: index for index, column in enumerate(fields) if column is not None}
        moved = (_moved(line, starts, under, heads) for line in lines[:_SAMPLE])
        score = _score(moved, columns, known, above)
        outcome = tuple(heads[under[column]] for column in sorted(under))
        if score is not None and (outcome not in best or best[outcome][1] > cost):
            best[outcome] = (score, cost, under)
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[1]))
    if not ranked or any(other[:2] == ranked[0][:2] for other in ranked[1:]):
        return None
    return [_moved(line, starts, ranked[0][2], heads) for line in lines]


def _is_total(line: Line, known: Known) -> bool:
    return bool(line.printed) and known.words.rows.get(key_of(line.printed[0].text)) == "total"


def _moved(line: Line, starts: Sequence[int], under: Mapping[int, int], heads: Sequence[float]) -> Line:
    """Give a line with its slots under the header cells that its columns were given."""
    slots = []
    for slot in line.slots:
        column = max((start for start in starts if start <= slot.column and start in under), default=None)
        if column is None:
            slots.append(attrs.evolve(slot, start=heads[0], stop=heads[0]))
            continue
        index = under[column]
        stop = heads[index + 1] if index + 1 < len(heads) else heads[index]
        slots.append(attrs.evolve(slot, start=heads[index], stop=stop))
    return attrs.evolve(line, slots=tuple(slots), moved=True)
