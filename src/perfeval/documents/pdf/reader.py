"""PDF to paragraphs and ruled grids, page by page."""

from __future__ import annotations

__all__ = ["read_pdf"]

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import attrs
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from perfeval.documents.grid import Block, Document, Grid, GridCell, GridRow, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.pdf.glyph import SLANTED, UNREADABLE, Glyph
from perfeval.documents.pdf.opening import open_pdf, pages_of, shared_resources
from perfeval.documents.pdf.page import PageView, view_page
from perfeval.documents.pdf.rules import Lattice, Region, lattices, without_voids
from perfeval.documents.pdf.shapes import Box
from perfeval.documents.pdf.text import Line, cell_text, lines_of, paragraphs
from perfeval.errors import UnreadableError
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_NOT_PDF = Wording("IN-PDF-NOT", "不是 PDF 文件或内容为空", "is empty or no PDF at all")
_LOCKED = Wording(
    "IN-PDF-LOCKED", "PDF 已加密，请先去除密码", "is an encrypted PDF; remove the password first"
)
_CUT = Wording(
    "IN-PDF-CUT", "PDF 不完整（缺少文件结尾），请重新下载", "is a PDF without its end; fetch it again"
)
_BROKEN = Wording(
    "IN-PDF-BROKEN",
    "PDF 已损坏（{detail}），请重新下载或另存后再试",
    "is a damaged PDF ({detail}); fetch it again, or save it anew",
)
_EMPTY = Wording("IN-PDF-EMPTY", "PDF 中没有任何页面或文字", "is a PDF without any page or text")
_SCANNED = Wording(
    "IN-PDF-SCAN",
    "PDF 全部是扫描图片，没有文字；请取得 Word、Excel 原件或带文字的 PDF",
    "is a PDF of scanned pages without text; get the Word or Excel file, or a PDF with text",
)
_ILLEGIBLE = Wording(
    "IN-PDF-FONT",
    "PDF 的字体没有注明文字编码，无法读出文字；请取得 Word 或 Excel 原件",
    "is a PDF whose fonts do not say what their characters are; get the Word or Excel file",
)

_SCAN = Wording(
    "PE020",
    "第 {page} 页是扫描图片，未读；请取得 Word、Excel 原件或带文字的 PDF",
    "page {page} is a scanned picture and was not read; get the Word or Excel file, or a PDF with text",
)
_UNRULED = Wording(
    "PE021",
    "第 {page} 页的表格没有竖线，列无法确定，未作为表格读取：{line}",
    "page {page} has a table without vertical rules, which is not read as a table: {line}",
)
_UNREADABLE_CELL = Wording(
    "PE022",
    "有 {count} 个字符无法识别（字体没有注明编码），请取得 Word 或 Excel 原件：{text}",
    "{count} characters cannot be told, their font does not name them; get the Word or Excel file: {text}",
)
_UNREADABLE_PAGE = Wording(
    "PE023",
    "第 {page} 页有 {count} 个字符无法识别（字体没有注明编码），整页未读；请取得 Word 或 Excel 原件",
    "page {page} was not read: its fonts do not name {count} characters; get the Word or Excel file",
)
_NO_RECTANGLE = Wording(
    "PE024",
    "表格线不完整，单元格边界无法确定，已按行拆开：{text}",
    "rules are missing and the bounds of a cell are uncertain; it was split by rows: {text}",
)
_HIDDEN = Wording(
    "PE025",
    "第 {page} 页有 {count} 个看不见的字符（透明、白色或在页面之外），未读",
    "page {page} has {count} characters that nobody can see (no ink, white, off the page); they were not read",
)
_ACROSS = Wording(
    "PE026",
    "文字越过了表格线，可能被分到相邻单元格，请核对：{text}",
    "text runs over a rule and may have been split between two cells, check it: {text}",
)
_REBUILT = Wording(
    "PE027",
    "PDF 的对象索引已损坏，按内容重建后读取，请核对页数",
    "the index of objects in the PDF is damaged and was rebuilt; check that no page is missing",
)

_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024
_END_WITHIN = 2048
_MOST_UNREADABLE = 5
"""A page is refused when more than one character in so many cannot be told."""
_PICTURE_SHARE = 2
"""A page is a scan when its pictures cover more than one part in so many of it, and hardly any text is there."""
_HARDLY_ANY = 40
_TOUCHING = 0.1  # exact: share of the size; characters nearer to each other are one run of text
_STRUCK = 0.25  # exact: share of the size; a rule so near to the middle of a character goes through it
_SHOWN = 30
_HEADER_WORDS = re.compile("三级指标|指标值|分值|实际完成|得分|权重")
_SENTENCE = re.compile("[，。、；！？]")


@attrs.frozen
class _Page:
    """What one page gave."""

    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    scanned: bool = False
    illegible: bool = False


def read_pdf(data: bytes, meter: Meter) -> Document:
    """Read a PDF: the ruled tables and the paragraphs of each page.

    Raise UnreadableError where the file is encrypted, damaged, cut off, or has no text at all.
    """
    meter.size(len(data))
    if _HEAD not in data[:_HEAD_WITHIN]:
        raise meter.refused(_NOT_PDF())
    tail = data[-_END_WITHIN:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise meter.refused(_CUT())
    try:
        rebuilt, pages = _read_pages(data, meter)
    except UnreadableError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise meter.refused(_LOCKED()) from None
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever a damaged object leads it to
        raise meter.refused(_BROKEN(detail=_detail(error))) from None
    blocks = tuple(block for page in pages for block in page.blocks)
    if not blocks:
        if any(page.illegible for page in pages):
            raise meter.refused(_ILLEGIBLE())
        raise meter.refused((_SCANNED if any(page.scanned for page in pages) else _EMPTY)())
    whole = Location(file=meter.name)
    doubts = [Finding(_REBUILT(), FindingClass.READING, Severity.WARNING, (whole,))] if rebuilt else []
    return Document(blocks, (*doubts, *(finding for page in pages for finding in page.findings)))


def _detail(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words if 0 < len(words) <= _SHOWN and words.isprintable() else type(error).__name__


def _read_pages(data: bytes, meter: Meter) -> tuple[bool, list[_Page]]:
    document, rebuilt = open_pdf(data, meter)
    resources = shared_resources(meter)
    return rebuilt, [
        _read_page(view_page(page, resources, meter), number, meter)
        for number, page in enumerate(pages_of(document, meter), 1)
    ]


def _read_page(view: PageView, number: int, meter: Meter) -> _Page:
    place = Location(file=meter.name, page=number)

    def finding(wording: Wording, severity: Severity, **facts: object) -> Finding:
        return Finding(wording(page=number, **facts), FindingClass.READING, severity, (place,))

    findings = []
    if view.hidden:
        findings.append(finding(_HIDDEN, Severity.WARNING, count=view.hidden))
    inked = [glyph for glyph in view.glyphs if glyph.text.strip()]
    unknown = sum(glyph.text == UNREADABLE for glyph in inked)
    if unknown * _MOST_UNREADABLE > len(inked):
        findings.append(finding(_UNREADABLE_PAGE, Severity.ERROR, count=unknown))
        return _Page(findings=tuple(findings), illegible=True)
    tables = [
        table
        for table in lattices(view.rules, view.width, view.height, meter)
        if len(table.regions) > 1 or _has_text(table, inked)
    ]
    scanned = not tables and len(inked) <= _HARDLY_ANY and _covered(view)
    if scanned or (not inked and view.pictures):
        findings.append(finding(_SCAN, Severity.ERROR))
    inside, outside = _sorted_out(view.glyphs, tables)
    blocks: list[tuple[float, Block]] = []  # exact: positions on a page
    for count, table in enumerate(tables, 1):
        grid, doubts = _grid(table, inside[count - 1], attrs.evolve(place, table=count), meter)
        blocks.append((table.ys[0], grid))
        findings += doubts
        findings += _runs_over(view.glyphs, inside[count - 1], table, place)
    for base, paragraph in _paragraphs(outside, tables, view.width, place, meter):
        blocks.append((base, paragraph))
        if UNREADABLE in paragraph.text:
            findings.append(_unreadable(paragraph.text, paragraph.place))
        words = set(_HEADER_WORDS.findall(paragraph.text.replace(" ", "")))
        if len(words) > 1 and not _SENTENCE.search(paragraph.text):
            findings.append(finding(_UNRULED, Severity.ERROR, line=paragraph.text[:_SHOWN]))
    blocks.sort(key=lambda placed: placed[0])
    return _Page(
        tuple(block for _, block in blocks), tuple(findings), scanned=bool(view.pictures) and not inked
    )


def _has_text(table: Lattice, glyphs: Iterable[Glyph]) -> bool:
    return any(table.find(glyph.middle_x, glyph.middle_y) is not None for glyph in glyphs)


def _covered(view: PageView) -> bool:
    """Say whether pictures cover most of the page."""
    area = sum(max(x1 - x0, 0) * max(y1 - y0, 0) for x0, y0, x1, y1 in view.pictures)
    return area * _PICTURE_SHARE > view.width * view.height


def _sorted_out(
    glyphs: Iterable[Glyph], tables: list[Lattice]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Give the characters in each cell of each table, and those outside; the innermost table takes a character.

    Text across the page is a stamp or watermark over the tables and belongs to no cell.
    """
    inside: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in tables]
    outside = []
    innermost = sorted(range(len(tables)), key=lambda at: tables[at].ys[-1] - tables[at].ys[0])
    for glyph in glyphs:
        for at in innermost if glyph.direction != SLANTED else ():
            cell = tables[at].find(glyph.middle_x, glyph.middle_y)
            if cell is not None:
                inside[at][cell].append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def _grid(
    table: Lattice, glyphs: dict[int, list[Glyph]], place: Location, meter: Meter
) -> tuple[Grid, list[Finding]]:
    rows = []
    findings = []
    filled = {number for number, some in glyphs.items() if any(glyph.text.strip() for glyph in some)}
    begun: defaultdict[int, list[tuple[int, Region]]] = defaultdict(list)
    for number, region in without_voids(table, filled):
        begun[region.row].append((number, region))
    for row in range(max(begun) + 1):
        row_place = Location(file=place.file, page=place.page, row=row + 1)
        meter.cells(len(begun[row]))
        cells = []
        for number, region in begun[row]:
            text = meter.text(cell_text(glyphs.get(number, []), _outline(table, table.regions[number])))
            if not text and number in table.bare:
                continue
            if UNREADABLE in text:
                findings.append(_unreadable(text, row_place))
            if not region.whole:
                message = _NO_RECTANGLE(text=text[:_SHOWN])
                findings.append(Finding(message, FindingClass.READING, Severity.WARNING, (row_place,)))
            spans = region.row_stop - region.row, region.column_stop - region.column
            cells.append(GridCell(text, region.column, row_place, *spans))
        rows.append(GridRow(tuple(cells), row_place))
    return Grid(tuple(rows), place, edges=table.xs), findings


def _outline(table: Lattice, region: Region) -> Box:
    return (
        table.xs[region.column],
        table.ys[region.row],
        table.xs[region.column_stop],
        table.ys[region.row_stop],
    )


def _unreadable(text: str, place: Location) -> Finding:
    message = _UNREADABLE_CELL(count=text.count(UNREADABLE), text=text[:_SHOWN])
    return Finding(message, FindingClass.READING, Severity.ERROR, (place,))


def _runs_over(
    glyphs: Iterable[Glyph], inside: dict[int, list[Glyph]], table: Lattice, page: Location
) -> Iterator[Finding]:
    """Find the rows with characters on a rule, or printed one right after the other and in two cells."""
    over: defaultdict[int, str] = defaultdict(str)
    for number, some in inside.items():
        region = table.regions[number]
        box = _outline(table, region)
        for glyph in some:
            if glyph.text.strip() and not glyph.direction and _on_rule(glyph, box):
                over[region.row] += glyph.text
    for before, glyph in pairwise(glyphs):
        if _touching(before, glyph):
            cells = [table.find(one.middle_x, one.middle_y) for one in (before, glyph)]
            if cells[0] != cells[1]:
                row = min(table.regions[cell].row for cell in cells if cell is not None)
                over[row] += before.text + glyph.text
    for row, text in sorted(over.items()):
        place = attrs.evolve(page, row=row + 1)
        yield Finding(_ACROSS(text=text[:_SHOWN]), FindingClass.READING, Severity.WARNING, (place,))


def _on_rule(glyph: Glyph, box: Box) -> bool:
    """Say whether a rule around its cell goes through a character."""
    x0, y0, x1, y1 = box
    return (
        min(glyph.middle_y - y0, y1 - glyph.middle_y) < _STRUCK * glyph.size
        or min(glyph.middle_x - x0, x1 - glyph.middle_x) < _STRUCK * glyph.advance
    )


def _touching(before: Glyph, glyph: Glyph) -> bool:
    near = _TOUCHING * glyph.size
    return (
        before.direction == glyph.direction == 0
        and bool(before.text.strip() and glyph.text.strip())
        and abs(glyph.y - before.y) <= near
        and abs(glyph.x - before.x - before.advance) <= near
    )


def _paragraphs(
    glyphs: list[Glyph],
    tables: list[Lattice],
    width: float,  # exact: length on a page
    page: Location,
    meter: Meter,
) -> Iterator[tuple[float, Paragraph]]:
    """Give the paragraphs outside the tables with their positions; no paragraph goes on behind a table."""
    level = [glyph for glyph in glyphs if not glyph.direction]
    lines = list(enumerate(lines_of(level), 1))
    tops = sorted(table.ys[0] for table in tables)
    starts = [line.start for _, line in lines] + [table.xs[0] for table in tables]
    left = max(min(starts, default=0), 0)
    right = width - left

    def part(numbered: tuple[int, Line]) -> int:
        return sum(top < numbered[1].base for top in tops)

    for _, some in groupby(lines, key=part):
        members = list(some)
        for at, text in paragraphs([line for _, line in members], left, right):
            number, line = members[at]
            yield line.base, Paragraph(meter.text(text), attrs.evolve(page, line=number))
    turned = sorted((glyph for glyph in glyphs if glyph.direction), key=lambda glyph: glyph.direction)
    for direction, others in groupby(turned, key=lambda glyph: glyph.direction):
        text = _turned_text(direction, list(others))
        if text:
            yield float("inf"), Paragraph(meter.text(text), page)  # exact: behind everything on the page


def _turned_text(direction: int, glyphs: list[Glyph]) -> str:
    if direction == SLANTED:
        return "".join(glyph.text for glyph in glyphs).strip()
    return "\n".join(line.text for line in lines_of(glyphs))
