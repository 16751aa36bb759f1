"""A quantity and the money that pays for it, of which one moved and the other did not.

What: the table (of a project: a unit's money pays for more) has one row of quantity, it counts what the money is paid
for (补贴, 救助, 购置 … in its name), and what one of them costs, planned B ÷ T against reported E ÷ A, differs at least by
the factor ``far_exceeded``. Not raised where the number is near the plan (by ``exceeded``: then it is the execution rate
that tells), where the row gives a reason, or for 次 and 场.

Basis: plausibility, no rule: in a published filing 230.27 万元 were planned for 150 vehicles and 202.67 万元 paid for
1100.

Why: quantity and money of one table should be of one thing; here one of them may be of a larger programme.

False alarms: things of very different size; a subsidy whose rate was changed; money of other years or sources.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    amount_in,
    budget_column,
    cell_of,
    printed,
    total_row,
    unit_of_money,
)
from perfeval.auditing.checks._targets import actual_of, facts_of, has_any, target_of, times_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import quotient
from perfeval.table import TableKind
from perfeval.values import Missing, parse_target, squash

_PAID = tuple(
    "补贴 补助 奖补 救助 资助 发放 购置 购买 采购 配备 更新 建设 修建 新建 改造 养护 修缮 维修 种植 安装 慰问 奖励".split()
)
"""Words by which a quantity is one that the money pays for."""

_EVENTS = frozenset({"count:次", "count:场", "count:期", "count:人次"})
"""What happens may cost anything, and several times at once."""


def _run(table: Table, settings: AuditSettings) -> Iterator[Raised]:
    row = _paid_row(table)
    index, unit, column = total_row(table), unit_of_money(table), budget_column(table)
    if row is None or index is None:
        return
    money = table.evaluation.funding[index]
    budget, executed = amount_in(cell_of(money, column), unit), amount_in(money.executed, unit)
    target, actual = target_of(row), actual_of(row)
    if not (budget and executed and target and actual) or min(budget, executed, target, actual) <= 0:
        return
    planned, reported = budget / target, executed / actual
    moved = max(actual / target, target / actual)
    apart = max(planned / reported, reported / planned)
    if moved < Fraction(settings.exceeded) or apart < Fraction(settings.far_exceeded):
        return
    counted = row.compared.unit.symbol if row.compared is not None else ""
    yield Raised(
        spots=(row.spot("actual"), table.spot(f"funding[{index}].executed")),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(
            row,
            budget=printed(cell_of(money, column)),
            executed=printed(money.executed),
            planned=_three(planned),
            reported=_three(reported),
            unit=f"{unit.symbol}/{counted}" if counted else unit.symbol,
        ),
        rests_on_rule=True,
    )


def _paid_row(table: Table) -> Row | None:
    """Give the one row of quantity, if it counts what is paid for and gives no reason for its number."""
    rows = [row for row in table.rows if "数量" in squash(row.indicator.level2 or "")]
    if len(rows) != 1 or times_of(rows[0]) is None:
        return None
    row, compared = rows[0], rows[0].compared
    is_event = compared is None or compared.unit.dimension in _EVENTS or compared.unit.is_percent
    has_reason = not isinstance(parse_target(row.indicator.deviation or ""), Missing)
    return None if is_event or has_reason or not has_any(row.name, _PAID) else row


def _three(number: Fraction) -> str:
    return f"{quotient((number.numerator, number.denominator), 3):f}"


CHECK = Check(
    code="PE606",
    name="unit-cost",
    scope=Scope.TABLE,
    kinds=frozenset({TableKind.PROJECT, TableKind.TRANSFER}),
    says=Wording(
        "PE606",
        "“{name}”计划 {budget} ÷ {target} 为 {planned} {unit}，实际 {executed} ÷ {actual} 为 {reported} {unit}，单位成本差异较大",
        "'{name}': planned {budget} ÷ {target} is {planned} {unit}, reported {executed} ÷ {actual} is {reported} {unit}",
    ),
    explained_by=Wording(
        "PE606-explained",
        "数量为整个政策（含其他资金）的完成数，金额仅为本项目资金",
        "the number is that of the whole programme, other money included; the amount is this project's alone",
    ),
    ask=Wording(
        "PE606-ask",
        "请说明完成数量与执行金额的对应范围",
        "please say which quantity the executed amount paid for",
    ),
    basis="合理性分析（无条文依据）：单位成本＝金额÷数量，计划与实际相差较大时，数量与金额的范围可能不同；提示标准为可调设置",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE412",),
    needs_whole=True,
    wrong=(
        changed(
            funding_0_executed="72.00",
            funding_1_executed="52.00",
            funding_0_rate="90.00%",
            funding_0_score="9.00",
            indicators_0_actual="228公里",
            indicators_0_deviation=None,
            goal_actual="养护道路里程228公里。",
            total_score="99.00",
        ),
    ),
    right=(CLEAN, changed(indicators_0_deviation="年内追加养护任务", indicators_0_actual="260公里")),
)
