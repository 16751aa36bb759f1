"""Rule books against each other as text: one input under several, what differs, what it changes."""

from __future__ import annotations

__all__ = ["difference_text", "impact_text", "trials_text"]

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfeval.comparing import (
    Comparison,
    Difference,
    Impact,
    RowExample,
    Shown,
    TableChange,
    TableExample,
    Witness,
)
from perfeval.errors import UsageError
from perfeval.messages import Language, Wording
from perfeval.rulebook import Basis, RuleBook
from perfeval.scoring import IndicatorScore, Reason
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, STATUS_TEXTS, VERDICT_TEXTS

Trial = tuple[RuleBook, IndicatorScore | UsageError]

_TRIALS = Wording("text-trials", "评分办法|得分|完成程度|规则|说明", "rule book|score|completion|rule|remark")
_SAME = Wording("text-same-book", "两个评分办法的设置没有不同", "the two rule books differ in no setting")
_DIFFERENCES = Wording(
    "text-differences",
    "{first} 与 {second}：{count} 项设置不同；试了 {tried} 个例子",
    "{first} and {second}: {count} setting(s) differ; {tried} examples were tried",
)
_EXAMPLE = Wording("text-example", "最小的例子：{example}", "smallest example: {example}")
_NO_EXAMPLE = Wording(
    "text-no-example", "所试的例子结果都相同", "every example that was tried comes out the same"
)
_NOT_SCORED = Wording("text-not-scored", "得分与此无关", "no score depends on it")
_NO_BASIS = Wording("text-no-basis", "没有写依据", "no basis given")
_CELLS = {
    "target": Wording("text-cell-target", "指标值 {value}", "target {value}"),
    "actual": Wording("text-cell-actual", "实际完成值 {value}", "actual {value}"),
    "weight": Wording("text-cell-weight", "分值 {value}", "weight {value}"),
    "rule": Wording("text-cell-rule", "赋分规则 {value}", "printed rule {value}"),
    "level1": Wording("text-cell-level1", "一级指标 {value}", "level 1 {value}"),
    "level2": Wording("text-cell-level2", "二级指标 {value}", "level 2 {value}"),
    "level3": Wording("text-cell-level3", "三级指标 {value}", "level 3 {value}"),
    "reported": Wording("text-cell-reported", "自评得分 {value}", "reported score {value}"),
    "budget": Wording("text-cell-budget", "全年预算数 {value}", "budget {value}"),
    "executed": Wording("text-cell-executed", "全年执行数 {value}", "executed {value}"),
    "printed": Wording("text-cell-printed", "执行率分值 {value}", "weight of execution {value}"),
    "met": Wording("text-cell-met", "达到的指标分值 {value}", "weight of what is met {value}"),
    "missed": Wording("text-cell-missed", "完全未达到的指标分值 {value}", "weight of what is missed {value}"),
    "inapplicable": Wording(
        "text-cell-inapplicable", "不适用的指标分值 {value}", "weight of what does not apply {value}"
    ),
}
_COMPLETION = Wording("text-completion", "完成程度 {value}", "completion {value}")
_TOTAL = Wording("text-total-grade", "总分 {total}，等级 {grade}", "total {total}, grade {grade}")
_IMPACT = Wording(
    "text-impact",
    "{first} -> {second}：{tables} 张表、{rows} 个指标；得分不同的指标 {changed} 个，执行率 {executions} 个，"
    "总分不同的表 {totals} 张，等级不同的表 {grades} 张",
    "{first} -> {second}: {tables} table(s), {rows} indicator(s); other scores {changed}, execution rates "
    "{executions}, other totals {totals}, other grades {grades}",
)
_CHANGE = Wording(
    "text-change",
    "{name}：总分 {total1} -> {total2}，等级 {grade1} -> {grade2}（{rows} 处得分不同）",
    "{name}: total {total1} -> {total2}, grade {grade1} -> {grade2} ({rows} score(s) differ)",
)


def trials_text(trials: Sequence[Trial], language: Language = "zh") -> str:
    """Give one indicator under several books, a line each."""
    rows = [_TRIALS().text(language).split("|")]
    for book, found in trials:
        if isinstance(found, UsageError):
            rows.append([book.id, "-", "-", "-", found.text(language)])
            continue
        remarks = [NOTE_TEXTS[note]().text(language) for note in found.notes]
        if found.reason is not None:
            remarks.insert(0, REASON_TEXTS[found.reason]().text(language))
        if found.reported_score is not None:
            remarks.append(VERDICT_TEXTS[found.verdict]().text(language))
        rule = found.rule if found.family is None else f"{found.rule}/{found.family}"
        rows.append(
            [book.id, _shown(found.score), _shown(found.completion), rule, _joined(remarks, language)]
        )
    return _aligned(rows)


def difference_text(comparison: Comparison, language: Language = "zh") -> str:
    """Give each setting that differs: both values, their bases, and the smallest example."""
    first, second = comparison.first, comparison.second
    if not comparison.differences:
        return _SAME().text(language)
    count = len(comparison.differences)
    facts = {"first": first.id, "second": second.id, "count": count, "tried": comparison.tried}
    blocks = [_difference(difference, comparison, language) for difference in comparison.differences]
    return "\n".join([_DIFFERENCES(**facts).text(language), *blocks])


def impact_text(impact: Impact, first: RuleBook, second: RuleBook, language: Language = "zh") -> str:
    """Give the counts, and a line for each table whose total, grade or scores change."""
    facts = {
        "first": first.id,
        "second": second.id,
        "tables": impact.tables,
        "rows": impact.rows,
        "changed": impact.changed_rows,
        "executions": impact.changed_executions,
        "totals": impact.changed_totals,
        "grades": impact.changed_grades,
    }
    return "\n".join(
        [_IMPACT(**facts).text(language), *(_change(change, language) for change in impact.changes)]
    )


def _change(change: TableChange, language: Language) -> str:
    first, second = change.first, change.second
    table = first.evaluation
    place = table.place()
    facts = {
        "name": " ".join(
            part for part in (str(place) if place else table.file, table.name, table.year) if part
        ),
        "total1": _shown(first.total),
        "total2": _shown(second.total),
        "grade1": first.grade or "-",
        "grade2": second.grade or "-",
        "rows": len(change.rows),
    }
    return "  " + _CHANGE(**facts).text(language)


def _difference(difference: Difference, comparison: Comparison, language: Language) -> str:
    setting = difference.setting
    values = (
        (comparison.first, setting.first, setting.first_basis),
        (comparison.second, setting.second, setting.second_basis),
    )
    lines = [setting.name]
    for book, value, basis in values:
        source = f"    {_basis(basis, language)}" if basis or setting.is_scored else ""
        lines.append(f"  {book.id}: {value}{source}")
    remark = (
        _witness(difference.witness, comparison, language)
        if setting.is_scored
        else _NOT_SCORED().text(language)
    )
    return "\n".join([*lines, f"  {remark}"])


def _basis(basis: Basis | None, language: Language) -> str:
    if basis is None:
        return f"[{_NO_BASIS().text(language)}]"
    return f"[{STATUS_TEXTS[basis.status]().text(language)}] {basis.source}"


def _witness(witness: Witness | None, comparison: Comparison, language: Language) -> str:
    if witness is None:
        return _NO_EXAMPLE().text(language)
    example = witness.example
    given = example.cells if isinstance(example, RowExample) else _figures(example)
    cells = [_CELLS[name](value=value).text(language) for name, value in given.items() if value is not None]
    parts = [_joined(cells, language, "，")]
    for book in (comparison.first, comparison.second):
        outcome = (
            _row_outcome(example.scored(book), witness.shown_in, language)
            if isinstance(example, RowExample)
            else _table_outcome(example, book, witness.shown_in, language)
        )
        parts.append(f"{book.id} {_joined(outcome, language, '，')}")
    return _EXAMPLE(example=_joined(parts, language)).text(language)


def _figures(example: TableExample) -> dict[str, str | None]:
    return {
        "level3": example.name,
        "budget": example.budget,
        "executed": example.executed,
        "printed": example.weight,
        "met": example.met,
        "missed": example.missed,
        "inapplicable": example.inapplicable,
    }


def _row_outcome(found: IndicatorScore, shown_in: Shown, language: Language) -> list[str]:
    outcome = [_score(found.score, found.reason, language)]
    if found.reported_score is not None:
        verdict = VERDICT_TEXTS[found.verdict]().text(language)
        outcome.append(verdict + (f" ({found.verdict_by})" if found.verdict_by else ""))
    if shown_in is Shown.REMARKS:
        outcome.append(_COMPLETION(value=_shown(found.completion)).text(language))
        outcome += [NOTE_TEXTS[note]().text(language) for note in found.notes]
    return outcome


def _table_outcome(example: TableExample, book: RuleBook, shown_in: Shown, language: Language) -> list[str]:
    card = example.card(book)
    execution = (
        [] if example.budget is None else [_score(card.execution.score, card.execution.reason, language)]
    )
    if shown_in is Shown.SCORE:
        return execution
    return [*execution, _TOTAL(total=_shown(card.total), grade=card.grade or "-").text(language)]


def _score(score: Decimal | None, reason: Reason | None, language: Language) -> str:
    return _shown(score) if reason is None else REASON_TEXTS[reason]().text(language)


def _joined(parts: Iterable[str], language: Language, chinese: str = "；") -> str:
    english = ", " if chinese == "，" else "; "
    return (chinese if language == "zh" else english).join(parts)


def _shown(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
