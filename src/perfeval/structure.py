"""From plain data (TOML, JSON) to attrs classes, with every problem found at once.

cattrs does the work and groups its errors; this module makes strict hooks for it and turns
what it raises into paths and messages.
"""

from __future__ import annotations

__all__ = [
    "MISSING_KEY",
    "UNKNOWN_KEY",
    "Invalid",
    "Path",
    "PathProblem",
    "decimal_hook",
    "located",
    "new_converter",
    "problems_of",
    "unknown_key",
    "wrong_type",
]

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import homogenous_tuple_structure_factory, mapping_structure_factory
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from perfeval.errors import Problem
from perfeval.messages import Message, Wording
from perfeval.positions import Path, Position, path_text


class Invalid(ValueError):  # noqa: N818 - always turned into a Problem before anyone sees it
    """A value is not what its field holds."""

    def __init__(self, message: Message, path: Path = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


@attrs.frozen
class PathProblem:
    """What is wrong with the value at a path."""

    path: Path
    message: Message


UNKNOWN_KEY = Wording("IN-KEY", "没有这个键", "is not a known key")
_PERHAPS = Wording("IN-KEY", "没有这个键，是否应为 {close}", "is not a known key; perhaps {close}")
MISSING_KEY = Wording("IN-MISSING", "缺少必填的键", "is required and missing")
NOT_ONE_OF = Wording("IN-CHOICE", "“{found}” 不是 {choices} 之一", "'{found}' is not one of {choices}")
NOT_DECIMAL = Wording(
    "IN-DECIMAL", '“{found}” 不是十进制数，请写成如 "0.01"', "'{found}' is no decimal; write it like \"0.01\""
)
_TYPES = {
    str: ("字符串", "a string"),
    bool: ("true 或 false", "true or false"),
    int: ("整数", "an integer"),
    dict: ("表", "a table"),
    list: ("数组", "an array"),
    float: ("小数", "a float"),
    Decimal: ("小数", "a decimal"),
    dt.date: ("日期", "a date"),
    dt.datetime: ("日期时间", "a date and time"),
    dt.time: ("时间", "a time"),
    type(None): ("空值", "null"),
}


def shown(value: object) -> str:
    """Give a value as a message can show it; an integer may have more digits than Python prints."""
    try:
        text = str(value)
    except ValueError:
        return "..."
    return text if len(text) <= 60 else f"{text[:57]}..."


def wrong_type(expected: type, found: object) -> Invalid:
    """Say that a value has the wrong type, and how to write it."""
    number = expected is str and isinstance(found, int | float | Decimal) and not isinstance(found, bool)
    names, other = _TYPES[expected], _TYPES.get(type(found), (type(found).__name__,) * 2)
    wording = Wording(
        "IN-TYPE",
        f"应为{names[0]}，现为{other[0]}" + ('，请加引号："{found}"' if number else ""),
        f"must be {names[1]}, not {other[1]}" + ('; put it in quotes: "{found}"' if number else ""),
    )
    return Invalid(wording(found=shown(found)))


def _strict(expected: type) -> Callable[[object, object], object]:
    def check(value: object, _type: object) -> object:
        if type(value) is not expected:
            raise wrong_type(expected, value)
        return value

    return check


def decimal_hook(value: object, _type: object) -> Decimal:
    """Read a decimal written as a string or an integer; a float is refused (it is binary)."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise wrong_type(str, value)
    try:
        number = Decimal(value)
    except (ArithmeticError, ValueError):
        raise Invalid(NOT_DECIMAL(found=shown(value))) from None
    if not number.is_finite() or not -40 < number.adjusted() < 40 or len(shown(value)) > 40:
        raise Invalid(NOT_DECIMAL(found=shown(value)))
    return number


def _enum_hook(value: object, kind: type[StrEnum]) -> StrEnum:
    if not isinstance(value, str):
        raise wrong_type(str, value)
    try:
        return kind(value)
    except ValueError:
        raise Invalid(
            NOT_ONE_OF(found=shown(value), choices=" ".join(str(member.value) for member in kind))
        ) from None


def new_converter() -> Converter:
    """Give a converter that is strict about types and keys."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for plain in (str, bool, int):
        converter.register_structure_hook(plain, _strict(plain))
    converter.register_structure_hook(Decimal, decimal_hook)
    # Every enumeration here is one of strings; without this, cattrs would treat it as a plain str.
    converter.register_structure_hook(StrEnum, _enum_hook)

    def class_hook(kind: Any) -> Callable[[Any, Any], Any]:
        renamed: dict[str, Any] = {
            field.name: override(rename=field.metadata.get("key"), omit="internal" in field.metadata)
            for field in attrs.fields(kind)
            if field.metadata
        }
        structure = make_dict_structure_fn(
            kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed
        )

        return _checked(dict, structure)

    converter.register_structure_hook_factory(attrs.has, class_hook)

    def tuple_hook(kind: Any) -> Callable[[Any, Any], Any]:
        return _checked(list, homogenous_tuple_structure_factory(kind, converter))

    def mapping_hook(kind: Any) -> Callable[[Any, Any], Any]:
        return _checked(dict, mapping_structure_factory(kind, converter))

    converter.register_structure_hook_factory(_is_a(tuple), tuple_hook)
    converter.register_structure_hook_factory(_is_a(Mapping), mapping_hook)
    return converter


def _is_a(origin: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _checked(expected: type, structure: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Refuse what is not a list or table before cattrs iterates it: a text is no list of letters."""

    def check(value: object, kind: object) -> object:
        if not isinstance(value, expected):
            raise wrong_type(expected, value)
        return structure(value, kind)

    return check


def problems_of(error: BaseException, path: Path = ()) -> Iterator[PathProblem]:
    """Give each problem inside what cattrs raised, with its path."""
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_of(inner, path + _step(inner, error))
    elif isinstance(error, Invalid):
        yield PathProblem(path + error.path, error.message)
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_keys(error, path)
    elif isinstance(error, KeyError):
        yield PathProblem((*path, str(error.args[0])), MISSING_KEY())
    elif isinstance(error, TypeError | ValueError):
        yield PathProblem(path, Wording("IN-VALUE", "{detail}", "{detail}")(detail=error))
    else:
        raise error


def _step(error: BaseException, around: BaseValidationError) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, IterableValidationNote):
            return (note.index,)
        if isinstance(note, AttributeValidationNote):
            return () if isinstance(error, KeyError) else (_key(note.name, around),)
    return ()


def _key(name: str, around: BaseValidationError) -> str:
    """Give the key of a field as files write it: ``from``, where Python has to say ``start``."""
    fields = attrs.fields_dict(around.cl) if attrs.has(around.cl) else {}
    return str(fields[name].metadata.get("key", name)) if name in fields else name


def _unknown_keys(error: ForbiddenExtraKeysError, path: Path) -> Iterator[PathProblem]:
    fields = (field for field in attrs.fields(error.cl) if "internal" not in field.metadata)
    known = [str(field.metadata.get("key", field.name)) for field in fields]
    for key in sorted(error.extra_fields):
        yield PathProblem((*path, key), unknown_key(key, known))


def unknown_key(key: str, known: list[str]) -> Message:
    """Say that a key is not known, and which one may be meant."""
    close = get_close_matches(key, known, n=1)
    return _PERHAPS(close=close[0]) if close else UNKNOWN_KEY()


def located(
    problems: Iterable[PathProblem], find: Callable[[Path], Position | None], file: str
) -> tuple[Problem, ...]:
    """Give each problem the place of its value, or of the nearest thing around it that has one; in their order."""
    placed = []
    for problem in problems:
        around = (problem.path[:length] for length in range(len(problem.path), 0, -1))
        position = next((found for path in around if (found := find(path))), None)
        line, column = (position.line, position.column) if position else (1, 1)
        placed.append(Problem(file, line, column, path_text(problem.path), problem.message))
    return tuple(sorted(placed, key=lambda problem: (problem.line, problem.column)))
