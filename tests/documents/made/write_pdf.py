"""Writers of PDF: reportlab with true spans over pages, and headless Chromium's print of a page."""

from __future__ import annotations

__all__ = ["print_page", "write_reportlab"]

import html
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, SimpleDocTemplate, Spacer, Table
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Printed

from documents.made.drawn import Block, Drawn, PageBreak, Paragraph, cut, widths

_FONT_FILE = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
_WIDTH, _HEIGHT, _TITLES = 780, 500, 60
_SMALL = ParagraphStyle("cell", fontName="made", fontSize=7, leading=9, wordWrap="CJK")
_LARGE = ParagraphStyle("title", fontName="made", fontSize=12, leading=16, wordWrap="CJK")
_RULE = ((0, 0), (-1, -1), 0.5, colors.black)  # exact: the thickness of a rule
_PADDING = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    *[(side, (0, 0), (-1, -1), 2) for side in ("LEFTPADDING", "TOPPADDING", "BOTTOMPADDING")],
    ("RIGHTPADDING", (0, 0), (-1, -1), 9),  # reportlab lets punctuation hang over the right edge of the text
]


def _printed(text: str, style: ParagraphStyle) -> Printed:
    return Printed(html.escape(text, quote=False).replace("\n", "<br/>"), style)


def _table(drawn: Drawn, sizes: list[int], repeats: int, *, is_open: bool = False) -> Table:
    data: list[list[Any]] = [[""] * drawn.columns for _ in drawn.rows]
    style: list[Any] = [("LINEBELOW" if is_open else "GRID", *_RULE), *_PADDING]
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(drawn.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            right, bottom = column + cell.column_span - 1, row + cell.row_span - 1
            covered.update((r, c) for r in range(row, bottom + 1) for c in range(column, right + 1))
            data[row][column] = _printed(cell.text, _SMALL) if cell.text else ""
            if (row, column) != (bottom, right):
                style.append(("SPAN", (column, row), (right, bottom)))
    return Table(
        data, colWidths=sizes, style=style, repeatRows=repeats, hAlign="RIGHT" if drawn.moved else "CENTER"
    )


def _heights(drawn: Drawn, sizes: list[int]) -> list[float]:  # exact: heights on a page
    table = _table(drawn, sizes, 0)
    table.wrap(_WIDTH, 10_000)
    return list(table._rowHeights)  # type: ignore[attr-defined]  # there is no other way to ask


def _paged(drawn: Drawn, sizes: list[int], room: int) -> list[Drawn]:
    """Cut where pages end: reportlab itself refuses to split a table inside a span."""
    used = 0.0  # exact: a height on a page
    for row, height in enumerate(_heights(drawn, sizes)):
        used += height
        if used > room and row:
            top, rest = cut(drawn, row)
            return [top, *_paged(rest, sizes, _HEIGHT)]
    return [drawn]


def write_reportlab(path: Path, blocks: list[Block], *, repeats: bool, is_open: bool = False) -> None:
    """Write ruled tables; ``repeats`` leaves unmerged tables to reportlab, which repeats their first row.

    ``is_open`` leaves the vertical rules out.
    """
    pdfmetrics.registerFont(TTFont("made", _FONT_FILE, subfontIndex=0))
    story: list[Any] = []
    sizes: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.level:
                story.append(Spacer(1, 6))
            story.append(_printed(block.text, _LARGE if block.level else _SMALL))
        elif isinstance(block, PageBreak):
            story.append(NewPage())
        else:
            sizes = widths(block, _WIDTH, sizes)
            if repeats:
                story += [_table(block, sizes, 1), Spacer(1, 8)]
                continue
            height = sum(_heights(block, sizes))
            titles = _titles_before(story)
            at = len(story) - titles
            story.insert(at, CondPageBreak(min(height + _TITLES, _HEIGHT)))
            story.append(Spacer(1, 4))
            for index, piece in enumerate(_paged(block, sizes, _HEIGHT - _TITLES)):
                story += [NewPage()] * (index > 0) + [_table(piece, sizes, 0, is_open=is_open)]
            story.append(Spacer(1, 8))
    template = SimpleDocTemplate(
        str(path),
        pagesize=landscape(A4),
        leftMargin=30,
        rightMargin=30,
        topMargin=30,
        bottomMargin=30,
        invariant=1,
    )
    template.build(story, onFirstPage=_number, onLaterPages=_number)


def _titles_before(story: list[Any]) -> int:
    count = 0
    while count < min(len(story), 4) and isinstance(story[-1 - count], Printed):
        count += 1
    return count


def _number(canvas: Any, template: Any) -> None:
    canvas.setFont("made", 8)
    canvas.drawCentredString(421, 15, f"— {template.page} —")


def print_page(path: Path, page: str) -> None:
    """Print a page by headless Chromium."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("chromium is not on PATH")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/p",
        ]
        command = [program, *options, f"--print-to-pdf={path}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
