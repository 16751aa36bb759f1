"""The tables of a summary as Parquet, one row a table: decimals as decimals (extra ``frames``)."""

from __future__ import annotations

__all__ = ["write_parquet"]

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pyarrow import parquet  # type: ignore[import-untyped]

from perfeval.portfolio import Summary
from perfeval.report.arrow import frame_of
from perfeval.report.summary.data import TABLE_COLUMNS, share_of, table_rows

_COLUMNS: Mapping[str, type] = {**TABLE_COLUMNS, "rate": Decimal}


def write_parquet(summary: Summary, path: str | Path) -> None:
    """Write ``TABLE_COLUMNS``; ``rate`` is a share, 0.8801. UsageError where a column cannot hold its digits.

    The same summary gives the same bytes under one version of pyarrow.
    """
    rows = [{**row, "rate": share_of(row["rate"])} for row in table_rows(summary)]
    parquet.write_table(frame_of(_COLUMNS, rows, "pyarrow"), path)
