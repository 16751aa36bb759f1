"""Faults of money: rates, points of the execution rate, parts and totals, units, rows of cost."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import with_funding
from perfeval.testing.fault import Change, Fault, alone, in_table
from perfeval.testing.faults.amounts import amounts_of, has_cost_in_money, written
from perfeval.testing.figures import hundredths, trimmed

_TIMES = 10_000


def _part_off(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None:
        return None
    column, sign = random.choice((("adjusted", 1), ("executed", -1), ("executed", -1), ("initial", 1)))
    amounts = getattr(money, column)
    if amounts is None or amounts[1] <= 0:
        return None
    off = hundredths(amounts[1] * random.randint(3, 30) / 100)
    wrong = (amounts[0], amounts[1] + sign * off, *amounts[2:])
    return written(evaluation, column, wrong), f"funding[1].{column}"


def _total_all_zero(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or not money.executed[0]:
        return None
    changed = evaluation
    for column in ("initial", "adjusted", "executed"):
        amounts = getattr(money, column)
        if amounts is not None:
            changed = written(changed, column, (Fraction(0), *amounts[1:]))
    return changed, "funding[0].adjusted"


def _total_zero(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or not money.executed[0]:
        return None
    column = random.choice(("adjusted", "executed"))
    changed = written(evaluation, column, (Fraction(0), *getattr(money, column)[1:]))
    return changed, f"funding[0].{column}"


def _parts_zero(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or not money.executed[0] or has_cost_in_money(evaluation):
        return None
    changed = evaluation
    for column in ("initial", "adjusted", "executed"):
        amounts = getattr(money, column)
        if amounts is not None:
            changed = written(changed, column, (amounts[0], *(Fraction(0) for _ in amounts[1:])))
    return changed, "funding[0].adjusted"


def _factor(evaluation: Evaluation) -> Fraction | None:
    return {"万元": Fraction(_TIMES), "元": Fraction(1, _TIMES)}.get(evaluation.amount_unit or "")


def _part_in_other_unit(evaluation: Evaluation, random: Random) -> Change:
    money, factor = amounts_of(evaluation), _factor(evaluation)
    if money is None or factor is None:
        return None
    column = random.choice(("adjusted", "executed"))
    amounts = getattr(money, column)
    part = amounts[1] * factor
    if part.denominator not in (1, 2, 4, 5, 10, 20, 25, 50, 100) or part < 1:
        return None
    return written(evaluation, column, (amounts[0], part, *amounts[2:])), f"funding[1].{column}"


def _total_in_other_unit(evaluation: Evaluation, random: Random) -> Change:
    money, factor = amounts_of(evaluation), _factor(evaluation)
    if money is None or factor is None:
        return None
    column = random.choice(("adjusted", "executed"))
    amounts = getattr(money, column)
    whole = amounts[0] * factor
    if whole.denominator not in (1, 2, 4, 5, 10, 20, 25, 50, 100) or whole < 1:
        return None
    return written(evaluation, column, (whole, *amounts[1:])), f"funding[0].{column}"


def _column_in_other_unit(evaluation: Evaluation, _random: Random) -> Change:
    money = amounts_of(evaluation)
    if (
        money is None
        or evaluation.amount_unit != "万元"
        or not money.executed[0]
        or has_cost_in_money(evaluation)
    ):
        return None
    changed = written(evaluation, "executed", tuple(amount * _TIMES for amount in money.executed))
    return changed, "funding[0].executed"


def _part_with_points(evaluation: Evaluation, random: Random) -> Change:
    money = amounts_of(evaluation)
    if money is None or not money.score:
        return None
    return with_funding(evaluation, 1, score=trimmed(Fraction(random.randint(1, 9)))), "funding[1].score"


def _negative(evaluation: Evaluation, random: Random) -> Change:
    """A part below 0, and another that makes up for it."""
    money = amounts_of(evaluation)
    has_rates = any(sign.isdigit() for row in evaluation.funding[1:] for sign in row.rate or "")
    if money is None or len(money.adjusted) < 3 or has_rates:
        return None
    below = Fraction(random.randint(1, 9))
    amounts = (
        money.adjusted[0],
        money.adjusted[1] + money.adjusted[-1] + below,
        *money.adjusted[2:-1],
        -below,
    )
    executed = (
        money.executed[0],
        money.executed[1] + money.executed[-1],
        *money.executed[2:-1],
        Fraction(0),
    )
    changed = written(written(evaluation, "adjusted", amounts), "executed", executed)
    return changed, f"funding[{len(amounts) - 1}].adjusted"


FAULTS: tuple[Fault, ...] = (
    in_table("one part off", "PE405", _part_off),
    in_table("total of zeros over parts", "PE406", _total_all_zero),
    in_table("one zero in the total", "PE406", _total_zero),
    in_table("parts of zeros", "PE406", _parts_zero),
    in_table("one part in another unit", "PE412", _part_in_other_unit),
    alone(in_table("the total in another unit", "PE412", _total_in_other_unit)),
    alone(in_table("all that was spent in another unit", "PE412", _column_in_other_unit)),
    in_table("points for a part", "PE413", _part_with_points),
    in_table("a negative part", "PE414", _negative),
)
