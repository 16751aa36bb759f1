"""Word documents: paragraphs and tables as Word shows them, from the XML inside.

Read with lxml alone. python-docx refuses files that Word opens (a picture that is missing, macros, the strict
form), and its cells take time quadratic in the row. Automatic numbers, headers and footers are not read.
"""

from __future__ import annotations

__all__ = ["read_docx"]

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.grid import Block, Document, Grid, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.packed import office_archive
from perfeval.documents.shown import NOT_TEXT, UNKNOWN_CHARACTER, doubt
from perfeval.documents.web.reader import read_html
from perfeval.documents.word.formats import hidden_styles
from perfeval.documents.word.lines import UNKNOWN, read_line
from perfeval.documents.word.markup import CHUNK, OFFICE_SPACE, TBL, P, W, content_of
from perfeval.documents.word.package import Package, Relation
from perfeval.documents.word.tables import read_table
from perfeval.findings import Finding, Location
from perfeval.messages import Wording

_NOT_WORD = Wording(
    "IN-DOCX-NOT",
    "不是 Word 文档（缺少正文），请用 Word 或 WPS 另存为 .docx",
    "is no Word document (it has no body); save it as .docx with Word or WPS",
)


def read_docx(data: bytes, meter: Meter) -> Document:
    """Read the body of a Word document: what is shown, with all changes accepted, in reading order.

    Tables in cells and text boxes follow what they stand in; foot and end notes follow the body.
    """
    meter.size(len(data))
    with office_archive(data, meter) as archive:
        package = Package(archive, meter)
        main = package.main()
        body = package.parsed(main)
        body = body.find(f"{W}body") if body is not None and body.tag == f"{W}document" else None
        if body is None:
            raise meter.refused(_NOT_WORD())
        story = _Story(package, package.relations(main), meter)
        story.flow(body, 0)
        story.notes()
    return Document(tuple(story.blocks), tuple(story.findings))


class _Story:
    """Reads stories (body, notes, boxes, cells) into blocks, and counts paragraphs and tables."""

    def __init__(self, package: Package, relations: dict[str, Relation], meter: Meter) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._package = package
        self._relations = relations
        self._meter = meter
        self._vanishing = hidden_styles(self._related("styles"))
        self._notes: dict[tuple[str, str], None] = {}
        self._paragraphs = 0
        self._tables = 0

    def _related(self, kind: str) -> Element | None:
        named = (relation.target for relation in self._relations.values() if relation.kind == kind)
        target = next(named, None)
        return None if target is None else self._package.parsed(target)

    def flow(self, container: Element, depth: int) -> None:
        """Add the paragraphs and tables of a story."""
        waiting = ""  # text before a deleted paragraph mark belongs to the next paragraph
        place: Location | None = None
        for element in content_of(container):
            if element.tag == P:
                self._paragraphs += 1
                place = place or Location(file=self._meter.name, line=self._paragraphs)
                line, mark_gone = read_line(element, self._vanishing)
                self._notes.update(dict.fromkeys(line.notes))
                waiting += "".join(line.pieces)
                if line.has_object:
                    self.findings.append(doubt(NOT_TEXT, place))
                if not mark_gone:
                    self._paragraph(waiting, place)
                    waiting, place = "", None
                for box in line.boxes:
                    self._box(box, depth)
            elif element.tag == TBL:
                self._table(element, depth)
            elif element.tag == CHUNK:
                self._chunk(element)
        if place is not None:
            self._paragraph(waiting, place)

    def notes(self) -> None:
        """Add the foot and end notes, in the order in which they are referred to."""
        for kind in ("footnote", "endnote"):
            wanted = [number for of_kind, number in self._notes if of_kind == kind]
            root = self._related(f"{kind}s") if wanted else None
            if root is not None:
                texts = {note.get(f"{W}id", ""): note for note in root.iterchildren(W + kind)}
                for number in wanted:
                    if number in texts:
                        self.flow(texts[number], 0)

    def _paragraph(self, text: str, place: Location) -> None:
        text = self._meter.text(text.strip("\n"))
        self._meter.clock()
        if text.strip():
            self.blocks.append(Paragraph(text, place))
            if UNKNOWN.search(text):
                self.findings.append(doubt(UNKNOWN_CHARACTER, place))

    def _box(self, box: Element, depth: int) -> None:
        self._meter.nesting(depth + 1)
        self.flow(box, depth + 1)

    def _chunk(self, chunk: Element) -> None:
        """Add a web page that was put into the document whole, as programs do that export reports."""
        relation = self._relations.get(chunk.get(f"{{{OFFICE_SPACE}/relationships}}id", ""))
        content = self._package.content(relation.target) if relation else None
        place = Location(file=self._meter.name, line=self._paragraphs + 1, table=self._tables + 1)
        if content is None or relation is None or not relation.target.lower().endswith(("ht", "htm", "html")):
            self.findings.append(doubt(NOT_TEXT, attrs.evolve(place, table=None)))
            return
        page = read_html(content, self._meter, place)
        self.blocks.extend(page.blocks)
        self.findings.extend(page.findings)
        self._tables += sum(isinstance(block, Grid) for block in page.blocks)

    def _table(self, element: Element, depth: int) -> None:
        self._meter.nesting(depth + 1)
        self._tables += 1
        place = Location(file=self._meter.name, table=self._tables)
        table = read_table(element, place, self._vanishing, self._meter)
        self.blocks.extend(() if table.grid is None else (table.grid,))
        self.findings.extend(table.findings)
        self._notes.update(dict.fromkeys(table.notes))
        for inner in table.inner:
            if inner.tag == TBL:
                self._table(inner, depth + 1)
            elif inner.tag == CHUNK:
                self._chunk(inner)
            else:
                self._box(inner, depth + 1)
