"""Cost rows that add up to the budget, while what they report does not add up to what was executed.

What: where the ceilings in money are the adjusted budget (PE415 finds nothing) the actuals of the same rows must be the
executed amount, within the printed digits. Where one ceiling alone is the budget, its own actual is compared.

Basis: plausibility, no rule: equal in all project tables of one published filing (Xinjiang, 2024).

Why: the same spending is then printed twice with two values.

False alarms: costs that were incurred and not yet paid (or paid in advance): cost and payment are not the same thing.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._costs import Costs, costs_of
from perfeval.auditing.checks._funds import (
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
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    index, costs = total_row(table), costs_of(table)
    if index is None or costs is None:
        return
    row, unit = table.evaluation.funding[index], unit_of_money(table)
    budget, executed = amount_in(cell_of(row, budget_column(table)), unit), amount_in(row.executed, unit)
    found = None if not budget else _standing_for(costs, budget)
    if found is None or executed is None:
        return
    rows, spent = found
    if spent is None or abs(spent - executed) <= costs.actual_slack:
        return
    yield Raised(
        spots=(*(one.spot("actual") for one in rows), table.spot(f"funding[{index}].executed")),
        severity=Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts={
            "sum": plainly(spent),
            "actuals": " + ".join(text_of(one.indicator.actual) for one in rows),
            "executed": printed(row.executed),
            "difference": plainly(abs(spent - executed)),
        },
        amount=as_decimal(spent - executed),
    )


def _standing_for(costs: Costs, budget: Fraction) -> tuple[tuple[Row, ...], Fraction | None] | None:
    """Give the rows whose ceilings are the budget, and what they say was spent."""
    if costs.matches(budget):
        return costs.rows, costs.actual
    pairs = zip(costs.rows, costs.ceilings, costs.actuals, strict=True)
    single = next((found for found in pairs if abs(found[1] - budget) <= costs.ceiling_slack), None)
    return None if single is None else ((single[0],), single[2])


CHECK = Check(
    code="PE416",
    name="cost-rows-against-execution",
    scope=Scope.TABLE,
    says=Wording(
        "PE416",
        "成本指标实际完成值合计 {sum}（{actuals}），全年执行数为 {executed}，相差 {difference}（指标值合计与预算数一致）",
        "the cost rows report {sum} ({actuals}), the money row {executed}, {difference} apart (their targets are the budget)",
    ),
    explained_by=Wording(
        "PE416-explained",
        "成本按发生额填列，执行数按支付额填列",
        "costs are stated as incurred, execution as paid",
    ),
    ask=Wording(
        "PE416-ask",
        "请说明成本实际完成值与执行数的口径，或更正其一",
        "please say what each of the two figures includes, or correct one",
    ),
    basis="合理性分析（无条文依据）：已读的公开自评表（新疆，2024年度）中，成本指标实际完成值合计等于全年执行数；设单位成本的不适用",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE406", "PE412"),
    needs_whole=True,
    wrong=(
        changed(
            indicators_2_level3="道路养护支出",
            indicators_2_target="<=80.00万元",
            indicators_2_actual="75.00万元",
            indicators_2_previous_year="",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_2_level3="养护成本标准",
            indicators_2_target="<=80.00万元",
            indicators_2_actual="75.00万元",
            indicators_2_previous_year="",
        ),
    ),
)
