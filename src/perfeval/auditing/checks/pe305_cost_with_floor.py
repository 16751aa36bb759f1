"""A cost that is to be at least so much.

What: a row under 成本 has a target with a printed ≥ or > in money (or money for each of something). Not raised for
savings (节约, 降低, 减少 …), for investment or income that is wanted, for standards of aid, which are floors by policy,
and for units other than money.

Basis: plausibility, no rule: a reviewer's finding; cost indicators are ceilings as a rule.

Why: under such a target the more is spent the better.

False alarms: a 成本 group in which a form keeps what is to be spent at least, such as a matching share.
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
from perfeval.values import Comparison, Operator

_WANTED = tuple(
    "节约 节省 节支 降低 减少 下降 压减 结余 收入 收益 产值 投资 投入 配套 自筹 撬动 带动 标准".split()
)
"""Money of which more is better, or of which policy sets a floor."""


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target = row.indicator.target
    if not row.is_cost or target is None or not isinstance(target.value, Comparison):
        return
    wants_more = target.value.operator in (Operator.AT_LEAST, Operator.MORE_THAN)
    if not wants_more or not is_money(target.value.quantity.unit) or has_any(row.name, _WANTED):
        return
    yield Raised(
        spots=(row.spot("target"),),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


CHECK = Check(
    code="PE305",
    name="cost-with-floor",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE305",
        "成本指标“{name}”的指标值为 {target}，按此支出越多越符合指标值，请核对方向",
        "the cost '{name}' has the target {target}: spending more would meet it better; please check its direction",
    ),
    explained_by=Wording(
        "PE305-explained",
        "该指标反映应保障的最低投入，而非成本控制",
        "the indicator states a least amount that is to be provided, not a limit",
    ),
    ask=Wording(
        "PE305-ask",
        "请核对指标方向，必要时更正为“≤”",
        "please check the direction, and correct it to ≤ if needed",
    ),
    basis="合理性分析（无条文依据）：成本指标用于控制支出，通常设上限；第三方机构自评复核将“≥”列为问题",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(changed(indicators_2_target=">=0.60万元/公里"),),
    right=(
        CLEAN,
        changed(
            indicators_2_level3="每公里节约成本",
            indicators_2_target=">=0.60万元/公里",
            indicators_2_previous_year="",
        ),
        changed(
            indicators_2_level3="成本降低次数",
            indicators_2_target=">=2次",
            indicators_2_actual="2次",
            indicators_2_previous_year="",
        ),
    ),
)
