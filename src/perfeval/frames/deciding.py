"""Decisions over columns: which leaf of its plan's decision a row comes to, and that leaf's numerator and denominator."""

from __future__ import annotations

__all__ = ["Leaves", "decided", "fractions"]

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from perfeval.formula.columns import Choose, Decision, Linear, Ratio, Refusal
from perfeval.frames.arithmetic import Inputs
from perfeval.frames.plans import is_constant

Leaf = Ratio | Refusal


@attrs.frozen
class Leaves:
    """The leaves that decisions come to, by the number that stands in a column."""

    column: str
    leaves: tuple[Leaf, ...]

    def numbers(self, wanted: Iterable[Leaf]) -> list[int]:
        """Give the numbers of some leaves."""
        return [self.leaves.index(leaf) for leaf in wanted]


def decided(
    frame: nw.LazyFrame[Any], decisions: Sequence[Decision], inputs: Inputs, column: str
) -> tuple[nw.LazyFrame[Any], Leaves]:
    """Add the number of each row's leaf; ``decisions`` are by the number in ``__plan``."""
    places: dict[Leaf, int] = {}
    plans: dict[Decision, list[int]] = {}
    for number, made in enumerate(decisions):
        plans.setdefault(made, []).append(number)
    for made in plans:
        for leaf in _leaves(made):
            places.setdefault(leaf, len(places))
    result = nw.lit(0, nw.Int64)  # what stays where there is no row
    for index, (made, numbers) in enumerate(plans.items()):
        own = _number(made, places, inputs)
        result = nw.when(one_of("__plan", numbers)).then(own).otherwise(result) if index else own
    return frame.with_columns(result.alias(column)), Leaves(column, tuple(places))


def one_of(column: str, numbers: Sequence[int]) -> nw.Expr:
    """Say whether an integer is one of a few."""
    return nw.col(column) == numbers[0] if len(numbers) == 1 else nw.col(column).is_in(numbers)


def _leaves(made: Decision) -> list[Leaf]:
    if isinstance(made, Choose):
        return [*_leaves(made.then), *_leaves(made.otherwise)]
    return [made]


def _number(made: Decision, places: Mapping[Leaf, int], inputs: Inputs) -> nw.Expr:
    if not isinstance(made, Choose):
        return nw.lit(places[made], nw.Int64)
    then, otherwise = _number(made.then, places, inputs), _number(made.otherwise, places, inputs)
    return nw.when(inputs.holds(made.form, made.comparator)).then(then).otherwise(otherwise)


def fractions(
    frame: nw.LazyFrame[Any], leaves: Leaves, inputs: Inputs, names: tuple[str, str]
) -> nw.LazyFrame[Any]:
    """Add the columns of numerators and denominators; 0 ÷ 1 where there is a refusal."""
    numerators: dict[Linear | int, list[int]] = {}
    denominators: dict[Linear | int, list[int]] = {}
    for number, leaf in enumerate(leaves.leaves):
        above, below = _parts(leaf)
        numerators.setdefault(above, []).append(number)
        denominators.setdefault(below, []).append(number)
    return frame.with_columns(
        _chosen(leaves.column, numerators, 0, inputs).alias(names[0]),
        _chosen(leaves.column, denominators, 1, inputs).alias(names[1]),
    )


def _parts(leaf: Leaf) -> tuple[Linear | int, Linear | int]:
    if isinstance(leaf, Refusal):
        return 0, 1
    if is_constant(leaf):
        return leaf.numerator.constant or 0, leaf.denominator.constant or 1
    return leaf.numerator, leaf.denominator


def _chosen(column: str, cases: Mapping[Linear | int, list[int]], usual: int, inputs: Inputs) -> nw.Expr:
    result = nw.lit(usual, nw.Int64)
    for form, numbers in cases.items():
        if form != usual:
            value = nw.lit(form, nw.Int64) if isinstance(form, int) else inputs.value(form)
            result = nw.when(one_of(column, numbers)).then(value).otherwise(result)
    return result
