"""``*.cases.toml`` (schema ``perfeval.cases.v1``): the cases of a file, or everything that is wrong with it."""

from __future__ import annotations

__all__ = ["CASES_SUFFIX", "SCHEMA", "load_cases"]

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import tomli_w

from perfeval.documents import read
from perfeval.errors import Problem, UnreadableError, UsageError
from perfeval.findings import Location
from perfeval.messages import Wording
from perfeval.positions import path_text
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook
from perfeval.structure import PathProblem, located
from perfeval.table import SCHEMA as TABLE_SCHEMA
from perfeval.table import Evaluation
from perfeval.table import read as read_table
from perfeval.testing.cases import Case, CaseText
from perfeval.toml_files import Toml, read_toml

SCHEMA = "perfeval.cases.v1"
CASES_SUFFIX = ".cases.toml"

_TWICE = Wording(
    "CASES-TWICE", "“{name}”这个名称已在第 {line} 行用过", "the name '{name}' is already used in line {line}"
)
_ONE_TABLE = Wording("CASES-TABLE", "有 {count} 张表，应只有一张", "holds {count} tables, and must hold one")
_NO_FILE = Wording("CASES-FILE", "找不到文件 {file}", "there is no file {file}")


@attrs.frozen(kw_only=True)
class _CaseFile:
    """A file of cases as its TOML writes it."""

    rulebook: str
    case: tuple[CaseText, ...]


def load_cases(path: str | Path) -> tuple[Case, ...]:
    """Give the cases of a file, ready to run; paths inside it are relative to it.

    Raises UnreadableError with every problem of the file, and of its rule book and tables.
    """
    source = read_toml(path, _CaseFile, SCHEMA)
    folder = Path(path).parent
    problems = list(located(_names_used_twice(source), source.positions.get, source.file))
    book = _book(source, folder, problems)
    tables = [_table(source, index, folder, problems) for index in range(len(source.value.case))]
    if book is None:
        raise UnreadableError(tuple(problems))
    cases = tuple(
        Case(text, book, table, _places(source, index))
        for index, (text, table) in enumerate(zip(source.value.case, tables, strict=True))
    )
    if not problems:
        problems.extend(_wrong_calls(cases))
    if problems:
        raise UnreadableError(tuple(problems))
    return cases


def _names_used_twice(source: Toml[_CaseFile]) -> Iterator[PathProblem]:
    lines: dict[str, int | None] = {}
    for index, text in enumerate(source.value.case):
        if text.name in lines:
            yield PathProblem(("case", index, "name"), _TWICE(name=text.name, line=lines[text.name]))
        lines.setdefault(text.name, source.place("case", index, "name").line)


def _book(source: Toml[_CaseFile], folder: Path, problems: list[Problem]) -> RuleBook | None:
    name = source.value.rulebook
    try:
        return load_rulebook(name if name in BUILT_IN else folder / name)
    except UsageError as error:
        problems.extend(
            located([PathProblem(("rulebook",), error.message)], source.positions.get, source.file)
        )
    except UnreadableError as error:
        problems.extend(error.problems)
    return None


def _table(source: Toml[_CaseFile], index: int, folder: Path, problems: list[Problem]) -> Evaluation | None:
    given = source.value.case[index].evaluation
    if given is None:
        return None
    if set(given) == {"file"}:
        return _table_of_file(source, index, folder / str(given["file"]), problems)
    try:
        return _inline_table(given)
    except UnreadableError as error:
        problems.extend(_in_case_file(problem, source, index) for problem in error.problems)
        return None


def _table_of_file(
    source: Toml[_CaseFile], index: int, file: Path, problems: list[Problem]
) -> Evaluation | None:
    path = ("case", index, "evaluation", "file")
    if not file.is_file():
        problems.extend(located([PathProblem(path, _NO_FILE(file=file))], source.positions.get, source.file))
        return None
    try:
        found = read(file).evaluations
    except UnreadableError as error:
        problems.extend(error.problems)
        return None
    if len(found) != 1:
        message = _ONE_TABLE(count=len(found))
        problems.extend(located([PathProblem(path, message)], source.positions.get, source.file))
        return None
    return found[0]


def _inline_table(given: Mapping[str, Any]) -> Evaluation:
    """Read a table by the one reader of tables; places inside it would be those of a text that nobody wrote."""
    written = tomli_w.dumps({"schema": TABLE_SCHEMA, **given}).encode()
    found = read_table(written, "").evaluations
    if len(found) != 1:
        raise UnreadableError((Problem("", 0, 0, "", _ONE_TABLE(count=len(found))),))
    return attrs.evolve(found[0], places={})


def _in_case_file(problem: Problem, source: Toml[_CaseFile], index: int) -> Problem:
    prefix = ("case", index, "evaluation")
    place = next(
        (
            position
            for path, position in source.positions.items()
            if path[: len(prefix)] == prefix and path_text(path[len(prefix) :]) == problem.path
        ),
        source.positions[prefix],
    )
    path = ".".join(part for part in (path_text(prefix), problem.path) if part)
    return Problem(source.file, place.line, place.column, path, problem.message)


def _places(source: Toml[_CaseFile], index: int) -> dict[str, Location]:
    """Give where the case and each of its keys is written; the case itself under the empty key."""
    keys = source.value.case[index].expected
    return {"": source.place("case", index), **{key: source.place("case", index, key) for key in keys}}


def _wrong_calls(cases: tuple[Case, ...]) -> Iterator[Problem]:
    """Give what only scoring can tell: the kind of a rule that the book does not use, a year that is none."""
    for case in cases:
        try:
            case.scored()
        except UsageError as error:
            place = case.places[""]
            yield Problem(place.file or "", place.line or 0, place.column or 0, case.name, error.message)
