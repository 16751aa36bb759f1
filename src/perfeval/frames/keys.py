"""Rows that are treated alike: a number for each combination of the values of a few columns.

A table says what belongs to each combination that occurs. Values of a column that never make a difference are one class,
so that a column of thousands of names comes down to the few things that names decide, and most columns to nothing.
"""

from __future__ import annotations

__all__ = ["numbered"]

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

import narwhals as nw

from perfeval.frames.choosing import mapped

_MOST_CLASSES = 256  # with more, merging costs more than it saves
_DENSE = 64  # so many combinations of classes may stand beside each other without a look-up
Thing = TypeVar("Thing", bound=Hashable)
Table = Mapping[tuple[Any, ...], Thing]


def numbered(
    frame: nw.LazyFrame[Any], table: Table[Thing], columns: Sequence[str], result: str
) -> tuple[nw.LazyFrame[Any], tuple[Thing, ...]]:
    """Add for each row the number of its thing; gives the things by number, equal ones perhaps more than once."""
    if not table:
        return frame.with_columns(nw.lit(0, nw.Int64).alias(result)), ()
    size = 1
    left: Table[Thing] = {(0, *key): thing for key, thing in table.items()}
    made: nw.Expr | None = None
    for column in columns:
        # What is left of a key is the number of what was done, then the values of the columns to come.
        classes = _classes(left, 1)
        count = max(classes.values()) + 1
        left = {(key[0] * count + classes[key[1]], *key[2:]): thing for key, thing in left.items()}
        size *= count
        if count == 1:
            continue
        frame = mapped(frame, nw.col(column), classes, f"{result}_{column}")
        own = nw.col(f"{result}_{column}")
        made = own if made is None else made * count + own
        if size > _DENSE:
            dense = {number: place for place, number in enumerate(dict.fromkeys(key[0] for key in left))}
            frame = frame.with_columns(made.alias(result))
            frame = mapped(frame, nw.col(result), dense, result)
            left = {(dense[key[0]], *key[1:]): thing for key, thing in left.items()}
            made, size = nw.col(result), len(dense)
    found = {key[0]: thing for key, thing in left.items()}
    some = next(iter(found.values()))
    things = tuple(found.get(number, some) for number in range(size))
    if made is None:
        made = nw.lit(0, nw.Int64)
    return frame.with_columns(made.alias(result)), things


def _classes(table: Table[Thing], place: int) -> dict[Any, int]:
    """Give the class of each value in one place of the keys; values are of one class where no key tells them apart."""
    alike: dict[Any, dict[tuple[Any, ...], Thing]] = {}
    for key, thing in table.items():
        alike.setdefault(key[place], {})[key[:place] + key[place + 1 :]] = thing
    merged: list[dict[tuple[Any, ...], Thing]] = []
    known: dict[frozenset[tuple[tuple[Any, ...], Thing]], int] = {}
    classes: dict[Any, int] = {}
    for value, own in alike.items():
        signature = frozenset(own.items())
        if signature not in known:
            known[signature] = _class_of(own, merged)
        classes[value] = known[signature]
    return classes


def _class_of(own: dict[tuple[Any, ...], Thing], merged: list[dict[tuple[Any, ...], Thing]]) -> int:
    for number, rows in enumerate(merged[:_MOST_CLASSES]):
        if all(rows.get(rest, thing) == thing for rest, thing in own.items()):
            rows.update(own)
            return number
    merged.append(own)
    return len(merged) - 1
