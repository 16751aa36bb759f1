"""Separated text: CSV and its kin, as spreadsheets and portals export it, in any of four delimiters."""

from __future__ import annotations

__all__ = ["holds_rows", "read_separated", "text_of_field"]

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

import attrs

from perfeval.documents.grid import Document, Grid, GridCell, GridRow
from perfeval.documents.limits import Meter
from perfeval.documents.sniff import decoded, separation_of
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_ANNOUNCED = re.compile(r"\"?sep=([,\t;|])\"?(?:\r\n|\r|\n)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_FORMULA_TEXT = re.compile(r"=\"((?:[^\"]++|\"\")*+)\"")
# The characters that begin a formula, and those that begin a target; not a pair of quotes around a word.
_GUARDED = re.compile(r"\A'(?='*[=+\-@<>≤≥＜＞＝＋－＠])")
_MOST_PLACES = 20

_BROKEN_QUOTES = Wording(
    "PE010",
    "有 {count} 个单元格的引号不成对，引号按原文保留，请核对",
    "{count} cells begin with a quotation mark that is not closed; the marks were kept as written: please check",
)
_SWALLOWED = Wording(
    "PE011",
    "有 {count} 个单元格内含整行数据，可能缺了一个引号，请核对",
    "{count} cells hold what look like whole rows; a quotation mark may be missing: please check",
)


@attrs.frozen
class _Record:
    """One row as written: the line that it begins on, its fields, and those whose quotes are broken."""

    line: int
    fields: list[str]
    broken: tuple[int, ...] = ()


def read_separated(data: bytes, meter: Meter) -> Document:
    """Read separated text as one grid, with all its lines but blank ones.

    The delimiter is announced by a first line ``sep=;`` or is the one that separates the lines best.
    ``="00123"`` is what spreadsheets write to keep a text from being made a number, and reads ``00123``. An
    apostrophe before a character that begins a formula (``'=100%``, ``'-5``, ``'<=8``) guards against its
    being computed and is no part of the text; any other apostrophe is (``'24年``). The cell's ``raw`` is the
    field as it stands.
    """
    text, findings = decoded(data, meter)
    text = text.removeprefix("\ufeff")
    announced = _ANNOUNCED.match(text)
    line = 1
    if announced is not None:
        text, line = text[announced.end() :], 2
    separation = separation_of(text)
    delimiter = announced[1] if announced is not None else separation.delimiter
    parse = _strict if _is_well_formed(text, delimiter) else _lenient
    rows: list[GridRow] = []
    broken: list[Location] = []
    swallowed: list[Location] = []
    for record in parse(text, delimiter, line):
        row = _row(record, meter)
        rows.append(row)
        broken += [row.cells[column].place for column in record.broken]
        swallowed += [cell.place for cell in row.cells if holds_rows(cell.text, delimiter, separation.fields)]
    findings += _doubts(_BROKEN_QUOTES, broken) + _doubts(_SWALLOWED, swallowed)
    aligned = len({len(row.cells) for row in rows}) < 2
    return Document((Grid(tuple(rows), Location(file=meter.name, line=line), aligned),), findings)


def _doubts(wording: Wording, places: list[Location]) -> tuple[Finding, ...]:
    if not places:
        return ()
    message = wording(count=len(places))
    return (Finding(message, FindingClass.READING, Severity.WARNING, tuple(places[:_MOST_PLACES])),)


def _row(record: _Record, meter: Meter) -> GridRow:
    meter.cells(len(record.fields))
    cells = []
    for column, field in enumerate(record.fields):
        text = text_of_field(field)
        place = Location(file=meter.name, line=record.line, column=column + 1)
        cells.append(GridCell(meter.text(text), column, place, raw=None if text == field else field))
    return GridRow(tuple(cells), Location(file=meter.name, line=record.line))


def text_of_field(field: str) -> str:
    """Give what a field says: without what keeps spreadsheets from computing it."""
    if "\r" in field:
        field = _LINE_END.sub("\n", field)
    formula = _FORMULA_TEXT.fullmatch(field)
    if formula is not None:
        return formula[1].replace('""', '"')
    return _GUARDED.sub("", field)


def holds_rows(text: str, delimiter: str, fields: int) -> bool:
    """Say whether a cell of several lines has as many delimiters as that many rows would."""
    return "\n" in text and fields > 2 and text.count(delimiter) >= text.count("\n") * (fields - 1)


def _is_well_formed(text: str, delimiter: str) -> bool:
    try:
        deque(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:  # broken quotes, or a field over the module's own limit, which is global and left alone
        return False
    return True


def _strict(text: str, delimiter: str, first_line: int) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first_line
    for fields in reader:
        if fields:
            yield _Record(line, fields)
        line = first_line + reader.line_num


def _lenient(text: str, delimiter: str, first_line: int) -> Iterator[_Record]:
    """Give the records where a quotation mark opens a field only if another one closes it before a delimiter."""
    stop = f"{re.escape(delimiter)}\\r\\n"
    pattern = re.compile(rf'"(?P<quoted>(?:[^"]++|"")*+)"(?=[{stop}]|\Z)|(?P<bare>[^{stop}]*)')
    position, line, start = 0, first_line, first_line
    fields: list[str] = []
    broken: list[int] = []
    while position < len(text) or fields:
        field = pattern.match(text, position)
        assert field is not None  # noqa: S101 - the second alternative matches anything, even nothing
        quoted = field["quoted"]
        if quoted is not None:
            line += len(_LINE_END.findall(quoted))
            fields.append(quoted.replace('""', '"'))
        else:
            if field["bare"].startswith('"'):
                broken.append(len(fields))
            fields.append(field["bare"])
        position = field.end()
        if text.startswith(delimiter, position):
            position += 1
            continue
        if quoted is not None or fields != [""]:
            yield _Record(start, fields, tuple(broken))
        fields, broken = [], []
        end = _LINE_END.match(text, position)
        if end is None:
            return
        position = end.end()
        line += 1
        start = line
