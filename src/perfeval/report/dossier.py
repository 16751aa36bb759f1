"""What a report is made of: an audit, the scorecards of its tables, and what was read by which version."""

from __future__ import annotations

__all__ = ["Dossier", "Source", "dossier_of"]

import attrs

from perfeval.auditing import AuditFinding, AuditResult
from perfeval.scoring import Scorecard, score
from perfeval.version import VERSION


@attrs.frozen
class Source:
    """A file that tables were read from, by its name and the SHA-256 of its bytes; None where that is not known."""

    file: str
    sha256: str | None


@attrs.frozen(kw_only=True)
class Dossier:
    """One audit as every kind of report shows it; ``cards`` in the order of the audited tables."""

    result: AuditResult
    cards: tuple[Scorecard, ...]
    sources: tuple[Source, ...]
    version: str = VERSION

    def findings_of(self, table: int | None) -> tuple[AuditFinding, ...]:
        """Give the findings of one table, worst first; of None those between tables."""
        return tuple(one for one in self.result.findings if one.table == table)


def dossier_of(result: AuditResult) -> Dossier:
    """Score the tables of an audit under its rule book again and put everything together."""
    tables = result.evaluations
    return Dossier(
        result=result,
        cards=tuple(score(table, result.rulebook) for table in tables),
        sources=tuple(
            dict.fromkeys(Source(table.file, table.sha256) for table in tables if table.file is not None)
        ),
    )
