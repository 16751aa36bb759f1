"""Faults of single scores: too high, too low, above the weight, of another row, not in keeping with the words."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import number_of, with_row, with_score
from perfeval.testing.fault import Fault, alone, in_row
from perfeval.testing.faults.shortfalls import (
    blanked,
    explained,
    fallen_short,
    is_in_proportion,
    missed_reading,
    overrun,
)
from perfeval.testing.figures import hundredths, shown, trimmed
from perfeval.testing.places import is_cost, is_full, read_row


def _full_when_far(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = fallen_short(evaluation, number, random)
    return None if found is None else found[0]


def _full_over_ceiling(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = overrun(evaluation, number, random)
    return None if found is None else found[0]


def _half_way_up(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = fallen_short(evaluation, number, random, (50, 75))
    weight = number_of(evaluation.indicators[number].weight)
    if found is None or weight is None:
        return None
    changed, earned = found
    return with_score(changed, number, hundredths((earned + weight) / 2))


def _total_forgotten(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """The score is raised and the total is not."""
    found = fallen_short(evaluation, number, random, (60, 75))
    weight = number_of(evaluation.indicators[number].weight)
    if found is None or weight is None:
        return None
    changed, earned = found
    right = with_score(changed, number, hundredths(earned))
    wrong = with_score(right, number, hundredths((earned + weight) / 2))
    return (
        wrong if wrong.total.score is None else with_row(right, number, score=wrong.indicators[number].score)
    )


def _digits_transposed(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = fallen_short(evaluation, number, random)
    weight = number_of(evaluation.indicators[number].weight)
    if found is None or weight is None:
        return None
    changed, earned = found
    digits = list(shown(hundredths(earned)))
    for place in range(len(digits) - 1):
        other = 2 if digits[place + 1] == "." else 1
        swapped = digits.copy()
        swapped[place], swapped[place + other] = swapped[place + other], swapped[place]
        score = Fraction("".join(swapped))
        if earned + weight / 15 < score < weight:
            return with_score(changed, number, score)
    return None


def _of_another_row(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = fallen_short(evaluation, number, random, (50, 75))
    weight = number_of(evaluation.indicators[number].weight)
    if found is None or weight is None:
        return None
    changed, earned = found
    others = {number_of(row.score) for row in evaluation.indicators} - {None}
    fitting = sorted(score for score in others if score is not None and earned + weight / 15 < score < weight)
    return with_score(changed, number, random.choice(fitting)) if fitting else None


def _direct_missed(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    reading = read_row(row)
    if reading is None or not reading.is_sound or not reading.is_floor or row.rule != "直接赋分":
        return None
    actual = shown(reading.target * random.randint(60, 90) / 100, reading.places)
    return with_row(evaluation, number, actual=f"{actual}{reading.unit.symbol}", deviation=explained(row))


def _range_left(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    is_range = row.target is not None and "%-" in row.target.text
    if not is_range or not is_full(row) or not is_in_proportion(row):
        return None
    return with_row(evaluation, number, actual=f"{random.randint(15, 30)}%", deviation=explained(row))


def _lower(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    reading = missed_reading(evaluation, number)
    if reading is None or evaluation.indicators[number].deviation:
        return None
    return with_score(evaluation, number, hundredths(reading.weight * random.randint(50, 90) / 100))


def _lower_when_missed(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    found = fallen_short(evaluation, number, random)
    return None if found is None else with_score(found[0], number, hundredths(found[1] * 4 / 5))


def _full_when_near(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """Miss the target by less than half a point, and print whole points."""
    reading = missed_reading(evaluation, number)
    found = fallen_short(evaluation, number, random, (98, 99))
    if found is None or reading is None or not 2 * (reading.weight - found[1]) * 10 < reading.weight:
        return None
    whole = reading.weight.denominator == 1 and 2 * (reading.weight - found[1]) < 1
    return with_row(found[0], number, score=trimmed(reading.weight)) if whole else None


def _late_with_full_marks(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row = evaluation.indicators[number]
    is_deadline = row.target is not None and row.target.text.endswith("前") and "月" in row.target.text
    if not is_deadline or not is_full(row) or not evaluation.year:
        return None
    return with_row(evaluation, number, actual=f"{int(evaluation.year) + 1}年3月", deviation=explained(row))


def _missed_by_words(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """The rule takes off points for each per cent; none are taken off."""
    found = fallen_short(evaluation, number, random)
    if found is None or not evaluation.indicators[number].rule:
        return None
    return with_row(found[0], number, rule="每低1个百分点扣1分")


def _above_weight(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    weight = number_of(evaluation.indicators[number].weight)
    if not weight or not is_full(evaluation.indicators[number]):
        return None
    return with_score(evaluation, number, weight + random.randint(1, 5))


def _word_for_score(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    if not is_full(evaluation.indicators[number]):
        return None
    return with_row(evaluation, number, score=random.choice(("满分", "优", "XX")), coefficient=None)


def _negative_score(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    if not missed_reading(evaluation, number):
        return None
    return with_score(evaluation, number, Fraction(-2))


def _is_in_words(evaluation: Evaluation, number: int) -> bool:
    row = evaluation.indicators[number]
    is_judged = not row.rule or "等级" in row.rule
    return is_judged and is_full(row) and row.target is not None and row.target.text[:2] in _STATEMENTS


_STATEMENTS = {"有效", "明显", "有所", "持续", "进一", "稳步", "逐步", "显著"}


def _partly_too_high(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _stated(evaluation, number, ("部分达成年度指标", "部分达成预期指标"), (85, 97), random)


def _not_too_high(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _stated(evaluation, number, ("未达成年度指标", "未达成预期指标"), (65, 90), random)


def _partly_too_low(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _stated(evaluation, number, ("部分达成年度指标",), (10, 50), random)


def _stated(
    evaluation: Evaluation, number: int, words: tuple[str, ...], shares: tuple[int, int], random: Random
) -> Evaluation | None:
    row = evaluation.indicators[number]
    weight = number_of(row.weight)
    if not _is_in_words(evaluation, number) or weight is None or weight < 3:
        return None
    changed = with_row(evaluation, number, actual=random.choice(words), deviation=explained(row))
    return with_score(changed, number, hundredths(weight * random.randint(*shares) / 100))


def _direct_in_part(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row, weight = evaluation.indicators[number], number_of(evaluation.indicators[number].weight)
    if row.rule != "直接赋分" or not weight or not is_full(row):
        return None
    return with_score(evaluation, number, hundredths(weight * random.randint(40, 90) / 100))


def _satisfaction_off_band(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if "满意" not in (row.level3 or "") or reading is None or not reading.is_sound or reading.weight < 5:
        return None
    if row.rule and "满意" not in row.rule:
        return None
    return with_score(evaluation, number, hundredths(reading.weight * random.choice((93, 72, 65)) / 100))


def _other_rounding(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """Cut the points off instead of rounding them up; of a number that is counted, not of one that was itself rounded."""
    reading, found = missed_reading(evaluation, number), fallen_short(evaluation, number, random)
    if found is None or reading is None or not reading.is_counted or reading.places:
        return None
    cut = Fraction((found[1] * 100).__floor__(), 100)
    return with_score(found[0], number, cut) if cut < hundredths(found[1]) else None


def _other_formula(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    """Score a passed ceiling by (2T − A) ÷ T where T ÷ A is usual."""
    found = overrun(evaluation, number, random)
    if found is None:
        return None
    changed, reading, actual = found
    if reading.target < 40:  # the digits of a small number that was measured leave both formulas open
        return None
    return with_score(
        changed, number, hundredths(reading.weight * (2 * reading.target - actual) / reading.target)
    )


def _zero_under_ceiling(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if reading is None or reading.is_floor or not reading.is_sound or is_cost(row) or not reading.is_counted:
        return None
    changed = with_row(
        evaluation, number, actual=f"0{reading.unit.symbol}", previous_year=blanked(row.previous_year)
    )
    return with_score(changed, number, Fraction(0))


FAULTS: tuple[Fault, ...] = (
    in_row("missed far, full marks", "PE101", _full_when_far),
    in_row("ceiling passed, full marks", "PE101", _full_over_ceiling),
    in_row("missed, points half way to full", "PE101", _half_way_up),
    in_row("score raised, total not", "PE101", _total_forgotten),
    in_row("digits of a score transposed", "PE101", _digits_transposed),
    in_row("score of another row", "PE101", _of_another_row),
    in_row("直接赋分 missed, full marks", "PE101", _direct_missed),
    in_row("range left, full marks", "PE101", _range_left),
    in_row("met, fewer points", "PE102", _lower),
    in_row("missed, fewer points than in proportion", "PE102", _lower_when_missed),
    in_row("missed by a hair, full marks", "PE103", _full_when_near),
    in_row("later than the deadline, full marks", "PE103", _late_with_full_marks),
    alone(in_row("rule in words takes points off, full marks", "PE103", _missed_by_words)),
    in_row("score above the weight", "PE104", _above_weight),
    in_row("words for a score", "PE105", _word_for_score),
    in_row("negative score", "PE105", _negative_score),
    in_row("achieved in part, points above the band", "PE107", _partly_too_high),
    in_row("not achieved, points above the band", "PE107", _not_too_high),
    in_row("achieved in part, points below the band", "PE107", _partly_too_low),
    in_row("直接赋分 with part of the points", "PE108", _direct_in_part),
    in_row("satisfaction off every band", "PE109", _satisfaction_off_band),
    in_row("points cut instead of rounded", "PE115", _other_rounding),
    in_row("another formula for a ceiling", "PE116", _other_formula),
    in_row("0 under a ceiling scored 0", "PE117", _zero_under_ceiling),
)
