"""Reader: every value that a formula can take while one measured input moves within its interval.

The answer is a union of pieces, not their hull: between bands of 0.5 and 0.8 lies nothing. Between
two places where some condition changes, a formula is (a·x + b) ÷ (c·x + d), which is monotone; so
its ends decide. Branches that are not taken are never divided out.
"""

from __future__ import annotations

__all__ = ["Piece", "Unreachable", "crossings", "reach"]

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, zip_longest

import attrs

from perfeval.formula.exact import Refused, Scope, compile_formula
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
    Subtract,
)


class Unreachable(ValueError):  # noqa: N818 - says what the formula is, to whoever wrote the rule
    """The formula is no ratio of linear terms in the moving input, or holds a rounding."""


@attrs.frozen
class Piece:
    """An interval of values; an end is in it if it is closed."""

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    def meets(self, low: Fraction, high: Fraction, *, low_closed: bool, high_closed: bool) -> bool:
        """Say whether the piece and another interval have a value in common."""
        below = self.high < low or (self.high == low and not (self.high_closed and low_closed))
        above = self.low > high or (self.low == high and not (self.low_closed and high_closed))
        return not below and not above


_Polynomial = tuple[Fraction, ...]  # coefficients, the constant first
_ONE: _Polynomial = (Fraction(1),)


@attrs.frozen
class _Ratio:
    """A ratio of two polynomials of the moving input."""

    top: _Polynomial
    bottom: _Polynomial = _ONE

    def at(self, x: Fraction) -> Fraction:
        bottom = _value(self.bottom, x)
        if not bottom:
            raise Unreachable("the formula has no bound near a divisor of 0")
        return _value(self.top, x) / bottom


def reach(node: Node, scope: Scope, moving: str, low: Fraction, high: Fraction) -> tuple[Piece, ...]:
    """Give the pieces that the formula reaches while input ``moving`` goes from low to high, both included.

    Refusals on the way contribute nothing. Raises Unreachable for a formula that is not piecewise
    a ratio of linear terms in the moving input.
    """
    evaluator = compile_formula(node)
    pieces: list[Piece] = []

    def point(x: Fraction) -> None:
        try:
            value = Fraction(*evaluator({**scope, moving: (x.numerator, x.denominator)}))
        except Refused:
            return
        pieces.append(Piece(value, value))

    edges = sorted({low, high} | {x for x in _edges(node, scope, moving) if low < x < high})
    for x in edges:
        point(x)
    for start, end in pairwise(edges):
        for ratio in _ratios(node, scope, moving, (start + end) / 2):
            if len(ratio.top) > 2 or len(ratio.bottom) > 2:
                raise Unreachable("the formula is not a ratio of linear terms")
            first, last = sorted((ratio.at(start), ratio.at(end)))
            pieces.append(Piece(first, last, low_closed=first == last, high_closed=first == last))
    return tuple(pieces)


def crossings(node: Node, scope: Scope, moving: str, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Give every x at which the formula can change its case or cross one of the values, ascending.

    Between two neighbours, before the first and after the last, it stays on one side of each value. Raises Unreachable
    as ``reach`` does.
    """
    edges = sorted(set(_edges(node, scope, moving))) or [Fraction(0)]
    inside = [edges[0] - 1, *((low + high) / 2 for low, high in pairwise(edges)), edges[-1] + 1]
    found = set(edges)
    for x in inside:
        for ratio in _ratios(node, scope, moving, x):
            found.update(_roots(ratio.bottom))
            for value in values:
                found.update(_roots(_plus(ratio.top, _times(ratio.bottom, (-value,)))))
    return tuple(sorted(found))


def _ratios(  # noqa: C901 - one case a node
    node: Node, scope: Scope, moving: str, x: Fraction | None
) -> Iterator[_Ratio]:
    """Give the ratio that the formula is at ``x`` (none where it refuses); without x, each that it can be."""
    match node:
        case Input(name):
            yield _Ratio((Fraction(0), Fraction(1)) if name == moving else (Fraction(*scope[name]),))
        case Number(numerator, denominator):
            yield _Ratio((Fraction(numerator, denominator),))
        case Label(_, value) | Because(_, value):
            yield from _ratios(value, scope, moving, x)
        case Case(branches, otherwise):
            for branch in branches:
                if x is None:
                    yield from _ratios(branch.then, scope, moving, x)
                elif _holds(branch.condition, scope, moving, x):
                    yield from _ratios(branch.then, scope, moving, x)
                    return
            yield from _ratios(otherwise, scope, moving, x)
        case Least(left, right) | Greatest(left, right):
            choices = [*_ratios(left, scope, moving, x), *_ratios(right, scope, moving, x)]
            if x is None:
                yield from choices
            else:
                choose = min if isinstance(node, Least) else max
                yield choose(choices, key=lambda ratio: ratio.at(x))
        case Add(left, right) | Subtract(left, right) | Multiply(left, right) | Divide(left, right):
            for f in _ratios(left, scope, moving, x):
                for g in _ratios(right, scope, moving, x):
                    yield _combined(node, f, g)
        case Refuse():
            return
        case _:
            raise Unreachable(f"{type(node).__name__} inside the formula")


def _combined(node: Add | Subtract | Multiply | Divide, f: _Ratio, g: _Ratio) -> _Ratio:
    match node:
        case Multiply():
            return _Ratio(_times(f.top, g.top), _times(f.bottom, g.bottom))
        case Divide():
            return _Ratio(_times(f.top, g.bottom), _times(f.bottom, g.top))
        case _:
            sign = Fraction(1 if isinstance(node, Add) else -1)
            second = _times(_times(g.top, f.bottom), (sign,))
            return _Ratio(_plus(_times(f.top, g.bottom), second), _times(f.bottom, g.bottom))


def _holds(condition: Compare, scope: Scope, moving: str, x: Fraction) -> bool:
    left = next(_ratios(condition.left, scope, moving, x)).at(x)
    right = next(_ratios(condition.right, scope, moving, x)).at(x)
    return {
        ">=": left >= right,
        ">": left > right,
        "=": left == right,
        "<": left < right,
        "<=": left <= right,
    }[condition.comparator]


def _edges(node: Node, scope: Scope, moving: str) -> Iterator[Fraction]:
    """Give each x at which the order of two compared nodes can change."""
    for left, right in _compared(node):
        for f in _ratios(left, scope, moving, None):
            for g in _ratios(right, scope, moving, None):
                difference = _combined(Subtract(left, right), f, g)
                yield from _roots(difference.top)
                yield from _roots(difference.bottom)  # at its pole a ratio changes its sign


def _compared(node: Node) -> Iterator[tuple[Node, Node]]:
    """Give each two nodes whose order decides something: conditions, least, greatest."""
    match node:
        case Case(branches, otherwise):
            for branch in branches:
                yield branch.condition.left, branch.condition.right
                yield from _compared(branch.condition.left)
                yield from _compared(branch.condition.right)
                yield from _compared(branch.then)
            yield from _compared(otherwise)
        case Least(left, right) | Greatest(left, right):
            yield left, right
            yield from _compared(left)
            yield from _compared(right)
        case Add(left, right) | Subtract(left, right) | Multiply(left, right) | Divide(left, right):
            yield from _compared(left)
            yield from _compared(right)
        case Label(_, value) | Because(_, value):
            yield from _compared(value)
        case _:
            return


def _roots(polynomial: _Polynomial) -> Iterator[Fraction]:
    if len(polynomial) > 2:
        raise Unreachable("the order of two ratios of the moving input")
    if len(polynomial) == 2:
        yield -polynomial[0] / polynomial[1]


def _value(polynomial: _Polynomial, x: Fraction) -> Fraction:
    return sum((c * x**power for power, c in enumerate(polynomial)), Fraction(0))


def _trimmed(coefficients: list[Fraction]) -> _Polynomial:
    while len(coefficients) > 1 and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)


def _plus(f: _Polynomial, g: _Polynomial) -> _Polynomial:
    return _trimmed([a + b for a, b in zip_longest(f, g, fillvalue=Fraction(0))])


def _times(f: _Polynomial, g: _Polynomial) -> _Polynomial:
    product = [Fraction(0)] * (len(f) + len(g) - 1)
    for i, a in enumerate(f):
        for j, b in enumerate(g):
            product[i + j] += a * b
    return _trimmed(product)
