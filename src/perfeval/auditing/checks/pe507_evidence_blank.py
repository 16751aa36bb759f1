"""Rows whose 佐证资料 is blank.

What: the form has the column, the row has an actual and a weight, and the cell is blank, a dash, a slash or 无; one line for
each table.

Basis: the column of a published form (Xinjiang, 2024); by a reviewer's convention no evidence earns no points.

Why: what is not evidenced cannot be reviewed.

False alarms: one merged cell for several rows that a PDF did not keep together; evidence listed in an annex.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import says_nothing
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Missing


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    indicator = row.indicator
    has_actual = indicator.actual is not None and not isinstance(indicator.actual.value, Missing)
    if indicator.evidence is None or not has_actual or not row.weight:
        return
    if not says_nothing(indicator.evidence):
        return
    yield Raised(
        spots=(row.spot("evidence"),),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row),
    )


CHECK = Check(
    code="PE507",
    name="evidence-blank",
    scope=Scope.ROW,
    is_folded=True,
    says=Wording(
        "PE507",
        "佐证资料栏空白或未列材料，如“{name}”实际完成值 {actual}",
        "no evidence is named, such as for '{name}', actual {actual}",
    ),
    explained_by=Wording(
        "PE507-explained",
        "佐证资料另附，或与上一行合并填写",
        "evidence in an annex, or in a cell merged with the row above",
    ),
    ask=Wording("PE507-ask", "请补充佐证资料名称", "please name the evidence"),
    basis="自评表表样“佐证资料”栏（新疆，2024年度）；第三方机构自评复核对没有佐证的不计分",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(changed(indicators_1_evidence=""), changed(indicators_1_evidence="—")),
    right=(CLEAN, changed(indicators_1_evidence=None)),
)
