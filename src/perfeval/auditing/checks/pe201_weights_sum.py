"""Weights that do not add up to 100.

What: the weights of the rows and the weight of the execution rate make neither 100 (the rule book's sum) nor the weight
printed in the total row. An error where all of them are printed and no reading fits; a warning, as a question, where the
rows alone make 100 and the execution rate has points besides, where all agree on another sum than 100, and where a part
was read with a doubt. An execution rate without printed weight may weigh anything up to 20: then nothing is said unless
even that cannot fit. Where row weights are not printed, the weights in the names of level 1 (产出指标(50分)) are added. Where rows say 不适用
and print no weight, a sum that lacks theirs is a question; a total row may print the weights that apply.

Basis: an identity of the form: 100 in all forms that were read.

Why: points that are not there, or there twice, move every total and grade.

False alarms: a form whose execution rate stands beside the 100 points; a row lost in a damaged document that is not
known to be partial.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._totals import (
    inapplicable_rows,
    is_doubtful,
    level_weight,
    row_weights,
    stated_execution_weights,
    total_weight,
    usual_most,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.execution import has_execution_row
from perfeval.scoring.numbers import difference, total_of
from perfeval.values import squash

_BESIDES = Wording(
    "PE201-besides",
    "各指标分值合计已为 {rows} 分，预算执行率另有 {execution} 分，共 {sum} 分",
    "the rows alone weigh {rows}; the execution rate weighs {execution} besides, {sum} in all",
)
_OTHER_SUM = Wording(
    "PE201-other-sum",
    "分值合计 {sum} 分，与合计行一致，但不是 {wanted} 分",
    "the weights add up to {sum}, as the total row says, and not to {wanted}",
)
_TOTAL_ROW = Wording(
    "PE201-total-row",
    "各指标与预算执行率的分值合计 {sum} 分，合计行为 {printed} 分",
    "rows and execution rate weigh {sum}; the total row says {printed}",
)
_LEVELS = Wording(
    "PE201-levels",
    "一级指标所印分值合计 {rows} 分，加预算执行率 {execution} 分为 {sum} 分，不是 {wanted} 分",
    "the weights printed with the level-1 groups make {rows}, with the execution rate's {execution} {sum}, not {wanted}",
)
_INAPPLICABLE = Wording(
    "PE201-inapplicable",
    "各指标与预算执行率的分值合计 {sum} 分，不是 {wanted} 分；另有 {inapplicable} 项指标不适用，没有印分值",
    "rows and execution rate weigh {sum}, not {wanted}; {inapplicable} rows do not apply and print no weight",
)

Outcome = tuple[Severity, FindingClass, Wording | None]
_ERROR: Outcome = (Severity.ERROR, FindingClass.ARITHMETIC, None)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    rows, outcome = row_weights(table.rows), None
    if rows is not None:
        outcome = _judged(table, rows)
    else:
        rows = _levels(table)
        if rows is not None and _judged(table, rows) == _ERROR:
            outcome = (Severity.WARNING, FindingClass.CONTRADICTION, _LEVELS)
    if rows is None or outcome is None:
        return
    if outcome == _ERROR and _lacks_inapplicable(table, rows):
        outcome = (Severity.WARNING, FindingClass.QUESTION, _INAPPLICABLE)
    severity, kind, wording = outcome
    if is_doubtful(table, "weight"):
        severity, kind = Severity.WARNING, FindingClass.QUESTION
    yield _raised(table, rows, severity, kind, wording)


def _raised(
    table: Table, rows: Decimal, severity: Severity, kind: FindingClass, wording: Wording | None
) -> Raised:
    weights = stated_execution_weights(table)
    execution = weights[0] if weights else Decimal(0)
    whole, wanted = total_of([rows, execution]), table.card.rulebook.weights.sum
    return Raised(
        spots=(table.spot("total.weight"), table.spot("indicators")),
        severity=severity,
        kind=kind,
        facts={
            "rows": rows,
            "execution": execution if weights else "—",
            "sum": whole,
            "printed": table.evaluation.total.weight or "",
            "wanted": wanted,
            "difference": difference(whole, wanted),
            "inapplicable": len(_weightless(table)),
        },
        points=difference(whole, wanted) or None,
        wording=wording,
    )


def _weightless(table: Table) -> list[Row]:
    return [row for row in inapplicable_rows(table) if row.weight is None]


def _lacks_inapplicable(table: Table, rows: Decimal) -> bool:
    """Say whether the weights of rows that do not apply may be what is missing from the sum."""
    weights = stated_execution_weights(table) or (Decimal(0),)
    return bool(_weightless(table)) and total_of([rows, *weights[:1]]) < table.card.rulebook.weights.sum


def _judged(table: Table, rows: Decimal) -> Outcome | None:
    """Try every reading of the sum; None where one of them fits."""
    wanted, printed = table.card.rulebook.weights.sum, total_weight(table)
    weights = stated_execution_weights(table)
    if not weights:
        return (
            None if 0 <= difference(wanted, rows) <= usual_most(table) else _without_execution(rows, printed)
        )
    sums = [total_of([rows, weight]) for weight in weights]
    if wanted in sums:
        weights_taken_out = [row.weight for row in inapplicable_rows(table) if row.weight is not None]
        applicable = difference(wanted, total_of(weights_taken_out))
        fits = printed is None or printed in (wanted, rows, applicable)
        return None if fits else (Severity.ERROR, FindingClass.ARITHMETIC, _TOTAL_ROW)
    if rows == wanted and has_execution_row(
        table.evaluation, table.card.rulebook
    ):  # printed with the money and as a row: one and the same
        return None
    if rows == wanted:
        return Severity.WARNING, FindingClass.QUESTION, _BESIDES
    if printed in sums:
        return Severity.WARNING, FindingClass.QUESTION, _OTHER_SUM
    return _ERROR


def _without_execution(rows: Decimal, printed: Decimal | None) -> Outcome:
    return (Severity.WARNING, FindingClass.QUESTION, _OTHER_SUM) if printed == rows else _ERROR


def _levels(table: Table) -> Decimal | None:
    """Add up the weights in the names of level 1; None where a group has none."""
    names = dict.fromkeys(squash(row.indicator.level1 or "") for row in table.rows)
    weights = [level_weight(name) for name in names]
    known = [weight for weight in weights if weight is not None]
    return total_of(known) if known and len(known) == len(weights) else None


CHECK = Check(
    code="PE201",
    name="weights-sum",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE201",
        "各指标分值合计 {rows} 分，预算执行率 {execution} 分，共 {sum} 分，应为 {wanted} 分",
        "the rows weigh {rows}, the execution rate {execution}: {sum} in all, and it should be {wanted}",
    ),
    explained_by=Wording(
        "PE201-explained",
        "预算执行率不计入总分，或表中漏印一行",
        "the execution rate does not count in the total, or a row was left out",
    ),
    ask=Wording("PE201-ask", "请核对各指标分值", "please check the weights"),
    basis="表内勾稽：各指标分值与预算执行率分值之和为100分（各地自评表表样）",
    status=BasisStatus.VERIFIED,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(indicators_0_weight="15", indicators_0_score="15", total_score="94.80"),
        changed(total_weight="110"),
        changed(indicators_0_weight="30", indicators_0_score="30", total_score="100.00"),
    ),
    right=(
        CLEAN,
        changed(total_weight=None),
        changed(total_weight="90"),
        changed(indicators_1_actual="不适用", total_weight="80"),
        changed(funding_0_weight=None),
        changed(partial=True, indicators_0_weight="15", indicators_0_score="15", total_score="94.80"),
    ),
)
