"""Rule books against each other as JSON data; computed decimals are strings, inputs as given."""

from __future__ import annotations

__all__ = [
    "DIFFERENCE_SCHEMA",
    "IMPACT_SCHEMA",
    "TRIALS_SCHEMA",
    "difference_data",
    "impact_data",
    "trials_data",
]

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import attrs

from perfeval.comparing import Comparison, Difference, Impact, RowExample, TableChange, TableExample, Witness
from perfeval.errors import Problem, UsageError
from perfeval.messages import Language
from perfeval.report.comparing import Trial
from perfeval.report.data import problem_data
from perfeval.rulebook import Basis, RuleBook
from perfeval.scoring import ExecutionScore, IndicatorScore

TRIALS_SCHEMA = "perfeval.trials.v1"
DIFFERENCE_SCHEMA = "perfeval.rulebook-difference.v1"
IMPACT_SCHEMA = "perfeval.rulebook-impact.v1"


def trials_data(trials: Sequence[Trial], version: str, language: Language = "zh") -> dict[str, Any]:
    """Give one indicator under several books."""
    return {**_head(TRIALS_SCHEMA, version), "trials": [_trial(trial, language) for trial in trials]}


def difference_data(comparison: Comparison, version: str) -> dict[str, Any]:
    """Give each setting that differs, with both values, their bases, and the smallest example."""
    return {
        **_head(DIFFERENCE_SCHEMA, version),
        "first": _book(comparison.first),
        "second": _book(comparison.second),
        "tried": comparison.tried,
        "differences": [_difference(difference, comparison) for difference in comparison.differences],
    }


def impact_data(
    impact: Impact,
    books: tuple[RuleBook, RuleBook],
    version: str,
    problems: Iterable[Problem] = (),
    language: Language = "zh",
) -> dict[str, Any]:
    """Give the counts, and each table that changes with the scores that do."""
    return {
        **_head(IMPACT_SCHEMA, version),
        "first": _book(books[0]),
        "second": _book(books[1]),
        "tables": impact.tables,
        "rows": impact.rows,
        "changed_rows": impact.changed_rows,
        "changed_executions": impact.changed_executions,
        "changed_totals": impact.changed_totals,
        "changed_grades": impact.changed_grades,
        "changes": [_change(change) for change in impact.changes],
        "problems": [problem_data(problem, language) for problem in problems],
    }


def _head(schema: str, version: str) -> dict[str, Any]:
    return {"schema": schema, "tool": {"name": "perfeval", "version": version}}


def _book(book: RuleBook) -> dict[str, str]:
    return {"id": book.id, "sha256": book.sha256}


def _trial(trial: Trial, language: Language) -> dict[str, Any]:
    book, found = trial
    if isinstance(found, UsageError):
        return {"rulebook": _book(book), "error": found.text(language)}
    return {"rulebook": _book(book), **_row(found)}


def _row(found: IndicatorScore) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "family": found.family,
        "score": _text(found.score),
        "reason": _text(found.reason),
        "completion": _text(found.completion),
        "verdict": str(found.verdict),
        "verdict_by": found.verdict_by,
        "notes": [str(note) for note in found.notes],
    }


def _table(example: TableExample, book: RuleBook) -> dict[str, Any]:
    card = example.card(book)
    return {
        "execution_score": _text(card.execution.score),
        "execution_reason": _text(card.execution.reason),
        "total": _text(card.total),
        "grade": card.grade,
    }


def _difference(difference: Difference, comparison: Comparison) -> dict[str, Any]:
    setting = difference.setting
    return {
        "setting": setting.name,
        "first": setting.first,
        "second": setting.second,
        "first_basis": _basis(setting.first_basis),
        "second_basis": _basis(setting.second_basis),
        "example": None if difference.witness is None else _example(difference.witness, comparison),
    }


def _basis(basis: Basis | None) -> dict[str, str] | None:
    if basis is None:
        return None
    return {"source": basis.source, "status": str(basis.status), "note": basis.note}


def _example(witness: Witness, comparison: Comparison) -> dict[str, Any]:
    example = witness.example
    books = {"first": comparison.first, "second": comparison.second}
    if isinstance(example, RowExample):
        outcomes = {name: _row(example.scored(book)) for name, book in books.items()}
        return {"indicator": example.cells, "shown_in": str(witness.shown_in), **outcomes}
    outcomes = {name: _table(example, book) for name, book in books.items()}
    return {"table": attrs.asdict(example), "shown_in": str(witness.shown_in), **outcomes}


def _change(change: TableChange) -> dict[str, Any]:
    table = change.first.evaluation
    return {
        "file": table.file,
        "name": table.name,
        "year": table.year,
        "total": [_text(card.total) for card in (change.first, change.second)],
        "grade": [card.grade for card in (change.first, change.second)],
        "rows": [
            {
                "name": None if isinstance(first, ExecutionScore) else first.indicator.level3,
                "kind": "execution" if isinstance(first, ExecutionScore) else "indicator",
                "place": first.place.as_dict() if first.place else None,
                "score": [_text(first.score), _text(second.score)],
                "reason": [_text(first.reason), _text(second.reason)],
            }
            for first, second in change.rows
        ],
    }


def _text(value: Decimal | str | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
