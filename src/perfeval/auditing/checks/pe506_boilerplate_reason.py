"""A shortfall whose reason is 无, 已完成, 按计划完成.

What: the row falls short as for PE501, and the whole cell for the reason states a result or nothing. A blank cell or a dash
is PE501.

Basis: plausibility, no rule: the column of the form; complaints in the field about copied reasons.

Why: it contradicts the row's own figures and explains nothing.

False alarms: a form in which the column holds remarks on progress and not reasons.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import Given, is_short, reason_of
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if not is_short(row) or reason_of(row) is not Given.BOILERPLATE:
        return
    yield Raised(
        spots=(row.spot("deviation"), row.spot("actual"), row.spot("target")),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, reason=row.indicator.deviation or ""),
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE506",
    name="boilerplate-reason",
    scope=Scope.ROW,
    follows=("PE101", "PE103"),
    says=Wording(
        "PE506",
        "“{name}”指标值 {target}，实际 {actual}，偏差原因栏为“{reason}”，未说明原因",
        "'{name}': target {target}, actual {actual}, and the cell for the reason says '{reason}', which gives none",
    ),
    explained_by=Wording(
        "PE506-explained",
        "该栏在本地用于填写进度",
        "a form that keeps progress in this column",
    ),
    ask=Wording(
        "PE506-ask", "请写明未完成的具体原因和改进措施", "please give the actual reason and what will be done"
    ),
    basis="合理性分析（无条文依据）：“偏差原因”栏应能说明未完成的原因（自评表表样“偏差原因分析及改进措施”栏）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="已完成",
            total_score="95.80",
        ),
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="原因：无；改进措施：无",
            total_score="95.80",
        ),
    ),
    right=(CLEAN, changed(indicators_1_deviation="已完成")),
)
