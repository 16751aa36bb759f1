"""Which tables of a page are tables, which only lay out others, and the rows and cells of each."""

from __future__ import annotations

__all__ = ["has_rows_of_its_own", "has_something", "layout_tables", "row_groups"]

from collections.abc import Iterator

from lxml.etree import _Element as Element

from perfeval.documents.web.pieces import NOT_SHOWN
from perfeval.documents.web.styles import is_hidden, style

_CELLS = frozenset(("td", "th"))
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_ROW = frozenset(("tr",))
_NO_ROW = frozenset(("table", "td", "th", "caption"))
_NO_CELL = frozenset(("table", "tr"))


def _descendants(root: Element, wanted: frozenset[str], closed: frozenset[str]) -> Iterator[Element]:
    """Give the shown elements of a kind below one, not entering those found nor the closed ones."""
    stack = list(root.iterchildren(reversed=True))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in NOT_SHOWN or is_hidden(element) or (tag not in _CELLS and style(element).invisible):
            continue
        if tag in wanted:
            yield element
        elif tag not in closed:
            stack.extend(element.iterchildren(reversed=True))


def row_groups(table: Element) -> list[list[list[Element]]]:
    """Give the cells of the shown rows by group and row, in the order in which they are shown: head first, foot last."""
    groups: dict[Element, list[Element]] = {}
    for row in _descendants(table, _ROW, _NO_ROW):
        group = next(
            (above for above in row.iterancestors() if above is table or above.tag in _GROUPS), table
        )
        groups.setdefault(group, []).append(row)
    head = next((group for group in groups if group.tag == "thead"), None)
    foot = next((group for group in groups if group.tag == "tfoot"), None)
    shown = sorted(groups, key=lambda group: (group is foot) - (group is head))
    return [[_cells(row) for row in groups[group]] for group in shown]


def _cells(row: Element) -> list[Element]:
    return list(_descendants(row, _CELLS, _NO_CELL))


def _has_text(element: Element) -> bool:
    """Say whether any text stands in an element, shown or not."""
    return any(str(text).strip() for text in element.itertext())


def layout_tables(root: Element) -> frozenset[Element]:
    """Give the tables that hold a shown table with text in it."""
    layout = set()
    for table in root.iter("table"):
        above = next(table.iterancestors("table"), None)
        if above is not None and above not in layout and _has_text(table) and not is_hidden(table):
            layout.add(above)
    return frozenset(layout)


def has_something(table: Element) -> bool:
    """Say whether a table shows anything: spacers of the layout do not."""
    return _has_text(table) or next(table.iter("img", "input", "select"), None) is not None


def has_rows_of_its_own(table: Element) -> bool:
    """Say whether a table that holds others also has rows of three cells or more: layout has bands of one or two."""
    rows = (
        [cell for cell in _cells(row) if cell.find(".//table") is None]
        for row in _descendants(table, _ROW, _NO_ROW)
    )
    return sum(sum(_has_text(cell) for cell in row) >= 3 for row in rows) >= 2
