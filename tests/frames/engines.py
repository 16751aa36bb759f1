"""One frame in the hands of every engine, and its rows back."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

Data = dict[str, list[Any]]


def _types(data: Data) -> pa.Schema:
    kinds = {str: pa.string(), bool: pa.bool_(), int: pa.int64()}

    def kind(values: list[Any]) -> pa.DataType:
        known = next((value for value in values if value is not None), "")
        return kinds[type(known)]

    return pa.schema([(name, kind(values)) for name, values in data.items()])


def arrow(data: Data) -> Any:
    return pa.table(data, schema=_types(data))


def polars_eager(data: Data) -> Any:
    return pl.from_arrow(arrow(data))


def polars_lazy(data: Data) -> Any:
    return polars_eager(data).lazy()


def pandas_numpy(data: Data) -> Any:
    return arrow(data).to_pandas()


def pandas_nullable(data: Data) -> Any:
    return arrow(data).to_pandas().convert_dtypes()


def pandas_arrow(data: Data) -> Any:
    return arrow(data).to_pandas(types_mapper=pd.ArrowDtype)


def duck(data: Data) -> Any:
    return duckdb.from_arrow(arrow(data))


Engine = Callable[[Data], Any]
ENGINES: tuple[Engine, ...] = (
    polars_eager,
    polars_lazy,
    pandas_numpy,
    pandas_nullable,
    pandas_arrow,
    arrow,
    duck,
)
MARKED = [
    engine if engine in {polars_eager, arrow} else pytest.param(engine, marks=pytest.mark.slow)
    for engine in ENGINES
]


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any engine, null as None."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pd.DataFrame):
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return [{str(name): value for name, value in row.items()} for row in rows]
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    made: list[dict[str, Any]] = frame.to_dicts() if isinstance(frame, pl.DataFrame) else frame.to_pylist()
    return made
