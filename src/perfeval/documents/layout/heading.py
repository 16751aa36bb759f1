"""What stands above the indicators: title, name, codes, year, units, and whose table it is."""

from __future__ import annotations

__all__ = ["Heading", "heading_of", "name_and_keys", "unit_in", "value_of", "year_in"]

import re
from collections.abc import Mapping, Sequence

import attrs

from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.lines import name_text
from perfeval.documents.layout.words import Words, key_of
from perfeval.findings import Location
from perfeval.table import Stage, TableKind
from perfeval.values import squash

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:年度?|\))")
_UNIT = re.compile(r"单位[:：]?(亿元|万元|千元|百元|元)")
_BRACKETED_UNIT = re.compile(r"[(（](?:金额)?(?:单位[:：]?)?(亿元|万元|千元|元)[)）]")
_CODED_NAME = re.compile(r"([0-9]{4}[0-9A-Z]{8,})[-—–_](.+)", re.DOTALL)
_GRADE = re.compile("优|良|中|差|一般|合格|^[A-D]")
_KEYS = ("project_code", "unit_code", "credit_code", "region_code")
_LONGEST_CAPTION = 120
_NEAR = 5  # captions that can stand between a title and its table

Places = dict[str, Location]


@attrs.frozen(kw_only=True)
class Heading:
    """What stands above the indicators."""

    title: str | None
    kind: TableKind | None
    stage: Stage | None
    name: str | None
    year: str | None
    department: str | None
    organisation: str | None
    amount_unit: str | None
    grade: str | None
    goal_expected: str | None
    keys: dict[str, str]
    places: Places


def heading_of(draft: Draft, words: Words) -> Heading:
    """Give the heading of a draft, from its labels, the captions above it and the header of the money table."""
    captions = [paragraph for paragraph in draft.captions if len(paragraph.text) < _LONGEST_CAPTION]
    titled = next((p for p in reversed(captions) if words.title(p.text) is not None), None)
    fitting = words.title(titled.text) if titled else None
    near = captions[captions.index(titled) :] if titled else captions[-_NEAR:]
    entries: dict[str, str] = {}
    places: Places = {}
    labels: dict[str, str] = {}
    for entry in draft.entries:
        if not entries.get(entry.role):
            entries[entry.role] = entry.text
            places[entry.role] = entry.slot.place
            labels[entry.role] = entry.label
        elif entry.role == "goal_expected" and entry.text and labels.get(entry.role) == entry.label:
            entries[entry.role] += f"\n{entry.text}"  # 年度目标1 | …, and 年度目标2 below it
    for caption in near:
        _from_caption(caption.text, entries, words)
    if titled:
        places["title"] = titled.place
    name, keys = name_and_keys(entries)
    around = [paragraph.text for paragraph in near]
    return Heading(
        title=name_text(titled.text) if titled else None,
        kind=fitting.kind if fitting else None,
        stage=fitting.stage if fitting else None,
        name=name,
        year=year_in(entries, around),
        department=value_of(entries, "department"),
        organisation=value_of(entries, "organisation") or value_of(entries, "local_department"),
        amount_unit=value_of(entries, "amount_unit")
        or unit_in([*(slot.text for slot in draft.money_texts), *around]),
        grade=_grade(entries),
        goal_expected=entries.get("goal_expected"),
        keys=keys,
        places=places,
    )


def _from_caption(text: str, entries: dict[str, str], words: Words) -> None:
    """Read the label of a caption: 项目名称：… with 单位：万元 behind it, perhaps."""
    label, colon, value = text.replace("：", ":", 1).partition(":")
    role = words.labels.get(key_of(label))
    is_money = role == "organisation" and re.match(r"\s*(亿|万|千|百)?元", value)
    if colon and role is not None and not is_money and value.strip():
        entries.setdefault(role, re.split(r"[\s　]{2,}|单位[:：]", value.strip())[0])


def name_and_keys(entries: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """Give the name and the keys; a code in front of the name (51011723T…-某项目) is one of the keys."""
    keys = {role: squash(entries[role]) for role in _KEYS if entries.get(role)}
    name = value_of(entries, "name")
    coded = _CODED_NAME.fullmatch(name) if name else None
    if coded:
        keys = {"project_code": coded[1], **keys}
        name = coded[2].strip()
    return name, keys


def value_of(entries: Mapping[str, str], role: str) -> str | None:
    """Give a value of the heading on one line; None where the form has no such label."""
    return name_text(entries[role]) if role in entries else None


def _grade(entries: Mapping[str, str]) -> str | None:
    """Give the grade; 评价结论 may have a sentence behind it, or the form's own instruction."""
    text = value_of(entries, "grade")
    return text if text is None or not text or _GRADE.search(text) else None


def year_in(entries: Mapping[str, str], captions: Sequence[str]) -> str | None:
    """Give the year that a label or a caption names."""
    plain = re.fullmatch(r"\s*((?:19|20)[0-9]{2})\s*", entries.get("year", ""))
    return plain[1] if plain else _first(_YEAR, [entries.get("year", ""), *captions])


def unit_in(texts: Sequence[str]) -> str | None:
    """Give the unit of money that a header (in brackets) or a caption (单位：万元) names."""
    return _first(_BRACKETED_UNIT, texts) or _first(_UNIT, texts)


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> str | None:
    return next((found[1] for text in texts if (found := pattern.search(squash(text)))), None)
