"""A summary as text."""

from __future__ import annotations

__all__ = ["summary_text"]

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from perfeval.messages import Language, Message, Wording
from perfeval.portfolio import Bucket, Group, Sample, Signal, Spread, Summary
from perfeval.report.summary.sentences import counts_text, percent, sample_text
from perfeval.report.summary.words import KINDS, SIGNALS, UNKNOWN, UNNAMED
from perfeval.scoring import Reason
from perfeval.scoring.explain import REASON_TEXTS
from perfeval.scoring.numbers import quotient

_REPORTED = Wording("text-summary-reported", "等级（自报）：{counts}", "grades, reported: {counts}")
_RECOMPUTED = Wording("text-summary-grades", "等级（复算）：{counts}", "grades, recomputed: {counts}")
_EXECUTION = Wording("text-summary-execution", "预算执行率（%）：{counts}", "execution rate (%): {counts}")
_SIGNALS = Wording("text-summary-signals", "监管信号：{counts}", "supervision signals: {counts}")
_APART = Wording(
    "text-summary-apart",
    "完成程度与执行率相差超过 {share}%：{count} 张，无法判断 {unknown} 张",
    "achievement and execution more than {share}% apart: {count} table(s), {unknown} cannot be told",
)
_SPREAD = {
    False: Wording(
        "text-summary-reported-spread",
        "总分（自报 {count} 张）：{spread}",
        "totals, {count} reported: {spread}",
    ),
    True: Wording(
        "text-summary-spread", "总分（复算 {count} 张）：{spread}", "totals, {count} recomputed: {spread}"
    ),
}
_VALUES = Wording(
    "text-summary-values",
    "最低 {least}，四分位 {lower}、{median}、{upper}，最高 {most}，满分 {full} 张",
    "least {least}, quartiles {lower}, {median}, {upper}, most {most}; full marks {full}",
)
_GROUP = Wording(
    "text-summary-group",
    "{name}，{kind}：{tables} 张；预算 {budget} 元，执行 {executed} 元（{money} 张）；总分 {totals}；红 {red}，黄 {yellow}；风险 {risk}",
    "{name}, {kind}: {tables} table(s); budget {budget} yuan, executed {executed} yuan ({money} table(s));"
    " totals {totals}; red {red}, yellow {yellow}; risk {risk}",
)
_TOTALS = Wording(
    "text-summary-totals", "{least} 至 {most}，中位 {median}", "{least} to {most}, median {median}"
)
_NONE = Wording("text-summary-none", "无", "none")
_COVERAGE = Wording(
    "text-summary-coverage",
    "覆盖：表 {tables}，风险 {risk}，预算 {amount}",
    "covers: tables {tables}, risk {risk}, budget {amount}",
)


def summary_text(summary: Summary, language: Language = "zh") -> str:
    """Give a summary in lines; a count of what cannot be told is shown where there is any."""
    return "\n".join(_lines(summary, language))


def _lines(summary: Summary, language: Language) -> Iterator[str]:
    yield counts_text(summary, language)
    for reason, count in summary.unscorable.items():
        yield f"  {REASON_TEXTS[Reason(reason)]().text(language)} {count}"
    yield _REPORTED(counts=_counts(summary.reported_grades, language)).text(language)
    yield _RECOMPUTED(counts=_counts(summary.grades, language)).text(language)
    for is_recomputed, spread in ((False, summary.reported_spread), (True, summary.spread)):
        yield _spread(spread, _SPREAD[is_recomputed], language).text(language)
    yield _EXECUTION(counts=_counts(summary.buckets, language)).text(language)
    yield _SIGNALS(counts=_counts(summary.signals, language)).text(language)
    yield _APART(
        share=percent(Fraction(summary.settings.apart.share)),
        count=summary.apart[True],
        unknown=summary.apart[None],
    ).text(language)
    yield ""
    for group in summary.groups:
        yield _group(group, language).text(language)
    if summary.sample is not None:
        yield ""
        yield from _sample(summary, summary.sample, language)


def _counts(counts: Mapping[Any, int], language: Language) -> str:
    shown = ((key, count) for key, count in counts.items() if key is not None or count)
    separator = "，" if language == "zh" else ", "
    return separator.join(f"{_key(key, language)} {count}" for key, count in shown)


def _key(key: object, language: Language) -> str:
    if key is None:
        return UNKNOWN().text(language)
    if isinstance(key, Signal):
        return SIGNALS[key]().text(language)
    return f"[{key}]" if isinstance(key, Bucket) else str(key)


def _spread(spread: Spread | None, wording: Wording, language: Language) -> Message:
    if spread is None:
        return wording(count=0, spread=_NONE().text(language))
    values = _VALUES(
        least=f"{spread.least:f}",
        lower=f"{spread.lower:f}",
        median=f"{spread.median:f}",
        upper=f"{spread.upper:f}",
        most=f"{spread.most:f}",
        full=spread.full,
    )
    return wording(count=spread.count, spread=values.text(language))


def _group(group: Group, language: Language) -> Message:
    spread = group.spread
    totals = (
        _NONE()
        if spread is None
        else _TOTALS(least=f"{spread.least:f}", most=f"{spread.most:f}", median=f"{spread.median:f}")
    )
    return _GROUP(
        name=group.name or UNNAMED().text(language),
        kind=KINDS[group.kind]().text(language),
        tables=group.tables,
        money=group.with_money,
        budget=_yuan(group.budget),
        executed=_yuan(group.executed),
        totals=totals.text(language),
        red=group.signals[Signal.RED],
        yellow=group.signals[Signal.YELLOW],
        risk=group.risk,
    )


def _sample(summary: Summary, sample: Sample, language: Language) -> Iterator[str]:
    coverage = sample.coverage
    yield sample_text(sample, language) + ("：" if language == "zh" else ":")
    for number in sample.numbers:
        table = summary.lines[number].evaluation
        yield f"  {table.file or number + 1}  {table.name or UNNAMED().text(language)}"
    yield _COVERAGE(
        tables=_share(*coverage.tables), risk=_share(*coverage.risk), amount=_share(*coverage.amount)
    ).text(language)


def _share(part: int | Fraction, whole: int | Fraction) -> str:
    return f"{percent(Fraction(part) / Fraction(whole))}%" if whole else "-"


def _yuan(amount: Fraction) -> str:
    return f"{quotient(amount.as_integer_ratio(), 2):f}"
