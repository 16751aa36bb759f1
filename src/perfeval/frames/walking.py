"""Decisions as tables: the signs of a few forms, read one after another, lead each row to its leaves.

A decision is a tree in which the same choices stand again and again: thousands of places, a few dozen different ones, and
over all plans a dozen different forms. So each sign is worked out once a row, and what is left of a decision after some
signs is a state: reading the next sign leads from state to state, and that is a look-up in a small table, the same
expression however many plans there are. Written out as nested conditions, an engine would evaluate (or plan) every place.
"""

from __future__ import annotations

__all__ = ["Walk", "walk_of"]

from collections.abc import Sequence

import attrs

from perfeval.formula.columns import Choose, Decision, Linear, Ratio, Refusal

_SIGNS = {">=": (1, 2), ">": (2,), "=": (1,), "<": (0,), "<=": (0, 1)}
"""Where a comparison with 0 holds: 0 below it, 1 at it, 2 above it."""
_ROOM = 512
"""Tables up to this length take in one more sign."""

Leaf = Ratio | Refusal


@attrs.frozen
class Step:
    """What to read next: the numbers of some forms, and the next state by state and signs (the last one varies fastest)."""

    forms: tuple[int, ...]
    table: tuple[int, ...]


@attrs.frozen
class Walk:
    """The forms whose signs are read, the first state of each decision, the steps, and the leaves of each last state."""

    forms: tuple[Linear, ...]
    first: tuple[int, ...]
    steps: tuple[Step, ...]
    last: tuple[tuple[Leaf, ...], ...]


def walk_of(decisions: Sequence[tuple[Decision, ...]]) -> Walk:
    """Give the walk of some decisions; those of one entry are walked together."""
    known = _Known()
    starts = [tuple(map(known.number, entry)) for entry in decisions]
    states = dict.fromkeys(starts)
    first = _places(states)
    forms = tuple(known.forms)
    steps: list[Step] = []
    start = 0
    while start < len(forms):
        stop = start + 1
        while stop < len(forms) and len(states) * 3 ** (stop + 1 - start) <= _ROOM:
            stop += 1
        reached = [(state, state) for state in states]
        for form in forms[start:stop]:
            reached = [
                (origin, tuple(known.after(one, form, sign) for one in state))
                for origin, state in reached
                for sign in (0, 1, 2)
            ]
        states = dict.fromkeys(state for _, state in reached)
        places = _places(states)
        steps.append(Step(tuple(range(start, stop)), tuple(places[state] for _, state in reached)))
        start = stop
    leaves = tuple(tuple(known.leaf(one) for one in state) for state in states)
    return Walk(forms, tuple(first[entry] for entry in starts), tuple(steps), leaves)


def _places(states: dict[tuple[int, ...], None]) -> dict[tuple[int, ...], int]:
    return {state: place for place, state in enumerate(states)}


@attrs.frozen
class _Choice:
    """Where the sign of a form leads: below 0, at 0, above 0."""

    form: Linear
    ways: tuple[int, int, int]


@attrs.define
class _Known:
    """Different decisions by number; equal ones have one number."""

    numbers: dict[_Choice | Leaf, int] = attrs.Factory(dict)
    things: list[_Choice | Leaf] = attrs.Factory(list)
    forms: dict[Linear, None] = attrs.Factory(dict)
    rests: dict[tuple[int, Linear, int], int] = attrs.Factory(dict)

    def number(self, made: Decision) -> int:
        if not isinstance(made, Choose):
            return self._number(made)
        form, sign = made.form.reduced(), 1
        if form.terms[0][1] < 0:
            form, sign = form.times(-1), -1
        self.forms.setdefault(form)
        ways = self.number(made.then), self.number(made.otherwise)
        holds = _SIGNS[made.comparator]
        below, at, above = (ways[0] if place in holds else ways[1] for place in (0, 1, 2))
        return self._choice(form, (below, at, above) if sign > 0 else (above, at, below))

    def _choice(self, form: Linear, ways: tuple[int, int, int]) -> int:
        return ways[0] if ways[0] == ways[1] == ways[2] else self._number(_Choice(form, ways))

    def _number(self, thing: _Choice | Leaf) -> int:
        if thing not in self.numbers:
            self.numbers[thing] = len(self.things)
            self.things.append(thing)
        return self.numbers[thing]

    def after(self, number: int, form: Linear, sign: int) -> int:
        """Give what is left of a decision once the sign of a form is known."""
        key = number, form, sign
        if key not in self.rests:
            thing = self.things[number]
            if not isinstance(thing, _Choice):
                rest = number
            elif thing.form == form:
                rest = self.after(thing.ways[sign], form, sign)
            else:
                below, at, above = (self.after(way, form, sign) for way in thing.ways)
                rest = self._choice(thing.form, (below, at, above))
            self.rests[key] = rest
        return self.rests[key]

    def leaf(self, number: int) -> Leaf:
        thing = self.things[number]
        assert not isinstance(thing, _Choice)  # noqa: S101 - every form was read
        return thing
