"""A figure in the reason for a deviation that differs from the row or the money that it names.

What: a number in the text stands right behind the name of an indicator of the table (差旅费8.93万元), or of the money
(执行率, 执行数, 预算数), in the same kind of unit. It is compared with the row's actual, target, last year's value and their
difference, and with the amounts of the table and their differences, rounded or cut to the digits of the text; only if none
fits it is raised. Within ``near`` (10 %) of the actual it is a warning, else a note. Clauses about a part, another year or
another time (其中, 上年, 月底, 预计, 剩余) are left out.

Basis: two places of one form that state one thing; found by reviewers. Text and table are filled from the same books.

Why: one of the two figures is not the one in the books.

False alarms: a figure of another stage of the same cost under the same words.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._figures import Figure, agrees, figures_in
from perfeval.auditing.checks._targets import core_of, facts_of, has_any
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TargetCell
from perfeval.values import DEFAULT_UNITS, Comparison, Quantity, Unit, squash

_OTHER = tuple(
    "其中 上年 去年 往年 下年 次年 明年 月底 月末 季度 上半年 下半年 预计 计划 剩余 尚余 未支付 每 各 增加 减少 节约 超出 超支 结余 累计".split()
)
"""Words of a clause whose figure is of a part, a difference or another time."""
_RATE = tuple("预算执行率 资金执行率 执行率 执行进度".split())
_EXECUTED = tuple("全年执行数 执行数 实际支出 支出合计 合计支出 总支出".split())
_BUDGET = tuple("全年预算数 预算数 预算资金 年度预算".split())
_FUNDING = Wording(
    "PE504-funding",
    "偏差原因写“{clause}”，资金表中为 {value}",
    "the reason says '{clause}', the money of the table has {value}",
)


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    for figure in figures_in(row.indicator.deviation or ""):
        if not has_any(figure.clause, _OTHER):
            yield from _against_rows(row, figure, settings)
            yield from _against_money(row, figure, settings)


def _against_rows(row: Row, figure: Figure, settings: AuditSettings) -> Iterator[Raised]:
    named = _named(row.table, figure)
    actual = None if named is None else _quantity(named.indicator.actual)
    if named is None or actual is None or actual.unit.dimension != figure.unit.dimension:
        return
    known = [*_values_of(named, figure.unit), *_amounts(row.table, figure.unit)]
    if any(agrees(figure.quantity, value, Fraction(settings.near)) for value in known):
        return
    value = Fraction(*actual.in_unit(figure.unit))
    yield Raised(
        spots=(row.spot("deviation"), named.spot("actual")),
        severity=_severity(figure, value, settings),
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(named, figure=figure.text, clause=figure.clause),
    )


def _named(table: Table, figure: Figure) -> Row | None:
    """Give the row whose name stands right before the figure; the longest name if several do."""
    before = core_of(figure.before)
    rows = [row for row in table.rows if len(core_of(row.name)) >= 2 and before.endswith(core_of(row.name))]
    return max(rows, key=lambda row: len(core_of(row.name)), default=None)


def _quantity(cell: TargetCell | None) -> Quantity | None:
    return cell.value.quantity if cell is not None and isinstance(cell.value, Comparison) else None


def _values_of(row: Row, unit: Unit) -> list[Fraction]:
    """Give target, actual and last year's value, and the differences between them, in a unit."""
    indicator = row.indicator
    cells = (indicator.actual, indicator.target, indicator.previous_year)
    quantities = [quantity for cell in cells if (quantity := _quantity(cell)) is not None]
    values = [
        Fraction(*quantity.in_unit(unit))
        for quantity in quantities
        if quantity.unit.dimension == unit.dimension
    ]
    return [*values, *(abs(one - other) for one, other in combinations(values, 2))]


def _against_money(row: Row, figure: Figure, settings: AuditSettings) -> Iterator[Raised]:
    execution = row.table.card.execution
    noun = squash(figure.before)
    value, printed = None, ""
    if (
        figure.unit.symbol == "%"
        and noun.endswith(_RATE)
        and execution.budget
        and execution.executed is not None
    ):
        value, printed = 100 * Fraction(execution.executed) / Fraction(execution.budget), execution.rate or ""
        known = [value]
    elif figure.unit.dimension == "money" and noun.endswith((*_EXECUTED, *_BUDGET)):
        amount = execution.executed if noun.endswith(_EXECUTED) else execution.budget
        value = _in_unit(row.table, amount, figure.unit)
        printed = f"{amount}{row.table.evaluation.amount_unit or ''}"
        known = _amounts(row.table, figure.unit)
    if value is None or any(agrees(figure.quantity, one, Fraction(settings.near)) for one in known):
        return
    if _named(row.table, figure) is not None:
        return
    yield Raised(
        spots=(row.spot("deviation"), row.table.spot("funding[0]")),
        severity=_severity(figure, value, settings),
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(row, figure=figure.text, clause=figure.clause, value=printed),
        wording=_FUNDING,
    )


def _amounts(table: Table, unit: Unit) -> list[Fraction]:
    """Give the amounts of the table, and budget less executed, in a unit of money; none for other units."""
    if unit.dimension != "money":
        return []
    execution = table.card.execution
    cells = [cell for row in table.evaluation.funding for cell in (row.initial, row.adjusted, row.executed)]
    numbers = [cell.value.number for cell in cells if cell is not None and isinstance(cell.value, Quantity)]
    found = [_in_unit(table, number, unit) for number in (*numbers, execution.budget, execution.executed)]
    values = sorted({value for value in found if value is not None})
    return [*values, *(abs(one - other) for one, other in combinations(values, 2))]


def _in_unit(table: Table, amount: Decimal | None, unit: Unit) -> Fraction | None:
    own = DEFAULT_UNITS.whole(squash(table.evaluation.amount_unit or ""))
    if amount is None or own is None or own.dimension != "money":
        return None
    return Fraction(*Quantity(amount, own).in_unit(unit))


def _severity(figure: Figure, value: Fraction, settings: AuditSettings) -> Severity:
    written = Fraction(*figure.quantity.pair)
    is_near = abs(written - value) <= Fraction(settings.near) * abs(value)
    return Severity.WARNING if is_near else Severity.NOTE


CHECK = Check(
    code="PE504",
    name="figure-in-reason",
    scope=Scope.ROW,
    says=Wording(
        "PE504",
        "偏差原因写“{clause}”，表中“{name}”实际完成值为 {actual}（指标值 {target}）",
        "the reason says '{clause}', the row '{name}' has the actual {actual} (target {target})",
    ),
    explained_by=Wording(
        "PE504-explained",
        "两处统计时点或范围不同",
        "figures of another date or scope",
    ),
    ask=Wording(
        "PE504-ask",
        "请按账面数核对并统一两处数字",
        "please check both against the books and make them one",
    ),
    basis="表内勾稽：偏差原因中的数字应与同一张表中同名指标或资金的数字一致",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用，养护合格率只有75%",
            total_score="95.80",
        ),
        changed(indicators_2_deviation="招标结余，全年执行数77.40万元"),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用，养护合格率只有76%，上年养护合格率95%",
            total_score="95.80",
        ),
        changed(indicators_2_deviation="招标结余1.6万元，执行率98%"),
    ),
)
