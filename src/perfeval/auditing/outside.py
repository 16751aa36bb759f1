"""The audited tables beside what stands outside them: last year's tables, approved targets, the accounts."""

from __future__ import annotations

__all__ = ["Outside", "Pair", "Relation", "RowPair", "Rows", "outside_of", "place_of", "rows_of"]

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

import attrs

from perfeval.auditing.check import Scope
from perfeval.auditing.ledger import Account, LedgerEntry, accounts_of
from perfeval.auditing.matching import Identity, Matching, Policy, Sureness, match
from perfeval.auditing.names import near_names, plain_name
from perfeval.auditing.subject import Row, Table
from perfeval.findings import Location
from perfeval.table import Evaluation, Indicator, Stage, TableKind

Other = TypeVar("Other")

_PREVIOUS = Policy(years_back=1, is_code_lasting=False, stages=frozenset({Stage.SELF}))
_APPROVED = Policy(years_back=0, is_code_lasting=True, stages=frozenset({Stage.TARGET}))
_LEDGER = Policy(years_back=0, is_code_lasting=True)
_NUMBERED = re.compile(r"^指标[0-9]+")


@attrs.frozen
class Pair(Generic[Other]):
    """A table with its counterpart, and how that was found."""

    table: Table
    other: Other
    by: Sureness


@attrs.frozen(kw_only=True)
class Relation(Generic[Other]):
    """The tables and one outside set: what is matched, nearly matched, and on neither side.

    ``several`` are further tables with a counterpart that another table has. ``tables`` have none although the outside
    knows their unit; ``others`` have no table although their unit has others. ``ambiguous`` and ``elsewhere`` (of units
    and years that the other side does not know) are only counted.
    """

    pairs: tuple[Pair[Other], ...] = ()
    near: tuple[Pair[Other], ...] = ()
    several: tuple[Pair[Other], ...] = ()
    tables: tuple[Table, ...] = ()
    others: tuple[Other, ...] = ()
    ambiguous: int = 0
    elsewhere: int = 0

    def of(self, fits: Callable[[Table], bool]) -> Relation[Other]:
        """Give what concerns tables that a check applies to."""
        return attrs.evolve(
            self,
            pairs=tuple(pair for pair in self.pairs if fits(pair.table)),
            near=tuple(pair for pair in self.near if fits(pair.table)),
            several=tuple(pair for pair in self.several if fits(pair.table)),
            tables=tuple(table for table in self.tables if fits(table)),
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """Give how many were matched in which way, and how many were not."""
        return {
            "by_code": sum(pair.by is Sureness.CODE for pair in self.pairs),
            "by_name": sum(pair.by is Sureness.NAME for pair in self.pairs),
            "near": len(self.near),
            "several": len(self.several),
            "ambiguous": self.ambiguous,
            "tables_alone": len(self.tables),
            "others_alone": len(self.others),
            "elsewhere": self.elsewhere,
        }


@attrs.frozen
class Outside:
    """The relations to what was given; None for what was not."""

    previous: Relation[Table] | None = None
    approved: Relation[Table] | None = None
    ledger: Relation[Account] | None = None

    def relation(self, scope: Scope) -> Relation[Table] | Relation[Account] | None:
        """Give the one that checks of a scope look at."""
        known = {Scope.PREVIOUS: self.previous, Scope.APPROVED: self.approved}
        return self.ledger if scope is Scope.LEDGER else known.get(scope)


def outside_of(
    tables: Sequence[Table],
    previous: Sequence[Table],
    approved: Sequence[Table],
    ledger: Sequence[LedgerEntry],
) -> Outside:
    """Match the tables with each set that is given. Tables of the outside have numbers of their own."""
    accounts = accounts_of(ledger)
    projects = [table for table in tables if table.evaluation.kind is not TableKind.WHOLE_UNIT]
    return Outside(
        _related(tables, previous, [Identity.of_table(one.evaluation) for one in previous], _PREVIOUS),
        _related(tables, approved, [Identity.of_table(one.evaluation) for one in approved], _APPROVED),
        _related(projects, accounts, [_identity(one) for one in accounts], _LEDGER),
    )


def _identity(account: Account) -> Identity:
    first = account.first
    return Identity.of_account(
        code=first.code,
        name=first.name,
        organisation=first.organisation,
        unit_code=first.unit_code,
        year=first.year,
    )


def _related(
    tables: Sequence[Table], others: Sequence[Other], theirs: Sequence[Identity], policy: Policy
) -> Relation[Other] | None:
    if not others:
        return None
    ours = [Identity.of_table(table.evaluation) for table in tables]
    found = match(ours, theirs, policy)
    knows_table = _knower(theirs, -policy.years_back)
    knows_other = _knower(ours, policy.years_back)
    known_tables = [number for number in found.ours if knows_table(ours[number])]
    known_others = [number for number in found.theirs if knows_other(theirs[number])]
    return Relation(
        pairs=_pairs(found, "pairs", tables, others),
        near=_pairs(found, "near", tables, others),
        several=_pairs(found, "several", tables, others),
        tables=tuple(tables[number] for number in known_tables),
        others=tuple(others[number] for number in known_others),
        ambiguous=len(found.ambiguous),
        elsewhere=len(found.ours) - len(known_tables) + len(found.theirs) - len(known_others),
    )


def _pairs(
    found: Matching, which: str, tables: Sequence[Table], others: Sequence[Other]
) -> tuple[Pair[Other], ...]:
    return tuple(Pair(tables[one.ours], others[one.theirs], one.by) for one in getattr(found, which))


def _knower(side: Sequence[Identity], years: int) -> Callable[[Identity], bool]:
    """Say of one of the other side whether this side has anything of its unit and year.

    Without that, what is missing was most likely never handed in here: nobody is asked about it.
    """
    known: dict[str, set[int | None]] = {}
    for one in side:
        for unit in _units(one):
            known.setdefault(unit, set()).add(one.year)
    every = {year for held in known.values() for year in held} | {one.year for one in side if not known}

    def knows(other: Identity) -> bool:
        units = _units(other) if known else ()
        held = {year for unit in units for year in known.get(unit, ())} if units else every
        return bool(held) and (other.year is None or None in held or other.year + years in held)

    return knows


def _units(one: Identity) -> tuple[str, ...]:
    """Give what a unit is known by; nothing where it is not named."""
    names = (one.unit_code and f"code {one.unit_code}", one.organisation, one.department)
    return tuple(name for name in names if name)


@attrs.frozen
class RowPair:
    """An indicator with its counterpart of the other table, and the counterpart's number there."""

    row: Row
    other: Indicator
    number: int


@attrs.frozen
class Rows:
    """The indicators of two matched tables: matched, renamed perhaps, and on one side only."""

    pairs: tuple[RowPair, ...]
    near: tuple[RowPair, ...]
    ours: tuple[Row, ...]
    theirs: tuple[tuple[int, Indicator], ...]


def rows_of(table: Table, other: Table) -> Rows:
    """Match indicators by level 2 and level 3, else by level 3 where it names one row on each side."""
    ours = {row.number: row.indicator for row in table.rows if _name(row.indicator)}
    theirs = {number: row for number, row in enumerate(other.evaluation.indicators) if _name(row)}
    matched: dict[int, int] = {}
    for key in (_levels, _name):
        first, second = _by_key(ours, key), _by_key(theirs, key)
        for name, numbers in first.items():
            found = second.get(name, [])
            if len(numbers) == len(found) == 1 and numbers[0] not in matched:
                matched[numbers[0]] = found[0]
    here = {_name(row) for row in ours.values()}
    there = {_name(row) for row in theirs.values()}
    # A name that stands on both sides more than once is not alone, only not to be told apart.
    added = [number for number, row in ours.items() if _name(row) not in there]
    removed = [number for number, row in theirs.items() if _name(row) not in here]
    near = [
        (added[i], removed[j])
        for i, j in near_names([_name(ours[i]) for i in added], [_name(theirs[j]) for j in removed])
    ]
    return Rows(
        pairs=tuple(RowPair(table.rows[i], theirs[j], j) for i, j in sorted(matched.items())),
        near=tuple(RowPair(table.rows[i], theirs[j], j) for i, j in near),
        ours=tuple(table.rows[i] for i in added if i not in {one for one, _ in near}),
        theirs=tuple((j, theirs[j]) for j in removed if j not in {one for _, one in near}),
    )


def _name(row: Indicator) -> str:
    return _NUMBERED.sub("", plain_name(row.level3))


def _levels(row: Indicator) -> str:
    return f"{plain_name(row.level2)} {_name(row)}"


def _by_key(rows: Mapping[int, Indicator], key: Callable[[Indicator], str]) -> Mapping[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, row in rows.items():
        index.setdefault(key(row), []).append(number)
    return index


def place_of(table: Evaluation, path: str = "") -> Location | None:
    """Give the place of a cell, or of what holds it, or the file."""
    while path:
        place = table.place(path)
        if place is not None:
            return place
        path = path.rpartition(".")[0]
    return table.place("") or (Location(file=table.file) if table.file else None)
