"""The rows of a PDF as pictures: cut out of the page only where the text at that place proves that it is the row."""

from __future__ import annotations

__all__ = ["Documents", "Wanted", "row_pictures"]

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import pypdfium2  # type: ignore[import-untyped]
from pdfminer.pdfexceptions import PDFException

from perfeval.documents import DEFAULT_LIMITS
from perfeval.documents.limits import Meter
from perfeval.documents.pdf.opening import open_pdf, pages_of, shared_resources
from perfeval.documents.pdf.page import view_page
from perfeval.documents.pdf.rules import Lattice, Region, lattices, without_voids
from perfeval.documents.pdf.shapes import Box
from perfeval.documents.pdf.tables import in_cells
from perfeval.documents.pdf.text import cell_text
from perfeval.documents.pdf.turning import PageView
from perfeval.errors import UnreadableError
from perfeval.values import squash

Documents = Mapping[str, Path | str | bytes]
"""Where the content of a file is that places name: its path or its bytes."""

_SCALE = 2  # pixels a point: 144 to the inch, sharp on a phone and on paper
_MARGIN = 1.5  # exact: points around a row, so that its rules are seen
_SLACK = 1.0  # exact: points by which two libraries may differ on the same position
_TALLEST = 260.0  # exact: points; a taller row fills the page and is better looked up in the document
_COLOURS = 32
_LARGEST = 150_000
_MOST_BYTES = 6_000_000
_HEAD = b"%PDF-"


@attrs.frozen
class Wanted:
    """A row to cut out: where it is, the file's hash when it was read, and what one of its cells says."""

    file: str
    sha256: str
    page: int
    row: int
    text: str


@attrs.frozen
class _Band:
    """A row on a page, and its cell that proves it; in points from the upper left."""

    row: Box
    cell: Box


def row_pictures(wanted: Iterable[Wanted], documents: Documents) -> dict[Wanted, bytes]:
    """Give the rows as PNG, as far as they are certain and all together not too large; the first ones win.

    Nothing is given of a file that is no PDF, is not there or has changed, and nothing where more than one row or none
    can be meant.
    """
    order = list(dict.fromkeys(wanted))
    by_file: defaultdict[tuple[str, str], list[Wanted]] = defaultdict(list)
    for one in order:
        by_file[one.file, one.sha256].append(one)
    found: dict[Wanted, bytes] = {}
    for (file, digest), some in by_file.items():
        data = _bytes_of(documents.get(file, file))
        if data is not None and data.startswith(_HEAD) and sha256(data).hexdigest() == digest:
            # A picture is a service: what its libraries make of a damaged page must not cost the report.
            with suppress(PDFException, UnreadableError, pypdfium2.PdfiumError):
                found.update(_pictures(data, some))
    kept: dict[Wanted, bytes] = {}
    left = _MOST_BYTES
    for one in order:
        if one in found and len(found[one]) <= left:
            kept[one] = found[one]
            left -= len(found[one])
    return kept


def _bytes_of(source: Path | str | bytes) -> bytes | None:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes() if Path(source).stat().st_size <= DEFAULT_LIMITS.size else None
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None


def _pictures(data: bytes, wanted: list[Wanted]) -> Iterator[tuple[Wanted, bytes]]:
    by_page: defaultdict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        by_page[one.page].append(one)
    meter = Meter(wanted[0].file, DEFAULT_LIMITS)
    document, _ = open_pdf(data, meter)
    resources = shared_resources(meter)
    with closing(pypdfium2.PdfDocument(data)) as drawn:
        for number, page in enumerate(pages_of(document, meter), 1):
            if number in by_page and number <= len(drawn):
                view = view_page(page, resources, meter)
                yield from _of_page(view, drawn[number - 1], by_page[number], meter)


def _of_page(view: PageView, page: Any, wanted: list[Wanted], meter: Meter) -> Iterator[tuple[Wanted, bytes]]:
    width, height = page.get_size()
    if abs(width - view.width) > _SLACK or abs(height - view.height) > _SLACK:
        return  # the page was turned until its text ran to the right: positions do not fit the drawing
    tables = lattices(view.rules, view.width, view.height, meter)
    inside, _ = in_cells(view.glyphs, tables)
    for one in wanted:
        text = squash(one.text)
        bands = [
            band
            for table, glyphs in zip(tables, inside, strict=True)
            for band in _bands(table, glyphs, one.row - 1, text)
        ]
        if text and len(bands) == 1 and text in squash(_text_at(page, bands[0].cell)):
            picture = _drawn(page, bands[0].row)
            if picture is not None:
                yield one, picture


def _bands(table: Lattice, glyphs: Mapping[int, Any], row: int, text: str) -> Iterator[_Band]:
    """Give the row of this number, once for each cell in it that says this."""
    filled = {number for number, some in glyphs.items() if any(glyph.text.strip() for glyph in some)}
    begun = [table.regions[number] for number, region in without_voids(table, filled) if region.row == row]
    if not begun:
        return
    top = min(region.row for region in begun)
    stop = min(region.row_stop for region in begun)
    whole = table.xs[0], table.ys[top], table.xs[-1], table.ys[stop]
    numbers = {region: number for number, region in enumerate(table.regions)}
    for region in begun:
        cell = _outline(table, region)
        if squash(cell_text(glyphs.get(numbers[region], []), cell)) == text:
            yield _Band(whole, cell)


def _outline(table: Lattice, region: Region) -> Box:
    columns, rows = (region.column, region.column_stop), (region.row, region.row_stop)
    (x0, x1), (y0, y1) = (
        (places[first], places[stop]) for places, (first, stop) in ((table.xs, columns), (table.ys, rows))
    )
    return x0, y0, x1, y1


def _text_at(page: Any, box: Box) -> str:
    """Give what the library that draws the page reads in a box: two readers that agree are not both wrong."""
    width, height = (round(length * _SCALE) for length in page.get_size())
    place = pypdfium2.PdfPosConv(page, (0, 0, width, height, 0))
    corners = [
        place.to_page(round(x * _SCALE), round(y * _SCALE))
        for x, y in ((box[0] - _SLACK, box[1] - _SLACK), (box[2] + _SLACK, box[3] + _SLACK))
    ]
    xs, ys = (sorted(values) for values in zip(*corners, strict=True))
    with closing(page.get_textpage()) as text:
        read: str = text.get_text_bounded(left=xs[0], bottom=ys[0], right=xs[1], top=ys[1])
    return read


def _drawn(page: Any, box: Box) -> bytes | None:
    width, height = page.get_size()
    x0, y0, x1, y1 = (
        max(box[0] - _MARGIN, 0),
        max(box[1] - _MARGIN, 0),
        min(box[2] + _MARGIN, width),
        min(box[3] + _MARGIN, height),
    )
    if not 0 < y1 - y0 <= _TALLEST or x1 <= x0:
        return None
    bitmap = page.render(scale=_SCALE, crop=(x0, height - y1, width - x1, y0), draw_annots=False)
    with closing(bitmap):
        picture = bitmap.to_pil().convert("RGB").quantize(_COLOURS)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    content = stream.getvalue()
    return content if len(content) <= _LARGEST else None
