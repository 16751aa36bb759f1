"""Indicator rows: cells by role, levels filled downwards."""

from __future__ import annotations

__all__ = ["LEVELS", "NUMBERS", "Row", "filled", "is_filler", "merged_numbers", "take_row"]

import re
from collections.abc import Mapping, Sequence

import attrs

from perfeval.documents.layout.align import Known, aligned_fields
from perfeval.documents.layout.headers import Column, Columns
from perfeval.documents.layout.lines import Line, Slot, join_lines, name_text
from perfeval.documents.layout.words import key_of
from perfeval.findings import Location
from perfeval.values import squash

LEVELS = ("level1", "level2")
NUMBERS = ("weight", "score")
_SCORED = (*NUMBERS, "review_score", "coefficient", "deduction")
_SHARED = frozenset({"rule", "standard", "evidence", "deviation", "review_reason"})
"""Words that hold for each row of a cell merged downwards."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?分?")
_FILLER = re.compile(r"(?:…|\.{2,}(?!\.)|指标[0-9]+:?|其中:?)+")


@attrs.frozen
class Row:
    """One indicator row: the text and place of each role that the form has a column for.

    ``areas`` are the level cells that begin here, empty ones too, and any other cell that covers several rows,
    with how many. ``pieces`` are the grids its parts stand in; ``ruled`` says that each cell was taken where its
    column is, ``joined`` that it was put together from two lines, ``guessed`` that nothing but its words says so,
    ``moved`` that fields were shifted to make it fit. ``several`` are the cells that hold numbers of several indicators.
    """

    texts: Mapping[str, str]
    places: Mapping[str, Location]
    place: Location
    pieces: tuple[int, ...]
    areas: Mapping[str, int] = attrs.field(factory=dict)
    ruled: bool = False
    joined: bool = False
    guessed: bool = False
    moved: bool = False
    left_over: tuple[Slot, ...] = ()
    several: tuple[str, ...] = ()

    def text(self, role: str) -> str:
        """Give the text of a role, empty where there is none."""
        return self.texts.get(role, "")


def take_row(line: Line, columns: Columns, known: Known, rows: Sequence[Row]) -> Row | None:
    """Give the cells of a line by role; None where its fields cannot be told apart."""
    row = _taken(line, columns, known, rows)
    return None if row is None else _named(row, known)


def _named(row: Row, known: Known) -> Row:
    """Give a row that only level 1 names (预算执行率 over all levels) this name."""
    name = row.text("level1")
    if "level3" not in row.texts or row.text("level3") or row.text("level2"):
        return row
    if known.words.rows.get(key_of(name)) != "execution":
        return row
    places = {**row.places, "level3": row.places.get("level1", row.place)}
    return attrs.evolve(row, texts={**row.texts, "level3": name}, places=places)


def _taken(line: Line, columns: Columns, known: Known, rows: Sequence[Row]) -> Row | None:
    if line.aligned:
        row = _by_position(line, columns)
        known.learn(row.texts)
        return row
    found = aligned_fields(line.slots, columns, known, rows[-1].texts if rows else None)
    if found is None:
        return None
    taken, moved = found
    texts = {role: _text(role, (taken[role],)) if role in taken else "" for role in columns.roles}
    places = {role: slot.place for role, slot in taken.items()}
    areas = {role: 1 for role in LEVELS if role in columns.roles}
    if not moved:
        known.learn(texts)
    return Row(texts, places, line.place, (line.piece,), areas, moved=moved)


def _by_position(line: Line, columns: Columns) -> Row:
    by_column: dict[int, list[Slot]] = {}
    left_over: list[Slot] = []
    areas: dict[str, int] = {}
    named = columns.columns
    first = min(column.start for column in named)
    for slot in line.slots:
        column = columns.at(slot, line.tolerance)
        if column is None:
            if slot.text and slot.start >= first - line.tolerance:
                left_over.append(slot)
            continue
        if column.role in LEVELS or (slot.rows > 1 and slot.text):
            areas.setdefault(column.role, slot.rows)
        if slot.text:
            by_column.setdefault(named.index(column), []).append(slot)
    texts = dict.fromkeys(columns.roles, "")
    places: dict[str, Location] = {}
    for index, slots in by_column.items():
        role = _role_of(named[index], slots, named, line, by_column)
        texts[role] = _text(role, slots)
        places[role] = slots[0].place
    row = Row(
        texts,
        places,
        line.place,
        (line.piece,),
        areas,
        ruled=not line.moved,
        moved=line.moved,
        left_over=tuple(left_over),
    )
    alone = {named[index].role: slots[0].text for index, slots in by_column.items() if len(slots) == 1}
    return _with_several(row, alone)


def _with_several(row: Row, texts: Mapping[str, str]) -> Row:
    """Keep numbers apart that stand on lines of one cell, a line for each target: 25 and 25 are not 2525."""
    lines = {role: text.split() for role, text in texts.items() if role in NUMBERS}
    count = max((len(texts.get(role, "").split("\n")) for role in ("target", "actual")), default=1)
    several = tuple(
        role
        for role, parts in lines.items()
        if len(parts) == count > 1 and all(_NUMBER.fullmatch(part) for part in parts)
    )
    apart = {role: "; ".join(lines[role]) for role in several}
    return attrs.evolve(row, texts={**row.texts, **apart}, several=several) if several else row


def _role_of(
    column: Column,
    slots: Sequence[Slot],
    named: Sequence[Column],
    line: Line,
    filled_columns: Mapping[int, object],
) -> str:
    """Give the role of a cell; a name merged over level 2 and level 3 is the name of the indicator."""
    if column.role != "level2" or len(slots) > 1:
        return column.role
    for index, other in enumerate(named):
        is_covered = other.start < slots[0].stop - line.tolerance and other.start > column.start
        if other.role == "level3" and is_covered and index not in filled_columns:
            return "level3"
    return column.role


def _text(role: str, slots: Sequence[Slot]) -> str:
    text = "".join(join_lines(slot.text) if len(slots) > 1 else slot.text for slot in slots)
    return text.strip() if role in {"deviation", "review_reason"} else name_text(text)


def is_filler(row: Row) -> bool:
    """Say whether a row only fills up the form."""
    values = ("target", "actual", "weight", "score", "rule")
    return (
        not any(row.text(role) for role in values)
        and _FILLER.fullmatch(squash(row.text("level3"))) is not None
    )


def merged_numbers(row: Row) -> tuple[str, ...]:
    """Give the numbers and values that are one cell over several rows, and were put in the first."""
    if row.joined:
        return ()
    return tuple(role for role in (*_SCORED, "target", "actual") if row.areas.get(role, 1) > 1)


def filled(rows: Sequence[Row], known: Known) -> list[Row]:
    """Fill level 1 and level 2 downwards, after cells that run over a page end are made whole."""
    texts = [dict(row.texts) for row in rows]
    for role in LEVELS:
        _mend_areas(role, rows, texts, known)
    level1, level2 = "", ""
    for cells in texts:
        own = cells.get("level1", "")
        if own and squash(own) != squash(level1):
            level1, level2 = own, ""
        level2 = cells.get("level2", "") or level2
        cells.update(
            {role: value for role, value in (("level1", level1), ("level2", level2)) if role in cells}
        )
    for index, row in enumerate(rows):
        for role, count in row.areas.items():
            if role in _SHARED:
                for below in texts[index + 1 : index + count]:
                    below[role] = below.get(role) or texts[index][role]
    return [attrs.evolve(row, texts=made) for row, made in zip(rows, texts, strict=True)]


def _mend_areas(role: str, rows: Sequence[Row], texts: list[dict[str, str]], known: Known) -> None:
    """Put a merged level cell together again where a page end cut it: its text stands in one half, or in both."""
    breaks = [index for index in range(1, len(rows)) if rows[index].pieces[0] != rows[index - 1].pieces[-1]]
    for index in breaks:
        second = texts[index].get(role, "")
        start = next((above for above in range(index - 1, -1, -1) if role in rows[above].areas), None)
        if not second or start is None or role not in rows[index].areas:
            continue
        first = texts[start].get(role, "")
        if first and known.is_word(role, first + second) and not known.is_word(role, second):
            texts[start][role], texts[index][role] = first + second, ""
        elif not first and start not in breaks and _is_merged_style(role, rows, texts, {start, *breaks}):
            texts[start][role], texts[index][role] = second, ""


def _is_merged_style(role: str, rows: Sequence[Row], texts: list[dict[str, str]], apart: set[int]) -> bool:
    """Say whether level cells are merged here: one is, and no empty one begins a row, except after a page break."""
    return any(row.areas.get(role, 1) > 1 for row in rows) and not any(
        role in row.areas and not texts[index].get(role)
        for index, row in enumerate(rows)
        if index not in apart
    )
