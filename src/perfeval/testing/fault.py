"""What a planted fault is: a kind, the code that is to say it, and a function that plants it in tables."""

from __future__ import annotations

__all__ = [
    "Change",
    "Fault",
    "Host",
    "Planted",
    "alone",
    "in_one_of",
    "in_row",
    "in_table",
    "projects_of",
    "replaced",
    "whole_of",
]

from collections.abc import Callable
from random import Random

import attrs

from perfeval.table import Evaluation, TableKind

Host = tuple[Evaluation, ...]
"""The tables of one unit, or one table alone."""


@attrs.frozen
class Planted:
    """Tables in which one thing was made wrong: what is to be found, in which table, at which cell."""

    evaluations: Host
    code: str
    table: int
    path: str


@attrs.frozen
class Fault:
    """A kind of fault. ``plant`` gives None where the tables do not offer the place for it."""

    name: str
    code: str
    plant: Callable[[Host, Random], Planted | None]


RowChange = Callable[[Evaluation, int, Random], Evaluation | None]
Change = tuple[Evaluation, str] | None
"""A changed table and the cell that is to be named; None where the table has no place for the fault."""

TableChange = Callable[[Evaluation, Random], Change]


def in_row(name: str, code: str, change: RowChange, field: str = "score") -> Fault:
    """Make a fault that concerns one row: the first of the rows, in random order, that can have it."""

    def in_any(evaluation: Evaluation, random: Random) -> tuple[Evaluation, str] | None:
        for number in random.sample(range(len(evaluation.indicators)), len(evaluation.indicators)):
            changed = change(evaluation, number, random)
            if changed is not None:
                return changed, f"indicators[{number}].{field}".rstrip(".")
        return None

    return in_table(name, code, in_any)


def in_table(name: str, code: str, change: TableChange) -> Fault:
    """Make a fault that concerns one table, of a project where the unit has some."""

    def plant(host: Host, random: Random) -> Planted | None:
        return in_one_of(host, code, change, random)

    return Fault(name, code, plant)


def in_one_of(host: Host, code: str, change: TableChange, random: Random) -> Planted | None:
    """Change the first of the tables, in random order, that can have the fault."""
    projects = [number for number, table in enumerate(host) if table.kind is TableKind.PROJECT]
    for number in random.sample(projects, len(projects)):
        found = change(host[number], random)
        if found is not None:
            changed, path = found
            return Planted((*host[:number], changed, *host[number + 1 :]), code, number, path)
    return None


def alone(fault: Fault) -> Fault:
    """Keep a fault to tables that stand alone: in a unit its figure would be wrong between the tables as well."""

    def plant(host: Host, random: Random) -> Planted | None:
        return fault.plant(host, random) if len(host) == 1 else None

    return Fault(fault.name, fault.code, plant)


def replaced(host: Host, number: int, table: Evaluation, code: str, path: str) -> Planted:
    """Give the tables with another one in the place of one, where the fault is."""
    return Planted((*host[:number], table, *host[number + 1 :]), code, number, path)


def projects_of(host: Host) -> list[int]:
    """Give which of the tables are of projects."""
    return [number for number, table in enumerate(host) if table.kind is TableKind.PROJECT]


def whole_of(host: Host) -> int | None:
    """Give which of the tables is that of the whole unit."""
    return next((number for number, table in enumerate(host) if table.kind is TableKind.WHOLE_UNIT), None)
