"""A target that asks for less than was reached the year before.

What: target and 上年完成值 are put on one scale. For a target to be reached, target ÷ last year is at or under the mark
``below_previous`` (0.9); for a ceiling, last year ÷ target is. Under 1 ÷ ``far_exceeded`` (a half) it is a warning, else
a note. 新增 and words are skipped, so are rates of change, numbers that demand decides, and ceilings of money in sum,
which follow the year's budget.

Basis: plausibility, no rule: the forms print 上年完成值 for this comparison. The mark is a setting.

Why: a target under last year's result is met by doing less.

False alarms: a smaller programme or budget this year; a last year that was an exception.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, is_demand_driven, is_growth, percent, text_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import Kind
from perfeval.scoring.choice import direction
from perfeval.scoring.compare import Compared, compare
from perfeval.values import Comparison


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    compared = _against_previous(row)
    if compared is None or compared.reason is not None or "target" not in compared.inputs:
        return
    target, previous = Fraction(*compared.inputs["target"]), Fraction(*compared.inputs["actual"])
    if target <= 0 or previous <= 0 or is_growth(row) or is_demand_driven(row, compared.unit):
        return
    is_ceiling = compared.kind is Kind.AT_MOST
    if is_ceiling and compared.unit.dimension == "money":
        return
    share = previous / target if is_ceiling else target / previous
    if share > Fraction(settings.below_previous):
        return
    yield Raised(
        spots=(row.spot("target"), row.spot("previous_year")),
        severity=Severity.WARNING if share <= 1 / Fraction(settings.far_exceeded) else Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, previous=text_of(row.indicator.previous_year), rate=percent(target / previous)),
        rests_on_rule=True,
    )


def _against_previous(row: Row) -> Compared | None:
    indicator = row.indicator
    target, previous = indicator.target, indicator.previous_year
    if target is None or previous is None:
        return None
    if not isinstance(target.value, Comparison) or not isinstance(previous.value, Comparison):
        return None
    assumed = direction(row.scored.rulebook, indicator.level1, indicator.level2, indicator.level3)
    return compare(target.value, previous.value, assumed, row.scored.year)


CHECK = Check(
    code="PE302",
    name="target-below-previous-year",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE302",
        "“{name}”指标值 {target} 低于上年完成水平 {previous}（指标值为上年的 {rate}）",
        "'{name}': the target {target} asks for less than last year's {previous} (it is {rate} of it)",
    ),
    explained_by=Wording(
        "PE302-explained",
        "本年任务或资金规模缩小，或上年情况特殊",
        "a smaller programme or budget this year, or an exceptional last year",
    ),
    ask=Wording(
        "PE302-ask",
        "请说明指标值低于上年完成水平的依据",
        "please say on what basis the target is set below last year's result",
    ),
    basis="合理性分析（无条文依据）：指标值低于上年完成水平的，宜说明理由（自评表表样“上年完成值”栏供比较）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(indicators_0_previous_year="150公里"),
        changed(indicators_2_previous_year="0.30万元/公里"),
    ),
    right=(CLEAN, changed(indicators_0_previous_year="新增"), changed(indicators_0_previous_year="125公里")),
)
