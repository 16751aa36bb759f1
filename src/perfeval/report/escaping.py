"""Text of a document as text of XML, HTML, SVG or Markdown: nothing in it becomes markup, nothing breaks a file."""

from __future__ import annotations

__all__ = ["escaped", "markdown_text", "xml_text"]

import html
import re

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACTIVE = re.compile(r"([\\`*_\[\]<>|#~&$])")
_BREAKS = re.compile("[\0-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LINKS = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)


def xml_text(text: str) -> str:
    """Give a text as XML can hold it; what it cannot becomes U+FFFD."""
    return _NO_XML.sub("\ufffd", text)


def escaped(text: object) -> str:
    """Give a text for the inside of an element or a quoted attribute; what XML cannot hold becomes U+FFFD."""
    return html.escape(xml_text(str(text)))


def markdown_text(text: object) -> str:
    """Give a text that stays text in Markdown, in one line: no markup, no HTML, no table cell, no link of its own."""
    line = _BREAKS.sub(" ", str(text)).strip()
    return _LINKS.sub(r"\\\g<0>", _ACTIVE.sub(r"\\\1", line))
