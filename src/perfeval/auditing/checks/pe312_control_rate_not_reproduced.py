"""A 成本控制率 or 支付率 that executed ÷ budget does not give.

What: a row named 成本控制率, 预算控制率, 支付率, 拨付率 or 预算执行率 reports a percentage above executed ÷ budget of the same
table. The rate has to be under ``low_execution`` (90 %) for the first four, whose definitions differ from place to place;
预算执行率 is defined and may differ by its last printed digit only: two places of the table disagree. A 资金节约率 above the
share of the budget that was not spent is a note: what a tender saved may have been spent on more work.

Basis: an identity of the form for 预算执行率; a question for the others, because 成本控制率 and the like are nowhere defined.

Why: "cost kept to 100 %" next to 44.44 % of the money spent is a number that the table does not explain.

False alarms: a rate defined as the share of cost items that stayed within their limits; a rate of what was due by
contract; a budget of which a part was taken back; a rate of one of several funds.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, has_any, percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, Quantity

_CONTROL = tuple("成本控制率 预算控制率 经费控制率 资金控制率 支付率 拨付率".split())
_EXECUTION = tuple("预算执行率 资金执行率".split())
_SAVED = tuple("资金节约率 预算节约率 经费节约率 资金结余率 预算结余率".split())
_NAMES = (*_CONTROL, *_EXECUTION, *_SAVED)
_OTHER_RATES = tuple("公用 三公 人员 采购 及时 按时 准确 到位 合规 社会化 项目支付".split())
"""Rates of something else than the money of this table."""

_UNSPENT = Wording(
    "PE312-saved",
    "“{name}”实际完成值 {actual}；预算数 {budget}、执行数 {executed}，未执行部分占 {rate}",
    "'{name}' is reported as {actual}; of the budget {budget}, {executed} was executed and {rate} was not",
)


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    if not has_any(row.name, _NAMES) or has_any(row.name, _OTHER_RATES):
        return
    rate, quantity = _rate(row), _percentage(row)
    if rate is None or quantity is None:
        return
    is_defined, is_saved = has_any(row.name, _EXECUTION), has_any(row.name, _SAVED)
    is_control = has_any(row.name, _CONTROL) and rate < Fraction(settings.low_execution)
    if not is_defined and not is_saved and not is_control:
        return
    rate = max(1 - rate, Fraction(0)) if is_saved else rate
    reported = Fraction(*quantity.pair) / 100
    digit = Fraction(10) ** quantity.exponent / 100
    if reported - rate < digit:
        return
    yield Raised(
        spots=(row.spot("actual"), row.table.spot("funding[0]")),
        severity=Severity.NOTE if is_saved else Severity.WARNING,
        kind=FindingClass.CONTRADICTION if is_defined else FindingClass.QUESTION,
        facts=facts_of(
            row,
            budget=row.table.card.execution.budget,
            executed=row.table.card.execution.executed,
            rate=percent(rate),
        ),
        wording=_UNSPENT if is_saved else None,
    )


def _rate(row: Row) -> Fraction | None:
    execution = row.table.card.execution
    if execution.budget is None or execution.executed is None or execution.budget <= 0:
        return None
    return Fraction(execution.executed) / Fraction(execution.budget)


def _percentage(row: Row) -> Quantity | None:
    """Give the actual where it is a plain percentage, or a bare number against one."""
    cell, compared = row.indicator.actual, row.compared
    if (
        cell is None
        or not isinstance(cell.value, Comparison)
        or compared is None
        or compared.reason is not None
    ):
        return None
    return cell.value.quantity if compared.unit.symbol == "%" else None


CHECK = Check(
    code="PE312",
    name="control-rate-not-reproduced",
    scope=Scope.ROW,
    follows=("PE401", "PE406", "PE412"),
    says=Wording(
        "PE312",
        "“{name}”实际完成值 {actual}；按执行数 {executed} ÷ 预算数 {budget} 为 {rate}",
        "'{name}' is reported as {actual}; executed {executed} ÷ budget {budget} gives {rate}",
    ),
    explained_by=Wording(
        "PE312-explained",
        "该指标另有定义，如按已结算部分或按未超支的成本项计算",
        "another definition, such as the settled part only, or the cost items that stayed within their limits",
    ),
    ask=Wording(
        "PE312-ask",
        "请说明该指标的计算公式和取数口径",
        "please give the formula and the figures that it was calculated from",
    ),
    basis="表内勾稽：预算执行率＝执行数÷预算数；成本控制率、支付率等未见统一定义，故只请说明口径",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            indicators_1_level3="项目成本控制率",
            indicators_1_target="=100%",
            indicators_1_actual="100%",
            indicators_1_previous_year="100%",
            indicators_2_deviation="招标结余，执行率偏低",
            funding_0_executed="68.00",
            funding_0_rate="85.00%",
            funding_0_score="8.50",
            funding_1_executed="48.00",
            funding_1_rate="—",
            total_score="98.50",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_level3="项目成本控制率",
            indicators_1_target="=100%",
            indicators_1_actual="100%",
            indicators_1_previous_year="100%",
        ),
    ),
)
