"""Text to values: exact numbers with units, targets, dates; nothing here knows of tables or rules."""

from __future__ import annotations

__all__ = [
    "DEFAULT_UNITS",
    "NO_UNIT",
    "Comparison",
    "Deadline",
    "Missing",
    "MissingReason",
    "Operator",
    "Period",
    "Quantity",
    "Range",
    "Target",
    "Text",
    "Unit",
    "UnitTable",
    "Unparsed",
    "UnparsedReason",
    "fold",
    "parse_amount",
    "parse_number",
    "parse_parts",
    "parse_target",
    "parse_weight",
    "squash",
]

from perfeval.values.cells import parse_amount, parse_number, parse_weight
from perfeval.values.dates import Period
from perfeval.values.expressions import parse_parts, parse_target
from perfeval.values.model import (
    Comparison,
    Deadline,
    Missing,
    MissingReason,
    Operator,
    Quantity,
    Range,
    Target,
    Text,
    Unparsed,
    UnparsedReason,
)
from perfeval.values.text import fold, squash
from perfeval.values.units import DEFAULT_UNITS, NO_UNIT, Unit, UnitTable
