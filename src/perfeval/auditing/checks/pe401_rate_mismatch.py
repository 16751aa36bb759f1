"""A printed execution rate that is not 执行数 ÷ 预算数.

What: each row of money with a rate, a budget above 0 and an executed amount. The rate is read as a percentage, and
without % also as a ratio (1 is 100 %); it may be rounded or cut to its own digits, the amounts may have been rounded to
theirs, and a rate above 100 % may be printed as 100 %. A rate that is 执行数 ÷ 年初预算数 is a question of the base.

Basis: an identity of the form, which prints 执行率 = 全年执行数 ÷ 全年预算数 (B/A).

Why: points are given for this rate.

False alarms: a base that is neither printed column (carry-over in or out, 可执行数); a rate of payments against
invoices.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    WORDS,
    Side,
    budget_column,
    cell_of,
    printed,
    total_row,
)
from perfeval.auditing.checks._shares import Share, share_of
from perfeval.auditing.checks._targets import percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import Funding
from perfeval.values import Comparison, Quantity, parse_target

_OTHER_BASE = Wording(
    "PE401-initial",
    "“{label}”执行率表中为 {reported}，等于全年执行数 {executed} ÷ 年初预算数 {initial}；按{column} {budget} 计算为 {rate}",
    "'{label}': the printed rate {reported} is {executed} ÷ the initial budget {initial}; of {column} {budget} it is {rate}",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    column, total = budget_column(table), total_row(table)
    for index, row in enumerate(table.evaluation.funding):
        rate = _rate(row.rate) if row.rate else None
        share = None if rate is None else share_of(table, index, column)
        if rate is None or share is None or _fits(rate, share):
            continue
        initial = share_of(table, index, "initial")
        by_initial = initial is not None and _fits(rate, initial)
        is_sure = index == total and not by_initial
        path = f"funding[{index}]"
        yield Raised(
            spots=tuple(table.spot(f"{path}.{name}") for name in ("rate", column, "executed")),
            severity=Severity.ERROR if is_sure else Severity.WARNING,
            kind=FindingClass.QUESTION if by_initial else FindingClass.ARITHMETIC,
            facts=_facts(row, column, share),
            wording=_OTHER_BASE if by_initial else None,
        )


def _facts(row: Funding, column: Side, share: Share) -> dict[str, object]:
    return {
        "label": row.label or "",
        "reported": (row.rate or "").strip(),
        "column": WORDS[column],
        "budget": printed(cell_of(row, column)),
        "initial": printed(row.initial),
        "executed": printed(row.executed),
        "rate": percent(share.exact),
    }


def _rate(text: str | None) -> Quantity | None:
    value = parse_target(text or "")
    if not isinstance(value, Comparison) or value.quantity.approximate:
        return None
    return value.quantity if value.quantity.unit.is_percent or value.quantity.unit.is_absent else None


def _fits(rate: Quantity, share: Share) -> bool:
    step = Fraction(10) ** rate.exponent
    written = Fraction(*rate.pair)
    if not rate.unit.is_absent:
        scale = Fraction(rate.unit.numerator, rate.unit.denominator)
        return _reaches(written * scale, step * scale, share)
    # 98.00 is a percentage; 0.98, or 1 for all of it, may be the ratio itself.
    is_ratio = rate.exponent < 0 or written == 1
    as_ratio = is_ratio and _reaches(written, min(step, Fraction(1, 100)), share)
    return as_ratio or _reaches(written / 100, step / 100, share)


def _reaches(written: Fraction, step: Fraction, share: Share) -> bool:
    """Rounded (half a digit either way, from amounts that may be rounded too), or cut."""
    if 2 * abs(written - share.exact) <= step or written <= share.exact < written + step:
        return True
    if written == 1 and share.high >= 1:  # printed as at most 100 %
        return True
    return written - step / 2 <= share.high and share.low <= written + step / 2


CHECK = Check(
    code="PE401",
    name="rate-mismatch",
    scope=Scope.TABLE,
    says=Wording(
        "PE401",
        "“{label}”执行率表中为 {reported}，全年执行数 {executed} ÷ {column} {budget} = {rate}",
        "'{label}': the printed rate is {reported}; executed {executed} ÷ {column} {budget} = {rate}",
    ),
    explained_by=Wording(
        "PE401-explained",
        "执行率采用了表中未列出的预算口径（如含结转资金）",
        "the rate uses a budget that the table does not show (carry-over included, for instance)",
    ),
    ask=Wording(
        "PE401-ask",
        "请核对执行率，或说明计算口径",
        "please check the rate, or say on what budget it is calculated",
    ),
    basis="表内勾稽：执行率＝全年执行数÷全年预算数（自评表表样“执行率（B/A）”栏）",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE406", "PE412"),
    wrong=(
        changed(funding_0_rate="97.00%"),
        changed(funding_0_rate="98.02%"),
        changed(funding_0_rate="0.97"),
    ),
    right=(
        CLEAN,
        changed(funding_0_rate="98%"),
        changed(funding_0_rate="0.98"),
        changed(funding_0_rate="98.0"),
        changed(funding_0_rate="—"),
    ),
)
