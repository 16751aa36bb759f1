"""Tables to test with: clean ones drawn at random, and faults planted in them.

Everything is drawn from a ``random.Random`` that is given: the same seed, the same tables.
"""

from __future__ import annotations

__all__ = ["FAULTS", "Fault", "Host", "Planted", "clean_evaluation", "clean_unit"]

from perfeval.testing.clean import clean_evaluation, clean_unit
from perfeval.testing.fault import Fault, Host, Planted
from perfeval.testing.faults import FAULTS
