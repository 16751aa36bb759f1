"""Web pages and tables saved as web pages: what a browser shows, without fetching or running anything."""

from __future__ import annotations

__all__ = [
    "NOT_TEXT",
    "STRUCK",
    "UNEVEN",
    "UNKNOWN_CHARACTER",
    "html_blocks",
    "in_symbol_font",
    "is_mhtml",
    "read_html",
    "read_mhtml",
    "superscript",
]

import email
import re
from collections.abc import Iterable, Iterator
from email.message import Message as Mail
from functools import lru_cache
from typing import Any

import attrs
from lxml import etree
from lxml.etree import _Element as Element

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow, Paragraph
from perfeval.documents.limits import Meter
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_EMPTY = Wording("IN-HTML-EMPTY", "网页没有内容，请重新保存", "is a web page without content; save it again")
_CUT = Wording(
    "IN-HTML-LIMIT",
    "网页过于复杂或损坏（{detail}），未读",
    "is a web page too deep or too damaged to be read whole ({detail}) and was not read",
)
_NO_PAGE = Wording(
    "IN-HTML-MHTML",
    "网页存档（.mht）中没有可读的网页，请重新保存",
    "is a web archive (.mht) without a readable page; save it again",
)
UNKNOWN_CHARACTER = Wording("PE030", "有无法识别的字符", "holds characters that could not be read")
NOT_TEXT = Wording(
    "PE031",
    "此处有图片、嵌入对象或公式域，其中的文字未读",
    "a picture, an embedded object or a formula field stands here, whose words were not read",
)
UNEVEN = Wording(
    "PE032",
    "各行列数不同或合并单元格重叠，列的位置不可靠",
    "rows have different numbers of columns, or merged cells overlap; the positions of columns are in doubt",
)
STRUCK = Wording("PE033", "单元格内有带删除线的文字，已照读", "struck-through words in a cell were read too")
_TAKEN_APART = Wording(
    "PE034",
    "单元格内嵌有表格，外层表格按版面处理，其文字读作段落",
    "a table with tables in its cells was taken for layout; its own words became paragraphs",
)

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre search section summary "
    "table tbody td tfoot th thead title tr ul".split()
)
_NOT_SHOWN = frozenset(
    "applet audio canvas datalist head iframe noembed noframes noscript object rp rt script style template title "
    "video xml".split()
)
_CELLS = frozenset(("td", "th"))
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_STRUCK_TAGS = ("s", "strike", "del")
_NOT_A_VALUE = frozenset("button color file hidden image password range reset submit".split())
_MOST_COLUMNS = 1000  # what the HTML standard allows a colspan
_BOUNDARY = "\f"  # cannot come from a page: white space is collapsed before
_TABLE = "\v"

_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_FAMILY = re.compile(r"(?<![\w-])font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_FONT = re.compile(r"(?<![\w-])font\s*:", re.IGNORECASE)
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_STATED_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"]*\"|'[^']*'|[^;]*)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f\v]+")
_ROUND_BREAK = re.compile(r" *\n *")
_ROUND_BOUNDARY = re.compile(r"[ \n]?[ ]*\f[ \f]*")
_SPACES = re.compile(r"  +")
_COUNT = re.compile(r"\s*\+?(\d{1,9})")

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_HEAD = 8192
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MHTML_HEAD = re.compile(
    rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/", re.IGNORECASE
)

_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# The fonts that draw another character than the stored one: Adobe's Symbol encoding whole, of the dingbats
# what stands in forms.
_SYMBOL = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA1, 0xF0), *range(0xF1, 0xFF)),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(b" lnoquv\x9f\xa1\xa7\xa8\xab\xd8", " ●■□❑◆❖•○▪□★➢", strict=True)),
    **dict(zip(range(0xDF, 0xE3), "←→↑↓", strict=True)),
    **dict(zip(range(0xFB, 0xFF), "✗✓☒☑", strict=True)),
}
_WINGDINGS_2 = {0x20: " ", 0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOL_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def superscript(text: str) -> str:
    """Raise digits and signs: a 10 with a raised 2 must not be read as 102."""
    return text.translate(_SUPERSCRIPTS)


def in_symbol_font(text: str, font: str | None) -> str:
    """Give the characters that a symbol font draws for these; of another font, the same.

    What the font is not known to draw becomes U+FFFD.
    """
    drawn = _SYMBOL_FONTS.get(font.strip().lower()) if font else None
    if drawn is None:
        return text
    return "".join(
        drawn.get(code & 0xFF, "\ufffd")
        if (0x20 <= code <= 0xFF and code != 0xA0) or 0xF000 <= code <= 0xF0FF
        else chr(code)
        for code in map(ord, text)
    )


def read_html(data: bytes, meter: Meter, place: Location | None = None) -> Document:
    """Read a web page, an Excel or Word table saved as one, or a web archive (see `read_mhtml`).

    ``place`` is where a page inside another document begins: see `html_blocks`.
    """
    if is_mhtml(data):
        return read_mhtml(data, meter, place)
    meter.size(len(data))
    return _document(_Page(meter, place or Location(file=meter.name)).read(_decoded(data)), meter)


def html_blocks(markup: str, meter: Meter, place: Location) -> tuple[Block, ...]:
    """Give the paragraphs and grids of a piece of markup inside another document.

    ``place`` is where the piece begins: its line (of the first character) and the number of its first table.
    """
    return tuple(_Page(meter, place).read(markup).blocks)


def is_mhtml(data: bytes) -> bool:
    """Say whether the bytes begin as a web archive does: headers of a mail in several parts."""
    return _MHTML_HEAD.match(data[:_HEAD]) is not None


def read_mhtml(data: bytes, meter: Meter, place: Location | None = None) -> Document:
    """Read a web archive (.mht, or what Word and Excel save as a page in one file): every page inside."""
    meter.size(len(data))
    page = _Page(meter, place or Location(file=meter.name))
    try:
        parts = [
            part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"
        ]
        texts = [_mail_text(part, meter) for part in parts]
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        # The parser of the standard library raises any of these on mails that nobody sent.
        raise meter.refused(_NO_PAGE()) from None
    if not any(texts):
        raise meter.refused(_NO_PAGE())
    for text in filter(None, texts):
        page.read(text)
    return _document(page, meter)


def _document(page: _Page, meter: Meter) -> Document:
    if not page.blocks and not page.seen:
        raise meter.refused(_EMPTY())
    return Document(tuple(page.blocks), tuple(page.findings))


def _mail_text(part: Mail, meter: Meter) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    meter.unpack(len(content))
    return _decoded(content, part.get_content_charset())


def _decoded(data: bytes, stated: str | None = None) -> str:
    """Decode by byte order mark, else by what is stated, else UTF-8 or GB 18030, whichever damages least."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    found = _CHARSET.search(data[:_HEAD])
    named = stated or (next(filter(None, found.groups())).decode("ascii", "replace") if found else "")
    candidates = dict.fromkeys((_ENCODINGS.get(named.lower(), "utf-8"), "utf-8", "gb18030"))
    beyond_ascii = len(data.translate(None, bytes(range(128))))
    best: tuple[int, str] | None = None
    for encoding in candidates:
        text = data.decode(encoding, "replace")
        damage = text.count("\ufffd")
        if damage * 100 <= beyond_ascii:  # a page cut off in a character is no page in another encoding
            return text
        if best is None or damage < best[0]:
            best = damage, text
    return best[1] if best else ""


@attrs.frozen
class _Style:
    """What matters of the style attribute of an element."""

    hidden: bool = False
    invisible: bool = False
    kept_space: bool = False
    font: str | None = None
    """The first font, empty where the style sets some other way."""


_NO_STYLE = _Style()


@lru_cache(maxsize=4096)  # a page repeats a few styles in every cell
def _style_of(written: str) -> _Style:
    family = _FAMILY.search(written)
    return _Style(
        _HIDDEN.search(written) is not None,
        _INVISIBLE.search(written) is not None,
        _KEPT_SPACE.search(written) is not None,
        family[1] if family else "" if _FONT.search(written) else None,
    )


def _style(element: Element) -> _Style:
    written = element.get("style")
    return _NO_STYLE if written is None else _style_of(written)


@attrs.frozen
class _Mode:
    """How the text inside an element is shown."""

    kept_space: bool = False
    raised: bool = False
    font: str | None = None

    def inside(self, element: Element, tag: str) -> _Mode:
        style, face = _style(element), element.get("face")
        kept_space = style.kept_space or tag in {"pre", "textarea"}
        font = style.font if style.font is not None else face
        if not kept_space and font is None and tag != "sup":
            return self
        return _Mode(
            self.kept_space or kept_space, self.raised or tag == "sup", self.font if font is None else font
        )

    def shown(self, text: str | None) -> str:
        if not text:
            return ""
        if self.kept_space:
            # As spaces that do not collapse; they become plain ones in the end.
            text = (
                text.replace("\r\n", "\n")
                .expandtabs()
                .replace(" ", "\xa0")
                .replace("\f", "")
                .replace("\v", "")
            )
        else:
            text = _WHITE.sub(" ", text)
        text = in_symbol_font(text, self.font) if self.font else text
        return superscript(text) if self.raised else text


_PLAIN = _Mode()


def _is_hidden(element: Element) -> bool:
    return _style(element).hidden or element.get("hidden") is not None


def _control(element: Element, tag: str) -> str:
    """Give what a form control shows, its children aside."""
    if tag == "input":
        kind = (element.get("type") or "text").strip().lower()
        if kind in {"checkbox", "radio"}:
            return "☐☑○●"[2 * (kind == "radio") + (element.get("checked") is not None)]
        return "" if kind in _NOT_A_VALUE else element.get("value") or ""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return " ".join("".join(map(str, option.itertext())) for option in chosen)


def _pieces(root: Element, apart: frozenset[Element]) -> Iterator[tuple[str, Element]]:
    """Give the shown text below an element with its line breaks and boundaries of blocks, in order.

    An element of ``apart`` is not entered; it is given with the piece ``_TABLE``.
    """
    mode = _PLAIN.inside(root, root.tag)
    stack: list[tuple[Element, _Mode, str]] = [  # the element, the mode outside of it, what is to be done
        (child, mode, "open") for child in root.iterchildren(reversed=True)
    ]
    yield mode.shown(root.text), root
    while stack:
        element, outside, step = stack.pop()
        tag = element.tag
        if step == "close":
            if tag in _BLOCKS:
                yield _BOUNDARY, element
        elif tag in _NOT_SHOWN or _is_hidden(element) or _style(element).invisible:
            pass
        elif element in apart:
            yield _TABLE, element
        elif tag == "br":
            yield "\n", element
        elif tag in {"input", "select"}:
            yield outside.shown(_control(element, tag)), element
        else:
            if tag in _BLOCKS:
                yield _BOUNDARY, element
            inside = outside.inside(element, tag)
            yield inside.shown(element.text), element
            stack.append((element, outside, "close"))
            stack.extend((child, inside, "open") for child in element.iterchildren(reversed=True))
            continue
        if element.tail:
            yield outside.shown(element.tail), element


def _text_of(element: Element) -> str:
    """Give the text that an element shows, on as many lines as a browser breaks for markup."""
    if _style(element).invisible:
        return ""
    if len(element) == 0:
        return _PLAIN.inside(element, element.tag).shown(element.text).replace("\xa0", " ").strip(" \n")
    return _joined(piece for piece, _inside in _pieces(element, frozenset()))


def _joined(pieces: Iterable[str]) -> str:
    """Collapse white space as a browser does; boundaries of blocks become line breaks."""
    text = "".join(pieces)
    text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = _ROUND_BREAK.sub("\n", text)
    if _BOUNDARY in text:
        text = _ROUND_BOUNDARY.sub(_BOUNDARY, text).strip(" \f").replace(_BOUNDARY, "\n")
    return text.replace("\xa0", " ").strip(" \n")


def _descendants(root: Element, wanted: frozenset[str], closed: frozenset[str]) -> Iterator[Element]:
    """Give the shown elements of a kind below one, not entering those found nor the closed ones."""
    stack = list(root.iterchildren(reversed=True))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _NOT_SHOWN or _is_hidden(element) or (tag not in _CELLS and _style(element).invisible):
            continue
        if tag in wanted:
            yield element
        elif tag not in closed:
            stack.extend(element.iterchildren(reversed=True))


_ROW = frozenset(("tr",))
_NO_ROW = frozenset(("table", "td", "th", "caption"))
_NO_CELL = frozenset(("table", "tr"))


def _row_groups(table: Element) -> list[list[Element]]:
    """Give the shown rows by group, in the order in which they are shown: head first, foot last."""
    groups: dict[Element, list[Element]] = {}
    for row in _descendants(table, _ROW, _NO_ROW):
        group = next(
            (above for above in row.iterancestors() if above is table or above.tag in _GROUPS), table
        )
        groups.setdefault(group, []).append(row)
    head = next((group for group in groups if group.tag == "thead"), None)
    foot = next((group for group in groups if group.tag == "tfoot"), None)
    return [groups[group] for group in sorted(groups, key=lambda group: (group is foot) - (group is head))]


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    found = _COUNT.match(written) if written else None
    return int(found[1]) if found else 1


def _has_text(element: Element) -> bool:
    return any(str(text).strip() for text in element.itertext())


def _layout_tables(root: Element) -> frozenset[Element]:
    """Give the tables that hold a shown table with text in it."""
    layout = set()
    for table in root.iter("table"):
        above = next(table.iterancestors("table"), None)
        if above is not None and above not in layout and _has_text(table) and not _is_hidden(table):
            layout.add(above)
    return frozenset(layout)


class _Page:
    """Reads markup into blocks; several pieces one after the other number their tables on."""

    def __init__(self, meter: Meter, place: Location) -> None:
        self.meter = meter
        self.place = place
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.seen = False
        self._table = (place.table or 1) - 1

    def read(self, markup: str) -> _Page:
        """Add the blocks of one piece of markup."""
        root = self._root(markup)
        if root is None:
            return self
        self.seen = True
        layout = _layout_tables(root)
        grids = frozenset(table for table in root.iter("table") if table not in layout)
        self._doubt_layout(layout)
        self._flow(_pieces(root, grids), root)
        return self

    def _root(self, markup: str) -> Element | None:
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        content = markup.replace("\0", "").encode("utf-8", "replace")
        try:
            root: Element | None = etree.fromstring(content, parser) if content.strip() else None
        except etree.XMLSyntaxError as error:
            raise self.meter.refused(_CUT(detail=error.msg)) from None
        # At a limit the parser stops without a word and gives what it has.
        fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
        if fatal:
            raise self.meter.refused(_CUT(detail=fatal[0].message.strip()))
        return root

    def _doubt(self, wording: Wording, place: Location) -> None:
        self.findings.append(Finding(wording(), FindingClass.READING, Severity.WARNING, (place,)))

    def _line(self, element: Element) -> Location:
        line: Any = element.sourceline  # the stubs do not say that it is a number
        return attrs.evolve(self.place, line=(self.place.line or 1) - 1 + (line or 1), table=None, row=None)

    def _flow(self, pieces: Iterable[tuple[str, Element]], start: Element) -> None:
        """Add paragraphs, and the tables between them."""
        texts: list[str] = []
        first = start
        for piece, element in pieces:
            if piece in {_BOUNDARY, _TABLE}:
                self._paragraph(texts, first)
                texts = []
                if piece == _TABLE:
                    self._grid(element)
            else:
                if piece.strip() and not any(text.strip() for text in texts):
                    first = element
                texts.append(piece)
        self._paragraph(texts, first)

    def _paragraph(self, texts: list[str], first: Element) -> None:
        text = self.meter.text(_joined(texts))
        if not text:
            return
        self.meter.clock()
        place = self._line(first)
        self.blocks.append(Paragraph(text, place))
        if "\ufffd" in text:
            self._doubt(UNKNOWN_CHARACTER, place)

    def _grid(self, table: Element) -> None:
        """Add a table of its own, after its caption and whatever else stands in it outside the cells."""
        groups = [
            [list(_descendants(row, _CELLS, _NO_CELL)) for row in group] for group in _row_groups(table)
        ]
        cells = frozenset(cell for group in groups for row in group for cell in row)
        outside = [(piece, element) for piece, element in _pieces(table, cells) if piece != _TABLE]
        self._flow(outside, table)
        if not cells or not _has_something(table):
            return
        self._table += 1
        place = attrs.evolve(self.place, line=None, table=self._table, row=None)
        rows: list[GridRow] = []
        overlapping = False
        for group in groups:
            overlapping |= self._group(group, place, rows)
        if overlapping:
            self._doubt(UNEVEN, place)
        self.blocks.append(Grid(_without_empty_columns(rows), place, aligned=not overlapping))

    def _group(self, group: list[list[Element]], place: Location, rows: list[GridRow]) -> bool:
        """Add the rows of a group with the slots that the standard gives their cells; say if cells overlap."""
        taken: dict[int, int] = {}  # column to rows still covered from above
        overlapping = False
        for index, elements in enumerate(group):
            row_place = attrs.evolve(place, row=len(rows) + 1)
            below: dict[int, int] = {}
            cells = []
            column = 0
            for element in elements:
                while column in taken:
                    column += 1
                wanted = min(max(_span(element, "colspan"), 1), _MOST_COLUMNS)
                width = wanted
                if taken and wanted > 1:
                    width = next((free for free in range(1, wanted) if column + free in taken), wanted)
                overlapping |= width < wanted
                height = min(_span(element, "rowspan") or len(group), len(group) - index)
                cells.append(self._cell(element, column, row_place, height, width))
                if height > 1:
                    below.update(dict.fromkeys(range(column, column + width), height))
                column += width
            self.meter.cells(len(taken) + column)
            taken = {at: left - 1 for at, left in (taken | below).items() if left > 1}
            rows.append(GridRow(tuple(cells), row_place))
        return overlapping

    def _cell(self, element: Element, column: int, place: Location, height: int, width: int) -> GridCell:
        text = self.meter.text(_text_of(element))
        if "\ufffd" in text:
            self._doubt(UNKNOWN_CHARACTER, place)
        if len(element):
            if not text and next(element.iter("img"), None) is not None:
                self._doubt(NOT_TEXT, place)
            if next(element.iter(*_STRUCK_TAGS), None) is not None:
                self._doubt(STRUCK, place)
        raw = element.get("x:num") or element.get("sdval") or None
        raw = None if raw == text else raw
        shown_by = _number_format(element) if raw is not None else None
        return GridCell(text, column, place, height, width, raw, shown_by)

    def _doubt_layout(self, layout: frozenset[Element]) -> None:
        for table in layout:
            rows = (
                [cell for cell in _descendants(row, _CELLS, _NO_CELL) if cell.find(".//table") is None]
                for row in _descendants(table, _ROW, _NO_ROW)
            )
            full = sum(sum(_has_text(cell) for cell in row) >= 3 for row in rows)
            if full >= 2:  # layout has bands of one or two cells
                self._doubt(_TAKEN_APART, self._line(table))


def _has_something(table: Element) -> bool:
    """Say whether a table shows anything: spacers of the layout do not."""
    return _has_text(table) or next(table.iter("img", "input", "select"), None) is not None


def _number_format(cell: Element) -> str | None:
    """Give the number format that LibreOffice (sdnum) or Excel (a style) wrote to a cell."""
    written = cell.get("sdnum")
    if written is not None:
        return written.split(";", 2)[2] if written.count(";") >= 2 else None
    found = _STATED_FORMAT.search(cell.get("style") or "")
    return found[1].strip("\"' ").replace("\\", "") or None if found else None


def _without_empty_columns(rows: list[GridRow]) -> tuple[GridRow, ...]:
    """Cut off the columns at the right in which no cell begins: a colspan of 100 means the whole width."""
    columns = 1 + max((cell.column for row in rows for cell in row.cells), default=0)
    return tuple(
        attrs.evolve(
            row,
            cells=tuple(
                attrs.evolve(cell, column_span=columns - cell.column) if cell.stop > columns else cell
                for cell in row.cells
            ),
        )
        if any(cell.stop > columns for cell in row.cells)
        else row
        for row in rows
    )
