"""A target that is a range or a date, and an actual by which nobody can compute whether it was kept.

What: the target is a range or a deadline, the actual is not blank, and there is no score because it answers neither (2024年
for a deadline in October, 100 % for a month, words for a range); one line for each table.

Basis: no rule for such targets was found anywhere; docs/semantics.md §2 says what can be computed.

Why: the printed score rests on somebody's judgement, which the table does not show.

False alarms: an actual that a person understands at once (提前完成).
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
from perfeval.values import Deadline, Range


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target, compared = row.indicator.target, row.compared
    if target is None or not isinstance(target.value, Range | Deadline):
        return
    if compared is None or compared.reason is None:
        return
    yield Raised(
        spots=(row.spot("actual"), row.spot("target")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


CHECK = Check(
    code="PE319",
    name="range-or-date-not-computable",
    scope=Scope.ROW,
    is_folded=True,
    says=Wording(
        "PE319",
        "区间或时限类指标的实际完成值无法据以判断是否达标，如“{name}”指标值 {target}，实际 {actual}",
        "actuals do not tell whether a range or deadline was kept, such as '{name}': target {target}, actual {actual}",
    ),
    explained_by=Wording(
        "PE319-explained",
        "完成时间另有佐证材料",
        "the time of completion is in other evidence",
    ),
    ask=Wording(
        "PE319-ask",
        "请按指标值的形式填写实际完成时间或数值",
        "please give the actual as a date or number, as the target is",
    ),
    basis="合理性分析（无条文依据）：区间、时限类指标的计分办法未见规定，表中的数据应能据以判断是否达到",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_1_target="2024年10月底前", indicators_1_actual="2024年", indicators_1_previous_year=""
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_target="2024年10月底前",
            indicators_1_actual="2024年9月",
            indicators_1_previous_year="",
        ),
    ),
)
