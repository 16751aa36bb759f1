"""Scores that are found too high or impossible, and whether the total counts them as corrected."""

from __future__ import annotations

__all__ = ["counts_corrected", "excess_of"]

from collections.abc import Iterator
from decimal import Decimal

import attrs

from perfeval.auditing.checks._scores import above_weight, is_missed_in_full
from perfeval.auditing.checks._totals import Sums
from perfeval.auditing.subject import Row, Table
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import difference, total_of


def excess_of(row: Row) -> Decimal | None:
    """Give the points that a row has more than any accepted reading gives, or than a missed target earns."""
    score, reported = row.scored.score, row.reported
    if score is None or reported is None or reported <= score:
        return None
    if row.verdict is not Verdict.DIFFERS and not is_missed_in_full(row):
        return None
    return difference(reported, score)


def counts_corrected(table: Table, sums: Sums, total: Decimal) -> bool:
    """Say whether a total that is not the sum of the printed scores is that of the corrected ones.

    Then one score is misprinted and the total is right: one fact. Tried are all rows that other checks name corrected at
    once, each alone, and the score of the execution rate.
    """
    if sums.fits(total) or sums.rounds_to(total) is not None:
        return False
    rows = [changes for row in table.rows if (changes := tuple(_changes(row)))]
    together = total_of([changes[0] for changes in rows]) if rows else Decimal(0)
    moves = {together, Decimal(0), *(change for changes in rows for change in changes)}
    executions = {sums.execution, _executed(table, sums)}
    return any(
        (move or execution != sums.execution) and _agrees(sums, move, execution, total)
        for move in moves
        for execution in executions
    )


def _agrees(sums: Sums, move: Decimal, execution: tuple[Decimal, ...], total: Decimal) -> bool:
    moved = attrs.evolve(sums, rows=total_of([sums.rows, move]), execution=execution)
    return moved.fits(total) or moved.rounds_to(total) is not None


def _changes(row: Row) -> Iterator[Decimal]:
    """Give by how much the score of a row moves when it is corrected, the likeliest reading first."""
    reported, score = row.reported, row.scored.score
    if reported is None:
        return
    is_odd = above_weight(row) or reported < 0
    if score is not None and (is_odd or excess_of(row)):
        yield difference(score, reported)
    if above_weight(row) and row.weight is not None:
        yield difference(row.weight, reported)
    if reported < 0:
        yield from (difference(Decimal(0), reported), -2 * reported)


def _executed(table: Table, sums: Sums) -> tuple[Decimal, ...]:
    """Give the recomputed score of the execution rate where the printed one is higher."""
    found = table.card.execution
    if found.verdict is not Verdict.DIFFERS or found.score is None:
        return sums.execution
    return (found.score,)
