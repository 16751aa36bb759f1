"""Reader: the exact value of a formula, as a pair of integers.

A formula is turned into nested closures once (``compile_formula``, kept by whoever scores
many rows), because walking a tree for each row would look at each node's type again.
"""

from __future__ import annotations

__all__ = ["Evaluator", "Pair", "Refused", "Scope", "compile_formula", "evaluate", "round_pair"]

import operator
from collections.abc import Callable, Mapping
from operator import itemgetter

from perfeval.formula.nodes import (
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
_Condition = Callable[[Scope], bool]


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
    match node:
        case Input(name):
            return itemgetter(name)
        case Number(numerator, denominator):
            constant = (numerator, denominator)
            return lambda _scope: constant
        case Label(_, value) | Because(_, value):
            return compile_formula(value)
        case Case():
            return _case(node)
        case Round(value, step, mode):
            inner, size = compile_formula(value), (step.numerator, step.denominator)
            return lambda scope: round_pair(*inner(scope), size, mode)
        case Refuse(reason):
            return _refuse(reason)
        case Compare():
            raise TypeError("a comparison has no value of its own; it is the condition of a branch")
        case _:
            return _BINARY[type(node)](compile_formula(node.left), compile_formula(node.right))


# One closure for each operation, and none shared through a further call: a million rows pass here.
def _add(first: Evaluator, second: Evaluator) -> Evaluator:
    def add(scope: Scope) -> Pair:
        (a, b), (c, d) = first(scope), second(scope)
        return a * d + c * b, b * d

    return add


def _subtract(first: Evaluator, second: Evaluator) -> Evaluator:
    def subtract(scope: Scope) -> Pair:
        (a, b), (c, d) = first(scope), second(scope)
        return a * d - c * b, b * d

    return subtract


def _multiply(first: Evaluator, second: Evaluator) -> Evaluator:
    def multiply(scope: Scope) -> Pair:
        (a, b), (c, d) = first(scope), second(scope)
        return a * c, b * d

    return multiply


def _divide(first: Evaluator, second: Evaluator) -> Evaluator:
    def divide(scope: Scope) -> Pair:
        (a, b), (c, d) = first(scope), second(scope)
        return (a * d, b * c) if c > 0 else (-a * d, -b * c)

    return divide


def _least(first: Evaluator, second: Evaluator) -> Evaluator:
    def least(scope: Scope) -> Pair:
        one, other = first(scope), second(scope)
        return one if one[0] * other[1] <= other[0] * one[1] else other

    return least


def _greatest(first: Evaluator, second: Evaluator) -> Evaluator:
    def greatest(scope: Scope) -> Pair:
        one, other = first(scope), second(scope)
        return one if one[0] * other[1] >= other[0] * one[1] else other

    return greatest


_BINARY: dict[type[object], Callable[[Evaluator, Evaluator], Evaluator]] = {
    Add: _add,
    Subtract: _subtract,
    Multiply: _multiply,
    Divide: _divide,
    Least: _least,
    Greatest: _greatest,
}


def _refuse(reason: str) -> Evaluator:
    def refuse(_scope: Scope) -> Pair:
        raise Refused(reason)

    return refuse


def _case(node: Case) -> Evaluator:
    branches = tuple((compile_condition(b.condition), compile_formula(b.then)) for b in node.branches)
    otherwise = compile_formula(node.otherwise)

    def choose(scope: Scope) -> Pair:
        for condition, then in branches:
            if condition(scope):
                return then(scope)
        return otherwise(scope)

    return choose


def compile_condition(condition: Compare) -> _Condition:
    """Give a function from the inputs to whether the condition holds."""
    left, right = compile_formula(condition.left), compile_formula(condition.right)
    holds = _COMPARATORS[condition.comparator]

    def check(scope: Scope) -> bool:
        (a, b), (c, d) = left(scope), right(scope)
        return holds(a * d, c * b)

    return check


_COMPARATORS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
}
