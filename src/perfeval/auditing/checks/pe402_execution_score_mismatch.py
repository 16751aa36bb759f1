"""A score of the execution rate that the rate does not give.

What: the score printed for the money against W · min(E ÷ B, 1): every rounding, the rate rounded first, cut instead of
rounded, and amounts that were rounded before they were printed are tried. A score that only E ÷ 年初预算数 gives is a
question of the base; one that is lower than the formula's, or rounded to fewer digits, is a note. Where the rule book
scores the rate otherwise without a source that was read, a score in proportion is a note, and any other a question.

Basis: an identity of the form (Xinjiang, 2024); that it is capped stands in the public code of a platform;
docs/semantics.md §4 (execution).

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
    total_row,
)
from perfeval.auditing.checks._shares import share_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import Kind, Proportional, Rule
from perfeval.scoring import Verdict
from perfeval.scoring.compare import Compared
from perfeval.scoring.execution import ExecutionScore
from perfeval.scoring.numbers import quotient
from perfeval.scoring.verdict import Trial, judge_score
from perfeval.scoring.working import fraction_of

_OTHER_BASE = Wording(
    "PE402-initial",
    "预算执行率得分表中为 {reported}，与按年初预算数 {initial} 计算一致；按全年预算数 {budget} 应得 {score} 分",
    "the execution score {reported} is what the initial budget {initial} gives; the adjusted {budget} gives {score}",
)
_LOWER = Wording(
    "PE402-lower",
    "预算执行率得分表中为 {reported}，{working}，自评偏低",
    "the execution score is {reported}; {working}: the table scores itself lower",
)
_COARSE = Wording(
    "PE402-coarse",
    "预算执行率得分 {working}，表中位数较少，填为 {reported}",
    "the execution score is {reported}; {working}: it was rounded to fewer digits",
)
_IN_PROPORTION = Wording(
    "PE402-in-proportion",
    "预算执行率得分表中为 {reported}，与按比例计分一致；按本评分办法，{working}",
    "the execution score {reported} is in proportion; by the rule book {working}",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    found = table.card.execution
    score, reported = found.score, found.reported_score
    wording = _wording(table, found)
    if score is None or reported is None or wording is None:
        return
    is_above, is_base = wording is CHECK.says, wording is _OTHER_BASE
    is_error = is_above and not _is_unsourced(table)
    index = _scored_row(table)
    difference = as_decimal(Fraction(reported) - Fraction(score))
    severity = Severity.ERROR if is_error else Severity.WARNING if is_above or is_base else Severity.NOTE
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
            "working": _working(found),
        },
        points=difference,
        wording=wording,
    )


def _working(found: ExecutionScore) -> str:
    """Give the calculation with its figures; a scheme in steps has no product to show."""
    share = f"{_plain(found.executed)} ÷ {_plain(found.budget)}"
    if isinstance(found.rulebook.execution.rule, Proportional):
        return f"{share} × {found.weight} = {found.score}"
    return f"{share} = {found.rate} → {found.score}"


def _is_unsourced(table: Table) -> bool:
    """Say whether the rule book's way of scoring the rate has no source that was read (docs/audit.md)."""
    basis = table.card.rulebook.basis_of("execution.rule")
    return basis is not None and basis.status is BasisStatus.BACKGROUND


def _is_in_proportion(table: Table, found: ExecutionScore, reported: Decimal) -> bool:
    compared, weight = found.compared, found.weight
    if compared is None or not weight:
        return False
    share = min(Fraction(*compared.inputs["actual"]) / Fraction(*compared.inputs["target"]), Fraction(1))
    score = quotient((share * Fraction(weight)).as_integer_ratio(), 2)
    trial = Trial(Fraction(weight), share, score, table.card.rulebook.rounding)
    return judge_score(trial, reported) not in (Verdict.DIFFERS, Verdict.BELOW)


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _wording(table: Table, found: ExecutionScore) -> Wording | None:
    """Give what is to be said of a printed score; None where a reading gives it."""
    reported = found.reported_score
    if found.verdict not in (Verdict.DIFFERS, Verdict.BELOW, Verdict.COARSE) or reported is None:
        return None
    total = total_row(table)
    column = budget_column(table)
    if total is not None and _gives(table, total, column, reported):
        return None
    if _is_unsourced(table) and _is_in_proportion(table, found, reported):
        return _IN_PROPORTION
    if found.verdict is Verdict.COARSE:
        return _COARSE
    if found.verdict is Verdict.BELOW:
        return _LOWER
    is_changed = total is not None and share_of(table, total, column) != share_of(table, total, "initial")
    if total is not None and is_changed and _gives(table, total, "initial", reported):
        return _OTHER_BASE
    return CHECK.says


def _gives(table: Table, row: int, column: Side, reported: Decimal) -> bool:
    """Say whether amounts inside the interval of their digits give the score, by the rule book's own rule."""
    weight = table.card.execution.weight
    share = share_of(table, row, column)
    if weight is None or share is None:
        return False
    half = Fraction(table.card.rulebook.rounding.step) / 2
    rule = table.card.rulebook.execution.rule
    shares = [_share_of_weight(rule, edge) for edge in (share.low, share.high)]
    points = [one * Fraction(weight) for one in shares if one is not None]
    return bool(points) and min(points) - half <= Fraction(reported) <= max(points) + half


def _share_of_weight(rule: Rule, rate: Fraction) -> Fraction | None:
    pair = rate.as_integer_ratio()
    return fraction_of(rule, Compared(Kind.AT_LEAST, {"actual": pair, "target": (1, 1), "share": pair}))


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
        "预算执行率得分表中为 {reported}，{working}，多 {difference} 分",
        "the execution score is {reported}; {working}: {difference} more than that",
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
    basis=(
        "表内勾稽：预算执行率得分＝分值×全年执行数÷全年预算数（自评表表样：新疆，2024年度）；"
        "执行率超过100%的按满分计（预算管理一体化平台公开代码）"
    ),
    status=BasisStatus.VERIFIED,
    run=_run,
    follows=("PE401", "PE406", "PE412"),
    wrong=(changed(funding_0_score="9.95", total_score="99.95"),),
    right=(CLEAN, changed(funding_0_score="9.8", total_score="99.8")),
)
