"""Files with one row an indicator, as pieces that fit in memory: Parquet, and CSV as perfeval and spreadsheets write it."""

from __future__ import annotations

__all__ = ["ROWS", "columns_of", "pieces_of", "rows_of_parquet"]

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from perfeval.documents.separated import holds_rows, text_of_field
from perfeval.documents.sniff import decode
from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Message, Wording

ROWS = 200_000
"""So many rows are worked on at a time."""

_SAMPLE = 1 << 20
_OPEN = Wording("ROWS-OPEN", "不能读取：{detail}", "cannot be read: {detail}")
_TEXT = Wording(
    "ROWS-TEXT", "不是文本，或编码不是 UTF-8、UTF-16、GB 18030", "is no text in UTF-8, UTF-16 or GB 18030"
)
_TWICE = Wording("ROWS-TWICE", "列“{column}”出现两次", "column '{column}' stands there twice")
_WIDTH = Wording(
    "ROWS-WIDTH",
    "这一行有 {found} 格，表头有 {expected} 格",
    "this row has {found} cells, and the header {expected}",
)
_QUOTES = Wording(
    "ROWS-QUOTES",
    "引号不成对，或一格内含有整行：{detail}",
    "quotation marks do not pair, or a cell holds whole rows: {detail}",
)


def pieces_of(path: Path, rows: int = ROWS) -> Iterator[pa.Table]:
    """Read a file piece by piece, each of at most so many rows; one without rows is one empty piece.

    Raises UnreadableError.
    """
    if path.suffix.lower() == ".csv":
        yield from _read_csv(path, rows)
        return
    names = columns_of(path)
    try:
        count = 0
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in _joined(file.iter_batches(batch_size=rows), rows):
                count += 1
                yield _plain(batch)
            if not count:
                yield _plain(file.schema_arrow.empty_table().select(names))
    except (pa.ArrowException, OSError) as error:
        raise _refused(path, _OPEN(detail=_first_line(error))) from None


def columns_of(path: Path) -> list[str]:
    """Give the names of a file's columns. Raises UnreadableError, for a name that stands there twice, too."""
    if path.suffix.lower() == ".csv":
        return list(next(iter(_read_csv(path, 1))).column_names)
    try:
        names: list[str] = pyarrow.parquet.read_schema(path).names
    except (pa.ArrowException, OSError) as error:
        raise _refused(path, _OPEN(detail=_first_line(error))) from None
    _check_names(path, names)
    return names


def rows_of_parquet(path: Path) -> int | None:
    """Give how many rows a file has where it says so itself."""
    if path.suffix.lower() == ".csv":
        return None
    try:
        return int(pyarrow.parquet.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None  # reading it will say why


def _plain(piece: pa.Table) -> pa.Table:
    """Write out what is kept as a dictionary, and make texts of a column that has no type since it holds nothing."""
    for place, field in enumerate(piece.schema):
        kind = field.type
        if pa.types.is_dictionary(kind) or pa.types.is_null(kind):
            other = pa.string() if pa.types.is_null(kind) else kind.value_type
            piece = piece.set_column(place, field.name, piece.column(place).cast(other))
    return piece


def _check_names(path: Path, names: Sequence[str]) -> None:
    twice = next((name for name in names if list(names).count(name) > 1), None)
    if twice is not None:
        raise _refused(path, _TWICE(column=twice))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if len(sample) == _SAMPLE and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = sample.rpartition(b"\n")[0] or sample  # no character is cut off; UTF-16 is cut between two
    try:
        return decode(sample)[1]
    except ValueError:
        raise _refused(path, _TEXT()) from None


def _read_csv(path: Path, rows: int) -> Iterator[pa.Table]:
    """Read a CSV in which every cell is a text, and an empty one an empty text; blank lines are none."""
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.reader(file, strict=True)
            names = _trimmed(next((record for record in reader if any(record)), []))
            _check_names(path, names)
            count = 0
            while block := list(islice(_records(path, reader, len(names)), rows)):
                count += 1
                columns = [_unguarded(pa.array(cells, pa.string())) for cells in zip(*block, strict=True)]
                yield pa.table(columns, names=names)
            if not count:
                yield pa.table({name: pa.array([], pa.string()) for name in names})
    except UnicodeError:
        raise _refused(path, _TEXT()) from None
    except csv.Error as error:
        raise _refused(path, _QUOTES(detail=_first_line(error)), reader.line_num) from None
    except OSError as error:
        raise _refused(path, _OPEN(detail=error.strerror or error)) from None


def _trimmed(names: list[str]) -> list[str]:
    """Leave out nameless columns at the end, which spreadsheets like to add."""
    while names and not names[-1]:
        names = names[:-1]
    return names


def _records(path: Path, reader: Iterator[list[str]], width: int) -> Iterator[list[str]]:
    """Give the rows that hold something, each as wide as the header."""
    for record in reader:
        if not any(record):
            continue
        line: int = reader.line_num  # type: ignore[attr-defined]  # of csv's own reader
        if len(record) < width or any(record[width:]):
            raise _refused(path, _WIDTH(found=len(record), expected=width), line)
        if any("\n" in cell and holds_rows(cell, ",", width) for cell in record):
            raise _refused(path, _QUOTES(detail=record[0][:20]), line)
        yield record[:width]


def _unguarded(column: pa.Array) -> pa.Array:
    """Take off what keeps a spreadsheet from computing a cell; each distinct text is looked at once."""
    guarded = pc.or_(pc.starts_with(column, "'"), pc.starts_with(column, '="'))
    if not pc.any(guarded).as_py():
        return column
    known = column.dictionary_encode()
    texts = pa.array([text_of_field(text) for text in known.dictionary.to_pylist()], pa.string())
    return texts.take(known.indices)


def _joined(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Give pieces of a good size, however small those of the file are."""
    waiting: list[pa.Table] = []
    count = 0
    for batch in batches:
        waiting.append(pa.Table.from_batches([batch]))
        count += len(batch)
        if count >= rows:
            made = pa.concat_tables(waiting)
            yield made.slice(0, rows)
            waiting, count = [made.slice(rows)], len(made) - rows
    if count:
        yield pa.concat_tables(waiting)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _refused(path: Path, message: Message, line: int = 0) -> UnreadableError:
    return UnreadableError((Problem(str(path), line, 1 if line else 0, "", message),))
