"""Rows that could not be recomputed, and why: one line for each table.

What: rows with a weight whose score the rule book cannot give: units that cannot be compared, words that take a person,
a rule in words only, a blank or unreadable target. Left out is what another check says (blank actuals, a rule that does
not fit, a graded score outside its band, a missed target with full marks) and what is in order (不适用, a graded score
inside its band).

Basis: no rule: it states what the audit could not look at. The reasons are the closed list of docs/semantics.md §4.

Why: an audit that is silent about what it could not look at would be believed too much.

False alarms: none known; it accuses of nothing.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._scores import SILENT_REASONS, above_weight, is_missed_in_full, is_unfit, stated
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Reason, Verdict
from perfeval.scoring.explain import REASON_TEXTS
from perfeval.values import parse_number

_NAMED = 3


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    rows = [row for row in table.rows if _counts(row)]
    if not rows:
        return
    reasons: dict[Reason, int] = {}
    for row in rows:
        reason = row.scored.reason
        if reason is not None:
            reasons[reason] = reasons.get(reason, 0) + 1
    zh, en = (_listed(reasons, language) for language in (0, 1))
    yield Raised(
        spots=(table.spot(), *(row.spot() for row in rows[:_NAMED])),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "count": len(rows),
            "rows": len(table.rows),
            "reasons": " ".join(f"{reason}:{count}" for reason, count in reasons.items()),
        },
        wording=Wording(
            "PE118",
            f"{{rows}} 项指标中有 {{count}} 项不能重新计算得分：{zh}",
            f"{{count}} of {{rows}} rows could not be recomputed: {en}",
        ),
    )


def _counts(row: Row) -> bool:
    reason = row.scored.reason
    if reason is None or reason in SILENT_REASONS or row.verdict is Verdict.WITHIN_BAND:
        return False
    if reason is Reason.UNPARSED_WEIGHT and _is_negative_weight(row):
        return False
    has_band = bool(stated(row)) and row.reported is not None
    return not (has_band or is_unfit(row) or is_missed_in_full(row) or above_weight(row))


def _is_negative_weight(row: Row) -> bool:
    cell = row.indicator.weight
    number = parse_number(cell.text) if cell is not None else None
    return isinstance(number, Decimal) and number < 0


def _listed(reasons: dict[Reason, int], language: int) -> str:
    texts = ((REASON_TEXTS[reason], count) for reason, count in reasons.items())
    if language == 0:
        return "；".join(f"{text.zh}（{count}）" for text, count in texts)
    return "; ".join(f"{text.en} ({count})" for text, count in texts)


CHECK = Check(
    code="PE118",
    name="parts-unreadable",
    scope=Scope.TABLE,
    says=Wording(
        "PE118",
        "{rows} 项指标中有 {count} 项不能重新计算得分（{reasons}）",
        "{count} of {rows} rows could not be recomputed ({reasons})",
    ),
    explained_by=Wording(
        "PE118-explained",
        "定性指标由人评判；有的表不印分值或指标值",
        "words take a person to judge, and some forms print no weights or targets",
    ),
    ask=Wording("PE118-ask", "请人工复核这些指标的得分", "please look at these rows by hand"),
    basis="审核自身的说明，不涉及条文：列出不能重新计算得分的指标及原因",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE313", "PE314", "PE315", "PE319"),
    wrong=(
        changed(
            indicators_3_actual="车流明显增多",
            indicators_3_score="18",
            indicators_3_deviation="东段尚未通车",
            total_score="97.80",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_3_actual="部分达成年度指标",
            indicators_3_score="13",
            indicators_3_deviation="东段尚未通车",
            total_score="92.80",
        ),
    ),
)
