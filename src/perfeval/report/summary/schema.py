"""The JSON Schema of ``perfeval.summary.v1``; ``report/summary.schema.json`` is its committed text."""

from __future__ import annotations

__all__ = ["summary_schema"]

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from perfeval.portfolio import Bucket, GroupedBy, Signal, Weighing
from perfeval.report.schema_parts import (
    COUNT,
    COUNTS,
    DECIMAL,
    FROM_ONE,
    PROBLEM,
    RULEBOOK,
    STRING,
    TOOL,
    Node,
    closed,
    list_of,
    maybe,
    members,
)
from perfeval.report.summary.data import SUMMARY_SCHEMA, TABLE_COLUMNS, UNKNOWN
from perfeval.scoring import Reason
from perfeval.table import TableKind

_TYPES: Mapping[type, Node] = {
    str: maybe(STRING),
    int: COUNT,
    bool: maybe({"type": "boolean"}),
    Decimal: DECIMAL,
}
_SOME: Node = {"type": "string", "pattern": DECIMAL["pattern"]}
_NARROWER: Mapping[str, Node] = {
    "number": FROM_ONE,
    "kind": members(TableKind),
    "rate": {"type": ["string", "null"], "pattern": "^-?[0-9]+\\.[0-9]{2}%$"},
    "bucket": maybe(members(Bucket)),
    "signal": maybe(members(Signal)),
    "risk": FROM_ONE,
}


def summary_schema() -> Node:
    """Give the schema (draft 2020-12) of what ``perfeval summarize --output-format json`` writes."""
    columns = {name: _NARROWER.get(name, _TYPES[kind]) for name, kind in TABLE_COLUMNS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SUMMARY_SCHEMA,
        "description": "多张表的汇总; what many tables show together",
        **closed(
            schema={"const": SUMMARY_SCHEMA},
            tool=TOOL,
            rulebook=RULEBOOK,
            counts=closed(
                tables=COUNT,
                indicators=COUNT,
                scored=COUNT,
                unscorable={**COUNTS, "propertyNames": members(Reason)},
            ),
            grades=closed(reported=COUNTS, recomputed=COUNTS),
            spread=closed(reported=maybe(_spread()), recomputed=maybe(_spread())),
            execution=_counted(Bucket),
            signals=closed(
                **_counted(Signal)["properties"],
                marks=closed(
                    **dict.fromkeys(("gap", "unspent", "apart"), closed(more_than=_SOME, basis=STRING))
                ),
            ),
            apart=closed(apart=COUNT, together=COUNT, unknown=COUNT),
            grouped_by=members(GroupedBy),
            groups=list_of(
                closed(
                    name=maybe(STRING),
                    kind=members(TableKind),
                    tables=FROM_ONE,
                    with_money=COUNT,
                    budget=DECIMAL,
                    executed=DECIMAL,
                    totals=maybe(_spread()),
                    signals=_counted(Signal),
                    risk=FROM_ONE,
                )
            ),
            sample=maybe(_sample()),
            tables=list_of(closed(**columns)),
            problems=list_of(PROBLEM),
        ),
    }


def _counted(kind: type[StrEnum]) -> Node:
    return closed(**{str(member): COUNT for member in kind}, **{UNKNOWN: COUNT})


def _spread() -> Node:
    quartiles = dict.fromkeys(("least", "lower", "median", "upper", "most"), _SOME)
    return closed(count=FROM_ONE, **quartiles, full=COUNT)


def _sample() -> Node:
    return closed(
        weighed_by=members(Weighing),
        seed={"type": "integer"},
        tables=list_of(FROM_ONE),
        certain=COUNT,
        without_weight=COUNT,
        coverage=closed(tables=_pair(COUNT), risk=_pair(COUNT), amount=_pair(DECIMAL)),
    )


def _pair(kind: Node) -> Node:
    """Give an array of two: what was drawn, and all."""
    return {"type": "array", "items": kind, "minItems": 2, "maxItems": 2}
