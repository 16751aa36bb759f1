"""What checks between the tables of one unit share: projects counted once, money in one unit, names."""

from __future__ import annotations

__all__ = ["Money", "distinct_projects", "in_one_unit", "money_of", "name_of", "said_in"]

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from perfeval.auditing.check import Spot
from perfeval.auditing.checks._funds import Side, amounts_of, cell_of, digit_of, total_row, unit_of_money
from perfeval.auditing.subject import Table, Unit
from perfeval.values import squash

_PUNCTUATION = re.compile(r"[,、.。;:·“”\"'《》()\[\]—_-]")
_CODE = re.compile(r"^[0-9A-Z]{10,}-?")


@attrs.frozen
class Money:
    """The total of one column of a table, in 元 (or in the tables' common unit, where none is named)."""

    table: Table
    amount: Fraction
    digit: Fraction
    spot: Spot
    text: str


def name_of(table: Table) -> str:
    """Give the name of what is evaluated, without white space, code in front and punctuation."""
    return _PUNCTUATION.sub("", _CODE.sub("", squash(table.evaluation.name or "")))


def distinct_projects(unit: Unit) -> tuple[Table, ...]:
    """Give each project once: the first table of a code, or of a name and organisation where there is no code."""
    found: dict[tuple[str, str], Table] = {}
    for table in unit.projects:
        code = table.evaluation.keys.get("project_code", "")
        name = name_of(table) or f"#{table.number}"
        found.setdefault((code, "" if code else name), table)
    return tuple(found.values())


def money_of(table: Table, column: Side) -> Money | None:
    """Give the total of a column; None where there is none, or where it would have to be assumed."""
    index, unit = total_row(table), unit_of_money(table)
    if index is None:
        return None
    cell = cell_of(table.evaluation.funding[index], column)
    amount = amounts_of(table)[column][index]
    if amount is None or cell is None:
        return None
    scale = Fraction(unit.numerator, unit.denominator)
    spot = table.spot(f"funding[{index}].{column}")
    return Money(table, amount * scale, digit_of(cell, unit) * scale, spot, cell.text)


def in_one_unit(tables: Sequence[Table]) -> bool:
    """Say whether amounts of the tables can be compared: all have a unit of money, or none has."""
    return len({unit_of_money(table).is_absent for table in tables}) <= 1


def said_in(text: str | None, found: re.Pattern[str], negated: re.Pattern[str]) -> str | None:
    """Give the clause of a text that says something and does not deny it."""
    for clause in re.split(r"[。;,]", squash(text or "")):
        if found.search(clause) and not negated.search(clause):
            return clause
    return None
