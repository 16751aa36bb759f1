"""The projects' initial budgets add up to more than the unit's own.

What: the sum of 年初预算数 of the unit's project tables (each project once, all in one unit of money) is above that of
its whole-unit table, by more than rounding of the printed digits explains.

Basis: what the two tables hold: the whole-unit table has every project and the running costs beside them. A
contradiction, of which the scope (口径) is asked.

Why: one of the printed initial budgets was not the one at the beginning of the year.

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
    yield from above_whole(unit, "initial")


CHECK = Check(
    code="PE603",
    name="projects-above-unit-initial",
    scope=Scope.UNIT,
    says=Wording(
        "PE603",
        "{count} 个项目的年初预算数合计 {sum} {unit}（{projects}），大于整体支出表的年初预算数 {whole} {unit}，多 {difference} {unit}",
        "the initial budgets of {count} projects add up to {sum} {unit} ({projects}), {difference} above the unit's {whole} {unit}",
    ),
    explained_by=Wording(
        "PE603-explained",
        "部分项目资金为年中下达或上级专项，未列入部门年初预算，而项目表按全年数填列年初数",
        "money of some projects came during the year or from above, and their tables print it as initial",
    ),
    ask=Wording(
        "PE603-ask",
        "请说明整体与项目年初预算数的口径",
        "please say what the initial budgets of the unit and of its projects each include",
    ),
    basis="表间勾稽：部门整体支出包含其项目支出，各项目年初预算数之和一般不大于整体年初预算数",
    status=BasisStatus.REPORTED,
    run=_run,
    needs_whole=True,
    wrong=(
        unit_of(
            funding_0_initial="78.00",
            funding_1_initial="58.00",
            funding_2_initial="20.00",
            funding_0_adjusted="82.00",
            funding_1_adjusted="62.00",
            funding_2_adjusted="20.00",
            funding_0_executed="80.00",
            funding_1_executed="60.00",
            funding_2_executed="20.00",
            funding_0_rate="97.56%",
            funding_0_score="9.76",
            total_score="99.76",
        ),
        CLEAN,
    ),
    right=(unit_of(), CLEAN, changed(name="农村桥梁养护")),
)
