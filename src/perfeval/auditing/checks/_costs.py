"""Rows of cost in money: which of them restate the budget, and their sums."""

from __future__ import annotations

__all__ = ["Costs", "costs_of"]

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.auditing.checks._funds import unit_of_money
from perfeval.auditing.checks._targets import has_any
from perfeval.auditing.subject import Row, Table, once
from perfeval.rules import Kind
from perfeval.values import Comparison, Operator, Quantity, Unit

_NOT_SPENT = tuple("节约 节省 节支 降低 减少 下降 压减 结余 收入 收益 产值 增收 损失".split())
"""Money that is not spent by the project."""

_UNIT_COSTS = tuple("每 单位 单项 单价 单个 人均 户均 亩均 平均 标准 均价".split())
"""Costs of one thing, of which a sum says nothing."""


@attrs.frozen
class Costs:
    """The ceilings and what was spent under them, in the unit of the table's money.

    ``is_all`` says that no row of cost was left out (unit costs, words, other units that are money).
    ``slack`` is how far rounding of the printed digits can move the two sums.
    """

    rows: tuple[Row, ...]
    ceilings: tuple[Fraction, ...]
    actuals: tuple[Fraction | None, ...]
    ceiling_slack: Fraction
    actual_slack: Fraction
    is_all: bool

    @property
    def ceiling(self) -> Fraction:
        """The sum of the ceilings."""
        return sum(self.ceilings, Fraction(0))

    def matches(self, budget: Fraction) -> bool:
        """Say whether the ceilings add up to the budget, within the digits printed."""
        return abs(self.ceiling - budget) <= self.ceiling_slack

    @property
    def actual(self) -> Fraction | None:
        """The sum of the actuals; None where one of them is no number."""
        known = [actual for actual in self.actuals if actual is not None]
        return sum(known, Fraction(0)) if len(known) == len(self.actuals) else None


@once
def costs_of(table: Table) -> Costs | None:
    """Give the ceilings in money of a table; None where there are none, or no unit to add them in."""
    cost_rows = [row for row in table.rows if row.is_cost]
    rows = [row for row in cost_rows if _is_ceiling(row)]
    unit = unit_of_money(table)
    if not rows or unit.is_absent:
        return None
    targets = [_quantity(row, "target") for row in rows]
    actuals = [_actual(row) for row in rows]
    return Costs(
        rows=tuple(rows),
        ceilings=tuple(Fraction(*target.in_unit(unit)) for target in targets if target is not None),
        actuals=tuple(None if actual is None else Fraction(*actual.in_unit(unit)) for actual in actuals),
        ceiling_slack=_slack(targets, unit),
        actual_slack=_slack(actuals, unit),
        is_all=all(row in rows or not _may_be_money(row) for row in cost_rows),
    )


def _is_ceiling(row: Row) -> bool:
    target = _quantity(row, "target")
    cell = row.indicator.target
    is_floor = (
        cell is not None
        and isinstance(cell.value, Comparison)
        and cell.value.operator in (Operator.AT_LEAST, Operator.MORE_THAN)
    )
    return (
        target is not None
        and target.unit.dimension == "money"
        and not is_floor
        and not has_any(row.name, _NOT_SPENT)
    ) and not has_any(row.name, _UNIT_COSTS)


def _may_be_money(row: Row) -> bool:
    """Say whether a row of cost that was left out may hold money that the sum lacks: all but rates and savings."""
    target = _quantity(row, "target")
    is_rate = target is not None and (target.unit.is_percent or target.unit.dimension.startswith("count:"))
    return not is_rate and not has_any(row.name, _NOT_SPENT)


def _quantity(row: Row, side: str) -> Quantity | None:
    cell = row.indicator.target if side == "target" else row.indicator.actual
    return cell.value.quantity if cell is not None and isinstance(cell.value, Comparison) else None


def _actual(row: Row) -> Quantity | None:
    """Give the actual with the unit that it was compared in (90 against ≤90万元 is 90万元)."""
    compared = row.compared
    if compared is None or compared.reason is not None or compared.kind is Kind.RANGE:
        return None
    return compared.actual


def _slack(quantities: Sequence[Quantity | None], unit: Unit) -> Fraction:
    """Half a unit of the last digit of each number."""
    return sum((_digit(quantity, unit) / 2 for quantity in quantities if quantity is not None), Fraction(0))


def _digit(quantity: Quantity, unit: Unit) -> Fraction:
    return Fraction(*Quantity(Decimal(1).scaleb(quantity.exponent), quantity.unit).in_unit(unit))
