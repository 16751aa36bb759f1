"""PDF to paragraphs and ruled grids, page by page."""

from __future__ import annotations

__all__ = ["read_pdf"]

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from perfeval.documents.grid import Block, Document, Paragraph
from perfeval.documents.limits import Meter
from perfeval.documents.pdf.glyph import SLANTED, UNREADABLE, Glyph
from perfeval.documents.pdf.opening import open_pdf, pages_of, shared_resources
from perfeval.documents.pdf.page import view_page
from perfeval.documents.pdf.rules import Lattice, lattices
from perfeval.documents.pdf.tables import SHOWN, grid_of, in_cells, runs_over, unreadable
from perfeval.documents.pdf.text import Line, lines_of, paragraphs
from perfeval.documents.pdf.turning import PageView
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
_UNREADABLE_PAGE = Wording(
    "PE023",
    "第 {page} 页有 {count} 个字符无法识别（字体没有注明编码），整页未读；请取得 Word 或 Excel 原件",
    "page {page} was not read: its fonts do not name {count} characters; get the Word or Excel file",
)
_HIDDEN = Wording(
    "PE025",
    "第 {page} 页有 {count} 个看不见的字符（透明、白色或在页面之外），未读",
    "page {page} has {count} characters that nobody can see (no ink, white, off the page); they were not read",
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
    return words if 0 < len(words) <= SHOWN and words.isprintable() else type(error).__name__


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
    inside, outside = in_cells(view.glyphs, tables)
    blocks: list[tuple[float, Block]] = []  # exact: positions on a page
    for count, table in enumerate(tables, 1):
        grid, doubts = grid_of(table, inside[count - 1], attrs.evolve(place, table=count), meter)
        blocks.append((table.ys[0], grid))
        findings += doubts
        findings += runs_over(view.glyphs, inside[count - 1], table, place)
    for base, paragraph in _paragraphs(outside, tables, view.width, place, meter):
        blocks.append((base, paragraph))
        if UNREADABLE in paragraph.text:
            findings.append(unreadable(paragraph.text, paragraph.place))
        words = set(_HEADER_WORDS.findall(paragraph.text.replace(" ", "")))
        if len(words) > 1 and not _SENTENCE.search(paragraph.text):
            findings.append(finding(_UNRULED, Severity.ERROR, line=paragraph.text[:SHOWN]))
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
