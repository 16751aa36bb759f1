"""A table and a rule book to a scorecard; every score with its reason, notes and verdict."""

from __future__ import annotations

__all__ = [
    "ExecutionScore",
    "IndicatorScore",
    "Note",
    "Reason",
    "RequiredActual",
    "Scorecard",
    "Status",
    "Stretch",
    "Subtotal",
    "Verdict",
    "required_actual",
    "score",
    "score_execution",
    "score_indicator",
]

from perfeval.scoring.execution import ExecutionScore
from perfeval.scoring.functions import score, score_execution, score_indicator
from perfeval.scoring.indicator import IndicatorScore
from perfeval.scoring.required import RequiredActual, Stretch, required_actual
from perfeval.scoring.scorecard import Scorecard, Subtotal
from perfeval.scoring.vocabulary import Note, Reason, Status, Verdict
