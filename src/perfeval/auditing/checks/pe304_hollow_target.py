"""A benefit in words that is given a percentage: 发挥模范作用 =100 %.

What: a row under 效益 has a target in % of at least ``hollow`` (90 %), and its name holds no word of anything that could
be measured in % (率, 比例, 度, 覆盖, 增长 …); one line for each table.

Basis: known of 财预〔2015〕88号, which was not read: targets are to be specific and measurable; reviewers name such targets
hollow.

Why: nobody can measure such a percentage; it is 100 % in every filing.

False alarms: a percentage that is defined in a column of its own (指标解释) which the table does not show; a name that
leaves its 率 out.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, has_any
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, squash

_MEASURABLE = tuple(
    "率 比 度 占 百分 份额 覆盖 达标 合格 增长 增加 增收 增幅 减少 下降 降低 较 满意 及时 完成 落实 到位 履约".split()
)
"""Words of names that a percentage fits: a rate, a share, a degree, a change, something that is done in part."""


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    indicator = row.indicator
    levels = squash(indicator.level1 or "") + squash(indicator.level2 or "")
    target = indicator.target
    if "效益" not in levels or target is None or not isinstance(target.value, Comparison) or not row.name:
        return
    quantity = target.value.quantity
    if not quantity.unit.is_percent or has_any(row.name, _MEASURABLE):
        return
    own = quantity.unit
    if Fraction(quantity.number) * own.numerator / own.denominator < Fraction(settings.hollow):
        return
    yield Raised(
        spots=(row.spot("target"),), severity=Severity.NOTE, kind=FindingClass.QUESTION, facts=facts_of(row)
    )


CHECK = Check(
    code="PE304",
    name="hollow-target",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    is_folded=True,
    says=Wording(
        "PE304",
        "效益指标用百分比表示，但名称未指明衡量什么比率，如“{name}”指标值 {target}",
        "benefits are given a percentage though their names name no rate, such as '{name}' with target {target}",
    ),
    explained_by=Wording(
        "PE304-explained",
        "指标解释中另有计算公式，表中未列出",
        "a formula in the explanation of the indicator, which the table does not show",
    ),
    ask=Wording(
        "PE304-ask",
        "请说明该百分比的计算方法和数据来源",
        "please say how the percentage is calculated and from which data",
    ),
    basis="绩效目标应具体、可衡量：据知出自《中央部门预算绩效目标管理办法》（财预〔2015〕88号，原文未核对）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(indicators_3_target=">=95%", indicators_3_actual="96%", indicators_3_rule="按照正常比例赋分"),
    ),
    right=(
        CLEAN,
        changed(
            indicators_3_level3="受益村覆盖率",
            indicators_3_target=">=95%",
            indicators_3_actual="96%",
            indicators_3_rule="按照正常比例赋分",
        ),
    ),
)
