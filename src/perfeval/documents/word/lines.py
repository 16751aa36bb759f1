"""The text of one paragraph, run by run, with the results of its fields and what stands in it besides text."""

from __future__ import annotations

__all__ = ["UNKNOWN", "Line", "read_line"]

import re
from collections.abc import Iterator

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.shown import in_symbol_font, superscript
from perfeval.documents.word.equations import equation
from perfeval.documents.word.formats import HIDDEN, PLAIN, paragraph_format, run_format
from perfeval.documents.word.markup import (
    ALTERNATIVES,
    BOX,
    DELETED,
    FALLBACK,
    P_PROPERTIES,
    R_PROPERTIES,
    VAL,
    M,
    R,
    T,
    W,
    chosen,
    is_on,
    number_of,
)

# What stands in a paragraph and shows nothing, or not here.
_SILENT = DELETED | {P_PROPERTIES, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}customXmlPr", f"{W}smartTagPr"}
_WRITTEN = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), "\n"),
    f"{W}noBreakHyphen": "-",
}
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", ALTERNATIVES))
_PICTURES = frozenset(
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{urn:schemas-microsoft-com:vml}imagedata",
    )
)
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
UNKNOWN = re.compile("[\ufffd\uf000-\uf0ff]")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}")


@attrs.define
class _Field:
    """A field of which the end is not seen yet: what stands before its result is an instruction."""

    start: int
    element: Element
    instruction: str = ""
    has_result: bool = False

    def drawn(self) -> str:
        """Give what Word draws for a form field without result text."""
        box = self.element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            checked = box.find(f"{W}checked")
            checked = box.find(f"{W}default") if checked is None else checked
            return "☑" if checked is not None and is_on(checked) else "☐"
        choices = self.element.find(f"{W}ffData/{W}ddList")
        if choices is None:
            return ""
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(f"{W}listEntry")]
        return "".join(entries[number_of(choices.find(f"{W}result")) :][:1])


@attrs.define
class Line:
    """A paragraph while it is read: its text in pieces, and the boxes and notes that are read after it."""

    pieces: list[str] = attrs.Factory(list)
    fields: list[_Field] = attrs.Factory(list)
    boxes: list[Element] = attrs.Factory(list)
    notes: list[tuple[str, str]] = attrs.Factory(list)
    has_picture: bool = False
    has_object: bool = False
    is_struck: bool = False

    def field(self, mark: Element) -> None:
        """Take the beginning, middle or end of a field."""
        kind = mark.get(f"{W}fldCharType")
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
        self.has_object |= element.tag == f"{W}object"
        stack = [element]
        while stack:
            at = stack.pop()
            if at.tag == BOX:
                self.boxes.append(at)
            else:
                self.has_picture |= at.tag in _PICTURES
                self.has_object |= at.tag == f"{W}object"
                stack.extend(reversed(list(chosen(at) if at.tag == ALTERNATIVES else at)))


def read_line(paragraph: Element, vanishing: frozenset[str]) -> tuple[Line, bool]:
    """Read a paragraph; say also whether its mark is gone, so that the next one continues it.

    ``vanishing`` are the hidden styles.
    """
    line = Line()
    hidden = mark_gone = False
    stack: list[Iterator[Element]] = [iter(paragraph)]
    while stack:
        for element in stack[-1]:
            tag = element.tag
            if tag == R:
                _read_run(element, line, vanishing, hidden=hidden)
            elif tag == P_PROPERTIES:
                hidden, mark_gone = paragraph_format(element, vanishing)
            elif tag in _SILENT:
                pass
            elif tag == f"{M}oMath":
                line.pieces.append(equation(element))
            else:
                stack.append(iter(chosen(element) if tag == ALTERNATIVES else element))
                break
        else:
            stack.pop()
    return line, mark_gone


def _read_run(run: Element, line: Line, vanishing: frozenset[str], *, hidden: bool) -> None:
    shown = HIDDEN if hidden else PLAIN
    for element in run:
        tag = element.tag
        if tag == R_PROPERTIES:
            shown = run_format(element, vanishing, hidden=hidden)
        elif tag == f"{W}fldChar":
            line.field(element)
        elif tag == f"{W}instrText":
            if line.fields:
                line.fields[-1].instruction += element.text or ""
        elif shown.hidden:
            pass
        elif tag == T:
            text = element.text or ""
            text = in_symbol_font(text, shown.font) if shown.font else text
            line.pieces.append(superscript(text) if shown.raised else text)
            line.is_struck |= shown.struck
        elif tag in _WRITTEN:
            line.pieces.append(_WRITTEN[tag])
        elif tag == f"{W}sym":
            line.pieces.append(_symbol(element))
        elif tag in _DRAWN:
            letters = element.find(f"{FALLBACK}/{T}")  # of an emoji, for older versions
            if letters is None:
                line.drawing(element)
            else:
                line.pieces.append(letters.text or "")
        else:
            _rarely(element, line)


def _rarely(element: Element, line: Line) -> None:
    """Take what is rare in a run: notes, text with a reading above it."""
    if element.tag in _NOTES:
        line.notes.append((_NOTES[element.tag], element.get(f"{W}id", "")))
    elif element.tag == f"{W}ruby":
        base = element.find(f"{W}rubyBase")
        for run in () if base is None else base.iterchildren(R):
            line.pieces.extend(text.text or "" for text in run.iterchildren(T))


def _symbol(element: Element) -> str:
    code = element.get(f"{W}char", "")
    letter = chr(int(code, 16)) if _HEXADECIMAL.fullmatch(code) else "\ufffd"
    if not letter.isprintable() and not "\uf000" <= letter <= "\uf0ff":
        return "\ufffd"
    return in_symbol_font(letter, element.get(f"{W}font"))
