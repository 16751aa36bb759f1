"""What checks of scores share: facts of a row, whether its target is missed, and which check speaks of which row."""

from __future__ import annotations

__all__ = [
    "SILENT_REASONS",
    "above_weight",
    "facts_of",
    "has_reason",
    "is_band_value",
    "is_full",
    "is_missed_in_full",
    "is_partial_direct",
    "is_unfit",
    "is_zero_kept",
    "misses_target",
    "printed_rule",
    "says_nothing",
    "stated",
]

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from perfeval.auditing.subject import Row
from perfeval.formula import round_pair
from perfeval.rulebook import satisfaction_rule
from perfeval.rules import Banded, Direct, Equality, Graded, Kind, Proportional, Stated, ZeroUnderCeiling
from perfeval.scoring import Note, Reason, Verdict
from perfeval.scoring.words import Statement, statements
from perfeval.values import Comparison, Missing, Range, Text, parse_target, squash

_DIGITS = frozenset("0123456789")  # Chinese numerals before a unit are read; the 一 of 进一步 is none
_RULES_OF_ROWS = (Proportional, Direct, Graded, Stated)


def facts_of(row: Row, **more: object) -> Mapping[str, object]:
    """Give the cells of a row as printed, and what else is to be said."""
    cells = row.indicator
    return {
        "name": cells.level3 or cells.level2 or "",
        "target": cells.target or "",
        "actual": cells.actual or "",
        "weight": cells.weight or "",
        "reported": cells.score or "",
        **more,
    }


def printed_rule(row: Row) -> str:
    """Give the 赋分规则 without white space; a dash or slash is nothing printed."""
    return _printed(row.indicator.rule or "")


@lru_cache(1024)  # forms print the same four rules
def _printed(text: str) -> str:
    return "" if not text or isinstance(parse_target(text), Missing) else squash(text)


@lru_cache(4096)  # rows name the same few papers: 统计报表, 验收单
def says_nothing(text: str) -> bool:
    """Say whether a cell of words is empty, a dash, 无."""
    return isinstance(parse_target(text), Missing)


def has_reason(row: Row) -> bool:
    """Say whether the 偏差原因 of the row itself holds words."""
    text = row.indicator.deviation
    return text is not None and not isinstance(parse_target(text), Missing)


def above_weight(row: Row) -> bool:
    """Say whether more is reported than the row weighs."""
    return row.weight is not None and row.reported is not None and row.reported > row.weight >= 0


def is_full(row: Row) -> bool:
    """Say whether the reported score is the whole weight, or a step of rounding below it."""
    weight, reported = row.weight, row.reported
    if weight is None or reported is None or not 0 < reported <= weight:
        return False
    step = row.scored.rulebook.rounding.step
    return reported == weight or Fraction(weight) - Fraction(step) <= Fraction(reported)


def misses_target(row: Row) -> bool:
    """Say whether the actual misses its target in value, by any reading; words decide nothing here."""
    compared = row.compared
    if (
        compared is None
        or compared.reason is not None
        or not isinstance(row.scored.choice.rule, _RULES_OF_ROWS)
    ):
        return False
    notes = row.scored.notes
    if Note.ACTUAL_INEQUALITY in notes:  # ≥85% against ≥90% may be met
        return False
    # Where a score was made, the verdict has tried the other direction; without one nobody has.
    if Note.DIRECTION_ASSUMED in notes and row.scored.score is None:
        return False
    values = {name: Fraction(*pair) for name, pair in compared.inputs.items()}
    return _misses(row, compared.kind, values)


def _misses(row: Row, kind: Kind, values: Mapping[str, Fraction]) -> bool:
    if kind is Kind.DEADLINE:
        return values["degree"] < 1
    if kind is Kind.RANGE:
        return not values["low"] <= values["actual"] <= values["high"]
    if "target" not in values or "actual" not in values:
        return False
    target, actual = values["target"], values["actual"]
    if kind is Kind.AT_MOST:
        return actual > target
    if kind is Kind.EQUAL and target == 0:
        return actual > 0
    rule = row.scored.choice.rule
    exact = isinstance(rule, Proportional | Direct) and rule.equality is Equality.EXACT
    return actual != target if kind is Kind.EQUAL and exact else actual < target


_EXPLAINED = (
    Verdict.OTHER_DIRECTION,
    Verdict.OTHER_FAMILY,
    Verdict.EQUAL,
    Verdict.BELOW,
    Verdict.NOT_REPORTED,
)


def is_missed_in_full(row: Row) -> bool:
    """Say whether a target is missed in value and full marks are reported all the same."""
    return row.verdict not in _EXPLAINED and is_full(row) and misses_target(row)


def is_zero_kept(row: Row) -> bool:
    """Say whether 0 under a ceiling was reported as 0 points or full, where the rule book leaves it open."""
    compared = row.compared
    if compared is None or compared.kind is not Kind.AT_MOST or row.reported is None or not row.weight:
        return False
    if (
        "actual" not in compared.inputs
        or compared.inputs["actual"][0] != 0
        or compared.inputs["target"][0] <= 0
    ):
        return False
    if row.scored.rulebook.settings.zero_under_ceiling is ZeroUnderCeiling.ZERO:
        return False
    is_spending = row.is_cost and compared.unit.dimension.partition("/")[0] == "money"
    # 0 complaints, 0 accidents in full are what is wanted; only money not spent is in question then.
    return row.reported == 0 or (row.reported == row.weight and is_spending)


def is_partial_direct(row: Row) -> bool:
    """Say whether 直接赋分 is printed and the reported score is neither nothing nor all."""
    weight, reported = row.weight, row.reported
    if not isinstance(row.scored.choice.rule, Direct) or weight is None or reported is None:
        return False
    printed = printed_rule(row)
    is_plain = bool(printed) and "比例" not in printed
    return 0 < reported < weight and is_plain and not is_full(row)


def is_unfit(row: Row) -> bool:
    """Say whether the printed rule cannot be applied to the target: grades to a number, a proportion to words."""
    cell, choice = row.indicator.target, row.scored.choice
    if cell is None:
        return False
    if isinstance(choice.rule, Graded):
        printed = printed_rule(row) if isinstance(cell.value, Comparison | Range) else ""
        return bool(printed) and "满意" not in printed and "比例" not in printed
    if (
        not isinstance(choice.rule, Proportional)
        or choice.is_satisfaction
        or not isinstance(cell.value, Text)
    ):
        return False
    # Words with a figure in them may hold a number that was not read.
    return bool(printed_rule(row)) and not _DIGITS.intersection(cell.value.text)


def stated(row: Row) -> tuple[tuple[Statement, Fraction, Fraction], ...]:
    """Give the statements that the words of an actual can be taken for, each with its band; none if unclear."""
    rule, compared = row.scored.choice.rule, row.compared
    if not isinstance(rule, Graded) or compared is None or compared.words is None or not row.weight:
        return ()
    equals = compared.kind is Kind.ASSERTED and row.scored.score is not None
    weight, step = Fraction(row.weight), row.scored.rulebook.rounding.step.as_integer_ratio()
    mode = row.scored.rulebook.rounding.mode
    edges = [weight * Fraction(edge) for edge in rule.bands]
    high, low = (Fraction(*round_pair(edge.numerator, edge.denominator, step, mode)) for edge in edges)
    bands = {
        Statement.ACHIEVED: (high, weight),
        Statement.PARTLY: (low, high),
        Statement.NOT: (Fraction(0), low),
    }
    return tuple((made, *bands[made]) for made in statements(compared.words, equals_target=equals))


def is_band_value(row: Row) -> bool | None:
    """Say whether a satisfaction score is the value of a band of the book, own or accepted; None without bands."""
    book = row.scored.rulebook
    if not row.scored.choice.is_satisfaction or not row.weight or row.reported is None:
        return None
    rules = [
        book.satisfaction_rule,
        *(satisfaction_rule(book, setting) for setting in book.accept.satisfaction),
    ]
    factors = [band.factor for rule in rules if isinstance(rule, Banded) for band in rule.bands]
    if not factors:
        return None
    weight, reported, step = (Fraction(n) for n in (row.weight, row.reported, book.rounding.step))
    return reported == 0 or any(abs(weight * Fraction(factor) - reported) <= step for factor in factors)


SILENT_REASONS = (Reason.NOT_APPLICABLE, Reason.BLANK_ACTUAL)
"""Reasons for no score of which another check speaks, or nobody needs to."""
