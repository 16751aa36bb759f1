"""How sure and how grave a finding may be at most (docs/audit.md)."""

from __future__ import annotations

__all__ = ["capped", "outside_book"]

from perfeval.auditing.check import Raised
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.rulebook import BasisStatus
from perfeval.scoring import IndicatorScore, Note
from perfeval.values import squash

_ASSUMED = (Note.DIRECTION_ASSUMED, Note.UNIT_ASSUMED)


def capped(
    raised: Raised, table: Table | None, row: int | None
) -> tuple[FindingClass, Severity, tuple[str, ...]]:
    """Give class and severity after the caps, and which caps held; what is in no table has none."""
    caps = () if table is None else tuple(_caps(raised, table, row))
    if not caps:
        return raised.kind, raised.severity, ()
    severity = Severity.WARNING if raised.severity is Severity.ERROR else raised.severity
    return FindingClass.QUESTION, severity, caps


def _caps(raised: Raised, table: Table, row: int | None) -> list[str]:
    found = []
    if any(_is_doubtful(table, spot.path) for spot in raised.spots if spot.table == table.number):
        found.append("reading-doubt")
    if outside_book(table):
        found.append("book-outside")
    if raised.rests_on_rule and row is not None:
        found.extend(_caps_of_row(table.card.indicators[row]))
    return found


def _caps_of_row(scored: IndicatorScore) -> list[str]:
    found = []
    if not (scored.indicator.rule or "").strip():
        found.append("no-printed-rule")
    if any(note in _ASSUMED for note in scored.notes):
        found.append("assumed")
    if any(status is BasisStatus.BACKGROUND for status in statuses_of(scored)):
        found.append("background-setting")
    return found


def statuses_of(scored: IndicatorScore) -> tuple[BasisStatus, ...]:
    """Give how well the settings are sourced that the score of a row rests on."""
    book = scored.rulebook
    return tuple(basis.status for name in scored.settings if (basis := book.basis_of(name)) is not None)


def _is_doubtful(table: Table, path: str) -> bool:
    row = path.partition(".")[0]
    return path in table.evaluation.doubts or row in table.evaluation.doubts


def outside_book(table: Table) -> tuple[str, ...]:
    """Give what puts a table outside its rule book: its year, its region; nothing where either does not say."""
    book, evaluation = table.card.rulebook, table.evaluation
    year = (evaluation.year or "")[:4]
    region = squash(evaluation.keys.get("region", ""))
    found = []
    if book.years and year.isdecimal() and not min(book.years) <= int(year) <= max(book.years):
        found.append(year)
    if book.region and region and not any(squash(name) in region for name in book.region):
        found.append(region)
    return tuple(found)
