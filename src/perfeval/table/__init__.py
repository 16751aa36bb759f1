"""The printed table as a frozen value, and its TOML and JSON form."""

from __future__ import annotations

__all__ = [
    "OTHER_SCHEMA",
    "SCHEMA",
    "AmountCell",
    "Cell",
    "Evaluation",
    "Funding",
    "Goal",
    "Indicator",
    "NumberCell",
    "Paragraph",
    "Reading",
    "Stage",
    "TableKind",
    "TargetCell",
    "Total",
    "amount_cell",
    "dump_json",
    "dump_toml",
    "number_cell",
    "parse_json",
    "read",
    "read_data",
    "table_data",
    "target_cell",
    "weight_cell",
]

from perfeval.table.cells import (
    AmountCell,
    Cell,
    NumberCell,
    TargetCell,
    amount_cell,
    number_cell,
    target_cell,
    weight_cell,
)
from perfeval.table.files import (
    OTHER_SCHEMA,
    SCHEMA,
    Reading,
    dump_json,
    dump_toml,
    parse_json,
    read,
    read_data,
    table_data,
)
from perfeval.table.model import Evaluation, Funding, Goal, Indicator, Paragraph, Stage, TableKind, Total
