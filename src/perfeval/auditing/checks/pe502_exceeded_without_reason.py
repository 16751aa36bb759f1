"""An actual well above its target, with a blank cell for the reason.

What: actual ÷ target is from ``exceeded`` (1.3) to under ``far_exceeded`` (2), from which PE301 speaks of the target itself;
the same exceptions hold as there (small counts, rates of change, numbers that demand decides, a reason anywhere). One line
for each table. Only where the form has a column for reasons.

Basis: the column of the form; the public code of a platform makes a reason compulsory from 1.3 on in one region, and
marks from 1.2 elsewhere; none deducts. The mark is a setting.

Why: the form asks for the reason of a deviation either way.

False alarms: as for PE301.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import Given, overshoot_of, reason_of
from perfeval.auditing.checks._targets import facts_of, percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    times = overshoot_of(row, settings)
    if times is None or times >= Fraction(settings.far_exceeded) or reason_of(row) is Given.NO_COLUMN:
        return
    yield Raised(
        spots=(row.spot("deviation"), row.spot("actual"), row.spot("target")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, rate=percent(times)),
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE502",
    name="exceeded-without-reason",
    scope=Scope.ROW,
    is_folded=True,
    says=Wording(
        "PE502",
        "实际完成值明显高于指标值，偏差原因未填写，如“{name}”指标值 {target}，实际 {actual}（{rate}）",
        "actuals are well above their targets and no reason is given, such as '{name}': target {target}, "
        "actual {actual} ({rate})",
    ),
    explained_by=Wording(
        "PE502-explained",
        "年中任务增加，或本地不要求说明超额完成",
        "work added within the year, or local instructions that ask for no reason",
    ),
    ask=Wording("PE502-ask", "请补充超额完成的原因", "please add why the target was exceeded"),
    basis="自评表表样“偏差原因分析及改进措施”栏；预算管理一体化平台（公开代码）在广西：实际完成值达到指标值1.3倍的须填写原因，不扣分",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(changed(indicators_1_target=">=70%", indicators_1_previous_year="68%"),),
    right=(
        CLEAN,
        changed(
            indicators_1_target=">=70%",
            indicators_1_previous_year="68%",
            indicators_1_deviation="年中换用新材料，合格率高于预计",
        ),
    ),
)
