"""预算执行率: which row of the money is the total, what it weighs, and its score (docs/semantics.md §4, execution)."""

from __future__ import annotations

__all__ = ["ExecutionScore", "has_execution_row", "score_amounts", "score_funding", "total_row"]

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import attrs

from perfeval.findings import Location
from perfeval.formula import Step, plain, steps
from perfeval.formula.exact import Pair
from perfeval.messages import Language
from perfeval.rulebook import RuleBook
from perfeval.rules import Kind
from perfeval.scoring.choice import execution_choice
from perfeval.scoring.compare import Compared
from perfeval.scoring.explain import explain_execution
from perfeval.scoring.numbers import quotient, total_of
from perfeval.scoring.verdict import Trial, judge_score
from perfeval.scoring.vocabulary import Note, Reason, Status, Verdict
from perfeval.scoring.working import completion_of, formula_of, fraction_of, score_formula, score_of
from perfeval.table import AmountCell, Evaluation, Funding, NumberCell
from perfeval.table.money import first_unit, unit_of_money, whole_unit
from perfeval.values import Missing, Quantity, Unit, Unparsed, squash

_NOTES = re.compile(r"[(\[【〔].*?[)\]】〕]|[:,;、。—-]")
_TOTAL = re.compile(r"(?:总额|总金额|合计|总计)$")
_SUBTOTAL = re.compile(r"预算|小计")
_WHOLE_OF_OTHERS = re.compile(r"财政(?:拨款|资金)")
_PART_OF_ANOTHER = re.compile(r"^(?:一般公共预算|政府性基金|国有资本经营|社会保险基金)")


Amount = tuple[Quantity | None, Reason | None]


@attrs.frozen(slots=False)  # made as often as an IndicatorScore
class ExecutionScore:
    """The score of the execution rate, with what it was made of; amounts in the table's unit."""

    rulebook: RuleBook = attrs.field(repr=False)
    weight: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    score: Decimal | None
    reason: Reason | None
    notes: tuple[Note, ...] = ()
    reported_rate: str | None = None
    reported_score: Decimal | None = None
    place: Location | None = attrs.field(default=None, eq=False)

    @property
    def compared(self) -> Compared | None:
        """Budget and executed as the inputs of a formula; None where there is no rate."""
        if self.budget is None or self.executed is None or self.budget <= 0 or self.executed < 0:
            return None
        return Compared(Kind.AT_LEAST, _inputs(self.budget, self.executed))

    @property
    def status(self) -> Status:
        """``scored`` or ``unscorable``."""
        return Status.UNSCORABLE if self.score is None else Status.SCORED

    @property
    def rule(self) -> str:
        """The kind of the rule of execution."""
        return self.rulebook.execution.rule.kind

    @property
    def rate(self) -> str | None:
        """E ÷ B as forms print it: 0.01 % half up, not capped, such as ``88.01%``."""
        if self.budget is None or self.executed is None or self.budget <= 0:
            return None
        (e, e_by), (b, b_by) = self.executed.as_integer_ratio(), self.budget.as_integer_ratio()
        return f"{quotient((100 * e * b_by, e_by * b), 2):f}%"

    @property
    def completion(self) -> Decimal | None:
        """E ÷ B capped at 1, or the band's factor; 4 decimals half up."""
        compared = self.compared
        found = None if compared is None else completion_of(self.rulebook.execution.rule, compared)
        return None if found is None else min(found, Decimal("1.0000"))

    @property
    def unrounded(self) -> Fraction | None:
        """The score before rounding, exact; None where there is none."""
        compared = self.compared
        if self.score is None or self.weight is None or compared is None:
            return None
        fraction = fraction_of(self.rulebook.execution.rule, compared)
        return None if fraction is None else fraction * Fraction(self.weight)

    @property
    def verdict(self) -> Verdict:
        """How the reported score stands to the recomputed one."""
        if self.reported_score is None:
            return Verdict.NOT_REPORTED
        unrounded = self.unrounded
        if self.score is None or not self.weight or unrounded is None:
            return Verdict.EQUAL if self.score == self.reported_score else Verdict.UNSCORABLE
        weight = Fraction(self.weight)
        trial = Trial(weight, unrounded / weight, self.score, self.rulebook.rounding)
        return judge_score(trial, self.reported_score)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines of the calculation; empty where there is no score."""
        compared = self.compared
        if self.score is None or self.weight is None or compared is None:
            return ()
        formula = score_formula(
            formula_of(self.rulebook.execution.rule, Kind.AT_LEAST), self.rulebook.rounding
        )
        inputs = {**compared.inputs, "weight": self.weight.as_integer_ratio()}
        shown = {name: plain(pair) for name, pair in inputs.items()}
        shown |= {"target": f"{self.budget:f}", "actual": f"{self.executed:f}", "share": self.rate or ""}
        return steps(formula, inputs, shown)

    def explain(self, lang: Language = "zh") -> str:
        """Give the score and why, in words with figures, setting and basis (zh or en)."""
        return explain_execution(self, lang)


def score_funding(table: Evaluation, book: RuleBook, row_weights: Decimal) -> ExecutionScore:
    """Score the execution rate of a table; ``row_weights`` is the sum of the indicators' weights."""
    if not table.funding:
        return ExecutionScore(book, None, None, None, None, Reason.NO_FUNDING)
    index, notes = total_row(table.funding)
    total = table.funding[index]
    weight, weight_reason = _weight(table, book, row_weights, index)
    budget, executed, more = _amounts(table.funding, index, unit_of_money(table))
    made = _score(book, weight, weight_reason, budget, executed)
    return ExecutionScore(
        book,
        weight,
        *made,
        notes=(*notes, *more, *_over(budget, executed)),
        reported_rate=total.rate,
        reported_score=_reported_score((total, *table.funding)),
        place=table.place(f"funding[{index}]"),
    )


def score_amounts(
    budget: AmountCell | None,
    executed: AmountCell | None,
    weight: Decimal,
    book: RuleBook,
    reported: NumberCell | None = None,
) -> ExecutionScore:
    """Score one budget and one executed amount; a unit that only one of them has is taken for both."""
    unit = first_unit([budget, executed])
    budget_amount = _amount(budget, unit, Reason.BLANK_BUDGET, Reason.UNPARSED_BUDGET)
    executed_amount = _amount(executed, unit, Reason.BLANK_EXECUTED, Reason.UNPARSED_EXECUTED)
    printed = reported.value if reported is not None else None
    return ExecutionScore(
        book,
        weight,
        *_score(book, weight, None, budget_amount, executed_amount),
        notes=_over(budget_amount, executed_amount),
        reported_score=printed if isinstance(printed, Decimal) else None,
    )


Scored = tuple[Decimal | None, Decimal | None, Decimal | None, Reason | None]
"""Budget, executed, score, reason."""


def _score(
    book: RuleBook, weight: Decimal | None, weight_reason: Reason | None, budget: Amount, executed: Amount
) -> Scored:
    (b, budget_reason), (e, executed_reason) = budget, executed
    reason = weight_reason
    if reason is None and (budget_reason or executed_reason):
        reason = min((found for found in (budget_reason, executed_reason) if found), key=_ORDER.index)
    if reason is not None or weight is None or b is None or e is None:
        return b.number if b else None, e.number if e else None, None, reason
    if b.number <= 0 or e.number < 0:
        negative = b.number < 0 or e.number < 0
        return b.number, e.number, None, Reason.NEGATIVE_AMOUNT if negative else Reason.ZERO_BUDGET
    evaluator = execution_choice(book).evaluator(Kind.AT_LEAST)
    score, reason = score_of(evaluator, _inputs(b.number, e.number), weight, book.rounding.step)
    return b.number, e.number, score, reason


def _inputs(budget: Decimal, executed: Decimal) -> dict[str, Pair]:
    (b, b_by), (e, e_by) = budget.as_integer_ratio(), executed.as_integer_ratio()
    return {"target": (b, b_by), "actual": (e, e_by), "share": (e * b_by, e_by * b)}


def _over(budget: Amount, executed: Amount) -> tuple[Note, ...]:
    b, e = budget[0], executed[0]
    return (Note.OVER_EXECUTED,) if b and e and e.number > b.number > 0 else ()


_ORDER = (Reason.BLANK_BUDGET, Reason.BLANK_EXECUTED, Reason.UNPARSED_BUDGET, Reason.UNPARSED_EXECUTED)


def total_row(rows: tuple[Funding, ...]) -> tuple[int, tuple[Note, ...]]:
    """Give the number of the total funding row, and a note where it had to be assumed (docs/semantics.md §4)."""
    if len(rows) == 1:
        return 0, ()
    labels = [_label(row.label) for row in rows]
    for index, label in enumerate(labels):
        if _TOTAL.search(label):
            return index, ()
    for index, label in enumerate(labels):
        if not label.startswith("其中") and _SUBTOTAL.search(label):
            return index, ()
    return 0, (Note.TOTAL_ROW_ASSUMED,)


@lru_cache(1024)  # forms print the same few labels
def _label(text: str | None) -> str:
    """Give a label without colons, brackets, blanks and notes."""
    return _NOTES.sub("", squash(text or ""))


def _weight(
    table: Evaluation, book: RuleBook, row_weights: Decimal, index: int
) -> tuple[Decimal | None, Reason | None]:
    """Give what the execution rate weighs: as printed, else the book's unless the rows alone make up the sum."""
    rows = [table.funding[index], *table.funding[:index], *table.funding[index + 1 :]]
    for row in rows:
        printed = row.weight.value if row.weight else None
        if isinstance(printed, Decimal):
            return (None, Reason.UNPARSED_WEIGHT) if printed > book.execution.most_weight else (printed, None)
    unreadable = any(row.weight is not None and isinstance(row.weight.value, Unparsed) for row in rows)
    if unreadable:
        return None, Reason.UNPARSED_WEIGHT
    if row_weights >= book.weights.sum or has_execution_row(table, book):
        return None, Reason.NOT_APPLICABLE
    return book.execution.weight, None


def has_execution_row(table: Evaluation, book: RuleBook) -> bool:
    """Say whether an indicator with a weight is itself the execution rate, so that the money is not scored again."""
    return any(
        row.weight is not None
        and isinstance(row.weight.value, Decimal)
        and any(name in squash(row.level3 or "") for name in book.execution.rows)
        for row in table.indicators
    )


def _reported_score(rows: tuple[Funding, ...]) -> Decimal | None:
    """Give the first printed score; the total row comes first."""
    values = (row.score.value for row in rows if row.score is not None)
    return next((value for value in values if isinstance(value, Decimal)), None)


def _amounts(rows: tuple[Funding, ...], index: int, unit: Unit) -> tuple[Amount, Amount, tuple[Note, ...]]:
    """Give budget and executed of the total row, or the sum of its parts where the total row is empty."""
    total = rows[index]
    # The form has no adjusted column: its only budget column is the budget.
    no_adjusted = total.adjusted is None and all(row.adjusted is None for row in rows)
    initial_only = no_adjusted and any(row.initial is not None for row in rows)
    notes: tuple[Note, ...] = (Note.BUDGET_COLUMN_ASSUMED,) if initial_only else ()
    budget, executed = _amounts_of(total, unit, initial_only=initial_only)
    if _is_nothing(total.adjusted) and _is_nothing(total.executed) and _is_nothing(total.initial):
        parts = [_amounts_of(part, unit, initial_only=initial_only) for part in _parts(rows, index)]
        sums = [_sum([part[column] for part in parts]) for column in (0, 1)]
        if any(amount is not None and amount.number != 0 for amount, _ in sums):
            budget, executed = (
                found if found != (None, None) else own
                for found, own in zip(sums, (budget, executed), strict=True)
            )
            notes = (*notes, Note.TOTAL_ROW_EMPTY)
    return budget, executed, notes


def _parts(rows: tuple[Funding, ...], index: int) -> list[Funding]:
    """Give the direct parts of the total: not a second 其中, and not the 一般公共预算 ... of 财政拨款 above it."""
    parts: list[Funding] = []
    for row in (row for place, row in enumerate(rows) if place != index):
        label = squash(row.label or "")
        inside = any(_WHOLE_OF_OTHERS.search(squash(part.label or "")) for part in parts)
        nested = parts and (label.startswith("其中") or (inside and _PART_OF_ANOTHER.match(label)))
        if not nested and not _TOTAL.search(_label(row.label)):
            parts.append(row)
    return parts


def _amounts_of(row: Funding, unit: Unit, *, initial_only: bool) -> tuple[Amount, Amount]:
    budget = row.initial if initial_only else row.adjusted
    return (
        _amount(budget, unit, Reason.BLANK_BUDGET, Reason.UNPARSED_BUDGET),
        _amount(row.executed, unit, Reason.BLANK_EXECUTED, Reason.UNPARSED_EXECUTED),
    )


def _amount(cell: AmountCell | None, unit: Unit, blank: Reason, unparsed: Reason) -> Amount:
    """Give an amount in the heading's unit; its own unit wins over the heading (5.8万 under 万元 is 5.8)."""
    value = cell.value if cell is not None else None
    if value is None or isinstance(value, Missing):
        return None, blank
    if isinstance(value, Unparsed):
        return None, unparsed
    if value.unit.is_absent:
        return value, None
    pair = value.with_unit(whole_unit(value.unit)).in_unit(unit)
    return Quantity(Decimal(plain(pair))), None


def _is_nothing(cell: AmountCell | None) -> bool:
    if cell is None or isinstance(cell.value, Missing):
        return True
    return isinstance(cell.value, Quantity) and cell.value.number == 0


def _sum(amounts: list[Amount]) -> Amount:
    """Add up the parts; a blank one adds nothing, an unreadable one leaves no sum."""
    unreadable = {Reason.UNPARSED_BUDGET, Reason.UNPARSED_EXECUTED}
    for _, reason in amounts:
        if reason in unreadable:
            return None, reason
    known = [amount.number for amount, _ in amounts if amount is not None]
    return (Quantity(total_of(known)), None) if known else (None, None)
