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
from perfeval.values import Missing, Unparsed, parse_weight, squash

_GRADE = re.compile(r"\(?(?:自评|评价|绩效)?等[级次]\)?:?\(?([优良中差][秀好等]?)\)?$")
_INLINE = re.compile(r"[^:：]*[:：]\s*([0-9][0-9.,]*\s*分?)")


def total_of(draft: Draft, grade: str | None, places: dict[str, Location]) -> Total:
    """Give the total of a draft. A cell that the form has and that is blank is an empty text."""
    if not draft.totals:
        return _of_heading(draft, grade, places)
    line = draft.totals[-1]
    grade = grade or next(
        (mark[1] for slot in line.printed if (mark := _GRADE.match(squash(slot.text)))), None
    )
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


def _of_heading(draft: Draft, grade: str | None, places: dict[str, Location]) -> Total:
    """Give the total that stands above the indicators: 自评得分 | 98."""
    entry = next((entry for entry in draft.entries if entry.role == "total" and entry.text), None)
    if entry is None:
        return Total(grade=grade)
    places["total"] = places["total.score"] = entry.slot.place
    return Total(score=entry.text, grade=grade)


def _is_number(slot: Slot) -> bool:
    return not isinstance(parse_weight(squash(slot.text)), Missing | Unparsed)  # 100% is a weight


def _numbers(line: Line, columns: Columns) -> dict[str, Slot]:
    numbers = [slot for slot in line.printed if _is_number(slot)]
    if line.aligned:
        under = [(column.role, slot) for slot in numbers if (column := columns.at(slot, line.tolerance))]
        placed = {role: slot for role, slot in under if role in {"weight", "score", "review_score"}}
        others = [slot for role, slot in under if role in {"deduction", "coefficient"}]
        if len(placed) + len(others) == len(numbers):
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
