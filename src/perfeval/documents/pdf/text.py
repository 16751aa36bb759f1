"""Characters on a page to text: lines, cells and paragraphs."""

from __future__ import annotations

__all__ = ["Line", "cell_text", "join", "lines_of", "paragraphs"]

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

import attrs

from perfeval.documents.pdf.glyph import Glyph
from perfeval.documents.pdf.shapes import Box

_SAME_LINE = 0.45  # exact: share of the size by which baselines on one line may differ (raised figures)
_WORD_GAP = 0.2  # exact: share of the size; more between two Latin letters or figures is a space
_FIELD_GAP = 1.0  # exact: share of the size; more between any two characters is a space
_SAME_GLYPH = 0.12  # exact: share of the size; the same letter again so near was printed twice, for bold
_PADDING = 16.0  # exact: points at both sides of a cell together at most; Word has 11
_TYPED_BREAK = 1.5  # exact: share of the size left over on a line after the next word would have fitted
_TYPED_NUMBER_BREAK = 0.5  # exact: the same between two figures: two numbers must never become one
_LETTER = 0.65  # exact: share of the size; the width of a wide letter or a figure
_MARGIN = 2.2  # exact: share of the size; a line that ends nearer to the right edge is full
_PARAGRAPH_GAP = 2.4  # exact: share of the size between baselines within a paragraph
_INDENT = 1.2  # exact: share of the size; a line set in by more begins a paragraph
_ENDS = "。！？；：!?;"
_LATIN = re.compile(r"[A-Za-z0-9À-ɏ.,%)('\"&+/-]")
_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]")
_WORD = re.compile(r"[A-Za-z0-9À-ɏ.,%'/+-]+")
_NUMBER = re.compile(r"[0-9.,]")


@attrs.frozen
class Line:
    """One line of text: where it begins and ends along its direction, where it lies, and its size."""

    text: str
    start: float  # exact: position on a page
    stop: float  # exact: position on a page
    base: float  # exact: position on a page
    size: float  # exact: length on a page
    hanging: bool = False
    """Whether a space was printed behind the last character: where a line is wrapped, the writer typed one."""

    def letter(self) -> float:
        """Give the width of one character, on average."""
        return (self.stop - self.start) / max(len(self.text), 1)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Put characters of one direction into lines, from top to bottom."""
    groups: list[tuple[float, float, list[tuple[float, Glyph]]]] = []
    placed = sorted(((*glyph.along(), glyph) for glyph in glyphs), key=lambda item: item[1])
    for start, base, glyph in placed:
        if groups and base - groups[-1][0] <= _SAME_LINE * max(groups[-1][1], glyph.size):
            _, size, members = groups[-1]
            members.append((start, glyph))
            if (
                glyph.size > size and glyph.text.strip()
            ):  # a raised figure comes first; the letters carry the line
                groups[-1] = (base, glyph.size, members)
        else:
            groups.append((base, glyph.size, [(start, glyph)]))
    found = (_line(base, members) for base, _, members in groups)
    return [line for line in found if line.text]


def _line(base: float, members: list[tuple[float, Glyph]]) -> Line:
    members.sort(key=lambda member: member[0])
    pieces: list[str] = []
    shown: list[tuple[float, Glyph]] = []
    for start, glyph in members:
        if any(_again(start, glyph, *before) for before in shown[-3:]):
            continue
        if shown and _spaced(*shown[-1], start, glyph):
            pieces.append(" ")
        pieces.append(glyph.text)
        shown.append((start, glyph))
    inked = [(start, glyph) for start, glyph in shown if glyph.text.strip()]
    if not inked:
        return Line("", 0, 0, base, 0)
    return Line(
        "".join(pieces).strip(),
        inked[0][0],
        max(start + glyph.advance for start, glyph in inked),
        base,
        max(glyph.size for _, glyph in inked),
        hanging=not shown[-1][1].text.strip(),
    )


def _again(start: float, glyph: Glyph, before_start: float, before: Glyph) -> bool:
    near = _SAME_GLYPH * glyph.size
    return (
        glyph.text == before.text
        and start - before_start < near
        and start - before_start < glyph.advance / 2
        and abs(glyph.along()[1] - before.along()[1]) < near
    )


def _spaced(before_start: float, before: Glyph, start: float, glyph: Glyph) -> bool:
    """Say whether a gap stands for a space that nobody printed."""
    if not before.text.strip() or not glyph.text.strip():
        return False
    gap = start - before_start - before.advance
    size = max(before.size, glyph.size)
    latin = _LATIN.match(before.text[-1]) and _LATIN.match(glyph.text[0])
    return gap > (_WORD_GAP if latin else _FIELD_GAP) * size


def cell_text(glyphs: Sequence[Glyph], box: Box) -> str:
    """Give the text of a cell with this outline; text that was turned follows the text that was not."""
    x0, y0, x1, y1 = box
    sides = {1: (y0, y1), 2: (-x1, -x0), 3: (-y1, -y0)}
    parts = []
    ordered = sorted(glyphs, key=lambda glyph: glyph.direction)
    for direction, some in groupby(ordered, key=lambda glyph: glyph.direction):
        parts.append(_wrapped(lines_of(some), *sides.get(direction, (x0, x1))))
    return "\n".join(part for part in parts if part)


def _wrapped(lines: list[Line], start: float, stop: float) -> str:
    """Join the lines of a cell between these two sides."""
    if not lines:
        return ""
    margin = min(min(line.start - start, stop - line.stop) for line in lines)
    room = stop - start - min(max(2 * margin, 0), _PADDING)
    text = lines[0].text
    for line, following in pairwise(lines):
        left_over = room - (line.stop - line.start)
        if _typed(line, following, left_over):
            text += "\n" + following.text
        else:
            text = join(text, line, following, left_over)
    return text


def _typed(line: Line, following: Line, left_over: float) -> bool:
    """Say whether a line was ended by the writer: the next word would have fitted on it with room to spare."""
    word = _WORD.match(following.text)
    need = following.letter() * len(word[0]) if word else following.size
    numbers = bool(_NUMBER.match(line.text[-1]) and _NUMBER.match(following.text[0]))
    spare = (_TYPED_NUMBER_BREAK if numbers else _TYPED_BREAK) * line.size
    return left_over > need + spare


def join(text: str, line: Line, following: Line, left_over: float) -> str:
    """Join the next line to a text that ends with ``line``, on which ``left_over`` points stayed empty.

    Between two words or two numbers there was a space, printed or not. Only one that fills its line alone has
    been broken; and a wrong space makes a number unreadable, where a missing one would make another number.
    """
    if line.hanging:
        return f"{text} {following.text}"
    both = _TOKEN.match(line.text[-1]) and _TOKEN.match(following.text[0])
    broken = left_over < _LETTER * line.size and " " not in line.text
    return text + following.text if broken or not both else f"{text} {following.text}"


def paragraphs(lines: Sequence[Line], left: float, right: float) -> list[tuple[int, str]]:
    """Join full lines into paragraphs; each comes with the place of its first line in ``lines``.

    ``left`` and ``right`` are the margins of the page.
    """
    found: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if number and _continues(lines[number - 1], line, left, right):
            before = lines[number - 1]
            found[-1] = (found[-1][0], join(found[-1][1], before, line, right - before.stop))
        else:
            found.append((number, line.text))
    return found


def _continues(line: Line, following: Line, left: float, right: float) -> bool:
    return (
        line.stop >= right - _MARGIN * line.size
        and line.start - left < 4 * line.size
        and line.text[-1] not in _ENDS
        and following.start - left < _INDENT * following.size
        and 0 < following.base - line.base < _PARAGRAPH_GAP * line.size
        and abs(following.size - line.size) < line.size / 5
    )
