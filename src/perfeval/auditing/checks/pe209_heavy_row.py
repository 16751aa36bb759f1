"""One row that holds most of the points.

What: the weight of one row is at or above the mark ``heavy_row`` (50). One line for each table.

Basis: plausibility, no rule: published tables exist in which one row carries 90. The mark is a setting.

Why: such a table is decided by one figure.

False alarms: a small project, salaries or one purchase, that has one thing to show.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    if row.weight is None or row.weight < settings.heavy_row:
        return
    yield Raised(
        spots=(row.spot("weight"),),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, mark=settings.heavy_row),
    )


CHECK = Check(
    code="PE209",
    name="heavy-row",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE209",
        "“{name}”一项占 {weight} 分，达到提示标准 {mark} 分",
        "'{name}' alone weighs {weight}, which reaches the mark of {mark}",
    ),
    explained_by=Wording(
        "PE209-explained",
        "项目内容单一，只有一项可考核",
        "the project has one thing to show",
    ),
    ask=Wording(
        "PE209-ask",
        "请说明分值集中于一项的理由，或细化指标",
        "please explain why one row holds so many points, or divide it",
    ),
    basis="合理性分析（无条文依据）：分值集中于一项时，总分主要由一个数决定；提示标准为可调设置",
    status=BasisStatus.BACKGROUND,
    run=_run,
    is_folded=True,
    wrong=(
        changed(
            indicators_0_weight="50",
            indicators_0_score="50",
            indicators_1_weight="10",
            indicators_1_score="10",
            indicators_2_weight="10",
            indicators_2_score="10",
            indicators_3_weight="10",
            indicators_3_score="10",
        ),
    ),
    right=(CLEAN,),
)
