"""Write tests/data/documents/xls: small old workbooks, made by openpyxl and converted by LibreOffice.

Run as ``python tests/documents/build_xls.py``; needs ``soffice``.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

_FOLDER = Path(__file__).parent.parent / "data" / "documents" / "xls"


def table() -> Workbook:
    """A self-evaluation with merged labels, formats, formulas, and things that are hidden."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    rows: list[list[str | float | bool | None]] = [
        ["项目支出绩效自评表", None, None, None],
        ["一级指标", "年度指标值", "实际完成值", "得分"],
        ["产出", "=100%", 0.9839, 10],
        [None, "≥126处", 126, 9.5],
        [None, "8.94万元", 89400, "=D3+D4"],
        ["隐藏", "不读", 1, 2],
        ["满意", "=90%", "=1/0", True],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A5")
    sheet["C3"].number_format = "0.00%"
    sheet["C4"].number_format = '0"处"'
    sheet["C5"].number_format = '0\\.0,"万元"'
    sheet["D5"].number_format = "0.00"
    sheet["B3"].number_format = "0%"
    sheet.row_dimensions[6].hidden = True
    sheet["F2"] = "隐藏列"
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("草稿")["A1"] = "不读"
    book["草稿"].sheet_state = "hidden"
    return book


def dates(*, since_1904: bool) -> Workbook:
    """One date under several formats, counted from 1900 or from 1904."""
    book = Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row, code in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy/m/d h:mm"), start=1):
        cell = sheet.cell(row, 1, dt.datetime(2024, 2, 29, 18, 30))  # noqa: DTZ001 - workbooks know no zones
        cell.number_format = code
    return book


def main() -> None:
    """Convert them all."""
    books = {"table": table(), "dates1900": dates(since_1904=False), "dates1904": dates(since_1904=True)}
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, book in books.items():
            book.save(folder / f"{stem}.xlsx")
        soffice = shutil.which("soffice") or "soffice"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        paths = [folder / f"{stem}.xlsx" for stem in books]
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", "xls:MS Excel 97", "--outdir", _FOLDER, *paths],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main()
