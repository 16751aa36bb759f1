"""How elements of a page are shown: hidden or not, in which font, with which white space."""

from __future__ import annotations

__all__ = ["PLAIN", "Mode", "Style", "is_hidden", "style"]

import re
from functools import lru_cache

import attrs
from lxml.etree import _Element as Element

from perfeval.documents.shown import in_symbol_font, superscript

_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_FAMILY = re.compile(r"(?<![\w-])font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_FONT = re.compile(r"(?<![\w-])font\s*:", re.IGNORECASE)
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f\v]+")


@attrs.frozen
class Style:
    """What matters of the style attribute of an element."""

    hidden: bool = False
    invisible: bool = False
    kept_space: bool = False
    font: str | None = None
    """The first font, empty where the style sets some other way."""


_NO_STYLE = Style()


@lru_cache(maxsize=4096)  # a page repeats a few styles in every cell
def _style_of(written: str) -> Style:
    family = _FAMILY.search(written)
    return Style(
        _HIDDEN.search(written) is not None,
        _INVISIBLE.search(written) is not None,
        _KEPT_SPACE.search(written) is not None,
        family[1] if family else "" if _FONT.search(written) else None,
    )


def style(element: Element) -> Style:
    """Give what matters of how an element is styled."""
    written = element.get("style")
    return _NO_STYLE if written is None else _style_of(written)


@attrs.frozen
class Mode:
    """How the text inside an element is shown."""

    kept_space: bool = False
    raised: bool = False
    font: str | None = None

    def inside(self, element: Element, tag: str) -> Mode:
        """Give how text is shown inside an element that stands here."""
        own, face = style(element), element.get("face")
        kept_space = own.kept_space or tag in {"pre", "textarea"}
        font = own.font if own.font is not None else face
        if not kept_space and font is None and tag != "sup":
            return self
        return Mode(
            self.kept_space or kept_space, self.raised or tag == "sup", self.font if font is None else font
        )

    def shown(self, text: str | None) -> str:
        """Give what is shown of the text that the markup holds."""
        if not text:
            return ""
        if self.kept_space:
            # As spaces that do not collapse; they become plain ones in the end.
            text = (
                text.replace("\r\n", "\n")
                .expandtabs()
                .replace(" ", "\xa0")
                .replace("\f", "")
                .replace("\v", "")
            )
        else:
            text = _WHITE.sub(" ", text)
        text = in_symbol_font(text, self.font) if self.font else text
        return superscript(text) if self.raised else text


PLAIN = Mode()


def is_hidden(element: Element) -> bool:
    """Say whether nothing of an element is shown, nor any room left for it."""
    return style(element).hidden or element.get("hidden") is not None
