"""Exports with one row an indicator: a table for each project that the rows name."""

from __future__ import annotations

__all__ = ["flat_tables"]

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from perfeval.documents.layout import doubts
from perfeval.documents.layout.doubted import doubted_paths
from perfeval.documents.layout.doubts import doubt
from perfeval.documents.layout.draft import Draft
from perfeval.documents.layout.heading import Places, name_and_keys, unit_in, value_of, year_in
from perfeval.documents.layout.indicators import draft_doubts, indicator_of
from perfeval.documents.layout.odd import odd_rows
from perfeval.documents.layout.rows import Row, filled
from perfeval.documents.layout.words import Words
from perfeval.findings import Finding, Severity
from perfeval.table import Evaluation, Funding, Stage, TableKind, Total

_WHOSE = ("file", "project_code", "name", "organisation", "year")
_MONEY = {
    "initial": "initial",
    "adjusted": "adjusted",
    "executed": "executed",
    "rate": "rate",
    "execution_weight": "weight",
    "execution_score": "score",
}
_CELLS = ("level3", "target", "actual", "weight", "score")
_KEY = "keys."

Choice = TypeVar("Choice", TableKind, Stage)

Found = tuple[Evaluation | None, tuple[Finding, ...]]


def flat_tables(draft: Draft, rows: Sequence[Row], words: Words) -> Iterator[Found]:
    """Give a table for each run of rows of one project, and what is doubted of it."""
    findings = tuple(draft_doubts(draft, ()))
    if draft.lost:
        text = draft.lost[0].printed[0].text[:60]
        lost = doubts.LOST_ROWS(name="", count=len(draft.lost), text=text)
        yield None, (doubt(lost, Severity.ERROR, *(line.place for line in draft.lost)), *findings)
        return
    for _, group in groupby(_with_project(rows), key=lambda pair: pair[0]):
        evaluation, own = _table([row for _, row in group], draft, words)
        yield evaluation, (*findings, *own)
        findings = ()


def _with_project(rows: Sequence[Row]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Give each row with what names its project; a row that names none goes on with the one above."""
    project: tuple[str, ...] = ()
    for row in rows:
        own = tuple(row.text(role) for role in _WHOSE)
        if any(own) and any(
            new and new != old for new, old in zip(own, project or ("",) * len(own), strict=True)
        ):
            project = own
        yield project, row


def _table(rows: Sequence[Row], draft: Draft, words: Words) -> tuple[Evaluation, tuple[Finding, ...]]:
    entries: dict[str, str] = {}
    for row in rows:
        for role, text in row.texts.items():
            if text:
                entries.setdefault(role, text)
    shown = filled([row for row in rows if any(row.text(role) for role in _CELLS)], draft.known)
    places: Places = {"": rows[0].place}
    indicators = tuple(indicator_of(row, index, places, words) for index, row in enumerate(shown))
    odd = tuple(odd_rows(shown, words))
    captions = [paragraph.text for paragraph in draft.captions]
    headers = [column.slot.text for column in draft.headers[0].columns]
    title = next((found for text in reversed(captions) if (found := words.title(text))), None)
    has_actual = any(row.actual is not None or row.score is not None for row in indicators)
    name, keys = name_and_keys(entries)
    own_keys = {role.removeprefix(_KEY): text for role, text in entries.items() if role.startswith(_KEY)}
    evaluation = Evaluation(
        kind=_one_of(TableKind, entries.get("kind"))
        or (title.kind if title else TableKind.PROJECT if has_actual else TableKind.TARGETS),
        stage=_one_of(Stage, entries.get("stage"))
        or (title.stage if title else Stage.SELF if has_actual else Stage.TARGET),
        name=name,
        year=year_in(entries, captions),
        department=value_of(entries, "department"),
        organisation=value_of(entries, "organisation"),
        amount_unit=value_of(entries, "amount_unit") or unit_in([*headers, *captions]),
        keys={**keys, **own_keys},
        funding=_funding(rows[0], entries, places),
        indicators=indicators,
        total=Total(score=entries.get("total"), grade=value_of(entries, "grade")),
        places=places,
        doubts=doubted_paths(shown, odd, draft.headers, words),
    )
    return evaluation, tuple(draft_doubts(draft, shown, odd, says_columns=False))


def _funding(row: Row, entries: dict[str, str], places: Places) -> tuple[Funding, ...]:
    roles = [role for role in _MONEY if role in row.texts]
    if not any(entries.get(role) for role in roles):
        return ()
    places["funding[0]"] = row.place
    return (Funding(**{_MONEY[role]: entries.get(role, "") for role in roles}),)


def _one_of(kind: type[Choice], given: str | None) -> Choice | None:
    return kind(given) if given in list(kind) else None
