"""A printed grade that does not follow from the printed total.

What: the grade (优 良 中 差, also 优秀 良好 较差) is not the one of the rule book for the printed total. A grade above it
is an error, one below a warning. Words that could be two grades (合格, 一般) are left alone.

Basis: the grades of the rule book (90/80/60, lower edge inclusive, as the finance ministry's standard is reproduced);
a score sheet for reviewing self-evaluations takes points off for a grade that does not match.

Why: the grade is what the reader remembers.

False alarms: a region with other edges (choose its rule book); a grade that the finance bureau gave after its review.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._totals import grade_of, printed_total
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash

_SAME = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}
_ENDINGS = ("等级", "等次", "等", "级")


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total, printed, book = printed_total(table), table.evaluation.total.grade, table.card.rulebook
    names = [grade.name for grade in book.grades]
    grade = _grade(printed or "", names)
    found = None if total is None else grade_of(table, total)
    if grade is None or found is None or grade == found:
        return
    basis = book.basis_of("grades")
    is_known = basis is not None and basis.status is not BasisStatus.BACKGROUND
    is_above = names.index(grade) < names.index(found)
    yield Raised(
        spots=(table.spot("total.grade"), table.spot("total.score")),
        severity=Severity.ERROR if is_above and is_known else Severity.WARNING,
        kind=FindingClass.CONTRADICTION if is_known else FindingClass.QUESTION,
        facts={"grade": printed or "", "total": table.evaluation.total.score or "", "found": found},
    )


def _grade(printed: str, names: list[str]) -> str | None:
    text = squash(printed)
    for ending in _ENDINGS:
        text = text.removesuffix(ending) if text not in _SAME else text
    text = _SAME.get(text, text)
    return text if text in names else None


CHECK = Check(
    code="PE206",
    name="grade-mismatch",
    scope=Scope.TABLE,
    says=Wording(
        "PE206",
        "总分 {total} 对应等级“{found}”，表中为“{grade}”",
        "the total {total} makes the grade '{found}'; the table says '{grade}'",
    ),
    explained_by=Wording(
        "PE206-explained",
        "当地等级划分不同，或等级为财政部门复核后所定",
        "local edges differ, or the grade was set after a review",
    ),
    ask=Wording("PE206-ask", "请核对评价等级与总分", "please check the grade against the total"),
    basis="财政部门预算绩效评价等级（据转载）：90、80、60分，含下限；自评复核评分表（表样）：等级不符的扣分",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE204",),
    wrong=(
        changed(total_grade="良"),
        changed(
            indicators_1_actual="38%",
            indicators_1_score="8",
            indicators_1_deviation="检测设备停用",
            total_score="87.80",
            total_grade="优",
        ),
    ),
    right=(CLEAN, changed(total_grade="优秀"), changed(total_grade="合格"), changed(total_grade="")),
)
