"""The result of an audit: its findings table by table, and what was looked at."""

from __future__ import annotations

__all__ = ["audit_html"]

from collections.abc import Iterator
from itertools import groupby

from perfeval.auditing import AuditFinding, AuditResult
from perfeval.messages import Language, Wording
from perfeval.report.audit import CLASSES, SEVERITIES, coverage_lines
from perfeval.report.html_parts.markup import Cell, Html, cell, details, mono, paragraph, part, table
from perfeval.table import Evaluation

_HEADER = Wording(
    "html-audit-header",
    "程度|类别|编号|位置|说明|影响",
    "severity|class|code|place|message|effect",
)
_BETWEEN = Wording("html-audit-between", "各表之间", "between the tables")
_MORE = Wording("html-audit-more", "（同类另有 {count} 处）", " (and {count} more)")
_WHY = Wording("html-audit-why", "可能的原因、建议、依据", "explanation, request, basis")
_CARD = Wording(
    "html-audit-card",
    "可能的原因：{explained}\n建议：{ask}\n依据：{basis}",
    "what would explain it: {explained}\nask: {ask}\nbasis: {basis}",
)
_POINTS = Wording("html-audit-points", "{points} 分", "{points} points")
_AMOUNT = Wording("html-audit-amount", "金额 {amount}", "amount {amount}")
_LEFT_OUT = Wording("html-audit-left-out", "另有 {count} 条未列出", "{count} more findings are not shown")
_MOST = 200
"""Findings that are shown: a notebook keeps its output, and a province has tens of thousands."""


def audit_html(result: AuditResult, language: Language = "zh") -> str:
    """Give the first 200 findings, worst first in each table, and the coverage as a piece of HTML."""
    return part(*_pieces(result, language))


def _pieces(result: AuditResult, language: Language) -> Iterator[Html]:
    header = _HEADER().text(language).split("|")
    for number, group in groupby(result.findings[:_MOST], key=lambda one: one.table):
        rows = (_row(one, language) for one in group)
        yield table(
            _heading(None if number is None else result.cards[number].evaluation, language), header, rows
        )
    if len(result.findings) > _MOST:
        yield paragraph(_LEFT_OUT(count=len(result.findings) - _MOST).text(language))
    yield from (paragraph(line) for line in coverage_lines(result, language))


def _heading(sheet: Evaluation | None, language: Language) -> str:
    if sheet is None:
        return _BETWEEN().text(language)
    return " ".join(words for words in (sheet.name, sheet.year, sheet.file) if words)


def _row(one: AuditFinding, language: Language) -> list[Cell]:
    more = _MORE(count=one.more).text(language) if one.more else ""
    below = "".join(f"\n{each.code} {each.message.text(language)}" for each in one.consequences)
    card = _CARD(
        explained=one.explained_by.text(language), ask=one.ask.text(language), basis=one.check.basis
    ).text(language)
    return [
        cell(SEVERITIES[one.severity]().text(language)),
        cell(CLASSES[one.kind]().text(language)),
        cell(one.code),
        cell("\n".join(str(place) for place in one.places)),
        cell(one.message.text(language) + more + below, markup=details(_WHY().text(language), mono(card))),
        cell(_effect(one, language)),
    ]


def _effect(one: AuditFinding, language: Language) -> str:
    words = []
    if one.effect.points is not None:
        words.append(_POINTS(points=f"{one.effect.points:f}").text(language))
    if one.effect.amount is not None:
        words.append(_AMOUNT(amount=f"{one.effect.amount:f}").text(language))
    return "\n".join(words)
