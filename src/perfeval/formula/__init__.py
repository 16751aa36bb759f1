"""Scoring formulas as data (nodes), and one module for each reader of them."""

from __future__ import annotations

__all__ = [
    "Node",
    "Refused",
    "RoundingMode",
    "Step",
    "compile_formula",
    "evaluate",
    "plain",
    "reach",
    "round_pair",
    "steps",
]

from perfeval.formula.exact import Refused, compile_formula, evaluate, round_pair
from perfeval.formula.nodes import Node, RoundingMode
from perfeval.formula.prose import Step, plain, steps
from perfeval.formula.reach import reach
