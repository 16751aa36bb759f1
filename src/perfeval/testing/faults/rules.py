"""Faults of how a row is to be scored: a rule that does not fit, cells left blank, a coefficient that contradicts."""

from __future__ import annotations

__all__ = ["FAULTS"]

from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import with_row, with_score
from perfeval.testing.fault import Fault, alone, in_row, in_table
from perfeval.testing.faults.shortfalls import fallen_short
from perfeval.testing.figures import hundredths
from perfeval.testing.places import is_full, read_row


def _satisfaction_rule(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    names = (row.level1 or "") + (row.level2 or "") + (row.level3 or "")
    if not row.rule or reading is None or not reading.is_sound or not reading.is_floor or "满意" in names:
        return None
    return with_row(evaluation, number, rule="满意度赋分")


def _grades_for_number(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if not row.rule or reading is None or not reading.is_sound or "满意" in row.rule:
        return None
    return with_row(evaluation, number, rule="按评判等级赋分")


def _proportion_for_words(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if not row.rule or "等级" not in row.rule or not is_full(row):
        return None
    return with_row(evaluation, number, rule="按照正常比例赋分")


def _score_blank(evaluation: Evaluation, random: Random) -> tuple[Evaluation, str] | None:
    numbers = [number for number, row in enumerate(evaluation.indicators) if is_full(row)]
    if len(numbers) < 3:
        return None
    number = random.choice(numbers)
    changed = with_row(evaluation, number, score=random.choice(("", "—")), coefficient=None)
    return changed, f"indicators[{number}].score"


def _actual_blank(evaluation: Evaluation, random: Random) -> tuple[Evaluation, str] | None:
    numbers = [number for number, row in enumerate(evaluation.indicators) if is_full(row) and row.target]
    if len(numbers) < 3:
        return None
    number = random.choice(numbers)
    return with_row(evaluation, number, actual=random.choice(("", "/"))), f"indicators[{number}].actual"


def _words_that_take_a_person(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if "效益" not in (row.level1 or "") or not is_full(row) or read_row(row) is not None:
        return None
    if not row.rule or "等级" not in row.rule:
        return None
    return with_row(
        evaluation, number, actual=random.choice(("沿线居民反映良好", "来访人员明显增多", "较往年有起色"))
    )


def _coefficient_below(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    if row.coefficient is None or not is_full(row):
        return None
    return with_row(evaluation, number, coefficient=f"{random.randint(50, 90)}%")


def _coefficient_of_full(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """The score follows the shortfall, the coefficient does not."""
    if evaluation.indicators[number].coefficient is None:
        return None
    found = fallen_short(evaluation, number, random)
    if found is None:
        return None
    changed = with_score(found[0], number, hundredths(found[1]))
    return with_row(changed, number, coefficient=random.choice(("100%", "100.00%", "100")))


FAULTS: tuple[Fault, ...] = (
    alone(in_row("满意度赋分 for something else", "PE110", _satisfaction_rule, "rule")),
    alone(in_row("按评判等级 for a number", "PE111", _grades_for_number, "rule")),
    alone(in_row("按比例 for words", "PE111", _proportion_for_words, "rule")),
    in_table("one score left blank", "PE112", _score_blank),
    in_table("one actual left blank, with points", "PE112", _actual_blank),
    in_row("coefficient below the score", "PE113", _coefficient_below, "coefficient"),
    in_row("coefficient of full marks for a shortfall", "PE114", _coefficient_of_full, "coefficient"),
    in_row("words that take a person", "PE118", _words_that_take_a_person, ""),
)
