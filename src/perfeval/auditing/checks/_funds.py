"""What checks of money share: the rows of funding as exact amounts in one unit, their parts, rounding."""

from __future__ import annotations

__all__ = [
    "COLUMNS",
    "WORDS",
    "Side",
    "amount_in",
    "amounts_of",
    "as_decimal",
    "budget_column",
    "cell_of",
    "digit_of",
    "direct_parts",
    "is_blank",
    "part_readings",
    "plainly",
    "printed",
    "printed_number",
    "summed_columns",
    "tail_of",
    "total_row",
    "unit_of_money",
]

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from perfeval.auditing.subject import Table, once
from perfeval.formula import plain
from perfeval.table import AmountCell, Funding, NumberCell
from perfeval.table.money import unit_of_money as _unit_of_money
from perfeval.table.money import whole_unit
from perfeval.values import Missing, Quantity, Unit, squash

Side = Literal["initial", "adjusted", "executed"]
COLUMNS: tuple[Side, ...] = ("initial", "adjusted", "executed")
WORDS: dict[Side, str] = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数"}
"""The columns as forms head them."""

# The same words by which the execution score finds the total row (docs/semantics.md §4).
_TOTAL = re.compile(r"(?:总额|总金额|合计|总计)$")
_SUBTOTAL = re.compile(r"预算|小计")
_NOTES = re.compile(r"[(\[【〔].*?[)\]】〕]|[:,;、。—-]")
_WHOLE_OF_OTHERS = re.compile(r"财政(?:拨款|资金)")
_PART_OF_ANOTHER = re.compile(r"^(?:一般公共预算|政府性基金|国有资本经营|社会保险基金)")
_NUMBERED = re.compile(r"^(?:[①-⑳]|\([0-9一二三四五六七八九十]+\)|其中)")


def label_of(row: Funding) -> str:
    """Give a label without colons, brackets, blanks and notes."""
    return _plain_label(row.label or "")


@lru_cache(1024)  # forms print the same few labels
def _plain_label(label: str) -> str:
    return _NOTES.sub("", squash(label))


@once
def total_row(table: Table) -> int | None:
    """Give the number of the total funding row (docs/semantics.md §4); None where it would have to be assumed."""
    rows = table.evaluation.funding
    if len(rows) == 1:
        return 0
    labels = [label_of(row) for row in rows]
    for index, label in enumerate(labels):
        if _TOTAL.search(label):
            return index
    for index, label in enumerate(labels):
        if not label.startswith("其中") and _SUBTOTAL.search(label):
            return index
    return None


@once
def direct_parts(table: Table) -> tuple[int, ...]:
    """Give the rows right below the total: no second 其中, no 一般公共预算 inside 财政拨款, no second total."""
    total, rows = total_row(table), table.evaluation.funding
    parts: list[int] = []
    inside = False
    for index, row in enumerate(rows):
        label = squash(row.label or "")
        inside = inside or (
            bool(parts) and _WHOLE_OF_OTHERS.search(squash(rows[parts[-1]].label or "")) is not None
        )
        nested = parts and (label.startswith("其中") or (inside and _PART_OF_ANOTHER.match(label)))
        if index != total and not nested and not _TOTAL.search(label_of(row)):
            parts.append(index)
    return tuple(parts)


def part_readings(table: Table, total: int, amounts: Sequence[Fraction | None]) -> Iterator[tuple[int, ...]]:
    """Give every accepted way to tell which rows add up to the total.

    Direct parts; all other rows; those that are not numbered inside another; those left when a row that is the sum of
    the rows after it stands for them.
    """
    direct = direct_parts(table)
    if direct:
        yield direct  # nearly always the one that adds up
    rows = table.evaluation.funding
    others = tuple(
        index for index, row in enumerate(rows) if index != total and not _TOTAL.search(label_of(row))
    )
    upper = tuple(index for index in others if not _NUMBERED.match(squash(rows[index].label or "")))
    inner = tuple(index for index in others if index not in upper)
    readings = dict.fromkeys((others, upper, inner, _without_summed(others, amounts)))
    yield from (reading for reading in readings if reading and reading != direct)


def _without_summed(others: tuple[int, ...], amounts: Sequence[Fraction | None]) -> tuple[int, ...]:
    kept: list[int] = []
    place = 0
    while place < len(others):
        kept.append(others[place])
        place += 1 + _summed_after(others[place:], amounts)
    return tuple(kept)


def _summed_after(rows: tuple[int, ...], amounts: Sequence[Fraction | None]) -> int:
    """Give how many of the rows after the first add up to it; 0 where none do."""
    first = amounts[rows[0]]
    if not first:
        return 0
    added = Fraction(0)
    for count, row in enumerate(rows[1:], 1):
        added += amounts[row] or 0
        if added == first:
            return count
    return 0


@once
def unit_of_money(table: Table) -> Unit:
    """Give the unit of a table's money."""
    return _unit_of_money(table.evaluation)


def amount_in(cell: AmountCell | None, unit: Unit) -> Fraction | None:
    """Give an amount in the table's unit; None for blank and unreadable cells (none of which is 0)."""
    if cell is None or not isinstance(cell.value, Quantity):
        return None
    value = cell.value
    if value.unit.is_absent or unit.is_absent:
        return Fraction(*value.pair)
    return Fraction(*value.with_unit(whole_unit(value.unit)).in_unit(unit))


@once
def amounts_of(table: Table) -> Mapping[Side, Sequence[Fraction | None]]:
    """Give the amounts of each column, row by row, in the table's unit."""
    unit, rows = unit_of_money(table), table.evaluation.funding
    return {column: [amount_in(cell_of(row, column), unit) for row in rows] for column in COLUMNS}


@once
def summed_columns(table: Table) -> Collection[Side]:
    """Give the columns, nearly always all, in which the direct parts add up to the total exactly."""
    total, parts = total_row(table), direct_parts(table)
    if total is None or not parts:
        return ()
    columns = amounts_of(table).items()
    return [
        column for column, amounts in columns if amounts[total] == sum(amounts[row] or 0 for row in parts)
    ]


def digit_of(cell: AmountCell | None, unit: Unit) -> Fraction:
    """Give one unit of the last digit of an amount, in the table's unit; 0 where there is none."""
    if cell is None or not isinstance(cell.value, Quantity):
        return Fraction(0)
    own, exponent = cell.value.unit, cell.value.exponent
    digit = Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)
    if own.is_absent or unit.is_absent:
        return digit
    whole = whole_unit(own)
    return digit * Fraction(whole.numerator * unit.denominator, whole.denominator * unit.numerator)


def is_blank(cell: AmountCell | None) -> bool:
    """Say whether there is no amount: no column, nothing, a dash."""
    return cell is None or isinstance(cell.value, Missing)


def cell_of(row: Funding, column: Side) -> AmountCell | None:
    """Give the cell of a column."""
    cell: AmountCell | None = getattr(row, column)
    return cell


@once
def budget_column(table: Table) -> Side:
    """Give the column that is the budget: the adjusted one, or the initial one in forms that have no other."""
    rows = table.evaluation.funding
    has_adjusted = any(row.adjusted is not None for row in rows)
    return "adjusted" if has_adjusted or all(row.initial is None for row in rows) else "initial"


def tail_of(digits: Iterable[Fraction]) -> Fraction:
    """Give by how much a sum of amounts, each rounded to its digits, may differ from a rounded total."""
    known = [digit for digit in digits if digit]
    return min(known) * len(known) / 2 if known else Fraction(0)


def plainly(number: Fraction) -> str:
    """Give an exact decimal; a sum of printed amounts always is one."""
    return plain((number.numerator, number.denominator))


def as_decimal(number: Fraction) -> Decimal | None:
    """Give the number as a decimal, where it is one."""
    text = plainly(number)
    return None if "÷" in text else Decimal(text)


def printed(cell: AmountCell | None) -> str:
    """Give the cell as printed."""
    return "" if cell is None else cell.text


def printed_number(cell: NumberCell | None) -> str:
    """Give a cell of points as printed."""
    return "" if cell is None else cell.text
