"""Indicator rows: cells by role, halves of broken rows put together, levels filled downwards."""

from __future__ import annotations

__all__ = ["Row", "filled", "glued", "is_filler", "take_row"]

import re
from collections.abc import Mapping, Sequence

import attrs

from perfeval.documents.layout.align import Known, aligned_fields
from perfeval.documents.layout.headers import Column, Columns
from perfeval.documents.layout.lines import Line, Slot, join_lines, name_text
from perfeval.documents.layout.words import key_of
from perfeval.findings import Location
from perfeval.values import squash

_LEVELS = ("level1", "level2")
_NUMBERS = ("weight", "score")
_SHARED = frozenset({"rule", "standard", "evidence", "deviation", "review_reason"})
"""Words that hold for each row of a cell merged downwards."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?分?")
_FILLER = re.compile(r"(?:…|\.{2,}|指标[0-9]+:?|其中:?)+")
_MOSTLY = 2  # a column counts as usually filled where at least every other row has it


@attrs.frozen
class Row:
    """One indicator row: the text and place of each role that the form has a column for.

    ``areas`` are the level cells that begin here, empty ones too, and any other cell that covers several rows,
    with how many. ``pieces`` are the grids its parts stand in; ``joined`` says that it was put together from
    two lines, ``moved`` that fields were shifted to make it fit. ``several`` are the cells that hold numbers of
    several indicators.
    """

    texts: Mapping[str, str]
    places: Mapping[str, Location]
    place: Location
    pieces: tuple[int, ...]
    areas: Mapping[str, int] = attrs.field(factory=dict)
    joined: bool = False
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
    areas = {role: 1 for role in _LEVELS if role in columns.roles}
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
        if column.role in _LEVELS or (slot.rows > 1 and slot.text):
            areas.setdefault(column.role, slot.rows)
        if slot.text:
            by_column.setdefault(named.index(column), []).append(slot)
    texts = dict.fromkeys(columns.roles, "")
    places: dict[str, Location] = {}
    for index, slots in by_column.items():
        role = _role_of(named[index], slots, named, line, by_column)
        texts[role] = _text(role, slots)
        places[role] = slots[0].place
    row = Row(texts, places, line.place, (line.piece,), areas, moved=line.moved, left_over=tuple(left_over))
    alone = {named[index].role: slots[0].text for index, slots in by_column.items() if len(slots) == 1}
    return _with_several(row, alone)


def _with_several(row: Row, texts: Mapping[str, str]) -> Row:
    """Keep numbers apart that stand on lines of one cell, a line for each target: 25 and 25 are not 2525."""
    lines = {role: text.split() for role, text in texts.items() if role in _NUMBERS}
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


def glued(rows: Sequence[Row], columns: Columns, known: Known) -> list[Row]:
    """Put the halves of broken rows together."""
    usual = _usual(rows, columns)
    made: list[Row] = []
    for row in rows:
        if made and _belong_together(made[-1], row, columns, usual, known):
            made[-1] = _joined(made[-1], row)
        else:
            made.append(row)
    return made


def _usual(rows: Sequence[Row], columns: Columns) -> frozenset[str]:
    """Give the number columns that rows of this table usually fill."""
    names = [role for role in (*_NUMBERS, "target") if role in columns.roles]
    return frozenset(
        role
        for role in names
        if sum(1 for row in rows if row.text(role)) * _MOSTLY >= len(rows) and len(rows) > 1
    )


def _belong_together(above: Row, row: Row, columns: Columns, usual: frozenset[str], known: Known) -> bool:
    texts = {role: text for role, text in row.texts.items() if text}
    if not texts or not any(above.texts.values()):
        return False
    if is_filler(row) or is_filler(above):
        return False
    numbers = [role for role in _NUMBERS if role in columns.roles]
    at_break = row.pieces[0] != above.pieces[-1]
    if not any(row.text(role) for role in numbers) and (usual & set(_NUMBERS) or not texts.get("target")):
        if at_break:
            return bool(usual & set(_NUMBERS)) or not (texts.get("target") and texts.get("level3"))
        return _completes_a_word(above, row, known)
    # The values of a broken row may stand on the second page.
    return at_break and bool(usual) and not any(above.text(role) for role in usual)


def is_filler(row: Row) -> bool:
    """Say whether a row only fills up the form."""
    values = ("target", "actual", "weight", "score", "rule")
    return (
        not any(row.text(role) for role in values)
        and _FILLER.fullmatch(squash(row.text("level3"))) is not None
    )


def _completes_a_word(above: Row, row: Row, known: Known) -> bool:
    """Say whether some cell above is no known word, and becomes one with the cell below it."""
    has_values = any(row.text(role) for role in ("target", "actual"))
    for role in ("rule", "standard", "evidence", *_LEVELS):
        first, second = above.text(role), row.text(role)
        is_word = first and second and known.is_word(role, first + second) and not known.is_word(role, second)
        if is_word and not (has_values and known.is_word(role, first)):
            return True
    return False


def _joined(above: Row, row: Row) -> Row:
    texts = {
        role: name_text(f"{above.text(role)}\n{row.text(role)}".strip("\n"))
        for role in {*above.texts, *row.texts}
    }
    return attrs.evolve(
        above,
        texts=texts,
        places={**row.places, **above.places},
        pieces=(*above.pieces, *(piece for piece in row.pieces if piece not in above.pieces)),
        areas={**row.areas, **above.areas},
        joined=True,
        moved=above.moved or row.moved,
        left_over=(*above.left_over, *row.left_over),
    )


def filled(rows: Sequence[Row], known: Known) -> list[Row]:
    """Fill level 1 and level 2 downwards, after cells that run over a page end are made whole."""
    texts = [dict(row.texts) for row in rows]
    for role in _LEVELS:
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
