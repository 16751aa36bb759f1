"""Sibling cost rows whose 指标值设定依据 differ.

What: in one group (levels 1 and 2) of cost rows in money, the column says different things (计划标准 and 预算支出标准); one
line for each table. Blank cells are no other standard.

Basis: plausibility, no rule: the column of the form itself; seen in real tables.

Why: costs of one budget have as a rule one kind of basis; a different word is often a slip of the form's list.

False alarms: one cost is fixed by a spending standard and its neighbour is planned.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, is_money
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, Missing, parse_target, squash


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in table.rows:
        if row.is_cost and _is_in_money(row) and _standard(row):
            key = squash(row.indicator.level1 or ""), squash(row.indicator.level2 or "")
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        other = next((row for row in rows if _standard(row) != _standard(rows[0])), None)
        if other is not None:
            yield Raised(
                spots=(other.spot("standard"), rows[0].spot("standard")),
                severity=Severity.NOTE,
                kind=FindingClass.QUESTION,
                facts=facts_of(
                    rows[0],
                    standard=rows[0].indicator.standard,
                    other=facts_of(other)["name"],
                    other_standard=other.indicator.standard,
                ),
            )


def _is_in_money(row: Row) -> bool:
    target = row.indicator.target
    return (
        target is not None and isinstance(target.value, Comparison) and is_money(target.value.quantity.unit)
    )


def _standard(row: Row) -> str:
    text = row.indicator.standard
    return "" if text is None or isinstance(parse_target(text), Missing) else squash(text)


CHECK = Check(
    code="PE316",
    name="standards-differ",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    is_folded=True,
    says=Wording(
        "PE316",
        "同类成本指标的指标值设定依据不同：“{name}”为{standard}，“{other}”为{other_standard}",
        "cost rows side by side rest on different standards: '{name}' on {standard}, '{other}' on {other_standard}",
    ),
    explained_by=Wording(
        "PE316-explained",
        "各项成本的设定依据本来不同",
        "the costs do rest on different standards",
    ),
    ask=Wording(
        "PE316-ask",
        "请核对各成本指标的设定依据",
        "please check on what each cost target rests",
    ),
    basis="合理性分析（无条文依据）：同一项目的同类成本指标，设定依据通常相同（“指标值设置依据”栏）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_1_level1="成本指标",
            indicators_1_level2="经济成本指标",
            indicators_1_level3="每平方米罩面成本",
            indicators_1_target="<=45元/平方米",
            indicators_1_actual="43元/平方米",
            indicators_1_previous_year="44元/平方米",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_level1="成本指标",
            indicators_1_level2="经济成本指标",
            indicators_1_level3="每平方米罩面成本",
            indicators_1_target="<=45元/平方米",
            indicators_1_actual="43元/平方米",
            indicators_1_previous_year="44元/平方米",
            indicators_1_standard="预算支出标准",
        ),
    ),
)
