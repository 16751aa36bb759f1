"""Many tables at once: counts, grades, execution, signals, spread, groups and a sample."""

from __future__ import annotations

__all__ = ["Group", "GroupedBy", "Summary", "summarize"]

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

import attrs

from perfeval.auditing import AuditFinding, AuditResult, SignalSettings
from perfeval.portfolio.line import Line, line_of
from perfeval.portfolio.sample import Sample, Weighing, draw
from perfeval.portfolio.signals import Bucket, Signal
from perfeval.portfolio.spread import Spread, spread_of
from perfeval.rulebook import RuleBook
from perfeval.table import TableKind
from perfeval.values import squash


class GroupedBy(StrEnum):
    """What tables are grouped by."""

    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    YEAR = "year"


@attrs.frozen(kw_only=True)
class Group:
    """Tables of one department (organisation, year) and kind: the money of a whole-unit table holds its projects'.

    ``name`` is None where the tables do not say. ``budget`` and ``executed`` are 元 of the ``with_money`` tables that have both.
    """

    name: str | None
    kind: TableKind
    tables: int
    with_money: int
    budget: Fraction
    executed: Fraction
    spread: Spread | None
    signals: Mapping[Signal | None, int]
    risk: int


@attrs.frozen(kw_only=True)
class Summary:
    """What many tables show together. In counts by grade, bucket or signal the key None counts what cannot be told."""

    rulebook: RuleBook = attrs.field(repr=False)
    settings: SignalSettings
    lines: tuple[Line, ...] = attrs.field(repr=False)
    grouped_by: GroupedBy
    groups: tuple[Group, ...]
    sample: Sample | None

    @property
    def indicators(self) -> int:
        """How many indicators the tables have."""
        return sum(len(line.card.indicators) for line in self.lines)

    @property
    def scored(self) -> int:
        """How many of them are scored."""
        return sum(line.scored for line in self.lines)

    @property
    def unscorable(self) -> Mapping[str, int]:
        """How many indicators are not scored, by reason."""
        reasons = (row.reason for line in self.lines for row in line.card.indicators)
        return dict(sorted(Counter(str(reason) for reason in reasons if reason is not None).items()))

    @property
    def reported_grades(self) -> Mapping[str | None, int]:
        """Tables by the grade that they print, or that their printed total has under the rule book."""
        return self._by_grade(line.reported_grade for line in self.lines)

    @property
    def grades(self) -> Mapping[str | None, int]:
        """Tables by recomputed grade."""
        return self._by_grade(line.card.grade for line in self.lines)

    @property
    def buckets(self) -> Mapping[Bucket | None, int]:
        """Tables by execution rate."""
        counts = Counter(line.bucket for line in self.lines)
        return {bucket: counts[bucket] for bucket in (*Bucket, None)}

    @property
    def signals(self) -> Mapping[Signal | None, int]:
        """Tables by supervision signal."""
        return _signals(self.lines)

    @property
    def apart(self) -> Mapping[bool | None, int]:
        """Tables whose achievement and execution rate lie further apart than the mark."""
        counts = Counter(line.apart for line in self.lines)
        return {answer: counts[answer] for answer in (True, False, None)}

    @property
    def reported_spread(self) -> Spread | None:
        """The spread of the totals that the tables print."""
        totals = (line.card.reported_total for line in self.lines)
        return spread_of((total for total in totals if total is not None), self.rulebook.weights.sum)

    @property
    def spread(self) -> Spread | None:
        """The spread of the recomputed totals."""
        return _spread(self.lines, self.rulebook)

    def _by_grade(self, grades: Iterable[str | None]) -> Mapping[str | None, int]:
        counts = Counter(grades)
        known = [grade.name for grade in self.rulebook.grades]
        others = sorted(name for name in counts if name is not None and name not in known)
        return {name: counts[name] for name in (*known, *others, None)}


def summarize(
    result: AuditResult,
    *,
    by: GroupedBy = GroupedBy.DEPARTMENT,
    sample: int | None = None,
    weighing: Weighing = Weighing.RISK,
    seed: int = 0,
    settings: SignalSettings | None = None,
) -> Summary:
    """Give what the audited tables show together, and a sample of them where ``sample`` says how many.

    Scores are recomputed under the rule book of the audit. UsageError for a sample below 1.
    """
    marks = settings or SignalSettings()
    found: dict[int | None, list[AuditFinding]] = {}
    for finding in result.findings:
        found.setdefault(finding.table, []).append(finding)
    lines = tuple(line_of(card, found.get(number, ()), marks) for number, card in enumerate(result.cards))
    return Summary(
        rulebook=result.rulebook,
        settings=marks,
        lines=lines,
        grouped_by=by,
        groups=_groups(lines, by, result.rulebook),
        sample=None if sample is None else draw(lines, sample, weighing, seed),
    )


def _groups(lines: Sequence[Line], by: GroupedBy, book: RuleBook) -> tuple[Group, ...]:
    members: dict[tuple[str, TableKind], list[Line]] = {}
    for line in lines:
        name = squash(getattr(line.evaluation, by) or "")
        members.setdefault((name, line.evaluation.kind), []).append(line)
    return tuple(_group(name or None, kind, members[name, kind], book) for name, kind in sorted(members))


def _group(name: str | None, kind: TableKind, lines: Sequence[Line], book: RuleBook) -> Group:
    money = [
        (line.budget, line.executed)
        for line in lines
        if line.budget is not None and line.executed is not None
    ]
    return Group(
        name=name,
        kind=kind,
        tables=len(lines),
        with_money=len(money),
        budget=sum((budget for budget, _ in money), Fraction(0)),
        executed=sum((executed for _, executed in money), Fraction(0)),
        spread=_spread(lines, book),
        signals=_signals(lines),
        risk=sum(line.risk for line in lines),
    )


def _signals(lines: Sequence[Line]) -> Mapping[Signal | None, int]:
    counts = Counter(line.signal for line in lines)
    return {signal: counts[signal] for signal in (*Signal, None)}


def _spread(lines: Sequence[Line], book: RuleBook) -> Spread | None:
    totals = (line.card.total for line in lines)
    return spread_of((total for total in totals if total is not None), book.weights.sum)
