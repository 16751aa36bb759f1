"""Equations on one line."""

from __future__ import annotations

__all__ = ["equation"]

import re

from lxml.etree import _Element as Element

from perfeval.documents.shown import superscript
from perfeval.documents.word.markup import DELETED, M

_SIMPLE_PART = re.compile(r"[\w.%]*")


def equation(element: Element) -> str:
    """Give an equation on one line: a fraction of 1 and 2 must not be read as 12."""
    tag = element.tag
    if tag == f"{M}t":
        return element.text or ""
    if tag in DELETED:
        return ""
    if tag == f"{M}f":
        above, below = (_grouped(_part(element, name)) for name in ("num", "den"))
        return f"{above}/{below}"
    if tag == f"{M}sSup":
        raised = _part(element, "sup")
        plain = superscript(raised)
        return _part(element, "e") + (plain if plain != raised else f"^{_grouped(raised)}")
    if tag == f"{M}rad":
        return f"{_part(element, 'deg')}√{_grouped(_part(element, 'e'))}"
    return "".join([equation(child) for child in element])


def _part(element: Element, name: str) -> str:
    part = element.find(M + name)
    return "" if part is None else equation(part)


def _grouped(text: str) -> str:
    return text if _SIMPLE_PART.fullmatch(text) else f"({text})"
