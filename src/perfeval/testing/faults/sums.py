"""Faults of money between the unit's table and its projects'."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from random import Random

from perfeval.table import Evaluation
from perfeval.testing.edit import amount_of
from perfeval.testing.fault import Fault, Host, Planted, projects_of, replaced, whole_of
from perfeval.testing.faults.amounts import amounts_of, spent_anew, written
from perfeval.testing.figures import hundredths
from perfeval.values import squash


def _sums(host: Host, column: str) -> Fraction | None:
    """Add up the projects' totals; None where they are not all in the unit's unit of money."""
    whole = whole_of(host)
    numbers = projects_of(host)
    if whole is None or not numbers or len({host[n].amount_unit for n in (whole, *numbers)}) != 1:
        return None
    codes = [(host[n].name, host[n].keys.get("project_code")) for n in numbers]
    money = [amounts_of(host[n]) for n in numbers]
    known = [getattr(one, column) for one in money if one is not None]
    if len(known) < len(numbers) or None in known or len(set(codes)) < len(codes):
        return None
    return sum((amounts[0] for amounts in known), Fraction(0))


def _initial_below_projects(host: Host, random: Random) -> Planted | None:
    whole, added = whole_of(host), _sums(host, "initial")
    money = None if whole is None else amounts_of(host[whole])
    if whole is None or money is None or money.initial is None or not added:
        return None
    total = hundredths(added * random.randint(60, 95) / 100)
    changed = written(host[whole], "initial", (total, total, *(Fraction(0) for _ in money.initial[2:])))
    return replaced(host, whole, changed, "PE603", "funding[0].initial")


def _budget_below_projects(host: Host, random: Random) -> Planted | None:
    whole, budget, spent = whole_of(host), _sums(host, "adjusted"), _sums(host, "executed")
    money = None if whole is None else amounts_of(host[whole])
    if whole is None or money is None or not budget or spent is None:
        return None
    total = hundredths(budget * random.randint(90, 97) / 100)
    if spent > total:
        return None
    column = (total, total, *(Fraction(0) for _ in money.adjusted[2:]))
    changed = spent_anew(host[whole], column, column)
    return replaced(host, whole, changed, "PE604", "funding[0].adjusted")


def _spending_below_projects(host: Host, _random: Random) -> Planted | None:
    whole, budget, spent = whole_of(host), _sums(host, "adjusted"), _sums(host, "executed")
    money = None if whole is None else amounts_of(host[whole])
    if whole is None or money is None or not budget or not spent or spent * 97 < 91 * budget:
        return None
    total = hundredths(spent * 97 / 100)
    rest = tuple(Fraction(0) for _ in money.adjusted[2:])
    changed = spent_anew(host[whole], (budget, budget, *rest), (total, total, *rest))
    return replaced(host, whole, changed, "PE604", "funding[0].executed")


def _other_row(table: Evaluation) -> int | None:
    labels = [squash(row.label or "") for row in table.funding]
    return next((number for number, label in enumerate(labels) if number > 1 and "其他" in label), None)


def _other_money_nowhere(host: Host, _random: Random) -> Planted | None:
    """What the projects print as other money is filed under 财政拨款; the unit still has some."""
    whole = whole_of(host)
    other = None if whole is None else _other_row(host[whole])
    if whole is None or other is None or not amount_of(host[whole].funding[other].adjusted):
        return None
    tables = list(host)
    for number in projects_of(host):
        money, row = amounts_of(host[number]), _other_row(host[number])
        if money is None or row is None:
            return None
        for column in ("initial", "adjusted", "executed"):
            amounts = getattr(money, column)
            if amounts is not None:
                moved = list(amounts)
                moved[1], moved[row] = amounts[1] + amounts[row], Fraction(0)
                tables[number] = written(tables[number], column, tuple(moved))
    return Planted(tuple(tables), "PE605", whole, f"funding[{other}].executed")


FAULTS: tuple[Fault, ...] = (
    Fault("initial budgets of the projects above the unit's", "PE603", _initial_below_projects),
    Fault("budgets of the projects above the unit's", "PE604", _budget_below_projects),
    Fault("spending of the projects above the unit's", "PE604", _spending_below_projects),
    Fault("other money in no project", "PE605", _other_money_nowhere),
)
