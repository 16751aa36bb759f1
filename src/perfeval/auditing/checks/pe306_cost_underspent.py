"""A cost far below its ceiling, with no reason given.

What: a row under 成本 has a ceiling in money, and the actual is 0 or under ``underspent`` (a half) of it. Not raised where
the row, or a reason elsewhere in the table that names it, explains it; for savings (节约) a small figure means something
else. Where the text of what was done says why money is left (分期付款, 年底结转), it is a note.

Basis: plausibility, no rule: under a ceiling any underspending earns full marks, which is right only if the work was
done. The mark is a setting.

Why: half of the money unspent is either a project that is not finished or a budget that was twice too high.

False alarms: a contract paid by instalments; a price that fell; part of the cost paid from other money.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import UNSPENT, Given, reason_of, texts_about
from perfeval.auditing.checks._targets import actual_of, facts_of, has_any, is_money, percent, target_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import Kind

_SAVINGS = tuple("节约 节省 结余 超支 超出 增加".split())
"""Ceilings of what is saved or overspent: a small one is good."""

_TOLD = Wording(
    "PE306-told",
    "成本指标“{name}”实际 {actual}，为指标值 {target} 的 {rate}；完成情况提到付款或结转安排，偏差原因栏未填写",
    "the cost '{name}' came to {actual}, {rate} of the target {target}; the text tells of payments or money carried over, "
    "the cell for the reason is blank",
)


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    compared = row.compared
    if not row.is_cost or compared is None or compared.kind is not Kind.AT_MOST:
        return
    if not is_money(compared.unit) or has_any(row.name, _SAVINGS):
        return
    target, actual = target_of(row), actual_of(row)
    if (
        target is None
        or actual is None
        or target <= 0
        or not 0 <= actual < Fraction(settings.underspent) * target
    ):
        return
    reason = reason_of(row)
    if reason is Given.GIVEN:
        return
    _, is_told = texts_about(row.table, UNSPENT)
    yield Raised(
        spots=(row.spot("actual"), row.spot("target"), row.spot("deviation")),
        severity=Severity.NOTE if is_told or reason is Given.PERHAPS else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, rate=percent(actual / target)),
        rests_on_rule=True,
        wording=_TOLD if is_told else None,
    )


CHECK = Check(
    code="PE306",
    name="cost-underspent",
    scope=Scope.ROW,
    says=Wording(
        "PE306",
        "成本指标“{name}”实际 {actual}，为指标值 {target} 的 {rate}，未见原因说明",
        "the cost '{name}' came to {actual}, {rate} of the target {target}, and no reason is given",
    ),
    explained_by=Wording(
        "PE306-explained",
        "合同分期付款，尾款未到支付时间；或价格下降、由其他资金承担",
        "payment by instalments, a lower price, or a part that other money paid",
    ),
    ask=Wording(
        "PE306-ask",
        "请说明实际成本远低于指标值的原因，任务是否全部完成，余款如何安排",
        "please explain why the cost is so far below its limit, whether the work is finished and what remains to be paid",
    ),
    basis="合理性分析（无条文依据）：实际成本远低于上限，可能是任务未完成，也可能是节约或预算偏高；提示标准为可调设置",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(indicators_2_actual="0.30万元/公里"),
        changed(indicators_2_actual="0万元/公里"),
    ),
    right=(
        CLEAN,
        changed(indicators_2_actual="0.40万元/公里"),
        changed(indicators_2_actual="0.30万元/公里", indicators_2_deviation="尾款按合同于次年支付"),
    ),
)
