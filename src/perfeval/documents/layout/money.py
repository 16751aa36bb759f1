"""The money table: one Funding for each line under its header."""

from __future__ import annotations

__all__ = ["funding_rows"]

import re
from collections.abc import Iterator, Mapping

from perfeval.documents.layout.draft import Draft, Money
from perfeval.documents.layout.lines import Line, Slot, name_text
from perfeval.findings import Location
from perfeval.table import Funding
from perfeval.values import squash

_ROLES = ("initial", "adjusted", "executed", "weight", "rate", "score")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_AMOUNT = re.compile(r"[-—–/／、]*-?[0-9][0-9,.]*(?:%|分|元|万元|亿元|千元)?|[-—–/／一]+")


def funding_rows(draft: Draft, places: dict[str, Location]) -> tuple[Funding, ...]:
    """Give the rows of money, in order; lines of the header are not rows."""
    made: list[Funding] = []
    for line in draft.amounts:
        for row in _amounts(line):
            places[f"funding[{len(made)}]"] = line.place
            made.append(row)
    for money in draft.money:
        if any(slot is column.slot for column in money.columns.columns for slot in money.line.slots):
            continue
        taken = _by_position(money) if money.line.aligned else _by_order(money)
        label = _label(money)
        if label is None and not taken:
            continue
        path = f"funding[{len(made)}]"
        places[path] = money.line.place
        for role, slot in taken.items():
            places[f"{path}.{role}"] = slot.place
        roles = money.columns.roles
        texts = {
            role: squash_amount(taken[role].text) if role in taken else "" for role in _ROLES if role in roles
        }
        made.append(Funding(label=label or "", **texts))
    return tuple(made)


def _amounts(line: Line) -> Iterator[Funding]:
    """Give the amount beside each label of a line: 年度资金总额 | 100 | 其中：财政拨款 | 80."""
    label: Slot | None = None
    for slot in line.printed:
        if _is_amount(slot) and label is not None:
            yield Funding(label=name_text(label.text), initial=squash_amount(slot.text))
            label = None
        elif not _is_amount(slot):
            label = slot


def squash_amount(text: str) -> str:
    """Undo a number that was wrapped inside its cell."""
    return re.sub(r"\s*\n\s*", "", text).strip()


def _is_amount(slot: Slot) -> bool:
    return _AMOUNT.fullmatch(squash(slot.text)) is not None


def _by_position(money: Money) -> Mapping[str, Slot]:
    taken: dict[str, Slot] = {}
    for slot in money.line.printed:
        column = money.columns.at(slot, money.line.tolerance)
        if column is not None and column.role in _ROLES:
            taken.setdefault(column.role, slot)
    return taken


def _by_order(money: Money) -> Mapping[str, Slot]:
    """Fields that are only counted: under their header, or, if the label is elsewhere, in order behind it."""
    columns = [column for column in money.columns.columns if column.role in _ROLES]
    fields = {int(slot.start): slot for slot in money.line.slots}
    under = {column.role: fields[int(column.start)] for column in columns if int(column.start) in fields}
    first = int(columns[0].start)
    words = [slot for slot in money.line.printed if not _is_amount(slot)]
    if all(slot.start < first for slot in words) and sum(
        1 for slot in money.line.printed if slot.start >= first
    ) == len([slot for slot in under.values() if slot.text]):
        return {role: slot for role, slot in under.items() if slot.text}
    start = int(words[-1].start) + 1 if words else 0
    return {
        column.role: fields[start + index]
        for index, column in enumerate(columns)
        if start + index in fields and fields[start + index].text
    }


def _label(money: Money) -> str | None:
    """Give the last text left of the first amount column: 财政资金 | 上级资金 is 上级资金."""
    line: Line = money.line
    columns = [column for column in money.columns.columns if column.role in _ROLES]
    words = [slot for slot in line.printed if not _is_amount(slot) and _WORD.search(slot.text)]
    if line.aligned:
        words = [slot for slot in words if slot.start < columns[0].start - line.tolerance]
    return name_text(words[-1].text) if words else None
