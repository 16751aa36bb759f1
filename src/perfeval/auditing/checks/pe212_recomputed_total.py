"""What a printed total becomes when the scores found too high are corrected.

What: the points of the rows that have more than any accepted reading gives (PE101), or full marks for a target that was
missed (PE103), are taken off the printed total. It hangs under the first of them; a change of grade is said.

Basis: rules.md W4; semantics.md §7 (5).

Why: the letter to the unit names the figure that is asked for.

False alarms: those of the rows that it rests on.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import is_missed_in_full
from perfeval.auditing.checks._totals import grade_of, printed_total
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.numbers import difference, total_of

_GRADE = Wording(
    "PE212-grade",
    "更正上述得分后，总分由“{total}”变为 {corrected}，等级由“{before}”变为“{after}”",
    "with these scores corrected, the total {total} becomes {corrected}, the grade '{before}' becomes '{after}'",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = printed_total(table)
    over = [points for row in table.rows if (points := _over(row))]
    if total is None or not over:
        return
    points = total_of(over)
    corrected = difference(total, points)
    before, after = grade_of(table, total) or "", grade_of(table, corrected) or ""
    yield Raised(
        spots=(table.spot("total.score"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "total": table.evaluation.total.score or "",
            "corrected": corrected,
            "count": len(over),
            "before": before,
            "after": after,
        },
        points=points,
        wording=None if before == after else _GRADE,
    )


def _over(row: Row) -> Decimal | None:
    if row.scored.score is None or row.reported is None or row.reported <= row.scored.score:
        return None
    if row.verdict is not Verdict.DIFFERS and not is_missed_in_full(row):
        return None
    return difference(row.reported, row.scored.score)


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
    basis="rules.md W4；semantics §7 (5)",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE101", "PE103", "PE104"),
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
