"""Faults of rows of cost: against the budget, against what was spent, and of their ceilings."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import amount_of, renumbered, with_row
from perfeval.testing.fault import Change, Fault, in_row, in_table
from perfeval.testing.faults.amounts import amounts_of
from perfeval.testing.faults.shortfalls import blanked
from perfeval.testing.figures import hundredths, shown, trimmed
from perfeval.testing.places import Reading, is_cost, read_row, total_funding


def _whole_costs(evaluation: Evaluation) -> list[int]:
    """Give the rows of cost that are sums of money under a ceiling, kept."""
    return [
        number
        for number, row in enumerate(evaluation.indicators)
        if is_cost(row)
        and (reading := read_row(row)) is not None
        and reading.unit.dimension == "money"
        and not reading.is_floor
        and reading.is_sound
    ]


def _ceilings_above_budget(evaluation: Evaluation, random: Random) -> Change:
    money, numbers = amounts_of(evaluation), _whole_costs(evaluation)
    if money is None or not numbers or money.rate > 1:
        return None
    number = random.choice(numbers)
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    if reading is None or reading.unit.symbol != evaluation.amount_unit:
        return None
    ceiling = reading.target + hundredths(money.adjusted[0] * random.randint(12, 20) / 100)
    if reading.actual * 2 < ceiling:
        return None
    target = renumbered(row.target, shown(ceiling))
    changed = with_row(evaluation, number, target=target, previous_year=blanked(row.previous_year))
    return changed, f"indicators[{number}].target"


def _costs_not_as_spent(evaluation: Evaluation, random: Random) -> Change:
    money, numbers = amounts_of(evaluation), _whole_costs(evaluation)
    if money is None or not numbers:
        return None
    readings = [reading for n in numbers if (reading := read_row(evaluation.indicators[n])) is not None]
    if sum(reading.target for reading in readings) != money.adjusted[0]:
        return None
    number = random.choice(numbers)
    row, reading = evaluation.indicators[number], readings[numbers.index(number)]
    actual = hundredths(reading.actual * random.randint(85, 97) / 100)
    is_slight = (reading.actual - actual) * 100 < 3 * money.executed[0]
    if is_slight or actual * 2 < reading.target:
        return None
    return with_row(
        evaluation, number, actual=renumbered(row.actual, shown(actual))
    ), f"indicators[{number}].actual"


def _cost_is_the_budget(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    numbers = [number for number, row in enumerate(evaluation.indicators) if is_cost(row)]
    reading = read_row(evaluation.indicators[numbers[0]]) if len(numbers) == 1 else None
    if money is None or reading is None or not reading.is_sound or _whole_costs(evaluation) or money.rate > 1:
        return None
    row, unit = evaluation.indicators[numbers[0]], evaluation.amount_unit
    if money.rate < Fraction(1, 2) or unit not in {"元", "万元"}:
        return None
    changed = with_row(
        evaluation,
        numbers[0],
        level3="项目支出总额",
        target=f"≤{trimmed(money.adjusted[0])}{unit}",
        actual=f"{trimmed(money.executed[0])}{unit}",
        rule="按照正常比例赋分" if row.rule else row.rule,
        previous_year=blanked(row.previous_year),
    )
    return changed, f"indicators[{numbers[0]}].target"


def _cost(evaluation: Evaluation, number: int) -> Reading | None:
    """Read a unit cost under a ceiling: the sums of money are tied to the budget."""
    row, reading = evaluation.indicators[number], read_row(evaluation.indicators[number])
    is_unit_cost = reading is not None and reading.unit.dimension.startswith("money/")
    if reading is None or not is_unit_cost or reading.is_floor or not reading.is_sound or not is_cost(row):
        return None
    return None if row.deviation else reading


def _cost_floor(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row, reading = evaluation.indicators[number], _cost(evaluation, number)
    if reading is None or "标准" in (row.level3 or ""):
        return None
    target = f"≥{trimmed(reading.actual * 9 / 10)}{reading.unit.symbol}"
    return with_row(evaluation, number, target=target, previous_year=blanked(row.previous_year))


def _cost_underspent(evaluation: Evaluation, number: int, random: Random) -> Evaluation | None:
    reading = _cost(evaluation, number)
    if reading is None:
        return None
    actual = trimmed(reading.target * random.randint(0, 45) / 100)
    return with_row(evaluation, number, actual=renumbered(evaluation.indicators[number].actual, actual))


def _control_rate(evaluation: Evaluation, number: int, _random: Random) -> Evaluation | None:
    row, total = evaluation.indicators[number], total_funding(evaluation)
    money = None if total is None else evaluation.funding[total]
    budget, spent = (
        (amount_of(money.adjusted), amount_of(money.executed)) if money is not None else (None, None)
    )
    if (
        "成本控制率" not in (row.level3 or "")
        or not budget
        or spent is None
        or spent / budget >= Fraction(89, 100)
    ):
        return None
    return with_row(evaluation, number, actual=renumbered(row.actual, "100"))


def _standards(evaluation: Evaluation, random: Random) -> Change:
    numbers = [
        n
        for n, row in enumerate(evaluation.indicators)
        if is_cost(row)
        and row.standard
        and (r := read_row(row)) is not None
        and r.unit.dimension.startswith("money")
    ]
    levels = {(evaluation.indicators[n].level1, evaluation.indicators[n].level2) for n in numbers}
    if len(numbers) < 2 or len(levels) != 1:
        return None
    number = random.choice(numbers[1:])
    others = {evaluation.indicators[n].standard for n in numbers}
    if len(others) != 1:
        return None
    standard = "计划标准" if others == {"预算支出标准"} else "预算支出标准"
    changed = with_row(evaluation, number, standard=standard)
    return changed, f"indicators[{number}].standard"


FAULTS: tuple[Fault, ...] = (
    in_table("ceilings above the budget", "PE415", _ceilings_above_budget),
    in_table("costs not as spent", "PE416", _costs_not_as_spent),
    in_table("the cost row is the budget", "PE417", _cost_is_the_budget),
    in_row("cost with a floor", "PE305", _cost_floor, "target"),
    in_row("cost far below its ceiling", "PE306", _cost_underspent, "actual"),
    in_row("control rate of 100 %", "PE312", _control_rate, "actual"),
    in_table("one standard differs", "PE316", _standards),
)
