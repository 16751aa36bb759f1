"""Faults of totals and grades."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

import attrs

from perfeval.table import Evaluation
from perfeval.testing.edit import grade_of, number_of, renumbered, with_row, with_score, with_total
from perfeval.testing.fault import Change, Fault, in_table
from perfeval.testing.faults.shortfalls import explained, missed_reading
from perfeval.testing.figures import hundredths, shown, trimmed
from perfeval.testing.places import adds_up, full_rows

_GRADES = ("优", "良", "中", "差")


def _has_sum(evaluation: Evaluation) -> Fraction | None:
    """Give the total, where it is the sum of all printed points."""
    scores = [number_of(cell) for cell in (evaluation.funding[0].score if evaluation.funding else None,
                                           *(row.score for row in evaluation.indicators))]  # fmt: skip
    known = [score for score in scores if score is not None]
    total = number_of(evaluation.total.score)
    return total if len(known) == len(scores) and sum(known) == total and not evaluation.partial else None


def _row_left_out(evaluation: Evaluation, random: Random) -> Change:
    scores = [
        score for row in evaluation.indicators if (score := number_of(row.score)) is not None and score >= 1
    ]
    if _has_sum(evaluation) is None or not scores:
        return None
    return with_total(evaluation, -random.choice(scores)), "total.score"


def _execution_left_out(evaluation: Evaluation, _random: Random) -> Change:
    score = number_of(evaluation.funding[0].score) if evaluation.funding else None
    if _has_sum(evaluation) is None or not score or not adds_up(evaluation):
        return None
    return with_total(evaluation, -score), "total.score"


def _digits_transposed(evaluation: Evaluation, random: Random) -> Change:
    total = _has_sum(evaluation)
    digits = list(trimmed(total)) if total is not None else []
    places = [
        n for n in range(len(digits) - 1) if "." not in digits[n : n + 2] and digits[n] != digits[n + 1]
    ]
    if total is None or not places:
        return None
    place = random.choice(places)
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    more = Fraction("".join(digits)) - total
    return (with_total(evaluation, more), "total.score") if abs(more) >= Fraction(1, 5) else None


def _total_off(evaluation: Evaluation, random: Random) -> Change:
    total = _has_sum(evaluation)
    if total is None or total > 97:
        return None
    return with_total(evaluation, Fraction(random.choice((-3, -1, 1, 2)))), "total.score"


def _total_above(evaluation: Evaluation, random: Random) -> Change:
    """A table of which rows are missing, with a total above 100."""
    total = number_of(evaluation.total.score)
    if total is None or total > 100:
        return None
    changed = with_total(evaluation, 100 + random.randint(1, 9) - total)
    return attrs.evolve(changed, partial=True), "total.score"


def _grade(evaluation: Evaluation, random: Random) -> Change:
    total = number_of(evaluation.total.score)
    if total is None:
        return None
    wrong = random.choice([grade for grade in _GRADES if grade != grade_of(total)])
    printed = random.choice((wrong, {"优": "优秀", "良": "良好"}.get(wrong, wrong)))
    return attrs.evolve(evaluation, total=attrs.evolve(evaluation.total, grade=printed)), "total.grade"


def _rounded_over_an_edge(evaluation: Evaluation, random: Random) -> Change:
    """The points make 89.6, and the total is printed as 90."""
    total = _has_sum(evaluation)
    if total is None or not 90 < total < 100:
        return None
    loss = total - Fraction(random.randint(8955, 8995), 100)
    for number in full_rows(evaluation):
        reading = missed_reading(evaluation, number)
        if (
            reading is None
            or not reading.unit.is_percent
            or not reading.is_floor
            or loss >= reading.weight * 4 / 5
        ):
            continue
        actual = hundredths(reading.target * (1 - loss / reading.weight))
        row = evaluation.indicators[number]
        changed = with_row(evaluation, number, actual=f"{shown(actual)}%", deviation=explained(row))
        changed = with_score(changed, number, hundredths(reading.weight * actual / reading.target))
        made = number_of(changed.total.score)
        if made is not None and Fraction(179, 2) <= made < 90:
            rounded = attrs.evolve(changed.total, score=renumbered(changed.total.score, "90"), grade="优")
            return attrs.evolve(changed, total=rounded), "total.score"
    return None


def _no_total(evaluation: Evaluation, random: Random) -> Change:
    if number_of(evaluation.total.score) is None or evaluation.partial:
        return None
    total = attrs.evolve(evaluation.total, score=random.choice(("", "—")), grade=None)
    return attrs.evolve(evaluation, total=total), "total"


FAULTS: tuple[Fault, ...] = (
    in_table("total without one row", "PE204", _row_left_out),
    in_table("total without execution", "PE204", _execution_left_out),
    in_table("digits of the total transposed", "PE204", _digits_transposed),
    in_table("total off by some points", "PE204", _total_off),
    in_table("total above 100", "PE205", _total_above),
    in_table("another grade", "PE206", _grade),
    in_table("total rounded over an edge", "PE207", _rounded_over_an_edge),
    in_table("no total", "PE210", _no_total),
)
