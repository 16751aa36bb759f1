"""Runs the checks over what each of them looks at."""

from __future__ import annotations

__all__ = ["raised_by"]

from collections.abc import Iterator, Mapping, Sequence

from perfeval.auditing.check import OUTSIDE, Check, Raised, Scope
from perfeval.auditing.outside import Outside
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, units_of


def raised_by(
    checks: Sequence[Check], tables: Sequence[Table], outside: Outside, marks: AuditSettings
) -> Mapping[str, Sequence[Raised]]:
    """Give what each check raises, by code; nothing of a check that had nothing to look at."""
    return {**_raised_within(checks, tables, marks), **_raised_between(checks, tables, outside, marks)}


def _raised_within(
    checks: Sequence[Check], tables: Sequence[Table], marks: AuditSettings
) -> dict[str, list[Raised]]:
    """Run what looks at a row or a table, table by table: what one check worked out is at hand for the next.

    A check that had something to look at has a list, if an empty one.
    """
    within = [check for check in checks if check.scope in (Scope.ROW, Scope.TABLE)]
    fitting: dict[object, list[Check]] = {}
    raised: dict[str, list[Raised]] = {}
    for table in tables:
        evaluation = table.evaluation
        kind = evaluation.kind, evaluation.stage, evaluation.partial
        if kind not in fitting:  # of thousands of tables there are a few kinds
            fitting[kind] = [check for check in within if _applies(check, table)]
        for check in fitting[kind]:
            subjects = table.rows if check.scope is Scope.ROW else (table,)
            if subjects:
                found = raised.setdefault(check.code, [])
                found += [one for subject in subjects for one in check.run(subject, marks)]
    return raised


def _raised_between(
    checks: Sequence[Check], tables: Sequence[Table], outside: Outside, marks: AuditSettings
) -> dict[str, list[Raised]]:
    """Run what looks at the tables of a unit, or at tables and what stands outside them."""
    raised: dict[str, list[Raised]] = {}
    for check in checks:
        subjects = list(_subjects(check, tables, outside))
        if subjects:
            raised[check.code] = [one for subject in subjects for one in check.run(subject, marks)]
    return raised


def _subjects(check: Check, tables: Sequence[Table], outside: Outside) -> Iterator[object]:
    if check.scope is Scope.UNIT:
        yield from units_of(table for table in tables if _applies(check, table))
    elif check.scope in OUTSIDE:
        relation = outside.relation(check.scope)
        if relation is not None:
            yield relation.of(lambda table: _applies(check, table))


def _applies(check: Check, table: Table) -> bool:
    evaluation = table.evaluation
    fits = evaluation.kind in check.kinds and evaluation.stage in check.stages
    return fits and not (check.needs_whole and evaluation.partial)
