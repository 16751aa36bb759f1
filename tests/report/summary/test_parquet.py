"""Parquet of a summary: one row a table, the numbers as exact decimals for everybody who reads it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfeval.report.summary.data import TABLE_COLUMNS, table_rows
from report.summary.made import bortala, summary_of

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: Parquet is not tested")
polars = pytest.importorskip("polars", reason="polars is not installed: Parquet is not tested")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: Parquet is not tested")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    from perfeval.report.summary.parquet import write_parquet  # noqa: PLC0415 - pyarrow is an extra

    write_parquet(bortala(), tmp_path / "a.parquet")
    write_parquet(bortala(), tmp_path / "b.parquet")
    write_parquet(summary_of(), tmp_path / "none.parquet")
    return tmp_path / "a.parquet"


def test_every_reader_sees_the_same_exact_rows(file: Path) -> None:
    wanted = list(table_rows(bortala()))
    for row in wanted:
        row["rate"] = Decimal(row["rate"].removesuffix("%")) / 100
    assert pyarrow.parquet.read_table(file).to_pylist() == wanted
    assert polars.read_parquet(file).to_dicts() == wanted
    duck = duckdb.execute("from read_parquet(?)", [str(file)])
    names = [column[0] for column in duck.description]
    assert [dict(zip(names, row, strict=True)) for row in duck.fetchall()] == wanted
    assert names == list(TABLE_COLUMNS)


def test_types_do_not_depend_on_what_is_there(file: Path) -> None:
    def types(path: Path) -> list[tuple[str, str]]:
        schema = pyarrow.parquet.read_schema(path)
        return [
            (name, str(kind).partition("(")[0]) for name, kind in zip(schema.names, schema.types, strict=True)
        ]

    assert types(file) == types(file.with_name("none.parquet"))
    assert {kind for _, kind in types(file)} == {"int64", "string", "bool", "decimal128"}


def test_the_same_bytes(file: Path) -> None:
    assert file.read_bytes() == file.with_name("b.parquet").read_bytes()
