"""What a table says besides its indicators: which columns hold it, repeated on each of its rows, and one row of it a table."""

from __future__ import annotations

__all__ = ["Tables", "checked_tables", "one_a_table"]

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.frames.contract import TEXT, Columns, Number, problem, problems, refuse, taken
from perfeval.frames.reading import fetched, one_of_each
from perfeval.messages import Message, Wording

_NO_KEY = Wording(
    "FRAME-NO-KEY",
    "Tables 的 key 是空的；请写出能区分各表的列，如 project_code、year",
    "the key of Tables is empty; name the columns that tell tables apart, such as project_code and year",
)
_NULL_KEY = Wording(
    "FRAME-NULL-KEY",
    "列 {columns} 中有空值，无法确定这些行属于哪张表；请先补填，或去掉这些行",
    "the columns {columns} hold nulls, so nobody knows which table those rows belong to; fill them in or leave them out",
)
_CONTRADICTION = Wording(
    "FRAME-CONTRADICTION",
    "{table} 各行的“{column}”不一致：{values}；同一张表的各行应填写相同内容",
    "the rows of {table} contradict each other in column '{column}': {values}; it must be the same on each row of a table",
)
_PARTS = {
    "budget": "text",
    "executed": "text",
    "execution_weight": "weight",
    "execution_score": "weight",
    "total": "weight",
    "grade": "text",
    "amount_unit": "text",
    "partial": "flag",
}


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


@attrs.frozen(kw_only=True)
class Tables:
    """Which columns hold what a table says, the same on each of its rows; leave out what there is none of.

    ``key`` names the columns that tell tables apart. ``budget`` (全年预算数) and ``executed`` are those of the total row of
    the money: text, or a ``Number``; a unit of their own wins over ``amount_unit``. ``execution_weight``,
    ``execution_score`` and ``total`` may be text, integers (whole points) or a ``Number``. ``partial`` is true where rows
    of a table are known to be missing. Raises UsageError for a key without columns.
    """

    key: tuple[str, ...] = attrs.field(converter=_names)
    budget: str | Number | None = None
    executed: str | Number | None = None
    execution_weight: str | Number | None = None
    execution_score: str | Number | None = None
    total: str | Number | None = None
    grade: str | None = None
    amount_unit: str | None = None
    partial: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.key:
            raise UsageError(_NO_KEY())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that must be the same on each row of a table."""
        given = [getattr(self, part) for part in _PARTS]
        names = [
            name
            for one in given
            for name in ((one.value, one.operator, one.unit) if isinstance(one, Number) else (one,))
        ]
        return tuple(dict.fromkeys(name for name in names if name is not None and name not in self.key))


def checked_tables(
    schema: nw.Schema, columns: Columns, tables: Tables, results: Sequence[str], row: str | None = None
) -> None:
    """Raise UsageError with every problem of the columns at once; ``results`` must not be columns of the key."""
    own = [*_problems(schema, tables), *problem(schema, row, "row", "key")]
    refuse([*problems(schema, columns), *own, *taken(tables.key, results)])


def _problems(schema: nw.Schema, tables: Tables) -> Iterator[Message]:
    for name in tables.key:
        yield from problem(schema, name, "key", "key")
    for part, expected in _PARTS.items():
        yield from problem(schema, getattr(tables, part), part, expected)


def one_a_table(frame: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """Give one row a table: its key, and what it says.

    Raises UsageError where the key holds a null, and where rows of one table contradict each other; the first such table
    by its key is named. Null and an empty text are one blank, as in printed cells.
    """
    schema = frame.collect_schema()
    columns = tables.columns
    alike = frame.select(*tables.key, *(_alike(schema[name], name) for name in columns))
    found = one_of_each(alike, (*tables.key, *columns))
    nulls = nw.any_horizontal(*(nw.col(name).is_null() for name in tables.key), ignore_nulls=False)
    if len(fetched(found.filter(nulls).head(1))):
        raise UsageError(_NULL_KEY(columns=", ".join(tables.key)))
    if columns:
        _check_agreement(found, tables)
    return found


def _alike(dtype: nw.dtypes.DType, name: str) -> nw.Expr:
    """Give a column with one spelling of a blank."""
    column = nw.col(name)
    if isinstance(dtype, TEXT):
        return column.cast(nw.String).fill_null("")
    if isinstance(dtype, nw.Boolean):
        return column.fill_null(value=False)
    return column.fill_nan(None) if dtype.is_float() else column


def _check_agreement(found: nw.LazyFrame[Any], tables: Tables) -> None:
    counts = found.group_by(*tables.key).agg(nw.len().alias("__lines"))
    first = fetched(counts.filter(nw.col("__lines") > 1).sort(*tables.key).head(1))
    if not len(first):
        return
    key = {name: first[name].to_list()[0] for name in tables.key}
    lines = fetched(found.filter(*(nw.col(name) == value for name, value in key.items())))
    for column in tables.columns:
        values = sorted({str(value) for value in lines[column].to_list()})
        if len(values) > 1:
            shown = ", ".join(f"“{value}”" for value in values[:3])
            table = ", ".join(f"{name}={value}" for name, value in key.items())
            raise UsageError(_CONTRADICTION(table=table, column=column, values=shown))
