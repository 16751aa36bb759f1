"""The total row: 总分, its weight and score, however many cells it has lost or gained."""

from __future__ import annotations

__all__ = ["total_of"]

import re
from collections.abc import Sequence

from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.headers import Columns
from perfeval.documents.layout.lines import Line, Slot
from perfeval.findings import Location
from perfeval.table import Total
from perfeval.values import Missing, Unparsed, parse_number, squash

_INLINE = re.compile(r"[^:：]*[:：]\s*([0-9][0-9.,]*\s*分?)")


def total_of(draft: Draft, grade: str | None, places: dict[str, Location]) -> Total:
    """Give the total of a draft. A cell that the form has and that is blank is an empty text."""
    if not draft.totals:
        return Total(grade=grade)
    line = draft.totals[-1]
    columns = draft.headers[-1]
    found = _numbers(line, columns)
    places["total"] = line.place
    for role, slot in found.items():
        places[f"total.{role}"] = slot.place
    texts = {role: slot.text for role, slot in found.items()}
    if not texts:
        texts = {
            "score": next((inline[1] for slot in line.printed if (inline := _INLINE.match(slot.text))), "")
        }
    has_weight = "weight" in columns.roles
    return Total(
        weight=texts.get("weight", "" if has_weight else None),
        score=texts.get("score", ""),
        review_score=texts.get("review_score", "" if "review_score" in columns.roles else None),
        grade=grade,
    )


def _is_number(slot: Slot) -> bool:
    return not isinstance(parse_number(squash(slot.text)), Missing | Unparsed)


def _numbers(line: Line, columns: Columns) -> dict[str, Slot]:
    numbers = [slot for slot in line.printed if _is_number(slot)]
    if line.aligned:
        placed = {
            column.role: slot
            for slot in numbers
            if (column := columns.at(slot, line.tolerance))
            and column.role in {"weight", "score", "review_score"}
        }
        if len(placed) == len(numbers):
            return placed
    return _in_order(numbers, columns, counted=not line.aligned)


def _in_order(numbers: Sequence[Slot], columns: Columns, *, counted: bool) -> dict[str, Slot]:
    weight, score = columns.first("weight"), columns.first("score")
    if weight is None or score is None:
        return {"score": numbers[-1]} if numbers else {}
    if len(numbers) >= 2:
        first, second = (numbers[0], numbers[1]) if weight.start < score.start else (numbers[1], numbers[0])
        return {"weight": first, "score": second}
    if len(numbers) == 1:
        nearer = abs(numbers[0].start - weight.start) < abs(numbers[0].start - score.start)
        return {"weight" if nearer and counted else "score": numbers[0]}
    return {}
