"""Every satisfaction of a table is exactly 100 %.

What: all rows of 满意度 whose actual is a percentage have 100 %, and none of them names a survey (问卷, 调查, 测评, 访谈 …)
as evidence or in its own name; one line for each table. 已完成100% says that the work was done, and no satisfaction.

Basis: plausibility, no rule: by a reviewer's convention satisfaction without evidence earns nothing.

Why: a real survey of more than a few people does not end at exactly 100 %.

False alarms: a handful of people asked, who were all content; "no complaint" taken for 100 % by local instruction.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import actual_of, facts_of, has_any, is_degree, is_satisfaction
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash

_SURVEYS = tuple("问卷 调查 测评 访谈 回访 电话 抽样 统计表 满意度表".split())
"""Words of evidence, or of the name, that tell of a survey."""


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    rows = [row for row in table.rows if is_satisfaction(row) and _is_percentage(row) and not is_degree(row)]
    if not rows or not all(_is_whole(row) for row in rows):
        return
    if any(has_any(row.name + squash(row.indicator.evidence or ""), _SURVEYS) for row in rows):
        return
    for row in rows:
        yield Raised(
            spots=(row.spot("actual"), row.spot("evidence")),
            severity=Severity.NOTE,
            kind=FindingClass.QUESTION,
            facts=facts_of(row, evidence=row.indicator.evidence or ""),
        )


def _is_percentage(row: Row) -> bool:
    compared = row.compared
    return compared is not None and compared.reason is None and compared.unit.is_percent


def _is_whole(row: Row) -> bool:
    compared, actual = row.compared, actual_of(row)
    if compared is None or actual is None:
        return False
    return actual * compared.unit.numerator == compared.unit.denominator


CHECK = Check(
    code="PE309",
    name="satisfaction-all-100",
    scope=Scope.TABLE,
    is_folded=True,
    says=Wording(
        "PE309",
        "满意度实际完成值均为 {actual}，表中未见调查依据，如“{name}”（指标值 {target}）",
        "every satisfaction is {actual}, and the table names no survey, such as '{name}' (target {target})",
    ),
    explained_by=Wording(
        "PE309-explained",
        "调查对象少且均满意，调查材料未列入佐证资料",
        "few people were asked and all were content; the survey is not listed as evidence",
    ),
    ask=Wording(
        "PE309-ask",
        "请提供满意度调查的方式、样本数和结果",
        "please give method, sample size and result of the survey",
    ),
    basis="合理性分析（无条文依据）：满意度应有调查依据；第三方机构自评复核对没有佐证的满意度不计分",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(changed(indicators_4_actual="100%", indicators_4_evidence="工作资料"),),
    right=(CLEAN, changed(indicators_4_actual="100%", indicators_4_evidence="群众问卷")),
)
