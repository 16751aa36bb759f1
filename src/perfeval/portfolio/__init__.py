"""Above one table: what many tables show together, and which of them to look at."""

from __future__ import annotations

__all__ = [
    "Bucket",
    "Group",
    "GroupedBy",
    "Line",
    "Mark",
    "Sample",
    "Signal",
    "SignalSettings",
    "Spread",
    "Summary",
    "Weighing",
    "draw",
    "signal_of",
    "spread_of",
    "summarize",
]

from perfeval.auditing import Mark, SignalSettings
from perfeval.portfolio.line import Line
from perfeval.portfolio.sample import Sample, Weighing, draw
from perfeval.portfolio.signals import Bucket, Signal, signal_of
from perfeval.portfolio.spread import Spread, spread_of
from perfeval.portfolio.summary import Group, GroupedBy, Summary, summarize
