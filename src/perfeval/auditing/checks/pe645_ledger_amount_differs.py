"""A budget or execution of a table that is not that of the accounts.

What: 年初预算数, 全年预算数 and 全年执行数 of the total row against the account, each in 元, within half a unit of the coarser
printed digit of both. Accepted as well: the account holds one source of money of the table, or all but one (treasury
accounts hold 财政拨款 only); one of several lines of a project is the sum of the others. Blank and unreadable cells are not
0 and not compared; where a unit of money is unknown, nothing is said and the table is counted. A match by code is a
contradiction, one by name a question.

Basis: the amounts of a table are those of the accounts.

Why: the execution rate and its points follow from these amounts.

False alarms: the accounts were drawn up on another day; the table counts carried-over money or commitments that the accounts
do not.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import COLUMNS, WORDS, Side, as_decimal
from perfeval.auditing.checks._outside import (
    Sum,
    account_readings,
    agrees,
    class_of,
    in_unit_of,
    said_of,
    table_readings,
)
from perfeval.auditing.examples import ACCOUNT, CLEAN, changed
from perfeval.auditing.ledger import Account
from perfeval.auditing.outside import Pair, Relation
from perfeval.auditing.settings import AuditSettings
from perfeval.findings import Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_ENGLISH: dict[Side, str] = {"initial": "initial budget", "adjusted": "budget", "executed": "execution"}


def _run(relation: Relation[Account], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        for column in COLUMNS:
            printed, held = table_readings(pair.table, column), account_readings(pair.other, column)
            if printed and held and not (agrees(printed, held[:1]) or agrees(printed[:1], held)):
                yield _raised(pair, column, printed[0], held[0])


def _raised(pair: Pair[Account], column: Side, printed: Sum, held: Sum) -> Raised:
    difference = printed.amount - held.amount
    return Raised(
        spots=(pair.table.spot(printed.path),),
        severity=Severity.WARNING,
        kind=class_of(pair),
        facts={
            "column": WORDS[column],
            "amount_of": _ENGLISH[column],
            "printed": printed.text,
            "held": held.text,
            "difference": as_decimal(difference),
            **said_of(pair.by),
        },
        amount=in_unit_of(pair.table, difference),
        places=pair.other.places,
    )


CHECK = Check(
    code="PE645",
    name="ledger-amount-differs",
    scope=Scope.LEDGER,
    says=Wording(
        "PE645",
        "{column}：表中为 {printed}，账表为 {held}，相差 {difference} 元（{match}对应）",
        "{amount_of}: the table has {printed}, the accounts {held}; the difference is {difference} 元 (matched {matched})",
    ),
    explained_by=Wording(
        "PE645-explained",
        "账表与自评表的截止日期或口径不同（结转资金、其他资金、应付未付款）",
        "another closing day or scope (carried-over money, other sources, commitments)",
    ),
    ask=Wording(
        "PE645-ask",
        "请核对账表与自评表的金额，说明口径或更正",
        "please check the amounts against the accounts, and say what each includes or correct them",
    ),
    basis="表账核对：自评表的预算数、执行数与账表应一致",
    status=BasisStatus.BACKGROUND,
    run=_run,
    ledger=(ACCOUNT,),
    wrong=(
        changed(
            funding_0_executed="77.40",
            funding_1_executed="57.40",
            funding_0_rate="96.75%",
            funding_0_score="9.68",
            total_score="99.68",
        ),
    ),
    right=(CLEAN, changed(name="桥梁检测"), changed(name="养护站房维修", funding_1_executed="60.00")),
)
