"""One row: from its cells to an exact score, or the reason why there is none."""

from __future__ import annotations

__all__ = ["IndicatorScore", "says_inapplicable", "score_row", "without_value"]

from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import attrs

from perfeval.findings import Location
from perfeval.formula import Step, plain, steps
from perfeval.formula.exact import Pair
from perfeval.messages import Language
from perfeval.rulebook import RuleBook
from perfeval.rules import Banded, Kind, Proportional
from perfeval.scoring.choice import Choice, choose, direction, rule_of_kind, target_kind
from perfeval.scoring.compare import Compared, compare, same_unit
from perfeval.scoring.explain import explain_indicator, settings_of
from perfeval.scoring.numbers import quotient
from perfeval.scoring.verdict import judge
from perfeval.scoring.vocabulary import Note, Reason, Status, Verdict
from perfeval.scoring.working import (
    completion_of,
    first_reason,
    formula_of,
    fraction_of,
    notes_of,
    score_formula,
    score_of,
    with_share,
)
from perfeval.table import Evaluation, Indicator
from perfeval.values import Comparison, Missing, MissingReason, Operator, Quantity, Target, Text, Unparsed


@attrs.frozen(slots=False)  # one for each row: without slots attrs makes it in half the time
class IndicatorScore:
    """The score of one indicator: exact, with what it was made of.

    ``score`` is None with a ``reason`` where there is none. Everything else (``compared``, ``notes``,
    ``completion``, ``verdict``, ``steps``, ``explain``) is worked out when asked for, from the same cells.
    """

    indicator: Indicator
    choice: Choice
    score: Decimal | None
    reason: Reason | None
    year: int | None = None
    origin: tuple[Evaluation, int] | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def rulebook(self) -> RuleBook:
        """The rule book that it was scored under."""
        return self.choice.book

    @property
    def weight(self) -> Decimal | None:
        """The 分值 in points; None where it is blank or unreadable."""
        cell = self.indicator.weight
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    @cached_property
    def compared(self) -> Compared | None:
        """Target and actual on one scale; None where one of them has no value."""
        target, actual, early = _values(self.indicator)
        return None if early else _compared(self.indicator, self.choice, (target, actual), self.year)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was assumed or is remarkable."""
        compared = self.compared
        return (
            () if compared is None else compared.notes + notes_of(compared, self.choice.rule, self.rulebook)
        )

    @property
    def place(self) -> Location | None:
        """Where the row was written; None where that is not known."""
        return self.origin[0].place(f"indicators[{self.origin[1]}]") if self.origin else None

    @property
    def status(self) -> Status:
        """``scored`` or ``unscorable``."""
        return Status.UNSCORABLE if self.score is None else Status.SCORED

    @property
    def rule(self) -> str:
        """The kind of the rule that applies."""
        return self.choice.rule.kind

    @property
    def family(self) -> str | None:
        """How a ceiling is scored (ratio, linear, cliff), where the target is one and the rule is in proportion."""
        compared, rule = self.compared, self.choice.rule
        is_ceiling = compared is not None and compared.kind is Kind.AT_MOST
        return str(rule.reverse) if is_ceiling and isinstance(rule, Proportional) else None

    @property
    def printed_rule(self) -> str | None:
        """The 赋分规则 as printed."""
        return self.indicator.rule

    @property
    def completion(self) -> Decimal | None:
        """Degree of completion, 4 decimals half up; None where it is not defined (docs/semantics.md §4)."""
        compared = self.compared
        return None if compared is None else completion_of(self.choice.rule, compared)

    @property
    def unrounded(self) -> Fraction | None:
        """The score before rounding, exact; None where there is none."""
        compared = self.compared
        if self.score is None or self.weight is None or compared is None:
            return None
        fraction = fraction_of(self.choice.rule, compared)
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
        compared = self.compared
        if self.score is None or self.weight is None or compared is None:
            return ()
        formula = score_formula(formula_of(self.choice.rule, compared.kind), self.rulebook.rounding)
        inputs = {**compared.inputs, "weight": self.weight.as_integer_ratio()}
        shown = {name: _percent(pair) if name == "share" else plain(pair) for name, pair in inputs.items()}
        return steps(formula, inputs, _as_printed(shown, compared, self.indicator))

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the settings of the rule book that the score depended on, such as ``settings.reverse``."""
        return tuple(settings_of(self))

    def explain(self, lang: Language = "zh") -> str:
        """Give the score and why, in words with figures, rule, setting and basis (zh or en)."""
        return explain_indicator(self, lang)


def _percent(share: Pair) -> str:
    return f"{quotient((100 * share[0], share[1]), 2):f}%"


def _as_printed(shown: dict[str, str], compared: Compared, row: Indicator) -> dict[str, str]:
    """Show figures with the digits of the table (8.90, not 8.9) where they are in the table's own unit."""
    if len(compared.targets) == 1 and compared.targets[0].unit == compared.unit:
        shown["target"] = f"{compared.targets[0].number:f}"
    if compared.actual is not None and compared.actual.unit == compared.unit and "actual" in shown:
        shown["actual"] = f"{compared.actual.number:f}"
    shown.setdefault("target", row.target.text if row.target else "")
    shown.setdefault("actual", row.actual.text if row.actual else "")
    return shown


def score_row(
    row: Indicator,
    book: RuleBook,
    year: int | None,
    origin: tuple[Evaluation, int] | None = None,
    rule_kind: str | None = None,
) -> IndicatorScore:
    """Score one row; never raises for what the row says. Source: docs/semantics.md §2–§4.

    ``origin`` is the table and the number of the row in it. ``rule_kind`` is a caller's own choice of a rule
    (``direct``); UsageError if the book does not use it.
    """
    target, actual, reason = _values(row)
    if rule_kind is None:
        choice = choose(book, row.rule, row.level1, row.level2, row.level3, target_kind(target))
    else:
        choice = rule_of_kind(book, rule_kind, target_kind(target))
    weight = row.weight.value if row.weight is not None else None
    score = None
    if not isinstance(weight, Decimal):
        reason = Reason.UNPARSED_WEIGHT if isinstance(weight, Unparsed) else Reason.BLANK_WEIGHT
    elif reason is None:
        kind, inputs, reason = _inputs(row, choice, target, actual, year)
        if reason is None:
            score, reason = score_of(choice.evaluator(kind), inputs, weight, book.rounding.step)
    return IndicatorScore(row, choice, score, reason, year, origin)


# A tuple made once: ``Missing | Unparsed`` in a line that runs for each row is a new union each time.
_VALUELESS = (Missing, Unparsed)


def _values(row: Indicator) -> tuple[Target, Target, Reason | None]:
    """Give target and actual, or the reason why one of them has no value."""
    target = row.target.value if row.target is not None else None
    actual = row.actual.value if row.actual is not None else None
    if target is None or actual is None or isinstance(target, _VALUELESS) or isinstance(actual, Missing):
        return without_value(target, actual)
    return target, actual, None


def _inputs(
    row: Indicator, choice: Choice, target: Target, actual: Target, year: int | None
) -> tuple[Kind, dict[str, Pair], Reason | None]:
    """Give the kind and the inputs of the formula, or the reason why there are none."""
    if (
        type(target) is Comparison
        and type(actual) is Comparison
        and target.quantity.unit is actual.quantity.unit
        and type(choice.rule) is not Banded
    ):  # nine rows of ten: two numbers in one unit need nothing else
        assumed = target.operator or direction(choice.book, row.level1, row.level2, row.level3)
        return *same_unit(target, actual, assumed), None
    compared = _compared(row, choice, (target, actual), year)
    reason = None if compared.reason is None else first_reason(choice.rule, compared)
    return compared.kind, compared.inputs, reason


def _compared(row: Indicator, choice: Choice, values: tuple[Target, Target], year: int | None) -> Compared:
    target, actual = values
    assumed = Operator.EQUAL
    if isinstance(target, Comparison) and target.operator is None:
        assumed = direction(choice.book, row.level1, row.level2, row.level3)
    compared = compare(target, actual, assumed, year)
    return with_share(compared) if isinstance(choice.rule, Banded) and compared.reason is None else compared


def without_value(target: Target | None, actual: Target | None) -> tuple[Target, Target, Reason | None]:
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


def says_inapplicable(row: Indicator) -> bool:
    """Say whether a row says 不适用, as its target or as its actual."""
    cells = (row.target, row.actual)
    return any(cell is not None and cell.value == Missing(MissingReason.NOT_APPLICABLE) for cell in cells)


def _words_of(value: Target) -> Target:
    """新增 says something about last year only; as a target or an actual it is a word."""
    return Text(value.format()) if value == Missing(MissingReason.NEW) else value
