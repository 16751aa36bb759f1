"""A text in lines: which of them are a table in HTML, which are one cell in quotation marks, and on which page."""

from __future__ import annotations

__all__ = ["LINE_END", "SOFT_BREAK", "Line", "Piece", "joined_lines", "lines_of", "pieces_of"]

import re
from collections.abc import Iterator, Sequence

import attrs

LINE_END = re.compile(r"\r\n|\r|\n")
SOFT_BREAK = re.compile("[\x0b\x85\u2028\u2029]")
_MOST_QUOTED_LINES = 200
_LONGEST_ROW = 100_000  # characters to which lines are joined: each joining copies them

_TABLE_TAG = re.compile(r"<(/?)table(?=[\s>/])[^<>]*>", re.IGNORECASE)
_ROW_END = re.compile(r"</t[rdh]\s*>", re.IGNORECASE)


@attrs.frozen
class Line:
    """One line of the text, with its number and page."""

    text: str
    number: int
    page: int


@attrs.frozen
class Piece:
    """A stretch of the text: lines, or one table in HTML. ``number`` and ``page`` are those of its first line."""

    text: str
    number: int
    page: int
    is_table: bool = False
    is_closed: bool = True


def pieces_of(text: str) -> Iterator[Piece]:
    """Give the stretches of a text in order: what stands before, between and behind its tables in HTML, and those."""
    number, page, position = 1, 1, 0
    for start, stop, is_closed in _tables(text):
        for piece in (
            Piece(text[position:start], number, page),
            Piece(text[start:stop], 0, 0, is_table=True, is_closed=is_closed),
        ):
            yield attrs.evolve(piece, number=number, page=page)
            number += len(LINE_END.findall(piece.text))
            page += piece.text.count("\f")
        position = stop
    yield Piece(text[position:], number, page)


def _tables(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give start and stop of each outermost table in HTML, and whether it is closed."""
    depth, start = 0, 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end(), True
    if depth:
        ends = [end.end() for end in _ROW_END.finditer(text, start)]
        if ends:  # else it is a word in prose
            yield start, ends[-1], False


def lines_of(piece: Piece) -> Iterator[Line]:
    """Give the lines of a stretch, parted also where a new page begins."""
    page = piece.page
    for index, text in enumerate(LINE_END.split(piece.text)):
        parts = text.split("\f")
        for part in parts:
            yield Line(SOFT_BREAK.sub("\n", part), piece.number + index, page)
            page += 1
        page -= 1


def joined_lines(lines: Iterator[Line]) -> list[Line]:
    """Put together the lines of a cell in quotation marks, as spreadsheets copy a cell that holds line breaks."""
    given = list(lines)
    joined: list[Line] = []
    index = 0
    while index < len(given):
        line = given[index]
        stop = _closing(given, index) if _opens(line.text) else None
        if stop is None:
            joined.append(line)
            index += 1
            continue
        parts = [each.text for each in given[index : stop + 1]]
        before, _, first = parts[0].rpartition("\t")
        last, tab, after = parts[-1].partition("\t")
        cell = "\n".join([first, *parts[1:-1], last])[1:-1].replace('""', '"')
        text = f"{before}\t{cell}" if "\t" in parts[0] else cell
        # What follows may open another such cell, so the line is looked at again.
        given[stop] = attrs.evolve(line, text=text + tab + after)
        index = stop
    return joined


def _opens(text: str) -> bool:
    last = text.rpartition("\t")[2]
    return len(text) < _LONGEST_ROW and last.startswith('"') and last.count('"') % 2 == 1


def _closing(lines: Sequence[Line], opening: int) -> int | None:
    for index in range(opening + 1, min(opening + _MOST_QUOTED_LINES, len(lines))):
        first, tab, _ = lines[index].text.partition("\t")
        if first.count('"') % 2 == 1:
            closes = first.endswith('"') and bool(tab or "\t" in lines[opening].text)
            return index if closes else None
        if tab:
            return None
    return None
