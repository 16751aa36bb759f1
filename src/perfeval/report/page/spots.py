"""Where things stand on the page: the cells that have an anchor, and the cell that a finding or a place means."""

from __future__ import annotations

__all__ = [
    "FUNDING",
    "HEADINGS",
    "INDICATORS",
    "Spot",
    "Spots",
    "anchor",
    "columns_of",
    "spots_of",
]

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from perfeval.findings import Location
from perfeval.table import Evaluation, Funding, Indicator

Spot = tuple[int, str]
"""The number of a table among those audited, and a path in it (``indicators[3].score``)."""

HEADINGS = ("year", "organisation", "department")
FUNDING = ("label", "initial", "adjusted", "executed", "weight", "rate", "score")
# The order of reading: what was planned, what was done, what it counts; then why.
INDICATORS = (
    *("level1", "level2", "id", "level3", "previous_year", "target", "actual", "weight", "score"),
    *("coefficient", "deduction", "review_actual", "review_score", "review_reason"),
    *("rule", "standard", "evidence", "deviation"),
)
_TOTAL = ("weight", "score", "review_score")
_MERGED = frozenset({"level1", "level2"})
"""One cell for several rows: what is said of it in one of them stands with that row."""


def anchor(spot: Spot) -> str:
    """Give the id of a cell, row or table on the page: ``t3-indicators-5-score``."""
    number, path = spot
    return "-".join([f"t{number + 1}", *re.findall(r"\w+", path)])


def columns_of(rows: Sequence[Funding | Indicator], names: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that the form has: those that are not None in every row."""
    return tuple(name for name in names if any(getattr(row, name) is not None for row in rows))


def _paths(table: Evaluation) -> Iterator[str]:
    """Give what is shown of a table, each part before its own parts."""
    yield from ("", "name")
    yield from (name for name in HEADINGS if getattr(table, name))
    yield from (f"goal.{name}" for name in ("expected", "actual") if getattr(table.goal, name) is not None)
    for room, rows, names in (
        ("funding", table.funding, FUNDING),
        ("indicators", table.indicators, INDICATORS),
    ):
        columns = columns_of(rows, names)
        for index in range(len(rows)):
            yield f"{room}[{index}]"
            yield from (f"{room}[{index}].{name}" for name in columns if name not in _MERGED)
        if room == "indicators" and rows:
            yield "total"
            yield from (f"total.{name}" for name in _TOTAL if name in columns)


@attrs.frozen
class Spots:
    """What is shown of all tables, and what was written at each place of the documents."""

    shown: frozenset[Spot]
    one_file: bool
    _at: Mapping[Location, tuple[Spot, ...]]

    def of_path(self, spot: Spot) -> Spot:
        """Give the spot itself, or what holds it, of what is shown."""
        number, path = spot
        while path and (number, path) not in self.shown:
            path = path.rpartition(".")[0]
        return number, path

    def of_place(self, place: Location) -> Spot | None:
        """Give what was written at a place; of several parts of a row the row, of several rows or tables nothing."""
        spots = list(dict.fromkeys(map(self.of_path, self._at.get(place, ()))))
        if len(spots) > 1:
            spots = list(dict.fromkeys((number, path.partition(".")[0]) for number, path in spots))
        return self.of_path(spots[0]) if len(spots) == 1 else None


def spots_of(tables: Sequence[Evaluation]) -> Spots:
    """Give the spots of the tables in the order of the audit."""
    shown = [(number, path) for number, table in enumerate(tables) for path in _paths(table)]
    at: defaultdict[Location, list[Spot]] = defaultdict(list)
    for number, table in enumerate(tables):
        for path, place in table.places.items():
            if path:
                at[place].append((number, path))
    one_file = len({table.file for table in tables}) == 1
    return Spots(frozenset(shown), one_file, {place: tuple(spots) for place, spots in at.items()})
