"""What a law is tried on: one row for a rule of a book, drawn by hypothesis near the places where its formula turns.

The places are found in the formula itself: every number in it is taken as a share, a multiple of the target and a
divisor, so that a rule that nobody here knows is searched as well as the usual ones.
"""

from __future__ import annotations

__all__ = ["Subject", "Trial", "pairs", "plain_pairs", "subjects"]

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product

import attrs
from hypothesis import strategies as st

from perfeval.formula import Refused, compile_formula, plain
from perfeval.formula.exact import Evaluator, Pair
from perfeval.formula.nodes import Input, Number
from perfeval.positions import Path
from perfeval.rulebook import RuleBook
from perfeval.rules import Kind, Rule

_NUMERIC = (Kind.AT_LEAST, Kind.AT_MOST, Kind.EQUAL, Kind.RANGE)
# The first is what a counterexample shrinks to.
_TARGETS = tuple(Fraction(text) for text in "100 10 1 90 80 60 3 0 8.90 -5".split())
_WIDTHS = tuple(Fraction(text) for text in "25 1 0 0.5".split())
_GRAINS = tuple(Fraction(1, 10**digits) for digits in range(5))
_BESIDE = (0, -1, 1)
_SIGNS = {Kind.AT_LEAST: "≥", Kind.AT_MOST: "≤", Kind.EQUAL: "=", Kind.RANGE: ""}
_WEIGHT = Fraction(10)


@attrs.frozen
class Subject:
    """A rule of a book as it is used: its name in ``[[breaks]]``, where it is written, and for which targets."""

    name: str
    rule: Rule
    path: Path

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The comparisons that it is for: the money is always a floor."""
        return (Kind.AT_LEAST,) if self.name == "execution" else _NUMERIC


def subjects(book: RuleBook) -> tuple[Subject, ...]:
    """Give the rules of a book, each once."""
    found: dict[Rule, Subject] = {}
    for index, rule in enumerate(book.rules):
        if rule is None:
            subject = Subject("satisfaction", book.satisfaction_rule, ("settings", "satisfaction"))
        else:
            subject = Subject(rule.kind, rule, ("match", index, "rule"))
        found.setdefault(subject.rule, subject)
    return (Subject("execution", book.execution.rule, ("execution", "rule")), *found.values())


@attrs.frozen
class Trial:
    """One row: a comparison, its target (low and high of a range), and the actual."""

    subject: Subject
    kind: Kind
    low: Fraction
    high: Fraction
    actual: Fraction

    def marks(self, rule: Rule, *, scale: int = 1, weight: Fraction = _WEIGHT) -> Fraction | None:
        """Give the fraction of the weight that a rule gives; None where it refuses."""
        share = self.actual / 100
        if self.subject.name == "execution":
            share = self.actual / self.low if self.low else Fraction(0)
        values = {"actual": self.actual * scale, "share": share, "weight": weight}
        if self.kind is Kind.RANGE:
            values |= {"low": self.low * scale, "high": self.high * scale}
        else:
            values["target"] = self.low * scale
        try:
            inputs: dict[str, Pair] = {name: value.as_integer_ratio() for name, value in values.items()}
            return Fraction(*_formula(rule, self.kind)[0](inputs))
        except Refused:
            return None

    def at(self, actual: Fraction) -> Trial:
        """Give the same row with another actual."""
        return attrs.evolve(self, actual=actual)

    @property
    def distance(self) -> Fraction:
        """How far the row is from what is best: the less, the better."""
        if self.kind is Kind.RANGE:
            return max(self.low - self.actual, self.actual - self.high, Fraction(0))
        falls = self.kind is Kind.AT_MOST or (self.kind is Kind.EQUAL and self.low == 0)
        return self.actual if falls else -self.actual

    @property
    def target(self) -> str:
        """The target as a form prints it; that of the execution rate is an amount."""
        bounds = [_text(self.low)] if self.kind is not Kind.RANGE else [_text(self.low), _text(self.high)]
        sign = "" if self.subject.name == "execution" else _SIGNS[self.kind]
        return f"{sign}{'-'.join(bounds)}{self.unit}"

    @property
    def shown(self) -> str:
        """The actual as a form prints it."""
        return f"{_text(self.actual)}{self.unit}"

    @property
    def unit(self) -> str:
        """A unit that suits the figures, with a blank before it where it is a word."""
        if self.subject.name == "execution":
            return " 万元"
        if Input("share") in _formula(self.subject.rule, self.kind)[1]:
            return "%"
        whole = all(value.denominator == 1 for value in (self.low, self.high, self.actual))
        return " 次" if whole else " 万元"


def _text(value: Fraction) -> str:
    return plain(value.as_integer_ratio())


def pairs(subject: Subject) -> st.SearchStrategy[tuple[Trial, Trial]]:
    """Two rows of a rule that differ in the actual only, the first at or beside a place where the formula turns."""
    constants = _constants(subject)
    amounts = st.builds(lambda n, places: Fraction(n, 10**places), st.integers(1, 99_999), st.integers(0, 3))

    return st.builds(
        partial(_pair, subject, constants),
        kind=st.sampled_from(subject.kinds),
        low=st.one_of(st.sampled_from([*_TARGETS, *_shares(constants)]), amounts),
        width=st.sampled_from(_WIDTHS),
        turn=st.integers(0, _places(constants) - 1),
        grain=st.sampled_from(_GRAINS),
        beside=st.sampled_from(_BESIDE),
        steps=st.one_of(st.just(1), st.integers(2, 1000)),
    )


def plain_pairs(subject: Subject) -> Iterator[tuple[Trial, Trial]]:
    """The same in whole figures, the targets that forms print first, the rows one apart."""
    constants = _constants(subject)
    targets = (_TARGETS[0], *_shares(constants))
    places = range(_places(constants))
    for low, kind, beside, turn in product(targets, subject.kinds, _BESIDE, places):
        yield _pair(
            subject,
            constants,
            kind=kind,
            low=low,
            width=_WIDTHS[0],
            turn=turn,
            grain=_GRAINS[0],
            beside=beside,
            steps=1,
        )


def _pair(  # noqa: PLR0913 - what is drawn, by name
    subject: Subject,
    constants: tuple[Fraction, ...],
    *,
    kind: Kind,
    low: Fraction,
    width: Fraction,
    turn: int,
    grain: Fraction,
    beside: int,
    steps: int,
) -> tuple[Trial, Trial]:
    if subject.name == "execution" and low <= 0:
        low = _TARGETS[0]  # a budget is above 0, or there is no rate
    high = low + width if kind is Kind.RANGE else low
    actual = _turns(low, high, constants)[turn] // grain * grain + beside * grain
    trial = Trial(subject, kind, low, high, max(actual, Fraction(0)) if low >= 0 else actual)
    return trial, trial.at(trial.actual + Fraction(steps, trial.actual.denominator))


def _shares(constants: tuple[Fraction, ...]) -> list[Fraction]:
    return [100 * constant for constant in constants if 0 < constant < 1]


def _places(constants: tuple[Fraction, ...]) -> int:
    return len(_turns(_TARGETS[0], _TARGETS[0], constants))


def _turns(low: Fraction, high: Fraction, constants: tuple[Fraction, ...]) -> list[Fraction]:
    """Give the places, always as many: a simpler target keeps the place that was drawn."""
    turns = [low, high, Fraction(0), 2 * low, 2 * high, low / 2]
    for constant in constants:
        turns += [low * constant, high * constant, low * (2 - constant), 100 * constant]
        turns.append(low / constant if constant else low)
    return turns


@lru_cache(1024)
def _formula(rule: Rule, kind: Kind) -> tuple[Evaluator, tuple[object, ...]]:
    """Give a formula ready to run, and everything in it."""
    formula = rule.formula(kind)
    return compile_formula(formula), tuple(_parts(formula))


def _constants(subject: Subject) -> tuple[Fraction, ...]:
    """Give every number of the formulas, each once."""
    parts = [part for kind in subject.kinds for part in _formula(subject.rule, kind)[1]]
    numbers = (part for part in parts if isinstance(part, Number))
    return tuple(dict.fromkeys(Fraction(number.numerator, number.denominator) for number in numbers))


def _parts(node: object) -> Iterator[object]:
    yield node
    inside = node if isinstance(node, tuple) else ()
    kind = type(node)
    if attrs.has(kind):
        inside = tuple(getattr(node, field.name) for field in attrs.fields(kind))
    for part in inside:
        yield from _parts(part)
