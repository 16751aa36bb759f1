"""Cost rows that only repeat the budget and what was executed.

What: in a table the ceilings in money add up to the adjusted budget and their actuals to the executed amount. One line
for all tables of the unit.

Basis: plausibility, no rule: in one published filing (Xinjiang, 2024) both identities held in every table.

Why: such rows say nothing about cost: what the execution rate takes away for money not spent, they reward.

False alarms: a project with one contract, whose cost is its budget.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._costs import Costs, costs_of
from perfeval.auditing.checks._funds import (
    amount_in,
    budget_column,
    cell_of,
    total_row,
    unit_of_money,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_ONE = Wording(
    "PE417-one",
    "{rows} 个成本指标合计等于全年预算数，其实际完成值合计等于全年执行数，在预算执行率之外未反映成本控制情况",
    "{rows} cost rows add up to the budget and their actuals to what was executed and nothing more",
)


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    found = [(table, costs) for table in unit.tables if (costs := _restated(table)) is not None]
    if not found:
        return
    yield Raised(
        spots=tuple(costs.rows[0].spot("target") for _, costs in found),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "count": len(found),
            "rows": sum(len(costs.rows) for _, costs in found),
            "names": "；".join(table.evaluation.name or "" for table, _ in found[:3]),
        },
        wording=_ONE if len(found) == 1 else None,
    )


def _restated(table: Table) -> Costs | None:
    """Give the rows of cost of a table that add up to its budget and to what was executed."""
    index, costs = total_row(table), costs_of(table)
    if index is None or costs is None or costs.actual is None:
        return None
    row, unit = table.evaluation.funding[index], unit_of_money(table)
    budget, executed = amount_in(cell_of(row, budget_column(table)), unit), amount_in(row.executed, unit)
    if not budget or executed is None or not costs.matches(budget):
        return None
    return costs if abs(costs.actual - executed) <= costs.actual_slack else None


CHECK = Check(
    code="PE417",
    name="cost-rows-restate-budget",
    scope=Scope.UNIT,
    says=Wording(
        "PE417",
        "{count} 张表的 {rows} 个成本指标合计等于全年预算数，其实际完成值合计等于全年执行数（{names}），在预算执行率之外未反映成本控制情况",
        "in {count} tables {rows} cost rows add up to the budget and their actuals to what was executed ({names}) and nothing more",
    ),
    explained_by=Wording(
        "PE417-explained",
        "项目为单一合同或定额支出，成本即预算",
        "the project is one contract or a fixed sum, so its cost is its budget",
    ),
    ask=Wording(
        "PE417-ask",
        "建议补充单位成本等能反映成本控制的指标",
        "consider indicators of unit cost, which show whether cost was kept low",
    ),
    basis="合理性分析（无条文依据）：成本指标合计与预算数、执行数均相等时，未在预算执行率之外反映成本控制",
    status=BasisStatus.BACKGROUND,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(
            indicators_2_level3="道路养护支出",
            indicators_2_target="<=80.00万元",
            indicators_2_actual="78.40万元",
            indicators_2_previous_year="",
        ),
    ),
    right=(CLEAN,),
)
