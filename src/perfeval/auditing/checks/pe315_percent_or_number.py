"""A percentage against a bare number of which nobody can say whether it is a percentage.

What: one side is in %, the other is a bare number under 2 while the percentage is not (0.97 against 95 %). 97 against 95 %
is read as 97 %, 0 is 0, and neither is remarked on (docs/semantics.md §2).

Basis: what the row itself needs, as for PE314.

Why: read as 0.97 % the target is missed by far, read as a share it is met.

False alarms: none known; either reading leaves the cell to be corrected.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Reason
from perfeval.values import Comparison, Target


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    compared, target, actual = row.compared, row.indicator.target, row.indicator.actual
    if compared is None or compared.reason is not Reason.UNIT_AMBIGUOUS or target is None or actual is None:
        return
    if not (_is_percentage(target.value) or _is_percentage(actual.value)):
        return
    yield Raised(
        spots=(row.spot("actual"), row.spot("target")),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


def _is_percentage(value: Target) -> bool:
    return isinstance(value, Comparison) and value.quantity.unit.is_percent


CHECK = Check(
    code="PE315",
    name="percent-or-number",
    scope=Scope.ROW,
    says=Wording(
        "PE315",
        "“{name}”指标值 {target}，实际完成值 {actual}：一处为百分比，另一处未写单位，无法确定是否为百分比",
        "'{name}': target {target}, actual {actual}: one is a percentage, the other has no unit and may or may not be one",
    ),
    explained_by=Wording(
        "PE315-explained",
        "小数形式的百分比（如 0.97 即 97%）",
        "a percentage written as a share (0.97 for 97 %)",
    ),
    ask=Wording("PE315-ask", "请按百分比填写，并写明“%”", "please write it as a percentage, with its sign"),
    basis="表内勾稽：指标值与实际完成值的计量单位一致，才能比较和计分",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(changed(indicators_1_actual="0.97"),),
    right=(CLEAN, changed(indicators_1_actual="97")),
)
