"""From a draft to an Evaluation: names, money, goals, rows and totals, with the reader's doubts."""

from __future__ import annotations

__all__ = ["Built", "build"]

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from perfeval.documents.layout import doubts
from perfeval.documents.layout.doubts import doubt
from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.lines import Slot, join_lines, name_text
from perfeval.documents.layout.money import funding_rows
from perfeval.documents.layout.rows import Row, filled, glued
from perfeval.documents.layout.sums import sum_doubts
from perfeval.documents.layout.totals import total_of
from perfeval.documents.layout.words import Title, Words, key_of
from perfeval.findings import Finding, Location, Severity
from perfeval.table import Evaluation, Funding, Goal, Indicator, Stage, TableKind, TargetCell, Total
from perfeval.table.cells import Cell
from perfeval.table.fillers import without_fillers
from perfeval.values import DEFAULT_UNITS, parse_parts, parse_target, squash

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:年度?|\))")
_UNIT = re.compile(r"单位[:：]?(亿元|万元|千元|百元|元)")
_BRACKETED_UNIT = re.compile(r"[(（](?:金额)?(?:单位[:：]?)?(亿元|万元|千元|元)[)）]")
_CODED_NAME = re.compile(r"([0-9]{4,}[0-9A-Z]{8,})[-—–_](.+)", re.DOTALL)
_TEXTS = ("level1", "level2", "level3", "rule", "standard", "evidence", "deviation", "review_reason")
_TARGETS = ("actual", "previous_year", "review_actual")
_NUMBERS = ("weight", "score", "review_score", "coefficient", "deduction")
_KEYS = ("project_code", "unit_code", "credit_code", "region_code")
_NEAR = 5  # captions that can stand between a title and its table

Places = dict[str, Location]


@attrs.frozen
class Built:
    """One table, or the reason why it was refused, and what the reader doubts."""

    evaluation: Evaluation | None
    findings: tuple[Finding, ...]


def build(draft: Draft, words: Words) -> Iterator[Built]:
    """Give the table of a draft; a flat export gives one for each project."""
    if draft.columns is None:
        return
    rows = filled(glued(draft.rows, draft.columns, draft.known), draft.known)
    if draft.columns.is_flat:
        yield from _flat(draft, rows, words)
        return
    yield _one(draft, rows, words)


def _one(draft: Draft, rows: Sequence[Row], words: Words) -> Built:
    heading = _heading(draft, words)
    findings = list(_draft_doubts(draft, rows, heading.name))
    if draft.lost:
        text = " | ".join(slot.text for slot in draft.lost[0].printed)[:60]
        name = heading.name or heading.title or ""
        lost = doubts.LOST_ROWS(name=name, count=len(draft.lost), text=text)
        return Built(None, (doubt(lost, Severity.ERROR, *(line.place for line in draft.lost)), *findings))
    if not rows:
        where = draft.headers[0].columns[0].slot.place
        return Built(
            None, (doubt(doubts.NO_ROWS(name=heading.name or ""), Severity.WARNING, where), *findings)
        )
    places: Places = dict(heading.places)
    funding = funding_rows(draft, places)
    indicators = tuple(_indicator(row, index, places, words) for index, row in enumerate(rows))
    total = total_of(draft, heading.grade, places)
    evaluation = _evaluation(
        heading, funding, _goal(draft, heading, places), indicators, total, places, draft
    )
    is_sure = draft.is_aligned and not any(row.joined or row.moved or row.left_over for row in rows)
    evaluation, fillers = _without_fillers(evaluation)
    return Built(evaluation, (*findings, *fillers, *sum_doubts(evaluation, is_sure=is_sure)))


def _without_fillers(evaluation: Evaluation) -> tuple[Evaluation, tuple[Finding, ...]]:
    """Leave out the rows that only fill up the form, and number the places of the others anew."""
    kept, rows, dropped = without_fillers(evaluation)
    if not dropped:
        return evaluation, ()
    numbers = {f"indicators[{old}]": f"indicators[{new}]" for new, old in enumerate(rows)}
    places: Places = {}
    for path, place in evaluation.places.items():
        row, dot, rest = path.partition(".")
        if not row.startswith("indicators["):
            places[path] = place
        elif row in numbers:
            places[f"{numbers[row]}{dot}{rest}"] = place
    findings = tuple(finding(evaluation.places) for finding in dropped)
    return attrs.evolve(kept, places=places), findings


@attrs.frozen(kw_only=True)
class _Heading:
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


def _heading(draft: Draft, words: Words) -> _Heading:
    captions = [paragraph for paragraph in draft.captions if len(paragraph.text) < 120]
    titled = next((p for p in reversed(captions) if words.title(p.text) is not None), None)
    fitting = words.title(titled.text) if titled else None
    near = captions[captions.index(titled) :] if titled else captions[-_NEAR:]
    entries: dict[str, str] = {}
    places: Places = {}
    for entry in draft.entries:
        if entry.role not in entries or not entries[entry.role]:
            entries[entry.role] = entry.text
            places[entry.role] = entry.slot.place
    for caption in near:
        _from_caption(caption.text, entries, words)
    if titled:
        places["title"] = titled.place
    name, keys = _name_and_keys(entries)
    around = [paragraph.text for paragraph in near]
    texts = [slot.text for slot in draft.money_texts] + around
    return _Heading(
        title=name_text(titled.text) if titled else None,
        kind=fitting.kind if fitting else None,
        stage=fitting.stage if fitting else None,
        name=name,
        year=_found(_YEAR, [entries.get("year", ""), *around]) or _plain_year(entries.get("year")),
        department=_value(entries.get("department")),
        organisation=_value(entries.get("organisation") or entries.get("local_department")),
        amount_unit=_value(entries.get("amount_unit"))
        or _found(_BRACKETED_UNIT, texts)
        or _found(_UNIT, texts),
        grade=_value(entries.get("grade")),
        goal_expected=entries.get("goal_expected"),
        keys=keys,
        places=places,
    )


def _from_caption(text: str, entries: dict[str, str], words: Words) -> None:
    """Read the labels of a caption: 项目名称：…　　单位：万元."""
    label, colon, value = re.sub("：", ":", text, count=1).partition(":")
    role = words.labels.get(key_of(label))
    is_money = role == "organisation" and re.match(r"\s*(亿|万|千|百)?元", value)
    if colon and role is not None and not is_money and value.strip():
        entries.setdefault(role, re.split(r"[\s　]{2,}|单位[:：]", value.strip())[0])


def _name_and_keys(entries: dict[str, str]) -> tuple[str | None, dict[str, str]]:
    keys = {role: squash(entries[role]) for role in _KEYS if entries.get(role)}
    name = _value(entries.get("name"))
    coded = _CODED_NAME.fullmatch(name) if name else None
    if coded:
        keys = {"project_code": coded[1], **keys}
        name = coded[2].strip()
    return name, keys


def _value(text: str | None) -> str | None:
    return None if text is None else name_text(text)


def _found(pattern: re.Pattern[str], texts: Sequence[str]) -> str | None:
    for text in texts:
        found = pattern.search(squash(text))
        if found:
            return found[1]
    return None


def _plain_year(text: str | None) -> str | None:
    found = re.fullmatch(r"\s*((?:19|20)[0-9]{2})\s*", text or "")
    return found[1] if found else None


def _kind(heading: _Heading, indicators: Sequence[Indicator], draft: Draft) -> tuple[TableKind, Stage]:
    kind, stage = heading.kind, heading.stage
    if kind is None:
        roles = {entry.role for entry in draft.entries}
        has_actual = any(row.actual is not None or row.score is not None for row in indicators)
        kind = TableKind.PROJECT if has_actual or "name" not in roles else TableKind.TARGETS
        if has_actual and "name" not in roles and "organisation" in roles:
            kind = TableKind.WHOLE_UNIT
    if stage is None:
        stage = Stage.TARGET if kind is TableKind.TARGETS else Stage.SELF
    return kind, stage


def _evaluation(
    heading: _Heading,
    funding: tuple[Funding, ...],
    goal: Goal,
    indicators: tuple[Indicator, ...],
    total: Total,
    places: Places,
    draft: Draft,
) -> Evaluation:
    kind, stage = _kind(heading, indicators, draft)
    name = heading.name
    if kind is TableKind.WHOLE_UNIT and name is None:
        name = heading.organisation
    if draft.headers:
        places.setdefault("", draft.headers[0].columns[0].slot.place)
    return Evaluation(
        kind=kind,
        stage=stage,
        name=name,
        year=heading.year,
        title=heading.title,
        department=heading.department,
        organisation=heading.organisation,
        amount_unit=heading.amount_unit,
        keys=heading.keys,
        goal=goal,
        funding=funding,
        indicators=indicators,
        total=total,
        places=places,
    )


def _goal(draft: Draft, heading: _Heading, places: Places) -> Goal:
    parts: dict[str, list[Slot]] = {"expected": [], "actual": []}
    for line, columns in draft.goal[1:] if draft.goal else []:
        for slot in line.printed:
            role = "expected"
            if (second := columns.first("actual")) and slot.start >= second.start - line.tolerance:
                role = "actual"
            column = columns.first("expected")
            is_side = column is not None and slot.start < column.start - line.tolerance
            if not is_side:
                parts[role].append(slot)
    if not draft.goal:
        return Goal(expected=_paragraphs(heading.goal_expected))
    for role, slots in parts.items():
        if slots:
            places[f"goal.{role}"] = slots[0].place
    known = draft.goal[0][1].roles
    texts = {
        role: _paragraphs("\n".join(slot.text for slot in parts[role])) for role in parts if role in known
    }
    return Goal(**texts)


def _paragraphs(text: str | None) -> str | None:
    return None if text is None else "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _indicator(row: Row, index: int, places: Places, words: Words) -> Indicator:
    path = f"indicators[{index}]"
    places[path] = row.place
    for role, place in row.places.items():
        places[f"{path}.{role}"] = place
    given: dict[str, object] = {role: row.texts[role] for role in (*_TEXTS, *_NUMBERS) if role in row.texts}
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


def _draft_doubts(draft: Draft, rows: Sequence[Row], name: str | None) -> Iterator[Finding]:
    del name
    for row in rows:
        shown = join_lines(row.text("level3"))
        if row.joined:
            yield doubt(doubts.JOINED_ROW(name=shown), Severity.NOTE, row.place)
        if row.moved:
            yield doubt(doubts.MOVED_CELLS(name=shown), Severity.NOTE, row.place)
        for slot in row.left_over:
            yield doubt(doubts.LEFT_OVER(text=slot.text[:40]), Severity.WARNING, slot.place)
        for role in (*_NUMBERS, "target", "actual"):
            if row.areas.get(role, 1) > 1 and not row.joined:
                message = doubts.MERGED_NUMBER(text=row.text(role), column=role, count=row.areas[role])
                yield doubt(message, Severity.WARNING, row.places.get(role))
    for slot in draft.headers[0].unknown if draft.headers else ():
        yield doubt(doubts.UNKNOWN_COLUMN(header=slot.text[:40]), Severity.NOTE, slot.place)
    for slot in draft.left_over:
        yield doubt(doubts.LEFT_OVER(text=slot.text[:40]), Severity.NOTE, slot.place)


def _flat(draft: Draft, rows: Sequence[Row], words: Words) -> Iterator[Built]:
    """Give a table for each run of rows of one project."""
    findings = tuple(_draft_doubts(draft, (), None))
    project: dict[str, str] = {}
    numbered: list[tuple[tuple[str, str], Row]] = []
    for row in rows:
        own = {role: row.text(role) for role in ("project_code", "name")}
        if any(own.values()) and any(own[role] and own[role] != project.get(role) for role in own):
            project = {role: text for role, text in own.items() if text}
        numbered.append(((project.get("project_code", ""), project.get("name", "")), row))
    title = next((p for p in reversed(draft.captions) if words.title(p.text)), None)
    fitting = words.title(title.text) if title else None
    if draft.lost:
        lost = doubts.LOST_ROWS(name="", count=len(draft.lost), text=draft.lost[0].printed[0].text[:60])
        yield Built(None, (doubt(lost, Severity.ERROR, *(line.place for line in draft.lost)), *findings))
        return
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        members = [row for _, row in group]
        yield _flat_one(members, fitting, draft, words, findings)
        findings = ()


def _flat_one(
    rows: Sequence[Row], title: Title | None, draft: Draft, words: Words, findings: tuple[Finding, ...]
) -> Built:
    entries: dict[str, str] = {}
    places: Places = {"": rows[0].place}
    for row in rows:
        for role, text in row.texts.items():
            if text:
                entries.setdefault(role, text)
    name, keys = _name_and_keys(entries)
    around = [paragraph.text for paragraph in draft.captions[-_NEAR:]]
    headers = [column.slot.text for column in draft.headers[0].columns]
    funding: tuple[Funding, ...] = ()
    money = {
        role: entries.get(role, "")
        for role in ("initial", "adjusted", "executed", "rate")
        if role in rows[0].texts
    }
    if money:
        funding = (Funding(**money),)
        places["funding[0]"] = rows[0].place
    indicators = tuple(_indicator(row, index, places, words) for index, row in enumerate(rows))
    has_actual = any(row.actual is not None or row.score is not None for row in indicators)
    kind = title.kind if title else TableKind.PROJECT if has_actual else TableKind.TARGETS
    evaluation = Evaluation(
        kind=kind,
        stage=title.stage if title else Stage.SELF if has_actual else Stage.TARGET,
        name=name,
        year=_found(_YEAR, [entries.get("year", ""), *around]) or _plain_year(entries.get("year")),
        department=_value(entries.get("department")),
        organisation=_value(entries.get("organisation")),
        amount_unit=_value(entries.get("amount_unit"))
        or _found(_BRACKETED_UNIT, [*headers, *around])
        or _found(_UNIT, around),
        keys=keys,
        funding=funding,
        indicators=indicators,
        total=Total(score=entries.get("total"), grade=_value(entries.get("grade"))),
        places=places,
    )
    doubtful = tuple(_draft_doubts(attrs.evolve(draft, headers=[], left_over=[]), rows, name))
    return Built(evaluation, (*findings, *doubtful))
