"""The text that elements show, in reading order, with line breaks where a browser breaks for markup."""

from __future__ import annotations

__all__ = ["BOUNDARY", "NOT_SHOWN", "TABLE", "joined", "pieces", "text_of"]

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from perfeval.documents.web.styles import PLAIN, Mode, is_hidden, style

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre search section summary "
    "table tbody td tfoot th thead title tr ul".split()
)
NOT_SHOWN = frozenset(
    "applet audio canvas datalist head iframe noembed noframes noscript object rp rt script style template title "
    "video xml".split()
)
_NOT_A_VALUE = frozenset("button color file hidden image password range reset submit".split())
BOUNDARY = "\f"  # cannot come from a page: white space is collapsed before
TABLE = "\v"

_ROUND_BREAK = re.compile(r" *\n *")
_ROUND_BOUNDARY = re.compile(r"[ \n]?[ ]*\f[ \f]*")
_SPACES = re.compile(r"  +")


def _control(element: Element, tag: str) -> str:
    """Give what a form control shows, its children aside."""
    if tag == "input":
        kind = (element.get("type") or "text").strip().lower()
        if kind in {"checkbox", "radio"}:
            return "☐☑○●"[2 * (kind == "radio") + (element.get("checked") is not None)]
        return "" if kind in _NOT_A_VALUE else element.get("value") or ""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return " ".join("".join(map(str, option.itertext())) for option in chosen)


def pieces(root: Element, apart: frozenset[Element]) -> Iterator[tuple[str, Element]]:
    """Give the shown text below an element with its line breaks and boundaries of blocks, in order.

    An element of ``apart`` is not entered; it is given with the piece ``TABLE``.
    """
    mode = PLAIN.inside(root, root.tag)
    stack: list[tuple[Element, Mode, str]] = [  # the element, the mode outside of it, what is to be done
        (child, mode, "open") for child in root.iterchildren(reversed=True)
    ]
    yield mode.shown(root.text), root
    while stack:
        element, outside, step = stack.pop()
        tag = element.tag
        if step == "close":
            if tag in _BLOCKS:
                yield BOUNDARY, element
        elif tag in NOT_SHOWN or is_hidden(element) or style(element).invisible:
            pass
        elif element in apart:
            yield TABLE, element
        elif tag == "br":
            yield "\n", element
        elif tag in {"input", "select"}:
            yield outside.shown(_control(element, tag)), element
        else:
            if tag in _BLOCKS:
                yield BOUNDARY, element
            inside = outside.inside(element, tag)
            yield inside.shown(element.text), element
            stack.append((element, outside, "close"))
            stack.extend((child, inside, "open") for child in element.iterchildren(reversed=True))
            continue
        if element.tail:
            yield outside.shown(element.tail), element


def text_of(element: Element) -> str:
    """Give the text that an element shows, on as many lines as a browser breaks for markup."""
    if style(element).invisible:
        return ""
    if len(element) == 0:
        return PLAIN.inside(element, element.tag).shown(element.text).replace("\xa0", " ").strip(" \n")
    return joined(piece for piece, _inside in pieces(element, frozenset()))


def joined(texts: Iterable[str]) -> str:
    """Collapse white space as a browser does; boundaries of blocks become line breaks."""
    text = "".join(texts)
    text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = _ROUND_BREAK.sub("\n", text)
    if BOUNDARY in text:
        text = _ROUND_BOUNDARY.sub(BOUNDARY, text).strip(" \f").replace(BOUNDARY, "\n")
    return text.replace("\xa0", " ").strip(" \n")
