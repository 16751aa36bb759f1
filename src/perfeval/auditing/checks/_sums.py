"""Sums of the projects' money against the whole unit's: shared by the checks of the three columns."""

from __future__ import annotations

__all__ = ["above_whole"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Raised
from perfeval.auditing.checks._between import distinct_projects, in_one_unit, money_of
from perfeval.auditing.checks._funds import WORDS, Side, as_decimal, plainly, tail_of, unit_of_money
from perfeval.auditing.subject import Unit
from perfeval.findings import FindingClass, Severity


def above_whole(unit: Unit, column: Side) -> Iterator[Raised]:
    """Raise where the projects together hold more than the unit they belong to."""
    whole = unit.whole
    total = money_of(whole, column) if whole is not None else None
    if whole is None or total is None:
        return
    found = [money for table in distinct_projects(unit) if (money := money_of(table, column)) is not None]
    if not found or not in_one_unit([whole, *(money.table for money in found)]):
        return
    own = unit_of_money(whole)
    scale = Fraction(own.numerator, own.denominator)
    added = sum((money.amount for money in found), Fraction(0))
    tail = tail_of(money.digit for money in (total, *found))
    if added - total.amount <= tail:
        return
    difference = (added - total.amount) / scale
    yield Raised(
        spots=(total.spot, *(money.spot for money in found)),
        severity=Severity.WARNING,
        kind=FindingClass.CONTRADICTION,
        facts={
            "column": WORDS[column],
            "sum": plainly(added / scale),
            "projects": " + ".join(plainly(money.amount / scale) for money in found),
            "count": len(found),
            "whole": total.text,
            "difference": plainly(difference),
            "unit": own.symbol,
        },
        amount=as_decimal(difference),
    )
