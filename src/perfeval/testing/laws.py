"""The laws of docs/semantics.md §6, searched over the rules of a book as they are set.

A law that is broken and not declared in ``[[breaks]]`` is shown with the simplest example that hypothesis finds, and
the setting without which the example would keep it. The same book gives the same answer each time.
"""

from __future__ import annotations

__all__ = ["BrokenLaw", "Examination", "assert_lawful", "broken_laws", "examine"]

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import attrs
import hypothesis
from hypothesis.errors import NoSuchExample

from perfeval.formula import plain, round_pair
from perfeval.messages import Language, Message
from perfeval.positions import Path
from perfeval.rulebook import BrokenOnPurpose, Law, Rounding, RuleBook
from perfeval.rulebook.model import Settings
from perfeval.rules import RULES, Kind, Rule
from perfeval.structure import PathProblem
from perfeval.testing.law_words import IDLE, wording
from perfeval.testing.trials import Subject, Trial, pairs, plain_pairs, subjects

_SEARCH = hypothesis.settings(
    max_examples=300,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
)
_LIMIT = (2, 12, 40)  # a jump that is there at every distance from the target, 1 % and next to nothing
_SCALE = 10_000  # 万元 and 元

Rows = tuple[Trial, ...]
Statement = Callable[[Rule, Trial, Trial], Rows | None]
"""Gives the rows that break a law, of two rows that differ in the actual only; None where they keep it."""


@attrs.frozen
class BrokenLaw:
    """A law, the rule of the book that breaks it, the path of the setting at fault, and an example in words."""

    law: Law
    rule: str
    path: Path
    message: Message


@attrs.frozen
class Examination:
    """What was found out about a book: laws broken, broken on purpose, and declared broken without being so."""

    book: RuleBook
    broken: tuple[BrokenLaw, ...]
    declared: tuple[BrokenLaw, ...]
    idle: tuple[tuple[int, BrokenOnPurpose], ...]

    @property
    def problems(self) -> tuple[PathProblem, ...]:
        """What the book must mend or declare."""
        broken = [PathProblem(each.path, each.message) for each in self.broken]
        idle = [
            PathProblem(("breaks", index), IDLE(law=each.law, rule=each.rule)) for index, each in self.idle
        ]
        return (*broken, *idle)

    def text(self, language: Language = "zh") -> str:
        """Give one line for each problem."""
        return "\n".join(problem.text(language) for problem in self.book.located(self.problems))


def broken_laws(book: RuleBook) -> tuple[BrokenLaw, ...]:
    """Give the laws that the rules of a book break and that it does not declare."""
    return examine(book).broken


def assert_lawful(book: RuleBook) -> None:
    """Raise AssertionError where a book breaks a law without saying so, or says so of one that it keeps."""
    examination = examine(book)
    if examination.problems:
        raise AssertionError(examination.text())


def examine(book: RuleBook) -> Examination:
    """Search every law over every rule of a book."""
    found = [broken for subject in subjects(book) for broken in _all_broken(book, subject)]
    said = {(entry.law, entry.rule) for entry in book.breaks} | set(_of_their_own(book))
    really = {(each.law, each.rule) for each in found}
    names = {subject.name for subject in subjects(book)}
    return Examination(
        book,
        tuple(each for each in found if (each.law, each.rule) not in said),
        tuple(each for each in found if (each.law, each.rule) in said),
        tuple(
            (index, entry)
            for index, entry in enumerate(book.breaks)
            if entry.rule in names and (entry.law, entry.rule) not in really
        ),
    )


def _of_their_own(book: RuleBook) -> list[tuple[Law, str]]:
    """Give what rules that no TOML can name say of themselves in ``breaks()``."""
    strangers = [subject for subject in subjects(book) if type(subject.rule) not in RULES]
    return [(Law(law), subject.name) for subject in strangers for law in subject.rule.breaks()]


def _all_broken(book: RuleBook, subject: Subject) -> Iterator[BrokenLaw]:
    """Look for any law that is broken until there is none left: most rules break one at most."""
    laws = list(Law)
    while pair := _search(subject, laws):
        law = next(law for law in laws if _STATEMENTS[law](subject.rule, *pair))
        laws.remove(law)
        yield _broken(book, subject, law, _plainest(subject, law) or _search(subject, [law]) or pair)


def _plainest(subject: Subject, law: Law) -> tuple[Trial, Trial] | None:
    """Give two rows in whole figures, one apart, that break the law: people check these in their heads."""
    return next((pair for pair in plain_pairs(subject) if _STATEMENTS[law](subject.rule, *pair)), None)


def _search(subject: Subject, laws: list[Law]) -> tuple[Trial, Trial] | None:
    """Give the simplest two rows that break one of the laws; None where hypothesis finds none."""

    def breaks(pair: tuple[Trial, Trial]) -> bool:
        return any(_STATEMENTS[law](subject.rule, *pair) for law in laws)

    try:
        return hypothesis.find(pairs(subject), breaks, settings=_SEARCH)
    except NoSuchExample:
        return None


def _broken(book: RuleBook, subject: Subject, law: Law, pair: tuple[Trial, Trial]) -> BrokenLaw:
    rows = _STATEMENTS[law](subject.rule, *pair) or pair
    message = wording(law, subject.name)(law=law, rule=subject.name, **_facts(book, law, subject, rows))
    return BrokenLaw(law, subject.name, _fault(book, subject, _STATEMENTS[law], pair), message)


def _facts(book: RuleBook, law: Law, subject: Subject, rows: Rows) -> dict[str, str]:
    first, last = rows[0], rows[-1]
    marks = [first.marks(subject.rule), last.marks(subject.rule)]
    if law is Law.SAME_IN_OTHER_UNITS:
        marks[1] = first.marks(subject.rule, scale=_SCALE)
    weights = [Fraction(10), Fraction(10)]
    if law is Law.LINEAR_IN_WEIGHT:
        weights[1] = Fraction(5)
        marks[1] = first.marks(subject.rule, weight=weights[1])
    scores = [weight * (mark or 0) for weight, mark in zip(weights, marks, strict=True)]
    rounded = [_rounded(score, book.rounding) for score in scores]
    shown = scores if rounded[0] == rounded[1] or law is Law.BOUNDS else rounded
    texts = [plain(score.as_integer_ratio()) for score in shown]
    return {
        "target": first.target,
        "first": first.shown,
        "last": last.shown,
        "first_score": texts[0],
        "last_score": texts[1],
    }


def _rounded(score: Fraction, rounding: Rounding) -> Fraction:
    return Fraction(*round_pair(*score.as_integer_ratio(), rounding.step.as_integer_ratio(), rounding.mode))


# The laws ---------------------------------------------------------------------------------------------------


def _bounds(rule: Rule, trial: Trial, _other: Trial) -> Rows | None:
    marks = trial.marks(rule)
    return None if marks is None or 0 <= marks <= 1 else (trial,)


def _linear(rule: Rule, trial: Trial, _other: Trial) -> Rows | None:
    return None if trial.marks(rule) == trial.marks(rule, weight=Fraction(5)) else (trial,)


def _same_in_other_units(rule: Rule, trial: Trial, _other: Trial) -> Rows | None:
    return None if trial.marks(rule) == trial.marks(rule, scale=_SCALE) else (trial,)


def _full_at_target(rule: Rule, trial: Trial, _other: Trial) -> Rows | None:
    for bound in (trial.low, trial.high):
        reached = trial.at(bound)
        if reached.marks(rule) not in (None, 1):
            return (reached,)
    return None


def _monotone(rule: Rule, trial: Trial, other: Trial) -> Rows | None:
    worse, better = sorted((trial, other), key=lambda row: row.distance, reverse=True)
    if trial.kind is Kind.RANGE and (worse.actual < worse.low) != (better.actual < better.low):
        return None  # neither side of a range is nearer than the other in kind
    first, second = worse.marks(rule), better.marks(rule)
    if first is None or second is None or worse.distance == better.distance:
        return None
    return (worse, better) if second < first else None


def _continuous(rule: Rule, trial: Trial, _other: Trial) -> Rows | None:
    sides = [(trial.low, -1), (trial.high, 1)]
    if trial.kind is not Kind.RANGE:
        sides = [(trial.low, 1), (trial.low, -1)]
    for bound, sign in sides:
        beside = [trial.at(bound * (1 + Fraction(sign, 10**power))) for power in _LIMIT]
        if bound > 0 and all(_jumps(rule, trial.at(bound), row) for row in beside):
            return trial.at(bound), beside[0]
    return None


def _jumps(rule: Rule, there: Trial, beside: Trial) -> bool:
    first, second = there.marks(rule), beside.marks(rule)
    if first is None or second is None:
        return False
    return abs(second - first) > abs(beside.actual / there.actual - 1)


_STATEMENTS: dict[Law, Statement] = {
    Law.BOUNDS: _bounds,
    Law.LINEAR_IN_WEIGHT: _linear,
    Law.SAME_IN_OTHER_UNITS: _same_in_other_units,
    Law.FULL_AT_TARGET: _full_at_target,
    Law.MONOTONE: _monotone,
    Law.CONTINUOUS: _continuous,
}


# The setting at fault ---------------------------------------------------------------------------------------


def _fault(book: RuleBook, subject: Subject, statement: Statement, pair: tuple[Trial, Trial]) -> Path:
    """Give the path of the first parameter without which the example would keep the law; else of the rule."""
    rule: Any = subject.rule
    for field in attrs.fields(type(rule)) if attrs.has(type(rule)) else ():
        value = getattr(rule, field.name)
        for place, other in _without(value, field.default):
            if statement(attrs.evolve(rule, **{field.name: other}), *pair) is None:
                return (*_written(book, subject, field.name), *place)
    return subject.path


def _without(value: object, default: object) -> list[tuple[Path, object]]:
    """Give a parameter's other values: a list without each of its items, anything else as its default."""
    if isinstance(value, tuple):
        return [((index,), value[:index] + value[index + 1 :]) for index in range(len(value))]
    return [] if default in (value, attrs.NOTHING) else [((), default)]


def _written(book: RuleBook, subject: Subject, name: str) -> Path:
    """Give where a parameter comes from: the rule itself, or the settings of the book."""
    if subject.name == "satisfaction" and name == "bands":
        return (*subject.path, name)
    group, index = subject.path[0], subject.path[1]
    given = book.match[index].rule.parameters if group == "match" and isinstance(index, int) else ()
    names = {field.name for field in attrs.fields(Settings)}
    return (
        (*subject.path, name)
        if group == "execution" or name in given or name not in names
        else ("settings", name)
    )
