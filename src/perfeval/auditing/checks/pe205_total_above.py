"""A printed total above 100.

What: the total is greater than the rule book's sum of weights (100). Where the total row prints a weight that is at least
as great, it is a question.

Basis: an identity of the form: 100 in all forms that were read.

Why: more points than there are.

False alarms: a form with bonus points.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._totals import printed_total, total_weight
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total, most, weight = printed_total(table), table.card.rulebook.weights.sum, total_weight(table)
    if total is None or total <= most:
        return
    is_open = weight is not None and weight >= total
    yield Raised(
        spots=(table.spot("total.score"),),
        severity=Severity.WARNING if is_open else Severity.ERROR,
        kind=FindingClass.QUESTION if is_open else FindingClass.ARITHMETIC,
        facts={
            "total": table.evaluation.total.score or "",
            "most": most,
            "difference": difference(total, most),
        },
        points=difference(total, most),
    )


CHECK = Check(
    code="PE205",
    name="total-above",
    scope=Scope.TABLE,
    says=Wording(
        "PE205", "总分 {total}，高于满分 {most}", "the total {total} is above the full marks of {most}"
    ),
    explained_by=Wording("PE205-explained", "设有加分项", "the form has bonus points"),
    ask=Wording("PE205-ask", "请核对总分", "please check the total"),
    basis="表内勾稽：总分不高于满分100分（各地自评表表样）",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE104", "PE201", "PE204", "PE208"),
    wrong=(changed(partial=True, total_score="109.80"),),
    right=(CLEAN, changed(funding_0_executed="80.00", funding_0_rate="100.00%", funding_0_score="10.00",
                          funding_1_executed="60.00", total_score="100.00")),
)  # fmt: skip
