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
from typing import Any

import attrs

from perfeval.formula.nodes import (
    INPUTS,
    Add,
    Because,
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


def compile_formula(node: Node) -> Evaluator:
    """Give a function from the inputs (name to pair) to the exact value. It raises Refused."""
    writer = _Writer()
    result = writer.value(node, 1)
    evaluator: Evaluator = writer.function(f"return {result}_n, {result}_d")
    return evaluator


def compile_condition(condition: Compare) -> Callable[[Scope], bool]:
    """Give a function from the inputs to whether the condition holds."""
    writer = _Writer()
    text = writer.condition(condition, 1)
    check: Callable[[Scope], bool] = writer.function(f"return {text}")
    return check


_COMPARATORS = {">=": ">=", ">": ">", "=": "==", "<": "<", "<=": "<="}


@attrs.define
class _Writer:
    """Writes the statements of one function; each node becomes two variables, ``<name>_n`` and ``<name>_d``."""

    lines: list[str] = attrs.Factory(list)
    inputs: dict[str, None] = attrs.Factory(dict)
    constants: dict[str, object] = attrs.Factory(dict)
    count: int = 0

    def function(self, last: str) -> Any:
        loads = [f"    {name}_n, {name}_d = scope[{name!r}]" for name in self.inputs]
        source = "\n".join(["def formula(scope):", *loads, *self.lines, f"    {last}"])
        space: dict[str, object] = {"round_pair": round_pair, "Refused": Refused, **self.constants}
        exec(compile(source, "<formula>", "exec"), space)  # noqa: S102 - its own integers and names only
        return space["formula"]

    def write(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def name(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def value(self, node: Node, depth: int) -> str:
        """Write what makes the value of a node; give the name of its variables."""
        match node:
            case Input(name):
                if name not in INPUTS:
                    raise ValueError(name)
                self.inputs[name] = None
                return name
            case Label(_, value) | Because(_, value):
                return self.value(value, depth)
            case Compare():
                raise TypeError("a comparison has no value of its own; it is the condition of a branch")
        result = self.name()
        self.assign(node, depth, result)
        return result

    def assign(self, node: Node, depth: int, result: str) -> None:
        """Write statements that put the value of a node into the variables ``result``."""
        match node:
            case Number(numerator, denominator):
                self.write(depth, f"{result}_n, {result}_d = {int(numerator)}, {int(denominator)}")
            case Case(branches, otherwise):
                for branch in branches:
                    self.write(depth, f"if {self.condition(branch.condition, depth)}:")
                    self.assign(branch.then, depth + 1, result)
                    self.write(depth, "else:")
                    depth += 1
                self.assign(otherwise, depth, result)
            case Refuse(reason):
                self.write(depth, f"raise Refused({str(reason)!r})")
            case Round(value, step, mode):
                inner = self.value(value, depth)
                constant = f"mode_{mode.name}"
                self.constants[constant] = mode
                size = (int(step.numerator), int(step.denominator))
                self.write(
                    depth, f"{result}_n, {result}_d = round_pair({inner}_n, {inner}_d, {size}, {constant})"
                )
            case Label(_, value) | Because(_, value):
                self.assign(value, depth, result)
            case Add(left, right) | Subtract(left, right) | Multiply(left, right) | Divide(left, right):
                self.arithmetic(node, depth, result, self.value(left, depth), self.value(right, depth))
            case Least(left, right) | Greatest(left, right):
                f, g = self.value(left, depth), self.value(right, depth)
                sign = "<=" if isinstance(node, Least) else ">="
                test = f"if {f}_n * {g}_d {sign} {g}_n * {f}_d"
                self.write(depth, f"{result}_n, {result}_d = ({f}_n, {f}_d) {test} else ({g}_n, {g}_d)")
            case _:
                name = self.value(node, depth)
                self.write(depth, f"{result}_n, {result}_d = {name}_n, {name}_d")

    def arithmetic(self, node: Node, depth: int, result: str, f: str, g: str) -> None:
        match node:
            case Multiply():
                pair = f"{f}_n * {g}_n, {f}_d * {g}_d"
            case Divide():
                pair = f"({f}_n * {g}_d, {f}_d * {g}_n) if {g}_n > 0 else (-{f}_n * {g}_d, -{f}_d * {g}_n)"
            case _:
                sign = "+" if isinstance(node, Add) else "-"
                pair = f"{f}_n * {g}_d {sign} {g}_n * {f}_d, {f}_d * {g}_d"
        self.write(depth, f"{result}_n, {result}_d = {pair}")

    def condition(self, condition: Compare, depth: int) -> str:
        f, g = self.value(condition.left, depth), self.value(condition.right, depth)
        return f"{f}_n * {g}_d {_COMPARATORS[condition.comparator]} {g}_n * {f}_d"
