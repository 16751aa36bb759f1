"""Results as text and as data."""

from __future__ import annotations

__all__ = ["SCORECARD_SCHEMA", "card_data", "card_text", "coverage_text", "scorecards_data"]

from perfeval.report.data import SCORECARD_SCHEMA, card_data, scorecards_data
from perfeval.report.text import card_text, coverage_text
