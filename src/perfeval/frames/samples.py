"""Checks of ``perfeval.audit`` asked about a sample: what depends on one printed cell is decided once for each text of it."""

from __future__ import annotations

__all__ = ["OUTCOMES", "Outcome", "class_of", "number_of", "outcome_of", "raised_by", "severity_of"]

from collections.abc import Iterable
from decimal import Decimal

import narwhals as nw

from perfeval.auditing.check import Check, Scope
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.frames.choosing import named
from perfeval.rulebook import RuleBook
from perfeval.scoring import score
from perfeval.table import Evaluation, Indicator, Total

Outcome = tuple[Severity, FindingClass]
OUTCOMES: tuple[Outcome, ...] = tuple((severity, kind) for severity in Severity for kind in FindingClass)
"""Severity and class of a finding; in a column it is the place here, from 1, and 0 where there is none."""


def number_of(severity: Severity, kind: FindingClass, book: RuleBook) -> int:
    """Give the number of an outcome, capped where the book is for some regions or years: a frame does not say which."""
    if book.years or book.region:
        severity = Severity.WARNING if severity is Severity.ERROR else severity
        kind = FindingClass.QUESTION
    return OUTCOMES.index((severity, kind)) + 1


def severity_of(column: nw.Expr) -> nw.Expr:
    """Give the severity of an outcome."""
    return named(column, _texts(str(severity) for severity, _ in OUTCOMES))


def class_of(column: nw.Expr) -> nw.Expr:
    """Give the class of an outcome."""
    return named(column, _texts(str(kind) for _, kind in OUTCOMES))


def _texts(outcomes: Iterable[str]) -> dict[int, str | None]:
    """Give the texts of outcomes; what is open, -1, and what is nothing, 0, have none."""
    return {-1: None, 0: None, **dict(enumerate(outcomes, 1))}


def raised_by(check: Check, evaluation: Evaluation, book: RuleBook) -> int:
    """Give the outcome of a check of a table, or of the only row of one; 0 where it raises nothing."""
    table = Table(0, score(evaluation, book))
    subject = table.rows[0] if check.scope is Scope.ROW else table
    found = next(iter(check.run(subject, AuditSettings())), None)
    return 0 if found is None else number_of(found.severity, found.kind, book)


def outcome_of(
    check: Check,
    book: RuleBook,
    row: Indicator | None = None,
    *,
    total: str | Decimal | None = None,
    grade: str | None = None,
) -> int:
    """Give the outcome of a check of a sample: a row, or a printed total with its grade."""
    rows = [] if row is None else [row]
    return raised_by(check, Evaluation(indicators=rows, total=Total(score=total, grade=grade)), book)
