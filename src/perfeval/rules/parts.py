"""What the rules share: the kinds of comparison, and the parts their formulas are built of."""

from __future__ import annotations

__all__ = [
    "ACTUAL",
    "DEGREE",
    "HIGH",
    "LOW",
    "ONE",
    "SHARE",
    "TARGET",
    "ZERO",
    "Equality",
    "Kind",
    "Reverse",
    "Rule",
    "Share",
    "ZeroUnderCeiling",
    "asserted",
    "completion_of_numbers",
    "guarded",
    "met",
    "number",
    "shortfall",
    "timed",
]

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, NewType, Protocol

from perfeval.formula.nodes import (
    Because,
    Branch,
    Case,
    Compare,
    Divide,
    Greatest,
    Input,
    Multiply,
    Node,
    Number,
    Refuse,
    Subtract,
)
from perfeval.messages import Wording

TARGET, ACTUAL, LOW, HIGH = Input("target"), Input("actual"), Input("low"), Input("high")
SHARE, DEGREE = Input("share"), Input("degree")
ZERO, ONE = Number(0), Number(1)


Share = NewType("Share", Decimal)
"""A fraction of one; TOML may write it ``"0.8"`` or ``"80%"``."""


class Kind(StrEnum):
    """What is compared with what; a rule has one formula for each."""

    AT_LEAST = "at-least"
    EQUAL = "equal"
    AT_MOST = "at-most"
    RANGE = "range"
    DEADLINE = "deadline"  # degree: 1 met, 0 missed
    ASSERTED = "asserted"  # a text target, and words that say done (degree 1) or not done (0)
    DEGREE = "degree"  # a text target, and a percentage for an actual
    UNCLEAR = "unclear"  # a text target or a deadline, and words that only a person can judge


class Reverse(StrEnum):
    """How a ceiling that is exceeded is scored (A1 of the field notes)."""

    RATIO = "ratio"  # T ÷ A
    LINEAR = "linear"  # (2T − A) ÷ T, 0 from 2T on
    CLIFF = "cliff"  # 0


class Equality(StrEnum):
    """How ``=`` is read (A6)."""

    AT_LEAST = "at-least"
    EXACT = "exact"


class ZeroUnderCeiling(StrEnum):
    """What an actual of 0 under a ceiling earns (A8)."""

    FULL = "full"
    ZERO = "zero"
    UNSCORABLE = "unscorable"


class Rule(Hashable, Protocol):
    """A scoring rule: for each kind of comparison, a formula of the fraction of the weight.

    ``kind`` is its tag in TOML. A formula may use the inputs of ``perfeval.formula.nodes`` except
    ``weight``: the score is weight × fraction, rounded and clamped by the rule book, so that every rule
    is linear in the weight. ``breaks`` names the laws that the rule breaks on purpose, and why.
    """

    kind: ClassVar[str]

    def formula(self, kind: Kind) -> Node:
        """Give the fraction of the weight; Refuse nodes hold the reason where there is none."""
        ...

    def completion(self, kind: Kind) -> Node:
        """Give the degree of completion; Refuse where it is not defined."""
        ...

    def breaks(self) -> Mapping[str, Wording]:
        """Give the laws (by name) that this rule breaks on purpose, with the reason."""
        ...


Missed = Callable[[Kind, Input], Node]
"""What a target that is not met gives, for the kind and the input that holds the bound."""


def number(value: Decimal) -> Number:
    """Give a decimal as a node."""
    return Number(*value.as_integer_ratio())


def met(
    kind: Kind,
    missed: Missed,
    *,
    full: Node = Because("met", ONE),  # noqa: B008 - a frozen value
    equality: Equality = Equality.AT_LEAST,
    zero_under_ceiling: ZeroUnderCeiling = ZeroUnderCeiling.FULL,
) -> Node:
    """Give full marks where a target of numbers is met, and what ``missed`` builds where it is not.

    Source: docs/semantics.md §4. ``full`` replaces full marks for a floor that is met (a ladder).
    """
    if kind is Kind.RANGE:
        below = Branch(Compare("<", ACTUAL, LOW), missed(Kind.AT_LEAST, LOW))
        above = Branch(Compare(">", ACTUAL, HIGH), missed(Kind.AT_MOST, HIGH))
        return Case((below, above), Because("in-range", ONE))
    otherwise = missed(kind, TARGET)
    if kind is Kind.AT_MOST:
        kept = Branch(Compare("<=", ACTUAL, TARGET), _under_ceiling(zero_under_ceiling))
        return Case((kept,), otherwise)
    floor = Branch(Compare(">=", ACTUAL, TARGET), full)
    if kind is Kind.AT_LEAST:
        return Case((floor,), otherwise)
    at_zero = Case((Branch(Compare("<=", ACTUAL, ZERO), Because("within", ONE)),), otherwise)
    exactly = Branch(Compare("=", ACTUAL, TARGET), Because("exactly", ONE))
    upper = exactly if equality is Equality.EXACT else floor
    return Case((Branch(Compare("=", TARGET, ZERO), at_zero), upper), otherwise)


def _under_ceiling(setting: ZeroUnderCeiling) -> Node:
    within = Because("within", ONE)
    if setting is ZeroUnderCeiling.FULL:
        return within
    nothing = ZERO if setting is ZeroUnderCeiling.ZERO else Refuse("needs-judgement")
    below = Branch(Compare("<", ACTUAL, TARGET), Because("zero-under-ceiling", nothing))
    return Case((Branch(Compare("=", ACTUAL, ZERO), Case((below,), within)),), within)


def shortfall(kind: Kind, bound: Input, *, reverse: Reverse, equality: Equality = Equality.AT_LEAST) -> Node:
    """Give the fraction for a target that is missed, in proportion; the bound is above 0."""
    if kind is Kind.AT_MOST:
        if reverse is Reverse.RATIO:
            return Divide(bound, ACTUAL)
        if reverse is Reverse.LINEAR:
            return Greatest(ZERO, Divide(Subtract(Multiply(Number(2), bound), ACTUAL), bound))
        return ZERO
    if kind is Kind.EQUAL and equality is Equality.EXACT:
        distance = Greatest(Subtract(ACTUAL, bound), Subtract(bound, ACTUAL))
        return Greatest(ZERO, Subtract(ONE, Divide(distance, bound)))
    return Greatest(ZERO, Divide(ACTUAL, bound))


def timed(missed: Node) -> Node:
    """Give full marks for a deadline that is met, and ``missed`` for one that is not."""
    return Case((Branch(Compare(">=", DEGREE, ONE), Because("in-time", ONE)),), missed)


def asserted(missed: Node) -> Node:
    """Give full marks for words that say done, and ``missed`` for words that say not done."""
    return Case((Branch(Compare(">=", DEGREE, ONE), Because("asserted", ONE)),), missed)


def guarded(bound: Input, then: Node, *, pass_line: Decimal | None = None, completion: Node = ONE) -> Node:
    """Keep a shortfall to bounds above 0: 0 gives nothing, a negative one has no ratio (negative-target)."""
    branches = [
        Branch(Compare("<", bound, ZERO), Refuse("negative-target")),
        Branch(Compare("=", bound, ZERO), Because("none", ZERO)),
    ]
    if pass_line is not None:
        branches.append(Branch(Compare("<", completion, number(pass_line)), Because("below-pass-line", ZERO)))
    return Case(tuple(branches), then)


def completion_of_numbers(kind: Kind, reverse: Reverse) -> Node:
    """Give A ÷ T, T ÷ A or 1 − (A − T) ÷ T as the kind asks; 1 for a ceiling kept (docs/semantics.md §4)."""

    def missed(missed_kind: Kind, bound: Input) -> Node:
        fraction = shortfall(missed_kind, bound, reverse=reverse)
        if kind is Kind.RANGE:  # 1 or 0; a range that is missed in part has no completion
            fraction = Case((Branch(Compare("=", fraction, ZERO), ZERO),), Refuse("undefined"))
        return guarded(bound, fraction)

    if kind in (Kind.AT_LEAST, Kind.EQUAL):
        ratio = Branch(Compare(">", TARGET, ZERO), Greatest(ZERO, Divide(ACTUAL, TARGET)))
        return Case((ratio,), met(kind, missed))
    return met(kind, missed)
