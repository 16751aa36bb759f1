"""One row into one Indicator, and what the reader doubts about rows."""

from __future__ import annotations

__all__ = ["draft_doubts", "indicator_of"]

from collections.abc import Iterator, Sequence

from perfeval.documents.layout import doubts
from perfeval.documents.layout.doubts import doubt
from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.lines import Slot, join_lines
from perfeval.documents.layout.rows import Row, merged_numbers
from perfeval.documents.layout.words import Words, key_of
from perfeval.findings import Finding, Location, Severity
from perfeval.table import Indicator, TargetCell
from perfeval.table.cells import Cell
from perfeval.values import DEFAULT_UNITS, parse_parts, parse_target, squash

_TEXTS = ("id", "level1", "level2", "level3", "rule", "standard", "evidence", "deviation", "review_reason")
_TARGETS = ("actual", "previous_year", "review_actual")
_NUMBERS = ("weight", "score", "review_score", "coefficient", "deduction")

Places = dict[str, Location]


def indicator_of(row: Row, index: int, places: Places, words: Words) -> Indicator:
    """Give an indicator, and put the places of its cells among the places of the table."""
    path = f"indicators[{index}]"
    places[path] = row.place
    for role, place in row.places.items():
        places[f"{path}.{role}"] = place
    given: dict[str, object] = {role: row.texts[role] for role in (*_TEXTS, *_NUMBERS) if role in row.texts}
    if "level3" not in row.texts and row.text("level2"):
        given["level3"] = row.text("level2")  # where the form ends at level 2, that is the indicator
    for role in _TARGETS:
        if role in row.texts:
            given[role] = _target(row.texts[role], words)
    target = _target_of(row, words)
    if target is not None:
        given["target"] = target
    return Indicator(**given)  # type: ignore[arg-type]  # the roles are its fields


def _target(text: str, words: Words) -> TargetCell | str:
    return text if words.units is DEFAULT_UNITS else Cell(text, parse_target(text, words.units))


def _target_of(row: Row, words: Words) -> TargetCell | str | None:
    """Give the target; where operator or unit have columns of their own, with its parts."""
    if "target" not in row.texts:
        return None
    value = row.text("target") or row.text("initial_target")
    if not {"operator", "unit"} & set(row.texts):
        return _target(value, words)
    operator, unit = row.text("operator"), row.text("unit")
    return Cell(
        f"{operator}{value}{unit}", parse_parts(operator, value, unit, words.units), (operator, value, unit)
    )


def draft_doubts(
    draft: Draft, rows: Sequence[Row], odd: Sequence[int] = (), *, says_columns: bool = True
) -> Iterator[Finding]:
    """Say what was joined, moved, odd, left over or unknown; ``says_columns`` of the columns and heading too."""
    unknown = draft.headers[0].unknown if draft.headers else ()
    for row in rows:
        yield from _row_doubts(row, unknown)
    for row in (rows[index] for index in odd):
        shown = "".join(squash(row.text(role)) for role in ("level3", "target", "actual"))
        yield doubt(doubts.ODD_ROW(text=shown[:40]), Severity.WARNING, row.place)
    if not says_columns:
        return
    for header in unknown:
        if key_of(header.text) in draft.known.words.columns:
            yield doubt(doubts.TWIN_COLUMN(header=header.text[:40]), Severity.WARNING, header.place)
        else:
            is_filled = any(_is_under((header,), slot) for row in rows for slot in row.left_over)
            severity = Severity.WARNING if is_filled else Severity.NOTE
            yield doubt(doubts.UNKNOWN_COLUMN(header=header.text[:40]), severity, header.place)
    for slot in draft.left_over:
        yield doubt(doubts.LEFT_OVER(text=slot.text[:40]), Severity.NOTE, slot.place)


def _row_doubts(row: Row, unknown: Sequence[Slot]) -> Iterator[Finding]:
    shown = join_lines(row.text("level3"))
    if row.joined:
        yield doubt(doubts.JOINED_ROW(name=shown), Severity.NOTE, row.place)
    if row.moved:
        yield doubt(doubts.MOVED_CELLS(name=shown), Severity.NOTE, row.place)
    for role in row.several:
        message = doubts.SEVERAL_NUMBERS(text=row.text(role), column=role)
        yield doubt(message, Severity.WARNING, row.places.get(role))
    for slot in row.left_over:
        if not _is_under(unknown, slot):  # an unknown column is said once, by its header
            yield doubt(doubts.LEFT_OVER(text=slot.text[:40]), Severity.WARNING, slot.place)
    for role in merged_numbers(row):
        message = doubts.MERGED_NUMBER(text=row.text(role), column=role, count=row.areas[role])
        yield doubt(message, Severity.WARNING, row.places.get(role))


def _is_under(headers: Sequence[Slot], slot: Slot) -> bool:
    return any(header.start <= slot.start < header.stop for header in headers)
