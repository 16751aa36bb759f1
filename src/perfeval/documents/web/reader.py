"""Web pages and tables saved as web pages: what a browser shows, without fetching or running anything."""

from __future__ import annotations

__all__ = ["html_blocks", "is_mhtml", "read_html", "read_mhtml"]

import email
import re
from collections.abc import Iterable
from email.message import Message as Mail
from typing import Any

import attrs
from lxml import etree
from lxml.etree import _Element as Element

from perfeval.documents.grid import Block, Document, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.shown import UNKNOWN_CHARACTER, doubt
from perfeval.documents.web.decoding import decoded
from perfeval.documents.web.grids import grid_of
from perfeval.documents.web.pieces import BOUNDARY, TABLE, joined, pieces
from perfeval.documents.web.tables import has_rows_of_its_own, has_something, layout_tables, row_groups
from perfeval.findings import Finding, Location
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
_TAKEN_APART = Wording(
    "PE034",
    "单元格内嵌有表格，外层表格按版面处理，其文字读作段落",
    "a table with tables in its cells was taken for layout; its own words became paragraphs",
)
_HEAD = 8192
_MHTML_HEAD = re.compile(
    rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/", re.IGNORECASE
)


def read_html(data: bytes, meter: Meter, place: Location | None = None) -> Document:
    """Read a web page, an Excel or Word table saved as one, or a web archive (see `read_mhtml`).

    ``place`` is where a page inside another document begins: see `html_blocks`.
    """
    if is_mhtml(data):
        return read_mhtml(data, meter, place)
    meter.size(len(data))
    return _document(_Page(meter, place or Location(file=meter.name)).read(decoded(data)), meter)


def html_blocks(markup: str, meter: Meter, place: Location) -> Document:
    """Give the paragraphs and grids of a piece of markup inside another document, and the findings on them.

    ``place`` is where the piece begins: its line (of the first character) and the number of its first table.
    """
    page = _Page(meter, place).read(markup)
    return Document(tuple(page.blocks), tuple(page.findings))


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
    return decoded(content, part.get_content_charset())


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
        layout = layout_tables(root)
        for table in root.iter("table"):
            if table in layout and has_rows_of_its_own(table):
                self.findings.append(doubt(_TAKEN_APART, self._line(table)))
        grids = frozenset(table for table in root.iter("table") if table not in layout)
        self._flow(pieces(root, grids), root)
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

    def _line(self, element: Element) -> Location:
        line: Any = element.sourceline  # the stubs do not say that it is a number
        return attrs.evolve(self.place, line=(self.place.line or 1) - 1 + (line or 1), table=None, row=None)

    def _flow(self, shown: Iterable[tuple[str, Element]], start: Element) -> None:
        """Add paragraphs, and the tables between them."""
        texts: list[str] = []
        first = start
        for piece, element in shown:
            if piece in {BOUNDARY, TABLE}:
                self._paragraph(texts, first)
                texts = []
                if piece == TABLE:
                    self._grid(element)
            else:
                if piece.strip() and not any(text.strip() for text in texts):
                    first = element
                texts.append(piece)
        self._paragraph(texts, first)

    def _paragraph(self, texts: list[str], first: Element) -> None:
        text = self.meter.text(joined(texts))
        if not text:
            return
        self.meter.clock()
        place = self._line(first)
        self.blocks.append(Paragraph(text, place))
        if "\ufffd" in text:
            self.findings.append(doubt(UNKNOWN_CHARACTER, place))

    def _grid(self, table: Element) -> None:
        """Add a table of its own, after its caption and whatever else stands in it outside the cells."""
        groups = row_groups(table)
        cells = frozenset(cell for group in groups for row in group for cell in row)
        outside = [(piece, element) for piece, element in pieces(table, cells) if piece != TABLE]
        self._flow(outside, table)
        if not cells or not has_something(table):
            return
        self._table += 1
        place = attrs.evolve(self.place, line=None, table=self._table, row=None)
        grid, findings = grid_of(groups, place, self.meter)
        self.findings.extend(findings)
        self.blocks.append(grid)
