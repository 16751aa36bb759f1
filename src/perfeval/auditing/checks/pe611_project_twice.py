"""One project with two tables of the same stage.

What: two project tables of one unit, year and stage have the same project code; or, where not both have a code, the same
name (without white space and punctuation), organisation and stage.

Basis: what a sum of projects is: each of them once.

Why: its money and its scores count twice in every sum of the unit.

False alarms: two parts of one project filed under one name without a code; a corrected table beside the first.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._between import name_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash

_SHORTEST = 4
"""Shorter names are headings, not projects."""


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    said: set[int] = set()
    for table in unit.projects:
        if table.number in said:
            continue
        same = [other for other in unit.projects if other is not table and _is_same(table, other)]
        said.update(other.number for other in same)
        if same:
            yield _raised((table, *same))


def _code(table: Table) -> str:
    return squash(table.evaluation.keys.get("project_code", ""))


def _is_same(table: Table, other: Table) -> bool:
    first, second = table.evaluation, other.evaluation
    if first.stage is not second.stage:
        return False
    if _code(table) and _code(other):
        return _code(table) == _code(other)
    is_one_unit = squash(first.organisation or "") == squash(second.organisation or "")
    return is_one_unit and len(name_of(table)) >= _SHORTEST and name_of(table) == name_of(other)


def _raised(tables: tuple[Table, ...]) -> Raised:
    first = tables[0]
    by_code = bool(_code(first)) and all(_code(table) == _code(first) for table in tables)
    return Raised(
        spots=tuple(table.spot("name") for table in tables),
        severity=Severity.WARNING,
        kind=FindingClass.CONTRADICTION if by_code else FindingClass.QUESTION,
        facts={
            "name": first.evaluation.name or "",
            "names": "；".join(dict.fromkeys(table.evaluation.name or "" for table in tables)),
            "count": len(tables),
            "code": _code(first) if by_code else "—",
        },
    )


CHECK = Check(
    code="PE611",
    name="project-twice",
    scope=Scope.UNIT,
    says=Wording(
        "PE611",
        "同一项目“{name}”（项目编码：{code}）有 {count} 张自评表：{names}",
        "the project '{name}' (code: {code}) has {count} tables: {names}",
    ),
    explained_by=Wording(
        "PE611-explained",
        "项目分为若干子项分别自评，或其中一张为更正表",
        "its parts are evaluated one by one, or one table corrects the other",
    ),
    ask=Wording(
        "PE611-ask",
        "请说明各表的关系，避免重复汇总",
        "please say how the tables relate, so that nothing is counted twice",
    ),
    basis="表间勾稽：同一项目同一年度只汇总一次",
    status=BasisStatus.REPORTED,
    run=_run,
    needs_whole=True,
    wrong=(CLEAN, changed(goal_actual="养护道路里程126公里，已验收。")),
    right=(
        changed(keys={"project_code": "A1"}),
        changed(keys={"project_code": "A2"}),
        changed(name="农村桥梁养护", stage="review"),
    ),
)
