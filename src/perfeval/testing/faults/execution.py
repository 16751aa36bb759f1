"""Faults of the execution rate: the rate, its points, and a budget of nothing."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import renumbered, with_funding, with_total
from perfeval.testing.fault import Change, Fault, alone, in_table
from perfeval.testing.faults.amounts import Amounts, amounts_of, has_cost_in_money, spent_anew, written
from perfeval.testing.figures import hundredths, shown, trimmed


def _rate(evaluation: Evaluation, rate: Fraction) -> Evaluation:
    return with_funding(evaluation, 0, rate=renumbered(evaluation.funding[0].rate, shown(100 * rate)))


def _execution_score(evaluation: Evaluation, money: Amounts, score: Fraction) -> Evaluation:
    changed = with_funding(evaluation, 0, score=renumbered(evaluation.funding[0].score, trimmed(score)))
    return with_total(changed, score - money.score)


def _rate_of_initial(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or money.initial is None or money.initial[0] <= 0:
        return None
    rate = money.executed[0] / money.initial[0]
    if abs(rate - money.rate) < Fraction(1, 1000) or rate > 1:
        return None
    return _rate(evaluation, rate), "funding[0].rate"


def _rate_and_points_of_initial(evaluation: Evaluation, random: Random) -> Change:
    found, money = _rate_of_initial(evaluation, random), amounts_of(evaluation)
    if found is None or money is None or money.initial is None:
        return None
    score = hundredths(money.weight * money.executed[0] / money.initial[0])
    return _execution_score(found[0], money, score), "funding[0].rate"


def _rate_mistyped(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or money.rate >= 1:
        return None
    digits = list(shown(100 * money.rate))
    places = [
        n for n in range(len(digits) - 1) if "." not in digits[n : n + 2] and digits[n] != digits[n + 1]
    ]
    if not places:
        return None
    place = random.choice(places)
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    wrong = Fraction("".join(digits)) / 100
    if abs(wrong - money.rate) < Fraction(1, 2000):
        return None
    return _rate(evaluation, wrong), "funding[0].rate"


def _rate_a_tenth(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    return (
        None
        if money is None or not money.executed[0]
        else (_rate(evaluation, money.rate / 10), "funding[0].rate")
    )


def _full_points(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or money.rate > Fraction(94, 100) or _is_of_initial(money, money.weight):
        return None
    return _execution_score(evaluation, money, money.weight), "funding[0].score"


def _points_mistyped(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None:
        return None
    score = hundredths(money.score + (money.weight - money.score) * random.randint(40, 80) / 100)
    if score - money.score < money.weight * 6 / 100 or _is_of_initial(money, score):
        return None
    return _execution_score(evaluation, money, score), "funding[0].score"


def _points_too_few(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or money.score < 2:
        return None
    score = hundredths(money.score * random.randint(50, 85) / 100)
    return _execution_score(evaluation, money, score), "funding[0].score"


def _points_of_initial(evaluation: Evaluation, _random: Random) -> Change:
    """The rate is that of the adjusted budget, its points are those of the initial one."""
    money = amounts_of(evaluation)
    if money is None or money.initial is None or money.initial[0] <= 0:
        return None
    score = hundredths(money.weight * min(money.executed[0] / money.initial[0], Fraction(1)))
    if score - money.score < money.weight / 50:
        return None
    return _execution_score(evaluation, money, score), "funding[0].score"


def _is_of_initial(money: Amounts, score: Fraction) -> bool:
    if money.initial is None or money.initial[0] <= 0:
        return False
    return abs(money.weight * min(money.executed[0] / money.initial[0], Fraction(1)) - score) < Fraction(
        1, 50
    )


def _spent_without_budget(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or not money.executed[0]:
        return None
    nothing = tuple(Fraction(0) for _ in money.adjusted)
    changed = written(evaluation, "adjusted", nothing)
    return (changed if money.initial is None else written(changed, "initial", nothing)), "funding[0].adjusted"


def _points_without_budget(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    found = _spent_without_budget(evaluation, random)
    if money is None or found is None or has_cost_in_money(evaluation):
        return None
    changed = written(found[0], "executed", tuple(Fraction(0) for _ in money.executed))
    return with_funding(changed, 0, rate="—"), "funding[0].adjusted"


def _over_executed(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or has_cost_in_money(evaluation):
        return None
    more = hundredths(money.adjusted[0] * random.randint(5, 40) / 100)
    parts = (money.adjusted[1] + more, *money.adjusted[2:])
    return spent_anew(evaluation, money.adjusted, (sum(parts, Fraction(0)), *parts)), "funding[0].executed"


FAULTS: tuple[Fault, ...] = (
    in_table("rate of the initial budget", "PE401", _rate_of_initial),
    in_table("rate and points of the initial budget", "PE401", _rate_and_points_of_initial),
    in_table("digits of the rate transposed", "PE401", _rate_mistyped),
    in_table("a tenth of the rate", "PE401", _rate_a_tenth),
    in_table("full points for execution", "PE402", _full_points),
    in_table("points for execution too high", "PE402", _points_mistyped),
    in_table("points for execution too low", "PE402", _points_too_few),
    in_table("points of the initial budget", "PE402", _points_of_initial),
    in_table("spent without a budget", "PE403", _spent_without_budget),
    in_table("points without a budget", "PE403", _points_without_budget),
    alone(in_table("more spent than the budget", "PE404", _over_executed)),
)
