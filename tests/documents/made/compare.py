"""What a reader found against what is true: cells after NFKC and without white space."""

from __future__ import annotations

__all__ = ["Difference", "Outcome", "cells", "compare", "normal"]

import unicodedata
from typing import Any

import attrs

_ROW = ("level3", "target", "actual", "weight", "score")
_NUMBERS = frozenset(
    "initial adjusted executed rate weight score target actual previous_year review_actual review_score".split()
)


@attrs.frozen
class Difference:
    """One cell (or a table) that is not as it is printed; None is: not there."""

    table: int
    path: str
    expected: str | None
    found: str | None

    @property
    def is_wrong_number(self) -> bool:
        """Say whether a number is told that is not printed so."""
        return self.found is not None and not _NUMBERS.isdisjoint(self.path.split("."))

    def __str__(self) -> str:
        return f"table {self.table + 1} {self.path}: {self.expected!r} read as {self.found!r}"


@attrs.frozen
class Outcome:
    """The counts of one document, and every difference."""

    tables: int
    cells: int
    rows: int
    rows_identical: int
    differences: tuple[Difference, ...]

    @property
    def cells_identical(self) -> int:
        """Printed cells that were read as printed; a cell read where none is counts in no sum."""
        return self.cells - sum(1 for one in self.differences if one.expected is not None)


def normal(text: str) -> str:
    """Fold widths and take white space out."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cells(table: dict[str, Any]) -> dict[str, str]:
    """Give every cell of a table by its path."""
    found: dict[str, str] = {}

    def visit(path: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(f"{path}.{key}" if path else key, inner)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                visit(f"{path}.{index + 1}", inner)
        elif value is not None:
            found[path] = normal(str(value))

    visit("", table)
    return found


def compare(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> Outcome:
    """Compare the tables of one document; they are paired by name, then in their order."""
    differences: list[Difference] = []
    counted = rows = identical = 0
    pairs, spare = _paired(expected, found)
    for index, (true, read) in enumerate(pairs):
        wanted = cells(true)
        counted += len(wanted)
        rows += len(true["indicators"])
        if read is None:
            differences += [Difference(index, path, text, None) for path, text in wanted.items()]
            continue
        given = cells(read)
        wrong = [
            Difference(index, path, wanted.get(path), given.get(path))
            for path in wanted | given
            if wanted.get(path) != given.get(path)
            and not _says_nothing(path, wanted.get(path), given.get(path))
        ]
        differences += wrong
        paths = [one.path for one in wrong]
        identical += sum(1 for row in range(len(true["indicators"])) if _is_row_right(row + 1, paths))
    differences += [
        Difference(len(pairs) + at, "table", None, str(read.get("name"))) for at, read in enumerate(spare)
    ]
    return Outcome(len(expected), counted, rows, identical, tuple(differences))


def _says_nothing(path: str, wanted: str | None, given: str | None) -> bool:
    """Say whether a cell is only known besides (a key), or empty in place of a total that is not there."""
    if path.startswith("keys."):
        return wanted is None
    return path.startswith("total.") and not wanted and not given


def _is_row_right(row: int, wrong: list[str]) -> bool:
    starts = tuple(f"indicators.{row}.{field}" for field in _ROW)
    return not any(path == start or path.startswith(start + ".") for path in wrong for start in starts)


_Table = dict[str, Any]


def _paired(
    expected: list[_Table], found: list[_Table]
) -> tuple[list[tuple[_Table, _Table | None]], list[_Table]]:
    if len(expected) == len(found):
        return list(zip(expected, found, strict=True)), []
    left = list(found)
    pairs: list[tuple[_Table, _Table | None]] = []
    for true in expected:
        name = normal(str(true.get("name")))
        same = next((read for read in left if normal(str(read.get("name"))) == name), None)
        if same is not None:
            left.remove(same)
        pairs.append((true, same))
    return pairs, left
