"""A printed cell: its text, and what the text means; built from text, numbers or parsed values."""

from __future__ import annotations

__all__ = [
    "AmountCell",
    "Cell",
    "NumberCell",
    "TargetCell",
    "amount_cell",
    "number_cell",
    "target_cell",
    "weight_cell",
]

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Generic, TypeVar

import attrs

from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.values import (
    Comparison,
    Deadline,
    Missing,
    Quantity,
    Range,
    Target,
    Text,
    Unparsed,
    parse_amount,
    parse_number,
    parse_parts,
    parse_target,
    parse_weight,
)

Value_co = TypeVar("Value_co", covariant=True)


@attrs.frozen
class Cell(Generic[Value_co]):
    """One cell as printed. ``parts`` is set where operator, value and unit stand in columns of their own."""

    text: str
    value: Value_co
    parts: tuple[str, str, str] | None = None

    def __str__(self) -> str:
        return self.text


TargetCell = Cell[Target]
NumberCell = Cell[Decimal | Missing | Unparsed]
AmountCell = Cell[Quantity | Missing | Unparsed]

_FLOAT = Wording(
    "CALL-FLOAT",
    '{field} 不能用二进制浮点数 {value}；请用字符串、int 或 Decimal，例如 "{value}"',
    '{field} cannot be the binary float {value}; give a str, an int or a Decimal, for example "{value}"',
)
_KIND = Wording("CALL-CELL", "{field} 不能是 {type}", "{field} cannot be a {type}")
_PARTS = Wording(
    "CALL-PARTS",
    "{field} 的键只能是 operator、value、unit",
    "{field} can only have the keys operator, value and unit",
)

_TARGETS = (Comparison, Range, Deadline, Text, Missing, Unparsed)
_MOST_DIGITS = 30

# Filings repeat their cells (=100%, 10, 新增); parsed values are frozen and may be shared.
_CACHED = 16_384


@lru_cache(_CACHED)
def _target(text: str) -> TargetCell:
    return Cell(text, parse_target(text))


@lru_cache(_CACHED)
def _number(text: str) -> NumberCell:
    return Cell(text, parse_number(text))


@lru_cache(_CACHED)
def _weight(text: str) -> NumberCell:
    return Cell(text, parse_weight(text))


@lru_cache(_CACHED)
def _amount(text: str) -> AmountCell:
    return Cell(text, parse_amount(text))


def target_cell(given: object, field: str = "target") -> TargetCell | None:
    """Give a target or actual cell from a text, int, Decimal, mapping of parts, or parsed value.

    Raises UsageError for a float (it is binary) and for anything else.
    """
    if isinstance(given, str):
        return _target(given)
    if given is None:
        return None
    if isinstance(given, Cell):
        return given if isinstance(given.value, _TARGETS) else _target(given.text)
    if isinstance(given, Mapping):
        return _from_parts(given, field)
    if isinstance(given, _TARGETS):
        return Cell(given.format(), given)
    return _target(_digits(given, field))


def number_cell(given: object, field: str = "score") -> NumberCell | None:
    """Give a score cell. Raises UsageError for a float."""
    return None if given is None else _number(_text(given, field))


def weight_cell(given: object, field: str = "weight") -> NumberCell | None:
    """Give a weight cell. Raises UsageError for a float."""
    return None if given is None else _weight(_text(given, field))


def amount_cell(given: object, field: str = "amount") -> AmountCell | None:
    """Give a cell of money. Raises UsageError for a float."""
    if isinstance(given, Quantity):
        return Cell(given.format(), given)
    return None if given is None else _amount(_text(given, field))


def _text(given: object, field: str) -> str:
    """Give the text of a cell; one of another column is read anew, as this column reads it."""
    if isinstance(given, str):
        return given
    return given.text if isinstance(given, Cell) else _digits(given, field)


def _digits(given: object, field: str) -> str:
    if isinstance(given, float):  # exact: it is refused here
        raise UsageError(_FLOAT(field=field, value=repr(given)))
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise UsageError(_KIND(field=field, type=type(given).__name__))
    if isinstance(given, Decimal):
        if not given.is_finite() or not -_MOST_DIGITS < given.adjusted() < _MOST_DIGITS:
            raise UsageError(_KIND(field=field, type=str(given)))
        return f"{given:f}"
    if abs(given) >= 10**_MOST_DIGITS:
        raise UsageError(_KIND(field=field, type=f"int > 10^{_MOST_DIGITS}"))
    return str(given)


def _from_parts(given: Mapping[object, object], field: str) -> TargetCell:
    if not set(given) <= {"operator", "value", "unit"}:
        raise UsageError(_PARTS(field=field))
    operator, value, unit = (
        _text(given.get(key, ""), f"{field}.{key}") for key in ("operator", "value", "unit")
    )
    return Cell(f"{operator}{value}{unit}", parse_parts(operator, value, unit), (operator, value, unit))
