"""Accepted readings of a reported score, as columns: which rows has none of them, beyond doubt (PE101, PE103).

A verdict of ``perfeval.score`` tries readings one by one (docs/semantics.md §1). Here each is bounded: the rows are scored
again with the actual moved to both ends of its interval, under each accepted family and satisfaction setting, and with a
target without operator read either way. Under a rule that is monotone in the actual, what lies between the ends lies
between their scores. A reported score above all of them by more than rounding can move it has no reading; of any other
nothing is said here.
"""

from __future__ import annotations

__all__ = ["with_readings"]

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs
import narwhals as nw

from perfeval.frames.choosing import count, mapped
from perfeval.frames.contract import TEXT, Columns
from perfeval.frames.reading import text_of, texts
from perfeval.frames.scoring import scored
from perfeval.rulebook import RuleBook, satisfaction_rule
from perfeval.rules import Direct, Equality, Proportional, Reverse, Rule, ZeroUnderCeiling
from perfeval.scoring.numbers import total_of
from perfeval.table import target_cell
from perfeval.values import Comparison, Operator, Quantity, parse_target

_RULES = (str(Proportional.kind), str(Direct.kind))
Change = Callable[[Comparison], Comparison]


def with_readings(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Add ``__alone`` and ``__differs``, 0 or 1: no accepted family or direction gives the score, and no reading at all does.

    The frame holds ``__own`` (the weight), ``__found`` (the score), ``__stated`` above it, in units of the step, and
    ``__rule``. 0 also means that it is not known.
    """
    schema = frame.collect_schema()
    if not _is_monotone(book) or not all(
        isinstance(one, str) and isinstance(schema[one], TEXT) for one in (columns.target, columns.actual)
    ):
        none = nw.lit(0, nw.Int64)
        return frame.with_columns(none.alias("__alone"), none.alias("__differs"))
    target, actual = str(columns.target), str(columns.actual)
    is_plain = nw.col("__rule").is_in(_RULES)
    for part, column, may_have_operator in (("target", target, True), ("actual", actual, False)):
        frame = _with_numbers(frame, column, part, may_have_operator=may_have_operator)
        is_plain = is_plain & (nw.col(f"__is_number_{part}") == 1)
    frame = frame.with_columns(is_plain.alias("__is_plain"))
    others, ends = [], []
    for number, (variant, change) in enumerate(_others(book)):
        frame, name = _scored(frame, (variant, columns), ("target", target, change), f"__other{number}")
        others.append(name)
    for number, change in enumerate((_lower, _upper)):
        frame, name = _scored(frame, (book, columns), ("actual", actual, change), f"__end{number}")
        ends.append(name)
    reported, weight = nw.col("__stated"), nw.col("__own")
    over = {name: reported - nw.col(name) for name in ("__found", *others, *ends)}
    # Rounding, and a rate rounded to 0.1 % first, move a score by less than two steps and a thousandth of the weight.
    is_alone = nw.col("__is_plain")
    for name in ("__found", *others):
        is_alone = is_alone & ((over[name] - 2) * 1000 > weight)
    differs = is_alone & ((over["__found"] - 2) * 20 > weight)  # coarse: up to 5 % of the weight
    for name in ends:
        differs = differs & (over[name] > 2)
    return frame.with_columns(count(is_alone).alias("__alone"), count(differs).alias("__differs"))


def _scored(
    frame: nw.LazyFrame[Any],
    ruled: tuple[RuleBook, Columns],
    changed: tuple[str, str, Change | None],
    name: str,
) -> tuple[nw.LazyFrame[Any], str]:
    """Add the score of a reading: under another book, or with the numbers of one column changed.

    One without score explains everything, so that nothing is said of its row.
    """
    (book, columns), (part, column, change) = ruled, changed
    columns = attrs.evolve(columns, reported=None)
    if change is not None:
        changed_texts = {text: _changed(text, change) for text in texts(frame, column, part)}
        frame = frame.with_columns(_replaced(column, changed_texts).alias(f"{name}_cell"))
        columns = attrs.evolve(columns, **{part: f"{name}_cell"})
    made = scored(frame, book, columns, ("score", "reason"))
    found = made.results["score"]
    value = nw.when(found.is_null()).then(nw.col("__stated")).otherwise(found)
    return made.frame.with_columns(value.alias(name)), name


def _replaced(column: str, changed: Mapping[str, str]) -> nw.Expr:
    if not changed:
        return text_of(column)
    return text_of(column).replace_strict(
        list(changed), list(changed.values()), default="", return_dtype=nw.String
    )


def _changed(text: str, change: Change) -> str:
    """Give a cell with its number changed, an unreadable one where it cannot be written."""
    value = _comparison(text)
    if value is None:
        return text
    made = change(value)
    written = made.format()
    return written if parse_target(written) == made else "?"


def _is_monotone(book: RuleBook) -> bool:
    """Say whether every rule in proportion goes one way with the actual, whatever the target."""
    rules = (*book.rules, book.satisfaction_rule, book.graded_rule)
    plain = [rule for rule in rules if isinstance(rule, Proportional | Direct)]
    return all(
        rule.equality is Equality.AT_LEAST
        and rule.zero_under_ceiling is ZeroUnderCeiling.FULL
        and not (isinstance(rule, Proportional) and rule.ladder)
        for rule in plain
    )


def _with_numbers(
    frame: nw.LazyFrame[Any], column: str, part: str, *, may_have_operator: bool
) -> nw.LazyFrame[Any]:
    """Add 1 where a cell is an exact number; of an actual that is an inequality nothing is known."""
    allowed = tuple(Operator) if may_have_operator else (Operator.EQUAL,)
    known = {}
    for text in texts(frame, column, part):
        value = _comparison(text)
        known[text] = int(
            value is not None
            and not value.quantity.approximate
            and (value.operator is None or value.operator in allowed)
        )
    return mapped(frame, text_of(column), known, f"__is_number_{part}")


def _comparison(text: str) -> Comparison | None:
    cell = target_cell(text)
    return cell.value if cell is not None and isinstance(cell.value, Comparison) else None


def _others(book: RuleBook) -> Iterator[tuple[RuleBook, Change | None]]:
    """Give the accepted families and satisfaction settings, and both directions."""
    for reverse in book.accept.reverse:
        yield _with_reverse(book, reverse), None
    for setting in book.accept.satisfaction:
        yield attrs.evolve(book, satisfaction_rule=satisfaction_rule(book, setting)), None
    yield book, _as_floor
    yield book, _as_ceiling


def _as_floor(value: Comparison) -> Comparison:
    return value if value.operator else Comparison(Operator.EQUAL, value.quantity)


def _as_ceiling(value: Comparison) -> Comparison:
    return value if value.operator else Comparison(Operator.AT_MOST, value.quantity)


def _lower(value: Comparison) -> Comparison:
    return Comparison(value.operator, _moved(value.quantity, -1))


def _upper(value: Comparison) -> Comparison:
    return Comparison(value.operator, _moved(value.quantity, 1))


def _moved(quantity: Quantity, sign: int) -> Quantity:
    """Give the end of the widest interval that digits may allow: half a unit of the last digit away."""
    half = Decimal((int(sign < 0), (5,), quantity.exponent - 1))
    return Quantity(total_of([quantity.number, half]), quantity.unit)


def _with_reverse(book: RuleBook, reverse: Reverse) -> RuleBook:
    def other(rule: Rule) -> Rule:
        return attrs.evolve(rule, reverse=reverse) if isinstance(rule, Proportional) else rule

    return attrs.evolve(
        book,
        rules=tuple(None if rule is None else other(rule) for rule in book.rules),
        satisfaction_rule=other(book.satisfaction_rule),
        graded_rule=other(book.graded_rule),
    )
