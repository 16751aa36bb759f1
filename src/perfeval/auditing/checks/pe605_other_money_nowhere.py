"""Other money of the unit that is in none of its projects.

What: the whole-unit table prints 其他资金 above 0 (adjusted or executed); every project table has a row for it, and in
each it is a written 0.

Basis: plausibility, no rule: seen in a published filing.

Why: where that money went cannot be seen from the tables.

False alarms: other money spent on wages and running costs, which no project table shows: common, hence a note.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    Side,
    amount_in,
    as_decimal,
    cell_of,
    plainly,
    total_row,
    unit_of_money,
)
from perfeval.auditing.examples import CLEAN, changed, unit_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash

_SIDES: tuple[Side, ...] = ("adjusted", "executed")


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    whole = unit.whole
    if whole is None or not unit.projects:
        return
    amounts = {side: _other(whole, side) for side in _SIDES}
    if not any(amounts.values()):
        return
    in_projects = [_other(table, side) for table in unit.projects for side in _SIDES]
    if any(amount != 0 for amount in in_projects):  # some money, or a table that does not say
        return
    rows = _rows(whole)
    yield Raised(
        spots=(
            *(whole.spot(f"funding[{index}].executed") for index in rows),
            *(table.spot(f"funding[{index}].executed") for table in unit.projects for index in _rows(table)),
        ),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "adjusted": _shown(amounts["adjusted"]),
            "executed": _shown(amounts["executed"]),
            "unit": whole.evaluation.amount_unit or "",
            "count": len(unit.projects),
        },
        amount=as_decimal(amounts["executed"] or amounts["adjusted"] or Fraction(0)),
    )


def _rows(table: Table) -> tuple[int, ...]:
    total = total_row(table)
    rows = enumerate(table.evaluation.funding)
    return tuple(index for index, row in rows if index != total and "其他" in squash(row.label or ""))


def _other(table: Table, side: Side) -> Fraction | None:
    """Give the other money of a column; None where no row, or a blank one, says how much it is."""
    unit = unit_of_money(table)
    cells = [cell_of(table.evaluation.funding[index], side) for index in _rows(table)]
    known = [amount for cell in cells if (amount := amount_in(cell, unit)) is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(cells) else None


def _shown(amount: Fraction | None) -> str:
    return "—" if amount is None else plainly(amount)


CHECK = Check(
    code="PE605",
    name="other-money-nowhere",
    scope=Scope.UNIT,
    says=Wording(
        "PE605",
        "整体支出表其他资金全年预算 {adjusted}、执行 {executed}（{unit}），{count} 个项目表的其他资金均为 0",
        "the unit has other money of {adjusted}, {executed} executed ({unit}); in each of its {count} projects it is 0",
    ),
    explained_by=Wording(
        "PE605-explained",
        "其他资金用于基本支出，或用于未列项目表的支出",
        "other money pays running costs, or what has no project table",
    ),
    ask=Wording("PE605-ask", "请说明其他资金的用途", "please say what the other money was spent on"),
    basis="合理性分析（无条文依据）：整体支出表的其他资金在项目表中没有对应金额",
    status=BasisStatus.BACKGROUND,
    run=_run,
    needs_whole=True,
    wrong=(
        unit_of(),
        changed(
            funding_1_initial="80.00",
            funding_1_adjusted="80.00",
            funding_1_executed="78.40",
            funding_2_initial="0.00",
            funding_2_adjusted="0.00",
            funding_2_executed="0.00",
        ),
    ),
    right=(unit_of(), CLEAN),
)
