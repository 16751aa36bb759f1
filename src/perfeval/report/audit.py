"""The result of an audit as text, JSON (``perfeval.audit.v1``), JSON lines, CSV and Markdown."""

from __future__ import annotations

__all__ = [
    "AUDIT_SCHEMA",
    "audit_csv",
    "audit_data",
    "audit_lines",
    "audit_markdown",
    "audit_text",
    "coverage_lines",
    "finding_data",
]

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import attrs

from perfeval.auditing import AuditFinding, AuditResult
from perfeval.findings import Finding, FindingClass, Severity
from perfeval.messages import Language, Wording
from perfeval.report.data import problem_data
from perfeval.report.escaping import markdown_text
from perfeval.scoring.explain import REASON_TEXTS, STATUS_TEXTS
from perfeval.scoring.vocabulary import Reason
from perfeval.table import Evaluation

AUDIT_SCHEMA = "perfeval.audit.v1"

SEVERITIES = {
    Severity.ERROR: Wording("audit-error", "错误", "error"),
    Severity.WARNING: Wording("audit-warning", "请核对", "warning"),
    Severity.NOTE: Wording("audit-note", "提示", "note"),
}
CLASSES = {
    FindingClass.ARITHMETIC: Wording("audit-arithmetic", "计算错误", "arithmetic"),
    FindingClass.CONTRADICTION: Wording("audit-contradiction", "前后不一致", "contradiction"),
    FindingClass.QUESTION: Wording("audit-question", "疑点请说明", "question"),
    FindingClass.READING: Wording("audit-reading", "读取说明", "reading"),
}
_BETWEEN = Wording("audit-between", "各表之间", "between the tables")
_LINE = Wording(
    "audit-line",
    "[{severity}·{kind}] {code} {place}{message}",
    "[{severity}, {kind}] {code} {place}{message}",
)
_MORE = Wording("audit-more", "（同类另有 {count} 处）", " (and {count} more)")
_PLACE = Wording("audit-place", "位置：{places}", "place: {places}")
_EXPLAINED = Wording("audit-explained", "可能的原因：{text}", "what would explain it: {text}")
_ASK = Wording("audit-ask", "建议：{text}", "ask: {text}")
_BASIS = Wording("audit-basis", "依据：{basis}（{status}）", "basis: {basis} ({status})")
_NOTES = Wording(
    "audit-folded",
    "另有提示 {count} 条（{codes}），用 --notes 列出",
    "{count} more notes ({codes}); --notes lists them",
)
_FULL = Wording(
    "audit-full",
    "每条的位置、可能的原因、建议和依据，用 --full 列出",
    "--full lists the places, innocent explanations, requests and bases",
)
_COVERAGE = Wording(
    "audit-coverage",
    "{tables} 张表，{rows} 个指标：复算 {scored} 个，未能复算 {unscored} 个{reasons}；"
    "执行检查 {run} 项，不适用 {idle} 项；评分办法 {book}",
    "{tables} table(s), {rows} indicator(s): {scored} recomputed, {unscored} not{reasons}; "
    "{run} checks run, {idle} not applicable; rule book {book}",
)
_OUTSIDE = {
    "previous": Wording("audit-previous", "对照上年自评表", "against last year's tables"),
    "approved": Wording("audit-approved", "对照批复目标表", "against the approved tables"),
    "ledger": Wording("audit-ledger", "对照账表", "against the accounts"),
}
_MATCHED = Wording(
    "audit-matched",
    "{source}：按编码对应 {by_code}，按名称对应 {by_name}，名称近似 {near}，重复对应 {several}，不能确定 {ambiguous}；"
    "本次的表无对应 {tables_alone}，对方无本次的表 {others_alone}，单位或年度不在范围内 {elsewhere}",
    "{source}: {by_code} matched by code, {by_name} by name, {near} by a similar name, {several} more for the same,"
    " {ambiguous} ambiguous; {tables_alone} tables here and {others_alone} there without a counterpart, {elsewhere} of"
    " units or years that the other side lacks",
)
_UNIT_UNKNOWN = Wording(
    "audit-unit-unknown",
    "；金额单位不明未核对 {count}",
    "; {count} not compared for want of a unit of money",
)
_IGNORED = Wording(
    "audit-ignored", "按配置不再提示 {count} 条", "{count} finding(s) left out by the configuration"
)
_COUNTS = Wording(
    "audit-counts",
    "错误 {error}，请核对 {warning}，提示 {note}",
    "{error} error(s), {warning} warning(s), {note} note(s)",
)
_CSV = Wording(
    "audit-csv",
    "编号,检查,类别,程度,单位,项目,年度,指标,位置,说明,影响分值,影响金额,可能的原因,建议,依据,指纹",
    "code,name,class,severity,organisation,table,year,indicator,place,message,points,amount,explained_by,ask,basis,fingerprint",
)


def audit_text(
    result: AuditResult, language: Language = "zh", *, notes: bool = False, full: bool = False
) -> str:
    """Give the findings table by table, worst first, a line each; notes are counted, or listed on request.

    ``full`` gives the whole card: every place, what would explain it, what to ask for, the basis.
    """
    lines: list[str] = []
    folded = [one for one in result.findings if one.severity is Severity.NOTE and not notes]
    shown = [one for one in result.findings if one.severity is not Severity.NOTE or notes]
    for table, group in groupby(shown, key=lambda one: one.table):
        lines.append(_heading(None if table is None else result.cards[table].evaluation, language))
        for one in group:
            lines.extend(_card(one, language, full=full))
        lines.append("")
    if folded:
        codes = _counted(one.code for one in folded)
        lines.append(_NOTES(count=len(folded), codes=codes).text(language))
    if shown and not full:
        lines.append(_FULL().text(language))
    lines.extend(coverage_lines(result, language))
    return "\n".join(lines)


def _counted(codes: Iterable[str]) -> str:
    counts = Counter(codes)
    return " ".join(code if count == 1 else f"{code}x{count}" for code, count in sorted(counts.items()))


def _heading(table: Evaluation | None, language: Language) -> str:
    if table is None:
        return _BETWEEN().text(language)
    file = f"({table.file})" if table.file else ""
    return " ".join(part for part in (table.name, table.year, file) if part)


def _line(one: AuditFinding, language: Language, *, below: bool = False) -> str:
    more = _MORE(count=one.more).text(language) if one.more else ""
    # A finding of one table stands under its heading, which names the file.
    places = [place if one.table is None else attrs.evolve(place, file=None) for place in one.places[:1]]
    facts = {
        "severity": SEVERITIES[one.severity]().text(language),
        "kind": CLASSES[one.kind]().text(language),
        "code": one.code,
        "place": "" if below else "".join(f"{place} " for place in places),
        "message": one.message.text(language) + more,
    }
    return _LINE(**facts).text(language)


def _card(one: AuditFinding, language: Language, *, full: bool = True) -> Iterator[str]:
    yield f"  {_line(one, language)}"
    if full:
        if one.places:
            yield "      " + _PLACE(places="; ".join(str(place) for place in one.places)).text(language)
        yield "      " + _EXPLAINED(text=one.explained_by.text(language)).text(language)
        yield "      " + _ASK(text=one.ask.text(language)).text(language)
        status = STATUS_TEXTS[one.check.status]().text(language)
        yield "      " + _BASIS(basis=one.check.basis, status=status).text(language)
    for below in one.consequences:
        yield f"    - {_line(below, language, below=True)}"


def coverage_lines(result: AuditResult, language: Language) -> Iterator[str]:
    """Say what was looked at and what was counted, a line each."""
    coverage = result.coverage
    reasons = ", ".join(
        f"{REASON_TEXTS[Reason(reason)]().text(language)} {count}"
        for reason, count in coverage.unscorable.items()
    )
    yield _COVERAGE(
        tables=coverage.tables,
        rows=coverage.indicators,
        scored=coverage.scored,
        unscored=coverage.indicators - coverage.scored,
        reasons=f" ({reasons})" if reasons else "",
        run=len(coverage.run),
        idle=len(coverage.not_applicable),
        book=result.rulebook.id,
    ).text(language)
    for source, counted in coverage.outside.items():
        unknown = counted.get("unit_unknown", 0)
        tail = _UNIT_UNKNOWN(count=unknown).text(language) if unknown else ""
        yield _MATCHED(source=_OUTSIDE[source]().text(language), **counted).text(language) + tail
    if coverage.ignored:
        yield _IGNORED(count=coverage.ignored).text(language)
    counts = {
        str(severity): sum(1 for one in result.findings if one.severity is severity) for severity in Severity
    }
    yield _COUNTS(**counts).text(language)


def finding_data(one: AuditFinding, language: Language = "zh") -> dict[str, Any]:
    """Give one finding as plain data; decimals are texts."""
    table = one.evaluation
    return {
        "code": one.code,
        "name": one.name,
        "class": str(one.kind),
        "severity": str(one.severity),
        "evaluation": None
        if one.table is None or table is None
        else {
            "number": one.table,
            "file": table.file,
            "name": table.name,
            "year": table.year,
            "keys": dict(table.keys),
        },
        "indicator": None if one.row is None else {"number": one.row, "name": one.indicator},
        "places": [place.as_dict() for place in one.places],
        "facts": dict(one.facts),
        "message": one.message.text(language),
        "more": one.more,
        "effect": {name: _decimal(getattr(one.effect, name)) for name in ("points", "amount")},
        "material": one.is_material,
        "explained_by": one.explained_by.text(language),
        "ask": one.ask.text(language),
        "basis": one.check.basis,
        "status": str(one.check.status),
        "caps": list(one.caps),
        "consequences": [finding_data(below, language) for below in one.consequences],
        "fingerprint": one.fingerprint,
    }


def _decimal(value: object) -> str | None:
    return None if value is None else f"{value:f}"


def audit_data(result: AuditResult, version: str, language: Language = "zh") -> dict[str, Any]:
    """Give the whole result in the schema ``perfeval.audit.v1``."""
    coverage = result.coverage
    return {
        "schema": AUDIT_SCHEMA,
        "tool": {"name": "perfeval", "version": version},
        "rulebook": {"id": result.rulebook.id, "sha256": result.rulebook.sha256},
        "inputs": [
            {"file": table.file, "sha256": table.sha256, "name": table.name} for table in result.evaluations
        ],
        "findings": [finding_data(one, language) for one in result.findings],
        "coverage": {
            "tables": coverage.tables,
            "indicators": coverage.indicators,
            "scored": coverage.scored,
            "unscorable": dict(coverage.unscorable),
            "checks_run": list(coverage.run),
            "checks_not_applicable": list(coverage.not_applicable),
            "outside": {source: dict(counted) for source, counted in coverage.outside.items()},
            "ignored": coverage.ignored,
        },
        "reading": [_remark(finding, language) for finding in result.reading],
        "problems": [problem_data(problem, language) for problem in result.problems],
    }


def _remark(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "places": [place.as_dict() for place in finding.places],
        "message": finding.message.text(language),
    }


def audit_lines(result: AuditResult, language: Language = "zh") -> str:
    """Give one JSON object a line, one for each finding."""
    return "".join(
        json.dumps(finding_data(one, language), ensure_ascii=False) + "\n" for one in result.findings
    )


def _every(findings: Sequence[AuditFinding]) -> Iterator[AuditFinding]:
    for one in findings:
        yield one
        yield from _every(one.consequences)


def audit_csv(result: AuditResult, language: Language = "zh") -> str:
    """Give one row a finding, consequences too; a cell that a spreadsheet would compute has an apostrophe in front."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_CSV().text(language).split(","))
    for one in _every(result.findings):
        table = one.evaluation
        cells = [
            one.code,
            one.name,
            CLASSES[one.kind]().text(language),
            SEVERITIES[one.severity]().text(language),
            (table.organisation if table else None) or "",
            (table.name if table and one.table is not None else None) or "",
            (table.year if table else None) or "",
            one.indicator or "",
            "; ".join(str(place) for place in one.places),
            one.message.text(language),
            _decimal(one.effect.points) or "",
            _decimal(one.effect.amount) or "",
            one.explained_by.text(language),
            one.ask.text(language),
            one.check.basis,
            one.fingerprint,
        ]
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells])
    return stream.getvalue()


def audit_markdown(result: AuditResult, language: Language = "zh") -> str:
    """Give the findings as headings and lists, for a letter or a page."""
    lines: list[str] = []
    for table, group in groupby(result.findings, key=lambda one: one.table):
        lines += [
            f"## {markdown_text(_heading(None if table is None else result.cards[table].evaluation, language))}",
            "",
        ]
        for one in group:
            lines.append(f"- **{one.code}** {markdown_text(_line(one, language))}")
            lines += [f"  - {markdown_text(line.strip())}" for line in list(_card(one, language))[1:]]
        lines.append("")
    lines += [markdown_text(line) + "\n" for line in coverage_lines(result, language)]
    return "\n".join(lines)
