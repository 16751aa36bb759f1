"""``perfeval.audit``: run the checks, hold each finding to what is known for sure, put consequences under causes."""

from __future__ import annotations

__all__ = ["audit"]

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from perfeval.auditing.caps import capped
from perfeval.auditing.check import Check, Raised, Scope, Spot
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.finding import AuditFinding, AuditResult, Coverage, Effect
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, units_of
from perfeval.errors import UsageError
from perfeval.findings import Location, Severity
from perfeval.messages import Message, Wording
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring import score
from perfeval.table import Evaluation

_NO_CHECK = Wording("CALL-CHECK", "没有检查项“{name}”", "there is no check '{name}'")
_MORE_THAN = 3  # places of a folded finding that are named


def audit(
    evaluations: Iterable[Evaluation],
    rulebook: str | RuleBook = "common-practice",
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings: AuditSettings | None = None,
) -> AuditResult:
    """Say where tables contradict themselves or each other, under a rule book.

    ``select`` names the checks to run (codes, names or families such as PE1), by default all that are not optional;
    ``ignore`` those to leave out. Never raises for what a table says; UsageError for a check or rule book that does not
    exist. Source of how sure and how grave a finding is: semantics §7.
    """
    book = load_rulebook(rulebook) if isinstance(rulebook, str) else rulebook
    marks = settings or AuditSettings()
    tables = tuple(Table(number, score(table, book)) for number, table in enumerate(evaluations))
    checks = _chosen(tuple(select), tuple(ignore))
    findings: list[AuditFinding] = []
    run: list[str] = []
    for check in checks:
        subjects = list(_subjects(check, tables))
        if subjects:
            run.append(check.code)
        raised = [one for subject in subjects for one in check.run(subject, marks)]
        findings.extend(_findings(check, raised, tables, marks))
    return AuditResult(
        findings=tuple(_ordered(_nested(findings))),
        coverage=_coverage(tables, checks, run),
        rulebook=book,
        evaluations=tuple(table.evaluation for table in tables),
    )


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Check, ...]:
    for name in (*select, *ignore):
        if not any(_is_named(check, name) for check in CHECKS):
            raise UsageError(_NO_CHECK(name=name))
    return tuple(
        check
        for check in CHECKS
        if (any(_is_named(check, name) for name in select) if select else not check.is_optional)
        and not any(_is_named(check, name) for name in ignore)
    )


def _is_named(check: Check, name: str) -> bool:
    return name in {check.name, check.code} or (
        len(name) < len(check.code) and check.code.startswith(name.upper())
    )


def _subjects(check: Check, tables: Sequence[Table]) -> Iterator[object]:
    fitting = [table for table in tables if _applies(check, table)]
    if check.scope is Scope.UNIT:
        yield from units_of(fitting)
    elif check.scope is Scope.TABLE:
        yield from fitting
    else:
        for table in fitting:
            yield from table.rows


def _applies(check: Check, table: Table) -> bool:
    evaluation = table.evaluation
    fits = evaluation.kind in check.kinds and evaluation.stage in check.stages
    return fits and not (check.needs_whole and evaluation.partial)


def _findings(
    check: Check, raised: Sequence[Raised], tables: Sequence[Table], marks: AuditSettings
) -> Iterator[AuditFinding]:
    made = [_finding(check, one, tables, marks) for one in raised]
    if not check.is_folded:
        yield from made
        return
    groups: dict[tuple[int | None, Severity], list[AuditFinding]] = {}
    for one in made:
        groups.setdefault((one.table, one.severity), []).append(one)
    for group in groups.values():
        places = tuple(place for one in group[:_MORE_THAN] for place in one.places[:1])
        yield attrs.evolve(group[0], places=places or group[0].places, more=len(group) - 1)


def _finding(check: Check, raised: Raised, tables: Sequence[Table], marks: AuditSettings) -> AuditFinding:
    first = raised.spots[0]
    numbers = {spot.table for spot in raised.spots}
    table = tables[first.table]
    row = _row_of(first.path)
    kind, severity, caps = capped(raised, table, row)
    effect = Effect(raised.points, raised.amount)
    wording = raised.wording or check.says
    return AuditFinding(
        check=check,
        message=Message(wording, {name: str(value) for name, value in raised.facts.items()}),
        kind=kind,
        severity=severity,
        places=_places(raised.spots, tables),
        path=first.path,
        table=first.table if len(numbers) == 1 else None,
        row=row if len(numbers) == 1 else None,
        evaluation=table.evaluation,
        effect=effect,
        caps=caps,
        is_material=_is_material(effect, marks),
    )


def _row_of(path: str) -> int | None:
    return int(path[11 : path.index("]")]) if path.startswith("indicators[") else None


def _places(spots: Iterable[Spot], tables: Sequence[Table]) -> tuple[Location, ...]:
    # A PDF knows the row only: target and actual of one row are one place there.
    found = (_place(spot, tables) for spot in spots)
    return tuple(dict.fromkeys(place for place in found if place is not None))


def _place(spot: Spot, tables: Sequence[Table]) -> Location | None:
    """Give the place of the cell, or of what holds it."""
    table, path = tables[spot.table].evaluation, spot.path
    while path:
        place = table.place(path)
        if place is not None:
            return place
        path = path.rpartition(".")[0]
    return table.place("") or (Location(file=table.file) if table.file else None)


def _is_material(effect: Effect, marks: AuditSettings) -> bool:
    small_points = effect.points is None or abs(effect.points) < marks.points
    small_amount = effect.amount is None or abs(effect.amount) < marks.amount
    is_measured = effect.points is not None or effect.amount is not None
    return not (is_measured and small_points and small_amount)


def _nested(findings: Sequence[AuditFinding]) -> list[AuditFinding]:
    """Put each finding that another of its table explains under the first such one (one fact, one finding)."""
    under: dict[int, list[AuditFinding]] = {}
    kept: list[AuditFinding] = []
    by_table: dict[int | None, list[AuditFinding]] = {}
    for one in findings:
        by_table.setdefault(one.table, []).append(one)
    for one in findings:
        cause = next((other for other in by_table[one.table] if _explains(other, one)), None)
        if cause is None:
            kept.append(one)
        else:
            under.setdefault(id(cause), []).append(one)
    return [attrs.evolve(one, consequences=tuple(_below(one, under))) for one in kept]


def _below(cause: AuditFinding, under: Mapping[int, list[AuditFinding]]) -> Iterator[AuditFinding]:
    for one in under.get(id(cause), ()):
        yield one
        yield from _below(one, under)


def _explains(cause: AuditFinding, one: AuditFinding) -> bool:
    if cause is one or cause.code not in one.check.follows or cause.table != one.table or one.table is None:
        return False
    # In a row, only what was found in the same row explains; what concerns the table follows from any row.
    return one.row is None or cause.row is None or cause.row == one.row


def _ordered(findings: Iterable[AuditFinding]) -> list[AuditFinding]:
    return sorted(findings, key=lambda one: (one.table if one.table is not None else 1 << 30, one.rank))


def _coverage(tables: Sequence[Table], checks: Sequence[Check], run: Sequence[str]) -> Coverage:
    unscorable: dict[str, int] = {}
    scored = 0
    for table in tables:
        for row in table.card.indicators:
            if row.reason is None:
                scored += 1
            else:
                unscorable[str(row.reason)] = unscorable.get(str(row.reason), 0) + 1
    return Coverage(
        tables=len(tables),
        indicators=sum(len(table.card.indicators) for table in tables),
        scored=scored,
        unscorable=unscorable,
        run=tuple(run),
        not_applicable=tuple(check.code for check in checks if check.code not in run),
    )
