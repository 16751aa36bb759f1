"""By the value in a column: one of a few integers, texts or expressions for each row.

Few cases are a chain of conditions, which every engine evaluates faster than it looks a value up. Many are looked up, or
halved again and again, since an engine that plans by recursion overflows its stack in a long chain.
"""

from __future__ import annotations

__all__ = ["count", "mapped", "named", "one_of", "switched"]

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

import narwhals as nw

_FEW = 8
_SPARK = (nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT)
Thing = TypeVar("Thing", bound=Hashable)


def count(condition: nw.Expr) -> nw.Expr:
    """Give 1 where a condition holds, else 0."""
    return nw.when(condition).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))


def one_of(expression: nw.Expr, values: Sequence[Any]) -> nw.Expr:
    """Say whether a value is one of some."""
    return expression == values[0] if len(values) == 1 else expression.is_in(values)


def mapped(
    frame: nw.LazyFrame[Any], expression: nw.Expr, values: Mapping[Any, int], result: str
) -> nw.LazyFrame[Any]:
    """Add, as ``result``, the integer of each value of an expression; ``values`` holds all that there are."""
    cases = _cases(values)
    if not cases:
        return frame.with_columns(nw.lit(0, nw.Int64).alias(result))
    if sum(map(len, list(cases.values())[1:])) <= _FEW:
        chain = _chain(expression, cases, lambda number: nw.lit(number, nw.Int64))
        return frame.with_columns(chain.alias(result))
    if frame.implementation in _SPARK:
        return _by_array(frame, expression, values, result)
    numbers = list(values.values())
    found = expression.replace_strict(list(values), numbers, default=0, return_dtype=nw.Int64)
    return frame.with_columns(found.alias(result))


def _by_array(
    frame: nw.LazyFrame[Any], expression: nw.Expr, values: Mapping[Any, int], result: str
) -> nw.LazyFrame[Any]:
    """Look values up on Spark: the one place where an engine is spoken to past narwhals.

    narwhals writes a look-up as a map of two literals a value, twice, and the expression twice; each literal is a call to the
    JVM, and each stage that is merged into the next doubles. Here a table is one text, which Spark folds into an array.
    """
    functions = import_module("pyspark.sql.functions")  # it is there where a frame of it is
    native: Any = frame.with_columns(expression.alias(result)).to_native()
    kind = "string" if isinstance(next(iter(values)), str) else "bigint"
    place = functions.array_position(_array(functions, list(values), kind), functions.col(result))
    number = functions.element_at(_array(functions, list(values.values()), "bigint"), place.cast("int"))
    made: nw.LazyFrame[Any] = nw.from_native(native.withColumn(result, number))
    return made


def _array(functions: Any, values: Sequence[Any], kind: str) -> Any:
    """Give an array as one literal; JSON, since a text may hold any separator."""
    return functions.from_json(functions.lit(json.dumps(values)), f"array<{kind}>")


def named(expression: nw.Expr, values: Mapping[int, str | None]) -> nw.Expr:
    """Give a text, or null, for each of some integers, which are all that there are."""
    return _chain(expression, _cases(values), lambda text: nw.lit(text, nw.String))


def switched(
    frame: nw.LazyFrame[Any],
    column: str,
    things: Sequence[Thing],
    made_of: Callable[[Thing], nw.Expr],
    result: str,
) -> nw.LazyFrame[Any]:
    """Add, as ``result``, what is made of the thing whose place stands in a column; equal things are worked out once."""
    cases = _cases(dict(enumerate(things)))
    if not cases:
        return frame.with_columns(nw.lit(0, nw.Int64).alias(result))  # there is no row
    if len(cases) <= _FEW:
        return frame.with_columns(_chain(nw.col(column), cases, made_of).alias(result))
    if len(cases) < len(things):
        numbers = {place: number for number, places in enumerate(cases.values()) for place in places}
        column, chosen_by = f"{result}_case", nw.col(column)
        frame = mapped(frame, chosen_by, numbers, column)
    made = [made_of(thing) for thing in (cases if len(cases) < len(things) else things)]
    return frame.with_columns(_halved(column, made, 0).alias(result))


def _cases(values: Mapping[Any, Thing]) -> dict[Thing, list[Any]]:
    """Give the values of each thing, first the thing that has most."""
    cases: dict[Thing, list[Any]] = {}
    for value, thing in values.items():
        cases.setdefault(thing, []).append(value)
    return dict(sorted(cases.items(), key=lambda case: -len(case[1])))


def _chain(
    expression: nw.Expr, cases: Mapping[Thing, Sequence[Any]], made_of: Callable[[Thing], nw.Expr]
) -> nw.Expr:
    """Give what is made of the first thing, unless the value is one of another."""
    if not cases:
        return nw.lit(None, nw.String)
    (first, _), *others = cases.items()
    made = made_of(first)
    for thing, values in others:
        made = nw.when(one_of(expression, values)).then(made_of(thing)).otherwise(made)
    return made


def _halved(column: str, made: Sequence[nw.Expr], start: int) -> nw.Expr:
    if len(made) == 1:
        return made[0]
    half = len(made) // 2
    lower, upper = _halved(column, made[:half], start), _halved(column, made[half:], start + half)
    return nw.when(nw.col(column) < start + half).then(lower).otherwise(upper)
