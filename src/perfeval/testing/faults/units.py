"""Faults between the tables of one unit."""

from __future__ import annotations

__all__ = ["FAULTS"]

from fractions import Fraction
from itertools import permutations
from random import Random

import attrs

from perfeval.table import Evaluation
from perfeval.testing.edit import number_of, renumbered, with_row, with_score
from perfeval.testing.fault import Fault, Host, Planted, projects_of, replaced, whole_of
from perfeval.testing.faults.amounts import amounts_of, spent_anew
from perfeval.testing.faults.shortfalls import REASON, is_in_proportion
from perfeval.testing.figures import trimmed
from perfeval.testing.places import is_cost, read_row
from perfeval.values import squash


def _rates(table: Evaluation) -> list[int]:
    """Give the rows in per cent that are kept with full marks, in proportion."""
    found = []
    for number, row in enumerate(table.indicators):
        reading = read_row(row)
        if reading and reading.unit.is_percent and reading.is_floor and reading.is_sound and row.rule:
            found += [number] if is_in_proportion(row) else []
    return found


def _another_rule(host: Host, random: Random) -> Planted | None:
    """One indicator stands in two projects, in proportion here and all or nothing there."""
    pairs = list(permutations(projects_of(host), 2))
    random.shuffle(pairs)
    names = [row.level3 for table in host for row in table.indicators]
    for first, second in pairs:
        ours = [n for n in _rates(host[first]) if names.count(host[first].indicators[n].level3) == 1]
        theirs = [n for n in _rates(host[second]) if names.count(host[second].indicators[n].level3) == 1]
        if ours and theirs:
            number = random.choice(theirs)
            name = host[first].indicators[random.choice(ours)].level3
            changed = with_row(host[second], number, level3=name, rule="直接赋分")
            return replaced(host, second, changed, "PE601", f"indicators[{number}].rule")
    return None


def _unspent_scored_nothing(host: Host, random: Random) -> Planted | None:
    """0 under a unit cost's ceiling has no points here; a cost below its ceiling has them all there."""
    found = []
    for table in projects_of(host):
        for number, row in enumerate(host[table].indicators):
            reading = read_row(row)
            is_kept = reading is not None and reading.is_sound and 0 < reading.actual < reading.target
            if reading and is_cost(row) and is_kept and not reading.is_floor and is_in_proportion(row):
                found.append((table, number, reading.unit.dimension.startswith("money/")))
    pairs = [(one, other) for one in found for other in found if one is not other and one[2]]
    pairs = [pair for pair in pairs if host[pair[0][0]].indicators[pair[0][1]].deviation is not None]
    if not pairs:
        return None
    (table, number, _), _ = random.choice(pairs)
    row = host[table].indicators[number]
    changed = with_row(
        host[table], number, actual=renumbered(row.actual, "0"), deviation=row.deviation or REASON
    )
    scored = with_score(changed, number, Fraction(0))
    return replaced(host, table, scored, "PE602", f"indicators[{number}].score")


def _unit_did_less(host: Host, _random: Random) -> Planted | None:
    """The unit's own table reports less of one thing than the project that did it."""
    whole = whole_of(host)
    if whole is None:
        return None
    others = [row for number in projects_of(host) for row in host[number].indicators]
    for number, row in enumerate(host[whole].indicators):
        reading = read_row(row)
        same = [other for other in others if other.level3 == row.level3]
        is_room = (
            reading is not None and reading.is_floor and reading.is_sound and reading.actual > reading.target
        )
        if (
            reading is None
            or len(same) != 1
            or not is_room
            or reading.unit.is_percent
            or len(row.level3 or "") < 5
        ):
            continue
        theirs = read_row(same[0])
        if theirs is None or (theirs.target, theirs.actual) != (reading.target, reading.actual):
            continue
        changed = with_row(host[whole], number, actual=renumbered(row.actual, trimmed(reading.target)))
        return replaced(host, whole, changed, "PE608", f"indicators[{number}].actual")
    return None


def _all_full(host: Host, _random: Random) -> Planted | None:
    """Every project has 100 of 100 points."""
    numbers = projects_of(host)
    if len(numbers) < 3:
        return None
    tables = list(host)
    for number in numbers:
        made = _perfect(host[number])
        if made is None:
            return None
        tables[number] = made
    return Planted(tuple(tables), "PE609", numbers[0], "total.score")


def _perfect(table: Evaluation) -> Evaluation | None:
    """Let every target be met and all the money be spent; None where that cannot be done."""
    money = amounts_of(table)
    if money is None or number_of(table.total.score) is None:
        return None
    changed = spent_anew(table, money.adjusted, money.adjusted)
    for number, row in enumerate(table.indicators):
        weight, reading = number_of(row.weight), read_row(row)
        if weight is None:
            return None
        if reading is not None and (not reading.is_met or reading.unit.dimension == "money" or is_cost(row)):
            met = renumbered(row.actual, trimmed(reading.target, reading.places))
            changed = with_row(changed, number, actual=met)
        elif reading is None and number_of(row.score) != weight:
            if any(sign.isdigit() for sign in str(row.target)):
                return None
            changed = with_row(changed, number, actual="达成年度指标")
        changed = with_score(changed, number, weight)
    return changed if number_of(changed.total.score) == 100 else None


def _project_twice(host: Host, random: Random) -> Planted | None:
    numbers = projects_of(host)
    if len(host) < 2 or not numbers:
        return None
    number = random.choice(numbers)
    if len(squash(host[number].name or "")) < 4:
        return None
    return Planted((*host, host[number]), "PE611", number, "name")


def _project_twice_by_code(host: Host, random: Random) -> Planted | None:
    """Two tables have one project code and two names; both are filled in."""
    numbers = projects_of(host)
    if len(numbers) < 2 or any(host[number].keys.get("project_code") for number in numbers):
        return None
    first, second = random.sample(numbers, 2)
    tables = list(host)
    for number in (first, second):
        tables[number] = attrs.evolve(
            host[number], keys={**host[number].keys, "project_code": "21002300T000000061"}
        )
    return Planted(tuple(tables), "PE611", first, "name")


def _done_but_carried(host: Host, random: Random) -> Planted | None:
    """The unit says that all projects are finished; one says that its money goes on to next year."""
    whole = whole_of(host)
    rates = {
        number: money.rate for number in projects_of(host) if (money := amounts_of(host[number])) is not None
    }
    late = [number for number, rate in rates.items() if rate < Fraction(89, 100)]
    if whole is None or not late:
        return None
    number = random.choice(late)
    tables = list(host)
    done = f"{host[whole].goal.actual or ''}本单位所有项目均已完成。"
    on = f"{host[number].goal.actual or ''}剩余资金结转下年使用。"
    tables[whole] = attrs.evolve(host[whole], goal=attrs.evolve(host[whole].goal, actual=done))
    tables[number] = attrs.evolve(host[number], goal=attrs.evolve(host[number].goal, actual=on))
    return Planted(tuple(tables), "PE612", whole, "goal.actual")


FAULTS: tuple[Fault, ...] = (
    Fault("one indicator under two rules", "PE601", _another_rule),
    Fault("not spending scored in two ways", "PE602", _unspent_scored_nothing),
    Fault("the unit did less than its project", "PE608", _unit_did_less),
    Fault("every project full", "PE609", _all_full),
    Fault("one project twice", "PE611", _project_twice),
    Fault("one project code twice", "PE611", _project_twice_by_code),
    Fault("all finished, money carried on", "PE612", _done_but_carried),
)
