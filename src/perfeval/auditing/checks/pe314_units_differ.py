"""Target and actual in units that cannot be compared.

What: both are numbers with a unit, and the units measure different things (万元 and %, 公里 and 次). Two counting words
(次 and 场) may be used for one thing: that is a note. A unit that is missing on one side is read from the other; where that
makes them more than a hundred times apart, the missing unit is in question. A percentage that says how far the work was
done (已完成100%) contradicts nothing, and is a question of what it was measured by.

Basis: what the row itself needs; other dimensions are never converted (docs/semantics.md §2).

Why: such a row has no degree of completion, whatever score it prints.

False alarms: a percentage of completion given for the number itself, which some forms allow.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of, is_degree
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Reason
from perfeval.values import Comparison, Quantity

_MISSING = Wording(
    "PE314-missing",
    "“{name}”指标值 {target} 与实际完成值 {actual} 有一处未写单位，按同一单位相差百倍以上",
    "'{name}': one of target {target} and actual {actual} has no unit; in one unit they are over a hundred times apart",
)

_DEGREE = Wording(
    "PE314-degree",
    "“{name}”实际完成值“{actual}”为完成程度，未按指标值 {target} 的计量单位填写数值",
    "'{name}': the actual '{actual}' is a degree of completion; the target {target} is in another unit",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    compared, ends = row.compared, _quantities(row)
    if compared is None or ends is None:
        return
    target, actual = ends
    if compared.reason is Reason.UNIT_MISMATCH and target.unit.dimension == actual.unit.dimension:
        return  # the rule asks for another unit than both have
    if compared.reason is Reason.UNIT_MISMATCH and actual.unit.is_percent and is_degree(row):
        yield _raised(row, Severity.WARNING, _DEGREE)
    elif compared.reason is Reason.UNIT_MISMATCH:
        is_counting = all(end.unit.dimension.startswith("count:") for end in ends)
        yield _raised(row, Severity.NOTE if is_counting else Severity.WARNING, None)
    elif compared.reason is Reason.UNIT_AMBIGUOUS and not (target.unit.is_percent or actual.unit.is_percent):
        yield _raised(row, Severity.WARNING, _MISSING)


def _raised(row: Row, severity: Severity, wording: Wording | None) -> Raised:
    return Raised(
        spots=(row.spot("actual"), row.spot("target")),
        severity=severity,
        kind=FindingClass.CONTRADICTION if wording is None else FindingClass.QUESTION,
        facts=facts_of(row),
        wording=wording,
    )


def _quantities(row: Row) -> tuple[Quantity, Quantity] | None:
    target, actual = row.indicator.target, row.indicator.actual
    if target is None or actual is None:
        return None
    if not isinstance(target.value, Comparison) or not isinstance(actual.value, Comparison):
        return None
    return target.value.quantity, actual.value.quantity


CHECK = Check(
    code="PE314",
    name="units-differ",
    scope=Scope.ROW,
    says=Wording(
        "PE314",
        "“{name}”指标值 {target} 与实际完成值 {actual} 的计量单位不同，无法比较",
        "'{name}': target {target} and actual {actual} are in units that cannot be compared",
    ),
    explained_by=Wording(
        "PE314-explained",
        "实际完成值填的是完成程度，或两个量词指同一事物",
        "the actual states a degree of completion, or two counting words mean one thing",
    ),
    ask=Wording(
        "PE314-ask",
        "请按指标值的计量单位填写实际完成值",
        "please give the actual in the unit of the target",
    ),
    basis="表内勾稽：指标值与实际完成值的计量单位一致，才能比较和计分",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(indicators_0_actual="126次"),
        changed(indicators_1_actual="97万元"),
        changed(indicators_0_actual="126000"),
    ),
    right=(CLEAN, changed(indicators_0_actual="126000米"), changed(indicators_0_actual="126")),
)
