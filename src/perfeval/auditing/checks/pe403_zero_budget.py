"""A budget of 0 for which there is a score, or money was spent.

What: the total row's adjusted budget is a written 0 (not blank, not a dash) and its parts hold nothing either. With an
executed amount above 0 the two contradict each other; with 0 executed, a score above 0 rests on a rate that does not
exist.

Basis: an identity of the form; no rule was found for a budget of 0, and docs/semantics.md §4 computes nothing then.

Why: the points for execution are then given or lost by no rule at all.

False alarms: money that came after the budget was closed; a form in which 0 stands for "not yet known".
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    WORDS,
    amounts_of,
    as_decimal,
    budget_column,
    cell_of,
    printed,
    total_row,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Note

_SPENT = Wording(
    "PE403-spent",
    "“{label}”{column}为 {budget}，全年执行数为 {executed}，二者不一致",
    "'{label}': {column} is {budget} while {executed} is executed",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    index, column = total_row(table), budget_column(table)
    if index is None or Note.TOTAL_ROW_EMPTY in table.card.execution.notes:
        return
    row = table.evaluation.funding[index]
    budget, executed = (amounts_of(table)[side][index] for side in (column, "executed"))
    if budget != 0 or executed is None or executed < 0:
        return
    is_spent = executed > 0
    score = table.card.execution.reported_score
    if not is_spent and not score:
        return
    yield Raised(
        spots=(table.spot(f"funding[{index}].{column}"), table.spot(f"funding[{index}].executed")),
        severity=Severity.ERROR if is_spent else Severity.WARNING,
        kind=FindingClass.CONTRADICTION if is_spent else FindingClass.QUESTION,
        facts={
            "label": row.label or "",
            "column": WORDS[column],
            "budget": printed(cell_of(row, column)),
            "executed": printed(row.executed),
            "score": "" if score is None else score,
        },
        points=score,
        amount=as_decimal(executed) if is_spent else None,
        wording=_SPENT if is_spent else None,
    )


CHECK = Check(
    code="PE403",
    name="zero-budget",
    scope=Scope.TABLE,
    says=Wording(
        "PE403",
        "“{label}”{column}为 {budget}、全年执行数为 {executed}，执行率无法计算，表中得 {score} 分",
        "'{label}': {column} is {budget} and {executed} is executed, so there is no rate; the table gives {score} points",
    ),
    explained_by=Wording(
        "PE403-explained",
        "预算在表外下达，或“0”表示尚未填列",
        "the budget was given outside this table, or 0 stands for a figure not yet filled in",
    ),
    ask=Wording(
        "PE403-ask",
        "请核对预算数，并说明执行率得分的依据",
        "please check the budget, and say what the execution score rests on",
    ),
    basis="表内勾稽：执行率＝全年执行数÷全年预算数，预算数为0时无法计算；此时如何计分未见规定",
    status=BasisStatus.REPORTED,
    run=_run,
    follows=("PE405", "PE406", "PE412"),
    wrong=(
        changed(
            funding_0_initial="0.00",
            funding_0_adjusted="0.00",
            funding_0_executed="0.00",
            funding_0_rate="—",
            funding_0_score="10",
            funding_1_initial="0.00",
            funding_1_adjusted="0.00",
            funding_1_executed="0.00",
            funding_2_initial="0.00",
            funding_2_adjusted="0.00",
            funding_2_executed="0.00",
            total_score="100",
        ),
        changed(
            funding_0_initial="0.00",
            funding_0_adjusted="0.00",
            funding_1_initial="0.00",
            funding_1_adjusted="0.00",
            funding_2_initial="0.00",
            funding_2_adjusted="0.00",
            funding_0_rate="—",
            funding_0_score="—",
            total_score="90",
        ),
    ),
    right=(CLEAN, changed(funding_2_initial="0.00", funding_1_initial="80.00")),
)
