"""Test vectors of a rule book: inputs at every threshold, tie and boundary, with what must come out.

A line is a flat JSON object of strings and nulls, so that any language reads it, and a database loads it as a table.
"""

from __future__ import annotations

__all__ = ["VECTORS_SCHEMA", "vector_lines"]

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfeval.comparing.example import RowExample, TableExample
from perfeval.comparing.reported import reported_examples
from perfeval.comparing.rows import row_examples
from perfeval.comparing.tables import budget_examples, grade_examples
from perfeval.formula.exact import Pair
from perfeval.rulebook import RuleBook
from perfeval.scoring.numbers import decimal_of

VECTORS_SCHEMA = "perfeval.vectors.v1"

Line = dict[str, str | None]


def vector_lines(book: RuleBook, version: str) -> Iterator[str]:
    """Give a header, then one line for each vector, small inputs first; the same bytes each time."""
    books = (book,)
    rows = sorted({*row_examples(books), *reported_examples(books)}, key=lambda example: example.size)
    budgets = sorted(set(budget_examples(books)), key=lambda example: example.size)
    grades = sorted(set(grade_examples(books)), key=lambda example: example.size)
    lines = [
        *(_row(example, book) for example in rows),
        *(_execution(example, book) for example in budgets),
        *(_grade(example, book) for example in grades),
    ]
    header: Line = {
        "schema": VECTORS_SCHEMA,
        "rulebook": book.id,
        "rulebook_sha256": book.sha256,
        "perfeval": version,
        "vectors": str(len(lines)),
    }
    yield _json(header)
    yield from map(_json, lines)


def _json(line: Mapping[str, str | None]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _row(example: RowExample, book: RuleBook) -> Line:
    found = example.scored(book)
    compared = found.compared
    inputs = {} if compared is None else compared.inputs
    return {
        "kind": "indicator",
        **example.cells,
        "rule_kind": found.rule,
        "comparison": None if compared is None or not inputs else str(compared.kind),
        **{f"{name}_number": _number(inputs.get(name)) for name in ("target", "low", "high", "actual")},
        "score": _text(found.score),
        "reason": _text(found.reason),
        "completion": _text(found.completion),
        "verdict": str(found.verdict),
        "notes": " ".join(found.notes),
    }


def _execution(example: TableExample, book: RuleBook) -> Line:
    found = example.card(book).execution
    return {
        "kind": "execution",
        "budget": example.budget,
        "executed": example.executed,
        "weight": example.weight,
        "row_weights": example.met,
        "weight_used": _text(found.weight),
        "rate": found.rate,
        "score": _text(found.score),
        "reason": _text(found.reason),
        "notes": " ".join(found.notes),
    }


def _grade(example: TableExample, book: RuleBook) -> Line:
    card = example.card(book)
    return {"kind": "grade", "total": _text(card.total), "grade": card.grade}


def _number(pair: Pair | None) -> str | None:
    """Give an input of the formula; all that are tried are finite decimals."""
    return None if pair is None else _text(decimal_of(pair, Decimal(1)))


def _text(value: Decimal | str | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
