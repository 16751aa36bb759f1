"""A total of money that its parts do not add up to.

What: for 年初, 全年 and 执行 each, the total row against the rows below it. Every accepted way to tell the parts is
tried: the direct ones (a 其中 inside a 其中, or 一般公共预算 under 财政拨款, is not added twice), all rows, numbered rows,
rows that are the sum of what follows them. A difference that rounding of the printed digits explains is a note; with
blank parts it is a question; a single part is only compared where it is above the total.

Basis: an identity of the form: total = Σ sources.

Why: the total is what the rate and its points are calculated from.

False alarms: a form that lists some sources only and does not say so.
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
    as_decimal,
    cell_of,
    digit_of,
    direct_parts,
    is_blank,
    part_readings,
    plainly,
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

_TAIL = Wording(
    "PE405-tail",
    "“{label}”{column}为 {total}，各项之和为 {sum}（{parts}），相差 {difference}，属尾差",
    "'{label}', {column}: {total}; its parts add up to {sum} ({parts}); the difference {difference} is one of rounding",
)
_BLANKS = Wording(
    "PE405-blank",
    "“{label}”{column}为 {total}，已填各项之和为 {sum}（{parts}），相差 {difference}，另有来源未填",
    "'{label}', {column}: {total}; the parts that are filled in add up to {sum} ({parts}), {difference} apart; others are blank",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = total_row(table)
    if total is None or len(table.evaluation.funding) < 2:
        return
    for column in COLUMNS:
        if column not in summed_columns(table):
            yield from _column(table, total, column)


def _column(table: Table, total: int, column: Side) -> Iterator[Raised]:
    unit = unit_of_money(table)
    cells = [cell_of(row, column) for row in table.evaluation.funding]
    amounts, parts = amounts_of(table)[column], direct_parts(table)
    whole = amounts[total]
    unreadable = any(amounts[part] is None and not is_blank(cells[part]) for part in parts)
    known = [amounts[part] for part in parts if amounts[part] is not None]
    if whole is None or not known or unreadable or _is_for_pe406(whole, known, parts):
        return
    found = _sum(amounts, parts)
    adds_up = any(_sum(amounts, reading) == whole for reading in part_readings(table, total, amounts))
    if adds_up or (len(parts) == 1 and found <= whole):
        return
    is_tail = abs(found - whole) <= tail_of(digit_of(cells[row], unit) for row in (total, *parts))
    has_blanks = len(known) < len(parts) and found < whole
    yield Raised(
        spots=tuple(table.spot(f"funding[{row}].{column}") for row in (total, *parts)),
        severity=Severity.NOTE if is_tail else Severity.WARNING if has_blanks else Severity.ERROR,
        kind=FindingClass.QUESTION if is_tail or has_blanks else FindingClass.ARITHMETIC,
        facts={
            "label": table.evaluation.funding[total].label or "",
            "column": WORDS[column],
            "total": printed(cells[total]),
            "sum": plainly(found),
            "parts": " + ".join(printed(cells[part]) for part in parts if amounts[part] is not None),
            "difference": plainly(abs(found - whole)),
        },
        amount=as_decimal(found - whole),
        wording=_TAIL if is_tail else _BLANKS if has_blanks else None,
    )


def _sum(amounts: Sequence[Fraction | None], rows: Sequence[int]) -> Fraction:
    return sum((amounts[row] or Fraction(0) for row in rows), Fraction(0))


def _is_for_pe406(whole: Fraction, known: Sequence[Fraction | None], parts: Sequence[int]) -> bool:
    """A total of 0 over parts, or parts of 0 below a total, is another finding."""
    is_nothing = all(amount == 0 for amount in known)
    return (whole == 0 and not is_nothing) or (whole != 0 and is_nothing and len(known) == len(parts))


CHECK = Check(
    code="PE405",
    name="funding-parts",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE405",
        "“{label}”{column}为 {total}，各项之和为 {sum}（{parts}），相差 {difference}",
        "'{label}', {column}: {total}; its parts add up to {sum} ({parts}), {difference} apart",
    ),
    explained_by=Wording(
        "PE405-explained",
        "表中未列全资金来源，或某项已包含在另一项之内",
        "the table does not list every source, or one row is included in another",
    ),
    ask=Wording(
        "PE405-ask",
        "请核对资金总额与各来源金额，更正其一",
        "please check the total and its sources, and correct what is wrong",
    ),
    basis="表内勾稽：年度资金总额等于各资金来源之和（自评表表样：上海、安徽）",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE412",),
    needs_whole=True,
    wrong=(
        changed(funding_2_executed="18.00"),
        changed(funding_1_initial="65.00"),
        changed(funding_2_adjusted="20.01"),
    ),
    right=(CLEAN, changed(funding_1_label="其中：财政拨款", funding_2_label="单位资金")),
)
