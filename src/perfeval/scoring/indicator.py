"""One row: from its cells to an exact score, or the reason why there is none."""

from __future__ import annotations

__all__ = ["IndicatorScore", "score_row"]

from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.findings import Location
from perfeval.formula import Step, plain, steps
from perfeval.messages import Language
from perfeval.rulebook import RuleBook
from perfeval.rules import Banded, Kind, Proportional
from perfeval.scoring.choice import Choice, choose, direction, rule_of_kind, target_kind
from perfeval.scoring.compare import Compared, compare
from perfeval.scoring.explain import explain_indicator
from perfeval.scoring.verdict import judge
from perfeval.scoring.vocabulary import Note, Reason, Status, Verdict
from perfeval.scoring.working import (
    completion_of,
    first_reason,
    fraction_of,
    notes_of,
    score_formula,
    score_of,
    with_share,
)
from perfeval.table import Evaluation, Indicator
from perfeval.values import Comparison, Missing, MissingReason, Operator, Quantity, Target, Text, Unparsed


@attrs.frozen
class IndicatorScore:
    """The score of one indicator: exact, with what it was made of.

    ``score`` is None with a ``reason`` where there is none. ``completion``, ``verdict``, ``steps`` and
    ``explain`` are worked out when asked for, from the same formula and inputs.
    """

    indicator: Indicator
    rulebook: RuleBook = attrs.field(repr=False)
    weight: Decimal | None
    score: Decimal | None
    reason: Reason | None
    notes: tuple[Note, ...]
    choice: Choice | None
    compared: Compared | None = attrs.field(repr=False)
    origin: tuple[Evaluation, int] | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def place(self) -> Location | None:
        """Where the row was written; None where that is not known."""
        return self.origin[0].place(f"indicators[{self.origin[1]}]") if self.origin else None

    @property
    def status(self) -> Status:
        """``scored`` or ``unscorable``."""
        return Status.UNSCORABLE if self.score is None else Status.SCORED

    @property
    def rule(self) -> str | None:
        """The kind of the rule that was applied; None where none was looked for."""
        return self.choice.rule.kind if self.choice else None

    @property
    def family(self) -> str | None:
        """How a ceiling is scored (ratio, linear, cliff), where the target is one and the rule is in proportion."""
        is_ceiling = self.compared is not None and self.compared.kind is Kind.AT_MOST
        if not is_ceiling or self.choice is None or not isinstance(self.choice.rule, Proportional):
            return None
        return str(self.choice.rule.reverse)

    @property
    def printed_rule(self) -> str | None:
        """The 赋分规则 as printed."""
        return self.indicator.rule

    @property
    def completion(self) -> Decimal | None:
        """Degree of completion, 4 decimals half up; None where it is not defined (semantics §4)."""
        if self.compared is None or self.choice is None:
            return None
        return completion_of(self.choice.rule, self.compared)

    @property
    def unrounded(self) -> Fraction | None:
        """The score before rounding, exact; None where there is none."""
        if self.score is None or self.weight is None or self.choice is None or self.compared is None:
            return None
        fraction = fraction_of(self.choice.rule, self.compared)
        return None if fraction is None else fraction * Fraction(self.weight)

    @property
    def reported_score(self) -> Decimal | None:
        """The 得分 that the table prints, where it is a number."""
        cell = self.indicator.score
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    @property
    def verdict(self) -> Verdict:
        """How the reported score stands to the recomputed one."""
        return judge(self)[0]

    @property
    def verdict_by(self) -> str | None:
        """The name of the accepted family or bands that gives the reported score, for ``other-family``."""
        return judge(self)[1]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines of the calculation, each ``value = expression``; empty where there is no score."""
        if self.score is None or self.weight is None or self.choice is None or self.compared is None:
            return ()
        formula = score_formula(self.choice.rule.formula(self.compared.kind), self.rulebook.rounding)
        inputs = {**self.compared.inputs, "weight": self.weight.as_integer_ratio()}
        shown = {name: plain(pair) for name, pair in inputs.items()}
        return steps(formula, inputs, _as_printed(shown, self))

    def explain(self, lang: Language = "zh") -> str:
        """Give the score and why, in words with figures, rule, setting and basis (zh or en)."""
        return explain_indicator(self, lang)


def _as_printed(shown: dict[str, str], score: IndicatorScore) -> dict[str, str]:
    """Show figures with the digits of the table (8.90, not 8.9) where they are in the table's own unit."""
    compared = score.compared
    if compared is None:
        return shown
    if len(compared.targets) == 1 and compared.targets[0].unit == compared.unit:
        shown["target"] = f"{compared.targets[0].number:f}"
    if compared.actual is not None and compared.actual.unit == compared.unit and "actual" in shown:
        shown["actual"] = f"{compared.actual.number:f}"
    target, actual = score.indicator.target, score.indicator.actual
    shown.setdefault("target", target.text if target else "")
    shown.setdefault("actual", actual.text if actual else "")
    return shown


_VALUELESS = (
    Missing,
    Unparsed,
)  # a tuple made once: ``Missing | Unparsed`` in a hot line is a new union each time


def score_row(
    row: Indicator,
    book: RuleBook,
    year: int | None,
    origin: tuple[Evaluation, int] | None = None,
    rule_kind: str | None = None,
) -> IndicatorScore:
    """Score one row; never raises for what the row says. Source: semantics §2–§4.

    ``origin`` is the table and the number of the row in it. ``rule_kind`` is a caller's own choice of a rule
    (``direct``); UsageError if the book does not use it.
    """
    weight, weight_reason = _weight(row)
    target = row.target.value if row.target is not None else None
    actual = row.actual.value if row.actual is not None else None
    early = None
    if target is None or actual is None or isinstance(target, _VALUELESS) or isinstance(actual, Missing):
        target, actual, early = _without_value(target, actual)
    if rule_kind is None:
        choice = choose(book, row.rule, row.level1, row.level2, row.level3, target_kind(target))
    else:
        choice = rule_of_kind(book, rule_kind, target_kind(target))
    if early is not None:
        return IndicatorScore(row, book, weight, None, weight_reason or early, (), choice, None, origin)
    assumed = Operator.EQUAL
    if isinstance(target, Comparison) and target.operator is None:
        assumed = direction(book, row.level1, row.level2, row.level3)
    compared = compare(target, actual, assumed, year)
    if isinstance(choice.rule, Banded) and compared.reason is None:
        compared = with_share(compared)
    reason = weight_reason
    if reason is None and compared.reason is not None:
        reason = first_reason(choice.rule, compared)
    score = None
    if reason is None and weight is not None:
        made = score_of(choice.evaluator(compared.kind, book.rounding), compared, weight, book.rounding.step)
        score, reason = (made, None) if isinstance(made, Decimal) else (None, made)
    notes = compared.notes + notes_of(compared, choice.rule, book)
    return IndicatorScore(row, book, weight, score, reason, notes, choice, compared, origin)


def _weight(row: Indicator) -> tuple[Decimal | None, Reason | None]:
    value = row.weight.value if row.weight is not None else None
    if isinstance(value, Decimal):
        return value, None
    return None, Reason.UNPARSED_WEIGHT if isinstance(value, Unparsed) else Reason.BLANK_WEIGHT


def _without_value(target: Target | None, actual: Target | None) -> tuple[Target, Target, Reason | None]:
    """Give the reason where a cell has no value to compare, or what stands for it (无 for none, against 0)."""
    blank = Missing(MissingReason.BLANK)
    target, actual = _words_of(target or blank), _words_of(actual or blank)
    reason = None
    if Missing(MissingReason.NOT_APPLICABLE) in (target, actual):
        reason = Reason.NOT_APPLICABLE
    elif isinstance(target, Missing):
        reason = Reason.BLANK_TARGET
    elif isinstance(actual, Missing):
        zero = isinstance(target, Comparison) and target.quantity.number == 0
        if actual.reason is MissingReason.NONE and zero and isinstance(target, Comparison):
            actual = Comparison(None, Quantity(Decimal(0), target.quantity.unit))
        else:
            reason = Reason.BLANK_ACTUAL
    if reason is None and isinstance(target, Unparsed):
        reason = Reason.UNPARSED_TARGET
    return target, actual, reason


def _words_of(value: Target) -> Target:
    """新增 says something about last year only; as a target or an actual it is a word."""
    return Text(value.format()) if value == Missing(MissingReason.NEW) else value
