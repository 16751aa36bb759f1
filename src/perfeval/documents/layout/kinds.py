"""What kind of line one is, by its words alone: total, label, note, signature, title."""

from __future__ import annotations

__all__ = ["LineKinds", "label_key", "numbers_columns"]

import re
from collections.abc import Sequence
from itertools import pairwise

from perfeval.documents.layout.draft import Entry
from perfeval.documents.layout.lines import Line, Slot
from perfeval.documents.layout.words import Words, key_of
from perfeval.values import squash

_COLON = re.compile(r"\s*([^:：\n]{2,16})[:：]\s*(.*)", re.DOTALL)
_MONEY_UNIT = re.compile("(?:人民币)?[百千万亿]*元")
_SHORT = 60
_TABLE = re.compile(r".{2,38}表(?:\([^()]*\))?")
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[A-Z])\)?(?:=.*)?")
_FEW_COLUMNS = 4
_CONTINUED = re.compile(r"(续表|续上表|接上表|\(续\)|（续）).*")


class LineKinds:
    """Questions about one line that its words answer, whatever stands around it."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def is_other_title(self, line: Line) -> bool:
        """Say whether a line is the title of a table of another kind: alone, at the left edge."""
        slot, text = line.printed[0], squash(line.printed[0].text)
        is_alone = len(line.printed) == 1 and slot.column == 0
        return is_alone and _TABLE.fullmatch(text) is not None and _CONTINUED.search(text) is None

    def is_total(self, line: Line) -> bool:
        """Say whether a line is the total, by its first words."""
        words = [slot for slot in line.printed if self.words.rows.get(key_of(slot.text)) != "side"]
        head = words[0].text if words else line.printed[0].text
        key = key_of(re.split("[:：]", head)[0])
        if self.words.rows.get(key) != "total":
            return False
        # 合计 may be the name of no indicator, but 总分 in level 3 beside a level 1 is one of it.
        return len([slot for slot in words[:3] if re.search("[\u4e00-\u9fff]{2}", slot.text)]) <= 2

    def is_subtotal(self, line: Line) -> bool:
        """Say whether a line adds up a part of the table."""
        return any(self.words.rows.get(key_of(slot.text)) == "subtotal" for slot in line.printed[:3])

    def is_footer(self, line: Line) -> bool:
        """Say whether one remark runs over the width of the table, or a label of the heading stands below it."""
        slots = line.printed
        first = label_key(line)
        is_label = self.words.labels.get(first) in {"ignored", "grade"}
        if is_label or self.is_note(line) or self.is_signature(line, self.entries(line)):
            labels = [slot for slot in slots if self.words.labels.get(key_of(slot.text)) == "ignored"]
            # 填表人 | 某某 | 联系电话 | 13900000000: a telephone number makes no row of it.
            return (
                len(slots) == 1 or len(labels) > 1 or not any(self.looks_numeric(slot.text) for slot in slots)
            )
        return False

    def is_signature(self, line: Line, entries: Sequence[Entry]) -> bool:
        """Say whether it is the line under a table: 填报单位：某站 | 填报日期：2024年3月."""
        roles = {entry.role for entry in entries}
        is_inline = _COLON.fullmatch(line.printed[0].text) is not None
        return is_inline and roles <= {"organisation", "department", "ignored"} and bool(roles)

    def is_note(self, line: Line) -> bool:
        """Say whether the line begins a section of notes, at the left edge: in level 2 the word is an indicator's."""
        at_left = line.printed[0] is line.slots[0]
        return at_left and self.words.rows.get(label_key(line)) == "notes"

    def looks_numeric(self, text: str) -> bool:
        """Say whether a text is a number."""
        return re.fullmatch(r"[<>=≤≥]*[0-9][0-9.,%]*", squash(text)) is not None

    def is_detail(self, line: Line) -> bool:
        """Say whether amounts are those of tasks or single expenses, of which the money of the table is the sum."""
        keys = [key_of(slot.text) for slot in line.printed]
        other = {*self.words.funding, *self.words.labels}
        return any(self.words.rows.get(key) == "notes" and key not in other for key in keys)

    def names_money(self, line: Line) -> bool:
        """Say whether an amount stands beside its label: 其他资金 | 10, or 项目资金 | (any label) | 10."""
        keys = [key_of(slot.text) for slot in line.printed[:2]]
        if any(self.words.rows.get(key) == "money" for key in keys):
            return True
        is_side = self.words.rows.get(keys[0]) == "side" and self.words.funding.get(keys[0]) == "label"
        return is_side and len(line.printed) > 2 and self.looks_numeric(line.printed[2].text)

    def label_role(self, text: str) -> str | None:
        """Give the role of a label."""
        key = key_of(text)
        is_total = self.words.rows.get(key) == "total" and key.endswith("分")  # 合计 is a row of money
        return self.words.labels.get(key) or ("total" if is_total else None)

    def entries(self, line: Line) -> list[Entry]:
        """Give the labels of a line, each with the text after it; ``项目名称：某项目`` in one cell too."""
        found: list[Entry] = []
        label: tuple[str, Slot] | None = None
        for slot in line.printed:
            role = self.label_role(slot.text) if len(slot.text) < _SHORT else None
            inline = _COLON.fullmatch(slot.text) if role is None else None
            inner = self.words.labels.get(key_of(inline[1])) if inline else None
            if inline and inner == "organisation" and _MONEY_UNIT.fullmatch(squash(inline[2])):
                inner = "amount_unit"  # 单位：万元
            if role is not None:
                if label is not None:
                    found.append(Entry(label[0], "", label[1], key_of(label[1].text)))
                label = (role, slot)
            elif inline is not None and inner is not None and label is None:
                found.append(Entry(inner, inline[2].strip(), slot, key_of(inline[1])))
            elif label is not None and label[0] == "goal_expected" and key_of(slot.text) in self.words.goal:
                continue  # 年度目标 | 年初目标 | …: a header over the goals, not one of them
            elif label is not None:
                found.append(Entry(label[0], slot.text, slot, key_of(label[1].text)))
                label = None
        if label is not None:
            found.append(Entry(label[0], "", label[1], key_of(label[1].text)))
        return found


def numbers_columns(line: Line) -> bool:
    """Say whether a line only numbers the columns of the header: 1, 2, 3 or A, B, C."""
    found = [_COLUMN_NUMBER.fullmatch(squash(slot.text)) for slot in line.printed]
    names = [match[1] for match in found if match]
    places = [int(name) if name.isdecimal() else ord(name) for name in names]
    in_order = all(later == place + 1 for place, later in pairwise(places))
    return len(names) == len(line.printed) >= _FEW_COLUMNS and in_order


def label_key(line: Line) -> str:
    """Give the key of the first text of a line, up to a colon."""
    return key_of(re.split("[:：]", line.printed[0].text)[0])
