"""Rows with reported scores that are right under one reading and not under another."""

from __future__ import annotations

__all__ = ["reported_examples"]

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from perfeval.comparing.example import RowExample
from perfeval.comparing.mixed import with_setting
from perfeval.comparing.rows import contexts, percentages
from perfeval.comparing.thresholds import around, decimal_text
from perfeval.rulebook import RuleBook
from perfeval.rules import Graded, Reverse

_STATEMENTS = ("完成", "基本完成", "部分达成", "未达成")


def reported_examples(books: Sequence[RuleBook]) -> Iterator[RowExample]:
    """Give rows whose reported score lies on an edge of a graded band, or is what another family gives."""
    readings = tuple(dict.fromkeys(reading for book in books for reading in _readings(book)))
    for context in contexts(books):
        for statement in _STATEMENTS:
            yield from _at_edges(context.row("提升", statement), books)
        ceilings = [context.row("≤10%", actual) for actual in ("12%", "16%")]
        floors = [context.row(f"{operator}95%", actual) for operator, actual in percentages(books)]
        for row in (*ceilings, *floors):
            scores = {made for reading in readings if (made := row.scored(reading).score) is not None}
            if len(scores) > 1:
                yield from (attrs.evolve(row, reported=f"{made:f}") for made in sorted(scores))


def _at_edges(row: RowExample, books: Sequence[RuleBook]) -> Iterator[RowExample]:
    scores = {Fraction(row.weight)}
    for book in books:
        rule = row.scored(book).choice.rule
        if isinstance(rule, Graded):
            for edge in rule.bands:
                scores.update(around(Fraction(row.weight) * Fraction(edge), Fraction(book.rounding.step)))
    if len(scores) > 1:
        yield from (attrs.evolve(row, reported=decimal_text(made)) for made in sorted(scores))


def _readings(book: RuleBook) -> Iterator[RuleBook]:
    """Give a book, and what it would be with another family or other bands of 满意度."""
    yield book
    for reverse in Reverse:
        other = attrs.evolve(book, settings=attrs.evolve(book.settings, reverse=reverse))
        yield with_setting(book, other, "settings.reverse")
    for setting in book.accept.satisfaction:
        other = attrs.evolve(book, settings=attrs.evolve(book.settings, satisfaction=setting))
        yield with_setting(book, other, "settings.satisfaction")
