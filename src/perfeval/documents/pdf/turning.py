"""What a page shows, and turning it until its text runs to the right."""

from __future__ import annotations

__all__ = ["PageView", "turned"]

from collections.abc import Callable

import attrs

from perfeval.documents.pdf.glyph import PLAIN_DIRECTIONS, SLANTED, Glyph
from perfeval.documents.pdf.shapes import Box, Rule, around, corners


@attrs.frozen
class PageView:
    """What one page shows; positions are in points from its upper left."""

    width: float  # exact: length on a page
    height: float  # exact: length on a page
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    hidden: int
    """Characters that nobody sees: drawn without ink, white on white, or outside the page."""


def turned(view: PageView, direction: int) -> PageView:
    """Turn a page whose text runs in this direction until it runs to the right."""
    width, height = view.width, view.height
    turn: Callable[[float, float], tuple[float, float]] = [
        lambda x, y: (x, y),
        lambda x, y: (y, width - x),
        lambda x, y: (width - x, height - y),
        lambda x, y: (height - y, x),
    ][direction]

    def turned_glyph(glyph: Glyph) -> Glyph:
        way = (
            glyph.direction
            if glyph.direction == SLANTED
            else (glyph.direction - direction) % PLAIN_DIRECTIONS
        )
        (x, y), (a, b) = turn(glyph.x, glyph.y), turn(glyph.middle_x, glyph.middle_y)
        return attrs.evolve(glyph, x=x, y=y, middle_x=a, middle_y=b, direction=way)

    def turned_rule(rule: Rule) -> Rule:
        ends = [
            turn(rule.position, end) if rule.upright else turn(end, rule.position)
            for end in (rule.start, rule.stop)
        ]
        upright = rule.upright == (direction % 2 == 0)
        across, along = (0, 1) if upright else (1, 0)
        start, stop = sorted(end[along] for end in ends)
        return Rule(upright, ends[0][across], start, stop)

    same = direction == 0
    return PageView(
        width=height if direction % 2 else width,
        height=width if direction % 2 else height,
        glyphs=view.glyphs if same else tuple(map(turned_glyph, view.glyphs)),
        rules=view.rules if same else tuple(map(turned_rule, view.rules)),
        pictures=tuple(around([turn(*point) for point in corners(box)]) for box in view.pictures),
        hidden=view.hidden,
    )
