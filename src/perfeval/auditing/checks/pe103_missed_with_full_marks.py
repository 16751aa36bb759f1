"""A target missed in value, with full marks.

What: the actual does not reach the target (or passes its ceiling, leaves its range, is later than its date), and the
reported score is the whole weight. It is said whatever rounding would explain, and the remark names it: fewer digits,
a rate rounded first. Not raised where the rule book's own rounding gives full marks, where an accepted family or band
does, where a target without operator is met when read the other way, and where the actual is itself an inequality.
Where the score cannot be recomputed (a rule in words, 按评判等级 for a number, a date missed), it is a question.

Basis: filling notes of a form (Hubei, Wuhan): not reached, points in proportion, for a ceiling weight × target ÷
actual; docs/audit.md says how grave that is.

Why: full marks say "done"; the row's own figures say "not quite".

False alarms: a number that those who ask for help decide (救助人数 under its plan); a target that the unit was allowed
to change within the year; a rule in words that gives full marks from a share of the target on.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, is_missed_in_full
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Note, Verdict
from perfeval.scoring.numbers import difference

_ZH = "“{name}”指标值 {target}，实际完成值 {actual}，不符合指标值要求，表中得满分 {reported} 分"
_EN = "'{name}': the actual {actual} misses the target {target}, and the table has full marks, {reported}"
_RECOMPUTED_ZH, _RECOMPUTED_EN = "；按赋分规则应为 {score} 分", "; the rule gives {score}"
_OPEN = Wording(
    "PE103-open",
    f"{_ZH}；按表中所印规则无法重新计算该指标得分",
    f"{_EN}; by the rule printed, the row cannot be recomputed",
)
_PLAIN = Wording("PE103", f"{_ZH}{_RECOMPUTED_ZH}", f"{_EN}{_RECOMPUTED_EN}")
_COARSE = Wording(
    "PE103-coarse",
    f"{_ZH}{_RECOMPUTED_ZH}，按表中得分的位数取整即为 {{reported}}",
    f"{_EN}{_RECOMPUTED_EN}, which is {{reported}} in the digits printed",
)
_ROUNDED = Wording(
    "PE103-rounded",
    f"{_ZH}{_RECOMPUTED_ZH}，完成率或完成值先取整即为 {{reported}}",
    f"{_EN}{_RECOMPUTED_EN}, which is {{reported}} if the rate or the actual is rounded first",
)
_WORDINGS = {
    Verdict.COARSE: _COARSE,
    Verdict.TAIL: _ROUNDED,
    Verdict.WITHIN_INPUT_ROUNDING: _ROUNDED,
    Verdict.UNSCORABLE: _OPEN,
    Verdict.WITHIN_BAND: _OPEN,
}


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    reported = row.reported
    if reported is None or not is_missed_in_full(row):
        return
    score = row.scored.score
    is_about = Note.APPROXIMATE in row.scored.notes  # 约200人 against 205: nobody knows
    is_open = score is None or is_about
    yield Raised(
        spots=(row.spot("score"), row.spot("target"), row.spot("actual")),
        severity=Severity.NOTE if is_about else Severity.WARNING,
        kind=FindingClass.QUESTION if is_open else FindingClass.ARITHMETIC,
        facts=facts_of(row, score="" if score is None else score),
        points=None if score is None else difference(reported, score),
        rests_on_rule=True,
        wording=_WORDINGS.get(row.verdict, _PLAIN),
    )


CHECK = Check(
    code="PE103",
    name="missed-with-full-marks",
    scope=Scope.ROW,
    says=_PLAIN,
    explained_by=Wording(
        "PE103-explained",
        "得分按整数填报，或本地规定接近目标即得满分；数量由申请人多少决定时，低于计划不等于没有完成",
        "scores are filled in whole points, a local rule gives full marks near the target, or the number depends on who applied",
    ),
    ask=Wording(
        "PE103-ask",
        "请说明该指标得满分的依据，或更正得分与总分",
        "please explain on what ground the row has full marks, or correct the score and the total",
    ),
    basis="自评表填报说明（湖北武汉表样）：定量指标未完成的按完成比例计分，反向指标得分＝分值×指标值÷完成值",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE101",),
    wrong=(
        changed(indicators_1_actual="94.8%", indicators_1_deviation="检测设备停用"),
        changed(
            indicators_1_actual="94%",
            indicators_1_rule="每低1个百分点扣1分",
            indicators_1_deviation="检测设备停用",
            indicators_1_previous_year="",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_actual="94.8%",
            indicators_1_score="19.96",
            indicators_1_deviation="检测设备停用",
            total_score="99.76",
        ),
        changed(indicators_1_actual=">=94%", indicators_1_target=">=94%"),
    ),
)
