"""Builds tests/data/documents/pdf: one table printed by LibreOffice, Chromium and reportlab, and what is in it.

Run by hand where soffice, chromium and a Chinese TrueType font are installed: ``python tests/documents/build_pdf.py``.
It knows nothing of perfeval: the PDF files and ``expected.json`` come from the same cells.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from html import escape
from pathlib import Path

from docx import Document
from docx.shared import Cm, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

OUT = Path(__file__).parents[1] / "data/documents/pdf"
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")

Cell = tuple[str, int, int, int, int]
"""Text, row, column, row span, column span."""

TITLE = "项目支出绩效自评表"
CAPTION = "单位：万元"
AFTER = "其他需要说明的问题：无。"
HEADER = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
GROUPS = [
    ("产出指标", [("数量指标", 14), ("质量指标", 9), ("时效指标", 7)]),
    ("效益指标", [("社会效益指标", 8), ("可持续影响指标", 6)]),
    ("满意度指标", [("服务对象满意度指标", 4)]),
]


def cells() -> list[Cell]:
    """Give a table with merged labels, long names and every kind of number."""
    found: list[Cell] = [
        ("项目名称", 0, 0, 1, 2),
        ("2024年基层公共服务设施维护与能力提升专项资金", 0, 2, 1, 6),
    ]
    found += [(text, 1, column, 1, 1) for column, text in enumerate(HEADER)]
    row = 2
    for level1, parts in GROUPS:
        found.append((level1, row, 0, sum(count for _, count in parts), 1))
        for level2, count in parts:
            found.append((level2, row, 1, count, 1))
            for _ in range(count):
                found += [(text, row, column, 1, 1) for column, text in enumerate(indicator(row), 2)]
                row += 1
    found += [("总分", row, 0, 1, 5), ("100", row, 5, 1, 1), ("98.75", row, 6, 1, 1), ("", row, 7, 1, 1)]
    return sorted(found, key=lambda cell: cell[1:3])


def indicator(row: int) -> list[str]:
    """Give the cells of one indicator from level 3 on."""
    names = [
        "道路养护里程",
        "基层服务网点标准化建设与运行维护完成数量",
        "补助资金按规定时限足额拨付到位率（含上年结转部分）",
        "培训COVID-19防控人员",
        "工程验收合格率",
    ]
    targets = ["≥1,234,567.89元", "=100%", "≤3.5万元", "≥95.00%", "2024年12月31日前", "优良中低差"]
    actuals = ["1,234,890.00元", "98.39%", "3.48万元", "100%", "2024年11月28日", "优"]
    reasons = ["", "无", "因上半年雨水偏多，部分路段施工推迟，已于十一月底前全部补齐，下年提前安排。", ""]
    return [
        f"{names[row % 5]}{row}",
        targets[row % 6],
        actuals[row % 6],
        str(row % 7 + 1),
        f"{row % 7 + 1}.0{row % 10}",
        reasons[row % 4],
    ]


def cut_spans(most: int) -> list[Cell]:
    """Give the same table with labels repeated every few rows: reportlab breaks no page inside a merged cell."""
    found: list[Cell] = []
    for text, row, column, row_span, column_span in cells():
        start, stop = row, row + row_span
        while start < stop:
            end = min(stop, start - start % most + most)
            found.append((text, start, column, end - start, column_span))
            start = end
    return sorted(found, key=lambda cell: cell[1:3])


def print_office(source: Path, target: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)],  # noqa: S607 - as installed
        check=True,
        capture_output=True,
        timeout=180,
    )
    source.with_suffix(".pdf").replace(target)


def build_office(target: Path, scratch: Path) -> None:
    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_paragraph(TITLE)
    document.add_paragraph(CAPTION)
    rows = max(row for _, row, *_ in cells()) + 1
    table = document.add_table(rows, len(HEADER), style="Table Grid")
    for text, row, column, row_span, column_span in cells():
        cell = table.cell(row, column).merge(table.cell(row + row_span - 1, column + column_span - 1))
        cell.text = text
    document.add_paragraph(AFTER)
    source = scratch / "office.docx"
    document.save(str(source))
    print_office(source, target)


def build_chromium(target: Path, scratch: Path, style: str) -> None:
    rows: dict[int, list[str]] = {}
    for text, row, _, row_span, column_span in cells():
        rows.setdefault(row, []).append(f"<td rowspan={row_span} colspan={column_span}>{escape(text)}</td>")
    body = "".join(f"<tr>{''.join(line)}</tr>" for _, line in sorted(rows.items()))
    page = (
        f"<!doctype html><meta charset=utf-8><style>{style}</style>"
        f"<h3>{TITLE}</h3><p>{CAPTION}</p><table>{body}</table><p>{AFTER}</p>"
    )
    source = scratch / "page.html"
    source.write_text(page, encoding="utf-8")
    subprocess.run(
        [  # noqa: S607 - as installed
            "chromium",
            "--headless",
            "--no-sandbox",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
            f"--print-to-pdf={target}",
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def build_reportlab(target: Path, *, wide: bool) -> None:
    pdfmetrics.registerFont(TTFont("cjk", str(FONT), subfontIndex=0))
    normal = ParagraphStyle("cell", fontName="cjk", fontSize=9, leading=12, wordWrap="CJK")
    short = cut_spans(3)
    rows = max(row for _, row, *_ in short) + 1
    data: list[list[object]] = [[""] * len(HEADER) for _ in range(rows)]
    spans = []
    for text, row, column, row_span, column_span in short:
        data[row][column] = Paragraph(escape(text), normal)
        spans.append(("SPAN", (column, row), (column + column_span - 1, row + row_span - 1)))
    size = landscape(A4) if wide else A4
    table = Table(data, colWidths=[(size[0] - 60) / len(HEADER)] * len(HEADER))
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("BACKGROUND", (0, 0), (-1, 1), colors.lightblue),
                ("FONT", (0, 0), (-1, -1), "cjk", 9),
                *spans,
            ]
        )
    )
    story = [
        Paragraph(TITLE, normal),
        Paragraph(CAPTION, normal),
        Spacer(1, 6),
        table,
        Paragraph(AFTER, normal),
    ]
    SimpleDocTemplate(str(target), pagesize=size, leftMargin=30, rightMargin=30).build(story)


COLLAPSED = "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:4px}body{font:12px WenQuanYi Micro Hei}"
SEPARATE = (
    "table{border-spacing:0;width:100%;border:1px solid #888}"
    "td{border:1px solid #888;padding:3px}tr:nth-child(2) td{background:#cde}body{font:11px WenQuanYi Micro Hei}"
)


def main() -> None:
    """Build everything."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        build_office(OUT / "office.pdf", scratch)
        build_chromium(OUT / "chromium.pdf", scratch, COLLAPSED)
        build_chromium(OUT / "chromium_separate.pdf", scratch, SEPARATE)
    build_reportlab(OUT / "reportlab.pdf", wide=False)
    build_reportlab(OUT / "reportlab_wide.pdf", wide=True)
    facts = {"title": TITLE, "caption": CAPTION, "after": AFTER, "cells": cells(), "cut": cut_spans(3)}
    (OUT / "expected.json").write_text(json.dumps(facts, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
