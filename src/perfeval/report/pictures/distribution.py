"""How the totals of many tables are spread, as reported and as recomputed."""

from __future__ import annotations

__all__ = ["distribution_picture"]

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from perfeval.messages import Language, Wording
from perfeval.report.pictures.drawing import (
    LINE,
    MARGIN,
    SHADES,
    WIDTH,
    Picture,
    box,
    line,
    picture,
    pixels,
    text,
)
from perfeval.scoring import Scorecard

_TITLE = Wording("picture-distribution", "总分分布", "How the totals are spread")
_KEYS = Wording("picture-distribution-keys", "自评（左）|复算（右）", "reported (left)|recomputed (right)")
_DESCRIBED = Wording(
    "picture-distribution-described",
    "{tables} 张表；没有自评总分 {unreported} 张，没有复算总分 {unscored} 张",
    "{tables} tables; without a reported total {unreported}, a recomputed one {unscored}",
)
_BIN = Wording(
    "picture-distribution-bin",
    "{totals}：自评 {reported} 张，复算 {made} 张",
    "{totals}: {reported} reported, {made} recomputed",
)
_STEP, _FULL = 5, 100
_HEIGHT = 160
_LABEL = 28  # pixels that the label of a bin needs
_REPORTED, _RECOMPUTED = SHADES[2], SHADES[0]


def distribution_picture(cards: Sequence[Scorecard], language: Language = "zh") -> Picture:
    """Draw how many tables have a total from 95 to less than 100, from 90 to less than 95 and so on; full marks apart.

    The lowest bin is that of the lowest total; what is above 100 counts as 100, what is below 0 as 0.
    """
    reported = [card.reported_total for card in cards]
    made = [card.total for card in cards]
    columns = [Counter(_bin(total) for total in totals if total is not None) for totals in (reported, made)]
    lowest = min((start for column in columns for start in column), default=_FULL)
    bins = range(lowest, _FULL + 1, _STEP)
    most = max((count for column in columns for count in column.values()), default=0)
    drawn = [*_keys(language), *_bins(bins, columns, most, language)]
    facts = {"tables": len(cards), "unreported": reported.count(None), "unscored": made.count(None)}
    described = _DESCRIBED(**facts).text(language)
    bottom = MARGIN + LINE + LINE + _HEIGHT
    drawn += [
        line((MARGIN, bottom), (MARGIN + len(bins) * _width(bins), bottom)),
        text(MARGIN, bottom + 2 * LINE, described),
    ]
    return picture(_TITLE().text(language), described, bottom + 2 * LINE + MARGIN, drawn)


def _bin(total: Decimal) -> int:
    return min(max(Fraction(total) // _STEP * _STEP, 0), _FULL)


def _keys(language: Language) -> Iterator[str]:
    for number, (words, shade) in enumerate(
        zip(_KEYS().text(language).split("|"), (_REPORTED, _RECOMPUTED), strict=True)
    ):
        yield box(MARGIN + number * 160, MARGIN, (24, 10), shade)
        yield text(MARGIN + number * 160 + 30, MARGIN + 10, words)


def _width(bins: Sequence[int]) -> int:
    return min((WIDTH - 2 * MARGIN) // len(bins), 90)


def _bins(
    bins: Sequence[int], columns: Sequence[Counter[int]], most: int, language: Language
) -> Iterator[str]:
    width = _width(bins)
    bar = (width - 6) // 2
    bottom = MARGIN + LINE + LINE + _HEIGHT
    for number, start in enumerate(bins):
        left = MARGIN + number * width + 3
        totals = str(_FULL) if start == _FULL else f"[{start}, {start + _STEP})"
        tip = _BIN(totals=totals, reported=columns[0][start], made=columns[1][start]).text(language)
        for place, (column, shade) in enumerate(zip(columns, (_REPORTED, _RECOMPUTED), strict=True)):
            height = pixels(column[start], most, _HEIGHT)
            if height:
                x = left + place * bar
                yield box(x, bottom - height, (bar, height), shade, tip)
                yield text(x + bar // 2, bottom - height - 4, str(column[start]), anchor="middle")
        label = str(_FULL) if start == _FULL else f"{start}–" if width < 60 else f"{start}–<{start + _STEP}"
        if width >= _LABEL or (bins[-1] - start) // _STEP % 2 == 0:
            yield text(left + bar, bottom + 16, label, anchor="middle")
