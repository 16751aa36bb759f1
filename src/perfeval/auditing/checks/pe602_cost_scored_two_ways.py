"""Not spending scores nothing in one row of cost, and full marks in another.

What: a row of cost under a printed ceiling reports 0 spent and fewer points than its weight, while another row of cost of the
unit, under the same kind of rule, stays below its ceiling and reports full marks.

Basis: no rule: full, zero, or not assessable, the sources disagree; one unit should score its costs in one way.

Why: one way of scoring costs is applied in two directions; either is defensible, both at once are not explained.

False alarms: 0 because the activity did not take place, where the other row saved money: that is the reading under
which both scores are meant, and it is what is asked.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import actual_of, facts_of, target_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import Kind
from perfeval.scoring import Note

_SHOWN = 3


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    rows = [row for table in unit.tables for row in table.rows if _is_under_ceiling(row)]
    for unspent in rows:
        if actual_of(unspent) != 0 or not _is_marked_down(unspent):
            continue
        others = [row for row in rows if row.scored.rule == unspent.scored.rule and _is_full(row)]
        if not others:
            continue
        least = sorted(others, key=lambda row: (actual_of(row) or 0) / (target_of(row) or 1))
        yield Raised(
            spots=(unspent.spot("score"), *(row.spot("score") for row in least)),
            severity=Severity.WARNING,
            kind=FindingClass.CONTRADICTION if _has_rule(unspent) else FindingClass.QUESTION,
            facts=facts_of(
                unspent,
                reported=unspent.reported,
                weight=unspent.weight,
                others="；".join(_shown(row) for row in least[:_SHOWN]),
            ),
        )


def _is_under_ceiling(row: Row) -> bool:
    compared, target, actual = row.compared, target_of(row), actual_of(row)
    if not row.is_cost or compared is None or compared.kind is not Kind.AT_MOST:
        return False
    if target is None or actual is None or not 0 <= actual < target:
        return False
    return Note.DIRECTION_ASSUMED not in row.scored.notes


def _has_rule(row: Row) -> bool:
    """Where no rule is printed, each row may have been scored by one of its own."""
    return bool((row.indicator.rule or "").strip())


def _is_marked_down(row: Row) -> bool:
    return row.reported is not None and row.weight is not None and row.reported < row.weight


def _is_full(row: Row) -> bool:
    return row.reported is not None and bool(row.weight) and row.reported == row.weight


def _shown(row: Row) -> str:
    facts = facts_of(row)
    return f"“{facts['name']}” {facts['target']} → {facts['actual']}：{row.reported}/{row.weight}"


CHECK = Check(
    code="PE602",
    name="cost-scored-two-ways",
    scope=Scope.UNIT,
    says=Wording(
        "PE602",
        "成本指标“{name}”指标值 {target}、实际 {actual}，得 {reported}/{weight} 分；同样低于上限的（指标值 → 实际：得分/分值）：{others}",
        "the cost '{name}': target {target}, actual {actual}, {reported} of {weight} points; also below (target → actual: points): {others}",
    ),
    explained_by=Wording(
        "PE602-explained",
        "实际为 0 是因为该项活动未开展，不视为节约",
        "0 was spent because the activity did not take place, which is not a saving",
    ),
    ask=Wording(
        "PE602-ask",
        "请说明成本指标低于上限时的计分口径，并保持一致",
        "please say how costs below their ceiling are scored, and keep to it",
    ),
    basis="合理性分析（无条文依据）：成本指标实际为0时如何计分未见规定，同一单位内的做法宜一致",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        CLEAN,
        changed(
            name="农村桥梁养护",
            indicators_2_actual="0万元/公里",
            indicators_2_score="0",
            indicators_2_deviation="尚未结算",
            total_score="79.80",
        ),
    ),
    right=(
        CLEAN,
        changed(
            name="农村桥梁养护",
            indicators_2_actual="0.60万元/公里",
        ),
    ),
)
