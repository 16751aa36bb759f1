"""What faults of money share: the amounts of a table as numbers, and writing them back with rate and points."""

from __future__ import annotations

__all__ = ["Amounts", "amounts_of", "has_cost_in_money", "spent_anew", "written"]

from fractions import Fraction

import attrs

from perfeval.table import Evaluation
from perfeval.testing.edit import amount_of, number_of, renumbered, with_funding, with_total
from perfeval.testing.figures import hundredths, shown, trimmed
from perfeval.testing.places import is_cost, read_row


@attrs.frozen
class Amounts:
    """Three columns of money, each a total and its parts: 年初 (None where the form has none), 全年, 执行."""

    initial: tuple[Fraction, ...] | None
    adjusted: tuple[Fraction, ...]
    executed: tuple[Fraction, ...]
    weight: Fraction
    score: Fraction

    @property
    def rate(self) -> Fraction:
        """Spent ÷ budget."""
        return self.executed[0] / self.adjusted[0]


def amounts_of(evaluation: Evaluation) -> Amounts | None:
    """Read the money of a table whose first row is the total of the others, rate and points in keeping."""
    rows = evaluation.funding
    if len(rows) < 2 or not any(word in (rows[0].label or "") for word in ("总额", "合计")):
        return None
    columns = [
        tuple(amount_of(getattr(row, name)) for row in rows) for name in ("initial", "adjusted", "executed")
    ]
    initial, adjusted, executed = (_known(column) for column in columns)
    weight, score = number_of(rows[0].weight), number_of(rows[0].score)
    if adjusted is None or executed is None or weight is None or score is None or adjusted[0] <= 0:
        return None
    if any(column[0] != sum(column[1:]) for column in (initial, adjusted, executed) if column is not None):
        return None
    if initial is None and any(row.initial is not None for row in rows):
        return None
    found = Amounts(initial, adjusted, executed, weight, score)
    return found if score == hundredths(weight * min(found.rate, Fraction(1))) else None


def _known(column: tuple[Fraction | None, ...]) -> tuple[Fraction, ...] | None:
    known = tuple(amount for amount in column if amount is not None)
    return known if len(known) == len(column) else None


def has_cost_in_money(evaluation: Evaluation) -> bool:
    """Say whether a row of cost is a sum of money or a rate of the budget: it would have to move with it."""
    for row in evaluation.indicators:
        reading = read_row(row)
        if is_cost(row) and (reading is None or not reading.unit.dimension.startswith("money/")):
            return True
    return False


def written(evaluation: Evaluation, column: str, amounts: tuple[Fraction, ...]) -> Evaluation:
    """Write a column of amounts; rate and points stay as they are."""
    for number, amount in enumerate(amounts):
        cell = getattr(evaluation.funding[number], column)
        if amount_of(cell) != amount:
            evaluation = with_funding(evaluation, number, **{column: renumbered(cell, trimmed(amount))})
    return evaluation


def spent_anew(
    evaluation: Evaluation, adjusted: tuple[Fraction, ...], executed: tuple[Fraction, ...]
) -> Evaluation:
    """Write budget and spending, and let rate, points and total follow."""
    before, weight = number_of(evaluation.funding[0].score), number_of(evaluation.funding[0].weight)
    rate = executed[0] / adjusted[0]
    changed = written(written(evaluation, "adjusted", adjusted), "executed", executed)
    for number, row in enumerate(changed.funding):
        if number and adjusted[number] and any(sign.isdigit() for sign in row.rate or ""):
            of_part = shown(100 * executed[number] / adjusted[number])
            changed = with_funding(changed, number, rate=renumbered(row.rate, of_part))
    score = hundredths((weight or 0) * min(rate, Fraction(1)))
    changed = with_funding(
        changed,
        0,
        rate=renumbered(changed.funding[0].rate, shown(100 * rate)),
        score=renumbered(changed.funding[0].score, trimmed(score)),
    )
    return changed if before is None else with_total(changed, score - before)
