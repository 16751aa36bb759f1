"""One table among many: what is counted, grouped and drawn."""

from __future__ import annotations

__all__ = ["RISK", "Line", "in_yuan", "line_of"]

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType

import attrs

from perfeval.auditing import AuditFinding, SignalSettings
from perfeval.findings import Severity
from perfeval.portfolio.signals import Bucket, Signal, bucket_of, is_apart, signal_of, spent
from perfeval.rulebook import RuleBook
from perfeval.scoring import Scorecard
from perfeval.table import Evaluation, table_data
from perfeval.table.money import unit_of_money

RISK: Mapping[Severity, int] = MappingProxyType({Severity.ERROR: 5, Severity.WARNING: 2, Severity.NOTE: 0})
"""What a material finding adds to the risk of its table; a table without findings has the risk 1, not 0."""


@attrs.frozen(kw_only=True)
class Line:
    """One table: its scores, money in 元, signal and risk. ``None`` is what cannot be told."""

    evaluation: Evaluation = attrs.field(repr=False)
    card: Scorecard = attrs.field(repr=False)
    reported_grade: str | None
    budget: Fraction | None
    executed: Fraction | None
    bucket: Bucket | None
    signal: Signal | None
    apart: bool | None
    findings: Mapping[Severity, int]
    risk: int

    @property
    def scored(self) -> int:
        """How many indicators are scored."""
        return sum(row.score is not None for row in self.card.indicators)

    @property
    def identity(self) -> str:
        """A digest of what the table says, whatever its file is called."""
        content = json.dumps(table_data(self.evaluation), ensure_ascii=True, sort_keys=True)
        return sha256(content.encode("ascii")).hexdigest()


def line_of(card: Scorecard, findings: Iterable[AuditFinding], settings: SignalSettings) -> Line:
    """Give the line of a table with the findings on it; those between tables belong to none."""
    material = [one.severity for one in findings if one.is_material]
    counts = {severity: material.count(severity) for severity in Severity}
    rate = spent(card)
    return Line(
        evaluation=card.evaluation,
        card=card,
        reported_grade=_reported_grade(card, card.rulebook),
        budget=in_yuan(card, card.execution.budget),
        executed=in_yuan(card, card.execution.executed),
        bucket=None if rate is None else bucket_of(rate),
        signal=signal_of(card, settings),
        apart=is_apart(card, settings),
        findings=MappingProxyType(counts),
        risk=1 + sum(RISK[severity] * count for severity, count in counts.items()),
    )


def _reported_grade(card: Scorecard, book: RuleBook) -> str | None:
    """Give the grade that is printed, else the one that the printed total has under the rule book."""
    printed, total = (card.evaluation.total.grade or "").strip(), card.reported_total
    if printed or total is None:
        return printed or None
    return next((grade.name for grade in book.grades if total >= grade.start), None)


def in_yuan(card: Scorecard, amount: Decimal | None) -> Fraction | None:
    """Give an amount of a table in 元; None where it or the unit is not known."""
    unit = unit_of_money(card.evaluation)
    if amount is None or unit.is_absent:
        return None
    return Fraction(amount) * Fraction(unit.numerator, unit.denominator)
