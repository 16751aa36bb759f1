"""Scorecards as JSON data, schema ``perfeval.scorecard.v1`` (docs/semantics.md §7).

Computed decimals are strings; cells stand as printed; a reported number stands with its digits,
or as printed where it is none.
"""

from __future__ import annotations

__all__ = ["SCORECARD_SCHEMA", "card_data", "problem_data", "scorecards_data"]

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from perfeval.errors import Problem
from perfeval.findings import Location
from perfeval.messages import Language
from perfeval.rulebook import RuleBook
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard
from perfeval.table import Cell
from perfeval.values import Missing

SCORECARD_SCHEMA = "perfeval.scorecard.v1"


def scorecards_data(
    cards: Iterable[Scorecard],
    book: RuleBook,
    version: str,
    problems: Iterable[Problem] = (),
    lang: Language = "zh",
) -> dict[str, Any]:
    """Give scorecards, and the files that could not be read, as one JSON object."""
    return {
        "schema": SCORECARD_SCHEMA,
        "tool": {"name": "perfeval", "version": version},
        "rulebook": {"id": book.id, "sha256": book.sha256},
        "evaluations": [card_data(card) for card in cards],
        "problems": [problem_data(problem, lang) for problem in problems],
    }


def card_data(card: Scorecard) -> dict[str, Any]:
    """Give one scorecard as a JSON object."""
    table = card.evaluation
    return {
        "file": table.file,
        "sha256": table.sha256,
        "place": _place(table.place()),
        "kind": str(table.kind),
        "stage": str(table.stage),
        "name": table.name,
        "year": table.year,
        "keys": dict(table.keys),
        "execution": _execution(card.execution),
        "indicators": [_indicator(row) for row in card.indicators],
        "subtotals": {
            name: {"weight": _plain(subtotal.weight), "score": _text(subtotal.score)}
            for name, subtotal in card.subtotals.items()
        },
        "total": _text(card.total),
        "reported_total": _printed(table.total.score),
        "grade": card.grade,
        "scored_subtotal": _text(card.scored_subtotal),
        "scored_weight": _plain(card.scored_weight),
        "unscorable": dict(card.unscorable),
        "notes": [str(note) for note in card.notes],
    }


def _execution(score: ExecutionScore) -> dict[str, Any]:
    return {
        "weight": None if score.weight is None else _plain(score.weight),
        "budget": _text(score.budget),
        "executed": _text(score.executed),
        "rate": score.rate,
        "score": _text(score.score),
        "reported_rate": score.reported_rate,
        "reported_score": _text(score.reported_score),
        "verdict": str(score.verdict),
        "status": str(score.status),
        "reason": _text(score.reason),
        "notes": [str(note) for note in score.notes],
    }


def _indicator(score: IndicatorScore) -> dict[str, Any]:
    row = score.indicator
    data: dict[str, Any] = {
        "id": row.id,
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target": _cell(row.target),
        "actual": _cell(row.actual),
        "weight": _cell(row.weight),
        "rule": score.rule,
        "printed_rule": row.rule,
        "family": score.family,
        "completion": _text(score.completion),
        "score": _text(score.score),
        "reported_score": _printed(row.score),
        "verdict": str(score.verdict),
        "status": str(score.status),
        "reason": _text(score.reason),
        "notes": [str(note) for note in score.notes],
        "place": _place(score.place),
    }
    if score.verdict_by is not None:  # only beside other-family: the family that gives the reported score
        data["verdict_by"] = score.verdict_by
    return data


def problem_data(problem: Problem, lang: Language) -> dict[str, Any]:
    """Give what is wrong with a file as a JSON object."""
    return {
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "path": problem.path or None,
        "code": problem.message.code,
        "message": problem.message.text(lang),
    }


def _place(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {key: value for key, value in place.as_dict().items() if key != "column"}


def _cell(cell: Cell[object] | None) -> str | None:
    return None if cell is None else cell.text


def _printed(cell: Cell[object] | None) -> str | None:
    """Give the digits of a printed number (81.79分 is 81.79), or the text of what is none; blank is null."""
    if cell is None or isinstance(cell.value, Missing):
        return None
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else cell.text


def _text(value: Decimal | str | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _plain(value: Decimal) -> str:
    """Give a weight without idle zeros: 22.5, 100."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
