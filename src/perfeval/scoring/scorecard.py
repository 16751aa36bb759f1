"""A table under a rule book: execution, rows, subtotals, total and grade (docs/semantics.md §1)."""

from __future__ import annotations

__all__ = ["Scorecard", "Subtotal", "score_table", "year_of"]

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import attrs

from perfeval.formula import round_pair
from perfeval.messages import Language
from perfeval.rulebook import Inapplicable, RuleBook
from perfeval.scoring.execution import ExecutionScore, score_funding
from perfeval.scoring.explain import explain_card
from perfeval.scoring.indicator import IndicatorScore, says_inapplicable, score_row
from perfeval.scoring.numbers import decimal_of, difference, total_of
from perfeval.scoring.vocabulary import Note, Reason
from perfeval.shown import html_of, to_frame
from perfeval.table import Evaluation
from perfeval.values import Missing, squash


@attrs.frozen
class Subtotal:
    """The weights of one level-1 group and its score; None where a row of it could not be scored."""

    weight: Decimal
    score: Decimal | None


@attrs.frozen(slots=False)
class Scorecard:
    """The recomputed scores of one table.

    ``total`` is None where a row that counts could not be scored or the table is partial; what could be
    scored is then in ``scored_subtotal`` (points) out of ``scored_weight``, and ``unscorable`` counts why.
    With the note ``rescaled`` the total is ``scored_subtotal`` × ``weights.sum`` of the book ÷ ``scored_weight``.
    """

    evaluation: Evaluation = attrs.field(repr=False)
    rulebook: RuleBook = attrs.field(repr=False)
    execution: ExecutionScore
    indicators: tuple[IndicatorScore, ...]
    total: Decimal | None
    grade: str | None
    scored_subtotal: Decimal
    notes: tuple[Note, ...] = ()

    @property
    def subtotals(self) -> Mapping[str, Subtotal]:
        """Weight and score by level 1, in the order of the table."""
        groups: dict[str, list[IndicatorScore]] = {}
        for row in self.indicators:
            groups.setdefault(squash(row.indicator.level1 or ""), []).append(row)
        return {name: _subtotal(rows) for name, rows in groups.items()}

    @property
    def scores(self) -> tuple[ExecutionScore | IndicatorScore, ...]:
        """The execution rate and every row, in the order in which they are added up."""
        return (self.execution, *self.indicators)

    @property
    def scored_weight(self) -> Decimal:
        """The weights of what could be scored, execution included."""
        weights = [score.weight for score in self.scores if score.score is not None]
        return total_of([weight for weight in weights if weight is not None])

    @property
    def unscorable(self) -> Mapping[str, int]:
        """How many scores are missing, by reason."""
        counts: dict[str, int] = {}
        for score in self.scores:
            if score.reason is not None:
                counts[str(score.reason)] = counts.get(str(score.reason), 0) + 1
        return counts

    @property
    def reported_total(self) -> Decimal | None:
        """The 总分 that the table prints, where it is a number."""
        cell = self.evaluation.total.score
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    def explain(self, lang: Language = "zh") -> str:
        """Give every number of the card in words (zh or en)."""
        return explain_card(self, lang)

    def to_frame(self, backend: str = "pandas") -> Any:
        """Give a data frame (pandas, polars or pyarrow), one row a score: the execution rate, then every indicator; no floats."""
        return to_frame(self, backend)

    def _repr_html_(self) -> str:
        return html_of(self)


def score_table(table: Evaluation, book: RuleBook) -> Scorecard:
    """Score a table under a rule book; never raises for what the table says."""
    year = year_of(table.year)
    rows = tuple(score_row(row, book, year, (table, index)) for index, row in enumerate(table.indicators))
    weights = [
        cell.value for row in table.indicators if (cell := row.weight) and isinstance(cell.value, Decimal)
    ]
    row_weights = total_of(weights)
    if 0 < len(weights) < len(rows):
        rows = tuple(row if row.weight is not None else _without_weight(row) for row in rows)
    execution = score_funding(table, book, row_weights)
    scores: tuple[ExecutionScore | IndicatorScore, ...] = (execution, *rows)
    made = [score.score for score in scores if score.score is not None]
    scored = total_of(made)
    total, grade = None, None
    notes: tuple[Note, ...] = ()
    factor = _factor(scores, book) if _is_complete(table, book, execution, rows, row_weights) else None
    if factor is not None:
        total = _rounded(scored, factor, book)
        grade = _grade(total, book)
        if factor != 1:
            notes = (Note.RESCALED,)
        is_near = factor != 1 or _is_near_an_edge(total, len(made), book)
        if is_near and grade != _grade_of_unrounded(scores, factor, book):
            notes = (*notes, Note.GRADE_EDGE)
    return Scorecard(table, book, execution, rows, total, grade, scored, notes)


def _without_weight(score: IndicatorScore) -> IndicatorScore:
    """A row with neither weight nor score, where other rows have weights, is a remark and does not count."""
    cells = (score.indicator.weight, score.indicator.score)
    blank = all(cell is None or isinstance(cell.value, Missing) for cell in cells)
    return attrs.evolve(score, reason=Reason.NOT_APPLICABLE) if blank else score


def _is_complete(
    table: Evaluation,
    book: RuleBook,
    execution: ExecutionScore,
    rows: tuple[IndicatorScore, ...],
    weights: Decimal,
) -> bool:
    """Say whether the sum of what was scored is the total: nothing that counts is missing from it."""
    if table.partial or not any(row.score is not None for row in rows):
        return False
    is_rescaled = book.weights.inapplicable is Inapplicable.RESCALE
    for row in rows:
        taken_out = is_rescaled and row.reason is Reason.NOT_APPLICABLE
        if row.score is None and row.weight is not None and not taken_out:
            return False
    if execution.reason is None or execution.reason is Reason.NOT_APPLICABLE:
        return True
    return execution.reason is Reason.NO_FUNDING and weights >= book.weights.sum


def _factor(scores: tuple[ExecutionScore | IndicatorScore, ...], book: RuleBook) -> Fraction | None:
    """Give what the sum is multiplied by: 1, or the whole ÷ the weights that apply; None where these are not above 0.

    The execution rate is rescaled with the rows. Source: one form's notes (docs/semantics.md §1).
    """
    if book.weights.inapplicable is Inapplicable.KEEP or not any(
        isinstance(score, IndicatorScore) and says_inapplicable(score.indicator) for score in scores
    ):
        return Fraction(1)
    applicable = total_of(
        score.weight for score in scores if score.score is not None and score.weight is not None
    )
    return Fraction(book.weights.sum) / Fraction(applicable) if applicable > 0 else None


def _rounded(total: Decimal, factor: Fraction, book: RuleBook) -> Decimal:
    step = book.rounding.step
    # A sum of rounded scores is rounded; a clamped one (6.666) or one that is rescaled may not be.
    if factor == 1 and total.same_quantum(step):
        return total
    exact = (Fraction(total) * factor).as_integer_ratio()
    return decimal_of(round_pair(*exact, step.as_integer_ratio(), book.rounding.mode), step)


def _is_near_an_edge(total: Decimal, scores: int, book: RuleBook) -> bool:
    """Say whether rounding that many scores, by less than a step each, can have moved the total over a grade's edge."""
    if book.rounding.rate_first:  # a rounded rate moves each score by more than a step
        return True
    most = total_of([book.rounding.step] * (scores + 1))
    return any(difference(total, grade.start).copy_abs() <= most for grade in book.grades)


def _grade_of_unrounded(
    scores: tuple[ExecutionScore | IndicatorScore, ...], factor: Fraction, book: RuleBook
) -> str | None:
    exact = factor * sum((score.unrounded or Fraction(0) for score in scores), Fraction(0))
    return next((grade.name for grade in book.grades if exact >= Fraction(grade.start)), None)


def _grade(total: Decimal, book: RuleBook) -> str | None:
    return next((grade.name for grade in book.grades if total >= grade.start), None)


def _subtotal(rows: list[IndicatorScore]) -> Subtotal:
    weight = total_of(row.weight for row in rows if row.weight is not None)
    whole = all(row.score is not None or row.weight is None for row in rows)
    return Subtotal(weight, total_of(row.score for row in rows if row.score is not None) if whole else None)


@lru_cache(256)
def year_of(text: str | int | None) -> int | None:
    """Give the year of ``2024``, ``2024年``, ``2024年度``; None where it is none."""
    digits = squash(str(text or "")).removesuffix("度").removesuffix("年")
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdecimal() else None
