"""A negative amount of money.

What: a budget below 0 (an error), or an executed amount below 0 (a question: a refund may exceed what was spent).
Adjustments are printed as the adjusted budget, not as a change, in every form that was read.

Basis: what an amount is; a row with a negative one is not scored (docs/semantics.md §4, negative-amount).

Why: no rate can be calculated, and sums of the unit are off.

False alarms: a form whose adjusted column holds the change and not the result; refunds of an earlier year.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._funds import COLUMNS, WORDS, amounts_of, cell_of, printed
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    amounts = amounts_of(table)
    for index, row in enumerate(table.evaluation.funding):
        below = [(column, cell_of(row, column)) for column in COLUMNS if (amounts[column][index] or 0) < 0]
        if not below:
            continue
        is_budget = any(column != "executed" for column, _ in below)
        yield Raised(
            spots=tuple(table.spot(f"funding[{index}].{column}") for column, _ in below),
            severity=Severity.ERROR if is_budget else Severity.WARNING,
            kind=FindingClass.ARITHMETIC if is_budget else FindingClass.QUESTION,
            facts={
                "label": row.label or "",
                "amounts": "，".join(f"{WORDS[column]} {printed(cell)}" for column, cell in below),
            },
        )


CHECK = Check(
    code="PE414",
    name="negative-amount",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording("PE414", "“{label}”金额为负：{amounts}", "'{label}' has a negative amount: {amounts}"),
    explained_by=Wording(
        "PE414-explained",
        "该列填的是调整额或退回资金",
        "the cell holds a change, or money that was paid back",
    ),
    ask=Wording("PE414-ask", "请核对金额或说明原因", "please check the amount, or give the reason"),
    basis="表内勾稽：预算数、执行数为金额，一般不为负；为负时执行率无法计算",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            funding_1_initial="100.00",
            funding_1_adjusted="100.00",
            funding_2_initial="-20.00",
            funding_2_adjusted="-20.00",
        ),
        changed(
            funding_1_executed="79.40",
            funding_2_executed="-1.00",
            funding_1_adjusted="80.00",
            funding_1_initial="80.00",
            funding_2_adjusted="0.00",
            funding_2_initial="0.00",
        ),
    ),
    right=(CLEAN, changed(funding_2_initial="0.00", funding_1_initial="80.00")),
)
