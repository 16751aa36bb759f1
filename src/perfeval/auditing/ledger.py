"""The accounts of a year: what was budgeted and spent for each project, as a workbook or CSV states it."""

from __future__ import annotations

__all__ = ["Account", "LedgerEntry", "accounts_of", "read_ledger"]

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import attrs
import tomli

from perfeval.documents import DEFAULT_LIMITS, Limits, read_document
from perfeval.documents.grid import Document, Grid, GridCell
from perfeval.errors import Problem, UnreadableError
from perfeval.findings import Location
from perfeval.messages import Message, Wording
from perfeval.table import AmountCell, Cell, amount_cell
from perfeval.values import DEFAULT_UNITS, Quantity, squash

_NO_COLUMNS = Wording(
    "LEDGER-COLUMNS",
    "没有找到账表的表头：需要“项目编码”或“项目名称”，以及“年初预算数”“全年预算数”“执行数”中至少一列；现有：{found}",
    "has no header of accounts: it needs 项目编码 or 项目名称, and at least one of 年初预算数, 全年预算数, 执行数;"
    " it has: {found}",
)
_TWICE = Wording(
    "LEDGER-TWICE",
    "“{first}”和“{second}”两列的含义相同，请只保留一列",
    "the columns '{first}' and '{second}' mean the same: keep one of them",
)
_NO_ENTRY = Wording("LEDGER-EMPTY", "表头下没有项目", "has no project under its header")

_AMOUNTS = ("initial", "adjusted", "executed")
_HEADER_WITHIN = 30  # rows: titles, notes and the unit of money stand above a header, not more
_MOST_SHOWN = 12
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_AROUND = re.compile(r"[*★、.:/]")
_MONEY = "亿元|百万元|万元|千元|百元|元"
_UNIT_OF_COLUMN = re.compile(rf"[(\[](?:单位:?)?({_MONEY})[)\]]|[,:/]({_MONEY})$")
_UNIT_OF_PAGE = re.compile(rf"单位:?\(?({_MONEY})")


def _amount(given: object) -> AmountCell | None:
    # A cell that was read has its unit from its column, which its text does not show.
    return given if isinstance(given, Cell) else amount_cell(given, "ledger")


@attrs.frozen(kw_only=True)
class LedgerEntry:
    """One line of the accounts. An empty text is a column that is not there or a blank cell; neither is a zero amount.

    Amounts are in ``amount_unit`` unless a cell has its own unit. ``is_evaluated`` is false for categories of which no
    self-evaluation is due (人员类, 公用经费).
    """

    code: str = ""
    name: str = ""
    organisation: str = ""
    unit_code: str = ""
    year: str = ""
    amount_unit: str = ""
    initial: AmountCell | None = attrs.field(default=None, converter=_amount)
    adjusted: AmountCell | None = attrs.field(default=None, converter=_amount)
    executed: AmountCell | None = attrs.field(default=None, converter=_amount)
    is_evaluated: bool = True
    place: Location | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Account:
    """The lines of one project: one, or several where each source of its money has its own."""

    entries: tuple[LedgerEntry, ...]

    @property
    def first(self) -> LedgerEntry:
        """The line that names it."""
        return self.entries[0]

    @property
    def places(self) -> tuple[Location, ...]:
        """Where its lines stand."""
        return tuple(entry.place for entry in self.entries if entry.place is not None)


def accounts_of(entries: Iterable[LedgerEntry]) -> tuple[Account, ...]:
    """Put together the lines of one unit and year that have one code, or one name where there is no code."""
    groups: dict[tuple[str, ...], list[LedgerEntry]] = {}
    for entry in entries:
        code = squash(entry.code)
        whose = squash(entry.unit_code) or squash(entry.organisation)
        key = (whose, squash(entry.year), code, "" if code else squash(entry.name))
        groups.setdefault(key, []).append(entry)
    return tuple(Account(tuple(group)) for group in groups.values())


def read_ledger(
    path: str | Path, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[LedgerEntry, ...]:
    """Read the accounts: a workbook or CSV with a column 项目编码 or 项目名称 and columns of money.

    ``name`` is what places call the file. Raises UnreadableError with the reason and the cure: no such columns, two of
    one meaning, no project.
    """
    document = read_document(path, name=name, limits=limits)
    shown = name or str(path)
    entries: list[LedgerEntry] = []
    has_header = False
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Grid):
            continue
        slots = list(_slots(block))
        header = _header(slots)
        if header is None:
            continue
        has_header = True
        above = [cell.text for row in slots[:header] for cell in row.values()]
        columns = _columns(slots[header], shown)
        entries.extend(_entries(slots[header + 1 :], columns, _unit_of(document, number, above)))
    if not has_header:
        raise _refused(shown, _NO_COLUMNS(found=_widest(document)))
    if not entries:
        raise _refused(shown, _NO_ENTRY())
    return tuple(entries)


def _refused(shown: str, message: Message, place: Location | None = None) -> UnreadableError:
    line, column = ((place.line or 0), (place.column or 0)) if place is not None else (0, 0)
    return UnreadableError((Problem(shown, line, column, "", message),))


def _slots(grid: Grid) -> Iterator[Mapping[int, GridCell]]:
    """Give the cells of each row by column, with those that are merged down into it."""
    reaching: dict[int, tuple[GridCell, int]] = {}
    for number, row in enumerate(grid.rows):
        reaching = {column: held for column, held in reaching.items() if held[1] > number}
        own = {cell.column: cell for cell in row.cells}
        yield {**{column: held[0] for column, held in reaching.items()}, **own}
        reaching |= {
            column: (cell, number + cell.row_span) for column, cell in own.items() if cell.row_span > 1
        }


@cache
def _words() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    content = tomli.loads(files(__package__).joinpath("ledger.toml").read_text(encoding="utf-8"))
    roles = {word: role for role, words in content["columns"].items() for word in words}
    return roles, {role: tuple(words) for role, words in content["rows"].items()}


def _role(cell: GridCell) -> str | None:
    return _words()[0].get(_AROUND.sub("", _BRACKETS.sub("", _UNIT_OF_COLUMN.sub("", squash(cell.text)))))


def _header(slots: Sequence[Mapping[int, GridCell]]) -> int | None:
    """Give the last line of the header: what is merged down stands in it too."""
    lines = [number for number, row in enumerate(slots[:_HEADER_WITHIN]) if _is_header(row)]
    return next((number for number in lines if number + 1 not in lines), None)


def _is_header(row: Mapping[int, GridCell]) -> bool:
    roles = {_role(cell) for cell in row.values()}
    return bool(roles & {"code", "name"}) and bool(roles & set(_AMOUNTS))


def _columns(header: Mapping[int, GridCell], shown: str) -> Mapping[str, tuple[int, str]]:
    """Give the column of each role, and the unit of money that its header names."""
    columns: dict[str, tuple[int, str]] = {}
    for column, cell in header.items():
        role = _role(cell)
        if role is None:
            continue
        if role in columns:
            first = header[columns[role][0]].text
            raise _refused(shown, _TWICE(first=squash(first), second=squash(cell.text)), cell.place)
        unit = _UNIT_OF_COLUMN.search(squash(cell.text))
        columns[role] = (column, (unit[1] or unit[2]) if unit else "")
    return columns


def _unit_of(document: Document, number: int, above: Sequence[str]) -> str:
    """Give the unit of money that is written nearest above the header."""
    before = [block.text for block in document.blocks[:number] if not isinstance(block, Grid)]
    for text in reversed([*before, *above]):
        found = _UNIT_OF_PAGE.search(squash(text))
        if found:
            return found[1]
    return ""


def _entries(
    rows: Iterable[Mapping[int, GridCell]], columns: Mapping[str, tuple[int, str]], unit: str
) -> Iterator[LedgerEntry]:
    sums, skipped = _words()[1]["sums"], _words()[1]["not_evaluated"]
    seen: set[int] = set()  # a sum that is merged over several lines counts once
    for row in rows:
        texts = {role: row[column].text.strip() for role, (column, _) in columns.items() if column in row}
        code, name, whose = (texts.get(role, "") for role in ("code", "name", "organisation"))
        is_sum = {squash(code), squash(name)} & set(sums) or (not code and name and name == whose)
        amounts = {
            role: _with_unit(row.get(column), own, seen)
            for role, (column, own) in columns.items()
            if role in _AMOUNTS
        }
        if is_sum or not (code or (name and any(cell and cell.text.strip() for cell in amounts.values()))):
            continue
        yield LedgerEntry(
            code=code,
            name=name,
            organisation=whose,
            unit_code=texts.get("unit_code", ""),
            year=texts.get("year", ""),
            amount_unit=texts.get("amount_unit") or unit,
            is_evaluated=not any(word in squash(texts.get("category", "")) for word in skipped),
            place=next(iter(row.values())).place,
            **amounts,
        )


def _with_unit(cell: GridCell | None, unit: str, seen: set[int]) -> AmountCell | None:
    """Read an amount, in the unit that its column names."""
    if cell is None:
        return amount_cell("")
    if id(cell) in seen:
        return None
    seen.add(id(cell))
    read = amount_cell(cell.text)
    if read is None or not unit or not isinstance(read.value, Quantity) or not read.value.unit.is_absent:
        return read
    return Cell(read.text, read.value.with_unit(DEFAULT_UNITS.names[unit]))


def _widest(document: Document) -> str:
    """Name what stands in the fullest of the first rows: most likely the header."""
    rows = [
        row for block in document.blocks if isinstance(block, Grid) for row in block.rows[:_HEADER_WITHIN]
    ]
    texts = ([squash(cell.text) for cell in row.cells if squash(cell.text)] for row in rows)
    widest = max(texts, key=len, default=[])
    return "、".join(text[:20] for text in widest[:_MOST_SHOWN]) or "—"
