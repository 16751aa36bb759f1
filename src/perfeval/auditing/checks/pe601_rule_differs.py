"""The same indicator under different printed rules in the tables of one unit.

What: rows of one name (level 3) that have different printed 赋分规则, where the rules score differently (直接赋分 against
按比例赋分; other words for one rule are the same). For names that end alike (…及时率, …完成率) it is a note.

Basis: plausibility, no rule: seen in a published filing (Xinjiang, 2024).

Why: the same shortfall costs all points in one table and a share of them in the other.

False alarms: one name for two different things; a rule chosen because of the kind of project.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Callable, Iterator

from perfeval.auditing.check import Check, Raised, Scope, Spot
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, squash

_KINDS_OF_RATE = {
    "及时率": "及时率",
    "及时性": "及时率",
    "完成率": "完成率",
    "合格率": "合格率",
    "达标率": "合格率",
}
"""Endings that mean one thing whatever stands before them."""

_ALIKE = Wording(
    "PE601-alike",
    "同类指标“{name}”的赋分规则不一致：{rules}",
    "indicators of one kind ('{name}') have different rules: {rules}",
)


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    if len(unit.tables) < 2:
        return
    rows = [row for table in unit.tables for row in table.rows if (row.indicator.rule or "").strip()]
    said: set[Spot] = set()
    for name, group in _grouped(rows, lambda row: row.name):
        if _differs(group):
            said.update(row.spot() for row in group)
            yield _raised(name, group, is_alike=False)
    rates = [row for row in rows if _is_rate(row)]
    for name, group in _grouped(rates, _kind_of_rate):
        rest = [row for row in group if row.spot() not in said]
        if _differs(rest):
            yield _raised(name, rest, is_alike=True)


def _grouped(rows: list[Row], key: Callable[[Row], str]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [(name, group) for name, group in groups.items() if name]


def _differs(rows: list[Row]) -> bool:
    return len({row.scored.rule for row in rows}) > 1 and len({row.table.number for row in rows}) > 1


def _is_rate(row: Row) -> bool:
    target = row.indicator.target
    return (
        target is not None and isinstance(target.value, Comparison) and target.value.quantity.unit.is_percent
    )


def _kind_of_rate(row: Row) -> str:
    return next((kind for ending, kind in _KINDS_OF_RATE.items() if row.name.endswith(ending)), "")


def _raised(name: str, rows: list[Row], *, is_alike: bool) -> Raised:
    by_rule: dict[str, list[Row]] = {}
    for row in rows:
        by_rule.setdefault(squash(row.indicator.rule or ""), []).append(row)
    return Raised(
        spots=tuple(row.spot("rule") for row in rows),
        severity=Severity.NOTE if is_alike else Severity.WARNING,
        kind=FindingClass.QUESTION if is_alike else FindingClass.CONTRADICTION,
        facts={"name": name, "rules": "；".join(_shown(rule, group) for rule, group in by_rule.items())},
        wording=_ALIKE if is_alike else None,
    )


def _shown(rule: str, rows: list[Row]) -> str:
    tables = dict.fromkeys(squash(row.table.evaluation.name or "") for row in rows)
    return f"{rule}（{'、'.join(tables)}）"


CHECK = Check(
    code="PE601",
    name="rule-differs",
    scope=Scope.UNIT,
    says=Wording(
        "PE601",
        "指标“{name}”在各表中的赋分规则不一致：{rules}",
        "the indicator '{name}' has different rules in different tables: {rules}",
    ),
    explained_by=Wording(
        "PE601-explained",
        "项目性质不同，按规定选用了不同规则",
        "the projects are of different kinds, for which different rules are laid down",
    ),
    ask=Wording(
        "PE601-ask",
        "请说明选用不同规则的理由，或统一赋分规则",
        "please give the reason for the different rules, or use one",
    ),
    basis="合理性分析（无条文依据）：同一单位同名指标的赋分规则通常一致（自评表“指标赋分规则”栏）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(CLEAN, changed(name="农村桥梁养护", indicators_1_rule="直接赋分")),
    right=(CLEAN, changed(name="农村桥梁养护", indicators_1_rule="按正常比例赋分")),
)
