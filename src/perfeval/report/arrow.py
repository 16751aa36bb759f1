"""Rows, such as scores and findings, as a data frame: decimals and texts, never a binary float.

The frame is made as an Arrow table with a fixed type for each column, so that a column that happens to be empty keeps
its type, and is handed over as it is; pandas gets Arrow's types too, because its own has no decimals and turns a
number column with a gap into floats.
"""

from __future__ import annotations

__all__ = ["BACKENDS", "Backend", "frame_of", "to_frame"]

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any, Literal

from perfeval.auditing import AuditResult
from perfeval.errors import UsageError
from perfeval.messages import Language, Wording
from perfeval.report.frame_rows import FINDING_COLUMNS, SCORE_COLUMNS, finding_rows, score_rows
from perfeval.scoring import Scorecard

Backend = Literal["pandas", "polars", "pyarrow"]
BACKENDS: tuple[Backend, ...] = ("pandas", "polars", "pyarrow")

_NO_BACKEND = Wording(
    "CALL-BACKEND",
    "没有“{backend}”，应为 {known} 之一",
    "there is no backend '{backend}'; it is one of {known}",
)
_NO_LIBRARY = Wording(
    "CALL-FRAME-EXTRA",
    "转成 {backend} 表需要 {module}，请运行 pip install {module}",
    "needs {module} to make a {backend} frame: run pip install {module}",
)
_NOT_SHOWN = Wording(
    "CALL-FRAME",
    "应为 Scorecard、一组 Scorecard 或 AuditResult，现为 {type}",
    "must be a Scorecard, several of them or an AuditResult, not {type}",
)
_TOO_LONG = Wording(
    "CALL-FRAME-DIGITS",
    "列 {column} 的数字合起来超过 {most} 位，表里放不下",
    "the numbers of column {column} together have more than the {most} digits that a frame can hold",
)
_MOST_DIGITS = 38  # of a decimal in Arrow, polars and Parquet


def to_frame(
    what: Scorecard | AuditResult | Iterable[Scorecard],
    backend: Backend = "pandas",
    language: Language = "zh",
) -> Any:
    """Give one row a score (execution, then the indicators), or one row a finding, as a data frame.

    Texts, whole numbers, truth values and decimals with one scale a column. UsageError where the backend is not
    installed, is none of the three, or cannot hold the digits.
    """
    if backend not in BACKENDS:
        raise UsageError(_NO_BACKEND(backend=backend, known=" ".join(BACKENDS)))
    if isinstance(what, AuditResult):
        return frame_of(FINDING_COLUMNS, list(finding_rows(what, language)), backend)
    cards = [what] if isinstance(what, Scorecard) else list(what)
    for card in cards:
        if not isinstance(card, Scorecard):
            raise UsageError(_NOT_SHOWN(type=type(card).__name__))
    return frame_of(SCORE_COLUMNS, list(score_rows(cards)), backend)


def frame_of(columns: Mapping[str, type], rows: Sequence[Mapping[str, object]], backend: Backend) -> Any:
    """Give rows as a data frame with these columns: texts, whole numbers, truth values, decimals. UsageError as to_frame."""
    arrow = _library("pyarrow", backend)
    other = None if backend == "pyarrow" else _library(backend, backend)
    values = {name: [_clean(row[name]) for row in rows] for name in columns}
    types: dict[type, Callable[[str], Any]] = {
        str: lambda _: arrow.string(),
        int: lambda _: arrow.int64(),
        bool: lambda _: arrow.bool_(),
        Decimal: lambda name: arrow.decimal128(_MOST_DIGITS, _scale(name, values[name])),
    }
    table = arrow.table(
        {name: arrow.array(values[name], types[kind](name)) for name, kind in columns.items()}
    )
    if other is None:
        return table
    return table.to_pandas(types_mapper=other.ArrowDtype) if backend == "pandas" else other.from_arrow(table)


def _clean(value: object) -> object:
    """Replace what no UTF-8 can hold: half a character that a JSON file escaped."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _scale(name: str, values: Iterable[object]) -> int:
    """Give the decimals that every number of a column needs. UsageError where no column can hold them all."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    scale = max((-int(number.as_tuple().exponent) for number in numbers), default=0)
    whole = max((number.adjusted() + 1 for number in numbers), default=0)
    if max(scale, 0) + whole > _MOST_DIGITS:
        raise UsageError(_TOO_LONG(column=name, most=_MOST_DIGITS))
    return max(scale, 0)


def _library(module: str, backend: Backend) -> Any:
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise UsageError(_NO_LIBRARY(backend=backend, module=error.name)) from None
