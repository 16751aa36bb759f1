"""Rule books against each other: what differs, what it changes, and vectors that prove another engine."""

from __future__ import annotations

__all__ = [
    "VECTORS_SCHEMA",
    "Comparison",
    "Difference",
    "Impact",
    "RowExample",
    "SettingDifference",
    "Shown",
    "TableChange",
    "TableExample",
    "Witness",
    "compare_books",
    "differing_settings",
    "impact_of",
    "vector_lines",
    "what_if",
]

from perfeval.comparing.difference import Comparison, Difference, Shown, Witness, compare_books
from perfeval.comparing.example import RowExample, TableExample
from perfeval.comparing.impact import Impact, TableChange, impact_of
from perfeval.comparing.settings import SettingDifference, differing_settings
from perfeval.comparing.vectors import VECTORS_SCHEMA, vector_lines
from perfeval.comparing.what_if import what_if
