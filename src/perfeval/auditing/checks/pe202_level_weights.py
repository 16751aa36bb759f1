"""A group whose rows do not weigh what its name says.

What: the name of a level-1 or level-2 group has a weight (产出指标(50分), 数量指标15分), and the weights of its rows make
another sum. A range such as (40-50)分 is no weight. A row with neither weight nor score does not count; where one says 不适用 it
is a question.

Basis: an identity of the form, which the public code of a platform checks as well.

Why: the form promises so many points for outputs, and gives another number.

False alarms: a heading of the form that was printed before the weights were set; a group that goes on under another
spelling of its name.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._totals import inapplicable_rows, is_doubtful, level_weight, row_weights
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import difference
from perfeval.values import squash


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    if not any(map(_has_digit, table.rows)):
        return
    for name, rows in _groups(table):
        stated, found = level_weight(name), row_weights(rows)
        if stated is None or found is None or stated == found:
            continue
        doubtful = is_doubtful(table, "weight") or any(row in inapplicable_rows(table) for row in rows)
        yield Raised(
            spots=(table.spot("indicators"), *(row.spot("weight") for row in rows)),
            severity=Severity.WARNING,
            kind=FindingClass.QUESTION if doubtful else FindingClass.CONTRADICTION,
            facts={"name": name, "stated": stated, "sum": found, "count": len(rows)},
            points=difference(found, stated),
        )


def _has_digit(row: Row) -> bool:
    levels = (row.indicator.level1, row.indicator.level2)
    return any(character.isdigit() for level in levels for character in level or "")


def _groups(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """Give the rows of each group of level 1, and of each of level 2 inside it."""
    groups: dict[tuple[str, ...], tuple[str, list[Row]]] = {}
    for row in table.rows:
        first, second = row.indicator.level1 or "", row.indicator.level2 or ""
        for key, name in (((squash(first),), first), ((squash(first), squash(second)), second)):
            groups.setdefault(key, (name, []))[1].append(row)
    yield from groups.values()


CHECK = Check(
    code="PE202",
    name="level-weights",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE202",
        "“{name}”下 {count} 项指标分值合计 {sum} 分，名称所印为 {stated} 分",
        "the {count} rows under '{name}' weigh {sum}; its name says {stated}",
    ),
    explained_by=Wording(
        "PE202-explained",
        "表头沿用模板，分值已按项目调整",
        "the heading was kept from the template after the weights were adjusted",
    ),
    ask=Wording(
        "PE202-ask", "请核对该组指标的分值与名称", "please check the weights of the group against its name"
    ),
    basis="表内勾稽：下级指标分值之和等于上级指标所印分值；预算管理一体化平台（公开代码）亦作此校验",
    status=BasisStatus.REPORTED,
    run=_run,
    follows=("PE201",),
    needs_whole=True,
    wrong=(
        changed(indicators_0_level1="产出指标(50分)", indicators_1_level1="产出指标(50分)"),
        changed(indicators_3_level2="社会效益指标15分"),
    ),
    right=(
        CLEAN,
        changed(indicators_0_level1="产出指标(40分)", indicators_1_level1="产出指标（40分）"),
        changed(indicators_0_level1="产出指标(40-50)分", indicators_1_level1="产出指标(40-50)分"),
    ),
)
