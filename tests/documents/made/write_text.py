"""Writers of text: tabs, CSV, Markdown, HTML."""

from __future__ import annotations

__all__ = ["html_page", "html_table", "write_csv", "write_html", "write_markdown", "write_tabs"]

import csv
import html
import io
from random import Random

from documents.made.drawn import Block, Drawn, Paragraph, texts

_STYLE = (
    "@page{size:A4 landscape;margin:12mm}body{font:8pt 'WenQuanYi Micro Hei'}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #000;padding:2px}.nav td{border:0}"
)
_KEPT = "tr{break-inside:avoid}"
_PORTAL = (
    '<table class="nav"><tr><td><a href="/">首页</a></td><td><a href="/zwgk">政务公开</a></td><td>'
    '<script>var total = "<td>总分</td>";</script>无障碍</td></tr></table>'
    '<ul><li>部门预决算</li><li>绩效管理</li></ul><div style="display:none">隐藏 总分 99</div>'
)


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def write_tabs(blocks: list[Block], random: Random, *, ragged: bool, tight: bool) -> str:
    """Write as text copied from a PDF: a line a row, a tab between cells; ``ragged`` total rows."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Drawn):
            lines = []
            for row in texts(block):
                cells = [_flat(text) for text in row]
                if ragged and {"总分", "合计", "总计"} & set(cells[:2]):
                    more = random.choice((-2, -1, 1, 2))
                    last = (
                        [*cells, *[""] * more]
                        if more > 0
                        else cells[:more]
                        if not any(cells[more:])
                        else cells
                    )
                    cells = last
                lines.append("\t".join(cells))
            parts.append("\n".join(lines))
        elif isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts.append("")
    between = "\n" if tight else "\n\n"
    return between.join(parts) + "\n"


def write_csv(blocks: list[Block]) -> str:
    """Write as a spreadsheet saved as CSV: every line has as many fields as the sheet has columns."""
    rows: list[list[str]] = []
    for block in blocks:
        rows += texts(block) if isinstance(block, Drawn) else []
        rows += [[block.text]] if isinstance(block, Paragraph) else []
    columns = max(len(row) for row in rows)
    out = io.StringIO()
    csv.writer(out).writerows([*row, *[""] * (columns - len(row))] for row in rows)
    return out.getvalue()


def write_markdown(blocks: list[Block], *, as_html: bool) -> str:
    """Write pipe tables, or HTML tables on one line as converters of PDFs do."""
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append("#" * block.level + " " * bool(block.level) + block.text)
        elif isinstance(block, Drawn) and as_html:
            parts.append(html_table(block).replace("\n", ""))
        elif isinstance(block, Drawn):
            rows = [
                "| " + " | ".join(text.replace("|", "\\|").replace("\n", "<br>") for text in row) + " |"
                for row in texts(block)
            ]
            rows.insert(1, "|" + " --- |" * block.columns)
            parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def html_table(drawn: Drawn) -> str:
    """Write one table with rowspan and colspan."""
    rows = []
    for cells in drawn.rows:
        line = []
        for cell in cells:
            spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1)
            spans += f' colspan="{cell.column_span}"' * (cell.column_span > 1)
            text = html.escape(cell.text, quote=False).replace("\n", "<br>")
            text = text.replace("&lt;p&gt;", "<p>").replace("&lt;/p&gt;", "</p>")
            line.append(f"<td{spans}>{text or '&nbsp;'}</td>")
        rows.append("<tr>" + "".join(line) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def html_page(blocks: list[Block], *, charset: str, portal: bool, splits: bool) -> str:
    """Write a page; ``portal`` puts a site's navigation around it, ``splits`` lets rows break in print."""
    parts = []
    for block in blocks:
        if isinstance(block, Drawn):
            parts.append(html_table(block))
        elif isinstance(block, Paragraph):
            tag = "h2" if block.level else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
        else:
            parts.append('<div style="break-before:page"></div>')
    style = _STYLE + ("" if splits else _KEPT)
    around = (_PORTAL, "<footer><p>主办：某县人民政府办公室</p></footer>") if portal else ("", "")
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>{style}</style></head>'
    return (
        f"<!DOCTYPE html>\n<html>{head}<body>{around[0]}\n"
        + "\n".join(parts)
        + f"\n{around[1]}</body></html>\n"
    )


def write_html(blocks: list[Block], *, charset: str) -> bytes:
    """Write a portal's page in an encoding; what calls itself gb2312 is in truth gb18030."""
    page = html_page(blocks, charset=charset, portal=True, splits=False)
    return page.encode("gb18030" if charset == "gb2312" else charset)
