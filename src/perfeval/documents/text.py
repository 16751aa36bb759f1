"""Plain text and Markdown: rows of cells by tab, pipe tables, tables in HTML among prose."""

from __future__ import annotations

__all__ = ["read_text"]

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.sniff import decoded
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_BREAK = re.compile("[\x0b\x85\u2028\u2029]")
_MOST_QUOTED_LINES = 200
_LONGEST_ROW = 100_000  # characters to which lines are joined: each joining copies them
_MOST_PLACES = 20

_TABLE_TAG = re.compile(r"<(/?)table(?=[\s>/])[^<>]*>", re.IGNORECASE)
_ROW_END = re.compile(r"</t[rdh]\s*>", re.IGNORECASE)

_INLINE = re.compile(
    r"(?P<block></?(?:p|div|li|br)(?:\s[^<>]*)?/?>)"
    r"|(?P<dropped></?(?:b|strong|i|em|u|span|font|html|body|center)(?:\s[^<>]*)?>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_MARKDOWN_INLINE = re.compile(
    _INLINE.pattern + r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    # Marks between digits are left: 2**3 is a power, and the numbers beside it are not to be put together.
    r"|(?<![0-9A-Za-z*])\*\*(?=[^\s*])(?P<bold>[^*]+)(?<=\S)\*\*(?![0-9A-Za-z*])",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_LIST_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_THEMATIC_BREAK = re.compile(r"\s*+(?:(?:-\s*+){3,}+|(?:\*\s*+){3,}+|(?:_\s*+){3,}+|(?:=\s*+){3,}+)\Z")

_PIPE = re.compile(r"(?<!\\)\|")
_BETWEEN_PIPES = re.compile(r"(?:>\s?)*\|.*(?<!\\)\|\Z", re.DOTALL)
_QUOTE_MARK = re.compile(r"\s*(?:>\s?)+(?=\|)")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_LONG_RULE_CELL = re.compile(r"\s*:?-{3,}:?\s*")
_DRAWN = re.compile(r"\s*\+[-=+:]{2,}\+\s*\Z|(?:[^│┃║┌-╋╔-╬]*[│┃║┌-╋╔-╬]){2}")
# A line indented by a tab, or the tab after a list mark: no cells.
_NO_ROW = re.compile(r"[ \u3000]*(?:\t[ \u3000]*)?(?:[-*+•·]\t(?=[^\W\d]))?[^\t]*")
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
class _Line:
    text: str
    number: int
    page: int


@attrs.frozen
class _Piece:
    """A stretch of the text: lines, or one table in HTML. ``number`` and ``page`` are those of its first line."""

    text: str
    number: int
    page: int
    is_table: bool = False
    is_closed: bool = True


@attrs.frozen
class _Context:
    meter: Meter
    markdown: bool
    paged: bool

    def place(self, line: _Line | _Piece, column: int | None = None) -> Location:
        page = line.page if self.paged else None
        return Location(file=self.meter.name, line=line.number, column=column, page=page)

    def inline(self, text: str) -> str:
        """Give what a reader is shown: without Markdown's marks, with entities and line breaks read."""
        shown = _shown(text, _MARKDOWN_INLINE if self.markdown else _INLINE)
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
    if not _LINE_END.search(text):
        text = _SOFT_BREAK.sub("\n", text)
    context = _Context(meter, markdown, "\f" in text)
    for _ in range(text.count("\f")):
        meter.page()
    blocks: list[Block] = []
    drawn: list[Location] = []
    unclosed: list[Location] = []
    for piece in _pieces(text):
        if piece.is_table:
            tables = sum(isinstance(block, Grid) for block in blocks)
            blocks += _html_blocks(piece.text, meter, attrs.evolve(context.place(piece), table=tables + 1))
            unclosed += () if piece.is_closed else (context.place(piece),)
            continue
        for kind, lines in _runs(_joined(_lines(piece)), context):
            blocks += _blocks(kind, lines, context)
            drawn += [context.place(line) for line in lines[:1] if _is_drawn(kind, lines)]
    return Document(tuple(blocks), findings + _doubts(_UNCLOSED, unclosed) + _doubts(_DRAWN_TABLE, drawn))


def _html_blocks(markup: str, meter: Meter, place: Location) -> tuple[Block, ...]:
    from perfeval.documents.html import html_blocks  # noqa: PLC0415 - needs lxml, which plain text does not

    return html_blocks(markup, meter, place)


def _doubts(wording: Wording, places: list[Location]) -> tuple[Finding, ...]:
    if not places:
        return ()
    return (Finding(wording(), FindingClass.READING, Severity.WARNING, tuple(places[:_MOST_PLACES])),)


def _pieces(text: str) -> Iterator[_Piece]:
    number, page, position = 1, 1, 0
    for start, stop, is_closed in _tables(text):
        for piece in (
            _Piece(text[position:start], number, page),
            _Piece(text[start:stop], 0, 0, is_table=True, is_closed=is_closed),
        ):
            yield attrs.evolve(piece, number=number, page=page)
            number += len(_LINE_END.findall(piece.text))
            page += piece.text.count("\f")
        position = stop
    yield _Piece(text[position:], number, page)


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


def _lines(piece: _Piece) -> Iterator[_Line]:
    page = piece.page
    for index, text in enumerate(_LINE_END.split(piece.text)):
        parts = text.split("\f")
        for part in parts:
            yield _Line(_SOFT_BREAK.sub("\n", part), piece.number + index, page)
            page += 1
        page -= 1


def _joined(lines: Iterator[_Line]) -> list[_Line]:
    """Put together the lines of a cell in quotation marks, as spreadsheets copy a cell that holds line breaks."""
    given = list(lines)
    joined: list[_Line] = []
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


def _closing(lines: Sequence[_Line], opening: int) -> int | None:
    for index in range(opening + 1, min(opening + _MOST_QUOTED_LINES, len(lines))):
        first, tab, _ = lines[index].text.partition("\t")
        if first.count('"') % 2 == 1:
            closes = first.endswith('"') and bool(tab or "\t" in lines[opening].text)
            return index if closes else None
        if tab:
            return None
    return None


def _runs(lines: Sequence[_Line], context: _Context) -> Iterator[tuple[str, list[_Line]]]:
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


def _is_drawn(kind: str, lines: Sequence[_Line]) -> bool:
    if kind == "drawn":
        return True
    return kind == "prose" and any(
        len(_WIDE_GAP.split(line.text.strip())) > 2 and sum(word in line.text for word in _COLUMN_WORDS) > 1
        for line in lines
    )


def _blocks(kind: str, lines: Sequence[_Line], context: _Context) -> Iterator[Block]:
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
            text = context.inline(_without_marks(line.text) if context.markdown else line.text)
            if text:
                yield Paragraph(text, context.place(line))


def _grid(rows: Sequence[tuple[_Line, list[str]]], context: _Context, *, is_counted: bool) -> Grid:
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


def _without_marks(text: str) -> str:
    """Give a line of Markdown without what makes it a heading, a list item or a thematic break."""
    if _THEMATIC_BREAK.match(text):
        return ""
    heading = _HEADING.match(text)
    if heading is None:
        return _LIST_ITEM.sub("", text, count=1) if _LIST_ITEM.match(text) else text
    title = text[heading.end() :].rstrip()
    bare = title.rstrip("#")
    return bare if not bare or bare[-1].isspace() else title


def _shown(text: str, pattern: re.Pattern[str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        parts = match.groupdict()
        if parts["block"]:
            return "\n"
        if parts["dropped"]:
            return ""
        if parts["entity"]:
            return html.unescape(parts["entity"]).replace("\xa0", " ")
        if parts["bold"]:
            return _shown(parts["bold"], pattern)
        return parts["escaped"] or parts["code"]

    return pattern.sub(replaced, text)
