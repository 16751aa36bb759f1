"""A table with other cells or under another rule book: what would have been the score."""

from __future__ import annotations

__all__ = ["what_if"]

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from perfeval.comparing.impact import TableChange, change_between
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook
from perfeval.scoring import Scorecard, score
from perfeval.table import Evaluation, Funding, Indicator
from perfeval.values import squash

_PATH = re.compile(r"(indicators|funding)\[([0-9]{1,6})\]")
_NO_ROW = Wording(
    "CALL-WHAT-IF-ROW",
    "表中没有“{row}”这一行；请写 indicators[0]、funding[0]（从 0 起数）或三级指标、资金行的名称",
    "the table has no row '{row}'; write indicators[0], funding[0] (from 0) or the name of an indicator or of a row of money",
)
_SEVERAL = Wording(
    "CALL-WHAT-IF-SEVERAL",
    "表中有 {count} 行名为“{row}”；请写 {paths} 之一",
    "the table has {count} rows named '{row}'; write one of {paths}",
)
_NO_FIELD = Wording(
    "CALL-WHAT-IF-FIELD",
    "“{path}”没有可改的栏目；应为“行.栏目”，栏目为 {fields} 之一",
    "'{path}' names no column; write row.column with one of the columns {fields}",
)
_Row = TypeVar("_Row", Indicator, Funding)


def what_if(
    table: Evaluation | Scorecard,
    changes: Mapping[str, object] | None = None,
    rulebook: str | Path | RuleBook | None = None,
) -> TableChange:
    """Score a table as it is and with other cells, under another rule book, or both: before, after, rows that differ.

    ``changes`` are the new cells by row and column: ``{"indicators[5].actual": "8.90万元", "差旅费.weight": 12}``. A row is
    its path, as findings name it, or its name; a column is a field of Indicator or Funding. A scorecard keeps its own rule
    book before the change, a table is scored under common-practice. UsageError for what the table does not
    have, and for a float.

    >>> table = Evaluation(indicators=[Indicator(level3="差旅费", target="<=8.90万元", actual="8.94万元", weight=90)])
    >>> what_if(table, {"差旅费.actual": "8.90万元"}).second.indicators[0].score
    Decimal('90.00')
    """
    before = table if isinstance(table, Scorecard) else score(table)
    changed = _changed(before.evaluation, changes or {})
    return change_between(before, score(changed, before.rulebook if rulebook is None else rulebook))


def _changed(table: Evaluation, changes: Mapping[str, object]) -> Evaluation:
    cells: dict[tuple[str, int], dict[str, Any]] = {}
    for path, cell in changes.items():
        row, _, field = path.rpartition(".")
        group, number = _find(table, row or field)
        kind = Indicator if group == "indicators" else Funding
        fields = [each.name for each in attrs.fields(kind)]
        if field not in fields:
            raise UsageError(_NO_FIELD(path=path, fields=" ".join(fields)))
        cells.setdefault((group, number), {})[field] = cell
    # What was changed is no longer what the file says.
    return attrs.evolve(
        table,
        indicators=_rows(table.indicators, "indicators", cells),
        funding=_rows(table.funding, "funding", cells),
        sha256=None if cells else table.sha256,
    )


def _rows(
    rows: Sequence[_Row], group: str, cells: Mapping[tuple[str, int], Mapping[str, Any]]
) -> Iterable[_Row]:
    # The converters of the fields read each cell, and name the field of one that they refuse.
    return [attrs.evolve(row, **cells.get((group, number), {})) for number, row in enumerate(rows)]


def _find(table: Evaluation, row: str) -> tuple[str, int]:
    named = [("indicators", number, one.level3) for number, one in enumerate(table.indicators)]
    named += [("funding", number, one.label) for number, one in enumerate(table.funding)]
    path = _PATH.fullmatch(row)
    if path:
        found = [(group, number) for group, number, _ in named if (group, number) == (path[1], int(path[2]))]
    else:
        found = [(group, number) for group, number, name in named if name and squash(name) == squash(row)]
    if not found:
        raise UsageError(_NO_ROW(row=row))
    if len(found) > 1:
        paths = " ".join(f"{group}[{number}]" for group, number in found)
        raise UsageError(_SEVERAL(count=len(found), row=row, paths=paths))
    return found[0]
