"""A payment of the project's own money that stands among its quantities.

What: a row under 数量指标 is named 资金支付, 拨付率, 支付金额, 预算执行率 or the like and is measured in money or %.

Basis: plausibility, no rule: by a reviewer's convention an indicator that does not belong to its level 2 does not
count.

Why: paying out is no product; the execution rate already scores it, so that it counts twice.

False alarms: a fund whose product is the payment itself (a subsidy that is handed on); its own name says 发放 or 补贴, which
this check leaves alone.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, has_any, is_money
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, squash

_PAYMENTS = tuple(
    "资金支付 资金拨付 经费支付 经费拨付 支付率 拨付率 支付金额 拨付金额 付款 资金到位率 预算执行率 资金执行率 支出进度 支付进度".split()
)
"""Names of payments as such; 发放 and 补贴 are left out, because handing on can be the product."""


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target = row.indicator.target
    if "数量" not in squash(row.indicator.level2 or "") or not has_any(row.name, _PAYMENTS):
        return
    if target is None or not isinstance(target.value, Comparison):
        return
    unit = target.value.quantity.unit
    if not (is_money(unit) or unit.is_percent):
        return
    yield Raised(
        spots=(row.spot("level3"), row.spot("level2")),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


CHECK = Check(
    code="PE307",
    name="payment-as-quantity",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE307",
        "数量指标“{name}”（指标值 {target}）反映的是资金支付，与产出数量不同",
        "'{name}' (target {target}) stands among the quantities and measures payment, not output",
    ),
    explained_by=Wording(
        "PE307-explained",
        "项目产出本身就是向外拨付资金",
        "a project whose product is the payment itself",
    ),
    ask=Wording(
        "PE307-ask",
        "请说明该指标与预算执行率的区别，必要时改为反映产出数量的指标",
        "please say how it differs from the execution rate, or use an indicator of what was produced",
    ),
    basis="合理性分析（无条文依据）：资金支付不是产出数量，且已在预算执行率中计分；第三方机构自评复核对与二级指标不符的指标不计分",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_1_level2="数量指标",
            indicators_1_level3="资金支付率",
            indicators_1_actual="98%",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_level2="数量指标",
            indicators_1_level3="资金拨付批次",
            indicators_1_target=">=2批",
            indicators_1_actual="2批",
            indicators_1_previous_year="2批",
        ),
    ),
)
