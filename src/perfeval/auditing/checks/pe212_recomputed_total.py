"""What a printed total becomes when the scores found too high are corrected.

What: the points of the rows that have more than any accepted reading gives (PE101), or full marks for a target that was
missed (PE103), are taken off the printed total. It hangs under the first of them; a change of grade is said. Where the
total is already that of the corrected scores, it says so: then only the score is to be corrected. Nothing is said where rows say
不适用 and the total may be rescaled.

Basis: an identity of the form; consequences hang under their cause (docs/audit.md).

Why: the letter to the unit names the figure that is asked for.

False alarms: those of the rows that it rests on.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._corrections import counts_corrected, excess_of
from perfeval.auditing.checks._totals import grade_of, may_be_rescaled, printed_total, sums_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference, total_of

_GRADE = Wording(
    "PE212-grade",
    "更正上述得分后，总分由“{total}”变为 {corrected}，等级由“{before}”变为“{after}”",
    "with these scores corrected, the total {total} becomes {corrected}, the grade '{before}' becomes '{after}'",
)

_COUNTED = Wording(
    "PE212-counted",
    "总分“{total}”已按更正后的得分计算，只需更正该项得分",
    "the total {total} already counts the corrected score; only that score needs correction",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = printed_total(table)
    if total is None or may_be_rescaled(table, total):
        return
    if _is_corrected(table, total):
        yield _raised(table, {}, _COUNTED)
        return
    over = [points for row in table.rows if (points := excess_of(row))]
    if not over:
        return
    points = total_of(over)
    corrected = difference(total, points)
    before, after = grade_of(table, total) or "", grade_of(table, corrected) or ""
    facts = {"corrected": corrected, "count": len(over), "before": before, "after": after}
    yield _raised(table, facts, None if before == after else _GRADE, points)


def _is_corrected(table: Table, total: Decimal) -> bool:
    """Say whether the printed total is that of the corrected scores, and not of the printed ones."""
    sums = None if table.evaluation.partial else sums_of(table)
    return sums is not None and counts_corrected(table, sums, total)


def _raised(
    table: Table, facts: Mapping[str, object], wording: Wording | None, points: Decimal | None = None
) -> Raised:
    return Raised(
        spots=(table.spot("total.score"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={"total": table.evaluation.total.score or "", **facts},
        points=points,
        wording=wording,
    )


CHECK = Check(
    code="PE212",
    name="recomputed-total",
    scope=Scope.TABLE,
    says=Wording(
        "PE212",
        "更正上述 {count} 项得分后，总分由“{total}”变为 {corrected}",
        "with the {count} scores corrected, the total {total} becomes {corrected}",
    ),
    explained_by=Wording(
        "PE212-explained", "取决于上述各项是否需要更正", "depends on whether these rows need correction"
    ),
    ask=Wording("PE212-ask", "请相应更正总分", "please correct the total accordingly"),
    basis="表内勾稽：总分＝各指标得分＋预算执行率得分（自评表表样：新疆，2024年度）",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE101", "PE103", "PE104", "PE105", "PE402"),
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="19",
            indicators_1_deviation="检测设备停用",
            total_score="98.80",
        ),
    ),
    right=(CLEAN,),
)
