"""Decisions over columns: which leaf of its plan's decision a row comes to, and that leaf's numerator and denominator."""

from __future__ import annotations

__all__ = ["Leaves", "decided", "fractions"]

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs
import narwhals as nw

from perfeval.formula.columns import Choose, Decision, Linear, Ratio, Refusal
from perfeval.frames.arithmetic import Inputs, switched
from perfeval.frames.plans import is_constant
from perfeval.frames.reading import mapped

Leaf = Ratio | Refusal
Thing = TypeVar("Thing")


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
    for made in decisions:
        for leaf in _leaves(made):
            places.setdefault(leaf, len(places))
    frame = _switch(frame, "__plan", decisions, lambda made: _number(made, places, inputs), column)
    return frame, Leaves(column, tuple(places))


def _switch(
    frame: nw.LazyFrame[Any],
    column: str,
    things: Sequence[Thing],
    expression: Callable[[Thing], nw.Expr],
    result: str,
) -> nw.LazyFrame[Any]:
    """Add the value of the expression of the thing whose place stands in a column; equal things are worked out once."""
    cases = {thing: number for number, thing in enumerate(dict.fromkeys(things))}
    if not cases:
        return frame.with_columns(nw.lit(0, nw.Int64).alias(result))  # there is no row
    numbers = {place: cases[thing] for place, thing in enumerate(things)}
    if 1 < len(cases) < len(things):
        frame = frame.with_columns(mapped(nw.col(column), numbers).alias(f"{result}_case"))
        column = f"{result}_case"
    return frame.with_columns(switched(column, [expression(case) for case in cases]).alias(result))


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
    for name, place in zip(names, (0, 1), strict=True):
        forms = [_parts(leaf)[place] for leaf in leaves.leaves]
        frame = _switch(frame, leaves.column, forms, lambda form: _form(form, inputs), name)
    return frame


def _parts(leaf: Leaf) -> tuple[Linear | int, Linear | int]:
    if isinstance(leaf, Refusal):
        return 0, 1
    if is_constant(leaf):
        return leaf.numerator.constant or 0, leaf.denominator.constant or 1
    return leaf.numerator, leaf.denominator


def _form(form: Linear | int, inputs: Inputs) -> nw.Expr:
    return nw.lit(form, nw.Int64) if isinstance(form, int) else inputs.value(form)
