"""Words where the target asks for a number.

What: the target is a number and the actual is words (完成, 好). Where the words hold a figure that perfeval does not read
as a whole cell (完成维修3座桥梁), it is a note.

Basis: filling notes of a form (Hubei, Wuhan): numbers are scored in proportion, which needs a number.

Why: nobody can compute the score of such a row.

False alarms: a local form that lets 完成 stand for the target's own number.
"""

from __future__ import annotations

__all__ = ["CHECK"]

import re
from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, Text

_FIGURE = re.compile(r"[0-9〇一二两三四五六七八九十百千万]")


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None:
        return
    if not isinstance(target.value, Comparison) or not isinstance(actual.value, Text):
        return
    has_figure = _FIGURE.search(actual.value.text) is not None
    yield Raised(
        spots=(row.spot("actual"), row.spot("target")),
        severity=Severity.NOTE if has_figure else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


CHECK = Check(
    code="PE313",
    name="text-for-number",
    scope=Scope.ROW,
    says=Wording(
        "PE313",
        "“{name}”指标值 {target} 为数值，实际完成值“{actual}”不是单独的数值，得分无法复算",
        "'{name}': the target {target} is a number, the actual '{actual}' is words, so the score cannot be recomputed",
    ),
    explained_by=Wording(
        "PE313-explained",
        "本地允许以“完成”代替与指标值相同的数值",
        "local instructions that let 完成 stand for the target's number",
    ),
    ask=Wording("PE313-ask", "请填写实际完成的数值", "please give the number that was reached"),
    basis="自评表填报说明（湖北武汉表样）：定量指标按完成比例计分，须有实际完成的数值",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(changed(indicators_1_actual="完成"),),
    right=(
        CLEAN,
        changed(indicators_1_target="合格", indicators_1_actual="完成", indicators_1_rule="按评判等级赋分"),
    ),
)
