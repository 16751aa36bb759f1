"""Files of any size → Parquet: read in pieces, scored on an engine, written as they come; tables added up on the way."""

from __future__ import annotations

__all__ = ["ENGINES", "Batch", "batch", "columns_for", "known_rows"]

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import attrs
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from perfeval.errors import UsageError
from perfeval.frames.contract import Number
from perfeval.frames.files import ROWS, columns_of, pieces_of, rows_of_parquet
from perfeval.frames.named_columns import NamedColumns, guessed_columns, read_columns
from perfeval.frames.scoring import scale_of, score
from perfeval.frames.tables import Tables
from perfeval.frames.totals import totals
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook

PREFIX = "perfeval_"
_ROW = f"{PREFIX}number"  # of a row in its piece: an engine with several threads keeps no order
_DIGITS = 19  # of the largest int64
_COUNTED = ("status", "reason", "verdict")
_RATES = ("completion", "execution_rate")
_POINTS = (
    "score",
    "weight",
    "scored_weight",
    "scored_subtotal",
    "execution_weight",
    "execution_score",
    "total",
    "reported_total",
    "difference",
)
_OTHER = Wording(
    "ROWS-OTHER",
    "{file} 的列与前面的文件不同；请分开处理",
    "{file} has other columns than the files before it; work on it by itself",
)
_TAKEN = Wording(
    "ROWS-TAKEN",
    "{file} 中已有结果列“{column}”；请先去掉",
    "{file} has a column '{column}' already, which is the name of a result; take it out first",
)
_APART = Wording(
    "ROWS-APART",
    "表 {table} 的各行不相连；请先按 {key} 排序",
    "the rows of table {table} do not stand together; sort the rows by {key} first",
)


@attrs.frozen
class Batch:
    """What was worked on: how many rows and tables, and how many rows by status, reason and verdict."""

    rows: int
    tables: int | None
    counts: Mapping[str, Mapping[str, int]]


def columns_for(files: Sequence[Path], given: str | Path | None) -> NamedColumns:
    """Give what a file says of the columns, or what their names say. Raises UnreadableError and UsageError."""
    return guessed_columns(columns_of(files[0])) if given is None else read_columns(given)


def known_rows(files: Sequence[Path]) -> int | None:
    """Give how many rows there are, where every file says it."""
    counts = [rows_of_parquet(file) for file in files]
    return None if None in counts else sum(count for count in counts if count is not None)


def batch(
    files: Sequence[Path],
    book: RuleBook,
    columns: NamedColumns,
    rows_to: Path,
    totals_to: Path | None,
    *,
    engine: str = "polars",
    done: Callable[[int], None] = lambda _rows: None,
) -> Batch:
    """Score files of rows into one Parquet, and their tables into another where one is asked for.

    Rows keep their columns and their order; what is added are exact decimals, not integers of a unit. At most ``ROWS`` rows,
    and those of one table, are held at a time. ``done`` is told how many rows were worked on. Raises UnreadableError and UsageError.
    """
    tables = columns.tables if totals_to is not None else None
    scales = {**dict.fromkeys(_POINTS, scale_of(book)), **dict.fromkeys(_RATES, 4)}
    counts: dict[str, Counter[str | None]] = {name: Counter() for name in _COUNTED}
    to_engine, from_engine = ENGINES[engine]
    parts = _parts(columns)
    with ExitStack() as stack:
        written = stack.enter_context(_Writer(rows_to))
        added = stack.enter_context(_Writer(totals_to)) if totals_to is not None else None
        for file, piece in _pieces(files, tables):
            # Only what plays a part passes through an engine, which may change the types of the rest.
            _check_results(piece, file)
            chosen = piece.select([name for name in piece.column_names if name in parts])
            frame = to_engine(chosen.append_column(_ROW, pa.array(range(len(piece)), pa.int64())))
            made = from_engine(score(frame, book, columns.rows, prefix=PREFIX)).sort_by(_ROW)
            made = _in_decimals(made.drop_columns(_ROW), scales)
            written.write(_beside(piece, made), file)
            for name, counter in counts.items():
                for found in pc.value_counts(made[PREFIX + name]).to_pylist():
                    counter[found["values"]] += found["counts"]
            if added is not None and tables is not None:
                found_totals = from_engine(totals(frame, book, columns.rows, tables, prefix=PREFIX))
                added.write(_in_decimals(found_totals, scales), file)
            done(len(piece))
    if totals_to is not None and tables is not None:
        _check_apart(totals_to, tables)
    found_counts = {
        name: {text: count for text, count in counter.most_common() if text is not None}
        for name, counter in counts.items()
    }
    return Batch(written.rows, None if added is None else added.rows, found_counts)


def _parts(columns: NamedColumns) -> set[str]:
    """Give the columns that play a part."""
    rows = columns.rows
    given = [rows.target, rows.actual, rows.weight, rows.reported, *rows.context.values()]
    names = {
        name
        for one in given
        for name in ((one.value, one.operator, one.unit) if isinstance(one, Number) else (one,))
    }
    if columns.tables is not None:
        names |= {*columns.tables.key, *columns.tables.columns}
    return {name for name in names if name is not None}


def _check_results(piece: pa.Table, file: Path) -> None:
    """Raise UsageError for a column that is called like a result."""
    for name in piece.column_names:
        if name.casefold().startswith(PREFIX):
            raise UsageError(_TAKEN(file=file, column=name))


def _beside(piece: pa.Table, made: pa.Table) -> pa.Table:
    """Put the results beside the rows as they came."""
    for name in made.column_names:
        if name.startswith(PREFIX):
            piece = piece.append_column(name, made[name])
    return piece


def _in_decimals(table: pa.Table, scales: Mapping[str, int]) -> pa.Table:
    """Make decimals of integers that count units of 10^-scale: the same digits under another type."""
    for name, scale in scales.items():
        place = table.schema.get_field_index(PREFIX + name)
        if place >= 0:
            whole = table.column(place).cast(pa.decimal128(_DIGITS, 0))
            chunks = [chunk.view(pa.decimal128(_DIGITS, scale)) for chunk in whole.chunks]
            made = pa.chunked_array(chunks, pa.decimal128(_DIGITS, scale))
            table = table.set_column(place, PREFIX + name, made)
    return table


def _of_polars(piece: pa.Table) -> Any:
    import polars as pl  # noqa: PLC0415 - an extra, imported where it is used

    return pl.from_arrow(piece)


def _of_duckdb(piece: pa.Table) -> Any:
    import duckdb  # noqa: PLC0415 - the same

    return duckdb.from_arrow(piece)


ENGINES: Mapping[str, tuple[Callable[[pa.Table], Any], Callable[[Any], pa.Table]]] = {
    "polars": (_of_polars, lambda frame: frame.to_arrow()),
    "duckdb": (_of_duckdb, lambda frame: frame.to_arrow_table()),
}
"""How a piece comes to an engine, and what it made comes back."""


def _pieces(files: Sequence[Path], tables: Tables | None) -> Iterator[tuple[Path, pa.Table]]:
    """Give the pieces of all files; where tables are added up, no table is cut."""
    for file in files:
        waiting: pa.Table | None = None
        for piece in pieces_of(file, ROWS):
            if tables is None:
                yield file, piece
                continue
            joined = piece if waiting is None else pa.concat_tables([waiting, piece])
            end = len(joined) - _last_rows(joined, tables.key)
            if end:
                yield file, joined.slice(0, end)
            waiting = joined.slice(end)
        if waiting is not None:
            yield file, waiting


def _last_rows(piece: pa.Table, key: Sequence[str]) -> int:
    """Give how many rows at the end are of one table."""
    if not len(piece):
        return 0
    same = np.ones(len(piece), dtype=bool)
    for name in key:
        if name in piece.column_names:  # a column that is not there is for the contract to say
            last = piece[name][len(piece) - 1]
            own = (
                pc.is_null(piece[name])
                if not last.is_valid
                else pc.fill_null(pc.equal(piece[name], last), fill_value=False)
            )
            same &= own.to_numpy()
    others = np.flatnonzero(~same)
    return len(piece) - (int(others[-1]) + 1 if len(others) else 0)


def _check_apart(path: Path, tables: Tables) -> None:
    """Raise UsageError for a table that was met twice, so that it was added up in two parts."""
    keys = pyarrow.parquet.read_table(path, columns=list(tables.key))
    counted = keys.append_column("__one", pa.array(np.ones(len(keys), dtype=np.int64)))
    groups = counted.group_by(list(tables.key)).aggregate([("__one", "sum")])
    twice = groups.filter(pc.greater(groups["__one_sum"], 1)).slice(0, 1).to_pylist()
    if twice:
        shown = ", ".join(str(twice[0][name]) for name in tables.key)
        raise UsageError(_APART(table=shown, key=", ".join(tables.key)))


@attrs.define
class _Writer:
    """A Parquet that grows piece by piece, with the columns of its first piece."""

    path: Path
    rows: int = 0
    _file: pyarrow.parquet.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, piece: pa.Table, source: Path) -> None:
        """Add a piece."""
        if self._file is None:
            self._file = pyarrow.parquet.ParquetWriter(self.path, piece.schema, compression="zstd")
        elif piece.schema != self._file.schema:
            kinds = {field.name: field.type for field in self._file.schema}
            if set(piece.column_names) != set(kinds) or not all(
                _is_kept(field.type, kinds[field.name]) for field in piece.schema
            ):
                raise UsageError(_OTHER(file=source))
            piece = piece.select(self._file.schema.names).cast(self._file.schema)
        self._file.write_table(piece)
        self.rows += len(piece)


def _is_kept(kind: pa.DataType, other: pa.DataType) -> bool:
    """Say whether every value of a type is the same in another."""
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    if kind == other:
        return True
    if any(is_text(kind) for is_text in texts):
        return any(is_text(other) for is_text in texts)
    is_signed = pa.types.is_signed_integer(kind) and pa.types.is_signed_integer(other)
    return bool(is_signed and kind.bit_width <= other.bit_width)
