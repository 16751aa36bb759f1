"""Cases of rule books, and tables to test with: clean ones drawn at random, and faults planted in them.

Every table is drawn from a ``random.Random`` that is given: the same seed, the same tables.
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
    "load_cases",
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

_NEED_HYPOTHESIS = frozenset({"BrokenLaw", "assert_lawful", "broken_laws"})


def __getattr__(name: str) -> Any:
    """Give the laws when they are asked for: hypothesis is imported with them."""
    if name not in _NEED_HYPOTHESIS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("perfeval.testing.laws"), name)
