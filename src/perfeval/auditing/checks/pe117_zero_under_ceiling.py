"""0 under a ceiling: kept to the letter, or not done?

What: the target is a ceiling, the actual is 0, and the reported score is 0; or, for a cost in money, the full weight.
Both readings are named. Full marks for 0 complaints or accidents are what is wanted, and not raised. Not raised under a
rule book that decides the question (``zero_under_ceiling = "zero"``).

Basis: no source decides: by the letter of "not more than" 0 earns full marks, and published tables give none. A
reported score below the formula is never more than a note (docs/audit.md).

Why: nothing spent is either the best result or no work at all, and the same document may score it both ways.

False alarms: it is a question by nature.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, is_zero_kept
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    reported, weight = row.reported, row.weight
    if reported is None or weight is None or not is_zero_kept(row):
        return
    yield Raised(
        spots=(row.spot("score"), row.spot("target"), row.spot("actual")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
        points=difference(reported, weight) if reported == 0 else weight,
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE117",
    name="zero-under-ceiling",
    scope=Scope.ROW,
    says=Wording(
        "PE117",
        "“{name}”指标值 {target}，实际完成值 {actual}：按“不超过即达到”得 {weight} 分，按“未支出即未实施”得 0 分，表中为 {reported} 分",
        "'{name}': target {target}, actual {actual}: kept to the letter it earns {weight}, as not carried out 0; "
        "the table has {reported}",
    ),
    explained_by=Wording(
        "PE117-explained",
        "规则没有写明实际为 0 时如何得分，两种做法都有",
        "no rule says what 0 earns under a ceiling; both are practised",
    ),
    ask=Wording(
        "PE117-ask",
        "请说明实际为 0 的原因和得分口径，同类指标请保持一致",
        "please explain why the actual is 0 and how it is scored, and score rows of one kind alike",
    ),
    basis="合理性分析（无条文依据）：上限类指标实际为0时如何计分未见规定，公开自评表两种做法都有",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE306",),
    wrong=(
        changed(
            indicators_2_actual="0万元/公里",
            indicators_2_score="0",
            indicators_2_deviation="工程未启动",
            total_score="79.80",
        ),
        changed(indicators_2_actual="0万元/公里", indicators_2_deviation="由上级统一支付"),
    ),
    right=(
        CLEAN,
        changed(
            indicators_2_level3="养护投诉次数",
            indicators_2_target="<=5次",
            indicators_2_actual="0次",
            indicators_2_previous_year="",
        ),
    ),
)
