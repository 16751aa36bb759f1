"""Points that a table prints, the weight of the execution rate and the total; and whether it has a row of money."""

from __future__ import annotations

__all__ = ["read_printed", "with_printed"]

from decimal import Decimal
from typing import Any

import narwhals as nw

from perfeval.frames.arithmetic import MOST
from perfeval.frames.cells import scaled
from perfeval.frames.choosing import mapped
from perfeval.frames.contract import TEXT, Number
from perfeval.frames.reading import flagged_points, text_of, texts
from perfeval.frames.tables import Tables
from perfeval.table import number_cell
from perfeval.values import Missing


def with_printed(said: nw.LazyFrame[Any], tables: Tables, scale: int) -> nw.LazyFrame[Any]:
    """Add ``__printed`` (the weight of the execution rate), ``__reported_total`` and ``__is_funded``.

    Points are in units of 10^-scale, each with a flag as of ``Points``.
    """
    said = _points(said, tables.execution_weight, "__printed", scale)
    said = read_printed(said, tables.total, "__reported_total", scale)
    return _with_funded(said, tables)


def read_printed(
    frame: nw.LazyFrame[Any], given: str | Number | None, name: str, scale: int
) -> nw.LazyFrame[Any]:
    """Add a column of scores as ``flagged_points`` does, but of texts nothing is rounded: a finer score is not held."""
    if not isinstance(given, str) or not isinstance(frame.collect_schema()[given], TEXT):
        return _points(frame, given, name, scale)
    wholes: dict[str, int] = {}
    flags: dict[str, int] = {}
    for printed in texts(frame, given, name):
        cell = number_cell(printed)
        value = None if cell is None else cell.value
        wholes[printed], flags[printed] = 0, 1 if isinstance(value, Missing) else 2
        if isinstance(value, Decimal):
            found = scaled(value, scale)
            wholes[printed], flags[printed] = (0, 3) if found is None or abs(found) >= MOST else (found, 0)
    frame = mapped(frame, text_of(given), wholes, name)
    return mapped(frame, text_of(given), flags, f"{name}_flag")


def _points(said: nw.LazyFrame[Any], given: str | Number | None, name: str, scale: int) -> nw.LazyFrame[Any]:
    if given is None:
        return said.with_columns(nw.lit(0, nw.Int64).alias(name), nw.lit(1, nw.Int64).alias(f"{name}_flag"))
    return flagged_points(said, given, name, scale, None)


def _with_funded(said: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """Add whether a cell of money holds something, if only a dash: else there is no row of money."""
    made = nw.lit(value=False)
    schema = said.collect_schema()
    for given in (tables.budget, tables.executed, tables.execution_weight, tables.execution_score):
        if given is None:
            continue
        name = given.value if isinstance(given, Number) else given
        if isinstance(schema[name], TEXT):
            filled = {text: int(bool(text.strip())) for text in texts(said, name, name)}
            said = mapped(said, nw.col(name), filled, "__filled")
            said = said.with_columns((made | (nw.col("__filled") == 1)).alias("__is_funded"))
            made = nw.col("__is_funded")
        else:
            made = made | ~nw.col(name).is_null()
    return said.with_columns(made.alias("__is_funded"))
