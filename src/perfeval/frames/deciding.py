"""Decisions over columns: which leaf of its plan's decision a row comes to, and that leaf's numerator and denominator."""

from __future__ import annotations

__all__ = ["Leaves", "decided", "fractions"]

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from perfeval.formula.columns import Choose, Decision, Linear, Ratio, Refusal, leaves
from perfeval.frames.arithmetic import Inputs
from perfeval.frames.choosing import switched
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

    def largest(self, inputs: Inputs) -> int:
        """Give the largest integer that a numerator or denominator has."""
        sizes = [1]
        for leaf in self.leaves:
            if isinstance(leaf, Ratio):
                forms = (leaf.numerator, leaf.denominator)
                sizes += [
                    abs(form.constant or 0) if is_constant(leaf) else inputs.size(form) for form in forms
                ]
        return max(sizes)


def decided(
    frame: nw.LazyFrame[Any], decisions: Sequence[Decision], inputs: Inputs, column: str
) -> tuple[nw.LazyFrame[Any], Leaves]:
    """Add the number of each row's leaf; ``decisions`` are by the number in ``__plan``."""
    places: dict[Leaf, int] = {}
    for made in decisions:
        for leaf in leaves(made):
            places.setdefault(leaf, len(places))
    frame = switched(frame, "__plan", decisions, lambda made: _number(made, places, inputs), column)
    return frame, Leaves(column, tuple(places))


def _number(made: Decision, places: Mapping[Leaf, int], inputs: Inputs) -> nw.Expr:
    if not isinstance(made, Choose):
        return nw.lit(places[made], nw.Int64)
    then, otherwise = _number(made.then, places, inputs), _number(made.otherwise, places, inputs)
    return nw.when(inputs.holds(made.form, made.comparator)).then(then).otherwise(otherwise)


def fractions(
    frame: nw.LazyFrame[Any], given: Leaves, inputs: Inputs, names: tuple[str, str]
) -> nw.LazyFrame[Any]:
    """Add the columns of numerators and denominators; 0 ÷ 1 where there is a refusal."""
    for name, place in zip(names, (0, 1), strict=True):
        forms = [_parts(leaf)[place] for leaf in given.leaves]
        frame = switched(frame, given.column, forms, lambda form: _form(form, inputs), name)
    return frame


def _parts(leaf: Leaf) -> tuple[Linear | int, Linear | int]:
    if isinstance(leaf, Refusal):
        return 0, 1
    if is_constant(leaf):
        return leaf.numerator.constant or 0, leaf.denominator.constant or 1
    return leaf.numerator, leaf.denominator


def _form(form: Linear | int, inputs: Inputs) -> nw.Expr:
    return nw.lit(form, nw.Int64) if isinstance(form, int) else inputs.value(form)
