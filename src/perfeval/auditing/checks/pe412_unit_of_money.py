"""One amount in 元 among amounts in 万元, or the reverse.

What: (1) the parts of a column do not add up to its total, but do if one amount, or all the parts together, is
taken 10 000 times smaller or larger; (2) in the total row 执行数 ÷ 预算数 is ten-thousandfold (from 0.1 to 1, or just above,
of 10 000), or the other way and the printed rate agrees; (3) 年初 and 全年 are 10 000 apart.

Basis: an identity of the form: the parts and their total are in one unit; published forms are in 元 or in 万元.

Why: rate, score and every sum of the unit are then wrong by four digits.

False alarms: (2) without a printed rate, a project that spent a ten-thousandth of its budget.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    COLUMNS,
    WORDS,
    Side,
    amounts_of,
    budget_column,
    cell_of,
    digit_of,
    direct_parts,
    part_readings,
    printed,
    summed_columns,
    tail_of,
    total_row,
    unit_of_money,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import Funding
from perfeval.values import Comparison, parse_target

_TIMES = 10_000
_ACROSS = Wording(
    "PE412-across",
    "“{label}”{first_column} {first} 与{second_column} {second} 相差约一万倍，请核对金额单位是否一致",
    "'{label}': {first_column} {first} and {second_column} {second} are about 10 000 apart; are both in one unit?",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = total_row(table)
    if total is None:
        return
    found = [raised for column in COLUMNS for raised in _in_column(table, total, column)]
    yield from found
    if not found:
        yield from _across(table, total)


def _in_column(table: Table, total: int, column: Side) -> Iterator[Raised]:
    """Find the amount that makes the sum right once its unit is changed."""
    unit, rows = unit_of_money(table), table.evaluation.funding
    amounts, parts = amounts_of(table)[column], direct_parts(table)
    if not parts or amounts[total] is None or column in summed_columns(table):
        return
    tail = tail_of(digit_of(cell_of(rows[row], column), unit) for row in (total, *parts))
    if _adds_up(table, total, amounts, tail):
        return
    for index in (*parts, total):
        for factor in (Fraction(1, _TIMES), Fraction(_TIMES)):
            changed_one = list(amounts)
            value = amounts[index]
            # What vanishes beside the rounding of the others would make any sum right.
            if not value or abs(value * factor) <= 2 * tail:
                continue
            changed_one[index] = value * factor
            if _adds_up(table, total, changed_one, tail):
                yield _raised(table, column, index, total)
                return


def _adds_up(table: Table, total: int, amounts: Sequence[Fraction | None], tail: Fraction) -> bool:
    whole = amounts[total] or Fraction(0)
    return any(
        abs(sum((amounts[row] or Fraction(0) for row in reading), Fraction(0)) - whole) <= tail
        for reading in part_readings(table, total, amounts)
    )


def _raised(table: Table, column: Side, index: int, total: int) -> Raised:
    rows = table.evaluation.funding
    return Raised(
        spots=(table.spot(f"funding[{index}].{column}"), table.spot(f"funding[{total}].{column}")),
        severity=Severity.ERROR,
        kind=FindingClass.CONTRADICTION,
        facts={
            "label": rows[index].label or "",
            "column": WORDS[column],
            "amount": printed(cell_of(rows[index], column)),
            "unit": table.evaluation.amount_unit or "",
        },
    )


def _across(table: Table, total: int) -> Iterator[Raised]:
    row, amounts, budget_side = table.evaluation.funding[total], amounts_of(table), budget_column(table)
    initial, budget, executed = (amounts[side][total] for side in ("initial", budget_side, "executed"))
    if budget and executed and budget > 0 and executed > 0:
        share = executed / budget
        is_clear = Fraction(1, 10) <= share / _TIMES <= Fraction(11, 10)
        is_told = _rate_says(row, share * _TIMES)
        if is_clear or is_told:
            is_sure = is_told or _rate_says(row, share / _TIMES)
            yield _pair(table, total, (budget_side, "executed"), is_sure=is_sure)
    if initial and budget and budget_side != "initial" and initial > 0 and budget > 0:
        times = max(initial / budget, budget / initial)
        if abs(times - _TIMES) * 100 <= _TIMES:
            yield _pair(table, total, ("initial", budget_side), is_sure=False)


def _rate_says(row: Funding, share: Fraction) -> bool:
    """Say whether the printed rate is the one that a changed unit gives (within a percentage point)."""
    value = parse_target(row.rate or "")
    if not isinstance(value, Comparison) or not value.quantity.unit.is_percent or value.quantity.number <= 0:
        return False
    quantity = value.quantity
    written = Fraction(*quantity.pair) * Fraction(quantity.unit.numerator, quantity.unit.denominator)
    return abs(written - share) <= Fraction(1, 100)


def _pair(table: Table, total: int, sides: tuple[Side, Side], *, is_sure: bool) -> Raised:
    row = table.evaluation.funding[total]
    first, second = sides
    return Raised(
        spots=tuple(table.spot(f"funding[{total}].{side}") for side in (second, first)),
        severity=Severity.ERROR if is_sure else Severity.WARNING,
        kind=FindingClass.CONTRADICTION if is_sure else FindingClass.QUESTION,
        facts={
            "label": row.label or "",
            "first_column": WORDS[first],
            "first": printed(cell_of(row, first)),
            "second_column": WORDS[second],
            "second": printed(cell_of(row, second)),
        },
        wording=_ACROSS,
    )


CHECK = Check(
    code="PE412",
    name="unit-of-money",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE412",
        "“{label}”{column}为 {amount}（表头单位：{unit}），按相差一万倍的单位换算后，各项之和才与合计一致，请核对金额单位",
        "'{label}', {column}: {amount} (heading: {unit}); the parts add up only if it is taken in a unit 10 000 apart",
    ),
    explained_by=Wording(
        "PE412-explained", "该金额以元（或万元）填列", "the amount was filled in in 元 (or 万元)"
    ),
    ask=Wording("PE412-ask", "请统一金额单位并更正", "please use one unit of money, and correct the amount"),
    basis="表内勾稽：同一张表的金额单位一致，各项之和等于合计（自评表表样：上海以元、多地以万元为单位）",
    status=BasisStatus.VERIFIED,
    run=_run,
    wrong=(
        changed(funding_2_executed="200000.00"),
        changed(
            funding_0_executed="784000.00", funding_1_executed="584000.00", funding_2_executed="200000.00"
        ),
    ),
    right=(CLEAN,),
)
