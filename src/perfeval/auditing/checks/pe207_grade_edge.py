"""A grade that only rounding makes.

What: the total before rounding has another grade than the total as printed: either the rule book's recomputed total
says so, or the printed total is the sum of the printed scores rounded over an edge (89.80 printed 90).

Basis: public code of one platform grades the unrounded sum, forms print the rounded one; no rule decides.

Why: a few hundredths decide the grade, and the two practices disagree on it.

False alarms: it is a question by nature; where no grade is printed it is a note.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._totals import grade_of, grade_of_sum, printed_total
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Note
from perfeval.values import squash

_UNROUNDED = Wording(
    "PE207-unrounded",
    "总分 {total} 对应等级“{grade}”，但各项得分不舍入时，总分低于该等级的分数线",
    "the total {total} makes the grade '{grade}', but only because scores were rounded row by row",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = printed_total(table)
    if total is None:
        return
    other, is_edge = grade_of_sum(table), Note.GRADE_EDGE in table.card.notes and total == table.card.total
    if other is None and not is_edge:
        return
    is_printed = bool(squash(table.evaluation.total.grade or ""))
    facts: dict[str, object] = {
        "total": table.evaluation.total.score or "",
        "grade": grade_of(table, total) or "",
    }
    if other is not None:
        facts |= {"sum": other[0], "other": other[1]}
    yield Raised(
        spots=(table.spot("total.score"), table.spot("total.grade")),
        severity=Severity.WARNING if is_printed else Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts,
        wording=_UNROUNDED if other is None else None,
    )


CHECK = Check(
    code="PE207",
    name="grade-edge",
    scope=Scope.TABLE,
    says=Wording(
        "PE207",
        "各项得分之和 {sum} 对应等级“{other}”，表中总分为 {total}，对应等级“{grade}”",
        "the scores add up to {sum}, grade '{other}'; the total is printed as {total}, grade '{grade}'",
    ),
    explained_by=Wording(
        "PE207-explained",
        "没有规定按舍入前还是舍入后的总分定级",
        "no rule says whether the grade goes by the total before or after rounding",
    ),
    ask=Wording("PE207-ask", "请说明定级所用的总分", "please say which total the grade goes by"),
    basis="表内勾稽：评价等级由总分得出；按舍入前的总分（预算管理一体化平台公开代码）还是按表中总分定级，未见规定",
    status=BasisStatus.REPORTED,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(
            indicators_1_actual="47.5%",
            indicators_1_score="10",
            indicators_1_deviation="检测设备停用",
            total_score="90",
            total_grade="优",
        ),
        changed(
            goal_expected="",
            goal_actual="",
            indicators_0_level3="养护道路条数",
            indicators_0_target=">=120条",
            indicators_0_actual="70条",
            indicators_0_score="11.67",
            indicators_0_previous_year="",
            indicators_0_deviation="五十条道路移交",
            indicators_1_actual="88%",
            indicators_1_score="18.53",
            indicators_1_previous_year="",
            indicators_1_deviation="检测设备停用",
            total_score="90.00",
            total_grade="优",
        ),
    ),
    right=(CLEAN, changed(total_grade="优")),
)
