"""Findings as the page shows them: numbered, with links to the cells that they mean."""

from __future__ import annotations

__all__ = ["CardView", "Mark", "PlaceView", "cards_of", "every", "marks_of"]

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from perfeval.auditing import AuditFinding
from perfeval.findings import Location, Severity
from perfeval.messages import Language
from perfeval.report.audit import CLASSES, SEVERITIES
from perfeval.report.dossier import Dossier
from perfeval.report.page.spots import Spot, Spots, anchor
from perfeval.report.page.words import CAPS, LABELS
from perfeval.scoring.explain import STATUS_TEXTS
from perfeval.table import Evaluation


@attrs.frozen
class Mark:
    """A number in a cell that leads to a finding."""

    number: str
    severity: Severity
    title: str


@attrs.frozen
class PlaceView:
    """A place of a finding, as text, and the cell of the page that it means where that is certain."""

    text: str
    spot: Spot | None

    @property
    def link(self) -> str | None:
        """The id of the cell."""
        return None if self.spot is None else anchor(self.spot)


@attrs.frozen(kw_only=True)
class CardView:
    """One finding; ``number`` is 12, or 12.1 for the first that follows from it."""

    number: str
    finding: AuditFinding
    message: str
    severity: str
    kind: str
    places: tuple[PlaceView, ...]
    explained: str
    ask: str
    basis: str
    status: str
    effect: tuple[str, ...]
    held: tuple[str, ...]
    consequences: tuple[CardView, ...]


def cards_of(dossier: Dossier, spots: Spots, language: Language) -> tuple[CardView, ...]:
    """Give the cards in the order of the report."""
    tables = {id(table): number for number, table in enumerate(dossier.result.evaluations)}
    return tuple(
        _card(one, str(number), tables, spots, language)
        for number, one in enumerate(dossier.result.findings, 1)
    )


def every(cards: Iterable[CardView]) -> Iterator[CardView]:
    """Give cards and what follows from them."""
    for card in cards:
        yield card
        yield from every(card.consequences)


def marks_of(cards: Iterable[CardView]) -> Mapping[Spot, tuple[Mark, ...]]:
    """Give the numbers that stand in each cell."""
    found: defaultdict[Spot, list[Mark]] = defaultdict(list)
    for card in every(cards):
        mark = Mark(card.number, card.finding.severity, f"{card.finding.code} {card.message}")
        for spot in dict.fromkeys(place.spot for place in card.places):
            if spot is not None:
                found[spot].append(mark)
    return {spot: tuple(marks) for spot, marks in found.items()}


def _card(
    one: AuditFinding, number: str, tables: Mapping[int, int], spots: Spots, language: Language
) -> CardView:
    below = enumerate(one.consequences, 1)
    return CardView(
        number=number,
        finding=one,
        message=one.message.text(language),
        severity=SEVERITIES[one.severity]().text(language),
        kind=CLASSES[one.kind]().text(language),
        places=tuple(_places(one, tables.get(id(one.evaluation)), spots)),
        explained=one.explained_by.text(language),
        ask=one.ask.text(language),
        basis=one.check.basis,
        status=STATUS_TEXTS[one.check.status]().text(language),
        effect=tuple(_effect(one, language)),
        held=tuple(CAPS[cap]().text(language) if cap in CAPS else cap for cap in one.caps),
        consequences=tuple(_card(other, f"{number}.{at}", tables, spots, language) for at, other in below),
    )


def _places(one: AuditFinding, table: int | None, spots: Spots) -> Iterator[PlaceView]:
    """The first place is that of the finding's own path; the others are looked up among the cells."""
    own = None if table is None or one.evaluation is None else spots.of_path((table, one.path))
    first = None if own is None else _place_of(one.evaluation, own[1])
    if own is not None and (not one.places or first != one.places[0]):
        yield PlaceView(_named(one.evaluation), own)
    for place in one.places:
        is_own = own is not None and place == first
        # The table of a finding names its file; a report of one file need not name it at all.
        shown = attrs.evolve(place, file=None) if one.table is not None or spots.one_file else place
        yield PlaceView(str(shown) or str(place), own if is_own else spots.of_place(place))


def _place_of(table: Evaluation | None, path: str) -> Location | None:
    while table is not None:
        place = table.place(path)
        if place is not None or not path:
            return place or (Location(file=table.file) if table.file else None)
        path = path.rpartition(".")[0]
    return None


def _named(table: Evaluation | None) -> str:
    return "" if table is None else table.name or table.organisation or table.file or ""


def _effect(one: AuditFinding, language: Language) -> Iterator[str]:
    points, amount = one.effect.points, one.effect.amount
    if points is not None:
        yield LABELS["points"](points=f"{points:f}").text(language)
    if amount is not None:
        unit = (one.evaluation.amount_unit if one.evaluation else None) or LABELS["no_unit"]().text(language)
        yield LABELS["amount"](amount=f"{amount:f}", unit=unit).text(language)
