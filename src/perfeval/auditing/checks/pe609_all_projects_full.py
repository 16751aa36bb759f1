"""Every project of the unit at the full total.

What: the unit has three projects at least and each prints a total equal to its weights (100). One line.

Basis: plausibility, no rule: a reviewer's remark.

Why: a self-evaluation in which nothing differs does not tell what to improve.

False alarms: small projects that were all finished and paid; it is a remark and no more.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_LEAST = 3
"""Fewer projects may all be at 100 by chance."""


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    totals = [table.card.reported_total for table in unit.projects]
    if len(totals) < _LEAST or not all(map(_is_full, unit.projects)):
        return
    yield Raised(
        spots=tuple(table.spot("total.score") for table in unit.projects),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={"count": len(totals), "total": totals[0]},
    )


def _is_full(table: Table) -> bool:
    return table.card.reported_total == table.card.rulebook.weights.sum


_FULL = {
    "funding_0_executed": "80.00",
    "funding_1_executed": "60.00",
    "funding_0_rate": "100%",
    "funding_0_score": "10",
    "total_score": "100",
}

CHECK = Check(
    code="PE609",
    name="all-projects-full",
    scope=Scope.UNIT,
    says=Wording(
        "PE609",
        "{count} 个项目的自评总分均为 {total} 分",
        "each of the {count} projects has a total of {total} points",
    ),
    explained_by=Wording(
        "PE609-explained",
        "各项目均已完成并足额支付",
        "all projects were finished and paid in full",
    ),
    ask=Wording(
        "PE609-ask",
        "请确认指标值的设置是否合理",
        "consider whether the targets ask for enough",
    ),
    basis="合理性分析（无条文依据）：全部项目均为满分较少见；第三方机构自评复核对此予以关注",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(**_FULL),
        changed(name="农村桥梁养护", **_FULL),
        changed(name="农村隧道养护", **_FULL),
    ),
    right=(changed(), changed(name="农村桥梁养护", **_FULL), changed(name="农村隧道养护", **_FULL)),
)
