"""An indicator that the approved table does not have.

What: matched as for PE631. A row whose name no approved indicator has, and that is not similar to one that is missing
(PE634 asks about those). A note: of a table, one line. A table of which rows are known to be missing is left out.

Basis: two tables that state one thing: the indicators that were approved with the budget; a change is approved again.

Why: an indicator that is added after the result is known is reached for sure.

False alarms: the form of the self-evaluation has indicators of its own (满意度, 预算执行率); an approved change.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

import attrs

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import said_of
from perfeval.auditing.checks._targets import text_of
from perfeval.auditing.examples import APPROVED, CLEAN
from perfeval.auditing.outside import Pair, Relation, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        approved = pair.other.evaluation
        if approved.indicators and not approved.partial:
            yield from (_raised(pair, row) for row in rows_of(pair.table, pair.other).ours)


def _raised(pair: Pair[Table], row: Row) -> Raised:
    return Raised(
        spots=(row.spot("level3"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "name": row.indicator.level3 or "",
            "target": text_of(row.indicator.target),
            **said_of(pair.by),
        },
    )


CHECK = Check(
    code="PE635",
    name="row-added",
    scope=Scope.APPROVED,
    stages=ALL_STAGES,
    says=Wording(
        "PE635",
        "指标“{name}”（指标值 {target}）不在批复的绩效目标中（{match}对应）",
        "the indicator '{name}' (target {target}) is not among the approved ones (matched {matched})",
    ),
    explained_by=Wording(
        "PE635-explained",
        "自评模板统一增加的指标，或已按程序调整",
        "the form adds it for all, or the change was approved",
    ),
    ask=Wording(
        "PE635-ask",
        "请说明增加该指标的依据",
        "please say on what basis the indicator was added",
    ),
    basis="表间勾稽：自评表的指标与批复的绩效目标应一致，调整的应有相应批复",
    status=BasisStatus.BACKGROUND,
    run=_run,
    is_folded=True,
    approved=(attrs.evolve(APPROVED, indicators=APPROVED.indicators[:-1]),),
    wrong=(CLEAN,),
    right=(attrs.evolve(CLEAN, indicators=CLEAN.indicators[:-1]),),
)
