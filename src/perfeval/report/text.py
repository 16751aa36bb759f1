"""Scorecards as plain text for a terminal; GBK can show every character of it."""

from __future__ import annotations

__all__ = ["card_text", "coverage_text"]

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfeval.messages import Language, Wording
from perfeval.rulebook import RuleBook
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard, Verdict
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, VERDICT_TEXTS
from perfeval.scoring.numbers import difference

_EXECUTION = Wording("text-execution", "预算执行率 {rate}", "execution rate {rate}")
_HEADER = Wording(
    "text-header",
    "指标|指标值|实际完成值|分值|自评|复算|差|说明",
    "indicator|target|actual|weight|reported|recomputed|diff|remark",
)
_TOTAL = Wording("text-total", "总分", "total")
_NO_TOTAL = Wording(
    "text-no-total",
    "没有总分：已复算 {scored} 分（分值共 {weight}）",
    "no total: {scored} points recomputed out of {weight}",
)
_PARTIAL = Wording("text-partial", "（表不完整）", " (the table is partial)")
_GRADE = Wording("text-grade", "等级 {grade}", "grade {grade}")
_COVERAGE = Wording(
    "text-coverage",
    "{tables} 张表，{rows} 个指标：复算 {scored} 个，未能复算 {unscored} 个{reasons}；评分办法 {book}",
    "{tables} table(s), {rows} indicator(s): {scored} recomputed, {unscored} not{reasons}; rule book {book}",
)
_VERDICTS = Wording("text-verdicts", "自评得分：{verdicts}", "reported scores: {verdicts}")
_WIDEST = 36


def card_text(card: Scorecard, language: Language = "zh") -> str:
    """Give one table: reported, recomputed, difference, and what is to be said of each row."""
    table = card.evaluation
    heading = " ".join(
        part for part in (table.name, table.year, f"({table.file})" if table.file else "") if part
    )
    rows = [_HEADER().text(language).split("|"), _execution_row(card.execution, language)]
    rows += [_indicator_row(score, language) for score in card.indicators]
    rows.append(_total_row(card, language))
    return heading + "\n" + _aligned(rows) + "\n"


def coverage_text(cards: Sequence[Scorecard], book: RuleBook, language: Language = "zh") -> str:
    """Say what was looked at: tables, indicators, what could not be recomputed and why."""
    rows = [score for card in cards for score in card.indicators]
    reasons = _counted(str(score.reason) for score in rows if score.reason is not None)
    verdicts = _counted(VERDICT_TEXTS[score.verdict]().text(language) for score in rows)
    unscored = sum(1 for score in rows if score.score is None)
    facts = {
        "tables": len(cards),
        "rows": len(rows),
        "scored": len(rows) - unscored,
        "unscored": unscored,
        "reasons": f" ({reasons})" if reasons else "",
        "book": book.id,
    }
    return _COVERAGE(**facts).text(language) + "\n" + _VERDICTS(verdicts=verdicts).text(language)


def _counted(words: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(f"{word} {count}" for word, count in sorted(counts.items(), key=lambda item: -item[1]))


def _execution_row(score: ExecutionScore, language: Language) -> list[str]:
    name = _EXECUTION(rate=score.rate or "-").text(language)
    remark = _remark(score, language)
    return [name, _number(score.budget), _number(score.executed), *_scores(score.weight, score), remark]


def _indicator_row(score: IndicatorScore, language: Language) -> list[str]:
    row = score.indicator
    target, actual = (cell.text if cell is not None else "" for cell in (row.target, row.actual))
    return [
        row.level3 or row.level2 or "-",
        target,
        actual,
        *_scores(score.weight, score),
        _remark(score, language),
    ]


def _scores(weight: Decimal | None, score: ExecutionScore | IndicatorScore) -> list[str]:
    reported, made = score.reported_score, score.score
    return [_number(weight), _number(reported), _number(made), _difference(made, reported)]


def _difference(made: Decimal | None, reported: Decimal | None) -> str:
    if made is None or reported is None or made == reported:
        return ""
    return f"{difference(made, reported):+f}"


def _remark(score: ExecutionScore | IndicatorScore, language: Language) -> str:
    parts = []
    if score.reason is not None:
        parts.append(REASON_TEXTS[score.reason]().text(language))
    elif score.verdict not in (Verdict.EQUAL, Verdict.NOT_REPORTED):
        parts.append(VERDICT_TEXTS[score.verdict]().text(language))
    parts += [NOTE_TEXTS[note]().text(language) for note in score.notes]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def _total_row(card: Scorecard, language: Language) -> list[str]:
    if card.total is None:
        facts = {"scored": card.scored_subtotal, "weight": card.scored_weight}
        remark = _NO_TOTAL(**facts).text(language) + (
            _PARTIAL().text(language) if card.evaluation.partial else ""
        )
    else:
        remark = _GRADE(grade=card.grade or "-").text(language)
    remark += "".join("；" + NOTE_TEXTS[note]().text(language) for note in card.notes)
    reported = card.reported_total
    numbers = [_number(card.total), _difference(card.total, reported)]
    return [_TOTAL().text(language), "", "", "", _number(reported), *numbers, remark]


def _number(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:f}"


def _aligned(rows: list[list[str]]) -> str:
    shown = [[_clipped(_one_line(cell)) for cell in row[:-1]] + [_one_line(row[-1])] for row in rows]
    widths = [max(_width(row[column]) for row in shown) for column in range(len(shown[0]) - 1)]
    lines = []
    for row in shown:
        cells = [
            " " * (width - _width(cell)) + cell if 3 <= column <= 6 else cell + " " * (width - _width(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        lines.append(("  " + "  ".join([*cells, row[-1]])).rstrip())
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Keep a cell to one line and control characters out of the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _clipped(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    kept = text
    while _width(kept) > _WIDEST - 2:
        kept = kept[:-1]
    return kept + ".."
