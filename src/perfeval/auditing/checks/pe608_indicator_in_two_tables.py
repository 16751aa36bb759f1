"""One indicator in the unit's table and in a project's, with different figures.

What: a row of the whole-unit table and a row of exactly one project have the same name and the same unit, and a
different target or a different actual. Satisfaction is left out; where the unit's number is the larger one, or the unit is
%, it is a note (the unit may have done more than the project).

Basis: two tables that state one thing (a contradiction: which of the two is right is not known).

Why: one result of one year has one number.

False alarms: the unit counts other activities as well; two projects of which one has no table here.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import (
    actual_of,
    core_of,
    facts_of,
    is_satisfaction,
    target_of,
    text_of,
)
from perfeval.auditing.examples import CLEAN, unit_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_SHORTEST = 3
"""Characters of a name, without 数量, 完成 and the like, that name one thing."""


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    whole = unit.whole
    if whole is None:
        return
    for row in whole.rows:
        others = [other for table in unit.projects for other in table.rows if other.name == row.name]
        if len(others) != 1 or not _is_named(row) or is_satisfaction(row) or not _differ(row, others[0]):
            continue
        other = others[0]
        is_note = not _is_less(row, other) or _is_rate(row)
        yield Raised(
            spots=(row.spot("actual"), other.spot("actual"), row.spot("target"), other.spot("target")),
            severity=Severity.NOTE if is_note else Severity.WARNING,
            kind=FindingClass.QUESTION if is_note else FindingClass.CONTRADICTION,
            facts=facts_of(
                row,
                project=_name(other.table),
                project_target=text_of(other.indicator.target),
                project_actual=text_of(other.indicator.actual),
            ),
        )


def _is_named(row: Row) -> bool:
    return len(core_of(row.name)) >= _SHORTEST


def _differ(row: Row, other: Row) -> bool:
    """Say whether two rows in one unit have other numbers; rows that have none say nothing."""
    pairs = [(target_of(row), target_of(other)), (actual_of(row), actual_of(other))]
    is_one_unit = (
        row.compared is not None and other.compared is not None and row.compared.unit == other.compared.unit
    )
    return is_one_unit and any(
        first is not None and second is not None and first != second for first, second in pairs
    )


def _is_less(row: Row, other: Row) -> bool:
    """Say whether the unit as a whole did less than its project."""
    own, projects = actual_of(row), actual_of(other)
    return own is not None and projects is not None and own < projects


def _is_rate(row: Row) -> bool:
    return row.compared is not None and row.compared.unit.is_percent


def _name(table: Table) -> str:
    return table.evaluation.name or ""


CHECK = Check(
    code="PE608",
    name="indicator-in-two-tables",
    scope=Scope.UNIT,
    says=Wording(
        "PE608",
        "“{name}”整体支出表指标值 {target}、实际 {actual}，项目“{project}”指标值 {project_target}、实际 {project_actual}",
        "'{name}': {target} and {actual} in the unit's table, {project_target} and {project_actual} in project '{project}'",
    ),
    explained_by=Wording(
        "PE608-explained",
        "整体数包含项目以外的工作",
        "the unit's number includes what was done outside the project",
    ),
    ask=Wording(
        "PE608-ask",
        "请说明两表同名指标的统计范围，或更正其一",
        "please say what each of the two numbers counts, or correct one",
    ),
    basis="表间勾稽：同一单位同一年度的同名指标，统计范围相同的，数据应一致",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(unit_of(indicators_0_actual="121公里"), CLEAN),
    right=(unit_of(), CLEAN),
)
