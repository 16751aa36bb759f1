"""Changing one thing in a table, and letting the total follow."""

from __future__ import annotations

__all__ = [
    "amount_of",
    "grade_of",
    "number_of",
    "renumbered",
    "with_funding",
    "with_row",
    "with_rows",
    "with_score",
    "with_total",
]

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from perfeval.table import AmountCell, Evaluation, Indicator, NumberCell, TargetCell
from perfeval.testing.figures import shown, trimmed
from perfeval.values import Quantity

_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def number_of(cell: NumberCell | None) -> Fraction | None:
    """Give the number of a cell of points; None where it holds none."""
    return Fraction(cell.value) if cell is not None and isinstance(cell.value, Decimal) else None


def amount_of(cell: AmountCell | None) -> Fraction | None:
    """Give the number of a cell of money as printed; None where it holds none."""
    return Fraction(cell.value.number) if cell is not None and isinstance(cell.value, Quantity) else None


def renumbered(cell: TargetCell | NumberCell | AmountCell | str | None, number: str) -> str:
    """Put another number in the place of the first one of a cell; sign, unit and all else stay."""
    text = number if cell is None else str(cell)
    return _NUMBER.sub(number, text, count=1) if _NUMBER.search(text) else number


def grade_of(total: Fraction) -> str:
    """Give the usual grade of a total."""
    return next(grade for least, grade in _GRADES if total >= least)


def with_rows(evaluation: Evaluation, rows: tuple[Indicator, ...]) -> Evaluation:
    """Give the table with other rows; where they were read from is not known any more."""
    return attrs.evolve(evaluation, indicators=rows)


def with_row(evaluation: Evaluation, number: int, **cells: Any) -> Evaluation:
    """Give the table with other cells in one row."""
    rows = evaluation.indicators
    changed = attrs.evolve(rows[number], **cells)
    return with_rows(evaluation, (*rows[:number], changed, *rows[number + 1 :]))


def with_score(evaluation: Evaluation, number: int, score: Fraction) -> Evaluation:
    """Give the table with another score in one row; its coefficient and the total follow."""
    row = evaluation.indicators[number]
    before, weight = number_of(row.score), number_of(row.weight)
    share = None if row.coefficient is None or not weight else f"{shown(100 * score / weight)}%"
    changed = with_row(evaluation, number, score=renumbered(row.score, trimmed(score)), coefficient=share)
    return changed if before is None else with_total(changed, score - before)


def with_total(evaluation: Evaluation, more: Fraction) -> Evaluation:
    """Give the table with a total that is so much more, and the grade that follows from it."""
    total = number_of(evaluation.total.score)
    if total is None or not more:
        return evaluation
    grade = (
        grade_of(total + more)
        if evaluation.total.grade in {"优", "良", "中", "差"}
        else evaluation.total.grade
    )
    changed = renumbered(evaluation.total.score, trimmed(total + more))
    return attrs.evolve(evaluation, total=attrs.evolve(evaluation.total, score=changed, grade=grade))


def with_funding(evaluation: Evaluation, number: int, **cells: Any) -> Evaluation:
    """Give the table with other cells in one row of money."""
    rows = evaluation.funding
    changed = attrs.evolve(rows[number], **cells)
    return attrs.evolve(evaluation, funding=(*rows[:number], changed, *rows[number + 1 :]))
