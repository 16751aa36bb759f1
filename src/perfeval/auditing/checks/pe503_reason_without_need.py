"""A reason for a deviation in a row that has none.

What: the row has a reason that says something, its actual equals its target and it has full marks. Off unless selected.

Basis: plausibility, no rule: what the column is for.

Why: the text may belong to another row, which then has none.

False alarms: a merged cell whose text is about the row above; measures for next year written where there was room.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import is_boilerplate
from perfeval.auditing.checks._targets import actual_of, facts_of, target_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Missing, parse_target


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    text, target = row.indicator.deviation or "", target_of(row)
    if not text or row.weight is None or row.reported != row.weight:
        return
    if target is None or target != actual_of(row):
        return
    if isinstance(parse_target(text), Missing) or is_boilerplate(text):
        return
    yield Raised(
        spots=(row.spot("deviation"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, reason=text),
    )


CHECK = Check(
    code="PE503",
    name="reason-without-need",
    scope=Scope.ROW,
    is_optional=True,
    says=Wording(
        "PE503",
        "“{name}”实际 {actual} 与指标值 {target} 一致且为满分，偏差原因栏填有：{reason}",
        "'{name}': the actual {actual} equals the target {target} with full marks, yet a reason is given: {reason}",
    ),
    explained_by=Wording("PE503-explained", "文字属于相邻指标", "the text belongs to a row beside it"),
    ask=Wording("PE503-ask", "请核对偏差原因对应的指标", "please check which row the reason is for"),
    basis="合理性分析（无条文依据）：“偏差原因”栏用于说明偏差，没有偏差时通常不填",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(changed(indicators_1_actual="95%", indicators_1_deviation="检测设备停用两个月"),),
    right=(CLEAN, changed(indicators_1_actual="95%", indicators_1_deviation="无")),
)
