"""An actual that is a multiple of its target, with no reason given: the target itself is in question.

What: for a target that is to be reached (≥ or =), actual ÷ target is at or above the mark ``far_exceeded`` (2). Not
raised: where actual − target is at most ``counted_slack`` (2) of a counting unit, for rates of change (增长率), for
numbers that those who ask for help decide (救助人数), and where the row, or a reason elsewhere in the table that names
it, explains it. A blank cell under a filled one of the same group may be one merged cell: then it is a note.

Basis: known of 财预〔2020〕10号, whose annex was not read: a target that is far exceeded is to be analysed; it names no
number. The public code of a platform marks or asks from 1.2 or 1.3 times on; the mark is a setting.

Why: a target that is passed several times over measures nothing and gives full marks for certain.

False alarms: a programme that was enlarged within the year and says so only in another document; a number that depends
on demand under a name that the word list does not know; a target in another unit than its actual where both are
printed without unit.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import Given, overshoot_of, reason_of
from perfeval.auditing.checks._targets import facts_of, percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    times = overshoot_of(row, settings)
    if times is None or times < Fraction(settings.far_exceeded):
        return
    yield Raised(
        spots=(row.spot("actual"), row.spot("target"), row.spot("deviation")),
        severity=Severity.NOTE if reason_of(row) is Given.PERHAPS else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, rate=percent(times)),
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE301",
    name="far-exceeded",
    scope=Scope.ROW,
    says=Wording(
        "PE301",
        "“{name}”实际完成值 {actual} 为指标值 {target} 的 {rate}，未见原因说明",
        "'{name}': the actual {actual} is {rate} of the target {target}, and no reason is given",
    ),
    explained_by=Wording(
        "PE301-explained",
        "年中政策或资金调整扩大了规模，或该数量由申请人多少决定",
        "a programme enlarged within the year, or a number that those who apply decide",
    ),
    ask=Wording(
        "PE301-ask",
        "请说明大幅超出指标值的原因，以及指标值的设定依据；如年中有调整，请附调整文件",
        "please explain why the target was exceeded by so much and how it was set; attach any adjustment",
    ),
    basis=(
        "远超指标值的应分析原因：据知出自《项目支出绩效评价管理办法》（财预〔2020〕10号，原文未核对），未规定倍数；"
        "预算管理一体化平台（公开代码）自1.2或1.3倍起提示；提示标准为可调设置"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(indicators_1_target=">=40%", indicators_1_previous_year="38%"),
        changed(indicators_1_target=">=3次", indicators_1_actual="9次", indicators_1_previous_year="3次"),
    ),
    right=(
        CLEAN,
        changed(indicators_1_target=">=3次", indicators_1_actual="5次", indicators_1_previous_year="3次"),
        changed(
            indicators_1_target=">=40%",
            indicators_1_previous_year="38%",
            indicators_1_deviation="年中换用新材料，合格率高于预计",
        ),
        changed(
            indicators_1_level3="通行车辆增长率",
            indicators_1_target=">=5%",
            indicators_1_actual="12%",
            indicators_1_previous_year="5%",
        ),
    ),
)
