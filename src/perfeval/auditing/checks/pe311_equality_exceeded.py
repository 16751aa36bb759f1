"""A target written with = that the actual passes.

What: the target has a printed =, is above 0, and the actual is above it; one line for each table. Books read = as "at
least" (full marks) or exactly; both are in use.

Basis: no rule: the public code of a platform marks such rows for a person to look at in two places.

Why: either the sign should be ≥, or more was done than was wanted.

False alarms: none known beyond the custom of writing = for ≥.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import actual_of, facts_of, target_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, Operator


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    cell = row.indicator.target
    if cell is None or not isinstance(cell.value, Comparison) or cell.value.operator is not Operator.EQUAL:
        return
    target, actual = target_of(row), actual_of(row)
    if target is None or actual is None or not 0 < target < actual:
        return
    yield Raised(
        spots=(row.spot("actual"), row.spot("target")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE311",
    name="equality-exceeded",
    scope=Scope.ROW,
    is_folded=True,
    follows=("PE301", "PE502"),
    says=Wording(
        "PE311",
        "指标值写“=”而实际完成值高于指标值，如“{name}”{target}，实际 {actual}",
        "targets are written with = and the actual is above, such as '{name}' {target}, actual {actual}",
    ),
    explained_by=Wording("PE311-explained", "“=”在本地按“≥”使用", "= is used for ≥ here"),
    ask=Wording(
        "PE311-ask", "请核对指标值的符号应为“=”还是“≥”", "please check whether the sign should be = or ≥"
    ),
    basis=(
        "合理性分析（无条文依据）：“=”按“至少”还是按“恰好等于”计分，各地做法不一；"
        "预算管理一体化平台（公开代码）在天津、河北对不相等的指标提请人工核对"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(changed(indicators_1_target="=90%", indicators_1_previous_year="89%"),),
    right=(CLEAN, changed(indicators_1_target="=97%", indicators_1_previous_year="96%")),
)
