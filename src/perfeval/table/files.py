"""Tables as TOML and JSON, schema ``perfeval.evaluation.v1``: reading with every problem at once, writing."""

from __future__ import annotations

__all__ = [
    "OTHER_SCHEMA",
    "SCHEMA",
    "Reading",
    "dump_json",
    "dump_toml",
    "parse_json",
    "read",
    "read_data",
    "table_data",
]

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from hashlib import sha256
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import tomli
import tomli_w
from cattrs import Converter
from cattrs.errors import BaseValidationError

from perfeval.errors import Problem, UnreadableError
from perfeval.findings import Finding, Location
from perfeval.messages import Message, Wording
from perfeval.positions import Position, json_positions, path_text, toml_positions
from perfeval.structure import UNKNOWN_KEY, Path, PathProblem, located, new_converter, problems_of, wrong_type
from perfeval.table.cells import Cell, TargetCell
from perfeval.table.fillers import without_fillers
from perfeval.table.model import Evaluation, Paragraph

SCHEMA = "perfeval.evaluation.v1"

_ENCODING = Wording("IN-ENCODING", "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
_EMPTY = Wording("IN-EMPTY", "文件是空的", "is empty")
_BINARY = Wording("IN-BINARY", "是二进制文件，不是文本", "is a binary file, not a text")
_SYNTAX = Wording("IN-SYNTAX", "不是合法的 {format}：{detail}", "is not valid {format}: {detail}")
_DUPLICATE = Wording("IN-DUPLICATE", "同一个键 {key} 出现两次", "has the key {key} twice")
_NO_OBJECT = Wording("IN-OBJECT", "不是一个 JSON 对象", "is no JSON object")
_NESTING = Wording("IN-NESTING", "嵌套层数过多", "is nested too deeply")
OTHER_SCHEMA = Wording("IN-OTHER", "是 {found}，不是绩效自评表", "is {found}, not a self-evaluation table")
_NO_SCHEMA = Wording("IN-SCHEMA", 'schema 应为 "{schema}"', 'schema must be "{schema}"')

_ROW = re.compile(r"indicators\[([0-9]{1,9})\]")


@attrs.frozen
class Reading:
    """What a file holds: its tables, what the reader noticed on the way, and the paragraphs outside the tables."""

    evaluations: tuple[Evaluation, ...]
    findings: tuple[Finding, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


@attrs.define(slots=False)
class _Source:
    """A text, and where each value of it starts; looked up only when somebody asks."""

    name: str
    text: str
    is_json: bool

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        scan = json_positions if self.is_json else toml_positions
        return {path_text(path): position for path, position in scan(self.text).items()}


@attrs.frozen
class SourcePlaces(Mapping[str, Location]):
    """The places of one table of a file, by path inside the table; ``rows`` are its rows in the file."""

    source: _Source
    prefix: str
    rows: tuple[int, ...]

    def _in_file(self, path: str) -> str:
        row = _ROW.match(path)
        if row:
            if int(row[1]) >= len(self.rows):
                raise KeyError(path)
            path = f"indicators[{self.rows[int(row[1])]}]{path[row.end() :]}"
        return f"{self.prefix}.{path}".strip(".") if path else self.prefix

    def __getitem__(self, path: str) -> Location:
        position = self.source.positions.get(self._in_file(path))
        if position is None and path:
            raise KeyError(path)
        line = position.line if position else 1
        return Location(file=self.source.name, line=line, column=position.column if position else 1)

    def __iter__(self) -> Iterator[str]:
        start = f"{self.prefix}." if self.prefix else ""
        kept = {old: new for new, old in enumerate(self.rows)}
        for path in self.source.positions:
            if path.startswith(start):
                inner = path.removeprefix(start)
                row = _ROW.match(inner)
                if row is None:
                    yield inner
                elif int(row[1]) in kept:
                    yield f"indicators[{kept[int(row[1])]}]{inner[row.end() :]}"

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read(data: bytes, shown: str) -> Reading:
    """Read the tables of one TOML or JSON file; ``shown`` is what places call it.

    Rows that only fill up a form (``……``, ``指标2:``) are dropped with a finding. Raises UnreadableError with
    all problems at once.
    """
    text = _text_of(data, shown)
    is_json = text.lstrip()[:1] == "{"
    content = _parse(text, shown, is_json=is_json)
    origin = _Source(shown, text, is_json)
    tables, problems = _tables(content)
    if problems:
        raise UnreadableError(located(problems, lambda path: origin.positions.get(path_text(path)), shown))
    digest = sha256(data).hexdigest()
    evaluations: list[Evaluation] = []
    findings: list[Finding] = []
    for prefix, table in tables:
        kept, rows, dropped = without_fillers(table)
        places = SourcePlaces(origin, prefix, rows)
        all_places = SourcePlaces(origin, prefix, tuple(range(len(table.indicators))))
        evaluations.append(attrs.evolve(kept, file=shown, sha256=digest, places=places))
        findings.extend(finding(all_places) for finding in dropped)
    return Reading(tuple(evaluations), tuple(findings))


def parse_json(data: bytes, shown: str) -> dict[str, Any]:
    """Parse one JSON object as `read` does: UTF-8, no key twice, decimals exact, no half characters.

    Raises UnreadableError.
    """
    text = _text_of(data, shown)
    if text.lstrip()[:1] != "{":
        raise _unreadable(shown, _NO_OBJECT())
    return _parse(text, shown, is_json=True)


def read_data(content: Mapping[str, Any], shown: str) -> Reading:
    """Read tables from what `parse_json` gave: like `read`, but no cell has a place of its own.

    Raises UnreadableError with all problems at once, by path.
    """
    tables, problems = _tables(dict(content))
    if problems:
        raise UnreadableError(
            tuple(Problem(shown, 0, 0, path_text(problem.path), problem.message) for problem in problems)
        )
    sifted = [without_fillers(table) for _, table in tables]
    return Reading(
        tuple(attrs.evolve(kept, file=shown) for kept, _, _ in sifted),
        tuple(finding({}) for _, _, dropped in sifted for finding in dropped),
    )


def _text_of(data: bytes, shown: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(shown, _BINARY() if _is_binary(data) else _ENCODING()) from None
    if not text.strip():
        raise _unreadable(shown, _EMPTY())
    return text


def _is_binary(data: bytes) -> bool:
    """A NUL is in no text, but in each other byte of UTF-16, which begins with its mark."""
    return b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")


def _unreadable(shown: str, message: Message, line: int = 0, column: int = 0) -> UnreadableError:
    return UnreadableError((Problem(shown, line, column, "", message),))


class _DuplicateKeyError(ValueError):
    """The same key twice in one JSON object: json would silently keep the last."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DuplicateKeyError(next(name for name in names if names.count(name) > 1))
    return made


def _parse(text: str, shown: str, *, is_json: bool) -> dict[str, Any]:
    try:
        if is_json:
            parsed = json.loads(text, parse_float=Decimal, object_pairs_hook=_object)
            if (
                "\\ud" in text.lower()
            ):  # half of a surrogate pair is no character, and cannot be written again
                json.dumps(parsed, ensure_ascii=False, default=str).encode()
            return dict(parsed)
        return tomli.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise _unreadable(
            shown, _SYNTAX(format="JSON", detail=error.msg), error.lineno, error.colno
        ) from None
    except tomli.TOMLDecodeError as error:
        raise _unreadable(
            shown, _SYNTAX(format="TOML", detail=error.msg), error.lineno, error.colno
        ) from None
    except _DuplicateKeyError as error:
        raise _unreadable(shown, _DUPLICATE(key=error)) from None
    except RecursionError:
        raise _unreadable(shown, _NESTING()) from None
    except (ValueError, ArithmeticError) as error:  # an integer of thousands of digits, an exponent of thirty
        raise _unreadable(shown, _SYNTAX(format="JSON" if is_json else "TOML", detail=error)) from None


def _tables(content: dict[str, Any]) -> tuple[list[tuple[str, Evaluation]], list[PathProblem]]:
    """Structure the tables of a file; a file may hold one at top level, or a list ``evaluations``."""
    content = dict(content)
    schema = content.pop("schema", None)
    if schema != SCHEMA:
        other = isinstance(schema, str) and schema.startswith("perfeval.") and "evaluation" not in schema
        message = OTHER_SCHEMA(found=schema) if other else _NO_SCHEMA(schema=SCHEMA)
        return [], [PathProblem(("schema",), message)]
    problems: list[PathProblem] = []
    tables: list[tuple[str, Evaluation]] = []
    if "evaluations" not in content:
        candidates: list[tuple[Path, object]] = [((), content)]
    else:
        given = content.pop("evaluations")
        problems.extend(PathProblem((key,), UNKNOWN_KEY()) for key in content)
        if not isinstance(given, list):
            problems.append(PathProblem(("evaluations",), wrong_type(list, given).message))
            given = []
        candidates = [(("evaluations", index), table) for index, table in enumerate(given)]
    for path, table in candidates:
        try:
            tables.append((path_text(path), _converter().structure(table, Evaluation)))
        except (BaseValidationError, ValueError) as error:
            problems.extend(problems_of(error, path))
    return tables, problems


@cache
def _converter() -> Converter:
    converter = new_converter()
    converter.register_structure_hook_func(_is_cell, _check_cell)
    return converter


def _is_cell(kind: object) -> bool:
    return get_origin(kind) in (Union, UnionType) and any(get_origin(part) is Cell for part in get_args(kind))


def _check_cell(value: object, kind: object) -> object:
    """Let texts through, and parts where a target may have them; the class's converter reads them."""
    if value is None or isinstance(value, str):  # JSON may say null for a column that is not there
        return value
    if not (isinstance(value, dict) and TargetCell in get_args(kind)):
        raise wrong_type(str, value)
    return _converter().structure(value, _Parts).as_mapping()


@attrs.frozen
class _Parts:
    operator: str = ""
    value: str = ""
    unit: str = ""

    def as_mapping(self) -> dict[str, str]:
        return attrs.asdict(self)


def table_data(evaluation: Evaluation) -> dict[str, Any]:
    """Give a table as plain data in the order of the schema, without ``schema`` itself."""
    data = _plain(evaluation)
    return {name: value for name, value in data.items() if value != {} or name == "keys"}


def _plain(value: object) -> Any:
    if isinstance(value, Cell):
        if value.parts is None:
            return value.text
        return {
            name: part for name, part in zip(("operator", "value", "unit"), value.parts, strict=True) if part
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    kind: type[Any] = type(value)
    if attrs.has(kind):
        fields = (field for field in attrs.fields(kind) if "internal" not in field.metadata)
        return {
            field.name: item for field in fields if (item := _plain(getattr(value, field.name))) is not None
        }
    return str(value) if isinstance(value, StrEnum) else value


def dump_json(evaluations: tuple[Evaluation, ...]) -> str:
    """Write tables as JSON."""
    content = {"schema": SCHEMA, "evaluations": [table_data(evaluation) for evaluation in evaluations]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def dump_toml(evaluations: tuple[Evaluation, ...]) -> str:
    """Write tables as TOML: one at top level, several as ``[[evaluations]]``."""
    if len(evaluations) == 1:
        return tomli_w.dumps({"schema": SCHEMA, **table_data(evaluations[0])})
    return tomli_w.dumps(
        {"schema": SCHEMA, "evaluations": [table_data(evaluation) for evaluation in evaluations]}
    )
