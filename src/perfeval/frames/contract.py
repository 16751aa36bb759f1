"""What a frame must hold: which column plays which part, checked before anything is computed."""

from __future__ import annotations

__all__ = [
    "MOST_DECIMALS",
    "RESULTS",
    "TEXT",
    "Columns",
    "Number",
    "checked",
    "checked_results",
    "problem",
    "problems",
    "refuse",
    "taken",
]

from collections.abc import Collection, Iterator, Sequence

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.messages import LANGUAGES, Message, Wording

_NO_COLUMN = Wording("FRAME-COLUMN", "没有列“{column}”（{role}）", "there is no column '{column}' ({role})")
_TAKEN = Wording(
    "FRAME-TAKEN",
    "结果列“{column}”已存在；请改名或另设 prefix",
    "there is a column '{column}' already; rename it or give another prefix",
)
_DECIMALS = Wording(
    "FRAME-DECIMALS",
    "列“{column}”的 scale 应为 0 到 {most} 的整数，现为 {scale}",
    "the scale of column '{column}' must be a whole number from 0 to {most}, not {scale}",
)
MOST_DECIMALS = 12
_RESULT = Wording(
    "FRAME-RESULT", "没有结果“{given}”；可选 {known}", "there is no result '{given}'; there are {known}"
)
_RESERVED = Wording(
    "FRAME-RESERVED",
    "列名“{column}”以两个下划线开头，留作计算用；请改名",
    "a name that begins with two underscores, '{column}', is kept for the calculation; use another",
)
_NO_RESULT = Wording("FRAME-RESULTS", "没有要求任何结果", "no result is asked for")
_TOGETHER = Wording("FRAME-PROBLEMS", "{zh}", "{en}")  # all of them, in both languages
_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_FLOAT = (nw.Float32, nw.Float64)
TEXT = (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Decimal)
"""Columns that are read as printed cells; a decimal is what it prints."""
_DTYPES = {
    "text": Wording(
        "FRAME-TEXT",
        "列“{column}”（{role}）的类型是 {dtype}，应为文本",
        "column '{column}' ({role}) is of type {dtype}; it must be text",
    ),
    "number": Wording(
        "FRAME-NUMBER",
        "列“{column}”（{role}）的类型是 {dtype}，应为整数（64 位有符号以内）或浮点数",
        "column '{column}' ({role}) is of type {dtype}; it must be an integer (within int64) or a float",
    ),
    "weight": Wording(
        "FRAME-WEIGHT",
        "列“{column}”（{role}）的类型是 {dtype}，应为文本或整数；小数请用 Number 说明位数",
        "column '{column}' ({role}) is of type {dtype}; it must be text or an integer, or a Number for decimals",
    ),
    "flag": Wording(
        "FRAME-FLAG",
        "列“{column}”（{role}）的类型是 {dtype}，应为布尔值",
        "column '{column}' ({role}) is of type {dtype}; it must be true or false",
    ),
    "key": Wording(
        "FRAME-KEY",
        "列“{column}”（{role}）的类型是 {dtype}，应为文本或整数",
        "column '{column}' ({role}) is of type {dtype}; it must be text or an integer",
    ),
}
_ACCEPTED = {
    "text": TEXT,
    "number": (*_WHOLE, *_FLOAT),
    "weight": (*TEXT, *_WHOLE),
    "flag": (nw.Boolean,),
    "key": (nw.String, nw.Categorical, nw.Enum, *_WHOLE),
}
RESULTS = ("score", "completion", "rule", "family", "status", "reason", "verdict")


@attrs.frozen(kw_only=True)
class Number:
    """A column of numbers. ``operator`` and ``unit`` are columns of text, such as ``>=`` and ``万元``.

    Where ``is_scaled``, the integers count units of 10^-``scale`` (894 with scale 2 is 8.94). Otherwise they are
    amounts; floats are then accepted where each is the shortest decimal with at most ``scale`` decimals.
    """

    value: str
    scale: int = 0
    is_scaled: bool = True
    operator: str | None = None
    unit: str | None = None

    def __attrs_post_init__(self) -> None:
        """Raise UsageError for decimals that an int64 has no room for."""
        if type(self.scale) is not int or not 0 <= self.scale <= MOST_DECIMALS:
            raise UsageError(_DECIMALS(column=self.value, scale=self.scale, most=MOST_DECIMALS))


@attrs.frozen(kw_only=True)
class Columns:
    """Which column plays which part; a name stands for a column of printed cells.

    ``weight`` and ``reported`` (得分) may be integers (whole points), text, or a ``Number``. ``year`` is that of the
    table, for deadlines that name none.
    """

    target: str | Number = "target"
    actual: str | Number = "actual"
    weight: str | Number = "weight"
    reported: str | Number | None = None
    rule: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    year: str | None = None

    @property
    def context(self) -> dict[str, str]:
        """The columns that decide how a row is scored, by their part."""
        parts = ("rule", "level1", "level2", "level3", "year")
        return {part: getattr(self, part) for part in parts if getattr(self, part) is not None}


def checked_results(results: Sequence[str]) -> None:
    """Raise UsageError for a result that there is not, and for none."""
    if not results:
        raise UsageError(_NO_RESULT())
    for given in results:
        if given not in RESULTS:
            raise UsageError(_RESULT(given=given, known=" ".join(RESULTS)))


def checked(schema: nw.Schema, columns: Columns, results: Sequence[str]) -> None:
    """Raise UsageError with every problem of a frame at once."""
    refuse([*problems(schema, columns), *taken(schema, results)])


def refuse(found: Sequence[Message]) -> None:
    """Raise UsageError with every problem, if there is one."""
    if found:
        texts = {language: "; ".join(one.text(language) for one in found) for language in LANGUAGES}
        raise UsageError(_TOGETHER(zh=texts["zh"], en=texts["en"]))


def taken(names: Collection[str], results: Sequence[str]) -> Iterator[Message]:
    """Give the results whose names are columns already, as an engine sees it that has no case, or are kept for inside."""
    known = {str(name).casefold() for name in names}
    for name in results:
        if name.casefold() in known:
            yield _TAKEN(column=name)
        if name.startswith("__"):
            yield _RESERVED(column=name)


def problems(schema: nw.Schema, columns: Columns) -> Iterator[Message]:
    """Give what is wrong with the columns of indicators, and what no column may be called."""
    for name in schema:
        # __index_level_0__ of pandas is another's.
        if str(name).startswith("__") and not str(name).endswith("__"):
            yield _RESERVED(column=name)
    for part in ("target", "actual", "weight", "reported"):
        expected = "text" if part in {"target", "actual"} else "weight"
        yield from problem(schema, getattr(columns, part), part, expected)
    for part, name in columns.context.items():
        yield from problem(schema, name, part, "weight" if part == "year" else "text")


def problem(schema: nw.Schema, given: str | Number | None, role: str, expected: str) -> Iterator[Message]:
    """Give what is wrong with a column, or with those of a Number; ``expected`` is a key of the accepted types."""
    if isinstance(given, Number):
        yield from problem(schema, given.value, role, "number")
        for name in ("operator", "unit"):
            yield from problem(schema, getattr(given, name), f"{role} {name}", "text")
    elif given is not None and given not in schema:
        yield _NO_COLUMN(column=given, role=role)
    elif given is not None and not isinstance(schema[given], _ACCEPTED[expected]):
        yield _DTYPES[expected](column=given, role=role, dtype=schema[given])
