"""直接赋分 with a score that is neither nothing nor all.

What: the row prints 直接赋分, and the reported score lies between 0 and the weight. Where the target is met it is a note
(the score is below the formula); otherwise a warning. Not raised where a printed deduction makes up the difference or
the printed rule speaks of a proportion as well.

Basis: the name of the rule stands in a published form (Xinjiang, 2024). Its meaning, full marks or none (or the
deduction that the standard prescribes), is known as that of 财预〔2021〕101号, whose annex was not read.

Why: one of the two cells does not say what was done: the rule or the score.

False alarms: a 评分标准 with prescribed deductions that the table does not print.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, is_partial_direct
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import total_of


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if not is_partial_direct(row) or _is_deducted(row):
        return
    yield Raised(
        spots=(row.spot("score"), row.spot("rule")),
        severity=Severity.NOTE if row.verdict is Verdict.BELOW else Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(row, rule=row.indicator.rule or ""),
    )


def _is_deducted(row: Row) -> bool:
    cell = row.indicator.deduction
    if cell is None or not isinstance(cell.value, Decimal) or row.reported is None:
        return False
    return total_of([row.reported, cell.value.copy_abs()]) == row.weight


CHECK = Check(
    code="PE108",
    name="direct-with-partial-score",
    scope=Scope.ROW,
    says=Wording(
        "PE108",
        "“{name}”赋分规则为“{rule}”，分值 {weight}，得分 {reported}，既不是满分也不是 0 分",
        "'{name}': the rule is '{rule}', the weight {weight}; the score {reported} is neither full marks nor 0",
    ),
    explained_by=Wording(
        "PE108-explained",
        "评分标准另有逐项扣分的规定",
        "the scoring standard prescribes deductions that the table does not print",
    ),
    ask=Wording(
        "PE108-ask",
        "请核对赋分规则与得分，必要时更正其一",
        "please check the rule against the score, and correct one of them if needed",
    ),
    basis=(
        "“直接赋分”为达到得满分、否则不得分或按评分标准扣分："
        "据知出自《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号，原文未核对）；"
        "规则名称见自评表表样（新疆，2024年度）"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE101",),
    wrong=(
        changed(
            indicators_1_rule="直接赋分",
            indicators_1_score="18",
            indicators_1_deviation="检测设备停用",
            total_score="97.80",
        ),
    ),
    right=(
        CLEAN,
        changed(indicators_1_rule="直接赋分"),
        changed(
            indicators_1_rule="直接赋分",
            indicators_1_actual="94%",
            indicators_1_score="0",
            indicators_1_deviation="检测设备停用",
            indicators_1_previous_year="",
            total_score="79.80",
        ),
    ),
)
