"""Word documents: paragraphs and tables as Word shows them, from the XML inside.

Read with lxml alone. python-docx refuses files that Word opens (a picture that is missing, macros, the strict
form), and its cells take time quadratic in the row. Automatic numbers, headers and footers are not read.
"""

from __future__ import annotations

__all__ = ["read_docx"]

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

import attrs
from lxml import etree
from lxml.etree import _Element as Element

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow, Paragraph
from perfeval.documents.html import (
    NOT_TEXT,
    STRUCK,
    UNEVEN,
    UNKNOWN_CHARACTER,
    in_symbol_font,
    read_html,
    superscript,
)
from perfeval.documents.limits import Meter
from perfeval.documents.packed import office_archive
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_NOT_WORD = Wording(
    "IN-DOCX-NOT",
    "不是 Word 文档（缺少正文），请用 Word 或 WPS 另存为 .docx",
    "is no Word document (it has no body); save it as .docx with Word or WPS",
)
_DAMAGED = Wording(
    "IN-DOCX-XML",
    "内部的 {part} 已损坏（{detail}），请用 Word 或 WPS 打开并另存",
    "has a damaged {part} ({detail}); open it in Word or WPS and save it again",
)

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT = "http://purl.oclc.org/ooxml/"
_LOOSE = (
    (f"{{{_STRICT}wordprocessingml/main}}", f"{{{_WORD}}}"),
    (f"{{{_STRICT}officeDocument/", f"{{{_OFFICE}/"),
)
_W = f"{{{_WORD}}}"
_M = f"{{{_OFFICE}/math}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VAL = f"{_W}val"
_OFF = frozenset(("0", "false", "off", "none"))

_P, _TBL, _TR, _TC, _R, _T = (_W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
_P_PROPERTIES, _R_PROPERTIES, _TR_PROPERTIES, _TC_PROPERTIES = (
    _W + f"{name}Pr" for name in ("p", "r", "tr", "tc")
)
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom"))
_ALTERNATIVES, _CHOICE, _FALLBACK = (_MC + name for name in ("AlternateContent", "Choice", "Fallback"))
_BOX = f"{_W}txbxContent"
_CHUNK = f"{_W}altChunk"
# What is looked through for paragraphs, rows and cells.
_WRAPPERS = frozenset(_W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
# What stands in a paragraph and shows nothing, or not here.
_SILENT = _DELETED | {_P_PROPERTIES, f"{_W}sdtPr", f"{_W}sdtEndPr", f"{_W}customXmlPr", f"{_W}smartTagPr"}
_WRITTEN = {
    **dict.fromkeys((f"{_W}tab", f"{_W}ptab"), "\t"),
    **dict.fromkeys((f"{_W}br", f"{_W}cr"), "\n"),
    f"{_W}noBreakHyphen": "-",
}
_DRAWN = frozenset((f"{_W}drawing", f"{_W}pict", f"{_W}object", _ALTERNATIVES))
_PICTURES = frozenset(
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{urn:schemas-microsoft-com:vml}imagedata",
    )
)
_NOTES = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}
_COUNT = re.compile(r"\d{1,9}")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}")
_UNKNOWN = re.compile("[\ufffd\uf000-\uf0ff]")
_SIMPLE_PART = re.compile(r"[\w.%]*")


def read_docx(data: bytes, meter: Meter) -> Document:
    """Read the body of a Word document: what is shown, with all changes accepted, in reading order.

    Tables in cells and text boxes follow what they stand in; foot and end notes follow the body.
    """
    meter.size(len(data))
    with office_archive(data, meter) as archive:
        package = _Package(archive, meter)
        main = package.main()
        body = package.parsed(main)
        body = body.find(f"{_W}body") if body is not None and body.tag == f"{_W}document" else None
        if body is None:
            raise meter.refused(_NOT_WORD())
        story = _Story(package, package.relations(main), meter)
        story.flow(body, 0)
        story.notes()
    return Document(tuple(story.blocks), tuple(story.findings))


@attrs.frozen
class _Relation:
    """Where a part refers to another."""

    kind: str
    target: str


class _Package:
    """The parts of the archive by name."""

    def __init__(self, archive: zipfile.ZipFile, meter: Meter) -> None:
        self._archive = archive
        self._meter = meter
        # Some writers use \ or another case than their own references.
        self._members = {_part_name(entry.filename): entry for entry in archive.infolist()}

    def main(self) -> str:
        """Give the name of the main part."""
        relations = self.relations("").values()
        named = (relation.target for relation in relations if relation.kind == "officeDocument")
        return next(named, "word/document.xml")

    def content(self, name: str) -> bytes | None:
        """Give the bytes of a part, None if there is none."""
        entry = self._members.get(_part_name(name))
        if entry is None:
            return None
        try:
            return self._archive.read(entry)
        except Exception as error:  # noqa: BLE001 - zlib.error, BadZipFile, EOFError: whatever the packer raises
            raise self._meter.refused(_DAMAGED(part=name, detail=error)) from None

    def parsed(self, name: str) -> Element | None:
        """Parse a part, None if there is none; names of the strict form become the usual ones."""
        content = self.content(name)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._meter.refused(_DAMAGED(part=name, detail=error.msg)) from None
        if root.tag.startswith(f"{{{_STRICT}"):
            _loosen(root)
        return root

    def relations(self, name: str) -> dict[str, _Relation]:
        """Give the parts that a part refers to, by the name that it gives them."""
        folder, file = posixpath.split(name)
        root = self.parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {
            entry.get("Id", ""): _Relation(
                entry.get("Type", "").rpartition("/")[2], posixpath.join(folder, entry.get("Target", ""))
            )
            for entry in (() if root is None else root.iter(_RELATION))
            if entry.get("TargetMode") != "External"
        }


def _part_name(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _loosen(root: Element) -> None:
    for element in root.iter():
        for strict, loose in _LOOSE:
            element.tag = element.tag.replace(strict, loose)
            for key in [key for key in element.attrib if str(key).startswith(strict)]:
                element.set(str(key).replace(strict, loose), str(element.attrib.pop(key)))


def _is_on(element: Element) -> bool:
    return element.get(_VAL, "1") not in _OFF


def _number(element: Element | None, name: str = _VAL, least: int = 0) -> int:
    found = _COUNT.fullmatch(element.get(name, "")) if element is not None else None
    return max(int(found[0]), least) if found else least


def _hidden_styles(root: Element | None) -> frozenset[str]:
    """Give the styles of paragraphs and characters whose text is hidden, by themselves or by inheritance."""
    hidden: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in () if root is None else root.iterchildren(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        above = style.find(f"{_W}basedOn")
        if above is not None:
            based[name] = above.get(_VAL, "")
        vanish = style.find(f"{_R_PROPERTIES}/{_W}vanish")
        if vanish is not None:
            hidden[name] = _is_on(vanish)
    found = set()
    for name in chain(based, hidden):
        at, seen = name, {name}
        while at not in hidden and at in based and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if hidden.get(at):
            found.add(name)
    return frozenset(found)


def _content(container: Element) -> Iterator[Element]:
    """Give what stands in a body, table, row or cell, through content controls and accepted changes."""
    stack: list[Iterator[Element]] = [iter(container)]
    while stack:
        for element in stack[-1]:
            if element.tag in _WRAPPERS:
                stack.append(iter(element))
                break
            if element.tag == _ALTERNATIVES:
                stack.append(iter(_chosen(element)))
                break
            yield element
        else:
            stack.pop()


def _chosen(alternatives: Element) -> Iterable[Element]:
    """Give the content of the first alternative: the others say the same for older readers."""
    found = alternatives.find(_CHOICE)
    if found is None:
        found = alternatives.find(_FALLBACK)
    return () if found is None else found


def _math(element: Element) -> str:
    """Give an equation on one line: a fraction of 1 and 2 must not be read as 12."""
    tag = element.tag
    if tag == f"{_M}t":
        return element.text or ""
    if tag in _DELETED:
        return ""
    if tag == f"{_M}f":
        above, below = (_grouped(_math_part(element, name)) for name in ("num", "den"))
        return f"{above}/{below}"
    if tag == f"{_M}sSup":
        raised = _math_part(element, "sup")
        plain = superscript(raised)
        return _math_part(element, "e") + (plain if plain != raised else f"^{_grouped(raised)}")
    if tag == f"{_M}rad":
        return f"{_math_part(element, 'deg')}√{_grouped(_math_part(element, 'e'))}"
    return "".join([_math(child) for child in element])


def _math_part(element: Element, name: str) -> str:
    part = element.find(_M + name)
    return "" if part is None else _math(part)


def _grouped(text: str) -> str:
    return text if _SIMPLE_PART.fullmatch(text) else f"({text})"


def _symbol(element: Element) -> str:
    code = element.get(f"{_W}char", "")
    letter = chr(int(code, 16)) if _HEXADECIMAL.fullmatch(code) else "\ufffd"
    if not letter.isprintable() and not "\uf000" <= letter <= "\uf0ff":
        return "\ufffd"
    return in_symbol_font(letter, element.get(f"{_W}font"))


@attrs.define
class _Field:
    """A field of which the end is not seen yet: what stands before its result is an instruction."""

    start: int
    element: Element
    instruction: str = ""
    has_result: bool = False

    def drawn(self) -> str:
        """Give what Word draws for a form field without result text."""
        box = self.element.find(f"{_W}ffData/{_W}checkBox")
        if box is not None:
            checked = box.find(f"{_W}checked")
            checked = box.find(f"{_W}default") if checked is None else checked
            return "☑" if checked is not None and _is_on(checked) else "☐"
        choices = self.element.find(f"{_W}ffData/{_W}ddList")
        if choices is None:
            return ""
        entries = [entry.get(_VAL, "") for entry in choices.iterchildren(f"{_W}listEntry")]
        return "".join(entries[_number(choices.find(f"{_W}result")) :][:1])


@attrs.frozen
class _Format:
    """How a run is shown."""

    hidden: bool = False
    raised: bool = False
    struck: bool = False
    font: str | None = None


@attrs.define
class _Line:
    """A paragraph while it is read."""

    pieces: list[str] = attrs.Factory(list)
    fields: list[_Field] = attrs.Factory(list)
    boxes: list[Element] = attrs.Factory(list)
    notes: list[tuple[str, str]] = attrs.Factory(list)
    has_picture: bool = False
    has_object: bool = False
    is_struck: bool = False

    def field(self, mark: Element) -> None:
        """Take the beginning, middle or end of a field."""
        kind = mark.get(f"{_W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field(len(self.pieces), mark))
        elif self.fields and kind == "separate":
            # Only now is it sure that what stood here is not shown: an unfinished field shows everything.
            del self.pieces[self.fields[-1].start :]
            self.fields[-1].has_result = True
        elif self.fields and kind == "end":
            field = self.fields.pop()
            if not field.has_result:
                del self.pieces[field.start :]
                self.pieces.append(field.drawn())
                self.has_object |= field.instruction.split()[:1] == ["EQ"]

    def drawing(self, element: Element) -> None:
        """Take the text boxes of a drawing, and note what is no text."""
        self.has_object |= element.tag == f"{_W}object"
        stack = [element]
        while stack:
            at = stack.pop()
            if at.tag == _BOX:
                self.boxes.append(at)
            else:
                self.has_picture |= at.tag in _PICTURES
                self.has_object |= at.tag == f"{_W}object"
                stack.extend(reversed(list(_chosen(at) if at.tag == _ALTERNATIVES else at)))


@attrs.define
class _Slot:
    """One cell of one row of the table as stored; those that are merged with it downwards add to ``rows``."""

    element: Element
    column: int
    columns: int
    merge: str | None
    place: Location
    text: str = ""
    rows: int = 1

    def cell(self) -> GridCell:
        """Give it as it is now, whole."""
        return GridCell(self.text, self.column, self.place, self.rows, self.columns)


class _Story:
    """Reads stories (body, notes, boxes, cells) into blocks, and counts paragraphs and tables."""

    def __init__(self, package: _Package, relations: dict[str, _Relation], meter: Meter) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._package = package
        self._relations = relations
        self._meter = meter
        self._hidden = _hidden_styles(self._related("styles"))
        self._notes: dict[tuple[str, str], None] = {}
        self._paragraphs = 0
        self._tables = 0

    def _related(self, kind: str) -> Element | None:
        named = (relation.target for relation in self._relations.values() if relation.kind == kind)
        target = next(named, None)
        return None if target is None else self._package.parsed(target)

    def _doubt(self, wording: Wording, place: Location) -> None:
        self.findings.append(Finding(wording(), FindingClass.READING, Severity.WARNING, (place,)))

    def flow(self, container: Element, depth: int) -> None:
        """Add the paragraphs and tables of a story."""
        waiting = ""  # text before a deleted paragraph mark belongs to the next paragraph
        place: Location | None = None
        for element in _content(container):
            if element.tag == _P:
                self._paragraphs += 1
                place = place or Location(file=self._meter.name, line=self._paragraphs)
                line, mark_gone = self._line(element)
                waiting += "".join(line.pieces)
                if line.has_object:
                    self._doubt(NOT_TEXT, place)
                if not mark_gone:
                    self._paragraph(waiting, place)
                    waiting, place = "", None
                for box in line.boxes:
                    self._box(box, depth)
            elif element.tag == _TBL:
                self._table(element, depth)
            elif element.tag == _CHUNK:
                self._chunk(element)
        if place is not None:
            self._paragraph(waiting, place)

    def notes(self) -> None:
        """Add the foot and end notes, in the order in which they are referred to."""
        for kind in ("footnote", "endnote"):
            wanted = [number for of_kind, number in self._notes if of_kind == kind]
            root = self._related(f"{kind}s") if wanted else None
            if root is not None:
                texts = {note.get(f"{_W}id", ""): note for note in root.iterchildren(_W + kind)}
                for number in wanted:
                    if number in texts:
                        self.flow(texts[number], 0)

    def _paragraph(self, text: str, place: Location) -> None:
        text = self._meter.text(text.strip("\n"))
        self._meter.clock()
        if text.strip():
            self.blocks.append(Paragraph(text, place))
            if _UNKNOWN.search(text):
                self._doubt(UNKNOWN_CHARACTER, place)

    def _box(self, box: Element, depth: int) -> None:
        self._meter.nesting(depth + 1)
        self.flow(box, depth + 1)

    def _chunk(self, chunk: Element) -> None:
        """Add a web page that was put into the document whole, as programs do that export reports."""
        relation = self._relations.get(chunk.get(f"{{{_OFFICE}/relationships}}id", ""))
        content = self._package.content(relation.target) if relation else None
        place = Location(file=self._meter.name, line=self._paragraphs + 1, table=self._tables + 1)
        if content is None or relation is None or not relation.target.lower().endswith(("ht", "htm", "html")):
            self._doubt(NOT_TEXT, attrs.evolve(place, table=None))
            return
        page = read_html(content, self._meter, place)
        self.blocks.extend(page.blocks)
        self.findings.extend(page.findings)
        self._tables += sum(isinstance(block, Grid) for block in page.blocks)

    # Paragraphs

    def _line(self, paragraph: Element) -> tuple[_Line, bool]:
        """Read a paragraph; say also whether its mark is gone, so that the next one continues it."""
        line = _Line()
        hidden = mark_gone = False
        stack: list[Iterator[Element]] = [iter(paragraph)]
        while stack:
            for element in stack[-1]:
                tag = element.tag
                if tag == _R:
                    self._run(element, line, hidden=hidden)
                elif tag == _P_PROPERTIES:
                    hidden, mark_gone = self._paragraph_format(element)
                elif tag in _SILENT:
                    pass
                elif tag == f"{_M}oMath":
                    line.pieces.append(_math(element))
                else:
                    stack.append(iter(_chosen(element) if tag == _ALTERNATIVES else element))
                    break
            else:
                stack.pop()
        for note in line.notes:
            self._notes.setdefault(note)
        return line, mark_gone

    def _paragraph_format(self, properties: Element) -> tuple[bool, bool]:
        style = properties.find(f"{_W}pStyle")
        hidden = style is not None and style.get(_VAL) in self._hidden
        mark = properties.find(_R_PROPERTIES)
        mark_gone = mark is not None and any(
            part.tag in _DELETED or (part.tag == f"{_W}vanish" and _is_on(part)) for part in mark
        )
        return hidden, mark_gone

    def _format(self, properties: Element, *, hidden: bool) -> _Format:
        shown = _Format(hidden=hidden)
        vanish: bool | None = None
        for part in properties:
            name = part.tag.removeprefix(_W)
            if name == "vanish":
                vanish = _is_on(part)
            elif name == "rStyle" and part.get(_VAL) in self._hidden:
                shown = attrs.evolve(shown, hidden=True)
            elif name == "vertAlign" and part.get(_VAL) == "superscript":
                shown = attrs.evolve(shown, raised=True)
            elif name in {"strike", "dstrike"} and _is_on(part):
                shown = attrs.evolve(shown, struck=True)
            elif name == "rFonts" and part.get(f"{_W}hint") != "eastAsia":
                font = part.get(f"{_W}ascii") or part.get(f"{_W}hAnsi")
                shown = attrs.evolve(shown, font=font) if font else shown
        return shown if vanish is None else attrs.evolve(shown, hidden=vanish)

    def _run(self, run: Element, line: _Line, *, hidden: bool) -> None:
        shown = _HIDDEN if hidden else _PLAIN
        for element in run:
            tag = element.tag
            if tag == _R_PROPERTIES:
                shown = self._format(element, hidden=hidden)
            elif tag == f"{_W}fldChar":
                line.field(element)
            elif tag == f"{_W}instrText":
                if line.fields:
                    line.fields[-1].instruction += element.text or ""
            elif shown.hidden:
                pass
            elif tag == _T:
                text = element.text or ""
                text = in_symbol_font(text, shown.font) if shown.font else text
                line.pieces.append(superscript(text) if shown.raised else text)
                line.is_struck |= shown.struck
            elif tag in _WRITTEN:
                line.pieces.append(_WRITTEN[tag])
            elif tag == f"{_W}sym":
                line.pieces.append(_symbol(element))
            elif tag in _DRAWN:
                letters = element.find(f"{_FALLBACK}/{_T}")  # of an emoji, for older versions
                if letters is None:
                    line.drawing(element)
                else:
                    line.pieces.append(letters.text or "")
            else:
                self._rarely(element, line)

    def _rarely(self, element: Element, line: _Line) -> None:
        """Take what is rare in a run: notes, text with a reading above it."""
        if element.tag in _NOTES:
            line.notes.append((_NOTES[element.tag], element.get(f"{_W}id", "")))
        elif element.tag == f"{_W}ruby":
            base = element.find(f"{_W}rubyBase")
            for run in () if base is None else base.iterchildren(_R):
                line.pieces.extend(text.text or "" for text in run.iterchildren(_T))

    # Tables

    def _table(self, table: Element, depth: int) -> None:
        self._meter.nesting(depth + 1)
        self._tables += 1
        place = Location(file=self._meter.name, table=self._tables)
        inner: list[Element] = []  # tables and boxes in the cells, read after the table that holds them
        rows: list[tuple[list[_Slot], Location]] = []
        widths: list[int] = []  # columns of each row
        above: dict[int, _Slot] = {}
        for element in _content(table):
            if element.tag != _TR:
                continue
            row_place = attrs.evolve(place, row=len(rows) + 1)
            slots = self._slots(element, row_place, widths)
            if slots is None:
                continue
            own: list[_Slot] = []
            open_below: dict[int, _Slot] = {}
            for slot in slots:
                anchor = above.get(slot.column) if slot.merge == "continue" else None
                if anchor is not None and anchor.columns == slot.columns:
                    anchor.rows += 1
                else:
                    anchor = slot
                    slot.text = self._cell_text(slot.element, row_place, inner)
                    own.append(slot)
                if slot.merge is not None:
                    open_below[slot.column] = anchor
            above = open_below
            rows.append((own, row_place))
        self._grid(table, place, rows, widths)
        for element in inner:
            if element.tag == _TBL:
                self._table(element, depth + 1)
            elif element.tag == _CHUNK:
                self._chunk(element)
            else:
                self._box(element, depth + 1)

    def _slots(self, row: Element, place: Location, widths: list[int]) -> list[_Slot] | None:
        """Give the cells of a row at their columns, None if the row is not shown."""
        column = after = 0
        properties = row.find(_TR_PROPERTIES)
        if properties is not None:
            for part in properties:
                name = part.tag.removeprefix(_W)
                if part.tag in _DELETED or (name == "hidden" and _is_on(part)):
                    return None
                if name == "gridBefore":
                    column = _number(part)
                elif name == "gridAfter":
                    after = _number(part)
        slots: list[_Slot] = []
        for element in _content(row):
            if element.tag != _TC:
                continue
            columns, merge = 1, None
            joins_left = False
            properties = element.find(_TC_PROPERTIES)
            if properties is not None:
                if properties.find(f"{_W}cellDel") is not None:
                    continue
                columns = _number(properties.find(f"{_W}gridSpan"), least=1)
                down, across = properties.find(f"{_W}vMerge"), properties.find(f"{_W}hMerge")
                merge = None if down is None else down.get(_VAL, "continue")
                joins_left = across is not None and across.get(_VAL, "continue") == "continue"
            if joins_left and slots:
                slots[-1].columns += columns
            else:
                slots.append(_Slot(element, column, columns, merge, place))
            column += columns
        self._meter.cells(column + after)
        widths.append(column + after)
        return slots

    def _cell_text(self, cell: Element, place: Location, inner: list[Element]) -> str:
        texts: list[str] = []
        mark_gone = False
        has_picture = False
        for element in _content(cell):
            if element.tag == _P:
                line, next_joins = self._line(element)
                text = "".join(line.pieces)
                if mark_gone and texts:
                    texts[-1] += text
                else:
                    texts.append(text)
                mark_gone = next_joins
                inner.extend(line.boxes)
                has_picture |= line.has_picture
                if line.has_object:
                    self._doubt(NOT_TEXT, place)
                if line.is_struck:
                    self._doubt(STRUCK, place)
            elif element.tag in {_TBL, _CHUNK}:
                inner.append(element)
                mark_gone = False
        text = self._meter.text("\n".join(texts).strip("\n"))
        if has_picture and not text.strip():
            self._doubt(NOT_TEXT, place)
        if _UNKNOWN.search(text):
            self._doubt(UNKNOWN_CHARACTER, place)
        return text

    def _grid(
        self, table: Element, place: Location, rows: list[tuple[list[_Slot], Location]], widths: list[int]
    ) -> None:
        if not widths:
            return
        usual = Counter(widths).most_common(1)[0][0]
        uneven = next((at for (_own, at), width in zip(rows, widths, strict=True) if width != usual), None)
        if uneven is not None:
            self._doubt(UNEVEN, uneven)
        columns = [_number(column, f"{_W}w") for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        edges = None
        if len(columns) == max(widths) and all(columns):
            edges = tuple(twips / 20 for twips in accumulate(columns, initial=0))  # exact: points on a page
        self.blocks.append(
            Grid(
                tuple(GridRow(tuple(slot.cell() for slot in own), at) for own, at in rows),
                place,
                aligned=uneven is None,
                edges=edges,
            )
        )


_PLAIN, _HIDDEN = _Format(), _Format(hidden=True)
