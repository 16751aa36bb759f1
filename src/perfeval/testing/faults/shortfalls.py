"""Rows made to miss their target: what several kinds of faults start from."""

from __future__ import annotations

__all__ = ["REASON", "blanked", "explained", "fallen_short", "is_in_proportion", "missed_reading", "overrun"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation, Indicator
from perfeval.testing.edit import renumbered, with_row
from perfeval.testing.figures import shown
from perfeval.testing.places import Reading, is_growth_or_demand, read_row

REASON = "设备检修占用工期，已重新安排"


def blanked(cell: object) -> str | None:
    """Give a blank cell; a column that the form does not have stays away."""
    return None if cell is None else ""


def explained(row: Indicator) -> str | None:
    """Give a reason where the form has a column for it."""
    return None if row.deviation is None else row.deviation or REASON


def is_in_proportion(row: Indicator) -> bool:
    """Say whether points are in proportion to the result: printed so, or nothing printed."""
    names = (row.level1 or "") + (row.level2 or "") + (row.level3 or "")
    return "满意" not in names and (not row.rule or "比例" in row.rule)


def missed_reading(evaluation: Evaluation, number: int) -> Reading | None:
    """Read a row that can be made to miss its target: sound, in proportion, and planned by somebody."""
    row = evaluation.indicators[number]
    reading = read_row(row)
    if reading is None or not reading.is_sound or not is_in_proportion(row) or is_growth_or_demand(row):
        return None
    return reading if reading.weight >= 3 and reading.target >= 10 else None


def fallen_short(
    evaluation: Evaluation, number: int, random: Random, shares: tuple[int, int] = (72, 92)
) -> tuple[Evaluation, Fraction] | None:
    """Let a row reach a share (in %) of its floor; give the exact points that it then earns."""
    reading = missed_reading(evaluation, number)
    if reading is None or not reading.is_floor:
        return None
    scale = 10**reading.places
    actual = Fraction((reading.target * random.randint(*shares) / 100 * scale).__floor__(), scale)
    return _with_actual(evaluation, number, actual, reading), reading.weight * actual / reading.target


def overrun(
    evaluation: Evaluation, number: int, random: Random
) -> tuple[Evaluation, Reading, Fraction] | None:
    """Let a row pass its ceiling by a fifth to a half; not the sums of money that are the budget itself."""
    reading = missed_reading(evaluation, number)
    if reading is None or reading.is_floor or reading.unit.dimension == "money" or reading.unit.is_percent:
        return None
    scale = 10**reading.places
    actual = Fraction((reading.target * random.randint(120, 150) / 100 * scale).__ceil__(), scale)
    return _with_actual(evaluation, number, actual, reading), reading, actual


def _with_actual(evaluation: Evaluation, number: int, actual: Fraction, reading: Reading) -> Evaluation:
    row = evaluation.indicators[number]
    text = renumbered(row.actual, shown(actual, reading.places))
    return with_row(evaluation, number, actual=text, deviation=explained(row))
