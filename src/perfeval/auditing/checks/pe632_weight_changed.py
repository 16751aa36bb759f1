"""Weights of indicators that are not the approved ones.

What: matched as for PE631. Weights that all changed in one proportion are taken for a form that weighs the execution rate
apart (100 points of indicators become 90), and are not reported. Else each row whose weight differs is named; of a table,
one line.

Basis: two tables that state one thing: the weights that were approved with the budget; a change is approved again.

Why: weight that moves to rows which went well raises the total.

False alarms: the form of the self-evaluation prescribes other weights than that of the approval; added or removed rows.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import class_of, said_of
from perfeval.auditing.examples import APPROVED, CLEAN, changed
from perfeval.auditing.outside import Pair, Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import NumberCell


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        weighed = [(rows, now, then) for rows in rows_of(pair.table, pair.other).pairs
                   if (now := _number(rows.row.indicator.weight)) and (then := _number(rows.other.weight))]  # fmt: skip
        if len({Fraction(now) / Fraction(then) for _, now, then in weighed}) > 1 or len(weighed) == 1:
            yield from (_raised(pair, rows, now, then) for rows, now, then in weighed if now != then)


def _number(cell: NumberCell | None) -> Decimal | None:
    """Give a weight; a blank one and one of 0 are another check's."""
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None


def _raised(pair: Pair[Table], rows: RowPair, now: Decimal, then: Decimal) -> Raised:
    path = f"indicators[{rows.number}].weight"
    place = place_of(pair.other.evaluation, path)
    return Raised(
        spots=(rows.row.spot("weight"),),
        severity=Severity.WARNING,
        kind=class_of(pair, path),
        facts={
            "name": rows.row.indicator.level3 or "",
            "weight": now,
            "approved": then,
            **said_of(pair.by),
        },
        points=now - then,
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE632",
    name="weight-changed",
    scope=Scope.APPROVED,
    stages=ALL_STAGES,
    says=Wording(
        "PE632",
        "“{name}”分值 {weight}，批复为 {approved}（{match}对应）",
        "'{name}': the weight is {weight}, approved was {approved} (matched {matched})",
    ),
    explained_by=Wording(
        "PE632-explained",
        "自评表的分值由统一模板规定，或指标有增减",
        "the form of the self-evaluation prescribes the weights, or indicators were added or removed",
    ),
    ask=Wording(
        "PE632-ask",
        "请说明分值调整的依据，或按批复的分值更正",
        "please say on what basis the weights were changed, or correct them to the approved ones",
    ),
    basis="表间勾稽：自评表的分值与批复的绩效目标应一致，调整的应有相应批复",
    status=BasisStatus.BACKGROUND,
    run=_run,
    is_folded=True,
    approved=(APPROVED,),
    wrong=(
        changed(
            indicators_0_weight="25",
            indicators_0_score="25",
            indicators_1_weight="15",
            indicators_1_score="15",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_0_weight="18",
            indicators_1_weight="18",
            indicators_2_weight="18",
            indicators_3_weight="18",
            indicators_4_weight="9",
        ),
    ),
)
