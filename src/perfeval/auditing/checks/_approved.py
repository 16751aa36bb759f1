"""What checks against the approved table share: what a change of a target is."""

from __future__ import annotations

__all__ = ["Change", "change_of", "is_budget_changed"]

from enum import StrEnum
from fractions import Fraction

from perfeval.auditing.checks._outside import table_sum
from perfeval.auditing.outside import RowPair
from perfeval.auditing.subject import Table
from perfeval.rules import Kind
from perfeval.scoring.choice import direction
from perfeval.scoring.compare import compare
from perfeval.values import Comparison, Missing, Operator, Target, Unparsed


class Change(StrEnum):
    """How a target differs from the approved one."""

    EASIER = "easier"
    HARDER = "harder"
    TURNED = "turned"  # a ceiling for a floor
    OTHER = "other"  # words, dates, ranges: different, and nobody can say which asks for more
    GONE = "gone"


_FLOORS = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL)


def change_of(rows: RowPair) -> Change | None:
    """Say how this year's target differs from the approved one; None where it is the same or cannot be told."""
    approved, now = rows.other.target, rows.row.indicator.target
    if approved is None or now is None or isinstance(approved.value, Missing | Unparsed):
        return None
    if isinstance(now.value, Missing):
        return Change.GONE
    if isinstance(now.value, Unparsed):
        return None
    if isinstance(approved.value, Comparison) and isinstance(now.value, Comparison):
        return _of_numbers(rows, approved.value, now.value)
    return Change.OTHER if _plain(approved.value) != _plain(now.value) else None


def _plain(target: Target) -> str:
    return target.format().rstrip("。;；")


def _of_numbers(rows: RowPair, approved: Comparison, now: Comparison) -> Change | None:
    indicator = rows.row.indicator
    assumed = direction(rows.row.scored.rulebook, indicator.level1, indicator.level2, indicator.level3)
    # A sign that one of the two leaves out is the other's: forms print it in a column of its own, or not at all.
    before = approved.operator or now.operator or assumed
    after = now.operator or approved.operator or assumed
    if (before in _FLOORS) != (after in _FLOORS):
        return Change.TURNED
    compared = compare(approved, now, before, None)
    if compared.reason is not None:
        return Change.OTHER
    first, second = Fraction(*compared.inputs["target"]), Fraction(*compared.inputs["actual"])
    if first == second:
        return None
    is_ceiling = compared.kind is Kind.AT_MOST
    return Change.HARDER if (second > first) is not is_ceiling else Change.EASIER


def is_budget_changed(table: Table) -> bool:
    """Say whether 年初 and 全年 budget of a table differ."""
    initial, adjusted = table_sum(table, "initial"), table_sum(table, "adjusted")
    return initial is not None and adjusted is not None and initial.amount != adjusted.amount
