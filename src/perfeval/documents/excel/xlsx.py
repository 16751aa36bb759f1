"""Read an Excel 2007 workbook (.xlsx, .xlsm, what WPS writes under these names) as its sheets are printed."""

from __future__ import annotations

__all__ = ["read_xlsx"]

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from math import isfinite

import attrs
from lxml import etree

from perfeval.documents.excel.numberformat import GENERAL, shown_text, stored_digits
from perfeval.documents.excel.parts import (
    NotAWorkbookError,
    Package,
    SheetPart,
    Workbook,
    read_workbook,
    text_of,
    unescaped,
    xml_elements,
)
from perfeval.documents.excel.sheets import (
    ERROR_SHOWN,
    FORMAT_UNKNOWN,
    NOT_CALCULATED,
    Content,
    Hidden,
    Merge,
    Sheet,
    hidden_sheet,
    number_content,
    printed,
)
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

_MOST_ROWS = 2**20
_MOST_COLUMNS = 2**14
_CACHED = 16_384
_STORED = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[Ee][+-]?[0-9]{1,4})?")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

# What somebody typed who meant the sign and got a formula. A number with a word after it, or a bare word,
# is no formula that a spreadsheet can calculate; a quotient, sum or call has operators and is one.
_TYPED_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_TYPED_QUANTITY = re.compile(
    r"""[+-]?[0-9][0-9,]{0,30}(?:\.[0-9]{1,30})?\s{0,5}
        (?: [%％‰]\s{0,5} (?:[^\W\dA-Za-z_][^()!$:"'+*^&=<>{}\[\];-]{0,200})?
          | (?:[^\W\dA-Za-z_]|[℃°㎡]) [^()!$:"'+*^&=<>{}\[\];-]{0,200}
          | [A-Za-z]{1,6}
        )""",
    re.VERBOSE,
)
_TYPED_WORD = re.compile(r"[㐀-鿿]{1,50}")
_TYPED_STRING = re.compile(r'"((?:[^"]|"")*)"')


def read_xlsx(data: bytes, meter: Meter) -> Document:
    """Read the visible sheets of a workbook; macros and links are left alone.

    Raises UnreadableError where it is encrypted, damaged, of another kind or larger than the limits.
    """
    meter.size(len(data))
    if data.startswith(OLE_SIGNATURE):
        kind = ole_kind(data)
        raise meter.refused(_LOCKED() if kind == "encrypted" else _OLD(kind=kind))
    archive = office_archive(data, meter)
    try:
        return _document(Package.of(archive), meter)
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
        content = _content(cell, book, shared)
        if content is not None:
            meter.text(content.text)
            yield column, content


def _content(cell: etree._Element, book: Workbook, shared: dict[str, str]) -> Content | None:
    kind = cell.get("t", "n")
    value: str | None = None
    formula: str | None = None
    for child in cell:
        name = child.tag.rpartition("}")[2]
        if name == "v":
            value = child.text
        elif name == "f":
            formula = _formula(child, shared)
        elif name == "is" and kind == "inlineStr":
            value = text_of(child)
    style = int(cell.get("s", "0"))
    code: str | None = GENERAL if style == 0 else None
    if style < len(book.formats):
        code = book.formats[style]
    if formula is not None:
        is_result = value is not None and not (book.is_uncalculated and kind == "n" and value.strip() == "0")
        result = value if is_result else None
        return _typed(formula, kind, result, code, book) or _calculated(formula, kind, result, code, book)
    return None if value is None else _stored(kind, value, code, book)


def _formula(element: etree._Element, shared: dict[str, str]) -> str | None:
    """Give the formula as written. A shared one is written once: what is typed has no references to shift."""
    text = (element.text or "").strip()
    group = element.get("si")
    if element.get("t") == "shared" and group is not None:
        text = shared.setdefault(group, text) if text else shared.get(group, "")
    return text if text or group is not None else None


def _typed(formula: str, kind: str, result: str | None, code: str | None, book: Workbook) -> Content | None:
    """Give what a formula says that is only a literal, typed by hand; None for all others."""
    if _TYPED_NUMBER.fullmatch(formula):
        if code in {GENERAL, "@"}:
            return Content(f"={formula}", _plain_result(kind, result))
        return _number(formula, code, date1904=book.date1904)
    if quoted := _TYPED_STRING.fullmatch(formula):
        text = quoted[1].replace('""', '"')
        return Content(text, f"={formula}")
    is_word = (
        bool(_TYPED_WORD.fullmatch(formula)) and formula not in book.names and result in {None, "#NAME?"}
    )
    if is_word or _TYPED_QUANTITY.fullmatch(formula):
        return Content(f"={formula}", _plain_result(kind, result))
    return None


def _plain_result(kind: str, result: str | None) -> str | None:
    return result if kind in {"n", "e"} else None


def _calculated(
    formula: str, kind: str, result: str | None, code: str | None, book: Workbook
) -> Content | None:
    written = f"={formula}"
    if result is None:
        return None if kind == "str" else Content("", written, remark=NOT_CALCULATED())
    if kind == "e":
        return Content(result, written, remark=ERROR_SHOWN(error=result))
    return _stored(kind, result, code, book)


def _stored(kind: str, value: str, code: str | None, book: Workbook) -> Content | None:
    if kind == "n":
        return _number(value.strip(), code, date1904=book.date1904)
    if kind == "b":
        return Content("TRUE" if value.strip() in {"1", "true"} else "FALSE")
    if kind == "e":
        return Content(value, remark=ERROR_SHOWN(error=value))
    if kind == "d":
        return _iso_date(value.strip(), code, book)
    text = book.strings[_index(value)] if kind == "s" else unescaped(value) if kind == "str" else value
    if code is None or code in {GENERAL, "@"} or not text:
        return Content(text) if text else None
    shown = shown_text(text, code)
    return Content(text) if shown == text else Content(shown, text, code)


def _index(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(f"string {number}")
    return number


@lru_cache(_CACHED)
def _number(stored: str, code: str | None, *, date1904: bool) -> Content:
    if _STORED.fullmatch(stored) is None:
        raise ValueError(f"number {stored[:40]}")
    binary = float(stored)  # exact: the file stores binary doubles; 15 digits are the number that was meant
    if not isfinite(binary):
        raise ValueError(f"number {stored[:40]}")
    value = stored_digits(binary)
    if code is None:  # the cell names a style that is not in the file
        return attrs.evolve(
            number_content(value, GENERAL, date1904=date1904), remark=FORMAT_UNKNOWN(format="?")
        )
    return number_content(value, code, date1904=date1904)


def _iso_date(stored: str, code: str | None, book: Workbook) -> Content:
    """Give a date that is stored as a date: formatted as the serial number that it stands for."""
    moment = dt.datetime.fromisoformat(stored).replace(tzinfo=None)
    epoch = dt.datetime(1904, 1, 1) if book.date1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - local, as stored
    passed = moment - epoch
    serial = passed.days + Decimal(passed.seconds) / 86_400
    if code is None or code == GENERAL:
        return Content(stored)
    return attrs.evolve(number_content(serial, code, date1904=book.date1904), raw=stored)
