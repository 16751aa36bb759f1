"""More executed than the adjusted budget holds.

What: in the total row, or in a part of it where the total itself is not exceeded, 全年执行数 is above 全年预算数. By one
unit of the last digit, or in a part alone, it is a note.

Basis: two figures of one form (a contradiction: which of the two is right is not known); the public code of a platform
caps the rate.

Why: budgets are adjusted before money is spent, so one of the two figures is not the final one; the rate is capped.

False alarms: carry-over that the form keeps out of the budget; money moved between sources without changing the total.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    WORDS,
    amounts_of,
    as_decimal,
    budget_column,
    cell_of,
    digit_of,
    plainly,
    printed,
    total_row,
    unit_of_money,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = total_row(table)
    over = {index: more for index in range(len(table.evaluation.funding)) if (more := _excess(table, index))}
    if total in over:
        over = {total: over[total]}
    column, unit = budget_column(table), unit_of_money(table)
    for index, more in over.items():
        row = table.evaluation.funding[index]
        is_tail = more <= digit_of(row.executed, unit) < 1
        yield Raised(
            spots=(table.spot(f"funding[{index}].executed"), table.spot(f"funding[{index}].{column}")),
            severity=Severity.NOTE if is_tail or index != total else Severity.WARNING,
            kind=FindingClass.CONTRADICTION,
            facts={
                "label": row.label or "",
                "column": WORDS[column],
                "budget": printed(cell_of(row, column)),
                "executed": printed(row.executed),
                "difference": plainly(more),
            },
            amount=as_decimal(more),
        )


def _excess(table: Table, index: int) -> Fraction | None:
    """Give by how much a row is exceeded; None where it is not, or its budget is 0 in the total row (PE403)."""
    budget, executed = (amounts_of(table)[side][index] for side in (budget_column(table), "executed"))
    if budget is None or executed is None or executed <= budget or budget < 0:
        return None
    return None if budget == 0 and index == total_row(table) else executed - budget


CHECK = Check(
    code="PE404",
    name="over-executed",
    scope=Scope.TABLE,
    says=Wording(
        "PE404",
        "“{label}”全年执行数 {executed} 大于{column} {budget}，多 {difference}",
        "'{label}': {executed} is executed of {column} {budget}, {difference} more",
    ),
    explained_by=Wording(
        "PE404-explained",
        "全年预算数未含上年结转或年中追加，或各来源之间有调剂",
        "the budget leaves out carry-over or what was added during the year, or money was moved between sources",
    ),
    ask=Wording(
        "PE404-ask",
        "请说明预算数与执行数的口径，并核对两个数",
        "please say what the budget and the executed amount each include, and check both",
    ),
    basis="表内勾稽：全年预算数为调整后的预算，全年执行数一般在其内；执行率超过100%的按满分计（预算管理一体化平台公开代码）",
    status=BasisStatus.REPORTED,
    run=_run,
    follows=("PE403", "PE406", "PE412", "PE414"),
    wrong=(
        changed(
            funding_0_executed="82.00",
            funding_1_executed="62.00",
            funding_0_rate="102.50%",
            funding_0_score="10",
            total_score="100",
        ),
        changed(funding_1_executed="55.40", funding_2_executed="23.00"),
    ),
    right=(
        CLEAN,
        changed(
            funding_0_executed="80.00",
            funding_1_executed="60.00",
            funding_0_rate="100%",
            funding_0_score="10",
            total_score="100",
        ),
    ),
)
