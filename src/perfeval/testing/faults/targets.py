"""Faults of targets and actuals: far passed, too low, empty words, other units, other figures than the goal's."""

from __future__ import annotations

__all__ = ["FAULTS"]

from random import Random

import attrs

from perfeval.table import Evaluation
from perfeval.testing.edit import amount_of, renumbered, with_row, with_score
from perfeval.testing.fault import Change, Fault, alone, in_row, in_table
from perfeval.testing.faults.shortfalls import blanked, is_in_proportion
from perfeval.testing.figures import trimmed
from perfeval.testing.places import Reading, is_cost, is_growth_or_demand, read_row, total_funding
from perfeval.values import Operator


def _quantity(evaluation: Evaluation, number: int, least: int = 3) -> Reading | None:
    """Read a floor that can be passed far: a number of things or a measure, planned, kept, without a reason."""
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if reading is None or not reading.is_sound or not reading.is_floor or reading.target < least:
        return None
    is_open = reading.unit.is_percent or reading.unit.is_absent or is_growth_or_demand(row) or is_cost(row)
    return None if is_open or row.deviation or (row.rule and "等级" in row.rule) else reading


def _passed(
    evaluation: Evaluation, number: int, random: Random, shares: tuple[int, int]
) -> Evaluation | None:
    reading = _quantity(evaluation, number)
    if reading is None:
        return None
    actual = (reading.target * random.randint(*shares) / 100).__ceil__()
    is_slight = reading.is_counted and actual - reading.target <= 2
    # Beside the money of the table a single quantity would make the cost of each wrong as well.
    quantities = [row for row in evaluation.indicators if "数量" in (row.level2 or "")]
    if is_slight or quantities == [evaluation.indicators[number]]:
        return None
    return with_row(evaluation, number, actual=renumbered(evaluation.indicators[number].actual, str(actual)))


def _sevenfold(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _passed(evaluation, number, random, (400, 900))


def _twofold(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _passed(evaluation, number, random, (205, 300))


def _by_a_third(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    if evaluation.indicators[number].deviation is None:
        return None
    return _passed(evaluation, number, random, (135, 150))


def _equality_passed(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    reading = _quantity(evaluation, number, 5)
    if (
        reading is None
        or reading.operator is not Operator.EQUAL
        or not is_in_proportion(evaluation.indicators[number])
    ):
        return None
    actual = (reading.target * random.randint(105, 125) / 100).__floor__()
    if actual <= reading.target:
        return None
    return with_row(evaluation, number, actual=renumbered(evaluation.indicators[number].actual, str(actual)))


def _half_of_last_year(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _below_last_year(evaluation, number, random.randint(220, 400))


def _a_little_below_last_year(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    return _below_last_year(evaluation, number, random.randint(120, 180))


def _below_last_year(evaluation: Evaluation, number: int, share: int) -> Evaluation | None:
    row, reading = evaluation.indicators[number], _quantity(evaluation, number, 5)
    if row.previous_year is None or reading is None:
        return None
    last_year = f"{trimmed(reading.target * share / 100, 0)}{reading.unit.symbol}"
    return with_row(evaluation, number, previous_year=last_year)


def _payment(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row, reading, total = (
        evaluation.indicators[number],
        _quantity(evaluation, number),
        total_funding(evaluation),
    )
    executed = None if total is None else evaluation.funding[total].executed
    if reading is None or row.level2 != "数量指标" or not amount_of(executed):
        return None
    money = f"{executed}{evaluation.amount_unit}"
    return with_row(
        evaluation,
        number,
        level3=random.choice(("项目资金支付金额", "工程付款总额")),
        target=f"≥{money}",
        actual=money,
        previous_year=blanked(row.previous_year),
    )


def _duplicate(evaluation: Evaluation, random: Random) -> Change:
    readings = {n: r for n in range(len(evaluation.indicators)) if (r := read_row(evaluation.indicators[n]))}
    pairs = [
        (first, second)
        for first in readings
        for second in readings
        if first < second
        and readings[first].is_sound
        and readings[second].is_sound
        and readings[first].actual * 10 < readings[first].target * 13
        and (readings[first].unit.is_percent or not any(map(str.isdigit, evaluation.goal.expected or "")))
        and evaluation.indicators[first].level1 == evaluation.indicators[second].level1
        and not is_cost(evaluation.indicators[first])
    ]
    if not pairs:
        return None
    first, second = random.choice(pairs)
    row = evaluation.indicators[first]
    changed = with_row(
        evaluation,
        second,
        level2=row.level2,
        level3=row.level3,
        target=str(row.target),
        actual=str(row.actual),
        rule=row.rule,
        previous_year=None if row.previous_year is None else str(row.previous_year),
    )
    return changed, f"indicators[{second}].level3"


def _all_as_planned(evaluation: Evaluation, _random: Random) -> Change:
    """Every actual is its target to the last digit; where money was left over, no row of cost says so."""
    numbers = [n for n, row in enumerate(evaluation.indicators) if "满意" not in (row.level1 or "")]
    readings = {n: reading for n in numbers if (reading := read_row(evaluation.indicators[n])) is not None}
    free = [n for n, reading in readings.items() if not (reading.unit.is_percent and reading.target >= 100)]
    total = total_funding(evaluation)
    row = None if total is None else evaluation.funding[total]
    is_spent = row is not None and amount_of(row.adjusted) == amount_of(row.executed)
    if len(free) < 3 or not is_spent or evaluation.partial:
        return None
    others = [evaluation.indicators[n] for n in numbers if n not in readings]
    if any(any(sign.isdigit() for sign in str(row.target)) for row in others):
        return None
    changed = evaluation
    for number, reading in readings.items():
        actual = renumbered(changed.indicators[number].actual, trimmed(reading.target, reading.places))
        changed = with_score(with_row(changed, number, actual=actual), number, reading.weight)
    return changed, ""


def _words_for_number(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    if _quantity(evaluation, number) is None:
        return None
    return with_row(evaluation, number, actual=random.choice(("较好", "按要求推进", "情况良好")))


def _another_unit(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    reading = _quantity(evaluation, number)
    if reading is None:
        return None
    return with_row(
        evaluation, number, actual=f"{trimmed(reading.actual)}{random.choice(('万元', '%', '小时'))}"
    )


def _goal(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], _quantity(evaluation, number, 5)
    name = row.level3 or ""
    if reading is None or len(name) < 4 or "每" in name or any(sign in name for sign in "()（）0123456789"):
        return None
    same = [r.target for other in evaluation.indicators if (r := read_row(other)) and r.unit == reading.unit]
    stated = (reading.target * random.choice((60, 75, 130, 160)) / 100).__ceil__()
    if stated in same:
        return None
    text = f"{name}{stated}{reading.unit.symbol}。"
    return attrs.evolve(evaluation, goal=attrs.evolve(evaluation.goal, expected=text))


FAULTS: tuple[Fault, ...] = (
    alone(in_row("seven times the target", "PE301", _sevenfold, "actual")),
    alone(in_row("twice the target", "PE301", _twofold, "actual")),
    in_row("half of last year's", "PE302", _half_of_last_year, "previous_year"),
    in_row("below last year's", "PE302", _a_little_below_last_year, "previous_year"),
    in_row("payment among the quantities", "PE307", _payment, "level3"),
    in_table("one indicator twice", "PE308", _duplicate),
    in_table("all actuals are their targets", "PE310", _all_as_planned),
    alone(in_row("equality passed", "PE311", _equality_passed, "actual")),
    in_row("words for a number", "PE313", _words_for_number, "actual"),
    in_row("actual in another unit", "PE314", _another_unit, "actual"),
    in_row("goal text with another number", "PE317", _goal, "target"),
    alone(in_row("a third above, no reason", "PE502", _by_a_third, "deviation")),
)
