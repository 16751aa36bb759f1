"""Reading a register back: columns by their headings, whatever was sorted, filtered, moved or added."""

from __future__ import annotations

__all__ = ["read_register"]

from collections.abc import Mapping
from pathlib import Path

import attrs

from perfeval.documents.excel.sheets import Sheet
from perfeval.documents.excel.xlsx import read_sheet
from perfeval.documents.limits import DEFAULT_LIMITS, Limits, Meter
from perfeval.errors import UnreadableError
from perfeval.messages import LANGUAGES, Wording
from perfeval.report.workbook.register import Entry
from perfeval.report.workbook.words import LABELS, REGISTER

_NO_FILE = Wording("IN-REGISTER", "打不开：{detail}", "cannot be opened: {detail}")
_NO_COLUMN = Wording(
    "IN-REGISTER-COLUMN",
    "工作表“{sheet}”第一行没有“{column}”一列，原有反馈无法对应，请恢复表头",
    "the first row of the sheet '{sheet}' has no column '{column}', so its replies cannot be matched; restore the headings",
)
_LEAST = ("fingerprint", "state", "reply")


def read_register(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, Entry]:
    """Read the register of a workbook, by fingerprint; empty where it holds none. Lines entered by hand are ``own-1``…

    Raises UnreadableError where it is no workbook, larger than the limits, or lacks a heading that is needed.
    """
    meter = Meter(str(path), limits)
    try:
        meter.size(Path(path).stat().st_size)
        data = Path(path).read_bytes()
    except OSError as error:
        raise meter.refused(_NO_FILE(detail=error.strerror or error)) from None
    names = [LABELS["register"]().text(language) for language in LANGUAGES]
    sheet = read_sheet(data, names, meter)
    return {} if sheet is None else _entries(sheet, meter)


def _entries(sheet: Sheet, meter: Meter) -> dict[str, Entry]:
    columns = _columns(sheet)
    for name in _LEAST:
        if name not in columns:
            raise _refused(sheet.name, name, meter)
    found: dict[str, Entry] = {}
    for number in sorted(sheet.cells):
        line = sheet.cells[number]
        if number == 0:
            continue
        texts = {name: line[at].text for name, at in columns.items() if at in line}
        key = texts.get("fingerprint", "").strip()
        entry = Entry(**{field.name: texts.get(field.name, "") for field in attrs.fields(Entry)})
        if key and not key.startswith("own-"):
            found[_free(found, key, entry)] = entry
        elif entry != Entry():
            found[f"own-{sum(one.startswith('own-') for one in found) + 1}"] = entry
    return found


def _free(found: Mapping[str, Entry], key: str, entry: Entry) -> str:
    """Give the key, or where somebody copied a line and wrote another reply a key of its own: nothing is lost."""
    if key not in found or found[key] == entry:
        return key
    return f"own-{sum(one.startswith('own-') for one in found) + 1}"


def _columns(sheet: Sheet) -> dict[str, int]:
    headings = {
        wording().text(language): name for name, wording in REGISTER.items() for language in LANGUAGES
    }
    found: dict[str, int] = {}
    for column, content in sorted(sheet.cells.get(0, {}).items()):
        name = headings.get(content.text.strip())
        if name is not None:
            found.setdefault(name, column)
    return found


def _refused(sheet: str, column: str, meter: Meter) -> UnreadableError:
    return meter.refused(_NO_COLUMN(sheet=sheet, column=REGISTER[column]()))
