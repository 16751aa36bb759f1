"""Reader: a formula as a decision over whole columns of integers, with no arithmetic but linear forms.

Every formula of the field is a ratio of linear forms of its inputs in each of its cases, and its
conditions are signs of linear forms. Written so, an engine of data frames needs only integer sums and
products with small constants; the one division, with its rounding, is done once at the end by whoever
holds the columns. The inputs are integers on one scale: ``one`` is the integer that stands for 1.

A formula that is no such thing (a ratio compared with another ratio) raises NotLinearError; none of the rules is.
"""

from __future__ import annotations

__all__ = [
    "HOLDS",
    "ONE",
    "Choose",
    "Decision",
    "Linear",
    "NotLinearError",
    "Ratio",
    "Refusal",
    "decision",
    "leaves",
]

from collections.abc import Callable, Iterator, Mapping
from math import gcd

import attrs

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

ONE = "one"
"""The name of the constant term of a linear form."""


class NotLinearError(TypeError):
    """The formula has a step that columns cannot hold; the argument names the node."""


@attrs.frozen
class Linear:
    """A sum of inputs with integer factors; ``terms`` are (name of an input or ``ONE``, factor), no factor 0."""

    terms: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, factors: Mapping[str, int]) -> Linear:
        """Give the sum, in the order of the names."""
        return cls(tuple(sorted((name, factor) for name, factor in factors.items() if factor)))

    def times(self, factor: int) -> Linear:
        """Give the sum with each factor multiplied."""
        return Linear.of({name: own * factor for name, own in self.terms})

    def plus(self, other: Linear, factor: int = 1) -> Linear:
        """Give the sum of this form and a multiple of another."""
        factors = dict(self.terms)
        for name, own in other.terms:
            factors[name] = factors.get(name, 0) + own * factor
        return Linear.of(factors)

    @property
    def constant(self) -> int | None:
        """The value of a form without inputs, in units of ``one``; None where there is an input."""
        if not self.terms:
            return 0
        return self.terms[0][1] if len(self.terms) == 1 and self.terms[0][0] == ONE else None

    def reduced(self) -> Linear:
        """Give the form without a common factor: the sign stays."""
        return self.over(gcd(*(factor for _, factor in self.terms)) or 1)

    def over(self, divisor: int) -> Linear:
        """Give the sum with each factor divided by a common divisor."""
        return Linear(tuple((name, factor // divisor) for name, factor in self.terms))


@attrs.frozen
class Ratio:
    """One linear form over another, which is above 0 wherever this case is taken."""

    numerator: Linear
    denominator: Linear

    def lowest(self) -> Ratio:
        """Give the ratio without a common factor."""
        factors = [factor for form in (self.numerator, self.denominator) for _, factor in form.terms]
        shared = gcd(*factors)
        return Ratio(self.numerator.over(shared), self.denominator.over(shared))


@attrs.frozen
class Refusal:
    """No value, for this reason."""

    reason: str


@attrs.frozen
class Choose:
    """``then`` where ``form`` stands so to 0 (its sign compared by ``comparator``), else ``otherwise``."""

    form: Linear
    comparator: str
    then: Decision
    otherwise: Decision


Decision = Ratio | Refusal | Choose

_Use = Callable[[Ratio], Decision]
"""What becomes of a value once it is known; a refusal on the way stays a refusal."""


def decision(node: Node) -> Decision:
    """Give the formula as a decision. Raises NotLinearError for one that columns cannot hold."""
    return _pruned(_value(node, _as_it_is))


def _as_it_is(value: Ratio) -> Decision:
    return value


def _value(node: Node, use: _Use) -> Decision:  # noqa: C901 - one case a node
    match node:
        case Input(name):
            return use(Ratio(Linear(((name, 1),)), Linear(((ONE, 1),))))
        case Number(numerator, denominator):
            return use(Ratio(Linear.of({ONE: numerator}), Linear(((ONE, denominator),))))
        case Label(_, value) | Because(_, value):
            return _value(value, use)
        case Refuse(reason):
            return Refusal(str(reason))
        case Add(left, right):
            return _both(left, right, lambda f, g: use(_sum(f, g, 1)))
        case Subtract(left, right):
            return _both(left, right, lambda f, g: use(_sum(f, g, -1)))
        case Multiply(left, right):
            return _both(left, right, lambda f, g: use(_product(f, g)))
        case Divide(left, right):
            return _both(left, right, lambda f, g: use(_product(f, Ratio(g.denominator, g.numerator))))
        case Least(left, right):
            return _both(left, right, lambda f, g: _chosen(f, "<=", g, use(f), use(g)))
        case Greatest(left, right):
            return _both(left, right, lambda f, g: _chosen(f, ">=", g, use(f), use(g)))
        case Case(branches, otherwise):
            rest = _value(otherwise, use)
            for branch in reversed(branches):
                rest = _condition(branch.condition, _value(branch.then, use), rest)
            return rest
    raise NotLinearError(type(node).__name__)


def _both(left: Node, right: Node, use: Callable[[Ratio, Ratio], Decision]) -> Decision:
    return _value(left, lambda f: _value(right, lambda g: use(f, g)))


def _condition(condition: Compare, then: Decision, otherwise: Decision) -> Decision:
    return _both(
        condition.left,
        condition.right,
        lambda f, g: _chosen(f, condition.comparator, g, then, otherwise),
    )


def _chosen(f: Ratio, comparator: str, g: Ratio, then: Decision, otherwise: Decision) -> Decision:
    return Choose(_difference(f, g), comparator, then, otherwise)


def _difference(f: Ratio, g: Ratio) -> Linear:
    """Give a form with the sign of f - g; both denominators are above 0."""
    if f.denominator == g.denominator:
        return f.numerator.plus(g.numerator, -1).reduced()
    return _cross(f.numerator, g.denominator).plus(_cross(g.numerator, f.denominator), -1).reduced()


def _cross(f: Linear, g: Linear) -> Linear:
    """Give the product of two forms of which one is a constant, over ``one``."""
    if f.constant is not None:
        return g.times(f.constant)
    if g.constant is not None:
        return f.times(g.constant)
    raise NotLinearError("a product of inputs")


def _sum(f: Ratio, g: Ratio, sign: int) -> Ratio:
    if f.denominator == g.denominator:
        return Ratio(f.numerator.plus(g.numerator, sign), f.denominator)
    numerator = _cross(f.numerator, g.denominator).plus(_cross(g.numerator, f.denominator), sign)
    return Ratio(numerator, _cross(f.denominator, g.denominator))


def _product(f: Ratio, g: Ratio) -> Ratio:
    if f.numerator == g.denominator:  # T × (A ÷ T): the same form above and below
        return Ratio(g.numerator, f.denominator)
    return Ratio(_cross(f.numerator, g.numerator), _cross(f.denominator, g.denominator))


HOLDS: Mapping[str, Callable[[int], bool]] = {
    ">=": lambda sign: sign >= 0,
    ">": lambda sign: sign > 0,
    "=": lambda sign: sign == 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
}
"""What a comparator says of the sign of a form."""


def _pruned(made: Decision) -> Decision:
    """Leave out choices that are no choice (a form without inputs, or the same on both sides) and common factors."""
    if isinstance(made, Ratio):
        return made.lowest()
    if isinstance(made, Refusal):
        return made
    constant = made.form.constant
    if constant is not None:
        return _pruned(made.then if HOLDS[made.comparator](constant) else made.otherwise)
    then, otherwise = _pruned(made.then), _pruned(made.otherwise)
    return then if then == otherwise else Choose(made.form, made.comparator, then, otherwise)


def leaves(made: Decision) -> Iterator[Ratio | Refusal]:
    """Give the ends of a decision, from the first case to the last; one that stands twice comes twice."""
    if isinstance(made, Choose):
        yield from leaves(made.then)
        yield from leaves(made.otherwise)
    else:
        yield made
