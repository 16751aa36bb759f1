"""Which columns of a file are which: as perfeval's own flat files call them, or as a file of one's own says."""

from __future__ import annotations

__all__ = ["SCHEMA", "NamedColumns", "guessed_columns", "read_columns"]

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import attrs

from perfeval.errors import UsageError
from perfeval.frames.contract import Columns, Number
from perfeval.frames.tables import Tables
from perfeval.messages import Wording
from perfeval.structure import new_converter, wrong_type
from perfeval.table.flat import (
    FUNDING_COLUMNS,
    HEADING_COLUMNS,
    INDICATOR_COLUMNS,
    KEY_COLUMNS,
    TOTAL_COLUMNS,
)
from perfeval.toml_files import read_toml

SCHEMA = "perfeval.columns.v1"
_NOT_FOUND = Wording(
    "ROWS-COLUMNS",
    "没有找到列 {missing}；请用 --columns 指明各列（perfeval.columns.v1）",
    "there is no column {missing}; say with --columns which column is which (perfeval.columns.v1)",
)
_NEEDED = ("target", "actual", "weight")
_ROWS = {
    "target": "target",
    "actual": "actual",
    "weight": "weight",
    "score": "reported",
    "rule": "rule",
    "level1": "level1",
    "level2": "level2",
    "level3": "level3",
}
_MONEY = {
    "adjusted": "budget",
    "executed": "executed",
    "weight": "execution_weight",
    "score": "execution_score",
}


@attrs.frozen(kw_only=True)
class NamedColumns:
    """What a file of schema ``perfeval.columns.v1`` says; ``tables`` where tables are added up."""

    rows: Columns
    tables: Tables | None = None


def read_columns(path: str | Path) -> NamedColumns:
    """Read a file that names columns. Raises UnreadableError with every problem of it."""
    converter = new_converter()

    def text_or_number(value: Any, _type: object) -> str | Number:
        if isinstance(value, Mapping):
            return converter.structure(value, Number)
        if not isinstance(value, str):
            raise wrong_type(str, value)
        return value

    for kind in (str | Number, str | Number | None):
        converter.register_structure_hook(kind, text_or_number)
    return read_toml(path, NamedColumns, SCHEMA, converter).value


def guessed_columns(names: Collection[str]) -> NamedColumns:
    """Give the columns that have the headers of flat files, or the names of the parts. Raises UsageError."""
    rows = {part: _found(names, INDICATOR_COLUMNS, field, part) for field, part in _ROWS.items()}
    rows["year"] = _found(names, HEADING_COLUMNS, "year", "year")
    missing = [part for part in _NEEDED if rows[part] is None]
    if missing:
        raise UsageError(_NOT_FOUND(missing=", ".join(_header(INDICATOR_COLUMNS, part) for part in missing)))
    known = {part: column for part, column in rows.items() if column is not None}
    return NamedColumns(rows=Columns(**known), tables=_tables(names))


def _tables(names: Collection[str]) -> Tables | None:
    """Give what tells tables apart and what they say; None where nothing does."""
    key = [header for header in (*HEADING_COLUMNS, *KEY_COLUMNS) if header in names and header != "金额单位"]
    if not key:
        return None
    parts: dict[str, Any] = {
        part: _found(names, FUNDING_COLUMNS, field, part) for field, part in _MONEY.items()
    }
    parts["total"] = _found(names, TOTAL_COLUMNS, "score", "total")
    parts["grade"] = _found(names, TOTAL_COLUMNS, "grade", "grade")
    parts["amount_unit"] = _found(names, HEADING_COLUMNS, "amount_unit", "amount_unit")
    return Tables(key=key, **parts)


def _header(headers: Mapping[str, str], field: str) -> str:
    return next(header for header, own in headers.items() if own == field)


def _found(names: Collection[str], headers: Mapping[str, str], field: str, part: str) -> str | None:
    return next((name for name in (_header(headers, field), part) if name in names), None)
