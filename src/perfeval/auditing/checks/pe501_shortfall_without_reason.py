"""A target missed, or points lost where only a person can tell, and the cell for the reason is blank.

What: the form has a column for reasons, the row's cell is blank or a dash, no other reason of the table names the row, and
either the target is missed whatever the printed digits allow, or the row cannot be computed and has fewer points than its
weight. It is a note where a blank cell under a filled one of its group may be one merged cell, and where another reason
names the row with nothing but its figure. Fewer points for a target that was met are another check (PE102).

Basis: the column of the form; the public code of a platform does not let such a row be filed without a reason.

Why: 偏差原因分析及改进措施 is what the form is for.

False alarms: the reason stands in a report beside the form.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import Given, is_short, reason_of
from perfeval.auditing.checks._targets import facts_of, text_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_UNSCORED = Wording(
    "PE501-unscored",
    "“{name}”指标值 {target}，实际 {actual}，偏差原因未填写",
    "'{name}': target {target}, actual {actual}, and the cell for the reason is blank",
)
_ELSEWHERE = Wording(
    "PE501-elsewhere",
    "“{name}”指标值 {target}，实际 {actual}，本行偏差原因未填写；表中另一处所填原因是否也适用于本行，请确认",
    "'{name}': target {target}, actual {actual}; its own cell for the reason is blank, another may be meant for it as well",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if not is_short(row):
        return
    reason = reason_of(row)
    if reason not in (Given.NONE, Given.PERHAPS):
        return
    score, weight = text_of(row.indicator.score), text_of(row.indicator.weight)
    wording = None if score else _UNSCORED
    yield Raised(
        spots=(row.spot("deviation"), row.spot("actual"), row.spot("target")),
        severity=Severity.NOTE if reason is Given.PERHAPS else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, points=f"{score}/{weight}" if weight else score),
        rests_on_rule=True,
        wording=_ELSEWHERE if reason is Given.PERHAPS else wording,
    )


CHECK = Check(
    code="PE501",
    name="shortfall-without-reason",
    scope=Scope.ROW,
    follows=("PE101", "PE103"),
    says=Wording(
        "PE501",
        "“{name}”指标值 {target}，实际 {actual}，得分 {points}，偏差原因未填写",
        "'{name}': target {target}, actual {actual}, points {points}, and the cell for the reason is blank",
    ),
    explained_by=Wording(
        "PE501-explained",
        "原因写在自评报告或其他材料中",
        "the reason stands in the report or other papers",
    ),
    ask=Wording(
        "PE501-ask",
        "请补充未完成的原因和改进措施",
        "please add the reason and what will be done",
    ),
    basis="自评表表样“偏差原因分析及改进措施”栏；预算管理一体化平台（公开代码）：得分低于分值的须填写原因",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(indicators_1_actual="76%", indicators_1_score="16", total_score="95.80"),
        changed(
            indicators_3_actual="部分达成年度指标并具有一定效果", indicators_3_score="14", total_score="93.80"
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
        changed(
            indicators_0_deviation=None,
            indicators_1_deviation=None,
            indicators_2_deviation=None,
            indicators_3_deviation=None,
            indicators_4_deviation=None,
            indicators_1_actual="76%",
            indicators_1_score="16",
            total_score="95.80",
        ),
    ),
)
