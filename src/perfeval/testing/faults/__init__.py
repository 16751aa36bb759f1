"""Every kind of fault that can be planted."""

from __future__ import annotations

__all__ = ["FAULTS"]

from perfeval.testing.fault import Fault
from perfeval.testing.faults import (
    costs,
    execution,
    money,
    reasons,
    rules,
    scores,
    sums,
    targets,
    totals,
    units,
    weights,
    wording,
)

FAULTS: tuple[Fault, ...] = (
    *scores.FAULTS,
    *rules.FAULTS,
    *weights.FAULTS,
    *totals.FAULTS,
    *targets.FAULTS,
    *wording.FAULTS,
    *costs.FAULTS,
    *money.FAULTS,
    *execution.FAULTS,
    *reasons.FAULTS,
    *units.FAULTS,
    *sums.FAULTS,
)
