"""Above one table: what many tables show together, and which of them to look at."""

from __future__ import annotations

__all__ = [
    "AGGREGATION_BASES",
    "Against",
    "AggregatedCell",
    "AggregatedFunding",
    "AggregatedRow",
    "Aggregation",
    "AggregationBasis",
    "AggregationSettings",
    "Bucket",
    "Contribution",
    "Funds",
    "Group",
    "GroupedBy",
    "Line",
    "Mark",
    "Method",
    "Obstacle",
    "Part",
    "Printed",
    "Remark",
    "Sample",
    "Signal",
    "SignalSettings",
    "Spread",
    "StatementBy",
    "Summary",
    "Weighing",
    "aggregate",
    "compare_with_parts",
    "draw",
    "signal_of",
    "spread_of",
    "summarize",
]

from perfeval.auditing import Mark, SignalSettings
from perfeval.portfolio.against import Against, Printed, compare_with_parts
from perfeval.portfolio.aggregation import (
    AggregatedCell,
    AggregatedFunding,
    AggregatedRow,
    Aggregation,
    Contribution,
    Method,
    Obstacle,
    Part,
    Remark,
)
from perfeval.portfolio.line import Line
from perfeval.portfolio.sample import Sample, Weighing, draw
from perfeval.portfolio.settings import (
    AGGREGATION_BASES,
    AggregationBasis,
    AggregationSettings,
    Funds,
    StatementBy,
)
from perfeval.portfolio.signals import Bucket, Signal, signal_of
from perfeval.portfolio.spread import Spread, spread_of
from perfeval.portfolio.summary import Group, GroupedBy, Summary, summarize
from perfeval.portfolio.transfers import aggregate
