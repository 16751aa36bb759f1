"""A project of last year that left money unspent and has no table this year.

What: a project table of last year, of a unit that has tables this year, whose executed amount is below its adjusted budget
by more than rounding, and that no table of this year matches by code, name or similar name. A note: the rest may have
lapsed.

Basis: what two years of tables hold: carried-over money is money of the year in which it is spent.

Why: money that is carried over is spent in a year in which nobody reports on it.

False alarms: the rest was taken back; the project was joined with another; this year's table is in a file not given.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

import attrs

from perfeval.auditing.check import ALL_STAGES, FILLED_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import in_unit_of, table_sum, year_said
from perfeval.auditing.examples import CLEAN, LAST_YEAR, changed
from perfeval.auditing.outside import Relation, place_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for other in relation.others:
        raised = _raised(other) if _is_project(other) else None
        if raised is not None:
            yield raised


def _is_project(table: Table) -> bool:
    return table.evaluation.kind is TableKind.PROJECT and table.evaluation.stage in FILLED_STAGES


def _raised(other: Table) -> Raised | None:
    budget, executed = table_sum(other, "adjusted"), table_sum(other, "executed")
    if budget is None or executed is None:
        return None
    rest = budget.amount - executed.amount
    if rest <= max(budget.slack, executed.slack):
        return None
    place = place_of(other.evaluation, executed.path)
    return Raised(
        spots=(),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "name": other.evaluation.name or "",
            "organisation": other.evaluation.organisation or "—",
            "year": year_said(other),
            "budget": budget.text,
            "executed": executed.text,
        },
        amount=in_unit_of(other, rest),
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE624",
    name="carried-without-table",
    scope=Scope.PREVIOUS,
    stages=ALL_STAGES,
    says=Wording(
        "PE624",
        "上年（{year}）项目“{name}”（{organisation}）全年预算 {budget}，执行 {executed}，有结余；本年没有对应的自评表",
        "last year's project '{name}' ({organisation}, {year}) had {budget}, spent {executed} and has no table this year",
    ),
    explained_by=Wording(
        "PE624-explained",
        "结余资金已收回，或项目已并入其他项目",
        "the rest was taken back, or the project was joined with another",
    ),
    ask=Wording(
        "PE624-ask",
        "请说明结余资金的去向；如结转本年使用，请补报自评表",
        "please say what became of the rest; if it was carried over, please hand in the table",
    ),
    basis="表间勾稽：上年有结余的项目，结转本年使用的应有本年的自评表",
    status=BasisStatus.BACKGROUND,
    run=_run,
    previous=(LAST_YEAR, attrs.evolve(LAST_YEAR, name="界河桥梁维修")),
    wrong=(CLEAN,),
    right=(CLEAN, changed(name="界河桥梁维修工程")),
)
