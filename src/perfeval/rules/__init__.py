"""The scoring rules, one file each; a new one is added to ``RULES``."""

from __future__ import annotations

__all__ = [
    "RULES",
    "Band",
    "Banded",
    "Direct",
    "Equality",
    "Graded",
    "Kind",
    "LadderStep",
    "Proportional",
    "Reverse",
    "Rule",
    "Share",
    "Stated",
    "ZeroUnderCeiling",
]

from perfeval.rules.banded import Band, Banded
from perfeval.rules.direct import Direct
from perfeval.rules.graded import Graded
from perfeval.rules.parts import Equality, Kind, Reverse, Rule, Share, ZeroUnderCeiling
from perfeval.rules.proportional import LadderStep, Proportional
from perfeval.rules.stated import Stated

RULES: tuple[type[Rule], ...] = (Proportional, Direct, Banded, Graded, Stated)
