"""An approved indicator that the table no longer has.

What: matched as for PE631. An approved indicator whose name no row of the table has; where a row without counterpart has a
similar name, it is a note that asks whether it was renamed. Tables of which rows are known to be missing are left out.

Basis: two tables that state one thing: the indicators that were approved with the budget; a change is approved again.

Why: an indicator that was going to be missed and is left out takes its points with it.

False alarms: a change that was approved during the year; an indicator that was split, or written with other words.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

import attrs

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import class_of, said_of
from perfeval.auditing.checks._targets import text_of
from perfeval.auditing.examples import APPROVED, CLEAN
from perfeval.auditing.outside import Pair, Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import Indicator

_RENAMED = Wording(
    "PE634-renamed",
    "批复的指标“{name}”（指标值 {target}）不在表中，是否改为“{now}”（{match}对应）",
    "the approved indicator '{name}' (target {target}) is not in the table; is it now '{now}'? (matched {matched})",
)


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        if pair.other.evaluation.partial or not pair.table.evaluation.indicators:
            continue
        rows = rows_of(pair.table, pair.other)
        yield from (_raised(pair, number, row) for number, row in rows.theirs)
        yield from (_renamed(pair, near) for near in rows.near)


def _raised(pair: Pair[Table], number: int, row: Indicator) -> Raised:
    path = f"indicators[{number}]"
    place = place_of(pair.other.evaluation, path)
    return Raised(
        spots=(pair.table.spot("indicators"),),
        severity=Severity.WARNING,
        kind=class_of(pair, path),
        facts={"name": row.level3 or "", "target": text_of(row.target), **said_of(pair.by)},
        places=() if place is None else (place,),
    )


def _renamed(pair: Pair[Table], near: RowPair) -> Raised:
    raised = _raised(pair, near.number, near.other)
    return attrs.evolve(
        raised,
        spots=(near.row.spot("level3"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={**raised.facts, "now": near.row.indicator.level3 or ""},
        wording=_RENAMED,
    )


_IN_TIME = Indicator(level1="产出指标", level2="时效指标", level3="按期开工", target="5月前")

CHECK = Check(
    code="PE634",
    name="row-removed",
    scope=Scope.APPROVED,
    stages=ALL_STAGES,
    says=Wording(
        "PE634",
        "批复的指标“{name}”（指标值 {target}）不在表中（{match}对应）",
        "the approved indicator '{name}' (target {target}) is not in the table (matched {matched})",
    ),
    explained_by=Wording(
        "PE634-explained",
        "指标已按程序调整、拆分或改名",
        "the indicator was changed with approval, split or renamed",
    ),
    ask=Wording(
        "PE634-ask",
        "请说明该指标未列入自评表的原因，或补充自评",
        "please say why the indicator is not evaluated, or add it",
    ),
    basis="表间勾稽：自评表的指标与批复的绩效目标应一致，调整的应有相应批复",
    status=BasisStatus.BACKGROUND,
    run=_run,
    needs_whole=True,
    approved=(attrs.evolve(APPROVED, indicators=[*APPROVED.indicators, _IN_TIME]),),
    wrong=(CLEAN,),
    right=(attrs.evolve(CLEAN, indicators=[*CLEAN.indicators, _IN_TIME]),),
)
