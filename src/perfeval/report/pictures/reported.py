"""Reported against recomputed, row by row."""

from __future__ import annotations

__all__ = ["reported_picture"]

from collections.abc import Iterator
from decimal import Decimal

from perfeval.messages import Language, Wording
from perfeval.report.pictures.drawing import (
    LINE,
    MARGIN,
    SHADES,
    WIDTH,
    Picture,
    box,
    clipped,
    number_text,
    picture,
    pixels,
    text,
)
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard
from perfeval.scoring.explain import VERDICT_TEXTS

_TITLE = Wording("picture-reported", "自评得分与复算得分", "Reported and recomputed scores")
_EXECUTION = Wording("picture-reported-execution", "预算执行率", "execution rate")
_KEYS = Wording("picture-reported-keys", "自评（上）|复算（下）", "reported (above)|recomputed (below)")
_DESCRIBED = Wording(
    "picture-reported-described",
    "共 {rows} 行，自评与复算不一致 {differing} 行",
    "{rows} rows, of which {differing} have another reported than recomputed score",
)
_ROW = Wording(
    "picture-reported-row",
    "{name}：自评 {reported}，复算 {made}，{verdict}",
    "{name}: reported {reported}, recomputed {made}, {verdict}",
)
_NUMBERS = 130  # pixels for the two scores of a row
_BARS = WIDTH - 2 * MARGIN
_ROW_HEIGHT = 40
_REPORTED, _RECOMPUTED = SHADES[2], SHADES[0]


def reported_picture(card: Scorecard, language: Language = "zh") -> Picture:
    """Draw two bars for each row, the reported score above the recomputed one, both in points.

    A row whose two numbers differ has an asterisk; how grave that is, the verdict in its title says.
    """
    scores = [one for one in card.scores if one.score is not None or one.reported_score is not None]
    numbers = [number for one in scores for number in (one.score, one.reported_score) if number is not None]
    most = max(numbers, default=Decimal(0))
    drawn = list(_keys(language))
    for number, one in enumerate(scores):
        drawn += _row(one, MARGIN + LINE + number * _ROW_HEIGHT, most, language)
    height = 2 * MARGIN + LINE + _ROW_HEIGHT * len(scores)
    differing = sum(_differs(one) for one in scores)
    described = _DESCRIBED(rows=len(scores), differing=differing).text(language)
    return picture(_TITLE().text(language), described, height, drawn)


def _keys(language: Language) -> Iterator[str]:
    for number, (words, shade) in enumerate(
        zip(_KEYS().text(language).split("|"), (_REPORTED, _RECOMPUTED), strict=True)
    ):
        x = MARGIN + number * 160
        yield box(x, MARGIN, (24, 10), shade)
        yield text(x + 30, MARGIN + 10, words)


def _row(one: ExecutionScore | IndicatorScore, y: int, most: Decimal, language: Language) -> Iterator[str]:
    name = _EXECUTION().text(language) if isinstance(one, ExecutionScore) else _name(one)
    reported, made = number_text(one.reported_score), number_text(one.score)
    verdict = VERDICT_TEXTS[one.verdict]().text(language)
    tip = _ROW(name=name, reported=reported, made=made, verdict=verdict).text(language)
    yield text(MARGIN, y + 14, clipped(name, _BARS - _NUMBERS))
    mark = "* " if _differs(one) else ""
    numbers = f"{mark}{reported} → {made}"
    yield text(WIDTH - MARGIN, y + 14, numbers, anchor="end", bold=bool(mark))
    for top, value, shade in ((y + 19, one.reported_score, _REPORTED), (y + 27, one.score, _RECOMPUTED)):
        if value is not None:
            yield box(MARGIN, top, (max(pixels(value, most, _BARS), 1), 8), shade, tip)


def _name(one: IndicatorScore) -> str:
    row = one.indicator
    return row.level3 or row.level2 or row.level1 or "—"


def _differs(one: ExecutionScore | IndicatorScore) -> bool:
    return one.score is not None and one.reported_score is not None and one.score != one.reported_score
