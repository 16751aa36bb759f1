"""Results as text and as data."""

from __future__ import annotations

__all__ = [
    "AUDIT_SCHEMA",
    "SCORECARD_SCHEMA",
    "audit_csv",
    "audit_data",
    "audit_lines",
    "audit_markdown",
    "audit_text",
    "card_data",
    "card_text",
    "coverage_text",
    "scorecards_data",
]

from perfeval.report.audit import (
    AUDIT_SCHEMA,
    audit_csv,
    audit_data,
    audit_lines,
    audit_markdown,
    audit_text,
)
from perfeval.report.data import SCORECARD_SCHEMA, card_data, scorecards_data
from perfeval.report.text import card_text, coverage_text
