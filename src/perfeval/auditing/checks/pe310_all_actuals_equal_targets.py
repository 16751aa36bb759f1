"""Every actual of a table equals its target.

What: of all rows outside 满意度 whose target and actual are numbers on one scale, none is above or below its target, and at
least ``equal_rows`` (3) of them have a target that could have been passed (not 100 % and not 0); one line for each table.

Basis: plausibility, no rule: complaints in the field about actuals copied from targets.

Why: results that land exactly on plan everywhere are as a rule not measured.

False alarms: small projects that buy and pay exactly what was ordered; targets adjusted to the contract within the year.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import actual_of, facts_of, is_satisfaction, target_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(table: Table, settings: AuditSettings) -> Iterator[Raised]:
    rows = [row for row in table.rows if target_of(row) is not None and not is_satisfaction(row)]
    if any(actual_of(row) != target_of(row) for row in rows):
        return
    free = [row for row in rows if not _is_at_an_end(row)]
    if len(free) < settings.equal_rows:
        return
    yield Raised(
        spots=(table.spot(), *(row.spot("actual") for row in free[:3])),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(free[0], rows=len(rows)),
    )


def _is_at_an_end(row: Row) -> bool:
    """Say whether the target is 0 or 100 %, which many can only just reach."""
    compared, target = row.compared, target_of(row)
    if compared is None or target is None:
        return True
    return target == 0 or (
        compared.unit.is_percent and target * compared.unit.numerator >= compared.unit.denominator
    )


CHECK = Check(
    code="PE310",
    name="all-actuals-equal-targets",
    scope=Scope.TABLE,
    is_folded=True,
    needs_whole=True,
    says=Wording(
        "PE310",
        "满意度以外的 {rows} 个定量指标实际完成值全部等于指标值，如“{name}”{target}",
        "all {rows} numeric indicators outside satisfaction have actuals equal to their targets, such as '{name}' {target}",
    ),
    explained_by=Wording(
        "PE310-explained",
        "采购或合同数量固定，或年中已按实际调整指标值",
        "fixed quantities of a contract, or targets adjusted within the year",
    ),
    ask=Wording(
        "PE310-ask",
        "请提供实际完成值的统计依据",
        "please give the records that the actuals were taken from",
    ),
    basis="合理性分析（无条文依据）：各项实际完成值与指标值全部相等较少见，宜有统计依据",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_0_actual="120公里",
            indicators_1_actual="95%",
            indicators_2_actual="0.65万元/公里",
            goal_actual="养护道路里程120公里。",
        ),
    ),
    right=(CLEAN, changed(indicators_1_actual="95%")),
)
