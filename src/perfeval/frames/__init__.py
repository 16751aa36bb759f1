"""The same rules over data frames: polars, pandas, pyarrow, DuckDB, PySpark, through narwhals (extra ``frames``)."""

from __future__ import annotations

__all__ = ["Columns", "Number", "Tables", "audit", "score", "subtotals", "totals"]

from perfeval.frames.auditing import audit
from perfeval.frames.contract import Columns, Number
from perfeval.frames.scoring import score
from perfeval.frames.tables import Tables
from perfeval.frames.totals import subtotals, totals
