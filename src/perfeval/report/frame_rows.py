"""What the rows of a frame hold: one a score, one a finding, with the type of each column."""

from __future__ import annotations

__all__ = ["FINDING_COLUMNS", "SCORE_COLUMNS", "finding_rows", "score_rows"]

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from perfeval.auditing import AuditFinding, AuditResult
from perfeval.messages import Language
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard
from perfeval.scoring.numbers import difference
from perfeval.table import Evaluation

_TABLE_COLUMNS: Mapping[str, type] = {
    "table": int,
    "file": str,
    "name": str,
    "year": str,
    "organisation": str,
    "project_code": str,
}
SCORE_COLUMNS: Mapping[str, type] = {
    **_TABLE_COLUMNS,
    "row": int,
    "level1": str,
    "level2": str,
    "level3": str,
    "target": str,
    "actual": str,
    "weight": Decimal,
    "reported": Decimal,
    "score": Decimal,
    "difference": Decimal,
    "completion": Decimal,
    "rule": str,
    "status": str,
    "reason": str,
    "verdict": str,
    "notes": str,
}
"""``table`` and ``row`` count from 0; the execution rate has no ``row``, its target is the budget."""

FINDING_COLUMNS: Mapping[str, type] = {
    **_TABLE_COLUMNS,
    "row": int,
    "indicator": str,
    "code": str,
    "check": str,
    "class": str,
    "severity": str,
    "path": str,
    "places": str,
    "message": str,
    "points": Decimal,
    "amount": Decimal,
    "material": bool,
    "explained_by": str,
    "ask": str,
    "basis": str,
    "fingerprint": str,
    "follows": str,
}
"""``follows`` is the fingerprint of the finding that explains a consequence."""


def score_rows(cards: Iterable[Scorecard]) -> Iterator[dict[str, object]]:
    """Give the execution rate and every indicator of every card."""
    for number, card in enumerate(cards):
        table = _table(number, card.evaluation)
        for row, score in enumerate(card.scores, -1):
            yield {**table, "row": None if row < 0 else row, **_cells(score), **_score(score)}


def _table(number: int | None, table: Evaluation | None) -> dict[str, object]:
    if table is None:
        return dict.fromkeys(_TABLE_COLUMNS) | {"table": number}
    return {
        "table": number,
        "file": table.file,
        "name": table.name,
        "year": table.year,
        "organisation": table.organisation,
        "project_code": table.keys.get("project_code"),
    }


def _cells(score: ExecutionScore | IndicatorScore) -> dict[str, object]:
    if isinstance(score, ExecutionScore):
        amounts = {"target": score.budget, "actual": score.executed}
        return dict.fromkeys(("level1", "level2", "level3")) | {
            name: None if amount is None else f"{amount:f}" for name, amount in amounts.items()
        }
    row = score.indicator
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target": row.target.text if row.target else None,
        "actual": row.actual.text if row.actual else None,
    }


def _score(score: ExecutionScore | IndicatorScore) -> dict[str, object]:
    reported, made = score.reported_score, score.score
    return {
        "weight": score.weight,
        "reported": reported,
        "score": made,
        "difference": None if made is None or reported is None else difference(made, reported),
        "completion": score.completion,
        "rule": score.rule,
        "status": str(score.status),
        "reason": None if score.reason is None else str(score.reason),
        "verdict": str(score.verdict),
        "notes": " ".join(score.notes),
    }


def finding_rows(result: AuditResult, language: Language) -> Iterator[dict[str, object]]:
    """Give every finding, its consequences after it."""
    for one in result.findings:
        yield from _finding(one, None, language)


def _finding(
    one: AuditFinding, cause: AuditFinding | None, language: Language
) -> Iterator[dict[str, object]]:
    yield {
        **_table(one.table, None if one.table is None else one.evaluation),
        "row": one.row,
        "indicator": one.indicator,
        "code": one.code,
        "check": one.name,
        "class": str(one.kind),
        "severity": str(one.severity),
        "path": one.path,
        "places": "; ".join(str(place) for place in one.places),
        "message": one.message.text(language),
        "points": one.effect.points,
        "amount": one.effect.amount,
        "material": one.is_material,
        "explained_by": one.explained_by.text(language),
        "ask": one.ask.text(language),
        "basis": one.check.basis,
        "fingerprint": one.fingerprint,
        "follows": None if cause is None else cause.fingerprint,
    }
    for below in one.consequences:
        yield from _finding(below, cause or one, language)
