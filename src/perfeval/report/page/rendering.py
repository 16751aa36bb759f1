"""The views of an audit put into the templates; nothing that a table says gets out of its place there."""

from __future__ import annotations

__all__ = ["page_text"]

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import resources
from typing import Any

import attrs
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from perfeval.findings import FindingClass, Severity
from perfeval.messages import Language, Wording
from perfeval.report.audit import CLASSES, SEVERITIES
from perfeval.report.dossier import Dossier
from perfeval.report.page.cards import CardView, cards_of, every, marks_of
from perfeval.report.page.crops import Documents, Wanted, row_pictures
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

_TEMPLATES = ("page.html.jinja", "table.html.jinja", "finding.html.jinja", "coverage.html.jinja")
# What no page may hold, and what turns the direction of the text around it.
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_TITLE = re.compile("<title[^>]*>(.*?)</title>", re.DOTALL)
# A quotation mark of a text is escaped: this is found in attributes only.
_PICTURE_ID = re.compile('="picture-[0-9a-f]{12}')
_WORST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@attrs.frozen
class _Picture:
    """A drawing and its title."""

    title: Markup
    drawn: Markup


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
    script, style = _file("page.js"), _file("page.css")
    content = (
        _environment(language)
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
            hashes={"script": _hashed(script), "style": _hashed(style)},
        )
    )
    return _UNSEEN.sub("\ufffd", content)


def _hashed(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _file(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=DictLoader({name: _file(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def said(words: Mapping[str, Wording]) -> Any:
        return lambda label, /, **facts: words[label](**facts).text(language)

    environment.globals.update(say=said(LABELS), column=said(COLUMNS))
    return environment


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


def _pictures(dossier: Dossier, language: Language) -> list[_Picture]:
    made = [substance_picture(dossier.result, language)]
    if len(dossier.cards) > 1:
        made += [execution_picture(dossier.cards, language), distribution_picture(dossier.cards, language)]
    return [_picture(one, f"overview-{number}") for number, one in enumerate(made, 1)]


def _table_pictures(table: TableView, language: Language) -> list[_Picture]:
    made = (composition_picture(table.card, language), reported_picture(table.card, language))
    return [_picture(one, f"{table.anchor}-{number}") for number, one in enumerate(made, 1)]


def _picture(drawn: str, name: str) -> _Picture:
    """Give a drawing with ids of its own: two tables may have the same picture."""
    title = _TITLE.search(drawn)
    drawn = _PICTURE_ID.sub(f'="picture-{name}', drawn)
    # The pictures escape what they show.
    return _Picture(Markup(title[1] if title else ""), Markup(drawn))  # noqa: S704


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
