"""A score of the execution rate that the rate does not give.

What: the score printed for the money against W · min(E ÷ B, 1): every rounding, the rate rounded first, cut instead of
rounded, and amounts that were rounded before they were printed are tried. A score that only E ÷ 年初预算数 gives is a
question of the base; one that is lower than the formula's, or rounded to fewer digits, is a note.

Basis: rules.md F02 and §3.1 (E1, E2); semantics §4 (execution).

Why: these points follow from two printed amounts alone.

False alarms: a region that scores in steps (0 below 60 %, full from 95 %); a deduction for slow progress; a base that
the form does not print.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    Side,
    as_decimal,
    budget_column,
    printed,
    share_of,
    total_row,
    unit_of_money,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Verdict
from perfeval.scoring.execution import ExecutionScore
from perfeval.table import Funding

_OTHER_BASE = Wording(
    "PE402-initial",
    "预算执行率得分表中为 {reported}，与按年初预算数 {initial} 计算一致；按全年预算数 {budget} 应得 {score} 分",
    "the execution score {reported} is what the initial budget {initial} gives; the adjusted {budget} gives {score}",
)
_LOWER = Wording(
    "PE402-lower",
    "预算执行率得分表中为 {reported}，{executed} ÷ {budget} × {weight} = {score}，自评偏低",
    "the execution score is {reported}; {executed} ÷ {budget} × {weight} = {score}: the table scores itself lower",
)
_COARSE = Wording(
    "PE402-coarse",
    "预算执行率得分表中为 {reported}，{executed} ÷ {budget} × {weight} = {score}，表中只保留到 {reported} 的位数",
    "the execution score is {reported}; {executed} ÷ {budget} × {weight} = {score}: it was rounded to fewer digits",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    found = table.card.execution
    score, reported = found.score, found.reported_score
    wording = _wording(table, found)
    if score is None or reported is None or wording is None:
        return
    is_error = wording is CHECK.says
    is_base = wording is _OTHER_BASE
    index = _scored_row(table)
    difference = as_decimal(Fraction(reported) - Fraction(score))
    severity = Severity.ERROR if is_error else Severity.WARNING if is_base else Severity.NOTE
    yield Raised(
        spots=tuple(table.spot(f"funding[{index}].{name}") for name in ("score", "executed")),
        severity=severity,
        kind=FindingClass.ARITHMETIC if is_error else FindingClass.QUESTION,
        facts={
            "reported": reported,
            "score": score,
            "weight": found.weight,
            "executed": _plain(found.executed),
            "budget": _plain(found.budget),
            "initial": printed(table.evaluation.funding[index].initial),
            "difference": difference,
        },
        points=difference,
        wording=wording,
    )


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _wording(table: Table, found: ExecutionScore) -> Wording | None:
    """Give what is to be said of a printed score; None where a reading gives it."""
    reported = found.reported_score
    if found.verdict not in (Verdict.DIFFERS, Verdict.BELOW, Verdict.COARSE) or reported is None:
        return None
    total = _total(table)
    unit, column = unit_of_money(table.evaluation), budget_column(table)
    if total is not None and _gives(total, column, table, reported):
        return None
    if found.verdict is Verdict.COARSE:
        return _COARSE
    if found.verdict is Verdict.BELOW:
        return _LOWER
    is_changed = total is not None and share_of(total, column, unit) != share_of(total, "initial", unit)
    if total is not None and is_changed and _gives(total, "initial", table, reported):
        return _OTHER_BASE
    return CHECK.says


def _total(table: Table) -> Funding | None:
    index = total_row(table)
    return None if index is None else table.evaluation.funding[index]


def _gives(row: Funding, column: Side, table: Table, reported: Decimal) -> bool:
    """Say whether amounts inside the interval of their digits give the score."""
    weight = table.card.execution.weight
    share = share_of(row, column, unit_of_money(table.evaluation))
    if weight is None or share is None:
        return False
    half = Fraction(table.card.rulebook.rounding.step) / 2
    low, high = (min(edge, Fraction(1)) * Fraction(weight) for edge in (share.low, share.high))
    return low - half <= Fraction(reported) <= high + half


def _scored_row(table: Table) -> int:
    """Give the row whose score is printed: the total's, else the first that has one."""
    rows = table.evaluation.funding
    total = total_row(table) or 0
    order = [total, *(index for index in range(len(rows)) if index != total)]
    with_score = (index for index in order if (cell := rows[index].score) and isinstance(cell.value, Decimal))
    return next(with_score, total)


CHECK = Check(
    code="PE402",
    name="execution-score-mismatch",
    scope=Scope.TABLE,
    says=Wording(
        "PE402",
        "预算执行率得分表中为 {reported}，{executed} ÷ {budget} × {weight} = {score}，多 {difference} 分",
        "the execution score is {reported}; {executed} ÷ {budget} × {weight} = {score}, {difference} less",
    ),
    explained_by=Wording(
        "PE402-explained",
        "本地按执行进度分档计分，或采用表中未列出的预算口径",
        "a local scheme scores the rate in steps, or uses a budget that the table does not show",
    ),
    ask=Wording(
        "PE402-ask",
        "请说明执行率得分的计算过程，或更正得分与总分",
        "please explain how the execution rate was scored, or correct the score and the total",
    ),
    basis="rules.md F02；semantics §4",
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE401", "PE406", "PE412"),
    wrong=(changed(funding_0_score="9.95", total_score="99.95"),),
    right=(CLEAN, changed(funding_0_score="9.8", total_score="99.8")),
)
