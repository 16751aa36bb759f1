"""Random formulas, and a reader of them in fractions that shares nothing with perfeval's."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

from hypothesis import strategies as st

from perfeval.formula.nodes import (
    Add,
    Because,
    Branch,
    Case,
    Comparator,
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

Values = Mapping[str, Fraction]
NAMES = ("weight", "target", "actual")
COMPARATORS: dict[Comparator, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
}
OPERATIONS: dict[type[Node], Callable[[Fraction, Fraction], Fraction]] = {
    Add: operator.add,
    Subtract: operator.sub,
    Multiply: operator.mul,
    Divide: operator.truediv,
    Least: min,
    Greatest: max,
}


class NoValueError(Exception):
    """The oracle's word for a formula without a value."""


def value_of(node: Node, values: Values) -> Fraction:
    """The value of a formula in fractions. Raises ZeroDivisionError, NoValueError."""
    match node:
        case Input(name):
            return values[name]
        case Number(numerator, denominator):
            return Fraction(numerator, denominator)
        case Case(branches, otherwise):
            taken = (branch.then for branch in branches if holds(branch.condition, values))
            return value_of(next(taken, otherwise), values)
        case Round(value, step, mode):
            return rounded(value_of(value, values), value_of(step, values), mode)
        case Label(_, value) | Because(_, value):
            return value_of(value, values)
        case Refuse(reason):
            raise NoValueError(reason)
        case Compare():
            raise AssertionError("a comparison stands only as the condition of a branch")
        case _:
            return OPERATIONS[type(node)](value_of(node.left, values), value_of(node.right, values))


def holds(condition: Compare, values: Values) -> bool:
    return COMPARATORS[condition.comparator](
        value_of(condition.left, values), value_of(condition.right, values)
    )


def rounded(value: Fraction, step: Fraction, mode: RoundingMode) -> Fraction:
    """Python's own rounding of fractions is half to even; the two others are said here."""
    size = abs(value) / step
    whole = {
        RoundingMode.HALF_EVEN: round(size),
        RoundingMode.HALF_UP: int(size + Fraction(1, 2)),
        RoundingMode.TRUNCATE: int(size),
    }[mode]
    return step * (whole if value >= 0 else -whole)


def pairs(values: Values) -> dict[str, tuple[int, int]]:
    """The scope of perfeval's readers."""
    return {name: (value.numerator, value.denominator) for name, value in values.items()}


numbers = st.builds(Number, st.integers(-20, 20), st.integers(1, 12))
leaves: st.SearchStrategy[Node] = st.one_of(st.sampled_from([Input(name) for name in NAMES]), numbers)
steps = st.sampled_from([Number(1), Number(1, 100), Number(1, 10), Number(5), Number(1, 3)])


def _nested(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    compares = st.builds(Compare, st.sampled_from(list(COMPARATORS)), inner, inner)
    branches = st.lists(st.builds(Branch, compares, inner), min_size=1, max_size=2).map(tuple)
    operations = [
        st.builds(kind, inner, inner) for kind in (Add, Subtract, Multiply, Divide, Least, Greatest)
    ]
    cases = st.builds(Case, branches, inner)
    return st.one_of(*operations, cases, st.builds(Because, st.just("x"), inner))


plain_formulas = st.recursive(leaves, _nested, max_leaves=12)
"""Formulas without rounding, refusal or label."""

formulas = st.recursive(
    st.one_of(leaves, leaves, leaves, st.builds(Refuse, st.sampled_from(["no-rule", "zero-budget"]))),
    lambda inner: st.one_of(
        _nested(inner),
        st.builds(Round, inner, steps, st.sampled_from(RoundingMode)),
        st.builds(Label, st.just("y"), inner),
    ),
    max_leaves=12,
)
"""Formulas of every node."""

values = st.fixed_dictionaries(
    {name: st.fractions(-50, 50, max_denominator=40) | st.integers(-3, 3).map(Fraction) for name in NAMES}
)
