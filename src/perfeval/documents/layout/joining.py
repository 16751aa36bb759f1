"""Halves of rows that a page end broke, put together."""

from __future__ import annotations

__all__ = ["glued"]

from collections.abc import Sequence

import attrs

from perfeval.documents.layout.align import Known
from perfeval.documents.layout.headers import Columns
from perfeval.documents.layout.lines import name_text
from perfeval.documents.layout.rows import LEVELS, NUMBERS, Row, is_filler

_MOSTLY = 2  # a column counts as usually filled where at least every other row has it


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
    names = [role for role in (*NUMBERS, "target") if role in columns.roles]
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
    numbers = [role for role in NUMBERS if role in columns.roles]
    at_break = row.pieces[0] != above.pieces[-1]
    if not any(row.text(role) for role in numbers) and (usual & set(NUMBERS) or not texts.get("target")):
        if at_break:
            return bool(usual & set(NUMBERS)) or not (texts.get("target") and texts.get("level3"))
        return _completes_a_word(above, row, known)
    # The values of a broken row may stand on the second page.
    return at_break and bool(usual) and not any(above.text(role) for role in usual)


def _completes_a_word(above: Row, row: Row, known: Known) -> bool:
    """Say whether some cell above is no known word, and becomes one with the cell below it."""
    has_values = any(row.text(role) for role in ("target", "actual"))
    for role in ("rule", "standard", "evidence", *LEVELS):
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
        guessed=above.guessed or not _goes_on_below(above, row),
        moved=above.moved or row.moved,
        left_over=(*above.left_over, *row.left_over),
    )


def _goes_on_below(above: Row, row: Row) -> bool:
    """Say whether cells of a ruled page went on behind its end: each has its beginning in the same column."""
    is_placed = above.ruled and row.ruled and row.pieces[0] != above.pieces[-1]
    return is_placed and all(
        above.text(role) for role, text in row.texts.items() if text and role not in LEVELS
    )
