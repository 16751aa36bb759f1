"""A scorecard as a table: reported, recomputed, difference, and every score's explanation on request."""

from __future__ import annotations

__all__ = ["scorecard_html"]

from decimal import Decimal

from perfeval.messages import Language, Wording
from perfeval.report.html_parts.markup import Cell, cell, details, mono, paragraph, part, table
from perfeval.report.text import coverage_text
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard, Verdict
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, VERDICT_TEXTS
from perfeval.scoring.numbers import difference

_HEADER = Wording(
    "html-card-header",
    "一级指标|指标|指标值|实际完成值|分值|自评|复算|差|说明",
    "level 1|indicator|target|actual|weight|reported|recomputed|difference|remark",
)
_EXECUTION = Wording("html-card-execution", "预算执行率 {rate}", "execution rate {rate}")
_TOTAL = Wording("html-card-total", "总分", "total")
_GRADE = Wording("html-card-grade", "等级 {grade}", "grade {grade}")
_NO_TOTAL = Wording(
    "html-card-no-total",
    "没有总分：已复算 {scored} 分（分值共 {weight}）",
    "no total: {scored} points recomputed out of {weight}",
)
_WHY = Wording("html-card-why", "依据", "why")
_SILENT = frozenset({Verdict.EQUAL, Verdict.NOT_REPORTED})


def scorecard_html(card: Scorecard, language: Language = "zh") -> str:
    """Give one scorecard as a piece of HTML."""
    sheet = card.evaluation
    caption = " ".join(words for words in (sheet.name, sheet.year) if words)
    rows = [*(_row(one, language) for one in card.scores), _total(card, language)]
    seen = coverage_text([card], card.rulebook, language).split("\n")
    return part(table(caption, _HEADER().text(language).split("|"), rows), *map(paragraph, seen))


def _row(one: ExecutionScore | IndicatorScore, language: Language) -> list[Cell]:
    if isinstance(one, IndicatorScore):
        row = one.indicator
        target, actual = (printed.text if printed else "" for printed in (row.target, row.actual))
        named = [cell(row.level1), cell(row.level3 or row.level2), cell(target), cell(actual)]
    else:
        rate = _EXECUTION(rate=one.rate or "—").text(language)
        named = [cell(""), cell(rate), cell(_number(one.budget)), cell(_number(one.executed))]
    why = details(_WHY().text(language), mono(one.explain(language)))
    numbers = _numbers(one.weight, one.reported_score, one.score)
    return [*named, *numbers, cell(_remark(one, language), markup=why)]


def _numbers(weight: Decimal | None, reported: Decimal | None, made: Decimal | None) -> list[Cell]:
    differs = made is not None and reported is not None and made != reported
    gap = f"{difference(made, reported):+f}" if differs and made is not None and reported is not None else ""
    return [
        cell("" if weight is None else _number(weight), is_number=True),
        cell(_number(reported), is_number=True),
        cell(_number(made), is_number=True, is_marked=differs),
        cell(gap, is_number=True, is_marked=differs),
    ]


def _remark(one: ExecutionScore | IndicatorScore, language: Language) -> str:
    words = []
    if one.reason is not None:
        words.append(REASON_TEXTS[one.reason]().text(language))
    elif one.verdict not in _SILENT:
        words.append(VERDICT_TEXTS[one.verdict]().text(language))
    words += [NOTE_TEXTS[note]().text(language) for note in one.notes]
    return "\n".join(words)


def _total(card: Scorecard, language: Language) -> list[Cell]:
    if card.total is None:
        remark = _NO_TOTAL(scored=f"{card.scored_subtotal:f}", weight=f"{card.scored_weight:f}").text(
            language
        )
    else:
        remark = _GRADE(grade=card.grade or "—").text(language)
    words = [remark, *(NOTE_TEXTS[note]().text(language) for note in card.notes)]
    numbers = _numbers(None, card.reported_total, card.total)
    return [cell(_TOTAL().text(language)), cell(""), cell(""), cell(""), *numbers, cell("\n".join(words))]


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:f}"
