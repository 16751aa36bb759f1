"""Cost ceilings in money that do not add up to the budget.

What: where every row of cost states its ceiling in money (no unit cost, no standard, no saving), the sum of the ceilings
against the adjusted budget. Above it: a warning; below it: a note. Not raised where the sum, or one ceiling alone (the
total cost beside its parts), is the adjusted or the initial budget within the printed digits.

Basis: plausibility, no rule: equal in all project tables of one published filing (Xinjiang, 2024).

Why: ceilings above the budget limit nothing; ceilings below it leave money without any limit.

False alarms: ceilings of several years, or of money that other units pay; a region where cost rows are a selection.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._costs import Costs, costs_of
from perfeval.auditing.checks._funds import (
    WORDS,
    amount_in,
    as_decimal,
    budget_column,
    cell_of,
    plainly,
    printed,
    total_row,
    unit_of_money,
)
from perfeval.auditing.checks._targets import text_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Note

_BELOW = Wording(
    "PE415-below",
    "成本指标值合计 {sum}（{ceilings}），小于{column} {budget}，差 {difference}",
    "the cost ceilings add up to {sum} ({ceilings}), {difference} below {column} {budget}",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    index, costs, column = total_row(table), costs_of(table), budget_column(table)
    if index is None or costs is None or Note.TOTAL_ROW_EMPTY in table.card.execution.notes:
        return
    row, unit = table.evaluation.funding[index], unit_of_money(table)
    budget, initial = amount_in(cell_of(row, column), unit), amount_in(row.initial, unit)
    if not budget or budget < 0 or _is_a_budget(costs, budget) or (initial and _is_a_budget(costs, initial)):
        return
    is_above = costs.ceiling > budget
    if not is_above and not costs.is_all:
        return
    difference = abs(costs.ceiling - budget)
    yield Raised(
        spots=(*(one.spot("target") for one in costs.rows), table.spot(f"funding[{index}].{column}")),
        severity=Severity.WARNING if is_above else Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "sum": plainly(costs.ceiling),
            "ceilings": " + ".join(text_of(one.indicator.target) for one in costs.rows),
            "column": WORDS[column],
            "budget": printed(cell_of(row, column)),
            "difference": plainly(difference),
        },
        amount=as_decimal(difference),
        wording=None if is_above else _BELOW,
    )


def _is_a_budget(costs: Costs, budget: Fraction) -> bool:
    """Say whether all ceilings together, or one of them, are the budget."""
    is_one = any(abs(ceiling - budget) <= costs.ceiling_slack for ceiling in costs.ceilings)
    return is_one or costs.matches(budget)


CHECK = Check(
    code="PE415",
    name="cost-rows-against-budget",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE415",
        "成本指标值合计 {sum}（{ceilings}），大于{column} {budget}，多 {difference}",
        "the cost ceilings add up to {sum} ({ceilings}), {difference} above {column} {budget}",
    ),
    explained_by=Wording(
        "PE415-explained",
        "成本指标包含跨年支出或其他单位承担的支出，或仅列部分成本",
        "the ceilings cover several years or what other units pay, or only some of the costs",
    ),
    ask=Wording(
        "PE415-ask",
        "请说明成本指标值与预算数的对应关系",
        "please say how the cost ceilings relate to the budget",
    ),
    basis="合理性分析（无条文依据）：已读的公开自评表（新疆，2024年度）中，按金额设置的成本指标值合计等于全年预算数；设单位成本的不适用",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE412",),
    needs_whole=True,
    wrong=(
        changed(
            indicators_2_level3="道路养护支出",
            indicators_2_target="<=90.00万元",
            indicators_2_actual="78.40万元",
            indicators_2_previous_year="",
        ),
        changed(
            indicators_2_level3="道路养护支出",
            indicators_2_target="<=70.00万元",
            indicators_2_actual="68.40万元",
            indicators_2_previous_year="",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_2_level3="养护成本标准",
            indicators_2_target="<=90.00万元",
            indicators_2_actual="78.40万元",
            indicators_2_previous_year="",
        ),
    ),
)
