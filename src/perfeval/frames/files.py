"""Files with one row an indicator, as pieces that fit in memory: Parquet, and CSV as perfeval and spreadsheets write it."""

from __future__ import annotations

__all__ = ["ENDINGS", "ROWS", "columns_of", "pieces_of", "rows_of_parquet"]

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from perfeval.documents.separated import text_of_field
from perfeval.documents.sniff import decode
from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Message, Wording

ENDINGS = (".parquet", ".csv")
ROWS = 200_000
"""So many rows are worked on at a time."""

_SAMPLE = 1 << 20
_BLOCK = 1 << 25  # no row of a CSV may be longer
_OPEN = Wording("ROWS-OPEN", "不能读取：{detail}", "cannot be read: {detail}")
_TEXT = Wording(
    "ROWS-TEXT", "不是文本，或编码不是 UTF-8、GB 18030", "is no text, or neither UTF-8 nor GB 18030"
)
_TWICE = Wording("ROWS-TWICE", "列“{column}”出现两次", "column '{column}' stands there twice")


def pieces_of(path: Path, rows: int = ROWS) -> Iterator[pa.Table]:
    """Read a file piece by piece, each of at most so many rows. Raises UnreadableError."""
    try:
        yield from _joined(
            _read_csv(path) if path.suffix.lower() == ".csv" else _read_parquet(path, rows), rows
        )
    except (pa.ArrowException, OSError) as error:
        raise _refused(path, _OPEN(detail=_first_line(error))) from None


def columns_of(path: Path) -> tuple[str, ...]:
    """Give the names of a file's columns. Raises UnreadableError."""
    try:
        if path.suffix.lower() == ".csv":
            return tuple(_header(path)[0])
        return tuple(pyarrow.parquet.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise _refused(path, _OPEN(detail=_first_line(error))) from None


def rows_of_parquet(path: Path) -> int | None:
    """Give how many rows a file has where it says so itself."""
    if path.suffix.lower() == ".csv":
        return None
    try:
        return int(pyarrow.parquet.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None  # reading it will say why


def _read_parquet(path: Path, rows: int) -> Iterator[pa.Table]:
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows):
            yield pa.Table.from_batches([batch])


def _header(path: Path) -> tuple[list[str], str]:
    """Give the names of the columns of a CSV, and its encoding."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    whole, end, _ = sample.rpartition(b"\n")  # no character is cut off
    try:
        text, encoding = decode(whole + end or sample)
    except ValueError:
        raise _refused(path, _TEXT()) from None
    names = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))), [])
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise _refused(path, _TWICE(column=twice))
    return names, encoding


def _read_csv(path: Path) -> Iterator[pa.Table]:
    """Read a CSV in which every cell is a text, and an empty one an empty text."""
    names, encoding = _header(path)
    with pyarrow.csv.open_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(
            column_names=names, skip_rows=1, block_size=_BLOCK, encoding=encoding, use_threads=False
        ),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    ) as reader:
        for batch in reader:
            yield pa.table([_unguarded(column) for column in batch.columns], names=names)


def _unguarded(column: pa.Array) -> pa.Array:
    """Take off what keeps a spreadsheet from computing a cell; each distinct text is looked at once."""
    guarded = pc.or_(pc.starts_with(column, "'"), pc.starts_with(column, '="'))
    if not pc.any(guarded).as_py():
        return column
    known = column.dictionary_encode()
    texts = pa.array([text_of_field(text) for text in known.dictionary.to_pylist()], pa.string())
    return texts.take(known.indices)


def _joined(pieces: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Give pieces of a good size, whatever the size of those of the file."""
    waiting: list[pa.Table] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        if count >= rows:
            made = pa.concat_tables(waiting)
            whole = len(made) // rows * rows
            yield from (made.slice(start, rows) for start in range(0, whole, rows))
            waiting, count = [made.slice(whole)], len(made) - whole
    if count:
        yield pa.concat_tables(waiting)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _refused(path: Path, message: Message) -> UnreadableError:
    return UnreadableError((Problem(str(path), 0, 0, "", message),))
