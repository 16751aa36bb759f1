"""Text of a document as text of HTML or SVG: nothing in it becomes markup, nothing in it breaks the XML."""

from __future__ import annotations

__all__ = ["escaped"]

import html
import re

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: object) -> str:
    """Give a text for the inside of an element or a quoted attribute; what XML cannot hold becomes U+FFFD."""
    return html.escape(_NO_XML.sub("\ufffd", str(text)))
