"""The parts of scoring a row: a rule's formulas made ready, bands' shares, reasons and notes."""

from __future__ import annotations

__all__ = [
    "completion_formula",
    "completion_of",
    "first_reason",
    "formula_of",
    "fraction_of",
    "notes_of",
    "score_formula",
    "score_of",
    "with_share",
]

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from perfeval.formula import Node, Refused, compile_formula
from perfeval.formula.exact import Evaluator, Pair
from perfeval.formula.nodes import Greatest, Input, Label, Least, Multiply, Number, Refuse, Round
from perfeval.rulebook import Rounding, RuleBook
from perfeval.rules import Banded, Direct, Equality, Kind, Proportional, Rule, Stated
from perfeval.scoring.compare import Compared
from perfeval.scoring.numbers import decimal_of, quotient
from perfeval.scoring.vocabulary import PRIORITY, Note, Reason
from perfeval.values import DEFAULT_UNITS

_RATE_STEP = Number(1, 10_000)  # 0.01 % of the weight, where the book rounds the rate first


def score_formula(fraction: Node, rounding: Rounding) -> Node:
    """Give the formula of a score: weight × fraction, rounded once, then clamped to [0, weight]."""
    if rounding.rate_first:
        fraction = Label("rate", Round(fraction, _RATE_STEP, rounding.mode))
    step = Number(*rounding.step.as_integer_ratio())
    weighted = Round(Multiply(Input("weight"), fraction), step, rounding.mode)
    return Label("score", Least(Greatest(weighted, Number(0)), Input("weight")))


@lru_cache(1024)  # a handful of rules and kinds for each book
def formula_of(rule: Rule, kind: Kind) -> Node:
    """Give the formula of the fraction of the weight."""
    return rule.formula(kind)


@lru_cache(1024)
def completion_formula(rule: Rule, kind: Kind) -> Node:
    """Give the formula of the degree of completion."""
    return rule.completion(kind)


def score_evaluator(rule: Rule, kind: Kind, rounding: Rounding) -> Evaluator:
    """Give the formula of the rounded score, ready to run."""
    return compile_formula(score_formula(formula_of(rule, kind), rounding))


def fraction_of(rule: Rule, compared: Compared) -> Fraction | None:
    """Give the fraction of the weight that a rule gives, before rounding; None where it refuses."""
    try:
        return Fraction(*compile_formula(formula_of(rule, compared.kind))(compared.inputs))
    except Refused:
        return None


def score_of(
    evaluator: Evaluator, inputs: dict[str, Pair], weight: Decimal, step: Decimal
) -> tuple[Decimal | None, Reason | None]:
    """Give the rounded score, or the reason why the rule refuses one. Puts the weight into ``inputs``."""
    inputs["weight"] = weight.as_integer_ratio()
    try:
        return decimal_of(evaluator(inputs), step), None
    except Refused as refusal:
        return None, Reason(refusal.reason)


def completion_of(rule: Rule, compared: Compared) -> Decimal | None:
    """Give the degree of completion, 4 decimals half up; None where it is not defined."""
    if not compared.inputs:
        return None
    try:
        return quotient(compile_formula(completion_formula(rule, compared.kind))(compared.inputs), 4)
    except Refused:
        return None


def first_reason(rule: Rule, compared: Compared) -> Reason | None:
    """Give the first by priority of what the comparison and the rule have against a score."""
    reasons = [compared.reason]
    if isinstance(rule, Stated):
        reasons.append(Reason.NO_RULE)
    else:
        reasons.append(_refusal(rule, compared.kind))
    return min((reason for reason in reasons if reason), key=PRIORITY.index)


def _refusal(rule: Rule, kind: Kind) -> Reason | None:
    """Give what a rule says to a kind of comparison that it never scores."""
    formula = formula_of(rule, kind)
    return Reason(formula.reason) if isinstance(formula, Refuse) else None


def with_share(compared: Compared) -> Compared:
    """Give bands the actual as a fraction of one; they need a percentage (docs/semantics.md §4)."""
    if "actual" not in compared.inputs:
        return compared
    n, d = compared.inputs["actual"]
    unit, notes = compared.unit, compared.notes
    if unit.is_bare:
        # A bare number against the bands' per cent: 0 is 0, from 2 on it is per cent, between it is ambiguous.
        if n and abs(n) < 2 * d:
            return compared._replace(inputs={}, reason=Reason.UNIT_AMBIGUOUS)
        unit, notes = DEFAULT_UNITS.names["%"], (*notes, Note.UNIT_ASSUMED)
    elif not unit.is_percent:
        return compared._replace(inputs={}, reason=Reason.UNIT_MISMATCH)
    share = n * unit.numerator, d * unit.denominator
    return compared._replace(inputs={**compared.inputs, "share": share}, notes=notes)


def notes_of(compared: Compared, rule: Rule, book: RuleBook) -> tuple[Note, ...]:
    """Give what is remarkable about the two numbers."""
    inputs, kind = compared.inputs, compared.kind
    if "target" not in inputs or isinstance(rule, Banded):
        return ()
    (t, t_by), (a, a_by) = inputs["target"], inputs["actual"]
    if kind is Kind.AT_MOST:
        return (Note.ZERO_UNDER_CEILING,) if a == 0 and t > 0 else ()
    found, wanted = a * t_by, t * a_by
    if found <= wanted:
        return ()
    notes: tuple[Note, ...] = ()
    exact = isinstance(rule, Proportional | Direct) and rule.equality is Equality.EXACT
    if kind is Kind.EQUAL and t != 0 and not exact:
        notes += (Note.EXCEEDS_EQUALITY,)
    marks = book.settings.over_achievement
    if marks and t > 0:
        mark, mark_by = marks[0].as_integer_ratio()
        if found * mark_by >= wanted * mark:
            notes += (Note.OVER_ACHIEVED,)
    return notes
