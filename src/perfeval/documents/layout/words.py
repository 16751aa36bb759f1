"""The words of published forms, as data: what their columns, labels, rows and titles are called.

``words.toml`` beside this module holds the built-in words; a map of one's own adds to them.
"""

from __future__ import annotations

__all__ = ["SCHEMA", "Title", "Words", "built_in_words", "key_of", "load_words"]

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path as FilePath

import attrs
import tomli
from cattrs.errors import BaseValidationError

from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Wording
from perfeval.positions import toml_positions
from perfeval.structure import Invalid, PathProblem, located, new_converter, problems_of
from perfeval.table import Stage, TableKind
from perfeval.values import DEFAULT_UNITS, Unit, UnitTable, squash

SCHEMA = "perfeval.layout.v1"
_MOST_BYTES = 2**20
_LONGEST_WORD = 400  # characters, with the instructions in brackets behind it
_LONGEST_TITLE = 200

_NOT_FOUND = Wording("MAP-FILE", "找不到或打不开映射文件：{detail}", "the map cannot be opened: {detail}")
_SYNTAX = Wording("MAP-SYNTAX", "不是合法的 TOML：{detail}", "is not valid TOML: {detail}")
_SIZE = Wording("MAP-SIZE", "文件超过 {most} 字节", "has more than {most} bytes")
_NO_SCHEMA = Wording("MAP-SCHEMA", 'schema 应为 "{schema}"', 'schema must be "{schema}"')
_NO_ROLE = Wording("MAP-ROLE", "没有“{role}”，可用 {roles}", "there is no '{role}'; there are {roles}")
_PATTERN = Wording("MAP-PATTERN", "不是合法的正则表达式：{detail}", "is no regular expression: {detail}")

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_AROUND = re.compile(r"^(?:[*★☆#·、]+|[一二三四五六七八九十]+[、.]|[0-9]{1,2}[、.])+|[:*★#.。;,，]+$")
_NOT_WORDS = re.compile(r"[:/／\\|、，,和与及或\"“”'‘’《》<>〈〉—–-]+")


_TRAILING_NUMBER = re.compile(r"(?<=[^0-9])[0-9]{1,2}$")
# 小计③=①+② and 执行率B/A: how a form says what a column is computed from.
_FORMULA = re.compile(
    r"(?<=[\u4e00-\u9fff%])(?:[0-9A-E]{0,2}=)?[0-9A-E]{1,2}(?:[-+*/×÷−]+[0-9A-E%]{1,4})+$"
    r"|(?<=[\u4e00-\u9fff%])[①-⑳][-=+*/×÷−①-⑳0-9%]*$|(?<=[\u4e00-\u9fff])[A-E]$"
)


def key_of(text: str) -> str:
    """Give the form in which words are compared: folded, no white space, no brackets, no colon or number.

    A text that is too long for a word of a form is given as it is: looking for brackets in it could take forever.
    """
    return _key_of_word(text) if len(text) <= _LONGEST_WORD else text


@lru_cache(maxsize=65_536)  # headers and labels repeat in every table of a filing
def _key_of_word(text: str) -> str:
    plain = squash(text)
    while (shorter := _BRACKETS.sub("", plain)) != plain:
        plain = shorter
    plain = _FORMULA.sub("", plain.replace("(", "").replace(")", ""))
    return _TRAILING_NUMBER.sub("", _NOT_WORDS.sub("", _AROUND.sub("", plain)))


@attrs.frozen
class Title:
    """A pattern of titles, and the kind and stage of the tables under them."""

    pattern: str
    kind: TableKind
    stage: Stage

    def __attrs_post_init__(self) -> None:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise Invalid(_PATTERN(detail=error), ("pattern",)) from None

    def fits(self, squashed: str) -> bool:
        """Say whether a text without white space is such a title."""
        return re.search(self.pattern, squashed) is not None


@attrs.frozen
class NewUnit:
    """A unit that a map adds: a counting word, or so many (numerator ÷ denominator) of a known dimension."""

    dimension: str | None = None
    numerator: int = attrs.field(default=1, validator=attrs.validators.gt(0))
    denominator: int = attrs.field(default=1, validator=attrs.validators.gt(0))


WordLists = Mapping[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class _File:
    """A file of words as written."""

    columns: WordLists = attrs.field(factory=dict)
    groups: WordLists = attrs.field(factory=dict)
    parts: WordLists = attrs.field(factory=dict)
    labels: WordLists = attrs.field(factory=dict)
    funding: WordLists = attrs.field(factory=dict)
    goal: WordLists = attrs.field(factory=dict)
    rows: WordLists = attrs.field(factory=dict)
    values: WordLists = attrs.field(factory=dict)
    titles: tuple[Title, ...] = ()
    units: Mapping[str, NewUnit] = attrs.field(factory=dict)


Lookup = Mapping[str, str]
"""From the key of a word to its role."""


@attrs.frozen(kw_only=True)
class Words:
    """The vocabulary of forms: from the words that stand in a cell (by ``key_of``) to what they are."""

    columns: Lookup
    groups: Lookup
    parts: Lookup
    labels: Lookup
    funding: Lookup
    goal: Lookup
    rows: Lookup
    values: Mapping[str, frozenset[str]]
    titles: tuple[Title, ...]
    units: UnitTable = DEFAULT_UNITS

    def title(self, text: str) -> Title | None:
        """Give the first pattern that a title fits."""
        squashed = squash(text)
        fitting = (title for title in self.titles if title.fits(squashed))
        return next(fitting, None) if len(squashed) <= _LONGEST_TITLE else None

    def extended(self, path: str | FilePath) -> Words:
        """Give these words and those of a map; where both name a word, the map's role holds.

        Raises UnreadableError with every problem of the map.
        """
        return _with(self, load_words(path), ours_first=False)


@cache
def built_in_words() -> Words:
    """Give the words that come with perfeval."""
    name = "words.toml"
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    nothing = Words(
        columns={}, groups={}, parts={}, labels={}, funding={}, goal={}, rows={}, values={}, titles=()
    )
    return _with(nothing, _parse(text, name), ours_first=True)


def load_words(path: str | FilePath) -> _File:
    """Read a map. Raises UnreadableError with every problem."""
    shown = str(path)
    try:
        data = FilePath(path).read_bytes()
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or error
        raise UnreadableError((Problem(shown, 0, 0, "", _NOT_FOUND(detail=detail)),)) from None
    if len(data) > _MOST_BYTES:
        raise UnreadableError((Problem(shown, 0, 0, "", _SIZE(most=_MOST_BYTES)),))
    try:
        return _parse(data.decode("utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        raise UnreadableError((Problem(shown, 0, 0, "", _SYNTAX(format="TOML", detail=error)),)) from None


def _parse(text: str, shown: str) -> _File:
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        problem = Problem(shown, error.lineno, error.colno, "", _SYNTAX(detail=error.msg))
        raise UnreadableError((problem,)) from None
    except RecursionError:
        raise UnreadableError((Problem(shown, 0, 0, "", _SYNTAX(detail="nesting")),)) from None
    problems: list[PathProblem] = []
    if content.pop("schema", None) != SCHEMA:
        problems.append(PathProblem(("schema",), _NO_SCHEMA(schema=SCHEMA)))
    made = _File()
    try:
        made = new_converter().structure(content, _File)
    except (BaseValidationError, ValueError) as error:
        problems.extend(problems_of(error))
    if shown != "words.toml":
        problems.extend(_unknown_roles(made))
    if problems:
        raise UnreadableError(located(problems, toml_positions(text).get, shown))
    return made


def _unknown_roles(made: _File) -> list[PathProblem]:
    """A map adds words to roles that exist; a role of its own would be read and lost."""
    known = _built_in_roles()
    return [
        PathProblem((section, role), _NO_ROLE(role=role, roles=" ".join(sorted(known[section]))))
        for section in known
        for role in getattr(made, section)
        if role not in known[section]
    ]


@cache
def _built_in_roles() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    sections = tomli.loads(text)
    return {section: frozenset(words) for section, words in sections.items() if isinstance(words, dict)}


def _with(words: Words, made: _File, *, ours_first: bool) -> Words:
    def lookup(section: str) -> Lookup:
        ours = dict(getattr(words, section))
        theirs: dict[str, str] = {}
        for role, names in getattr(made, section).items():
            for name in names:
                theirs.setdefault(key_of(name), role)
        return {**theirs, **ours} if ours_first else {**ours, **theirs}

    values = {
        role: words.values.get(role, frozenset()) | {squash(name) for name in made.values.get(role, ())}
        for role in {*words.values, *made.values}
    }
    units = {
        symbol: Unit(symbol, new.dimension or f"count:{symbol}", new.numerator, new.denominator)
        for symbol, new in made.units.items()
    }
    return Words(
        columns=lookup("columns"),
        groups=lookup("groups"),
        parts=lookup("parts"),
        labels=lookup("labels"),
        funding=lookup("funding"),
        goal=lookup("goal"),
        rows=lookup("rows"),
        values=values,
        titles=(*words.titles, *made.titles) if ours_first else (*made.titles, *words.titles),
        units=words.units.extended(units) if units else words.units,
    )
