"""A satisfaction score that is neither in proportion nor the value of any band.

What: for 满意度, the rule book has bands, its own or accepted ones; the reported score equals none of their values and
no other accepted reading. A score in proportion, or inside what rounding explains, is never raised.

Basis: the bands (90, 80, 60) are known as those of 财预〔2021〕101号, whose annex was not read.

Why: whichever way satisfaction is scored, some scores cannot come out.

False alarms: a region with other bands.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import above_weight, facts_of, is_band_value
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import difference


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    score, reported = row.scored.score, row.reported
    if row.verdict not in (Verdict.BELOW, Verdict.DIFFERS) or score is None or reported is None:
        return
    if is_band_value(row) is not False or above_weight(row) or reported < 0:
        return
    yield Raised(
        spots=(row.spot("score"), row.spot("actual")),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, score=score),
        points=difference(reported, score),
        rests_on_rule=True,
    )


CHECK = Check(
    code="PE109",
    name="satisfaction-off-band",
    scope=Scope.ROW,
    says=Wording(
        "PE109",
        "“{name}”实际完成值 {actual}，得分 {reported}；按赋分规则应为 {score} 分，表中得分也不等于满意度任何一档的分值",
        "'{name}': actual {actual}, score {reported}; the rule gives {score}, and no band of satisfaction has that value",
    ),
    explained_by=Wording("PE109-explained", "本地满意度赋分的分档不同", "local bands of satisfaction differ"),
    ask=Wording(
        "PE109-ask", "请说明满意度得分的计算办法", "please explain how the satisfaction score was calculated"
    ),
    basis=(
        "满意度按90%、80%、60%分档计分：据知出自《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号，"
        "原文未核对）"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE101",),
    wrong=(
        changed(
            indicators_4_actual="85%",
            indicators_4_score="8.5",
            indicators_4_previous_year="",
            indicators_4_deviation="排水问题尚未解决",
            total_score="98.30",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_4_actual="85%",
            indicators_4_score="9.44",
            indicators_4_previous_year="",
            indicators_4_deviation="排水问题尚未解决",
            total_score="99.24",
        ),
    ),
)
