"""A part of the money that has a score of its own beside the total's.

What: a row other than the total prints points above 0 while the total row prints its own. Forms that print 0 in the
parts are left alone, and so is a form whose only score stands in a part.

Basis: the form (Xinjiang, 2024; Shanghai): only the total is scored.

Why: added up, the points for execution count twice.

False alarms: a form that divides the weight of the execution rate among the sources.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import printed_number, total_row
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import Funding


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total, rows = total_row(table), table.evaluation.funding
    if total is None or _points(rows[total]) is None:
        return
    for index, row in enumerate(rows):
        points = _points(row)
        if index == total or not points or points < 0:
            continue
        yield Raised(
            spots=(table.spot(f"funding[{index}].score"), table.spot(f"funding[{total}].score")),
            severity=Severity.NOTE,
            kind=FindingClass.QUESTION,
            facts={
                "label": row.label or "",
                "score": printed_number(row.score),
                "total_label": rows[total].label or "",
                "total_score": printed_number(rows[total].score),
            },
            points=points,
        )


def _points(row: Funding) -> Decimal | None:
    return row.score.value if row.score is not None and isinstance(row.score.value, Decimal) else None


CHECK = Check(
    code="PE413",
    name="part-scored",
    scope=Scope.TABLE,
    says=Wording(
        "PE413",
        "“{label}”也填有得分 {score}，而“{total_label}”已得 {total_score}；执行率一般只按总额计分",
        "'{label}' has {score} points too beside the {total_score} of '{total_label}'; as a rule only the total is scored",
    ),
    explained_by=Wording(
        "PE413-explained",
        "分项得分仅作说明，未计入总分",
        "the points of the part are information only, and not in the total",
    ),
    ask=Wording(
        "PE413-ask",
        "请确认总分未重复计入分项得分",
        "please confirm that the points of the part are not counted twice",
    ),
    basis="表内勾稽：预算执行率只按年度资金总额计分，分项得分栏填“—”或留空（自评表表样：新疆2024年度、上海）",
    status=BasisStatus.VERIFIED,
    run=_run,
    is_folded=True,
    wrong=(changed(funding_1_score="9.73"),),
    right=(CLEAN, changed(funding_1_score="0", funding_2_score="")),
)
