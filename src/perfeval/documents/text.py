"""Plain text and Markdown: rows of cells by tab, pipe tables, tables in HTML among prose."""

from __future__ import annotations

__all__ = ["read_text"]

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.marks import shown_text, without_marks
from perfeval.documents.sniff import decoded
from perfeval.documents.textlines import LINE_END, SOFT_BREAK, Line, Piece, joined_lines, lines_of, pieces_of
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_MOST_PLACES = 20

_FENCE = re.compile(r"\s*(?:```|~~~)")

_PIPE = re.compile(r"(?<!\\)\|")
_BETWEEN_PIPES = re.compile(r"(?:>\s?)*\|.*(?<!\\)\|\Z", re.DOTALL)
_QUOTE_MARK = re.compile(r"\A\s*(?:>\s?)+(?=\|)")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_LONG_RULE_CELL = re.compile(r"\s*:?-{3,}:?\s*")
_DRAWN = re.compile(r"\s*\+[-=+:]{2,}\+\s*\Z|(?:[^│┃║┌-╋╔-╬]*[│┃║┌-╋╔-╬]){2}")
# A line indented by a tab, or the tab after a list mark: no cells.
_NO_ROW = re.compile(r"[ \u3000]*+(?:\t[ \u3000]*+)?(?:[-*+•·]\t(?=[^\W\d]))?[^\t]*")
_WIDE_GAP = re.compile(r"[ \u3000]{2,}")
_COLUMN_WORDS = ("三级指标", "指标值", "完成值", "分值", "权重", "得分")

_UNCLOSED = Wording(
    "PE012", "HTML 表格没有结束标记，可能不完整", "a table in HTML has no closing tag and may be incomplete"
)
_DRAWN_TABLE = Wording(
    "PE014",
    "用空格或线条画出的表格无法可靠分列，未作为表格读取；请提供 Word、Excel 原件，或用制表符分列",
    "a table drawn with spaces or lines cannot be told apart into columns and was not read as a table; use the "
    "Word or Excel original, or separate the cells by tabs",
)


@attrs.frozen
class _Context:
    meter: Meter
    markdown: bool
    paged: bool

    def place(self, line: Line | Piece, column: int | None = None) -> Location:
        page = line.page if self.paged else None
        return Location(file=self.meter.name, line=line.number, column=column, page=page)

    def inline(self, text: str) -> str:
        """Give what a reader is shown: without Markdown's marks, with entities and line breaks read."""
        shown = shown_text(text, markdown=self.markdown)
        if "\n" not in shown:
            return self.meter.text(shown.strip())
        lines = (line.strip() for line in shown.split("\n"))
        return self.meter.text("\n".join(line for line in lines if line))


def read_text(data: bytes, meter: Meter, *, markdown: bool = False) -> Document:
    """Read text: runs of lines with tabs and pipe tables as grids, HTML tables, all other lines as paragraphs.

    Cells separated by tabs are counted, not aligned, and a blank line or prose begins a new grid. In cells and
    paragraphs ``<br>`` and ``<p>`` are line breaks and ``&lt;`` and its like are read; Markdown's marks only
    with ``markdown``. Pages are counted by form feeds where there are any. U+2028 and its like break lines
    within a cell, unless the text has no other line ends.
    """
    text, findings = decoded(data, meter)
    if not LINE_END.search(text):
        text = SOFT_BREAK.sub("\n", text)
    context = _Context(meter, markdown, "\f" in text)
    for _ in range(text.count("\f")):
        meter.page()
    blocks: list[Block] = []
    doubts = list(findings)
    drawn: list[Location] = []
    unclosed: list[Location] = []
    for piece in pieces_of(text):
        if piece.is_table:
            tables = sum(isinstance(block, Grid) for block in blocks)
            inside = _html_blocks(piece.text, meter, attrs.evolve(context.place(piece), table=tables + 1))
            blocks += inside.blocks
            doubts += inside.findings
            unclosed += () if piece.is_closed else (context.place(piece),)
            continue
        for kind, lines in _runs(joined_lines(lines_of(piece)), context):
            blocks += _blocks(kind, lines, context)
            drawn += [context.place(line) for line in lines[:1] if _is_drawn(kind, lines)]
    doubts += (*_doubts(_UNCLOSED, unclosed), *_doubts(_DRAWN_TABLE, drawn))
    return Document(tuple(blocks), tuple(doubts))


def _html_blocks(markup: str, meter: Meter, place: Location) -> Document:
    from perfeval.documents.web.reader import html_blocks  # noqa: PLC0415 - needs lxml, which plain text does not

    return html_blocks(markup, meter, place)


def _doubts(wording: Wording, places: list[Location]) -> tuple[Finding, ...]:
    if not places:
        return ()
    return (Finding(wording(), FindingClass.READING, Severity.WARNING, tuple(places[:_MOST_PLACES])),)


def _runs(lines: Sequence[Line], context: _Context) -> Iterator[tuple[str, list[Line]]]:
    """Give the runs of lines of a kind on a page: tab, pipe, drawn or prose."""
    for (kind, _), group in groupby(lines, lambda line: (_kind(line.text, context), line.page)):
        run = list(group)
        if kind == "tab" and all(_NO_ROW.fullmatch(line.text) for line in run):
            yield "prose", run
        elif kind == "ruled":
            yield _kind_of_ruled([line.text for line in run]), run
        elif kind != "blank":
            yield kind, run


def _kind(text: str, context: _Context) -> str:
    if not text.strip(" \n\u3000\xa0\ufeff") or (context.markdown and _FENCE.match(text)):
        return "blank"
    if "\t" in text:
        return "tab"
    return "ruled" if _PIPE.search(text) or _DRAWN.match(text) else "prose"


def _kind_of_ruled(texts: Sequence[str]) -> str:
    """Tell a pipe table from a drawn one, whose rows have several lines, and from prose with a bar in it."""
    if any(_DRAWN.match(text) for text in texts):
        return "drawn"
    rows = [_pipe_cells(text) for text in texts]
    if any(_is_rule(row, _rule_cell(index)) for index, row in enumerate(rows)):
        return "pipe"
    has_columns = any(len(row) > 1 for row in rows)
    if has_columns and all(_BETWEEN_PIPES.match(text.strip()) for text in texts):
        return "pipe"
    return "pipe" if len(rows) > 1 and len(rows[0]) > 2 and len({len(row) for row in rows}) == 1 else "prose"


def _pipe_cells(text: str) -> list[str]:
    cells = _PIPE.split(_QUOTE_MARK.sub("", text, count=1).strip())
    if not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return [cell.replace("\\|", "|") for cell in cells]


def _rule_cell(index: int) -> re.Pattern[str]:
    """Markdown's rule is the second line and may be short; elsewhere a single dash is a cell without a value."""
    return _RULE_CELL if index == 1 else _LONG_RULE_CELL


def _is_rule(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and all(pattern.fullmatch(cell) for cell in cells)


def _is_drawn(kind: str, lines: Sequence[Line]) -> bool:
    if kind == "drawn":
        return True
    return kind == "prose" and any(
        len(_WIDE_GAP.split(line.text.strip())) > 2 and sum(word in line.text for word in _COLUMN_WORDS) > 1
        for line in lines
    )


def _blocks(kind: str, lines: Sequence[Line], context: _Context) -> Iterator[Block]:
    if kind == "tab":
        yield _grid([(line, line.text.split("\t")) for line in lines], context, is_counted=True)
    elif kind == "pipe":
        rows = [(line, _pipe_cells(line.text)) for line in lines]
        kept = [
            (line, cells)
            for index, (line, cells) in enumerate(rows)
            if not _is_rule(cells, _rule_cell(index))
        ]
        if kept:
            yield _grid(kept, context, is_counted=False)
    else:
        for line in lines:
            context.meter.clock()
            text = context.inline(without_marks(line.text) if context.markdown else line.text)
            if text:
                yield Paragraph(text, context.place(line))


def _grid(rows: Sequence[tuple[Line, list[str]]], context: _Context, *, is_counted: bool) -> Grid:
    made = []
    for line, texts in rows:
        context.meter.cells(len(texts))
        cells = (
            GridCell(context.inline(text), column, context.place(line, column + 1))
            for column, text in enumerate(texts)
        )
        made.append(GridRow(tuple(cells), context.place(line)))
    aligned = not is_counted and len({len(row.cells) for row in made}) == 1
    return Grid(tuple(made), context.place(rows[0][0]), aligned)
