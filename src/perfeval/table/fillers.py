"""Rows that only fill up a form (``……``, ``指标2:``, 其中 with nothing behind it) are dropped, and said so."""

from __future__ import annotations

__all__ = ["FILLER_ROW", "without_fillers"]

import re
from collections.abc import Callable, Mapping

import attrs

from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording
from perfeval.table.cells import Cell
from perfeval.table.model import Evaluation, Indicator
from perfeval.values import Missing, squash

FILLER_ROW = Wording(
    "PE001",
    "空白行“{name}”没有指标值、实际完成值、分值和得分，不计入",
    "the filler row '{name}' has no target, actual, weight or score and is left out",
)
_FILLER = re.compile(r"(?:…|\.{2,}|指标[0-9]+:?|其中:?.*)?")

Dropped = Callable[[Mapping[str, Location]], Finding]
"""A finding that still has to be told its place."""


def without_fillers(evaluation: Evaluation) -> tuple[Evaluation, tuple[int, ...], list[Dropped]]:
    """Give the table without its filler rows, the numbers of the rows kept, and a finding for each dropped."""
    kept = tuple(index for index, row in enumerate(evaluation.indicators) if not _is_filler(row))
    if len(kept) == len(evaluation.indicators):
        return evaluation, kept, []
    dropped = [
        _finding(index, row.level3 or "")
        for index, row in enumerate(evaluation.indicators)
        if index not in set(kept)
    ]
    rows = tuple(evaluation.indicators[index] for index in kept)
    return attrs.evolve(evaluation, indicators=rows), kept, dropped


def _is_filler(row: Indicator) -> bool:
    cells = (row.target, row.actual, row.weight, row.score)
    return all(_is_blank(cell) for cell in cells) and _FILLER.fullmatch(squash(row.level3 or "")) is not None


def _is_blank(cell: Cell[object] | None) -> bool:
    return cell is None or isinstance(cell.value, Missing)


def _finding(index: int, name: str) -> Dropped:
    def placed(places: Mapping[str, Location]) -> Finding:
        place = places.get(f"indicators[{index}]")
        return Finding(FILLER_ROW(name=name), FindingClass.READING, Severity.NOTE, (place,) if place else ())

    return placed
