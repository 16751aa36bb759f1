"""A graded score outside the band that the words of the actual stand for.

What: under 按评判等级赋分, words such as 部分达成 or 未达成 stand for a band of the weight, and the reported score lies
outside it. Above the band it is a warning, below it a note. Words that only a person can judge say nothing. Full
achievement with a lower score is PE102.

Basis: public code of a platform: bands 100-80, 80-60, 60-0 of the weight; filling notes of a form (Hubei, Wuhan): 80
and 50. The rule book says which.

Why: the words and the points are two answers to one question.

False alarms: a region with other bands (choose its rule book); words that mean more than they say.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import above_weight, facts_of, stated
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.formula import plain
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict

_BELOW = Wording(
    "PE107-below",
    "“{name}”实际完成值“{actual}”对应 {low}—{high} 分，表中为 {reported} 分，低于该档",
    "'{name}': '{actual}' stands for {low} to {high} points; the table has {reported}, below the band",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    if row.verdict is not Verdict.UNSCORABLE or row.reported is None or row.reported < 0 or above_weight(row):
        return
    bands = stated(row)
    if not bands:
        return
    low, high = min(band[1] for band in bands), max(band[2] for band in bands)
    is_below = Fraction(row.reported) < low
    yield Raised(
        spots=(row.spot("score"), row.spot("actual")),
        severity=Severity.NOTE if is_below else Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts=facts_of(row, low=_figure(low), high=_figure(high)),
        rests_on_rule=True,
        wording=_BELOW if is_below else None,
    )


def _figure(value: Fraction) -> str:
    return plain((value.numerator, value.denominator))


CHECK = Check(
    code="PE107",
    name="graded-outside-band",
    scope=Scope.ROW,
    says=Wording(
        "PE107",
        "“{name}”实际完成值“{actual}”对应 {low} 分以上、不足 {high} 分，表中为 {reported} 分，高于该档",
        "'{name}': '{actual}' stands for {low} to less than {high} points; the table has {reported}, above the band",
    ),
    explained_by=Wording(
        "PE107-explained",
        "本地评判等级的分档不同，或实际完成情况好于所写",
        "local bands differ, or more was achieved than the words say",
    ),
    ask=Wording(
        "PE107-ask",
        "请核对评判等级与得分，必要时更正其一",
        "please check the statement against the score, and correct one of them if needed",
    ),
    basis="自评表填报说明（湖北武汉表样）：定性指标按80%、50%分档计分；预算管理一体化平台（公开代码）：按80%、60%分档",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(
            indicators_3_actual="部分达成年度指标",
            indicators_3_score="18",
            indicators_3_deviation="东段尚未通车",
            total_score="97.80",
        ),
        changed(
            indicators_3_actual="部分达成年度指标",
            indicators_3_score="8",
            indicators_3_deviation="东段尚未通车",
            total_score="87.80",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_3_actual="部分达成年度指标",
            indicators_3_score="13",
            indicators_3_deviation="东段尚未通车",
            total_score="92.80",
        ),
        changed(
            indicators_3_actual="基本达成年度指标",
            indicators_3_score="16",
            indicators_3_deviation="东段尚未通车",
            total_score="95.80",
        ),
    ),
)
