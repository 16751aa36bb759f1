"""An actual in words that repeats its target word for word.

What: target and actual are both words, without a figure in them, and the same; one line for each table. Answers that
cannot be said otherwise (是, 好, 高: one character) are left out.

Basis: plausibility, no rule: seen in most published forms; the form asks for 实际完成情况, with 达成年度指标 and its grades as the
other way to answer.

Why: "target 有效提升, actual 有效提升" says that something was reached and not what.

False alarms: a form that orders the wording of the target to be repeated where it was reached.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.words import says_done
from perfeval.values import Text


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None or not isinstance(target.value, Text) or target.value != actual.value:
        return
    words = target.value.text
    if len(words) < 2 or any(letter.isdecimal() for letter in words) or says_done(words):
        return
    yield Raised(
        spots=(row.spot("actual"),), severity=Severity.NOTE, kind=FindingClass.QUESTION, facts=facts_of(row)
    )


CHECK = Check(
    code="PE303",
    name="actual-repeats-target",
    scope=Scope.ROW,
    is_folded=True,
    says=Wording(
        "PE303",
        "定性指标的实际完成值与指标值文字相同，未说明完成情况，如“{name}”：{actual}",
        "actuals in words repeat their targets and do not say what was done, such as '{name}': {actual}",
    ),
    explained_by=Wording(
        "PE303-explained",
        "填报口径要求达成时照抄指标值，完成情况另有佐证材料",
        "instructions to repeat the target where it was reached, with evidence elsewhere",
    ),
    ask=Wording(
        "PE303-ask",
        "请写明具体完成情况和佐证材料",
        "please say what was done, and the evidence",
    ),
    basis="合理性分析（无条文依据）：“实际完成值”栏用于写明完成情况，照抄指标值文字不能说明完成了什么",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(changed(indicators_3_actual="有效改善"),),
    right=(CLEAN, changed(indicators_3_target="是", indicators_3_actual="是")),
)
