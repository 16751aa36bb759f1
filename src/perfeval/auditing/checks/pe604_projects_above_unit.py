"""The projects' adjusted budgets, or what they executed, add up to more than the unit's own.

What: as PE603, for 全年预算数 and for 全年执行数.

Basis: what the two tables hold: the whole-unit table has every project and the running costs beside them.

Why: money that a project table shows has to be in the unit's total.

False alarms: projects whose money another unit's budget holds; a unit table that leaves out transfers.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._sums import above_whole
from perfeval.auditing.examples import CLEAN, changed, unit_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Unit
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    yield from above_whole(unit, "adjusted")
    yield from above_whole(unit, "executed")


CHECK = Check(
    code="PE604",
    name="projects-above-unit",
    scope=Scope.UNIT,
    says=Wording(
        "PE604",
        "{count} 个项目的{column}合计 {sum} {unit}（{projects}），大于整体支出表的 {whole} {unit}，多 {difference} {unit}",
        "{column} of {count} projects adds up to {sum} {unit} ({projects}), {difference} above the unit's {whole} {unit}",
    ),
    explained_by=Wording(
        "PE604-explained",
        "部分项目资金不在本单位整体支出口径内",
        "money of some projects is not within what the unit's table covers",
    ),
    ask=Wording(
        "PE604-ask",
        "请说明整体与项目金额的口径，或更正其一",
        "please say what the unit's and the projects' amounts each include, or correct one",
    ),
    basis="表间勾稽：部门整体支出包含其项目支出，各项目金额之和一般不大于整体金额",
    status=BasisStatus.REPORTED,
    run=_run,
    needs_whole=True,
    wrong=(
        unit_of(
            funding_0_executed="77.00",
            funding_1_executed="57.00",
            funding_2_executed="20.00",
            funding_0_adjusted="85.00",
            funding_1_adjusted="65.00",
            funding_2_adjusted="20.00",
            funding_0_initial="85.00",
            funding_1_initial="65.00",
            funding_2_initial="20.00",
            funding_0_rate="90.59%",
            funding_0_score="9.06",
            total_score="99.06",
        ),
        CLEAN,
    ),
    right=(unit_of(), CLEAN, changed(name="农村桥梁养护")),
)
