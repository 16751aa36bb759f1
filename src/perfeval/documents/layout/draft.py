"""The lines of one table, sorted into its parts."""

from __future__ import annotations

__all__ = ["Draft", "Entry", "Money", "Part"]

from enum import Enum, auto

import attrs

from perfeval.documents.grid import Grid, Paragraph
from perfeval.documents.layout.align import Known
from perfeval.documents.layout.headers import Columns
from perfeval.documents.layout.lines import Line, Slot
from perfeval.documents.layout.rows import Row


class Part(Enum):
    """The part of a table that a line belongs to."""

    HEADING = auto()
    NOTES = auto()
    FUNDING = auto()
    GOAL = auto()
    INDICATORS = auto()
    AFTER = auto()


@attrs.frozen
class Entry:
    """A label of the heading and its value."""

    role: str
    text: str
    slot: Slot
    label: str = ""


@attrs.frozen
class Money:
    """A line of the money table, with the header above it."""

    line: Line
    columns: Columns


@attrs.define
class Draft:
    """The lines of one table, sorted into its parts."""

    known: Known
    captions: list[Paragraph] = attrs.field(factory=list)
    entries: list[Entry] = attrs.field(factory=list)
    money: list[Money] = attrs.field(factory=list)
    money_texts: list[Slot] = attrs.field(factory=list)
    amounts: list[Line] = attrs.field(factory=list)
    goal: list[tuple[Line, Columns]] = attrs.field(factory=list)
    columns: Columns | None = None
    headers: list[Columns] = attrs.field(factory=list)
    rows: list[Row] = attrs.field(factory=list)
    totals: list[Line] = attrs.field(factory=list)
    lost: list[Line] = attrs.field(factory=list)
    left_over: list[Slot] = attrs.field(factory=list)
    pieces: list[int] = attrs.field(factory=list)
    part: Part = Part.HEADING
    base: Grid | None = None
    """The grid of the last header: pieces on later pages are put under it."""
    is_aligned: bool = True

    @property
    def is_table(self) -> bool:
        """Say whether an indicator table was found in it."""
        return self.columns is not None
