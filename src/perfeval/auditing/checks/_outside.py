"""What checks against the outside share: how sure a match is, money of both sides in 元 with its rounding, counts."""

from __future__ import annotations

__all__ = [
    "Sum",
    "account_readings",
    "agrees",
    "class_of",
    "counts_of",
    "in_unit_of",
    "said_of",
    "table_readings",
    "table_sum",
    "year_said",
]

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.auditing.check import Scope
from perfeval.auditing.checks._funds import (
    Side,
    amount_in,
    as_decimal,
    cell_of,
    digit_of,
    direct_parts,
    total_row,
    unit_of_money,
)
from perfeval.auditing.ledger import Account, LedgerEntry
from perfeval.auditing.matching import Sureness
from perfeval.auditing.outside import Outside, Pair
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass
from perfeval.table import AmountCell
from perfeval.table.money import heading_unit
from perfeval.values import DEFAULT_UNITS, Quantity, Unit

_SAID = {
    Sureness.CODE: ("按项目编码", "by code"),
    Sureness.NAME: ("按名称", "by name"),
    Sureness.NEAR: ("按近似名称", "by a similar name"),
}


@attrs.frozen
class Sum:
    """An amount in 元, by how much rounding to its printed digits may have moved it, how and where it is printed."""

    amount: Fraction
    slack: Fraction
    text: str = ""
    path: str = ""


def said_of(by: Sureness) -> dict[str, object]:
    """Give how a counterpart was found, as facts of a message in either language."""
    chinese, english = _SAID[by]
    return {"match": chinese, "matched": english}


def year_said(table: Table) -> str:
    """Give the year of a table as printed, or a dash."""
    return table.evaluation.year or "—"


def class_of(pair: Pair[Table] | Pair[Account], *paths: str) -> FindingClass:
    """Give 前后不一致 for a match by code without a reading doubt on the other side, else 疑点."""
    other = pair.other
    doubts = other.evaluation.doubts if isinstance(other, Table) else frozenset()
    is_doubtful = any(path in doubts or path.partition(".")[0] in doubts for path in paths)
    is_sure = pair.by is Sureness.CODE and not is_doubtful
    return FindingClass.CONTRADICTION if is_sure else FindingClass.QUESTION


def table_sum(table: Table, column: Side) -> Sum | None:
    """Give the total of a column; None where it is no number, its unit is unknown or the row would be assumed."""
    index, unit = total_row(table), unit_of_money(table)
    if index is None or unit.is_absent:
        return None
    return _sum(cell_of(table.evaluation.funding[index], column), unit, f"funding[{index}].{column}")


def table_readings(table: Table, column: Side) -> tuple[Sum, ...]:
    """Give what the accounts may hold of a column: all of it, one source of money, or all but one source.

    The total, which findings quote, is the first. Accounts of the treasury often hold 财政拨款 only.
    """
    total, index = table_sum(table, column), total_row(table)
    if total is None or index is None:
        return ()
    unit, rows = unit_of_money(table), table.evaluation.funding
    sums = (_sum(cell_of(rows[part], column), unit, "") for part in direct_parts(table))
    parts = [part for part in sums if part is not None]
    rest = [Sum(total.amount - part.amount, total.slack + part.slack) for part in parts]
    # A source of nothing explains nothing.
    return (total, *(one for one in (*parts, *rest) if one.amount))


def account_readings(account: Account, column: Side) -> tuple[Sum, ...]:
    """Give what the lines of a project state: their sum, first, and each alone (one of them may be the sum)."""
    sums = [_sum_of_line(entry, column) for entry in account.entries]
    known = [one for one in sums if one is not None]
    if not known or len(known) < len(sums):
        return ()
    if len(known) == 1:
        return (known[0],)
    whole = Sum(
        sum((one.amount for one in known), Fraction(0)),
        sum((one.slack for one in known), Fraction(0)),
        "+".join(one.text for one in known),
    )
    return (whole, *known)


def _sum_of_line(entry: LedgerEntry, column: Side) -> Sum | None:
    cell = {"initial": entry.initial, "adjusted": entry.adjusted, "executed": entry.executed}[column]
    unit = heading_unit(entry.amount_unit)
    if unit.is_absent and _has_unit(cell):
        unit = DEFAULT_UNITS.names["元"]
    return None if unit.is_absent else _sum(cell, unit, "")


def _has_unit(cell: AmountCell | None) -> bool:
    return cell is not None and isinstance(cell.value, Quantity) and not cell.value.unit.is_absent


def _sum(cell: AmountCell | None, unit: Unit, path: str) -> Sum | None:
    amount = amount_in(cell, unit)
    if cell is None or amount is None or not isinstance(cell.value, Quantity):
        return None
    size = Fraction(unit.numerator, unit.denominator)
    is_named = any(sign in cell.text for sign in ("元", "万", "亿"))
    own = cell.value.unit if not cell.value.unit.is_absent else unit
    text = cell.text.strip() + ("" if is_named else own.symbol)
    return Sum(amount * size, digit_of(cell, unit) * size / 2, text, path)


def agrees(first: Sequence[Sum], second: Sequence[Sum]) -> bool:
    """Say whether some reading of one side is some reading of the other, within half a unit of the coarser digit."""
    return any(abs(one.amount - two.amount) <= max(one.slack, two.slack) for one in first for two in second)


def in_unit_of(table: Table, amount: Fraction) -> Decimal | None:
    """Give an amount in 元 in the unit of the table, as a decimal."""
    unit = unit_of_money(table)
    return as_decimal(amount * Fraction(unit.denominator, unit.numerator))


def counts_of(outside: Outside) -> Mapping[str, Mapping[str, int]]:
    """Give how the tables were matched with each set that was given, and where money could not be compared."""
    scopes = (Scope.PREVIOUS, Scope.APPROVED, Scope.LEDGER)
    counts = {
        str(scope): dict(one.counts) for scope in scopes if (one := outside.relation(scope)) is not None
    }
    if outside.ledger is not None:
        pairs = outside.ledger.pairs
        counts[str(Scope.LEDGER)]["unit_unknown"] = sum(_is_unit_unknown(pair) for pair in pairs)
    return counts


def _is_unit_unknown(pair: Pair[Account]) -> bool:
    lines = pair.other.entries
    cells = [cell for one in lines for cell in (one.initial, one.adjusted, one.executed)]
    is_stated = all(not heading_unit(one.amount_unit).is_absent for one in lines)
    is_known = is_stated or any(_has_unit(cell) for cell in cells)
    return not is_known or unit_of_money(pair.table).is_absent
