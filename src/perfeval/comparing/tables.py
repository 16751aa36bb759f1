"""The tables that are tried: the execution rate, the sum of the weights, the edges of the grades."""

from __future__ import annotations

__all__ = ["budget_examples", "grade_examples", "table_examples"]

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from perfeval.comparing.example import TableExample
from perfeval.comparing.thresholds import around, decimal_text, multiples, shares
from perfeval.rulebook import RuleBook

_ONE, _HUNDREDTH = Fraction(1), Fraction(1, 100)
_BUDGET = Fraction(100)
_NO_AMOUNTS = (
    ("", "50"),
    ("—", "50"),
    ("100", ""),
    ("**", "50"),
    ("100", "**"),
    ("0", "0"),
    ("-1", "50"),
    ("100", "-1"),
)


def table_examples(books: Sequence[RuleBook]) -> Iterator[TableExample]:
    """Give tables at every threshold of what the books say about the money, the weights and the grades."""
    yield from budget_examples(books)
    yield from grade_examples(books)
    weights = [Fraction(book.weights.sum) for book in books]
    lacking = [whole - Fraction(book.execution.weight) for whole, book in zip(weights, books, strict=True)]
    for met in sorted({*weights, *lacking}):
        yield TableExample("100", "90", met=decimal_text(met))
        yield TableExample(None, None, met=decimal_text(met))
    for name in sorted({name for book in books for name in book.execution.rows}):
        yield TableExample("100", "90", name=name, met="10")
    yield TableExample("100", "90", met="80", inapplicable="10")


def budget_examples(books: Sequence[RuleBook]) -> Iterator[TableExample]:
    """Give amounts at every threshold of the execution rate, with and without a printed weight."""
    edges = {*multiples(books), *shares(books)}
    amounts = {near for edge in edges for d in (_ONE, _HUNDREDTH) for near in around(edge * _BUDGET, d)}
    executed = [decimal_text(amount) for amount in sorted(amounts) if amount >= 0]
    most = {near for book in books for near in around(Fraction(book.execution.most_weight), _ONE)}
    yield from (TableExample("100", amount) for amount in executed)
    yield from (TableExample("3", amount, weight) for amount, weight in product(("1", "2"), (None, "10")))
    yield from (TableExample("100", "90", decimal_text(weight)) for weight in sorted(most) if weight > 0)
    yield from (TableExample(budget, amount) for budget, amount in _NO_AMOUNTS)


def grade_examples(books: Sequence[RuleBook]) -> Iterator[TableExample]:
    """Give tables whose total lies at and beside the edge of a grade."""
    for book in books:
        whole = Fraction(book.weights.sum)
        for grade in book.grades:
            for total in around(Fraction(grade.start), Fraction(book.rounding.step)):
                if 0 < total < whole:
                    met, missed = decimal_text(total), decimal_text(whole - total)
                    yield TableExample(None, None, met=met, missed=missed)
