"""Execution of the budget against completion of the output, a dot for each table."""

from __future__ import annotations

__all__ = ["execution_picture"]

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.messages import Language, Wording
from perfeval.report.pictures.drawing import (
    LINE,
    MARGIN,
    SHADES,
    WIDTH,
    Picture,
    circle,
    clipped,
    line,
    picture,
    pixels,
    text,
)
from perfeval.scoring import Scorecard
from perfeval.scoring.numbers import quotient
from perfeval.values import squash

_TITLE = Wording("picture-execution", "预算执行率与产出完成率", "Execution and output completion")
_ACROSS = Wording("picture-execution-across", "预算执行率", "execution rate")
_UP = Wording("picture-execution-up", "产出完成率", "output completion")
_DOT = Wording(
    "picture-execution-dot",
    "{name}：执行率 {rate}，产出完成率 {completion}",
    "{name}: execution {rate}, output {completion}",
)
_DESCRIBED = Wording(
    "picture-execution-described",
    "{shown} 张表；另有 {left_out} 张没有执行率或产出完成率。超过 100% 的按 100% 画。",
    "{shown} tables; {left_out} more have no execution rate or no output completion. Above 100% is drawn as 100%.",
)
_NO_NAME = Wording("picture-execution-no-name", "第 {number} 张表", "table {number}")
_OUTPUT = "产出"
_SIDE = 340
_LEFT, _TOP = 56, MARGIN + 2 * LINE
_MOST_NAMED = 14  # tables; of more, only the dots' titles name them


@attrs.frozen
class _Dot:
    name: str
    rate: Fraction
    completion: Fraction

    def words(self, language: Language) -> str:
        rate, completion = (
            f"{quotient((100 * share).as_integer_ratio(), 2):f}%" for share in (self.rate, self.completion)
        )
        return _DOT(name=self.name, rate=rate, completion=completion).text(language)


def execution_picture(cards: Sequence[Scorecard], language: Language = "zh") -> Picture:
    """Draw a dot for each table: 全年执行数 ÷ 全年预算数 across, completion of the output upwards.

    Completion of the output is the mean of the degrees of completion, each at most 1, of the rows under 产出 that have
    one, weighted by their weights. Far above the diagonal much was done with little of the money: a target too low, a
    budget too high, or a bill not paid.
    """
    found = [dot for number, card in enumerate(cards, 1) if (dot := _dot(card, number, language)) is not None]
    drawn = [*_axes(language)]
    places: dict[tuple[int, int], list[int]] = {}
    for number, dot in enumerate(found, 1):
        x = _LEFT + pixels(min(dot.rate, Fraction(1)), 1, _SIDE)
        y = _TOP + _SIDE - pixels(dot.completion, 1, _SIDE)
        drawn.append(circle(x, y, 5, SHADES[1], dot.words(language)))
        place = next((one for one in places if abs(one[0] - x) < 24 and abs(one[1] - y) < LINE), (x, y))
        places.setdefault(place, []).append(number)
    bottom = _TOP + _SIDE + 2 * LINE
    if len(found) <= _MOST_NAMED:
        for (x, y), numbers in places.items():
            drawn.append(text(x, y - 9, " ".join(str(number) for number in numbers), anchor="middle"))
        for number, dot in enumerate(found, 1):
            name = clipped(f"{number}  {dot.name}", WIDTH - 2 * MARGIN)
            drawn.append(text(MARGIN, bottom + number * LINE, name))
        bottom += len(found) * LINE
    described = _DESCRIBED(shown=len(found), left_out=len(cards) - len(found)).text(language)
    return picture(_TITLE().text(language), described, bottom + MARGIN, drawn)


def _axes(language: Language) -> Iterator[str]:
    bottom, right = _TOP + _SIDE, _LEFT + _SIDE
    for share in (0, 25, 50, 75, 100):
        x, y = _LEFT + share * _SIDE // 100, bottom - share * _SIDE // 100
        yield line((x, bottom), (x, bottom + 4))
        yield line((_LEFT - 4, y), (_LEFT, y))
        yield text(x, bottom + 18, f"{share}%", anchor="middle")
        yield text(_LEFT - 8, y + 4, f"{share}%", anchor="end")
    yield line((_LEFT, bottom), (right, bottom))
    yield line((_LEFT, _TOP), (_LEFT, bottom))
    yield line((_LEFT, bottom), (right, _TOP), dashed=True)
    yield text((_LEFT + right) // 2, bottom + 36, _ACROSS().text(language), anchor="middle")
    yield text(MARGIN, MARGIN + 4, _UP().text(language))


def _dot(card: Scorecard, number: int, language: Language) -> _Dot | None:
    execution, completion = card.execution, _output_completion(card)
    budget, executed = execution.budget, execution.executed
    if completion is None or budget is None or executed is None or budget <= 0 or executed < 0:
        return None
    name = card.evaluation.name or _NO_NAME(number=number).text(language)
    return _Dot(name, Fraction(executed) / Fraction(budget), completion)


def _output_completion(card: Scorecard) -> Fraction | None:
    pairs: list[tuple[Fraction, Fraction]] = []
    for row in card.indicators:
        if _OUTPUT in squash(row.indicator.level1 or "") and row.weight is not None and row.weight > 0:
            completion = row.completion
            if completion is not None:
                pairs.append((Fraction(row.weight), Fraction(min(completion, Decimal(1)))))
    weight = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * done for weight, done in pairs), Fraction(0)) / weight if weight else None
