"""A score that is no number, or is below 0.

What: the score cell holds words, two numbers or a placeholder (not a blank, a dash or 不适用), or a negative number.

Basis: as PE104: a score is a number between 0 and the weight.

Why: the row cannot be added up.

False alarms: a form whose score column holds grades (优, 良) on purpose; a cell that a conversion damaged.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Unparsed

_NEGATIVE = Wording(
    "PE105-negative", "“{name}”得分为 {reported}，是负数", "'{name}': the score {reported} is negative"
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    cell = row.indicator.score
    if cell is None:
        return
    if isinstance(cell.value, Decimal) and cell.value < 0:
        yield Raised(
            spots=(row.spot("score"),),
            severity=Severity.ERROR,
            kind=FindingClass.ARITHMETIC,
            facts=facts_of(row),
            points=cell.value,
            wording=_NEGATIVE,
        )
    elif isinstance(cell.value, Unparsed):
        yield Raised(
            spots=(row.spot("score"),),
            severity=Severity.WARNING,
            kind=FindingClass.QUESTION,
            facts=facts_of(row),
        )


CHECK = Check(
    code="PE105",
    name="score-unreadable-or-negative",
    scope=Scope.ROW,
    says=Wording(
        "PE105",
        "“{name}”得分栏为“{reported}”，不是一个数",
        "'{name}': the score '{reported}' is not a number",
    ),
    explained_by=Wording(
        "PE105-explained",
        "该表得分栏填的是等次，或单元格在转换中损坏",
        "the form has grades in this column, or a conversion damaged the cell",
    ),
    ask=Wording("PE105-ask", "请填写该指标的得分", "please fill in the score of the row"),
    basis="表内勾稽：各指标得分在0分与该指标分值之间；预算管理一体化平台（公开代码）亦作此校验",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(indicators_3_score="优"),
        changed(indicators_3_score="-2", indicators_3_deviation="路面返修", total_score="77.80"),
    ),
    right=(CLEAN, changed(indicators_3_score="20.00 分")),
)
