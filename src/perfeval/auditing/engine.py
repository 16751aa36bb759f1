"""``perfeval.audit``: run the checks, hold each finding to what is known for sure, put consequences under causes."""

from __future__ import annotations

__all__ = ["audit"]

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from perfeval.auditing.caps import capped
from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.checks._outside import counts_of
from perfeval.auditing.finding import AuditFinding, AuditResult, Coverage, Effect
from perfeval.auditing.ignores import Ignore, without_ignored
from perfeval.auditing.ledger import LedgerEntry
from perfeval.auditing.outside import Outside, outside_of, place_of
from perfeval.auditing.running import raised_by
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.errors import UsageError
from perfeval.findings import Location, Severity
from perfeval.messages import Message, Wording
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring import score
from perfeval.table import Evaluation

_NO_CHECK = Wording("CALL-CHECK", "没有检查项“{name}”", "there is no check '{name}'")
_MORE_THAN = 3  # places of a folded finding that are named


def audit(  # noqa: PLR0913 - by keyword, each for itself
    evaluations: Iterable[Evaluation],
    rulebook: str | RuleBook = "common-practice",
    *,
    previous: Iterable[Evaluation] = (),
    approved: Iterable[Evaluation] = (),
    ledger: Iterable[LedgerEntry] = (),
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings: AuditSettings | None = None,
    ignores: Iterable[Ignore] = (),
) -> AuditResult:
    """Say where tables contradict themselves, each other or what stands outside them, under a rule book.

    Outside are last year's tables (``previous``), the targets as approved (``approved``) and the accounts (``ledger``,
    see ``read_ledger``); what is given is matched by code, else by name, and what is not matched is counted.
    ``select`` names the checks to run (codes, names or families such as PE1), by default all that are not optional;
    ``ignore`` those to leave out. ``ignores`` are findings that were looked into (``read_audit_file``): they are left out
    and counted. Never raises for what a table says; UsageError for a check or rule book that does not
    exist. How sure and how grave a finding is: docs/audit.md.
    """
    book = load_rulebook(rulebook) if isinstance(rulebook, str) else rulebook
    marks = settings or AuditSettings()
    tables = _tables(evaluations, book)
    outside = outside_of(tables, _tables(previous, book), _tables(approved, book), tuple(ledger))
    checks = _chosen(tuple(select), tuple(ignore))
    raised = raised_by(checks, tables, outside, marks)
    run = [check.code for check in checks if check.code in raised]
    findings = [
        one for check in checks for one in _findings(check, raised.get(check.code, ()), tables, marks)
    ]
    looked_into = tuple(ignores)
    kept, left_out, unused = without_ignored(_nested(findings), looked_into)
    for check in checks:
        if check.scope is Scope.AUDIT and looked_into:
            run.append(check.code)
            mistyped = [one for one in unused if _could_cover(one, run)]
            kept += _findings(check, list(check.run(mistyped, marks)), tables, marks)
    return AuditResult(
        findings=tuple(_ordered(kept)),
        coverage=attrs.evolve(_coverage(tables, checks, run, outside), ignored=len(left_out)),
        rulebook=book,
        cards=tuple(table.card for table in tables),
    )


def _could_cover(ignore: Ignore, run: Sequence[str]) -> bool:
    """Say whether its check was run, or is none: what was not looked for cannot have been found."""
    named = [check.code for check in CHECKS if ignore.is_about(check.code, check.name)]
    return not named or any(code in run for code in named)


def _tables(evaluations: Iterable[Evaluation], book: RuleBook) -> tuple[Table, ...]:
    return tuple(Table(number, score(table, book)) for number, table in enumerate(evaluations))


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
    first = raised.spots[0] if raised.spots else None
    numbers = {spot.table for spot in raised.spots}
    table = None if first is None else tables[first.table]
    path = "" if first is None else first.path
    row = _row_of(path)
    kind, severity, caps = capped(raised, table, row)
    effect = Effect(raised.points, raised.amount)
    wording = raised.wording or check.says
    return AuditFinding(
        check=check,
        message=Message(wording, {name: str(value) for name, value in raised.facts.items()}),
        kind=kind,
        severity=severity,
        places=_places(raised, tables),
        path=path,
        table=table.number if table is not None and len(numbers) == 1 else None,
        row=row if len(numbers) == 1 else None,
        evaluation=None if table is None else table.evaluation,
        effect=effect,
        caps=caps,
        is_material=_is_material(effect, marks),
    )


def _row_of(path: str) -> int | None:
    return int(path[11 : path.index("]")]) if path.startswith("indicators[") else None


def _places(raised: Raised, tables: Sequence[Table]) -> tuple[Location, ...]:
    # A PDF knows the row only: target and actual of one row are one place there.
    found = (place_of(tables[spot.table].evaluation, spot.path) for spot in raised.spots)
    return tuple(dict.fromkeys(place for place in (*found, *raised.places) if place is not None))


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
        if one.table is not None:  # what is between tables neither explains nor follows, and may be much
            by_table.setdefault(one.table, []).append(one)
    for one in findings:
        cause = next((other for other in by_table.get(one.table, ()) if _explains(other, one)), None)
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


def _coverage(
    tables: Sequence[Table], checks: Sequence[Check], run: Sequence[str], outside: Outside
) -> Coverage:
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
        outside=counts_of(outside),
    )
