"""What stands in the letter of one unit: a text for each placeholder, the rows of its findings, its attachments."""

from __future__ import annotations

__all__ = ["Content", "Kind", "content_of", "unit_name"]

from collections.abc import Iterator, Mapping
from typing import Literal

import attrs

from perfeval.auditing import AuditFinding
from perfeval.findings import Severity
from perfeval.messages import Language
from perfeval.report.audit import CLASSES
from perfeval.report.letter.units import Unit, file_name
from perfeval.report.letter.words import COLUMNS, REQUESTS, TITLES, WORDS
from perfeval.rulebook import RuleBook
from perfeval.scoring.explain import STATUS_TEXTS
from perfeval.scoring.scorecard import year_of
from perfeval.table import Evaluation

Kind = Literal["rectify", "review"]
"""整改通知 or 复核意见."""


@attrs.frozen
class Content:
    """The texts by placeholder; ``rows`` with their header, each cell a list of paragraphs; ``attachments``."""

    texts: Mapping[str, str]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    attachments: tuple[str, ...]


def unit_name(unit: Unit, language: Language) -> str:
    """Give the unit as a letter addresses it."""
    if unit.name:
        return unit.name
    file = unit.file or WORDS["no_name"]().text(language)
    return WORDS["unknown_unit"](file=file).text(language)


def content_of(
    unit: Unit, book: RuleBook, kind: Kind, language: Language, *, sender: str | None, date: str | None
) -> Content:
    """Give the letter to one unit."""
    rows = [row for card in unit.cards for row in card.indicators]
    scored = sum(1 for row in rows if row.score is not None)
    years = _years([card.evaluation for card in unit.cards], language)
    name = book.title or book.id
    facts = {
        "book": name,
        "tables": len(unit.cards),
        "rows": len(rows),
        "scored": scored,
        "unscored": len(rows) - scored,
        "count": len(unit.findings),
    }
    texts = {
        "title": TITLES[kind](years=years).text(language).strip(),
        "unit": unit_name(unit, language),
        "years": years,
        "book": name,
        "summary": WORDS["summary"](**facts).text(language),
        "count": str(len(unit.findings)),
        "request": REQUESTS[kind]().text(language),
        "sender": sender or "",
        "date": date or WORDS["no_date"]().text(language),
    }
    header = tuple((wording().text(language),) for wording in COLUMNS.values())
    found = tuple(_row(number, one, language) for number, one in enumerate(unit.findings, 1))
    return Content(texts, (header, *found), tuple(_attachments(unit, language)))


def _years(tables: list[Evaluation], language: Language) -> str:
    years = sorted({year for table in tables if (year := year_of(table.year)) is not None})
    joined = WORDS["and"]().text(language).join(map(str, years))
    return WORDS["year"](year=joined).text(language) if years else ""


def _row(number: int, one: AuditFinding, language: Language) -> tuple[tuple[str, ...], ...]:
    more = WORDS["more"](count=one.more).text(language) if one.more else ""
    kind = CLASSES[one.kind]().text(language)
    message = WORDS["message"](kind=kind, message=one.message.text(language)).text(language) + more
    follows = (
        WORDS["follows"](message=below.message.text(language)).text(language)
        for below in one.consequences
        if below.severity is not Severity.NOTE
    )
    status = STATUS_TEXTS[one.check.status]().text(language)
    explained = one.explained_by.text(language).rstrip("。.")
    return (
        (str(number),),
        (_project(one, language),),
        (message, *follows, WORDS["basis"](basis=one.check.basis, status=status).text(language)),
        (one.ask.text(language), WORDS["explained"](text=explained).text(language)),
        ("",),
    )


def _project(one: AuditFinding, language: Language) -> str:
    if one.table is None or one.evaluation is None:
        return WORDS["between"]().text(language)
    return _named(one.evaluation, language)


def _named(table: Evaluation, language: Language) -> str:
    return table.name or table.title or file_name(table) or WORDS["no_name"]().text(language)


def _attachments(unit: Unit, language: Language) -> Iterator[str]:
    tables = {id(one.evaluation): one.evaluation for one in unit.findings if one.evaluation is not None}
    for number, card in enumerate((card for card in unit.cards if id(card.evaluation) in tables), 1):
        file = file_name(card.evaluation)
        name = _named(card.evaluation, language)
        if file and file != name:
            name = WORDS["in_file"](name=name, file=file).text(language)
        yield WORDS["attachment"](number=number, name=name).text(language)
