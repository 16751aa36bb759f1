"""Which parts of a table were read with a doubt: an audit proves nothing from them."""

from __future__ import annotations

__all__ = ["doubted_paths", "doubted_places"]

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfeval.documents.layout.headers import Columns
from perfeval.documents.layout.lines import Slot
from perfeval.documents.layout.rows import Row, merged_numbers
from perfeval.documents.layout.words import Words, key_of
from perfeval.findings import Finding, Location, Severity


def doubted_paths(
    rows: Sequence[Row], odd: Sequence[int], headers: Sequence[Columns], words: Words
) -> frozenset[str]:
    """Give the rows (``indicators[3]``) and cells (``indicators[3].score``) that the layout is in doubt about.

    ``odd`` are the numbers of the rows that hardly are rows.
    """
    unknown = headers[0].unknown if headers else ()
    found = {f"indicators[{index}]" for index in odd}
    twins = frozenset(role for columns in headers for role in _twin_roles(columns, words))
    for index, row in enumerate(rows):
        if _hangs_on_guess(row, unknown):
            found.add(f"indicators[{index}]")
        found.update(f"indicators[{index}].{role}" for role in (*row.several, *(twins & set(row.texts))))
        for role in merged_numbers(row):
            covered = range(index, min(index + row.areas[role], len(rows)))
            found.update(f"indicators[{below}].{role}" for below in covered)
    return frozenset(found)


def _hangs_on_guess(row: Row, unknown: Sequence[Slot]) -> bool:
    """Say whether a row was joined or moved by what it holds, or a piece of it found no column."""
    is_left = any(not any(one.start <= slot.start < one.stop for one in unknown) for slot in row.left_over)
    return row.guessed or row.moved or is_left


def _twin_roles(columns: Columns, words: Words) -> Iterator[str]:
    """Give the roles of which a second column stands to the right: nobody can say which of the two is meant."""
    for slot in columns.unknown:
        first = columns.first(words.columns.get(key_of(slot.text), "ignored"))
        if first is not None and first.role != "ignored" and first.start < slot.start:
            yield first.role


def doubted_places(places: Mapping[str, Location], findings: Iterable[Finding]) -> frozenset[str]:
    """Give the parts whose very place the reader of the format gave a warning about."""
    named = {
        place for finding in findings if finding.severity is not Severity.NOTE for place in finding.places
    }
    return frozenset(path for path, place in places.items() if path and place in named)
