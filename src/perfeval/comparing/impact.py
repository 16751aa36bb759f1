"""What another rule book would change in given tables: rows, totals, grades."""

from __future__ import annotations

__all__ = ["Impact", "TableChange", "change_between", "impact_of"]

from collections.abc import Iterable
from decimal import Decimal

import attrs

from perfeval.rulebook import RuleBook
from perfeval.scoring import ExecutionScore, IndicatorScore, Reason, Scorecard, score
from perfeval.table import Evaluation

Score = ExecutionScore | IndicatorScore


@attrs.frozen
class TableChange:
    """One table scored twice: under two books, or with other cells. ``rows`` are the scores that differ, the execution rate among them."""

    first: Scorecard
    second: Scorecard
    rows: tuple[tuple[Score, Score], ...]

    @property
    def in_total(self) -> bool:
        """Say whether the totals differ; a total against none does."""
        return self.first.total != self.second.total

    @property
    def in_grade(self) -> bool:
        """Say whether the grades differ."""
        return self.first.grade != self.second.grade

    @property
    def is_none(self) -> bool:
        """Say whether the books agree on everything."""
        return not (self.rows or self.in_total or self.in_grade)


@attrs.frozen
class Impact:
    """What was compared, and the tables that differ in something."""

    tables: int
    rows: int
    changes: tuple[TableChange, ...]

    @property
    def changed_rows(self) -> int:
        """How many rows have another score or reason, execution rates left out."""
        return sum(isinstance(row, IndicatorScore) for change in self.changes for row, _ in change.rows)

    @property
    def changed_executions(self) -> int:
        """How many execution rates have another score or reason."""
        return sum(isinstance(row, ExecutionScore) for change in self.changes for row, _ in change.rows)

    @property
    def changed_totals(self) -> int:
        """How many tables have another total."""
        return sum(change.in_total for change in self.changes)

    @property
    def changed_grades(self) -> int:
        """How many tables have another grade."""
        return sum(change.in_grade for change in self.changes)


def impact_of(first: RuleBook, second: RuleBook, tables: Iterable[Evaluation]) -> Impact:
    """Score tables under both books and keep what differs."""
    compared = [change_between(score(table, first), score(table, second)) for table in tables]
    rows = sum(len(change.first.indicators) for change in compared)
    return Impact(len(compared), rows, tuple(change for change in compared if not change.is_none))


def change_between(first: Scorecard, second: Scorecard) -> TableChange:
    """Give what differs between two scorecards with the same rows."""
    pairs = zip(first.scores, second.scores, strict=True)
    return TableChange(first, second, tuple(pair for pair in pairs if _answer(pair[0]) != _answer(pair[1])))


def _answer(found: Score) -> tuple[Decimal | None, Reason | None]:
    return found.score, found.reason
