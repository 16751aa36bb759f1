"""The same indicator twice in one table.

What: two rows with a weight have the same name (without numbering, stars, years and punctuation) and the same target.
Rows without a weight (其中 …) or with 0, names without letters (the 0 of an unused row), names that only repeat a level
above, and rows that measure in another unit or to another target are left alone.

Basis: plausibility, no rule: by a reviewer's convention only one of two such rows is scored.

Why: one fact is scored twice.

False alarms: two parts of a project with the same indicator, told apart only by a level 4 that the table lost.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections import Counter
from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import core_of_row, facts_of, text_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Missing, squash


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    repeated = Counter(map(_target, table.rows))
    first: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        key = _key(row) if repeated[_target(row)] > 1 else None
        if key is None:
            continue
        other = first.setdefault(key, row)
        if other is not row:
            yield Raised(
                spots=(row.spot("level3"), other.spot("level3")),
                severity=Severity.WARNING,
                kind=FindingClass.QUESTION,
                facts=facts_of(row, first=other.number + 1, second=row.number + 1),
            )


def _target(row: Row) -> str:
    return squash(text_of(row.indicator.target))


def _key(row: Row) -> tuple[str, str] | None:
    indicator = row.indicator
    target = indicator.target
    if not row.weight or target is None or isinstance(target.value, Missing):
        return None
    name = core_of_row(row)
    if not any(letter.isalpha() for letter in name):
        return None
    is_level = row.name in (squash(indicator.level2 or ""), squash(indicator.level1 or ""))
    return None if is_level else (name, _target(row))


CHECK = Check(
    code="PE308",
    name="duplicate-indicator",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE308",
        "第 {first} 行与第 {second} 行指标相同：“{name}”，指标值均为 {target}",
        "rows {first} and {second} are the same indicator: '{name}' with the target {target}",
    ),
    explained_by=Wording(
        "PE308-explained",
        "两行分属不同子项目，表中未区分",
        "two parts of the project, which the table does not tell apart",
    ),
    ask=Wording(
        "PE308-ask",
        "请说明两行的区别；如重复设置，请合并并调整分值",
        "please say how they differ; if they are one, merge them and adjust the weights",
    ),
    basis="合理性分析（无条文依据）：同一事项重复计分；第三方机构自评复核对重复指标只计一项",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(
        changed(
            indicators_1_level3="养护道路里程",
            indicators_1_target=">=120公里",
            indicators_1_actual="126公里",
            indicators_1_previous_year="118公里",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_level3="养护道路里程",
            indicators_1_target=">=40条",
            indicators_1_actual="42条",
            indicators_1_previous_year="40条",
        ),
    ),
)
