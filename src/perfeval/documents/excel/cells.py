"""What one cell of an Excel 2007 workbook shows, by its type, its format and a formula typed for a text."""

from __future__ import annotations

__all__ = ["content_of"]

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite

import attrs
from lxml import etree

from perfeval.documents.excel.formatcode import GENERAL
from perfeval.documents.excel.numberformat import shown_text, stored_digits
from perfeval.documents.excel.parts import Workbook, text_of, unescaped
from perfeval.documents.excel.sheets import (
    ERROR_SHOWN,
    FORMAT_UNKNOWN,
    NOT_CALCULATED,
    Content,
    number_content,
)

_CACHED = 16_384
_STORED = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[Ee][+-]?[0-9]{1,4})?")

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


def content_of(cell: etree._Element, book: Workbook, shared: dict[str, str]) -> Content | None:
    """Give what a cell shows, None if nothing; ``shared`` are the formulas that several cells of the sheet have."""
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
