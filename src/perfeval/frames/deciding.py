"""Decisions over columns: which leaf of its plan's decision a row comes to, and that leaf's numerator and denominator."""

from __future__ import annotations

__all__ = ["Leaves", "decided", "fractions"]

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import narwhals as nw

from perfeval.formula.columns import Choose, Decision, Linear, Ratio, Refusal, leaves
from perfeval.frames.arithmetic import Inputs
from perfeval.frames.choosing import count, mapped, switched
from perfeval.frames.plans import is_constant
from perfeval.frames.walking import Walk, walk_of

Leaf = Ratio | Refusal
_FEW = 40
"""With so many leaves at most, decisions are nested conditions; with more, engines plan and evaluate them badly."""


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
    frame: nw.LazyFrame[Any],
    decisions: Sequence[tuple[Decision, ...]],
    inputs: Inputs,
    columns: Sequence[str],
) -> tuple[nw.LazyFrame[Any], list[Leaves]]:
    """Add the number of each row's leaf of each decision, in ``columns``; ``decisions`` are by the number in ``__plan``."""
    own = [[entry[place] for entry in decisions] for place in range(len(columns))]
    if any(sum(len(list(leaves(made))) for made in dict.fromkeys(some)) > _FEW for some in own):
        return _walked(frame, walk_of(decisions), inputs, columns)
    made = []
    for column, some in zip(columns, own, strict=True):
        places = _places(leaf for one in dict.fromkeys(some) for leaf in leaves(one))
        frame = switched(frame, "__plan", some, partial(_number, places=places, inputs=inputs), column)
        made.append(Leaves(column, tuple(places)))
    return frame, made


def _places(found: Iterable[Leaf]) -> dict[Leaf, int]:
    return {leaf: place for place, leaf in enumerate(dict.fromkeys(found))}


def _walked(
    frame: nw.LazyFrame[Any], walk: Walk, inputs: Inputs, columns: Sequence[str]
) -> tuple[nw.LazyFrame[Any], list[Leaves]]:
    """Work out each sign once a row, and look up where they lead."""
    signs = [f"__sign_{number}" for number in range(len(walk.forms))]
    if signs:
        named = zip(walk.forms, signs, strict=True)
        frame = frame.with_columns(*(inputs.sign(form).alias(name) for form, name in named))
        signed = {name: count(nw.col(name) >= 0) + count(nw.col(name) > 0) for name in signs}
        frame = frame.with_columns(*(expression.alias(name) for name, expression in signed.items()))
    frame = mapped(frame, nw.col("__plan"), dict(enumerate(walk.first)), "__state")
    for step in walk.steps:
        state = nw.col("__state")
        for form in step.forms:
            state = state * 3 + nw.col(signs[form])
        frame = mapped(frame, state, dict(enumerate(step.table)), "__state")
    made = []
    for number, column in enumerate(columns):
        own = [last[number] for last in walk.last]
        places = _places(own)
        frame = mapped(
            frame, nw.col("__state"), {state: places[leaf] for state, leaf in enumerate(own)}, column
        )
        made.append(Leaves(column, tuple(places)))
    return frame, made


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
