"""A finding as a card: what, where, how sure, how grave, what it changes, what would explain it, what to ask for."""

from __future__ import annotations

__all__ = ["AuditFinding", "AuditResult", "Coverage", "Effect"]

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

import attrs

from perfeval.auditing.check import Check
from perfeval.errors import Problem
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Language, Message
from perfeval.rulebook import RuleBook
from perfeval.scoring import Scorecard
from perfeval.shown import html_of, to_frame
from perfeval.table import Evaluation
from perfeval.values import squash

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@attrs.frozen
class Effect:
    """What a finding changes: points of a score, money in the table's unit."""

    points: Decimal | None = None
    amount: Decimal | None = None


@attrs.frozen(kw_only=True)
class AuditFinding:
    """One finding. ``table`` is the number of the table, None for one between tables; ``row`` of the indicator.

    ``caps`` are the reasons (codes) why it is held less grave than the check raised it. ``is_material`` is false where
    its effect is below the marks. ``consequences`` hang under the fact that explains them; ``more`` counts the
    places that a folded finding stands for, of which three are named.
    """

    check: Check = attrs.field(repr=False)
    message: Message
    kind: FindingClass
    severity: Severity
    places: tuple[Location, ...]
    path: str
    table: int | None
    row: int | None
    evaluation: Evaluation | None = attrs.field(repr=False)
    effect: Effect = Effect()
    caps: tuple[str, ...] = ()
    is_material: bool = True
    more: int = 0
    consequences: tuple[AuditFinding, ...] = ()

    @property
    def code(self) -> str:
        """The stable code, such as PE101."""
        return self.check.code

    @property
    def name(self) -> str:
        """The stable name, such as score-mismatch."""
        return self.check.name

    @property
    def facts(self) -> Mapping[str, str]:
        """The figures and words of the message."""
        return self.message.facts

    @property
    def indicator(self) -> str | None:
        """The name of the indicator, as printed."""
        if self.evaluation is None or self.row is None:
            return None
        return self.evaluation.indicators[self.row].level3

    @property
    def explained_by(self) -> Message:
        """What would explain it, innocently."""
        return Message(self.check.explained_by, dict(self.facts))

    @property
    def ask(self) -> Message:
        """What to ask the unit for."""
        return Message(self.check.ask, dict(self.facts))

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stay the same while keys, code, row and facts do; pages and files do not count."""
        table = self.evaluation
        whose = (
            [] if table is None else [*sorted(f"{key}={value}" for key, value in table.keys.items() if value)]
        )
        if table is not None and not table.keys.get("project_code"):
            whose += [squash(table.name or ""), squash(table.organisation or ""), squash(table.year or "")]
        row = [] if table is None or self.row is None else _identity(table, self.row)
        facts = [f"{name}={value}" for name, value in sorted(self.facts.items())]
        return sha256("\n".join([self.code, *whose, *row, *facts]).encode("utf-8", "replace")).hexdigest()[
            :16
        ]

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """The order in a report: worst first."""
        return (
            _ORDER[self.severity],
            not self.is_material,
            self.code,
            self.row if self.row is not None else -1,
        )

    def text(self, language: Language = "zh") -> str:
        """Give place, code and sentence in one line."""
        where = f"{self.places[0]}: " if self.places else ""
        return f"{where}{self.code} {self.message.text(language)}"


def _identity(table: Evaluation, row: int) -> list[str]:
    indicator = table.indicators[row]
    return [squash(level or "") for level in (indicator.level1, indicator.level2, indicator.level3)]


@attrs.frozen(kw_only=True)
class Coverage:
    """What was looked at: an audit that found nothing because it did not look would be the worst failure."""

    tables: int
    indicators: int
    scored: int
    unscorable: Mapping[str, int]
    run: tuple[str, ...]
    """Codes of the checks that looked at something."""
    not_applicable: tuple[str, ...]
    """Codes of the checks that had nothing to look at: no such stage, kind or column."""
    outside: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)
    """How the tables were matched with what was given of last year, approval and accounts."""
    ignored: int = 0
    """Findings that ``perfeval.toml`` leaves out."""


@attrs.frozen(kw_only=True)
class AuditResult:
    """The findings of an audit, worst first within each table, what was looked at, and the recomputed scores."""

    findings: tuple[AuditFinding, ...]
    coverage: Coverage
    rulebook: RuleBook = attrs.field(repr=False)
    cards: tuple[Scorecard, ...] = attrs.field(repr=False)
    reading: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """The tables as printed, in the order in which they were given."""
        return tuple(card.evaluation for card in self.cards)

    def at_least(self, severity: Severity) -> tuple[AuditFinding, ...]:
        """Give the material findings that are at least as grave."""
        most = _ORDER[severity]
        return tuple(one for one in self.findings if _ORDER[one.severity] <= most and one.is_material)

    def to_frame(self, backend: str = "pandas", language: Language = "zh") -> Any:
        """Give a data frame (pandas, polars or pyarrow), one row a finding; no floats."""
        return to_frame(self, backend, language)

    def _repr_html_(self) -> str:
        return html_of(self)
