"""Tables that print no total: one line for the tables of a unit.

What: rows have scores, and there is no 总分, or it is blank or a dash.

Basis: the row of the form itself: project forms have it, forms of 整体支出, which have no national model, mostly do not.

Why: without it, the result of the evaluation stands nowhere.

False alarms: a form that has no such row; a total that stands in the text.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed, unit_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind
from perfeval.values import Missing

_NAMED = 3


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    tables = [table for table in unit.tables if _has_no_total(table)]
    if not tables:
        return
    names = "、".join(table.evaluation.name or table.evaluation.title or "" for table in tables[:_NAMED])
    yield Raised(
        spots=tuple(table.spot("total") for table in tables),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={"count": len(tables), "names": names + (" …" if len(tables) > _NAMED else "")},
    )


def _has_no_total(table: Table) -> bool:
    cell = table.evaluation.total.score
    is_blank = cell is None or isinstance(cell.value, Missing)
    return is_blank and any(row.reported is not None for row in table.rows)


CHECK = Check(
    code="PE210",
    name="no-total",
    scope=Scope.UNIT,
    kinds=frozenset(TableKind) - {TableKind.TARGETS},
    says=Wording("PE210", "{count} 张表没有总分：{names}", "{count} tables print no total: {names}"),
    explained_by=Wording("PE210-explained", "该表式没有总分行", "the form has no row for it"),
    ask=Wording("PE210-ask", "请补填总分", "please add the total"),
    basis="自评表表样“总分”行；整体支出自评没有全国统一表样，部分表样不设总分",
    status=BasisStatus.VERIFIED,
    run=_run,
    needs_whole=True,
    wrong=(changed(total_score=None, total_weight=None), unit_of(total_score="")),
    right=(CLEAN, unit_of(), changed(partial=True, total_score=None)),
)
