"""A TOML file as an attrs value, or every problem of it with its place."""

from __future__ import annotations

__all__ = ["Toml", "read_toml"]

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Generic, TypeVar

import attrs
import tomli
from cattrs import Converter
from cattrs.errors import BaseValidationError

from perfeval.errors import Problem, UnreadableError
from perfeval.findings import Location
from perfeval.messages import Message, Wording
from perfeval.positions import Path, Position, toml_positions
from perfeval.structure import PathProblem, located, new_converter, problems_of

_MOST_BYTES = 2**20

_NOT_FOUND = Wording("TOML-FILE", "找不到或打不开这个文件：{detail}", "the file cannot be opened: {detail}")
_SIZE = Wording("TOML-SIZE", "文件超过 {most} 字节", "has more than {most} bytes")
_ENCODING = Wording("TOML-ENCODING", "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
_SYNTAX = Wording("TOML-SYNTAX", "不是合法的 TOML：{detail}", "is not valid TOML: {detail}")
_SCHEMA = Wording("TOML-SCHEMA", 'schema 应为 "{schema}"', 'schema must be "{schema}"')

Kind = TypeVar("Kind")


@attrs.frozen
class Toml(Generic[Kind]):
    """What a file holds, and where."""

    value: Kind
    file: str
    positions: Mapping[Path, Position] = attrs.field(repr=False)

    def place(self, *path: str | int) -> Location:
        """Give where the value at a path is written."""
        position = self.positions.get(path)
        if position is None:
            return Location(file=self.file)
        return Location(file=self.file, line=position.line, column=position.column)


def read_toml(
    path: str | FilePath, kind: type[Kind], schema: str, converter: Converter | None = None
) -> Toml[Kind]:
    """Read a file of this schema; ``converter`` where its classes need hooks of their own.

    Raises UnreadableError with every problem of the file.
    """
    shown = str(path)
    text = _text(path, shown)
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _refused(shown, _SYNTAX(detail=error.msg), error.lineno, error.colno) from None
    except RecursionError:
        raise _refused(shown, _SYNTAX(detail="nesting")) from None
    problems = []
    if content.pop("schema", None) != schema:
        problems.append(PathProblem(("schema",), _SCHEMA(schema=schema)))
    try:
        made = (converter or new_converter()).structure(content, kind)
    except (BaseValidationError, ValueError) as error:
        problems.extend(problems_of(error))
    positions = toml_positions(text)
    if problems:
        raise UnreadableError(located(problems, positions.get, shown))
    return Toml(made, shown, positions)


def _text(path: str | FilePath, shown: str) -> str:
    try:
        data = FilePath(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise _refused(shown, _NOT_FOUND(detail=getattr(error, "strerror", None) or error)) from None
    if len(data) > _MOST_BYTES:
        raise _refused(shown, _SIZE(most=_MOST_BYTES))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(shown, _ENCODING()) from None


def _refused(shown: str, message: Message, line: int = 0, column: int = 0) -> UnreadableError:
    return UnreadableError((Problem(shown, line, column, "", message),))
