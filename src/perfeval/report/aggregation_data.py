"""An aggregation as JSON data, schema ``perfeval.aggregation.v1``.

Exact numbers are strings: a decimal, or ``n ÷ d`` where it has no end. Tables and rows count from 1; money is in 元.
"""

from __future__ import annotations

__all__ = ["AGGREGATION_SCHEMA", "aggregation_data"]

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from perfeval.formula import plain
from perfeval.messages import Language
from perfeval.portfolio import (
    AGGREGATION_BASES,
    Against,
    AggregatedCell,
    AggregatedRow,
    Aggregation,
    Contribution,
    Printed,
    Remark,
)
from perfeval.table import table_data

AGGREGATION_SCHEMA = "perfeval.aggregation.v1"


def aggregation_data(
    made: Aggregation, version: str, against: Against | None = None, language: Language = "zh"
) -> dict[str, Any]:
    """Give the regional table and its record as one JSON object; ``against`` is null where nothing was compared."""
    return {
        "schema": AGGREGATION_SCHEMA,
        "tool": {"name": "perfeval", "version": version},
        "rulebook": {"id": made.rulebook.id, "sha256": made.rulebook.sha256},
        "settings": [
            {
                "name": one.setting,
                "value": _shown(getattr(made.settings, one.setting)),
                "basis": one.source.text(language),
                "status": str(one.status),
            }
            for one in AGGREGATION_BASES
        ],
        "tables": [
            {
                "number": number,
                "file": part.evaluation.file,
                "sha256": part.evaluation.sha256,
                "organisation": part.evaluation.organisation,
                "budget": _number(part.budget),
                "executed": _number(part.executed),
            }
            for number, part in enumerate(made.parts, 1)
        ],
        "evaluation": table_data(made.evaluation),
        "funding": [
            {
                "label": one.funding.label,
                **{name: _cell(cell) for name, cell in one.cells.items()},
                "remarks": _remarks(one.remarks),
            }
            for one in made.funding
        ],
        "rows": [_row(row) for row in made.rows],
        "remarks": _remarks(made.remarks),
        "obstacles": {str(obstacle): count for obstacle, count in sorted(made.obstacles.items())},
        "against": None if against is None else _against(against),
    }


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _row(row: AggregatedRow) -> dict[str, Any]:
    return {
        **_levels(row),
        "target": _cell(row.target),
        "actual": _cell(row.actual),
        "remarks": _remarks(row.remarks),
    }


def _levels(row: AggregatedRow) -> dict[str, Any]:
    one = row.indicator
    return {"level1": one.level1, "level2": one.level2, "level3": one.level3}


def _cell(cell: AggregatedCell) -> dict[str, Any]:
    return {
        "method": None if cell.method is None else str(cell.method),
        "text": cell.text,
        "exact": [_number(value) for value in cell.values],
        "unit": cell.unit.symbol,
        "of": [_contribution(one) for one in cell.contributions],
        "obstacle": None if cell.obstacle is None else str(cell.obstacle),
        "at": [number + 1 for number in cell.at],
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "table": one.part + 1,
        "row": one.row + 1,
        "text": one.text,
        "exact": [_number(value) for value in one.values],
        "funds": _number(one.funds),
        "share": _number(one.share),
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [{"obstacle": str(one.obstacle), "at": [number + 1 for number in one.at]} for one in remarks]


def _number(value: Fraction | None) -> str | None:
    return None if value is None else plain(value.as_integer_ratio())


def _against(against: Against) -> dict[str, Any]:
    return {
        "file": against.published.file,
        "explained": against.explained,
        "questions": [_printed(one) for one in against.questions],
        "not_compared": [_printed(one) for one in against.not_compared],
        "only_in_tables": [_levels(row) for row in against.only_in_parts],
    }


def _printed(one: Printed) -> dict[str, Any]:
    return {
        "row": one.row + 1,
        "field": one.field,
        "text": one.text,
        "readings": list(one.readings),
        "obstacle": None if one.obstacle is None else str(one.obstacle),
        "place": None if one.place is None else one.place.as_dict(),
    }
