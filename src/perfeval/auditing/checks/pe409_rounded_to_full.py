"""A rate printed as 100 %, or full points, although not everything was spent.

What: the total row's executed amount is below its budget, and rounding makes the printed rate 100 % or the printed score
the full weight. Both are right as they stand; off unless selected.

Basis: an identity of the form; seen in a published table (Xinjiang, 2024).

Why: a reader who sees 100 % takes it that nothing is left.

False alarms: none as a statement; it accuses of nothing.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    WORDS,
    as_decimal,
    budget_column,
    cell_of,
    plainly,
    printed,
    total_row,
)
from perfeval.auditing.checks._shares import share_of_total
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, parse_target

_NEARLY = Fraction(9999, 10_000)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    index, share = total_row(table), share_of_total(table)
    if index is None or share is None or not _NEARLY <= share.exact < 1:
        return
    row, column, scored = table.evaluation.funding[index], budget_column(table), table.card.execution
    is_full = scored.reported_score is not None and scored.reported_score == scored.weight
    if not is_full and not _is_hundred(row.rate):
        return
    yield Raised(
        spots=(table.spot(f"funding[{index}].rate"), table.spot(f"funding[{index}].executed")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "label": row.label or "",
            "column": WORDS[column],
            "budget": printed(cell_of(row, column)),
            "executed": printed(row.executed),
            "reported": (row.rate or "").strip() or scored.reported_score,
            "difference": plainly(share.budget - share.executed),
        },
        amount=as_decimal(share.budget - share.executed),
    )


def _is_hundred(text: str | None) -> bool:
    value = parse_target(text or "")
    return isinstance(value, Comparison) and value.quantity.unit.is_percent and value.quantity.number == 100


CHECK = Check(
    code="PE409",
    name="rounded-to-full",
    scope=Scope.TABLE,
    says=Wording(
        "PE409",
        "“{label}”{column} {budget}，全年执行数 {executed}，尚有 {difference} 未执行，四舍五入后显示为 {reported}",
        "'{label}': {executed} of {column} {budget} is executed, {difference} is left; rounding shows {reported}",
    ),
    explained_by=Wording(
        "PE409-explained", "保留两位小数所致，计算无误", "two decimals are kept; the calculation is right"
    ),
    ask=Wording("PE409-ask", "无需更正，供阅读时参考", "nothing to correct; for the reader's information"),
    basis="表内勾稽：执行率＝全年执行数÷全年预算数（自评表表样：新疆，2024年度），四舍五入后可显示为100%",
    status=BasisStatus.VERIFIED,
    run=_run,
    is_optional=True,
    wrong=(
        changed(
            funding_0_executed="79.9999",
            funding_1_executed="59.9999",
            funding_0_rate="100.00%",
            funding_0_score="10.00",
            total_score="100.00",
        ),
    ),
    right=(CLEAN,),
)
