"""From a draft to an Evaluation: names, money, goals, rows and totals, with the reader's doubts."""

from __future__ import annotations

__all__ = ["Built", "build"]

from collections.abc import Iterator, Sequence

import attrs

from perfeval.documents.layout import doubts
from perfeval.documents.layout.doubted import doubted_paths
from perfeval.documents.layout.doubts import doubt
from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.flat import flat_tables
from perfeval.documents.layout.heading import Heading, Places, heading_of
from perfeval.documents.layout.indicators import draft_doubts, indicator_of
from perfeval.documents.layout.joining import glued
from perfeval.documents.layout.lines import Slot
from perfeval.documents.layout.money import funding_rows, mixed_units
from perfeval.documents.layout.odd import odd_rows
from perfeval.documents.layout.rows import Row, filled
from perfeval.documents.layout.sums import sum_doubts
from perfeval.documents.layout.totals import total_of
from perfeval.documents.layout.words import Words
from perfeval.findings import Finding, Severity
from perfeval.table import Evaluation, Funding, Goal, Indicator, Stage, TableKind, Total
from perfeval.table.fillers import without_fillers


@attrs.frozen
class Built:
    """One table, or the reason why it was refused, and what the reader doubts."""

    evaluation: Evaluation | None
    findings: tuple[Finding, ...]


def build(draft: Draft, words: Words) -> Iterator[Built]:
    """Give the table of a draft; a flat export gives one for each project."""
    if draft.columns is None:
        return
    rows = glued(draft.rows, draft.columns, draft.known)
    if draft.columns.is_flat:
        yield from (Built(*found) for found in flat_tables(draft, rows, words))
        return
    yield _one(draft, filled(rows, draft.known), words)


def _one(draft: Draft, rows: Sequence[Row], words: Words) -> Built:
    heading = heading_of(draft, words)
    odd = tuple(odd_rows(rows, words))
    findings = list(draft_doubts(draft, rows, odd))
    if units := mixed_units(draft):
        message = doubts.MIXED_UNITS(units=" ".join(dict.fromkeys(units.values())))
        findings.append(doubt(message, Severity.WARNING, draft.money[0].line.place))
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
    indicators = tuple(indicator_of(row, index, places, words) for index, row in enumerate(rows))
    total = total_of(draft, heading.grade, places)
    evaluation = _evaluation(
        heading, funding, _goal(draft, heading, places), indicators, total, places, draft
    )
    is_sure = draft.is_aligned and not any(row.joined or row.moved or row.left_over for row in rows)
    paths = doubted_paths(rows, odd, draft.headers, words)
    evaluation, fillers = _without_fillers(attrs.evolve(evaluation, doubts=paths))
    return Built(evaluation, (*findings, *fillers, *sum_doubts(evaluation, is_sure=is_sure)))


def _without_fillers(evaluation: Evaluation) -> tuple[Evaluation, tuple[Finding, ...]]:
    """Leave out the rows that only fill up the form, and number the places of the others anew."""
    kept, rows, dropped = without_fillers(evaluation)
    if not dropped:
        return evaluation, ()
    numbers = {f"indicators[{old}]": f"indicators[{new}]" for new, old in enumerate(rows)}

    def renumbered(path: str) -> str | None:
        row, dot, rest = path.partition(".")
        return (
            f"{numbers[row]}{dot}{rest}"
            if row in numbers
            else None
            if row.startswith("indicators[")
            else path
        )

    places = {
        new: place for path, place in evaluation.places.items() if (new := renumbered(path)) is not None
    }
    paths = frozenset(new for path in evaluation.doubts if (new := renumbered(path)) is not None)
    findings = tuple(finding(evaluation.places) for finding in dropped)
    return attrs.evolve(kept, places=places, doubts=paths), findings


def _kind(heading: Heading, indicators: Sequence[Indicator], draft: Draft) -> tuple[TableKind, Stage]:
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
    heading: Heading,
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


def _goal(draft: Draft, heading: Heading, places: Places) -> Goal:
    parts: dict[str, list[Slot]] = {"initial": [], "expected": [], "actual": []}
    for line, columns in draft.goal[1:] if draft.goal else []:
        for slot in line.printed:
            reached = [one for one in columns.columns if slot.start >= one.start - line.tolerance]
            if reached:  # left of the first stands the label at the side
                parts[reached[-1].role].append(slot)
    before = parts.pop("initial")
    parts["expected"] = parts["expected"] or before
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
