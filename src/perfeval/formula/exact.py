"""Reader: the exact value of a formula, as a pair of integers.

A formula is written out once as one Python function over integers and kept by whoever scores many
rows: a tree of closures takes five times as long for each row, ``Fraction`` thirty times. The
source holds nothing but integers of the formula, the names of ``INPUTS`` and operators.
"""

from __future__ import annotations

__all__ = [
    "Evaluator",
    "Pair",
    "Refused",
    "Scope",
    "compile_condition",
    "compile_formula",
    "evaluate",
    "round_pair",
]

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from perfeval.formula.nodes import (
    INPUTS,
    Add,
    Because,
    Branch,
    Case,
    Compare,
    Divide,
    Greatest,
    Input,
    Label,
    Least,
    Multiply,
    Node,
    Number,
    Refuse,
    Round,
    RoundingMode,
    Subtract,
)

Pair = tuple[int, int]
"""Numerator and denominator, the denominator above 0; not always in lowest terms."""

Scope = Mapping[str, Pair]
Evaluator = Callable[[Scope], Pair]


class Refused(Exception):  # noqa: N818 - a formula's answer, not an error; never leaves scoring
    """The formula has no value here; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def evaluate(node: Node, scope: Scope) -> Pair:
    """Give the exact value of a formula. Raises Refused where it has none."""
    return compile_formula(node)(scope)


def round_pair(numerator: int, denominator: int, step: Pair, mode: RoundingMode) -> Pair:
    """Round to a multiple of ``step``; a negative value is rounded as its size is."""
    # In units of the step, rounding is to a whole number: n / d.
    n, d = numerator * step[1], denominator * step[0]
    size = -n if n < 0 else n
    if mode is RoundingMode.HALF_UP:
        whole = (2 * size + d) // (2 * d)
    elif mode is RoundingMode.TRUNCATE:
        whole = size // d
    else:
        whole, rest = divmod(size, d)
        if 2 * rest > d or (2 * rest == d and whole % 2):
            whole += 1
    return (-whole if n < 0 else whole) * step[0], step[1]


@lru_cache(4096)  # the formulas of the rules in use; a node keeps its hash
def compile_formula(node: Node) -> Evaluator:
    """Give a function from the inputs (name to pair) to the exact value. It raises Refused."""
    writer = _Writer()
    numerator, denominator = writer.value(node, 1)
    evaluator: Evaluator = writer.function(f"return {numerator}, {denominator}")
    return evaluator


@lru_cache(4096)
def compile_condition(condition: Compare) -> Callable[[Scope], bool]:
    """Give a function from the inputs to whether the condition holds."""
    writer = _Writer()
    text = writer.condition(condition, 1)
    check: Callable[[Scope], bool] = writer.function(f"return {text}")
    return check


_COMPARATORS = {">=": ">=", ">": ">", "=": "==", "<": "<", "<=": "<="}

_Texts = tuple[str, str]
"""The texts of a numerator and a denominator: names of variables, or integers."""


@attrs.define
class _Writer:
    """Writes the statements of one function."""

    lines: list[str] = attrs.Factory(list)
    inputs: dict[str, None] = attrs.Factory(dict)
    modes: dict[str, RoundingMode] = attrs.Factory(dict)
    count: int = 0

    def function(self, last: str) -> Any:
        loads = [f"    {name}_n, {name}_d = scope[{name!r}]" for name in self.inputs]
        source = "\n".join(["def formula(scope):", *loads, *self.lines, f"    {last}"])
        space: dict[str, object] = {"round_pair": round_pair, "Refused": Refused, **self.modes}
        exec(compile(source, "<formula>", "exec"), space)  # noqa: S102 - its own integers and names only
        return space["formula"]

    def value(self, node: Node, depth: int) -> _Texts:
        """Write what makes the value of a node; give its texts."""
        match node:
            case Input(name):
                if name not in INPUTS:
                    raise ValueError(name)
                self.inputs[name] = None
                return f"{name}_n", f"{name}_d"
            case Number(numerator, denominator):
                return str(int(numerator)), str(int(denominator))
            case Label(_, value) | Because(_, value):
                return self.value(value, depth)
            case Multiply(Input() | Number() as left, Input() | Number() as right):
                # Written where it stands, without a statement: a ladder's A ≥ k × T can then be an elif.
                f, g = self.value(left, depth), self.value(right, depth)
                return f"({_times(f[0], g[0])})", f"({_times(f[1], g[1])})"
            case Compare():
                raise TypeError("a comparison has no value of its own; it is the condition of a branch")
        self.count += 1
        texts = f"v{self.count}_n", f"v{self.count}_d"
        self.assign(node, depth, ", ".join(texts))
        return texts

    def assign(self, node: Node, depth: int, result: str) -> None:
        """Write statements that put the value of a node into the variables ``result``."""
        indent = "    " * depth
        match node:
            case Case(branches, otherwise):
                self.branches(branches, otherwise, depth, result)
            case Refuse(reason):
                self.lines.append(f"{indent}raise Refused({str(reason)!r})")
            case _:
                self.lines.append(f"{indent}{result} = {self.pair(node, depth)}")

    def branches(self, branches: tuple[Branch, ...], otherwise: Node, depth: int, result: str) -> None:
        """Write if, elif, else; an elif stays on its level, because Python nests no deeper than a hundred."""
        word = "if"
        for branch in branches:
            before = len(self.lines)
            condition = self.condition(branch.condition, depth + (word == "elif"))
            if word == "elif" and len(self.lines) > before:  # the condition needs statements of its own first
                self.lines.insert(before, f"{'    ' * depth}else:")
                word, depth = "if", depth + 1
            self.lines.append(f"{'    ' * depth}{word} {condition}:")
            self.assign(branch.then, depth + 1, result)
            word = "elif"
        if branches:
            self.lines.append(f"{'    ' * depth}else:")
        self.assign(otherwise, depth + bool(branches), result)

    def pair(self, node: Node, depth: int) -> str:
        """Give the expression of a pair, writing first what it needs."""
        match node:
            case Round(value, step, mode):
                n, d = self.value(value, depth)
                self.modes[f"mode_{mode.name}"] = mode
                size = (int(step.numerator), int(step.denominator))
                return f"round_pair({n}, {d}, {size}, mode_{mode.name})"
            case Add(left, right) | Subtract(left, right) | Multiply(left, right) | Divide(left, right):
                return self.arithmetic(node, self.value(left, depth), self.value(right, depth))
            case Least(left, right) | Greatest(left, right):
                f, g = self.value(left, depth), self.value(right, depth)
                sign = "<=" if isinstance(node, Least) else ">="
                return f"({f[0]}, {f[1]}) if {_order(f, sign, g)} else ({g[0]}, {g[1]})"
            case _:
                return ", ".join(self.value(node, depth))

    def arithmetic(self, node: Node, f: _Texts, g: _Texts) -> str:
        match node:
            case Multiply():
                return f"{_times(f[0], g[0])}, {_times(f[1], g[1])}"
            case Divide():
                n, d = _times(f[0], g[1]), _times(f[1], g[0])
                return f"({n}, {d}) if {g[0]} > 0 else (-({n}), -({d}))"
            case _:
                sign = "+" if isinstance(node, Add) else "-"
                return f"{_times(f[0], g[1])} {sign} {_times(g[0], f[1])}, {_times(f[1], g[1])}"

    def condition(self, condition: Compare, depth: int) -> str:
        f, g = self.value(condition.left, depth), self.value(condition.right, depth)
        return _order(f, _COMPARATORS[condition.comparator], g)


def _order(f: _Texts, sign: str, g: _Texts) -> str:
    return f"{_times(f[0], g[1])} {sign} {_times(g[0], f[1])}"


def _times(first: str, second: str) -> str:
    """Give the text of a product without idle factors."""
    if "0" in (first, second):
        return "0"
    if first == "1":
        return second
    return first if second == "1" else f"{first} * {second}"
