"""Level-1 weights that follow no usual pattern (runs only if selected).

What: the weights of 执行率, 成本, 产出, 效益, 满意度 are none of the rule book's patterns (10/20/40/20/10 with a cost group,
10/0/50/30/10 without). Only for project tables in which every group is one of these.

Basis: known as the patterns of 财预〔2020〕10号 and 财预〔2021〕101号, whose annexes were not read; the one with cost was seen
in published tables. Adjusting them is allowed.

Why: it helps to see which tables of a portfolio are built differently.

False alarms: every table of a region with another pattern; that is why it is optional.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._totals import row_weights
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind
from perfeval.values import squash

_GROUPS = ("成本", "产出", "效益", "满意度")


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    patterns = table.card.rulebook.weights.patterns
    found = _pattern(table)
    if found is None or not patterns or any(tuple(pattern) == found for pattern in patterns):
        return
    yield Raised(
        spots=(table.spot("indicators"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "found": "/".join(str(weight) for weight in found),
            "usual": "、".join("/".join(str(weight) for weight in pattern) for pattern in patterns),
        },
    )


def _pattern(table: Table) -> tuple[Decimal, ...] | None:
    groups: dict[str, list[Row]] = {group: [] for group in _GROUPS}
    for row in table.rows:
        name = squash(row.indicator.level1 or "")
        group = next((group for group in _GROUPS if group in name), None)
        if group is None:
            return None
        groups[group].append(row)
    execution = table.card.execution.weight
    sums = [row_weights(rows) if rows else Decimal(0) for rows in groups.values()]
    known = [weight for weight in sums if weight is not None]
    return None if execution is None or len(known) < len(sums) else (execution, *known)


CHECK = Check(
    code="PE203",
    name="usual-weights",
    scope=Scope.TABLE,
    kinds=frozenset({TableKind.PROJECT, TableKind.TARGETS}),
    stages=ALL_STAGES,
    says=Wording(
        "PE203",
        "执行率/成本/产出/效益/满意度分值为 {found}，通行结构为 {usual}",
        "execution/cost/output/benefit/satisfaction weigh {found}; usual are {usual}",
    ),
    explained_by=Wording("PE203-explained", "分值可按项目特点调整", "weights may be adjusted to the project"),
    ask=Wording("PE203-ask", "如有调整，请说明依据", "if they were adjusted, please say on what ground"),
    basis=(
        "通行分值结构："
        "《项目支出绩效评价管理办法》（财预〔2020〕10号）、《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号），"
        "均未核对原文；分值可按项目特点调整"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE201",),
    is_optional=True,
    needs_whole=True,
    wrong=(
        changed(
            indicators_0_weight="10",
            indicators_0_score="10",
            indicators_2_weight="30",
            indicators_2_score="30",
        ),
    ),
    right=(CLEAN,),
)
