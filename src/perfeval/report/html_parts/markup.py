"""The few pieces of HTML that all parts are made of; every text goes through ``escaped``."""

from __future__ import annotations

__all__ = ["Cell", "Html", "cell", "details", "mono", "paragraph", "part", "table"]

from collections.abc import Iterable, Sequence
from typing import NewType

import attrs

from perfeval.report.escaping import escaped

Html = NewType("Html", str)
"""Text that is markup already."""

# The page's own ink, and greys that let its ground shine through, are right on a light and on a dark page.
_STYLE = (
    ".perfeval{font-size:13px;overflow-x:auto}"
    ".perfeval table{border-collapse:collapse;margin:4px 0;color:inherit}"
    ".perfeval caption{text-align:left;font-weight:bold;padding:4px 0}"
    ".perfeval th,.perfeval td{border:1px solid rgba(128,128,128,.5);padding:3px 7px;text-align:left;"
    "vertical-align:top;white-space:pre-line;color:inherit;background:none}"
    ".perfeval th{background:rgba(128,128,128,.15);white-space:nowrap}"
    ".perfeval .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".perfeval .marked{background:rgba(214,140,0,.25);font-weight:bold}"
    ".perfeval pre{white-space:pre-wrap;margin:4px 0}"
)


@attrs.frozen
class Cell:
    """A cell: words, markup after them, and the classes of both."""

    words: str
    markup: str = ""
    classes: str = ""


def cell(
    words: object, *, is_number: bool = False, is_marked: bool = False, markup: Html | None = None
) -> Cell:
    """Give a cell of a table; ``markup`` follows the words."""
    classes = [name for name, holds in (("number", is_number), ("marked", is_marked)) if holds]
    return Cell("" if words is None else str(words), markup or "", " ".join(classes))


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Html:
    """Give a table with a caption and a header row."""
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(_td(one) for one in row)}</tr>" for row in rows)
    return Html(
        f"<table><caption>{escaped(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _td(one: Cell) -> str:
    classes = f' class="{one.classes}"' if one.classes else ""
    return f"<td{classes}>{escaped(one.words)}{one.markup}</td>"


def paragraph(words: str) -> Html:
    """Give a paragraph."""
    return Html(f"<p>{escaped(words)}</p>")


def mono(words: str) -> Html:
    """Give lines as they are."""
    return Html(f"<pre>{escaped(words)}</pre>")


def details(summary: str, inside: Html) -> Html:
    """Give what opens on request."""
    return Html(f"<details><summary>{escaped(summary)}</summary>{inside}</details>")


def part(*pieces: Html) -> str:
    """Give the whole part, with its style, which holds inside it only."""
    return f'<div class="perfeval"><style>{_STYLE}</style>{"".join(pieces)}</div>'
