"""Lines and boxes on a page."""

from __future__ import annotations

__all__ = ["Box", "Rule", "around", "common", "corners", "frames", "holds", "points_of", "straight"]

from collections.abc import Sequence
from typing import Any

import attrs

Box = tuple[float, float, float, float]  # exact: positions on a page, in points

_FRAME = 5.0  # exact: points between the two outlines of a frame drawn as one filled path


@attrs.frozen(slots=True)
class Rule:
    """A straight line: where it lies, from where to where, upright or level."""

    upright: bool
    position: float  # exact: position on a page
    start: float  # exact: position on a page
    stop: float  # exact: position on a page


def straight(path: Sequence[Any]) -> list[list[tuple[float, float]]]:
    """Give the corners of each part of a path; a curve counts as the straight line between its ends."""
    pieces: list[list[tuple[float, float]]] = []
    for operator, *numbers in path:
        if operator == "m":
            pieces.append([(numbers[0], numbers[1])])
        elif pieces and operator == "h":
            pieces[-1].append(pieces[-1][0])
        elif pieces:
            pieces[-1].append((numbers[-2], numbers[-1]))
    return [piece for piece in pieces if len(piece) > 1]


def points_of(path: Sequence[Any]) -> list[tuple[float, float]]:
    """Give every point that a path names."""
    return [(numbers[at], numbers[at + 1]) for _, *numbers in path for at in range(0, len(numbers) - 1, 2)]


def corners(box: Box) -> list[tuple[float, float]]:
    """Give the corners of a box."""
    x0, y0, x1, y1 = box
    return [(x0, y0), (x1, y0), (x0, y1), (x1, y1)]


def around(points: Sequence[tuple[float, float]]) -> Box:
    """Give the box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def common(one: Box, other: Box) -> Box:
    """Give what two boxes have in common; it may be empty, with its ends the wrong way round."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def holds(box: Box, x: float, y: float, slack: float) -> bool:
    """Say whether a point lies in a box made larger by ``slack``."""
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def frames(outer: Box, inner: Box) -> bool:
    """Say whether one rectangle lies closely in another: the outlines of a frame."""
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    return all(0 <= gap <= _FRAME for gap in gaps)
