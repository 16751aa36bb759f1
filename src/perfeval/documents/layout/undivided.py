"""Headers of indicator tables among paragraphs: text that was copied out of a page and has lost its columns."""

from __future__ import annotations

__all__ = ["undivided"]

from collections.abc import Iterator, Sequence

from perfeval.documents.layout.words import Words, key_of
from perfeval.findings import Location
from perfeval.table import Paragraph

_ROLES = frozenset({"level1", "level2", "level3", "target", "actual", "weight", "score"})
_ENOUGH = 4
_LONGEST = 200  # characters of a paragraph that may be a header, or a cell of one


def undivided(paragraphs: Sequence[Paragraph], words: Words) -> Iterator[tuple[str, Location]]:
    """Give each run of words that name columns, in one paragraph or one below the other, with its place."""
    run: list[tuple[str, str, Location]] = []
    for paragraph in paragraphs:
        parts = paragraph.text.split() if len(paragraph.text) <= _LONGEST else [""]
        for part in parts:
            role = words.columns.get(key_of(part))
            if role is not None:
                run.append((role, part, paragraph.place))
                continue
            yield from _whole(run)
            run = []
    yield from _whole(run)


def _whole(run: Sequence[tuple[str, str, Location]]) -> Iterator[tuple[str, Location]]:
    if len({role for role, _, _ in run} & _ROLES) >= _ENOUGH:
        yield " ".join(part for _, part, _ in run), run[0][2]
