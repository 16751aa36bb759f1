"""Names of sheets, and texts that a cell can hold."""

from __future__ import annotations

__all__ = ["clean", "link_to", "sheet_names"]

import re
from collections.abc import Sequence

from perfeval.report.escaping import xml_text

_LONGEST_NAME = 31  # in UTF-16 units, as Excel counts
_LONGEST_TEXT = 32_767
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")


def clean(text: object) -> str:
    """Give a text as a cell can hold it: what XML cannot say becomes U+FFFD, what is too long is cut."""
    return _cut(xml_text(str(text)), _LONGEST_TEXT)


def sheet_names(tables: Sequence[str], taken: Sequence[str] = ()) -> tuple[str, ...]:
    """Give each table a sheet's name: its number and as much of its name as fits, none given twice."""
    used = {name.casefold() for name in taken}
    names = []
    for number, table in enumerate(tables, 1):
        text = " ".join(_FORBIDDEN.sub(" ", clean(table)).split())
        name = _cut(f"{number} {text}".strip(), _LONGEST_NAME).rstrip(" '")
        while name.casefold() in used:
            name = _cut(f"{number}_{name}", _LONGEST_NAME).rstrip(" '")
        used.add(name.casefold())
        names.append(name)
    return tuple(names)


def link_to(sheet: str, cell: str) -> str:
    """Give the reference of a cell in another sheet: ``'1 name'!B4``."""
    return "'" + sheet.replace("'", "''") + "'!" + cell


def _cut(text: str, most: int) -> str:
    while len(text.encode("utf-16-le", "surrogatepass")) > 2 * most:
        text = text[: most if len(text) > most else -1]
    return text
