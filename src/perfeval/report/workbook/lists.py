"""The sheets of all tables: the summary, and every finding with a link to its cell."""

from __future__ import annotations

__all__ = ["write_findings", "write_summary"]

from collections.abc import Mapping, Sequence

from perfeval.auditing import AuditFinding
from perfeval.findings import Severity
from perfeval.messages import Language
from perfeval.report.audit import CLASSES, SEVERITIES
from perfeval.report.dossier import Dossier
from perfeval.report.workbook.names import link_to
from perfeval.report.workbook.register import effect_of
from perfeval.report.workbook.table_sheet import Placed
from perfeval.report.workbook.words import COLUMNS, LABELS
from perfeval.report.workbook.writer import Page
from perfeval.scoring.numbers import difference

FINDING_WIDTHS = (5, 7, 11, 7, 16, 16, 38, 14, 10, 28, 26, 26)
SUMMARY_WIDTHS = (32, 24, 10, 12, 12, 10, 10, 8, 8, 8, 8)
_FINDINGS = (
    *("number", "severity", "class", "code", "table", "indicator", "message", "place", "effect"),
    *("explained", "ask", "basis"),
)
_TABLES = (
    *("table", "organisation", "year", "reported", "recomputed", "difference", "grade"),
    *("error", "warning", "note"),
)


def write_findings(
    page: Page,
    findings: Sequence[AuditFinding],
    sheets: Sequence[str],
    placed: Sequence[Placed],
    language: Language,
) -> None:
    """Write every finding, each with a link to the cell that it is about."""
    page.header(0, [COLUMNS[name]().text(language) for name in _FINDINGS])
    for row, one in enumerate(findings, 1):
        table = one.evaluation
        more = LABELS["more"](count=one.more).text(language) if one.more else ""
        name = LABELS["between"]().text(language) if one.table is None or table is None else table.name or ""
        page.number(row, 0, row)
        page.text(row, 1, SEVERITIES[one.severity]().text(language), str(one.severity))
        page.text(row, 2, CLASSES[one.kind]().text(language))
        page.text(row, 3, one.code)
        page.text(row, 4, name)
        page.text(row, 5, one.indicator or "")
        page.text(row, 6, one.message.text(language) + more)
        if one.table is None:
            page.text(row, 7, "; ".join(map(str, one.places[:3])))
        else:
            cell = placed[one.table].of(one.path)
            page.link(row, 7, link_to(sheets[one.table], cell), str(one.places[0]) if one.places else cell)
        page.text(row, 8, effect_of(one, language))
        page.text(row, 9, one.explained_by.text(language))
        page.text(row, 10, one.ask.text(language))
        page.text(row, 11, one.check.basis)
    page.sheet.autofilter(0, 0, max(len(findings), 1), len(_FINDINGS) - 1)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)


def write_summary(
    page: Page, dossier: Dossier, sheets: Sequence[str], placed: Sequence[Placed], language: Language
) -> None:
    """Write what was audited by what, and one line for each table."""
    page.title(LABELS["title"]().text(language))
    row = 1
    for label, text in _facts(dossier, language):
        page.text(row, 0, label, "label")
        page.text(row, 1, text, "plain")
        row += 1
    row += 1
    page.header(row, [COLUMNS[name]().text(language) for name in _TABLES])
    for number, (card, sheet, where) in enumerate(zip(dossier.cards, sheets, placed, strict=True)):
        row += 1
        table = card.evaluation
        page.link(row, 0, link_to(sheet, "A1"), table.name or sheet)
        page.text(row, 1, table.organisation or "")
        page.text(row, 2, table.year or "")
        page.number(row, 3, card.reported_total)
        if card.total is None:
            page.text(row, 4, "", "made")
        else:
            page.formula(row, 4, link_to(sheet, where.total), card.total, "made")
        apart = None
        if card.total is not None and card.reported_total is not None:
            apart = difference(card.total, card.reported_total)
        page.number(row, 5, apart, "difference")
        page.text(row, 6, card.grade or "")
        counts = _counts(dossier.findings_of(number))
        for column, severity in enumerate(Severity, 7):
            page.number(row, column, counts[severity])


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
