"""The sheets of all tables: the summary, and every finding with a link to its cell."""

from __future__ import annotations

__all__ = ["write_findings", "write_summary"]

from collections.abc import Mapping, Sequence

import attrs

from perfeval.auditing import AuditFinding
from perfeval.findings import Location, Severity
from perfeval.messages import Language
from perfeval.report.audit import CLASSES, SEVERITIES
from perfeval.report.dossier import Dossier
from perfeval.report.workbook.names import link_to
from perfeval.report.workbook.register import effect_of
from perfeval.report.workbook.table_sheet import Placed
from perfeval.report.workbook.words import COLUMNS, LABELS
from perfeval.report.workbook.writer import Page
from perfeval.scoring.numbers import difference

FINDING_WIDTHS = (5, 7, 11, 7, 18, 16, 40, 9, 10, 28, 26, 28)
SUMMARY_WIDTHS = (10, 48, 24, 8, 9, 9, 9, 7, 7, 7, 7)
_FINDINGS = (
    *("number", "severity", "class", "code", "table", "indicator", "message", "place", "effect"),
    *("explained", "ask", "basis"),
)
_TABLES = (
    *("number", "table", "organisation", "year", "reported", "recomputed", "difference", "grade"),
    *("error", "warning", "note"),
)


def write_findings(
    page: Page,
    findings: Sequence[AuditFinding],
    sheets: Sequence[str],
    placed: Sequence[Placed],
    language: Language,
    *,
    one_file: bool,
) -> None:
    """Write every finding, each with a link to the cell that it is about; a place names its file where it may be another."""
    page.header(0, [COLUMNS[name]().text(language) for name in _FINDINGS])
    for row, one in enumerate(findings, 1):
        table = one.evaluation
        more = LABELS["more"](count=one.more).text(language) if one.more else ""
        name = LABELS["between"]().text(language) if one.table is None or table is None else table.name or ""
        page.number(row, 0, row, "centred")
        page.text(row, 1, SEVERITIES[one.severity]().text(language), str(one.severity))
        page.text(row, 2, CLASSES[one.kind]().text(language), "centred")
        page.text(row, 3, one.code, "centred")
        page.text(row, 4, name)
        page.text(row, 5, one.indicator or "")
        page.text(row, 6, one.message.text(language) + more)
        if one.table is None:
            shown = (_within(place) if one_file else str(place) for place in one.places[:3])
            page.text(row, 7, "\n".join(shown))
        else:
            cell = placed[one.table].of(one.path)
            page.link(
                row, 7, link_to(sheets[one.table], cell), _within(one.places[0]) if one.places else cell
            )
        page.text(row, 8, effect_of(one, language))
        page.text(row, 9, one.explained_by.text(language))
        page.text(row, 10, one.ask.text(language))
        page.text(row, 11, one.check.basis)
    page.sheet.autofilter(0, 0, max(len(findings), 1), len(_FINDINGS) - 1)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)


def _within(place: Location) -> str:
    """Give a place within its file."""
    return str(attrs.evolve(place, file=None)) or str(place)


def write_summary(
    page: Page, dossier: Dossier, sheets: Sequence[str], placed: Sequence[Placed], language: Language
) -> None:
    """Write what was audited by what, and one line for each table."""
    page.title(LABELS["title"]().text(language))
    row = 1
    for label, text in _facts(dossier, language):
        page.text(row, 0, label, "label")
        page.across(row, 1, len(_TABLES) - 1, text)
        row += 1
    row += 1
    page.header(row, [COLUMNS[name]().text(language) for name in _TABLES])
    for number, (card, sheet, where) in enumerate(zip(dossier.cards, sheets, placed, strict=True)):
        row += 1
        table = card.evaluation
        page.link(row, 0, link_to(sheet, "A1"), str(number + 1))
        page.text(row, 1, table.name or sheet)
        page.text(row, 2, table.organisation or "")
        page.text(row, 3, table.year or "", "centred")
        page.number(row, 4, card.reported_total)
        if card.total is None:
            page.text(row, 5, "", "made")
        else:
            page.formula(row, 5, link_to(sheet, where.total), card.total, "made")
        apart = None
        if card.total is not None and card.reported_total is not None:
            apart = difference(card.total, card.reported_total)
        page.number(row, 6, apart, "difference")
        page.text(row, 7, card.grade or "", "centred")
        counts = _counts(dossier.findings_of(number))
        for column, severity in enumerate(Severity, 8):
            page.number(row, column, counts[severity], "centred")


def _counts(findings: Sequence[AuditFinding]) -> Mapping[Severity, int]:
    return {severity: sum(1 for one in findings if one.severity is severity) for severity in Severity}


def _facts(dossier: Dossier, language: Language) -> list[tuple[str, str]]:
    result = dossier.result
    coverage = result.coverage
    counts = LABELS["counts"](
        tables=coverage.tables,
        rows=coverage.indicators,
        scored=coverage.scored,
        findings=len(result.findings),
    )
    book = " ".join(
        part for part in (result.rulebook.id, result.rulebook.title, result.rulebook.sha256) if part
    )
    facts = [("coverage", counts.text(language)), ("book", book), ("tool", f"perfeval {dossier.version}")]
    facts += [("input", f"{one.file} {one.sha256 or ''}".strip()) for one in dossier.sources]
    return [(LABELS[label]().text(language), text) for label, text in facts]
