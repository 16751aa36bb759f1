"""Pieces of WordprocessingML: text that cannot break it, a table of findings, the same bytes for the same letter."""

from __future__ import annotations

__all__ = ["child", "legible", "packed_again", "table_of", "with_text"]

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from perfeval.report.escaping import xml_text

_BREAKS = re.compile(r"[ \t]*[\r\n\x0b\x0c]+\s*|\t")
_WIDTHS = (7, 15, 38, 28, 12)  # per cent
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def legible(text: str) -> str:
    """Give a text in one line that XML can hold; what it cannot becomes U+FFFD."""
    return xml_text(_BREAKS.sub(" ", text))


def child(parent: Any, name: str, **values: object) -> Any:
    """Add an element (``w:p``) with attributes of the same namespace, and give it."""
    made: Any = OxmlElement(name)
    for attribute, value in values.items():
        made.set(qn(f"w:{attribute}"), str(value))
    parent.append(made)
    return made


def with_text(model: Any, text: str, *, heading: bool = False) -> Any:
    """Give a paragraph with one text, formatted like ``model`` and its first run; a heading bold in the middle."""
    made: Any = OxmlElement("w:p")
    if model.pPr is not None:
        made.append(deepcopy(model.pPr))
    run = child(made, "w:r")
    formatted = next(iter(model.iter(qn("w:rPr"))), None) if model.find(qn("w:r")) is not None else None
    if formatted is not None and formatted.getparent().tag == qn("w:r"):
        run.append(deepcopy(formatted))
    if heading:
        run.get_or_add_rPr().get_or_add_b()
        made.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.CENTER
    part = child(run, "w:t")
    part.text = legible(text)
    part.set(qn("xml:space"), "preserve")
    return made


def table_of(rows: Sequence[Sequence[Sequence[str]]], model: Any, width: int) -> Any:
    """Give a table with a header that is repeated on each page; its text is formatted like ``model``. ``width`` in twips."""
    table: Any = OxmlElement("w:tbl")
    about = child(table, "w:tblPr")
    child(about, "w:tblW", w=5000, type="pct")
    borders = child(about, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, f"w:{side}", val="single", sz=4, space=0, color="auto")
    child(about, "w:tblLayout", type="fixed")
    margins = child(about, "w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w=60, type="dxa")
    grid = child(table, "w:tblGrid")
    for share in _WIDTHS:
        child(grid, "w:gridCol", w=width * share // 100)
    for number, row in enumerate(rows):
        line = child(table, "w:tr")
        kept = child(line, "w:trPr")
        child(kept, "w:cantSplit")
        if number == 0:
            child(kept, "w:tblHeader")
        for share, paragraphs in zip(_WIDTHS, row, strict=True):
            cell = child(line, "w:tc")
            child(child(cell, "w:tcPr"), "w:tcW", w=50 * share, type="pct")
            for text in paragraphs:
                cell.append(with_text(model, text, heading=number == 0))
    return table


def packed_again(data: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Pack a document again without the time of day; ``instead`` replaces members."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            member = zipfile.ZipInfo(entry.filename, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, (instead or {}).get(entry.filename) or source.read(entry))
    return made.getvalue()
