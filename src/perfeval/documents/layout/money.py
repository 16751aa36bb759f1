"""The money table: one Funding for each line under its header."""

from __future__ import annotations

__all__ = ["funding_rows", "mixed_units"]

import re
from collections.abc import Iterator, Mapping, Sequence

from perfeval.documents.layout.draft import Draft, Money
from perfeval.documents.layout.lines import Line, Slot, name_text
from perfeval.findings import Location
from perfeval.table import Funding
from perfeval.values import squash

_ROLES = ("initial", "adjusted", "executed", "weight", "rate", "score")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_UNIT = re.compile(r"\((?:单位:)?(亿元|万元|千元|百元|元)\)")
_DIGITS = re.compile(r"-?[0-9][0-9,.]*")
_AMOUNT = re.compile(r"[-—–/／、]*-?[0-9][0-9,.]*(?:%|分|元|万元|亿元|千元)?|[-—–/／一]+")


def funding_rows(draft: Draft, places: dict[str, Location]) -> tuple[Funding, ...]:
    """Give the rows of money, in order; lines of the header are not rows."""
    made: list[Funding] = []
    units = mixed_units(draft)
    chosen = _of_the_year(draft.amounts)
    for line in draft.amounts:
        pairs = list(_amounts(line))
        for row in pairs if chosen is None or len(pairs) <= chosen else pairs[chosen : chosen + 1]:
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
        texts |= {
            role: texts[role] + unit
            for role, unit in units.items()
            if _DIGITS.fullmatch(squash(texts.get(role, "")))
        }
        made.append(Funding(label=label or "", **texts))
    return tuple(made)


def mixed_units(draft: Draft) -> Mapping[str, str]:
    """Give the unit of each column of money where their headers name different ones: 预算数（元） | 执行数（万元）."""
    found = {
        column.role: unit[1]
        for money in draft.money
        for column in money.columns.columns
        if column.role in _ROLES and (unit := _UNIT.search(squash(column.slot.text)))
    }
    return found if len(set(found.values())) > 1 else {}


def _of_the_year(lines: Sequence[Line]) -> int | None:
    """Give which of several amounts beside each other are the year's: 实施期资金总额 | 300 | 年度资金总额 | 100."""
    labels = [row.label or "" for row in _amounts(lines[0])] if lines else []
    annual = [index for index, label in enumerate(labels) if "年度" in label]
    return annual[0] if len(labels) > 1 and len(annual) == 1 else None


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
    heads = {int(slot.start): "unknown" for slot in money.columns.unknown if slot.start > first}
    heads |= {int(column.start): column.role for column in money.columns.columns if column.role != "label"}
    values = [slot for slot in money.line.printed if slot.start >= first]
    if all(int(slot.start) in heads for slot in values) and all(
        _is_amount(slot) for slot in values if heads[int(slot.start)] in _ROLES
    ):
        return {role: slot for role, slot in under.items() if slot.text}
    amounts = [slot for slot in money.line.printed if _is_amount(slot)]
    words = [slot for slot in money.line.printed if not amounts or slot.start < amounts[0].start]
    start = int(words[-1].start) + 1 if words else 0
    return {
        role: fields[start + index]
        for index, (_, role) in enumerate(sorted(heads.items()))
        if role in _ROLES and start + index in fields and fields[start + index].text
    }


def _label(money: Money) -> str | None:
    """Give the last text left of the first amount column: 财政资金 | 上级资金 is 上级资金."""
    line: Line = money.line
    columns = [column for column in money.columns.columns if column.role in _ROLES]
    words = [slot for slot in line.printed if not _is_amount(slot) and _WORD.search(squash(slot.text))]
    if line.aligned:
        words = [slot for slot in words if slot.start < columns[0].start - line.tolerance]
    elif amounts := [slot for slot in line.printed if _is_amount(slot)]:
        words = [slot for slot in words if slot.start < amounts[0].start] or words
    return name_text(words[-1].text) if words else None
