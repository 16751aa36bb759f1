"""Sums that a reading must keep: weights and scores against the printed total."""

from __future__ import annotations

__all__ = ["sum_doubts"]

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfeval.documents.layout import doubts
from perfeval.documents.layout.doubts import doubt
from perfeval.findings import Finding, Severity
from perfeval.table import Evaluation, NumberCell

_ROUNDING = Decimal("0.05")


def sum_doubts(evaluation: Evaluation, *, is_sure: bool) -> Iterator[Finding]:
    """Compare the sums of what was read with the total row.

    Where every cell had its place (``is_sure``) it is the publication that does not add up, which is for the
    audit to say; here it is a note. Otherwise a row may have been missed.
    """
    severity = Severity.NOTE if is_sure else Severity.WARNING
    for role, wording in (("weight", doubts.WEIGHTS_DIFFER), ("score", doubts.SCORES_DIFFER)):
        printed = _number(getattr(evaluation.total, role))
        if printed is None:
            continue
        rows = _sum(getattr(row, role) for row in evaluation.indicators)
        money = [number for row in evaluation.funding if (number := _number(getattr(row, role))) is not None]
        # The line of the execution rate counts once; some forms print it in each row of money.
        sums = {rows, *(rows + number for number in money)}
        if rows and not any(abs(one - printed) <= _ROUNDING for one in sums):
            nearest = min(sums, key=lambda one: abs(one - printed))
            place = evaluation.place(f"total.{role}") or evaluation.place("total")
            yield doubt(wording(sum=f"{nearest:f}", total=f"{printed:f}"), severity, place)


def _number(cell: NumberCell | None) -> Decimal | None:
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None


def _sum(cells: Iterable[NumberCell | None]) -> Decimal:
    return sum((number for cell in cells if (number := _number(cell)) is not None), Decimal(0))
