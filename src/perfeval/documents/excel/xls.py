"""Read an old Excel workbook (.xls, WPS .et, back to BIFF 2) as its sheets are printed."""

from __future__ import annotations

__all__ = ["read_xls"]

import io
from collections.abc import Mapping
from math import isfinite

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.formatting import std_format_strings
from xlrd.sheet import Sheet as StoredSheet

from perfeval.documents.excel.formatcode import GENERAL, built_in
from perfeval.documents.excel.numberformat import shown_text, stored_digits
from perfeval.documents.excel.sheets import (
    ERROR_SHOWN,
    FORMAT_UNKNOWN,
    Content,
    Hidden,
    Merge,
    Sheet,
    hidden_sheet,
    number_content,
    printed,
)
from perfeval.documents.excel.typed import typed_formulas
from perfeval.documents.grid import Block, Document
from perfeval.documents.limits import Meter
from perfeval.documents.ole import OLE_SIGNATURE, ole_kind, ole_stream
from perfeval.errors import UnreadableError
from perfeval.findings import Finding
from perfeval.messages import Wording

_DAMAGED = Wording(
    "IN-XLS-DAMAGED",
    "旧格式工作簿已损坏（{detail}），请重新下载，或用 Excel 或 WPS 打开后另存为 .xlsx",
    "is a damaged old workbook ({detail}); fetch it again, or open it in Excel or WPS and save it as .xlsx",
)
_LOCKED = Wording(
    "IN-XLS-LOCKED", "工作簿已加密，请先去除密码", "is an encrypted workbook; remove the password first"
)
_OTHER = Wording("IN-XLS-KIND", "不是旧格式 Excel 工作簿（{kind}）", "is not an old Excel workbook ({kind})")


class _Silent(io.TextIOBase):
    """Where xlrd writes its remarks on odd records."""

    def write(self, text: str) -> int:
        """Forget the text."""
        return len(text)


def read_xls(data: bytes, meter: Meter) -> Document:
    """Read the visible sheets of an old workbook.

    Of a formula only its result is read, save where it is a literal typed by hand (``=100%``).
    Raises UnreadableError where the file is encrypted, damaged or of another kind.
    """
    meter.size(len(data))
    if data.startswith(OLE_SIGNATURE):
        kind = ole_kind(data)
        if kind == "encrypted":
            raise meter.refused(_LOCKED())
        if kind in {"doc", "wps"}:
            raise meter.refused(_OTHER(kind=kind))
    try:
        with xlrd.open_workbook(
            file_contents=_stream(data),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=_Silent(),
        ) as book:
            return _document(book, meter)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - xlrd asserts, unpacks and indexes what the file claims
        if isinstance(error, XLRDError) and "encrypted" in str(error):
            raise meter.refused(_LOCKED()) from None
        text = " ".join(str(error).split())[:120]
        detail = f"{type(error).__name__}: {text}" if text else type(error).__name__
        raise meter.refused(_DAMAGED(detail=detail)) from None


def _stream(data: bytes) -> bytes:
    """Give the records of the workbook; xlrd follows a chain of sectors that turns back on itself for ever."""
    stream = ole_stream(data, "workbook", "book") if data.startswith(OLE_SIGNATURE) else data
    if not stream:
        raise ValueError("no workbook in it")
    return stream


def _document(book: Book, meter: Meter) -> Document:
    blocks: list[Block] = []
    findings: list[Finding] = []
    formats = _formats(book)
    for number, stored in enumerate(book.sheets()):
        meter.page()
        if stored.visibility:
            findings.append(hidden_sheet(meter.name, stored.name))
            continue
        sheet = _sheet(stored, formats, meter, date1904=book.datemode == 1)
        _restore_typed(sheet.cells, stored, formats, _typed(book, number))
        grid, noticed = printed(sheet, meter)
        findings += noticed
        if grid is not None:
            blocks.append(grid)
    return Document(tuple(blocks), tuple(findings))


def _formats(book: Book) -> Mapping[int, str]:
    """Give the number format of each cell style."""
    formats = {}
    for index, style in enumerate(book.xf_list):
        key = style.format_key
        stored = book.format_map.get(key)
        code = stored.format_str if stored is not None else GENERAL
        is_only_named = book.biff_version >= 50 and code == std_format_strings.get(key, code)
        if is_only_named:  # xlrd names it as an American Excel would
            code = built_in(key) or code
        formats[index] = GENERAL if code.casefold() == "general" or not code else code
    return formats


def _typed(book: Book, number: int) -> dict[tuple[int, int], str]:
    """Give the literal formulas of a sheet; BIFF 2 to 4 are not kept in memory and old enough to do without."""
    if book.biff_version < 50 or book.mem is None:
        return {}
    positions: list[int] = book._sh_abs_posn  # type: ignore[attr-defined]  # noqa: SLF001 - nothing public says it
    return typed_formulas(bytes(book.mem), positions[number])


def _restore_typed(
    cells: dict[int, dict[int, Content]],
    stored: StoredSheet,
    formats: Mapping[int, str],
    typed: Mapping[tuple[int, int], str],
) -> None:
    """Let a literal formula read as typed; a bare number only where no number format shapes it."""
    for (row, column), formula in typed.items():
        content = cells.get(row, {}).get(column)
        if content is None:
            continue
        if formula.endswith("%") or formats.get(stored.cell_xf_index(row, column)) == GENERAL:
            cells[row][column] = Content(f"={formula}", content.raw or content.text)


def _sheet(stored: StoredSheet, formats: Mapping[int, str], meter: Meter, *, date1904: bool) -> Sheet:
    cells: dict[int, dict[int, Content]] = {}
    for row in range(stored.nrows):
        line = _line(stored, row, formats, date1904=date1904)
        meter.cells(len(line))
        for content in line.values():
            meter.text(content.text)
        if line:
            cells[row] = line
    merges = [
        Merge(top, left, bottom - 1, right - 1)
        for top, bottom, left, right in stored.merged_cells
        if bottom > top and right > left
    ]
    meter.cells(len(merges))
    return Sheet(
        stored.name,
        cells,
        merges,
        Hidden((row, row) for row, info in stored.rowinfo_map.items() if info.hidden or info.height == 0),
        Hidden(
            (column, column) for column, info in stored.colinfo_map.items() if info.hidden or info.width == 0
        ),
    )


def _line(stored: StoredSheet, row: int, formats: Mapping[int, str], *, date1904: bool) -> dict[int, Content]:
    kinds, values = stored.row_types(row), stored.row_values(row)
    line: dict[int, Content] = {}
    for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
            continue
        content = _content(kind, value, formats.get(stored.cell_xf_index(row, column)), date1904=date1904)
        if content.text or content.raw:
            line[column] = content
    return line


def _content(kind: int, value: object, code: str | None, *, date1904: bool) -> Content:
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE} and isinstance(
        value, int | float
    ):  # exact: BIFF doubles
        if not isfinite(value):
            raise ValueError(f"number {value}")
        content = number_content(stored_digits(value), GENERAL if code is None else code, date1904=date1904)
        if code is not None:
            return content
        return Content(content.text, content.text, remark=FORMAT_UNKNOWN(format="?"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Content("TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(value, "#N/A") if isinstance(value, int) else "#N/A"
        return Content(error, remark=ERROR_SHOWN(error=error))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    shown = text if code is None else shown_text(text, code)
    return Content(text) if shown == text else Content(shown, text, code)
