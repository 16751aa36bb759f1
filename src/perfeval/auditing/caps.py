"""How sure and how grave a finding may be at most (semantics §7, 1 and 4)."""

from __future__ import annotations

__all__ = ["capped"]

from perfeval.auditing.check import Raised
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.rulebook import BasisStatus
from perfeval.scoring import IndicatorScore, Note

_ASSUMED = (Note.DIRECTION_ASSUMED, Note.UNIT_ASSUMED)


def capped(raised: Raised, table: Table, row: int | None) -> tuple[FindingClass, Severity, tuple[str, ...]]:
    """Give class and severity after the caps, and which caps held."""
    caps = tuple(_caps(raised, table, row))
    if not caps:
        return raised.kind, raised.severity, ()
    severity = Severity.WARNING if raised.severity is Severity.ERROR else raised.severity
    return FindingClass.QUESTION, severity, caps


def _caps(raised: Raised, table: Table, row: int | None) -> list[str]:
    found = []
    if any(_is_doubtful(table, spot.path) for spot in raised.spots if spot.table == table.number):
        found.append("reading-doubt")
    if _is_outside(table):
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


def _is_outside(table: Table) -> bool:
    years = table.card.rulebook.years
    year = (table.evaluation.year or "")[:4]
    if not years or not year.isdecimal():
        return False
    return not min(years) <= int(year) <= max(years)
