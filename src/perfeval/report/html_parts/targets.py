"""A parsed 指标值 or 实际完成值: what kind of thing it is, and what it means."""

from __future__ import annotations

__all__ = ["target_html"]

from collections.abc import Iterator

from perfeval.messages import Language, Wording
from perfeval.report.html_parts.markup import cell, part, table
from perfeval.values import Comparison, Deadline, Missing, Range, Target, Text, Unparsed

_HEADER = Wording("html-target-header", "项目|内容", "what|value")
_KINDS = {
    Comparison: Wording("html-target-comparison", "数值", "a number"),
    Range: Wording("html-target-range", "区间", "a range"),
    Deadline: Wording("html-target-deadline", "期限", "a deadline"),
    Text: Wording("html-target-text", "文字", "words"),
    Missing: Wording("html-target-missing", "没有值", "no value"),
    Unparsed: Wording("html-target-unparsed", "读不出", "unreadable"),
}
_LABELS = {
    "spelling": Wording("html-target-spelling", "写法", "spelling"),
    "operator": Wording("html-target-operator", "比较符号", "operator"),
    "number": Wording("html-target-number", "数值", "number"),
    "unit": Wording("html-target-unit", "单位", "unit"),
    "low": Wording("html-target-low", "下限", "low"),
    "high": Wording("html-target-high", "上限", "high"),
    "first": Wording("html-target-first", "首日", "first day"),
    "last": Wording("html-target-last", "末日", "last day"),
    "reason": Wording("html-target-reason", "原因", "reason"),
}
_NOT_WRITTEN = Wording("html-target-not-written", "未写", "not written")


def target_html(target: Target, language: Language = "zh") -> str:
    """Give a parsed cell as a piece of HTML."""
    rows = [
        (cell(_LABELS[name]().text(language)), cell(value or _NOT_WRITTEN().text(language)))
        for name, value in [("spelling", target.format()), *_facts(target)]
    ]
    return part(table(_KINDS[type(target)]().text(language), _HEADER().text(language).split("|"), rows))


def _facts(target: Target) -> Iterator[tuple[str, str]]:
    match target:
        case Comparison(operator, quantity):
            yield "operator", operator or ""
            yield "number", f"{quantity.number:f}"
            yield "unit", quantity.unit.symbol
        case Range(low, high):
            yield "low", low.format()
            yield "high", high.format()
        case Deadline(period):
            yield "first", _day(period.first)
            yield "last", _day(period.last)
        case Missing(reason) | Unparsed(reason):
            yield "reason", str(reason)
        case _:
            return


def _day(day: tuple[int | None, int, int]) -> str:
    year, month, number = day
    return f"{month:02}-{number:02}" if year is None else f"{year}-{month:02}-{number:02}"
