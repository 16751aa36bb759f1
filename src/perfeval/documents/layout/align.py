"""Rows whose fields are only counted: which field belongs to which column.

Text copied out of a PDF loses empty cells, or gains some, after a page break. All small repairs
are tried, each is judged by what its columns can hold, and a row is read only where one repair is best.
"""

from __future__ import annotations

__all__ = ["Known", "aligned_fields", "judge", "may_stand", "repairs"]

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import TypeVar

import attrs

from perfeval.documents.layout.headers import Column, Columns
from perfeval.documents.layout.lines import Slot
from perfeval.documents.layout.words import Words, key_of
from perfeval.table.cells import target_cell
from perfeval.values import (
    Comparison,
    Deadline,
    Missing,
    Range,
    Unparsed,
    parse_number,
    parse_weight,
    squash,
)

Field = TypeVar("Field")

_IMPOSSIBLE = -4
_DOUBTFUL = -2
_NUMBERS = frozenset({"weight", "score", "review_score", "coefficient", "deduction"})
_VALUES = frozenset({"target", "actual", "previous_year", "review_actual"})
_WORDY = frozenset({"rule", "standard", "evidence"})
_LEVELS = frozenset({"level1", "level2"})
_BARE_NUMBER = re.compile(r"[<>=≤≥]*-?[0-9][0-9,.]*%?")
_DOTS = re.compile(r"[….]+")
_PLAIN = re.compile(r"[0-9.]+")
_HALF = 2  # letters: one alone begins or ends too many words
_MOST_FIELDS = 40
_MOST_TWICE = 24  # beyond it two repairs at once would be thousands of readings of each row


@attrs.define
class Known:
    """What the columns of this table are known to hold: the usual words, and those of rows read so far."""

    words: Words
    seen: dict[str, set[str]] = attrs.field(factory=dict)
    _judged: dict[tuple[str, str], int] = attrs.field(factory=dict)

    def learn(self, texts: Mapping[str, str]) -> None:
        """Remember the words of a row that needed no repair."""
        for role, text in texts.items():
            if text and role in _WORDY | _LEVELS | _VALUES:
                words, word = self.seen.setdefault(role, set()), squash(text)
                if word not in words:
                    words.add(word)
                    self._judged.clear()

    def plausibility(self, role: str, text: str) -> int:
        """Judge a text in a column; the same cells are asked for with every repair that is tried."""
        key = (role, text)
        if key not in self._judged:
            self._judged[key] = plausibility(role, text, self)
        return self._judged[key]

    def holds(self, role: str, text: str) -> bool:
        """Say whether a column is known to hold a word."""
        return squash(text) in self.seen.get(role, ()) or self.is_word(role, text)

    def is_word(self, role: str, text: str) -> bool:
        """Say whether it is a word of the forms, with points behind it too (产出指标(50分)): half a word is none.

        It does not matter what this table holds.
        """
        known, word = self.words.values.get(role, ()), squash(text)
        return word in known or (role in _LEVELS and key_of(word) in known)

    def begins_or_ends(self, role: str, text: str) -> bool:
        """Say whether it may be half of a known word."""
        half = squash(text)
        words = {*self.words.values.get(role, ()), *self.seen.get(role, ())}
        return len(half) >= _HALF and any(word.startswith(half) or word.endswith(half) for word in words)

    def is_foreign(self, role: str, text: str) -> bool:
        """Say whether a word belongs to another column."""
        word, usual, seen = squash(text), self.words.values, self.seen
        return any(
            word in usual.get(other, ()) or word in seen.get(other, ()) for other in _WORDY if other != role
        )


def plausibility(role: str, text: str, known: Known) -> int:
    """Judge a text in a column: below -2 it cannot stand there."""
    if not text:
        return 0
    if role in _NUMBERS:
        value = parse_weight(text) if role in {"weight", "coefficient"} else parse_number(text)
        return _IMPOSSIBLE if isinstance(value, Unparsed) else 0 if isinstance(value, Missing) else 1
    word = squash(text)
    bare = _BARE_NUMBER.fullmatch(word) is not None
    if role in _LEVELS or role in _WORDY:
        return _word_plausibility(role, text, known, bare=bare)
    if role == "level3":
        if word == "0":
            return -1  # fills a line that is not used
        if bare or _is_value(text, Comparison | Range):
            return _IMPOSSIBLE
        return _DOUBTFUL if known.is_foreign(role, text) or known.holds("level2", text) else 1
    if role in _VALUES:
        if known.is_foreign(role, text) or known.holds("level2", text):
            return _IMPOSSIBLE
        if not _is_value(text, Comparison | Range | Deadline):
            return 1 if known.holds(role, text) else 0
        return 1 if _PLAIN.fullmatch(word) else 2
    if role == "deviation":
        return _IMPOSSIBLE if bare or known.is_foreign(role, text) else 0
    if role == "side":
        return 1 if known.words.rows.get(key_of(text)) == "side" else _IMPOSSIBLE + 1
    return 0


def _is_value(text: str, kinds: type | UnionType) -> bool:
    cell = target_cell(text)  # which keeps what it has parsed: the cell of the row will ask for the same
    return cell is not None and isinstance(cell.value, kinds)


def _word_plausibility(role: str, text: str, known: Known, *, bare: bool) -> int:
    if known.holds(role, text):
        return 2
    if bare or known.is_foreign(role, text):
        return _IMPOSSIBLE
    return 1 if known.begins_or_ends(role, text) else -1


def aligned_fields(
    slots: Sequence[Slot], columns: Columns, known: Known, previous: Mapping[str, str] | None
) -> tuple[dict[str, Slot], bool] | None:
    """Give the field of each role, and whether fields were moved; None where no repair is clearly the best.

    ``previous`` is the row above: a row without weight and score may be its second half, and is then judged
    together with it.
    """
    if not slots or max(len(slots), columns.fields) > _MOST_FIELDS:
        return None
    roles = _roles_by_field(columns)
    printed = [slot if slot.text else None for slot in slots]
    count, names = sum(slot is not None for slot in printed), columns.roles
    unread = {f"ignored#{int(one.start)}": one for one in columns.columns if one.role == "ignored"}
    is_row = False
    best: dict[tuple[int, ...], tuple[int, int, dict[str, Slot]] | None] = {}
    for cost, fields in repairs(printed, len(roles)):
        # Repairs come with the smallest first; what is already judged needs no second look.
        outcome = tuple(index for index, slot in enumerate(fields[: len(roles)]) if slot is not None)
        if len(outcome) < count or outcome in best:
            continue  # a field in no column
        taken = {roles[index]: slot for index in outcome if (slot := fields[index]) is not None}
        score = judge(taken, names, known, previous)
        if any(role in unread and not may_stand(slot, unread[role], known) for role, slot in taken.items()):
            score = None
        if cost == 0 and score is not None:
            if (
                _is_whole(taken, names)
                or _is_unused(taken, known)
                or _is_unscored(taken, names, known, previous)
            ):
                return {role.split("#")[0]: slot for role, slot in taken.items()}, False
            is_row = "level3" in taken and not _NUMBERS.isdisjoint(taken)
        elif is_row and _NUMBERS.isdisjoint(taken):
            score = None  # a row with a blank score is not to be made the second half of another
        best[outcome] = None if score is None else (score, cost, taken)
    ranked = sorted(
        (found for found in best.values() if found is not None), key=lambda found: (-found[0], found[1])
    )
    if not ranked:
        return None
    score, cost, taken = ranked[0]
    rivals = [other for other in ranked[1:] if other[:2] == (score, cost)]
    if rivals and cost > 0:
        return None
    return {role.split("#")[0]: slot for role, slot in taken.items()}, cost > 0


def may_stand(slot: Slot, column: Column, known: Known) -> bool:
    """Say whether a text can stand in a column: under the label at the side, only what is left of a label."""
    if column.role != "ignored" or known.words.rows.get(key_of(column.slot.text)) != "side":
        return True
    is_part = squash(slot.text) in squash(column.slot.text)
    return is_part or known.words.rows.get(key_of(slot.text)) == "side"


def _is_whole(taken: Mapping[str, Slot], roles: frozenset[str]) -> bool:
    """Say whether nothing that a row has is missing."""
    return all(role in taken for role in ("level3", "weight", "score") if role in roles)


def _is_unused(taken: Mapping[str, Slot], known: Known) -> bool:
    """Say whether it is a line of the form that nobody filled in: the word of its level 2 and dots at most."""
    others = [slot.text for role, slot in taken.items() if role not in _LEVELS]
    return (
        "level2" in taken
        and known.is_word("level2", taken["level2"].text)
        and all(_DOTS.fullmatch(squash(text)) for text in others)
    )


def _is_unscored(
    taken: Mapping[str, Slot], roles: frozenset[str], known: Known, previous: Mapping[str, str] | None
) -> bool:
    """Say whether it is a row whose numbers are blank, as those of the row above: nothing else is missing."""
    if previous is None or any(previous.get(role) for role in ("weight", "score")):
        return False
    needed = {"level2", "level3", "target", "actual"} & roles
    return (
        len(needed) > 1 and "level2" in needed <= set(taken) and known.is_word("level2", taken["level2"].text)
    )


def _roles_by_field(columns: Columns) -> list[str]:
    """Give the role of each field of the header; fields left of the first column are the side."""
    first = int(min(column.start for column in columns.columns))
    known = (
        *(int(column.stop) for column in columns.columns),
        *(int(slot.start) + 1 for slot in columns.unknown),
    )
    width = max(columns.fields, *known)
    roles = [f"side#{index}" if index < first else f"none#{index}" for index in range(width)]
    for slot in columns.unknown:
        if int(slot.start) > first:
            roles[int(slot.start)] = f"ignored#{int(slot.start)}"
    for column in columns.columns:
        label = column.role if column.role != "ignored" else f"ignored#{int(column.start)}"
        roles[int(column.start)] = label
    return roles


def repairs(whole: list[Field | None], width: int) -> Iterator[tuple[int, list[Field | None]]]:
    """Give fields as they stand, and with one or two empty ones put in before a value or taken out."""
    yield 0, _fitted(whole, width)
    if len(whole) > _MOST_FIELDS:
        return
    once = list(_edits(whole))
    yield from ((1, _fitted(fields, width)) for fields in once)
    if len(whole) > _MOST_TWICE:
        return
    for fields in once:
        yield from ((2, _fitted(again, width)) for again in _edits(fields))


def _edits(fields: list[Field | None]) -> Iterator[list[Field | None]]:
    last = max((index for index, field in enumerate(fields) if field is not None), default=-1)
    for index in range(last + 1):
        if fields[index] is None:
            yield fields[:index] + fields[index + 1 :]
        if fields[index] is not None or index == 0:
            yield [*fields[:index], None, *fields[index:]]


def _fitted(fields: list[Field | None], width: int) -> list[Field | None]:
    """Cut empty fields at the end, or add them."""
    cut = fields[:width] if all(field is None for field in fields[width:]) else fields
    return cut + [None] * (width - len(cut))


def judge(
    taken: Mapping[str, Slot], roles: frozenset[str], known: Known, previous: Mapping[str, str] | None
) -> int | None:
    """Judge a row, together with the one above if it may be its second half; None where it cannot be so."""
    texts = {role: slot.text for role, slot in taken.items()}
    numbers = roles & {"weight", "score"}
    is_rest = previous is not None and bool(numbers) and not any(texts.get(role) for role in numbers)
    score = 0
    for role, text in texts.items():
        name = role.split("#")[0]
        above = previous.get(name, "") if is_rest and previous is not None else ""
        points = known.plausibility(name, above + text)
        if name == "level3" and points == _DOUBTFUL and "level2" not in roles:
            points = 0  # 社会效益 names an indicator where the form has no level 2
        if is_rest:  # the second half of a cell stands under its first
            points += 1 if above else -1
            if name in _VALUES and above and _PLAIN.fullmatch(squash(text)):
                points += _DOUBTFUL  # rather the weight of a row than half a value
        if name == "none" or (name == "level1" and _is_level2(texts, roles, known)):
            points = _IMPOSSIBLE
        if points <= _IMPOSSIBLE + 1:
            return None
        score += points
    if not is_rest:
        score -= sum(3 for role in {"level3"} & roles if not texts.get(role))
        score -= sum(2 for role in numbers if not texts.get(role))
    return score


def _is_level2(texts: Mapping[str, str], roles: frozenset[str], known: Known) -> bool:
    """Say whether level 1 holds a word of level 2, which has a column of its own and is empty there."""
    text = texts["level1"]
    is_apart = "level2" in roles and not texts.get("level2")
    return is_apart and known.is_word("level2", text) and not known.is_word("level1", text)
