"""Writers of Word and Excel files with python-docx and openpyxl, and their conversion by LibreOffice."""

from __future__ import annotations

__all__ = ["convert", "write_docx", "write_xlsx"]

import datetime as dt
import re
import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from documents.made.drawn import Block, Drawn, PageBreak, Paragraph, widths

_FONT = "WenQuanYi Micro Hei"
_WIDTH = 780
_FIXED = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,9})(?:\.(\d{1,4}))?(%?)")
_TYPED = re.compile(r"=\d+(?:\.\d+)?%?")


def write_docx(path: Path, blocks: list[Block], *, splits: bool = False, repeats: bool = False) -> None:
    """Write a landscape document; ``splits`` lets rows break over pages, ``repeats`` repeats header rows."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _FIXED
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(8)
    style.paragraph_format.space_after = Pt(0)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(842), Pt(595)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(30)
    _page_number(section.footer.paragraphs[0])
    before: Block | None = None
    sizes: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            added = document.add_paragraph(block.text)
            added.runs[0].bold = bool(block.level)
        elif isinstance(block, PageBreak):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            if isinstance(before, Drawn):
                document.add_paragraph()
            sizes = widths(block, _WIDTH, sizes)
            _add_table(document, block, sizes, splits=splits, repeats=repeats)
        before = block
    document.save(str(path))


def _page_number(paragraph: Line) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # python-docx has no way to add a field


def _add_table(
    document: docx.document.Document, drawn: Drawn, sizes: list[int], *, splits: bool, repeats: bool
) -> None:
    table = document.add_table(rows=len(drawn.rows), cols=drawn.columns)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, sizes, strict=True):
        column.width = Pt(width)
    covered: set[tuple[int, int]] = set()
    grid = [list(row.cells) for row in table.rows]
    for row, cells in enumerate(drawn.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            area = [
                (r, c)
                for r in range(row, row + cell.row_span)
                for c in range(column, column + cell.column_span)
            ]
            covered.update(area)
            last = area[-1]
            target = grid[row][column]
            if len(area) > 1:
                target = target.merge(grid[last[0]][last[1]])
            target.text = cell.text
    for index, row_of in enumerate(table.rows):
        properties = row_of._tr.get_or_add_trPr()  # python-docx has no way to set these two
        if not splits:
            properties.append(OxmlElement("w:cantSplit"))
        if repeats and drawn.header_at[0] == 0 and index < drawn.header_at[1]:
            properties.append(OxmlElement("w:tblHeader"))


def write_xlsx(path: Path, blocks: list[Block], *, formulas: bool = False, hidden: bool = False) -> None:
    """Write a workbook: numbers as numbers with formats; ``formulas`` types ``=100%`` without an apostrophe."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _FIXED.replace(tzinfo=None)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "自评表"
    row = 1
    for block in blocks:
        if isinstance(block, PageBreak):
            if block.sheet:
                sheet, row = book.create_sheet(block.sheet), 1
        elif isinstance(block, Paragraph):
            sheet.cell(row, 1, block.text).data_type = "s"
            row += 1
        else:
            _fill(sheet, row, block, formulas=formulas)
            row += len(block.rows) + 1
    if hidden:
        secret = book.create_sheet("底稿")
        secret.append(["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"])
        secret.append(["产出指标", "数量指标", "不应读到的指标", "≥1个", "1个", 10, 10])
        secret.sheet_state = "hidden"
    book.save(path)


def _fill(sheet: Worksheet, top: int, drawn: Drawn, *, formulas: bool) -> None:
    covered: set[tuple[int, int]] = set()
    line = Side(style="thin")
    for down, cells in enumerate(drawn.rows):
        column = 1
        for cell in cells:
            while (top + down, column) in covered:
                column += 1
            row, bottom, right = top + down, top + down + cell.row_span - 1, column + cell.column_span - 1
            covered.update((r, c) for r in range(row, bottom + 1) for c in range(column, right + 1))
            place = sheet.cell(row, column)
            assert isinstance(place, SheetCell)
            _put(place, cell.text, formulas=formulas)
            place.border = Border(line, line, line, line)
            place.alignment = Alignment(wrap_text=True, vertical="center")
            if (row, column) != (bottom, right):
                sheet.merge_cells(start_row=row, start_column=column, end_row=bottom, end_column=right)
            column = right + 1


def _put(place: SheetCell, text: str, *, formulas: bool) -> None:
    found = _NUMBER.fullmatch(text)
    if not text:
        return
    if found is None or text.startswith("-0%"):
        place.value = text
        if not (formulas and _TYPED.fullmatch(text)):
            place.data_type = "s"  # openpyxl takes every text that begins with = for a formula
        return
    places = len(found[1] or "")
    whole = "#,##0" if "," in text else "0"
    place.number_format = whole + ("." + "0" * places if places else "") + found[2]
    number = Decimal(text.replace(",", "").rstrip("%"))
    place.value = number / 100 if found[2] else number
    if places == 0 and not found[2] and whole == "0":
        place.number_format = "General"


def convert(files: list[Path], suffix: str, out: Path) -> None:
    """Convert files in one run of LibreOffice with a profile of its own."""
    program = shutil.which("soffice")
    if not files:
        return
    if program is None:
        raise SystemExit("soffice is not on PATH")
    with tempfile.TemporaryDirectory() as profile:
        where = f"-env:UserInstallation=file://{profile}"
        command = [
            program,
            where,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(out),
            *map(str, files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
