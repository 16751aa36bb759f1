"""The unit says that all projects are finished, and a project's own table shows that one is not.

What: the text of what was done in the whole-unit table says that all projects are completed; a project executed less
than ``half_execution`` of its budget, or less than ``low_execution`` and its own text speaks of carry-over or of
going on next year.

Basis: plausibility, a question: seen in a published filing.

Why: a summary that says more than the tables behind it is what readers quote.

False alarms: finished work that is paid later (instalments, retention money).
"""

from __future__ import annotations

__all__ = ["CHECK"]

import re
from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._between import said_in
from perfeval.auditing.checks._funds import total_row
from perfeval.auditing.checks._shares import share_of_total
from perfeval.auditing.checks._targets import percent
from perfeval.auditing.examples import CLEAN, changed, unit_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_ALL_DONE = re.compile(r"(?:所有|全部|各个|各)[^。;,]{0,8}项目[^。;,]{0,4}(?:全部|均|都|已)[^。;,]{0,4}完成")
_NOT_DONE = re.compile(r"未[^。;,]{0,4}完成|基本完成|(?:拟|将|计划|预计|确保|力争)[^。;,]*完成")
_GOES_ON = re.compile(r"结转|下年|次年|跨年|续用|继续实施|未完工|尚未")
_NOT_ON = re.compile(r"(?:无|没有|不存在|上年)[^。;,]{0,4}结转|上年结转")


def _run(unit: Unit, settings: AuditSettings) -> Iterator[Raised]:
    whole = unit.whole
    text = None if whole is None else said_in(whole.evaluation.goal.actual, _ALL_DONE, _NOT_DONE)
    if whole is None or text is None:
        return
    found = [(table, share) for table in unit.projects if (share := _unfinished(table, settings)) is not None]
    if not found:
        return
    yield Raised(
        spots=(
            whole.spot("goal.actual"),
            *(table.spot(f"funding[{total_row(table) or 0}].executed") for table, _ in found),
        ),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={
            "text": text,
            "count": len(found),
            "projects": "；".join(
                f"“{table.evaluation.name or ''}” {percent(share)}" for table, share in found
            ),
        },
    )


def _unfinished(table: Table, settings: AuditSettings) -> Fraction | None:
    """Give E ÷ B of a project that seems to go on; None where nothing says so."""
    share = share_of_total(table)
    if share is None or share.exact >= Fraction(settings.low_execution):
        return None
    goes_on = said_in(table.evaluation.goal.actual, _GOES_ON, _NOT_ON) is not None
    return share.exact if goes_on or share.exact < Fraction(settings.half_execution) else None


CHECK = Check(
    code="PE612",
    name="completed-but-carried",
    scope=Scope.UNIT,
    says=Wording(
        "PE612",
        "整体支出表写明“{text}”，而 {count} 个项目表的执行率显示尚有未执行资金：{projects}",
        "the unit's table says '{text}', while the execution rates of {count} project tables show money not spent: {projects}",
    ),
    explained_by=Wording(
        "PE612-explained",
        "项目任务已完成，资金按合同在以后年度支付",
        "the work is finished and the contract pays it in a later year",
    ),
    ask=Wording(
        "PE612-ask",
        "请说明上述项目的完成情况",
        "please say how far these projects have come",
    ),
    basis="合理性分析（无条文依据）：整体支出表的完成情况应与各项目表一致",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        unit_of(goal={"expected": "", "actual": "单位实施的所有项目均已完成。"}),
        changed(
            funding_0_executed="64.00",
            funding_1_executed="54.00",
            funding_2_executed="10.00",
            funding_0_rate="80.00%",
            funding_0_score="8.00",
            goal_actual="养护道路里程126公里，资金结转16万元。",
            indicators_2_deviation="资金支付进度较慢",
            total_score="98.00",
        ),
    ),
    right=(unit_of(goal={"expected": "", "actual": "单位实施的所有项目均已完成。"}), CLEAN),
)
