"""Rule books from TOML: structure, values that contradict, all problems at once with their places."""

from __future__ import annotations

__all__ = ["BUILT_IN", "SCHEMA", "built_in_text", "load_rulebook", "read_rulebook"]

from collections.abc import Mapping
from decimal import Context, Decimal
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any, cast

import attrs
import tomli
from cattrs import Converter
from cattrs.errors import BaseValidationError

from perfeval.errors import Problem, UnreadableError, UsageError
from perfeval.messages import Wording
from perfeval.positions import toml_positions
from perfeval.rulebook.consistency import inconsistencies
from perfeval.rulebook.model import (
    Accept,
    Basis,
    BrokenOnPurpose,
    ExecutionSetting,
    Grade,
    GradedSetting,
    Match,
    Origin,
    Rounding,
    RuleBook,
    RuleSpec,
    Satisfaction,
    Settings,
    WeightsSetting,
)
from perfeval.rules import RULES, Banded, Graded, Proportional, Rule, Share
from perfeval.structure import (
    MISSING_KEY,
    Invalid,
    Path,
    PathProblem,
    decimal_hook,
    located,
    new_converter,
    problems_of,
    unknown_key,
    wrong_type,
)

SCHEMA = "perfeval.rulebook.v1"
BUILT_IN = ("common-practice", "platform", "hubei")

_KINDS: dict[str, type[Rule]] = {rule.kind: rule for rule in RULES}
_SATISFACTION = "satisfaction"
_MOST_BYTES = 2**20
_HUNDREDTHS = Context(prec=60)  # a decimal of a book has at most 40 characters

_NOT_FOUND = Wording(
    "RB-FILE", "找不到或打不开评分办法文件：{detail}", "the rule book cannot be opened: {detail}"
)
_NO_SUCH_BOOK = Wording(
    "RB-NAME",
    "没有名为“{name}”的内置评分办法（有 {names}），也没有这个文件",
    "there is no built-in rule book '{name}' (there are {names}) and no such file",
)
_SYNTAX = Wording("RB-SYNTAX", "不是合法的 TOML：{detail}", "is not valid TOML: {detail}")
_ENCODING = Wording("RB-ENCODING", "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
_SIZE = Wording("RB-SIZE", "文件超过 {most} 字节", "has more than {most} bytes")
_NO_SCHEMA = Wording("RB-SCHEMA", 'schema 应为 "{schema}"', 'schema must be "{schema}"')
_NO_SUCH_RULE = Wording(
    "RB-RULE", "没有“{kind}”这种规则，可用 {kinds}", "there is no rule '{kind}'; there are {kinds}"
)
_SATISFACTION_VALUE = Wording(
    "RB-SATISFACTION",
    '应为 "proportional" 或 {{ bands = [...] }}',
    'must be "proportional" or {{ bands = [...] }}',
)
_NOT_FOR_EXECUTION = Wording(
    "RB-EXECUTION", "执行率不能按满意度赋分", "the execution rate is no satisfaction"
)
_NO_PARAMETERS = Wording("RB-PARAMETERS", "这种规则没有参数 {names}", "this rule has no parameter {names}")


@attrs.frozen
class _ExecutionFile:
    weight: Decimal = Decimal(10)
    rule: RuleSpec = RuleSpec("proportional")
    rows: tuple[str, ...] = ExecutionSetting().rows
    most_weight: Decimal = ExecutionSetting().most_weight


@attrs.frozen(kw_only=True)
class _BookFile:
    """A rule book as its TOML writes it."""

    schema: str
    id: str
    title: str = ""
    region: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    form: tuple[str, ...] = ()
    rounding: Rounding = Rounding()
    execution: _ExecutionFile = _ExecutionFile()
    settings: Settings = Settings()
    graded: GradedSetting = GradedSetting()
    accept: Accept = Accept()
    weights: WeightsSetting = WeightsSetting()
    match: tuple[Match, ...] = ()
    grades: tuple[Grade, ...] = ()
    basis: tuple[Basis, ...] = ()
    breaks: tuple[BrokenOnPurpose, ...] = ()


def load_rulebook(source: str | FilePath | RuleBook) -> RuleBook:
    """Give a rule book: a built-in one by name, one of a TOML file by path, or the book itself.

    Raises UsageError for a name that is neither, UnreadableError with every problem of a file.
    """
    if isinstance(source, RuleBook):
        return source
    if isinstance(source, str) and source in BUILT_IN:
        return _built_in(source)
    path = FilePath(source)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableError((Problem(str(source), 0, 0, "", _SIZE(most=_MOST_BYTES)),))
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(_NO_SUCH_BOOK(name=source, names="、".join(BUILT_IN))) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        detail = getattr(error, "strerror", None) or error
        raise UnreadableError((Problem(str(source), 0, 0, "", _NOT_FOUND(detail=detail)),)) from None
    return read_rulebook(data, name=str(source))


def built_in_text(name: str) -> bytes:
    """Give the TOML of a built-in book."""
    return files("perfeval.rulebook").joinpath("builtin", f"{name}.toml").read_bytes()


@lru_cache(len(BUILT_IN))
def _built_in(name: str) -> RuleBook:
    return read_rulebook(built_in_text(name), name=f"{name}.toml")


def read_rulebook(data: bytes, *, name: str = "<bytes>") -> RuleBook:
    """Read a rule book from the bytes of its TOML. Raises UnreadableError with every problem at once."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError((Problem(name, 0, 0, "", _ENCODING()),)) from None
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        problem = Problem(name, error.lineno, error.colno, "", _SYNTAX(detail=error.msg))
        raise UnreadableError((problem,)) from None
    except (RecursionError, ValueError) as error:
        raise UnreadableError((Problem(name, 0, 0, "", _SYNTAX(detail=error)),)) from None
    book, problems = _book(content, sha256(data).hexdigest())
    if book is None or problems:
        raise UnreadableError(located(problems, toml_positions(text).get, name))
    return attrs.evolve(book, origin=Origin(name, text))


def _book(content: dict[str, Any], digest: str) -> tuple[RuleBook | None, list[PathProblem]]:
    if content.get("schema") != SCHEMA:
        return None, [PathProblem(("schema",), _NO_SCHEMA(schema=SCHEMA))]
    file, problems = _sections(content)
    usual = None if file.match and file.grades else _built_in("common-practice")
    match = file.match or (usual.match if usual else ())
    grades = file.grades or (usual.grades if usual else ())
    # What the rules of common-practice break by their nature, its matches bring with them.
    inherited = () if file.match or usual is None else usual.breaks
    builder = _Builder(file.settings, file.graded, problems)
    rules = tuple(builder.rule(entry.rule, ("match", index, "rule")) for index, entry in enumerate(match))
    # Ladders, pass lines and ceilings are said of indicators; the execution rate has only its own parameters.
    execution = builder.own(file.execution.rule, ("execution", "rule"))
    if file.execution.rule.kind == _SATISFACTION:
        problems.append(PathProblem(("execution", "rule", "kind"), _NOT_FOR_EXECUTION()))
    graded = next((rule for rule in rules if isinstance(rule, Graded)), builder.with_settings(Graded()))
    book = RuleBook(
        **{name: getattr(file, name) for name in _SHARED},
        execution=ExecutionSetting(
            file.execution.weight,
            execution or Proportional(),
            file.execution.rows,
            file.execution.most_weight,
        ),
        match=match,
        grades=grades,
        breaks=(*file.breaks, *inherited),
        rules=rules,
        satisfaction_rule=builder.satisfaction(file.settings.satisfaction),
        graded_rule=graded,
        sha256=digest,
    )
    return book, [*problems, *inconsistencies(book)]


def _sections(content: dict[str, Any]) -> tuple[_BookFile, list[PathProblem]]:
    """Structure each section by itself, so that a fault in one does not hide those of the others."""
    problems: list[PathProblem] = []
    made: dict[str, Any] = {"schema": SCHEMA, "id": "?"}
    fields = {field.name: field for field in attrs.fields(attrs.resolve_types(_BookFile))}
    for key, value in content.items():
        try:
            if key in fields:
                made[key] = _converter().structure(value, cast("type[Any]", fields[key].type))
            else:
                problems.append(PathProblem((key,), unknown_key(key, list(fields))))
        except (BaseValidationError, ValueError) as error:
            problems.extend(problems_of(error, (key,)))
    if "id" not in content:
        problems.append(PathProblem(("id",), MISSING_KEY()))
    return _BookFile(**made), problems


_SHARED = (
    "id",
    "title",
    "region",
    "years",
    "form",
    "rounding",
    "settings",
    "graded",
    "accept",
    "weights",
    "basis",
)  # alike in file and book


@attrs.define
class _Builder:
    """Makes rules of their specs: what a spec does not say, the book's settings say."""

    settings: Settings
    graded: GradedSetting
    problems: list[PathProblem]

    def rule(self, spec: RuleSpec, path: Path) -> Rule | None:
        """Give the rule of a spec under the book's settings, None for 满意度; problems are collected."""
        made = self.own(spec, path)
        return None if made is None else self.with_settings(made, given=spec.parameters)

    def own(self, spec: RuleSpec, path: Path) -> Rule | None:
        """Give the rule of a spec with nothing but its own parameters."""
        if spec.kind == _SATISFACTION:
            if spec.parameters:
                self.problems.append(PathProblem(path, _NO_PARAMETERS(names=" ".join(spec.parameters))))
            return None
        kind = _KINDS.get(spec.kind)
        if kind is None:
            message = _NO_SUCH_RULE(kind=spec.kind, kinds=" ".join([*_KINDS, _SATISFACTION]))
            self.problems.append(PathProblem((*path, "kind"), message))
            return None
        try:
            made: Rule = _converter().structure(dict(spec.parameters), kind)
        except (BaseValidationError, ValueError) as error:
            self.problems.extend(problems_of(error, path))
            return None
        return made

    def with_settings(self, rule: Rule, given: Mapping[str, object] = {}) -> Rule:
        """Give a rule the book's settings where its spec has none of its own."""
        usual: dict[str, object] = {
            field.name: getattr(self.settings, field.name) for field in attrs.fields(Settings)
        }
        if isinstance(rule, Graded):
            usual["bands"] = self.graded.bands
        names = {field.name for field in attrs.fields(type(rule))}  # type: ignore[arg-type]  # rules are attrs classes
        return attrs.evolve(rule, **{name: usual[name] for name in names & set(usual) - set(given)})  # type: ignore[misc]

    def satisfaction(self, setting: Satisfaction) -> Rule:
        """Give the rule of a satisfaction setting."""
        return Banded(setting.bands) if setting.bands else self.with_settings(Proportional())


def satisfaction_rule(book: RuleBook, setting: Satisfaction) -> Rule:
    """Give the rule of another satisfaction setting, under the book's other settings."""
    return _Builder(book.settings, book.graded, []).satisfaction(setting)


@cache
def _converter() -> Converter:
    converter = new_converter()
    converter.register_structure_hook(Share, _share)
    converter.register_structure_hook(RuleSpec, _rule_spec)
    plain = converter.get_structure_hook(Satisfaction)

    def satisfaction(value: object, kind: Any) -> Satisfaction:
        if value == "proportional":
            return Satisfaction()
        if not isinstance(value, dict) or "bands" not in value:
            raise Invalid(_SATISFACTION_VALUE())
        made: Satisfaction = plain(value, kind)
        return made

    converter.register_structure_hook(Satisfaction, satisfaction)
    return converter


def _share(value: object, kind: object) -> Share:
    if isinstance(value, str) and value.endswith("%"):
        return Share(_HUNDREDTHS.scaleb(decimal_hook(value[:-1], kind), -2).normalize(_HUNDREDTHS))
    return Share(decimal_hook(value, kind))


def _rule_spec(value: object, _kind: object) -> RuleSpec:
    if not isinstance(value, dict):
        raise wrong_type(dict, value)
    parameters = {name: item for name, item in value.items() if name != "kind"}
    if "kind" not in value:
        raise Invalid(MISSING_KEY(), ("kind",))
    kind = value["kind"]
    if not isinstance(kind, str):
        raise Invalid(wrong_type(str, kind).message, ("kind",))
    return RuleSpec(kind, parameters)
