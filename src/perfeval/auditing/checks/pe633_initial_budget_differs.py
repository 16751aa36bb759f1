"""A 年初预算数 that is not the approved budget.

What: the total of 年初预算数 is compared with that of the approved table (its 年初 column, or its only column of budget), in
元, within half a unit of the coarser printed digit. Where either unit of money is unknown, nothing is said.

Basis: two tables that state one thing: the approved budget is the one at the beginning of the year.

Why: how far the budget was adjusted, and what the targets were approved for, is read from it.

False alarms: the approved table states the whole project, the other the year; money carried over is counted on one side.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import Sum, agrees, class_of, in_unit_of, said_of, table_sum
from perfeval.auditing.examples import APPROVED, CLEAN, changed
from perfeval.auditing.outside import Pair, Relation, place_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        printed, approved = table_sum(pair.table, "initial"), _approved(pair.other)
        if printed is not None and approved is not None and not agrees([printed], [approved]):
            yield _raised(pair, printed, approved)


def _approved(table: Table) -> Sum | None:
    return table_sum(table, "initial") or table_sum(table, "adjusted")


def _raised(pair: Pair[Table], printed: Sum, approved: Sum) -> Raised:
    place = place_of(pair.other.evaluation, approved.path)
    return Raised(
        spots=(pair.table.spot(printed.path),),
        severity=Severity.WARNING,
        kind=class_of(pair, approved.path),
        facts={"printed": printed.text, "approved": approved.text, **said_of(pair.by)},
        amount=in_unit_of(pair.table, printed.amount - approved.amount),
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE633",
    name="initial-budget-differs",
    scope=Scope.APPROVED,
    stages=ALL_STAGES,
    says=Wording(
        "PE633",
        "年初预算数为 {printed}，批复的预算为 {approved}（{match}对应）",
        "the initial budget is {printed}, approved was {approved} (matched {matched})",
    ),
    explained_by=Wording(
        "PE633-explained",
        "批复表填列的是项目总预算，或结转资金的口径不同",
        "the approved table states the whole project, or counts carried-over money differently",
    ),
    ask=Wording(
        "PE633-ask",
        "请核对年初预算数与批复数，并说明口径",
        "please check the initial budget against the approval, and say what each includes",
    ),
    basis="表间勾稽：自评表的年初预算数与批复的年初预算应一致",
    status=BasisStatus.REPORTED,
    run=_run,
    approved=(APPROVED,),
    wrong=(changed(funding_0_initial="75.00", funding_1_initial="55.00"),),
    right=(CLEAN, changed(funding_0_initial="800000元"), changed(amount_unit="", funding_0_initial="70.00")),
)
