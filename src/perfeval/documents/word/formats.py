"""How paragraphs and runs are shown: hidden, raised, struck through, in which font."""

from __future__ import annotations

__all__ = ["HIDDEN", "PLAIN", "Format", "hidden_styles", "paragraph_format", "run_format"]

from itertools import chain

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.word.markup import DELETED, R_PROPERTIES, VAL, W, is_on


@attrs.frozen
class Format:
    """How a run is shown."""

    hidden: bool = False
    raised: bool = False
    struck: bool = False
    font: str | None = None


PLAIN, HIDDEN = Format(), Format(hidden=True)


def hidden_styles(root: Element | None) -> frozenset[str]:
    """Give the styles of paragraphs and characters whose text is hidden, by themselves or by inheritance."""
    hidden: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in () if root is None else root.iterchildren(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        above = style.find(f"{W}basedOn")
        if above is not None:
            based[name] = above.get(VAL, "")
        vanish = style.find(f"{R_PROPERTIES}/{W}vanish")
        if vanish is not None:
            hidden[name] = is_on(vanish)
    found = set()
    for name in chain(based, hidden):
        at, seen = name, {name}
        while at not in hidden and at in based and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if hidden.get(at):
            found.add(name)
    return frozenset(found)


def paragraph_format(properties: Element, vanishing: frozenset[str]) -> tuple[bool, bool]:
    """Say whether a paragraph is hidden, and whether its mark is gone, so that the next one continues it.

    ``vanishing`` are the hidden styles.
    """
    style = properties.find(f"{W}pStyle")
    hidden = style is not None and style.get(VAL) in vanishing
    mark = properties.find(R_PROPERTIES)
    mark_gone = mark is not None and any(
        part.tag in DELETED or (part.tag == f"{W}vanish" and is_on(part)) for part in mark
    )
    return hidden, mark_gone


def run_format(properties: Element, vanishing: frozenset[str], *, hidden: bool) -> Format:
    """Give how a run is shown in a paragraph that is hidden or not; ``vanishing`` are the hidden styles."""
    shown = Format(hidden=hidden)
    vanish: bool | None = None
    for part in properties:
        name = part.tag.removeprefix(W)
        if name == "vanish":
            vanish = is_on(part)
        elif name == "rStyle" and part.get(VAL) in vanishing:
            shown = attrs.evolve(shown, hidden=True)
        elif name == "vertAlign" and part.get(VAL) == "superscript":
            shown = attrs.evolve(shown, raised=True)
        elif name in {"strike", "dstrike"} and is_on(part):
            shown = attrs.evolve(shown, struck=True)
        elif name == "rFonts" and part.get(f"{W}hint") != "eastAsia":
            font = part.get(f"{W}ascii") or part.get(f"{W}hAnsi")
            shown = attrs.evolve(shown, font=font) if font else shown
    return shown if vanish is None else attrs.evolve(shown, hidden=vanish)
