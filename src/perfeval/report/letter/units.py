"""To whom the letters go: the findings of an audit by unit."""

from __future__ import annotations

__all__ = ["Unit", "file_name", "units_of"]

import re

import attrs

from perfeval.auditing import AuditFinding
from perfeval.findings import Severity
from perfeval.report.dossier import Dossier
from perfeval.scoring import Scorecard
from perfeval.table import Evaluation
from perfeval.values import squash


@attrs.frozen(kw_only=True)
class Unit:
    """One unit with its tables and the findings that go into its letter; without a name, its file stands for it."""

    name: str | None
    file: str | None
    cards: tuple[Scorecard, ...]
    findings: tuple[AuditFinding, ...]


def units_of(dossier: Dossier) -> tuple[Unit, ...]:
    """Group errors and warnings that are material by unit, in the order of the tables.

    Tables without a unit are grouped under their file. A finding between tables goes to the unit of the table that it
    names first; one that names none is in no unit.
    """
    cards: dict[str, list[Scorecard]] = {}
    for card in dossier.cards:
        cards.setdefault(_key(card.evaluation), []).append(card)
    findings: dict[str, list[AuditFinding]] = {key: [] for key in cards}
    for one in dossier.result.at_least(Severity.WARNING):
        if one.evaluation is not None:
            findings.setdefault(_key(one.evaluation), []).append(one)
    return tuple(
        Unit(
            name=(found[0].evaluation.organisation or "").strip() or None,
            file=file_name(found[0].evaluation),
            cards=tuple(found),
            findings=tuple(findings[key]),
        )
        for key, found in cards.items()
    )


def file_name(table: Evaluation) -> str | None:
    """Give the name of a table's file without its folders, which are nobody else's business."""
    return re.split(r"[\\/]", table.file)[-1] if table.file else None


def _key(table: Evaluation) -> str:
    organisation = squash(table.organisation or "")
    return f"unit {organisation}" if organisation else f"file {table.file or ''}"
