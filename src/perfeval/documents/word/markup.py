"""The names of elements in a Word document, what stands for yes or a number, and what to look through."""

from __future__ import annotations

__all__ = [
    "ALTERNATIVES",
    "BOX",
    "CHUNK",
    "DELETED",
    "FALLBACK",
    "OFFICE_SPACE",
    "P_PROPERTIES",
    "R_PROPERTIES",
    "TBL",
    "TC",
    "TC_PROPERTIES",
    "TR",
    "TR_PROPERTIES",
    "VAL",
    "WORD_SPACE",
    "M",
    "P",
    "R",
    "T",
    "W",
    "chosen",
    "content_of",
    "is_on",
    "number_of",
]

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006"
W = f"{{{WORD_SPACE}}}"
M = f"{{{OFFICE_SPACE}/math}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = f"{W}val"
_OFF = frozenset(("0", "false", "off", "none"))

P, TBL, TR, TC, R, T = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
P_PROPERTIES, R_PROPERTIES, TR_PROPERTIES, TC_PROPERTIES = (
    W + f"{name}Pr" for name in ("p", "r", "tr", "tc")
)
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
ALTERNATIVES, _CHOICE, FALLBACK = (_MC + name for name in ("AlternateContent", "Choice", "Fallback"))
BOX = f"{W}txbxContent"
CHUNK = f"{W}altChunk"
# What is looked through for paragraphs, rows and cells.
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_COUNT = re.compile(r"\d{1,9}")


def is_on(element: Element) -> bool:
    """Say whether a switch is on, as it is where no value is written."""
    return element.get(VAL, "1") not in _OFF


def number_of(element: Element | None, name: str = VAL, least: int = 0) -> int:
    """Give a count that an attribute holds; ``least`` where it is less, or is none."""
    found = _COUNT.fullmatch(element.get(name, "")) if element is not None else None
    return max(int(found[0]), least) if found else least


def content_of(container: Element) -> Iterator[Element]:
    """Give what stands in a body, table, row or cell, through content controls and accepted changes."""
    stack: list[Iterator[Element]] = [iter(container)]
    while stack:
        for element in stack[-1]:
            if element.tag in _WRAPPERS:
                stack.append(iter(element))
                break
            if element.tag == ALTERNATIVES:
                stack.append(iter(chosen(element)))
                break
            yield element
        else:
            stack.pop()


def chosen(alternatives: Element) -> Iterable[Element]:
    """Give the content of the first alternative: the others say the same for older readers."""
    found = alternatives.find(_CHOICE)
    if found is None:
        found = alternatives.find(FALLBACK)
    return () if found is None else found
