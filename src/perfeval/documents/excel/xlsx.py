"""Read an Excel 2007 workbook (.xlsx, .xlsm, what WPS writes under these names) as its sheets are printed."""

from __future__ import annotations

__all__ = ["read_sheet", "read_xlsx"]

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import TypeVar

from lxml import etree

from perfeval.documents.excel.cells import content_of
from perfeval.documents.excel.parts import (
    NotAWorkbookError,
    Package,
    SheetPart,
    Workbook,
    read_workbook,
    xml_elements,
)
from perfeval.documents.excel.sheets import Content, Hidden, Merge, Sheet, hidden_sheet, printed
from perfeval.documents.grid import Block, Document
from perfeval.documents.limits import Meter
from perfeval.documents.ole import OLE_SIGNATURE, ole_kind
from perfeval.documents.packed import office_archive
from perfeval.errors import UnreadableError
from perfeval.findings import Finding
from perfeval.messages import Wording

_DAMAGED = Wording(
    "IN-XLSX-DAMAGED",
    "工作簿已损坏（{detail}），请重新下载，或用 Excel 或 WPS 打开后另存",
    "is a damaged workbook ({detail}); fetch it again, or open it in Excel or WPS and save it",
)
_LOCKED = Wording(
    "IN-XLSX-LOCKED", "工作簿已加密，请先去除密码", "is an encrypted workbook; remove the password first"
)
_OLD = Wording(
    "IN-XLSX-OLD",
    "不是 .xlsx 而是旧格式的文件（{kind}），请另存为 .xlsx",
    "is not an .xlsx but a file of an old format ({kind}); save it as .xlsx",
)
_BINARY = Wording(
    "IN-XLSX-BINARY",
    "是二进制工作簿（.xlsb），请另存为 .xlsx",
    "is a binary workbook (.xlsb); save it as .xlsx",
)
_NO_WORKBOOK = Wording(
    "IN-XLSX-KIND", "压缩包中没有 Excel 工作簿", "is an archive without an Excel workbook in it"
)

Made = TypeVar("Made")

_MOST_ROWS = 2**20
_MOST_COLUMNS = 2**14
_CACHED = 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def read_xlsx(data: bytes, meter: Meter) -> Document:
    """Read the visible sheets of a workbook; macros and links are left alone.

    Raises UnreadableError where it is encrypted, damaged, of another kind or larger than the limits.
    """
    return _within(data, meter, lambda package: _document(package, meter))


def read_sheet(data: bytes, names: Collection[str], meter: Meter) -> Sheet | None:
    """Read the first sheet of one of these names as it is stored, hidden parts included; None where there is none.

    Raises UnreadableError as ``read_xlsx`` does.
    """

    def found(package: Package) -> Sheet | None:
        book = read_workbook(package, meter)
        part = next((part for part in book.sheets if part.name in names), None)
        return None if part is None else _sheet(package, part, book, meter)

    return _within(data, meter, found)


def _within(data: bytes, meter: Meter, use: Callable[[Package], Made]) -> Made:
    meter.size(len(data))
    if data.startswith(OLE_SIGNATURE):
        kind = ole_kind(data)
        raise meter.refused(_LOCKED() if kind == "encrypted" else _OLD(kind=kind))
    archive = office_archive(data, meter)
    try:
        return use(Package.of(archive))
    except UnreadableError:
        raise
    except NotAWorkbookError as error:
        raise meter.refused(_BINARY() if str(error) == "xlsb" else _NO_WORKBOOK()) from None
    except Exception as error:  # noqa: BLE001 - XML, zip, numbers: a hostile file can break any step
        raise meter.refused(_DAMAGED(detail=_one_line(error))) from None


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _document(package: Package, meter: Meter) -> Document:
    book = read_workbook(package, meter)
    blocks: list[Block] = []
    findings: list[Finding] = []
    for part in book.sheets:
        meter.page()
        if part.is_hidden:
            findings.append(hidden_sheet(meter.name, part.name))
            continue
        grid, noticed = printed(_sheet(package, part, book, meter), meter)
        findings += noticed
        if grid is not None:
            blocks.append(grid)
    return Document(tuple(blocks), tuple(findings))


def _sheet(package: Package, part: SheetPart, book: Workbook, meter: Meter) -> Sheet:
    cells: dict[int, dict[int, Content]] = {}
    merges: list[Merge] = []
    hidden_rows: list[tuple[int, int]] = []
    hidden_columns: list[tuple[int, int]] = []
    shared: dict[str, str] = {}
    number = -1
    with package.open(part.path) as source:
        for element in xml_elements(source, "row", "col", "mergeCell"):
            name = element.tag.rpartition("}")[2]
            if name == "row":
                number = _row_number(element, number)
                if _is_hidden(element, "ht"):
                    hidden_rows.append((number, number))
                contents = dict(_contents(element, book, shared, meter))
                meter.cells(len(contents))
                if contents:
                    cells.setdefault(number, {}).update(contents)
            elif name == "col":
                if _is_hidden(element, "width"):
                    hidden_columns.append(
                        (int(element.get("min", "1")) - 1, int(element.get("max", "1")) - 1)
                    )
            else:
                meter.cells(1)
                merges.append(_merge(element.get("ref", "")))
    return Sheet(part.name, cells, merges, Hidden(hidden_rows), Hidden(hidden_columns))


def _is_hidden(element: etree._Element, size: str) -> bool:
    return element.get("hidden") in {"1", "true"} or element.get(size) in {"0", "0.0"}


def _row_number(element: etree._Element, before: int) -> int:
    stated = element.get("r")
    number = before + 1 if stated is None else int(stated) - 1
    if not 0 <= number < _MOST_ROWS:
        raise ValueError(f"row {number + 1}")
    return number


@lru_cache(_CACHED)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= _MOST_COLUMNS:
        raise ValueError(f"column {letters}")
    return number - 1


def _slot(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None or not 0 < int(match[2]) <= _MOST_ROWS:
        raise ValueError(f"cell {reference}")
    return int(match[2]) - 1, _column(match[1].upper())


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _slot(first), _slot(last or first)
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _contents(
    row: etree._Element, book: Workbook, shared: dict[str, str], meter: Meter
) -> Iterator[tuple[int, Content]]:
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = column + 1 if reference is None else _column(reference.rstrip("0123456789").upper())
        if column >= _MOST_COLUMNS:
            raise ValueError(f"column {column + 1}")
        if len(cell) == 0:  # only coloured or ruled
            continue
        content = content_of(cell, book, shared)
        if content is not None:
            meter.text(content.text)
            yield column, content
