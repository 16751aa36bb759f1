"""A row with a weight of 0 or below.

What: the weight is negative (error) or 0 (a question) in a row that says something. A row whose cells are all blank or
0 is an unused line of the form and is left alone.

Basis: what a weight is; the public code of one platform asks for more than 0, and can be told not to.

Why: a row without points measures nothing, and one with negative points takes away.

False alarms: rows kept for the record and deliberately not scored.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table.cells import TargetCell
from perfeval.values import Comparison, Missing, parse_number


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    cell = row.indicator.weight
    weight = parse_number(cell.text) if cell is not None and row.weight is None else row.weight
    if not isinstance(weight, Decimal) or weight > 0 or (weight == 0 and _is_unused(row)):
        return
    yield Raised(
        spots=(row.spot("weight"),),
        severity=Severity.ERROR if weight < 0 else Severity.WARNING,
        kind=FindingClass.ARITHMETIC if weight < 0 else FindingClass.QUESTION,
        facts=facts_of(row),
    )


def _is_unused(row: Row) -> bool:
    return row.name in ("", "0") or _is_empty(row.indicator.target)


def _is_empty(cell: TargetCell | None) -> bool:
    if cell is None or isinstance(cell.value, Missing):
        return True
    return (
        isinstance(cell.value, Comparison) and cell.value.quantity.number == 0 and cell.value.operator is None
    )


CHECK = Check(
    code="PE208",
    name="weight-not-positive",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE208", "“{name}”分值为 {weight}，一般应大于 0", "'{name}': the weight is {weight}, and should as a rule be above 0"
    ),
    explained_by=Wording(
        "PE208-explained", "该指标只作记录，不参与评分", "the row is kept for the record and not scored"
    ),
    ask=Wording("PE208-ask", "请核对该指标的分值", "please check the weight of the row"),
    basis="表内勾稽：分值为该指标在总分中所占的分数，一般大于0；预算管理一体化平台（公开代码）亦作此校验，可以关闭",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            indicators_3_weight="0",
            indicators_3_score="0",
            indicators_0_weight="40",
            indicators_0_score="40",
        ),
        changed(indicators_3_weight="-5", indicators_3_score="0", total_score="79.80"),
    ),
    right=(CLEAN, changed(indicators_3_weight="", indicators_3_score="", indicators_0_weight="40",
                          indicators_0_score="40")),
)  # fmt: skip
