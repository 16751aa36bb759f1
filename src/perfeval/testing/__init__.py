"""Cases of rule books, tables to test with (clean ones, and faults planted in them), and hypothesis strategies.

``clean_evaluation`` and ``clean_unit`` draw from a ``random.Random`` that is given: the same seed, the same tables.
"""

from __future__ import annotations

__all__ = [
    "FAULTS",
    "BrokenLaw",
    "Case",
    "Fault",
    "Host",
    "Outcome",
    "Planted",
    "assert_lawful",
    "broken_laws",
    "clean_evaluation",
    "clean_unit",
    "comparisons",
    "deadlines",
    "evaluations",
    "indicators",
    "load_cases",
    "quantities",
    "ranges",
    "register_strategies",
    "rulebooks",
    "targets",
]

from importlib import import_module
from typing import TYPE_CHECKING, Any

from perfeval.testing.case_files import load_cases
from perfeval.testing.cases import Case, Outcome
from perfeval.testing.clean import clean_evaluation, clean_unit
from perfeval.testing.fault import Fault, Host, Planted
from perfeval.testing.faults import FAULTS

if TYPE_CHECKING:
    from perfeval.testing.laws import BrokenLaw, assert_lawful, broken_laws
    from perfeval.testing.strategies import (
        comparisons,
        deadlines,
        evaluations,
        indicators,
        quantities,
        ranges,
        register_strategies,
        rulebooks,
        targets,
    )

_NEED_HYPOTHESIS = {
    "perfeval.testing.laws": {"BrokenLaw", "assert_lawful", "broken_laws"},
    "perfeval.testing.strategies": {
        "comparisons",
        "deadlines",
        "evaluations",
        "indicators",
        "quantities",
        "ranges",
        "register_strategies",
        "rulebooks",
        "targets",
    },
}


def __getattr__(name: str) -> Any:
    """Give the laws and the strategies when they are asked for: hypothesis is imported with them."""
    for module, names in _NEED_HYPOTHESIS.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
