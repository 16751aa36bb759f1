"""The views of an audit put into the templates; nothing that a table says gets out of its place there."""

from __future__ import annotations

__all__ = ["page_text"]

from base64 import b64encode
from collections.abc import Iterable

import attrs
from markupsafe import Markup

from perfeval.findings import FindingClass, Severity
from perfeval.messages import Language
from perfeval.report.audit import CLASSES, SEVERITIES
from perfeval.report.dossier import Dossier
from perfeval.report.page.cards import CardView, cards_of, every, marks_of
from perfeval.report.page.crops import Documents, Wanted, row_pictures
from perfeval.report.page.parts import Drawing, cleaned, drawing, environment, file_text, policy_hash
from perfeval.report.page.spots import spots_of
from perfeval.report.page.tables import TableView, table_view
from perfeval.report.page.words import COLUMNS, LABELS
from perfeval.report.pictures import (
    composition_picture,
    distribution_picture,
    execution_picture,
    reported_picture,
    substance_picture,
)
from perfeval.scoring import Reason
from perfeval.scoring.explain import REASON_TEXTS

_TEMPLATES = (
    "page.html.jinja",
    "head.html.jinja",
    "table.html.jinja",
    "finding.html.jinja",
    "coverage.html.jinja",
)
_WORST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@attrs.frozen
class _Crop:
    """The picture of a row beside the first finding on it; later ones name that finding."""

    number: str
    place: str
    address: str


def page_text(dossier: Dossier, language: Language = "zh", documents: Documents | None = None) -> str:
    """Give the page as text."""
    spots = spots_of(dossier.result.evaluations)
    cards = cards_of(dossier, spots, language)
    marks = marks_of(cards)
    by_table: dict[int | None, list[CardView]] = {}
    for card in cards:
        by_table.setdefault(card.finding.table, []).append(card)
    tables = [
        table_view(card, number, marks, by_table.get(number, ()), language)
        for number, card in enumerate(dossier.cards)
    ]
    script, style = file_text("page.js"), file_text("page.css")
    content = (
        environment(
            {name: file_text(name) for name in _TEMPLATES}, {"say": LABELS, "column": COLUMNS}, language
        )
        .get_template("page.html.jinja")
        .render(
            dossier=dossier,
            result=dossier.result,
            coverage=dossier.result.coverage,
            language=language,
            cards=cards,
            tables=tables,
            between=by_table.get(None, ()),
            crops=_crops(cards, documents or {}),
            counts={
                severity: sum(card.finding.severity is severity for card in cards) for severity in Severity
            },
            severities={str(name): wording().text(language) for name, wording in SEVERITIES.items()},
            classes={str(name): CLASSES[name]().text(language) for name in _classes(cards)},
            reasons=[
                (REASON_TEXTS[Reason(name)]().text(language), count)
                for name, count in dossier.result.coverage.unscorable.items()
            ],
            unscored=_unscored(tables, language),
            pictures=_pictures(dossier, language),
            table_pictures=[_table_pictures(table, language) for table in tables],
            script=Markup(script),  # noqa: S704 - a file of this package
            style=Markup(style),  # noqa: S704 - a file of this package
            hashes={"script": policy_hash(script), "style": policy_hash(style)},
        )
    )
    return cleaned(content)


def _classes(cards: Iterable[CardView]) -> list[FindingClass]:
    present = {card.finding.kind for card in every(cards)}
    return [kind for kind in FindingClass if kind in present]


def _unscored(tables: Iterable[TableView], language: Language) -> list[tuple[str, str, str]]:
    """Give table, link and reason of each row without a score."""
    return [
        (
            row.anchor,
            " / ".join(
                part for part in (table.name.text, score.indicator.level3 or score.indicator.level2) if part
            ),
            REASON_TEXTS[score.reason]().text(language),
        )
        for table in tables
        for row, score in zip(table.rows, table.card.indicators, strict=True)
        if score.reason is not None
    ]


def _pictures(dossier: Dossier, language: Language) -> list[Drawing]:
    made = [substance_picture(dossier.result, language)]
    if len(dossier.cards) > 1:
        made += [execution_picture(dossier.cards, language), distribution_picture(dossier.cards, language)]
    return [drawing(one, f"overview-{number}") for number, one in enumerate(made, 1)]


def _table_pictures(table: TableView, language: Language) -> list[Drawing]:
    made = (composition_picture(table.card, language), reported_picture(table.card, language))
    return [drawing(one, f"{table.anchor}-{number}") for number, one in enumerate(made, 1)]


def _crops(cards: Iterable[CardView], documents: Documents) -> dict[str, _Crop]:
    """Give for each finding by number the picture of its row, the gravest findings first."""
    wanted = {card.number: one for card in every(cards) if (one := _wanted(card)) is not None}
    severity = {card.number: _WORST[card.finding.severity] for card in every(cards)}
    order = sorted(wanted, key=lambda number: severity[number])
    found = row_pictures((wanted[number] for number in order), documents)
    shown: dict[Wanted, str] = {}
    crops = {}
    for number, one in wanted.items():
        if one in found:
            first = shown.setdefault(one, number)
            address = f"data:image/png;base64,{b64encode(found[one]).decode()}" if first == number else ""
            crops[number] = _Crop(first, f"p{one.page}:r{one.row}", address)
    return crops


def _wanted(card: CardView) -> Wanted | None:
    one, table = card.finding, card.finding.evaluation
    room, _, index = one.path.partition(".")[0].removesuffix("]").partition("[")
    if table is None or table.sha256 is None or not one.places or not index:
        return None
    place = one.places[0]
    at = int(index)
    text = table.indicators[at].level3 if room == "indicators" else table.funding[at].label
    if place.file is None or place.page is None or place.row is None or not text:
        return None
    return Wanted(place.file, table.sha256, place.page, place.row, text)
