"""What a table's points are made of: the recomputed score by level 1, what was lost, what could not be scored."""

from __future__ import annotations

__all__ = ["composition_picture"]

from collections.abc import Iterator
from decimal import Decimal

import attrs

from perfeval.messages import Language, Wording
from perfeval.report.pictures.drawing import (
    LINE,
    MARGIN,
    SHADES,
    WIDTH,
    Picture,
    Shade,
    box,
    clipped,
    picture,
    pixels,
    text,
)
from perfeval.scoring import Scorecard
from perfeval.scoring.numbers import difference, total_of
from perfeval.values import squash

_TITLE = Wording("picture-composition", "得分构成", "What the score is made of")
_EXECUTION = Wording("picture-composition-execution", "预算执行率", "execution rate")
_NO_LEVEL = Wording("picture-composition-no-level", "未分级", "no level 1")
_PART = Wording("picture-composition-part", "{name} {score}/{weight}", "{name} {score}/{weight}")
_LOST = Wording("picture-composition-lost", "失分 {points}", "lost {points}")
_UNSCORED = Wording(
    "picture-composition-unscored", "未能复算的分值 {points}", "weight that could not be scored {points}"
)
_BAR = 30
_ZERO = Decimal(0)


@attrs.frozen
class _Part:
    """A piece of the bar; without a shade it is outlined only."""

    words: str
    points: Decimal
    shade: Shade | None


def composition_picture(card: Scorecard, language: Language = "zh") -> Picture:
    """Draw one bar as long as all weights: execution rate and each level 1 as recomputed, then what is lacking.

    Lost points are the weights of what was scored less its scores; the weights of what could not be scored stand apart.
    """
    parts = [part for part in _parts(card, language) if part.points > 0 or part.shade is not None]
    whole = total_of(part.points for part in parts)
    drawn, done, left = [], _ZERO, MARGIN
    for number, part in enumerate(parts, 1):
        done = total_of((done, part.points))
        right = MARGIN + pixels(done, whole, WIDTH - 2 * MARGIN)
        y = MARGIN + _BAR + number * LINE
        if right > left:
            drawn.append(box(left, MARGIN, (right - left, _BAR), part.shade, part.words))
        if right - left >= LINE:
            ink = part.shade.ink if part.shade else "currentColor"
            drawn.append(text((left + right) // 2, MARGIN + _BAR - 10, str(number), anchor="middle", ink=ink))
        drawn.append(box(MARGIN, y - 11, (24, 14), part.shade))
        ink = part.shade.ink if part.shade else "currentColor"
        drawn.append(text(MARGIN + 12, y, str(number), anchor="middle", ink=ink))
        drawn.append(text(MARGIN + 32, y, clipped(part.words, WIDTH - 2 * MARGIN - 32)))
        left = right
    height = 2 * MARGIN + _BAR + LINE * len(parts)
    separator = "；" if language == "zh" else "; "
    words = separator.join(part.words for part in parts)
    return picture(_TITLE().text(language), words, height, drawn)


def _parts(card: Scorecard, language: Language) -> Iterator[_Part]:
    groups: dict[str, list[tuple[Decimal, Decimal]]] = {}
    execution = card.execution
    if execution.score is not None and execution.weight is not None:
        groups[_EXECUTION().text(language)] = [(execution.score, execution.weight)]
    for row in card.indicators:
        if row.score is not None and row.weight is not None:
            name = squash(row.indicator.level1 or "") or _NO_LEVEL().text(language)
            groups.setdefault(name, []).append((row.score, row.weight))
    made = [pair for pairs in groups.values() for pair in pairs]
    for number, (name, pairs) in enumerate(groups.items()):
        score, weight = (total_of(column) for column in zip(*pairs, strict=True))
        words = _PART(name=name, score=f"{score:f}", weight=f"{weight:f}").text(language)
        yield _Part(words, max(score, _ZERO), SHADES[number % len(SHADES)])
    lost = total_of(difference(weight, score) for score, weight in made)
    yield _Part(_LOST(points=f"{lost:f}").text(language), max(lost, _ZERO), None)
    missing = total_of(
        one.weight for one in card.scores if one.score is None and one.weight is not None and one.weight > 0
    )
    yield _Part(_UNSCORED(points=f"{missing:f}").text(language), missing, None)
