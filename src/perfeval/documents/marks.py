"""What the marks inside a line of text say: Markdown's, and HTML's tags and entities."""

from __future__ import annotations

__all__ = ["shown_text", "without_marks"]

import html
import re

_INLINE = re.compile(
    r"(?P<block></?(?:p|div|li|br)(?:\s[^<>]*)?/?>)"
    r"|(?P<dropped></?(?:b|strong|i|em|u|span|font|html|body|center)(?:\s[^<>]*)?>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_MARKDOWN_INLINE = re.compile(
    _INLINE.pattern + r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    # Marks between digits are left: 2**3 is a power, and the numbers beside it are not to be put together.
    r"|(?<![0-9A-Za-z*])\*\*(?=[^\s*])(?P<bold>[^*]+)(?<=\S)\*\*(?![0-9A-Za-z*])",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_LIST_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_THEMATIC_BREAK = re.compile(r"\s*+(?:(?:-\s*+){3,}+|(?:\*\s*+){3,}+|(?:_\s*+){3,}+|(?:=\s*+){3,}+)\Z")


def shown_text(text: str, *, markdown: bool) -> str:
    """Give what a reader is shown: with entities and line breaks read, and without Markdown's marks if it is that."""
    return _shown(text, _MARKDOWN_INLINE if markdown else _INLINE)


def without_marks(text: str) -> str:
    """Give a line of Markdown without what makes it a heading, a list item or a thematic break."""
    if _THEMATIC_BREAK.match(text):
        return ""
    heading = _HEADING.match(text)
    if heading is None:
        return _LIST_ITEM.sub("", text, count=1) if _LIST_ITEM.match(text) else text
    title = text[heading.end() :].rstrip()
    bare = title.rstrip("#")
    return bare if not bare or bare[-1].isspace() else title


def _shown(text: str, pattern: re.Pattern[str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        parts = match.groupdict()
        if parts["block"]:
            return "\n"
        if parts["dropped"]:
            return ""
        if parts["entity"]:
            return html.unescape(parts["entity"]).replace("\xa0", " ")
        if parts["bold"]:
            return _shown(parts["bold"], pattern)
        return parts["escaped"] or parts["code"]

    return pattern.sub(replaced, text)
