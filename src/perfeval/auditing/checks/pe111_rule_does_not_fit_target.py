"""A printed rule that cannot be applied to the target.

What: 按评判等级赋分 for a number, or 按比例赋分 for words. Not raised for words with a figure in them (a number may hide
there) and for rows without a printed rule. Where the actual of words is a percentage, a proportion can be taken of it:
then it is a note.

Basis: filling notes of a form (Hubei, Wuhan): numbers in proportion, words by bands. The names of the rules stand in a
published form (Xinjiang, 2024).

Why: there is no proportion of words, and a grade of a number leaves the points to choice.

False alarms: a target in words whose standard, outside the table, is a number.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, is_unfit
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import Graded, Kind

_NUMBER = Wording(
    "PE111-number",
    "“{name}”指标值 {target} 是数值，赋分规则为“{rule}”",
    "'{name}': the target {target} is a number; the rule is '{rule}'",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if not is_unfit(row):
        return
    compared = row.compared
    has_degree = compared is not None and compared.kind is Kind.DEGREE
    yield Raised(
        spots=(row.spot("rule"), row.spot("target")),
        severity=Severity.NOTE if has_degree else Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(row, rule=row.indicator.rule or ""),
        wording=_NUMBER if isinstance(row.scored.choice.rule, Graded) else None,
    )


CHECK = Check(
    code="PE111",
    name="rule-does-not-fit-target",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE111",
        "“{name}”指标值“{target}”是文字，赋分规则为“{rule}”",
        "'{name}': the target '{target}' is in words; the rule is '{rule}'",
    ),
    explained_by=Wording(
        "PE111-explained",
        "评分标准另有量化口径，表中未印",
        "a standard outside the table says how it is measured",
    ),
    ask=Wording(
        "PE111-ask",
        "请核对指标值与赋分规则，说明得分如何计算",
        "please check target and rule, and explain how the score is calculated",
    ),
    basis="自评表填报说明（湖北武汉表样）：定量指标按完成比例计分，定性指标分档计分；规则名称见自评表表样（新疆，2024年度）",
    status=BasisStatus.REPORTED,
    run=_run,
    is_folded=True,
    wrong=(
        changed(indicators_3_rule="按照正常比例赋分"),
        changed(indicators_0_rule="按评判等级赋分"),
    ),
    right=(
        CLEAN,
        changed(indicators_3_rule=""),
        changed(indicators_3_rule="—"),
        changed(indicators_0_rule="直接赋分"),
    ),
)
