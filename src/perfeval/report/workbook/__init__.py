"""An audit as a workbook: summary, findings, register, and every table with live formulas (extra ``reports``)."""

from __future__ import annotations

__all__ = ["Entry", "read_register", "write_workbook"]

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from perfeval.auditing import AuditFinding
from perfeval.findings import Severity
from perfeval.messages import Language
from perfeval.report.dossier import Dossier
from perfeval.report.workbook.lists import FINDING_WIDTHS, SUMMARY_WIDTHS, write_findings, write_summary
from perfeval.report.workbook.names import sheet_names
from perfeval.report.workbook.reading import read_register
from perfeval.report.workbook.register import WIDTHS, Entry, entries_of, write_register
from perfeval.report.workbook.table_sheet import write_table
from perfeval.report.workbook.words import LABELS
from perfeval.report.workbook.writer import Page, Styles, new_workbook


def write_workbook(
    dossier: Dossier,
    path: str | Path,
    language: Language = "zh",
    register: Mapping[str, Entry] | None = None,
) -> None:
    """Write the workbook of an audit; ``register`` is that of the former one (``read_register``).

    The same audit and register give the same bytes. A cell that a spreadsheet cannot compute exactly holds the value,
    with the reason beside it; all others are formulas with their values.
    """
    findings = dossier.result.findings
    first = [LABELS[name]().text(language) for name in ("summary", "findings", "register")]
    tables = sheet_names([card.evaluation.name or "" for card in dossier.cards], first)
    with new_workbook(path) as workbook:
        styles = Styles.of(workbook)
        widths = (SUMMARY_WIDTHS, FINDING_WIDTHS, WIDTHS)
        summary, listed, kept = (
            Page.of(workbook, styles, name, width) for name, width in zip(first, widths, strict=True)
        )
        placed = [
            write_table(Page.of(workbook, styles, name, ()), card, _marks(findings, number), language)
            for number, (name, card) in enumerate(zip(tables, dossier.cards, strict=True))
        ]
        write_summary(summary, dossier, tables, placed, language)
        one_file = len(dossier.sources) == 1
        write_findings(listed, findings, tables, placed, language, one_file=one_file)
        write_register(kept, entries_of(findings, language), register or {}, language)
        for page in (summary, listed, kept):
            page.close()


def _marks(findings: Sequence[AuditFinding], table: int) -> dict[str, tuple[tuple[int, Severity], ...]]:
    marks: defaultdict[str, tuple[tuple[int, Severity], ...]] = defaultdict(tuple)
    for number, one in enumerate(findings, 1):
        if one.table == table:
            marks[one.path] += ((number, one.severity),)
    return dict(marks)
