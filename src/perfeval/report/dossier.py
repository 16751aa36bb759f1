"""What a report is made of: an audit, the scorecards of its tables, and what was read by which version."""

from __future__ import annotations

__all__ = ["Dossier", "Source", "dossier_of"]

import attrs

from perfeval.auditing import AuditFinding, AuditResult
from perfeval.scoring import Scorecard
from perfeval.version import VERSION


@attrs.frozen
class Source:
    """A file that tables were read from, by its name and the SHA-256 of its bytes; None where that is not known."""

    file: str
    sha256: str | None


@attrs.frozen(kw_only=True)
class Dossier:
    """One audit as every kind of report shows it."""

    result: AuditResult
    sources: tuple[Source, ...]
    version: str = VERSION

    @property
    def cards(self) -> tuple[Scorecard, ...]:
        """The recomputed scores, in the order of the audited tables."""
        return self.result.cards

    def findings_of(self, table: int | None) -> tuple[AuditFinding, ...]:
        """Give the findings of one table, worst first; of None those between tables."""
        return tuple(one for one in self.result.findings if one.table == table)


def dossier_of(result: AuditResult) -> Dossier:
    """Put everything together."""
    return Dossier(
        result=result,
        sources=tuple(
            dict.fromkeys(
                Source(table.file, table.sha256) for table in result.evaluations if table.file is not None
            )
        ),
    )
