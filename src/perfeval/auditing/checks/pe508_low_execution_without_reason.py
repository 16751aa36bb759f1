"""An execution rate under the mark, and no reason for it.

What: executed ÷ budget is under ``low_execution`` (90 %), and no reason of the table speaks of money (执行率, 支付, 资金,
结转 …). Where the text of what was done does (年底结转, 分期付款), or the form has no column for reasons, it is a note. A
table of which a part is missing may give the reason there.

Basis: forms of one province (Sichuan) ask for a reason under 90 %; the mark is a setting.

Why: money that was not spent is the first thing a reader asks about.

False alarms: money saved by tender; a place whose mark is lower (the mark is a setting).
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import UNSPENT, has_column, texts_about
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_MONEY = tuple("执行率 支付 拨付 付款 资金 经费 预算 结转 结余 合同 分期 尾款 支出 节约".split())
"""Words of a reason that is about money."""


def _run(table: Table, settings: AuditSettings) -> Iterator[Raised]:
    execution = table.card.execution
    if (
        execution.budget is None
        or execution.executed is None
        or execution.budget <= 0
        or execution.executed < 0
    ):
        return
    if Fraction(execution.executed) / Fraction(execution.budget) >= Fraction(settings.low_execution):
        return
    is_told, _ = texts_about(table, _MONEY)
    if is_told:
        return
    _, is_in_goal = texts_about(table, UNSPENT)
    is_mild = is_in_goal or not has_column(table)
    row = table.total_funding
    yield Raised(
        spots=(table.spot(f"funding[{row[0] if row else 0}].rate"),),
        severity=Severity.NOTE if is_mild else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={"rate": execution.rate, "budget": execution.budget, "executed": execution.executed},
    )


CHECK = Check(
    code="PE508",
    name="low-execution-without-reason",
    scope=Scope.TABLE,
    follows=("PE306", "PE401", "PE406", "PE412"),
    says=Wording(
        "PE508",
        "预算执行率 {rate}（执行数 {executed} ÷ 预算数 {budget}），偏差原因栏未见说明",
        "the execution rate is {rate} (executed {executed} ÷ budget {budget}), and no reason is given for it",
    ),
    explained_by=Wording(
        "PE508-explained",
        "招标结余、合同分期付款，或资金下达较晚",
        "savings of a tender, payment by instalments, or money that arrived late",
    ),
    ask=Wording(
        "PE508-ask",
        "请说明执行率偏低的原因、任务完成情况和余款安排",
        "please explain the low rate, whether the work is finished and what becomes of the rest",
    ),
    basis="自评表表样（四川）：预算执行率低于90%的须说明原因；提示标准为可调设置",
    status=BasisStatus.VERIFIED,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(
            funding_0_executed="68.00",
            funding_0_rate="85.00%",
            funding_0_score="8.50",
            funding_1_executed="48.00",
            total_score="98.50",
        ),
    ),
    right=(
        CLEAN,
        changed(
            funding_0_executed="68.00",
            funding_0_rate="85.00%",
            funding_0_score="8.50",
            funding_1_executed="48.00",
            total_score="98.50",
            indicators_2_deviation="招标结余，执行率偏低",
        ),
    ),
)
