"""Pieces of an SVG picture: boxes, lines, words, on a grid of whole pixels.

Ink is ``currentColor``, so that a picture can be read on a light and on a dark page; shades differ in brightness, not
only in colour, and every one of them has an outline or a number.
"""

from __future__ import annotations

__all__ = [
    "LINE",
    "MARGIN",
    "SHADES",
    "WIDTH",
    "Picture",
    "Shade",
    "box",
    "circle",
    "clipped",
    "line",
    "number_text",
    "picture",
    "pixels",
    "text",
]

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Literal

import attrs

from perfeval.report.escaping import escaped

WIDTH = 440
"""Narrow, so that its text can be read where a phone shrinks it."""
MARGIN = 12
LINE = 20
"""Height of a line of text."""

_FONT = "system-ui, 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"
_WIDE, _NARROW = 12, 7  # pixels of a Chinese and of a Latin letter at the size used


@attrs.frozen
class Shade:
    """A fill and the ink that can be read on it."""

    fill: str
    ink: str


SHADES = (
    Shade("#1b3a57", "#ffffff"),
    Shade("#5f97c4", "#000000"),
    Shade("#d9e6f2", "#000000"),
    Shade("#336a97", "#ffffff"),
    Shade("#a3c4e0", "#000000"),
)


class Picture(str):
    """The text of an SVG, which a notebook shows as a picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


def pixels(value: Decimal | Fraction | int, whole: Decimal | Fraction | int, length: int) -> int:
    """Give the pixels of a value where ``whole`` takes ``length``: rounded, 0 for what is negative."""
    if whole <= 0 or value <= 0:
        return 0
    return round(Fraction(value) / Fraction(whole) * length)


def number_text(value: Decimal | None) -> str:
    """Give a number with its digits; a dash where there is none."""
    return "—" if value is None else f"{value:f}"


def clipped(words: str, width: int) -> str:
    """Cut words to a width in pixels, on one line."""
    shown = " ".join(words.split())
    if _length(shown) <= width:
        return shown
    while shown and _length(shown) > width - _WIDE:
        shown = shown[:-1]
    return shown + "…"


def _length(words: str) -> int:
    return sum(_WIDE if unicodedata.east_asian_width(letter) in "WFA" else _NARROW for letter in words)


def text(
    x: int,
    y: int,
    words: str,
    *,
    anchor: Literal["start", "middle", "end"] = "start",
    ink: str = "currentColor",
    bold: bool = False,
) -> str:
    """Give words; ``y`` is their base line."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}"{weight}>{escaped(words)}</text>'


def box(x: int, y: int, size: tuple[int, int], shade: Shade | None = None, tip: str = "") -> str:
    """Give a rectangle (width and height in ``size``); without a shade a dashed outline. ``tip`` is read out."""
    fill = 'fill="none" stroke-dasharray="3 2"' if shade is None else f'fill="{shade.fill}"'
    title = f"<title>{escaped(tip)}</title>" if tip else ""
    return (
        f'<rect x="{x}" y="{y}" width="{size[0]}" height="{size[1]}" {fill} stroke="currentColor">'
        f"{title}</rect>"
    )


def circle(x: int, y: int, radius: int, shade: Shade, tip: str) -> str:
    """Give a dot with its title."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{shade.fill}" stroke="currentColor">'
        f"<title>{escaped(tip)}</title></circle>"
    )


def line(start: tuple[int, int], end: tuple[int, int], *, dashed: bool = False) -> str:
    """Give a straight line."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="currentColor"{dashes}/>'
    )


def picture(title: str, description: str, height: int, parts: Iterable[str]) -> Picture:
    """Give the whole SVG, named and described for those who do not see it."""
    drawn = "".join(parts)
    # Ids have to differ between the pictures of one page and stay the same from run to run.
    name = "picture-" + sha256((title + description + drawn).encode("utf-8", "replace")).hexdigest()[:12]
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t" '
        f'aria-describedby="{name}-d" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="{_FONT}" font-size="12">'
        f'<title id="{name}-t">{escaped(title)}</title><desc id="{name}-d">{escaped(description)}</desc>'
        f"{drawn}</svg>"
    )
