"""An aggregation as text: every cell with how it was made, and what stays open."""

from __future__ import annotations

__all__ = ["against_text", "aggregation_text"]

from collections.abc import Iterable, Iterator

from perfeval.messages import Language, Wording
from perfeval.portfolio import (
    Against,
    AggregatedCell,
    AggregatedFunding,
    AggregatedRow,
    Aggregation,
    Printed,
    Remark,
)
from perfeval.report.aggregation_words import FIELDS, FUNDS, METHODS, OBSTACLES
from perfeval.table import Evaluation, Indicator

_HEAD = Wording(
    "text-aggregation",
    "{name}，{year}：{tables} 张表合并，{rows} 个指标；相对值的权重为{funds}",
    "{name}, {year}: {tables} tables aggregated, {rows} indicators; relative values weighed by the {funds}",
)
_CELL = Wording(
    "text-aggregation-cell", "{field} {text}（{method}：{parts}）", "{field} {text} ({method}: {parts})"
)
_BARE = Wording("text-aggregation-bare", "{field} {text}（{method}）", "{field} {text} ({method})")
_OPEN = Wording("text-aggregation-open", "{field} 未合并（{reason}）", "{field} not aggregated ({reason})")
_AT = Wording("text-aggregation-at", "{reason}：{tables}", "{reason}: {tables}")
_MORE = Wording("text-aggregation-more", "等 {count} 张表", "and others, {count} tables")
_COUNTS = Wording(
    "text-aggregation-counts",
    "单元格 {cells} 个：合并 {made}，未合并 {open}",
    "{cells} cells: {made} aggregated, {open} not",
)
_PARTIAL = Wording(
    "text-aggregation-partial",
    "有的表不全，或各表的行、分值不一致，区域表标为不全：各行可计分，没有总分",
    "a table is partial, or rows or weights differ: the regional table is marked partial, its rows score, it has no total",
)
_AGAINST = Wording(
    "text-against",
    "与公布的 {file} 核对：可以解释 {explained} 处，请说明 {questions} 处，未核对 {open} 处",
    "against the published {file}: {explained} explained, {questions} to be asked, {open} not compared",
)
_QUESTION = Wording(
    "text-against-question",
    "{place}{name}：{field}印为“{text}”，由下级表合并为 {readings}；请说明合并口径（另有未提供的表、权重或口径不同均可解释）",
    "{place}{name}: the {field} is printed as '{text}', the tables make {readings};"
    " please say how it was made (a table not given, other weights or another scope would explain it)",
)
_NOT_COMPARED = Wording(
    "text-against-open",
    "{place}{name}：{field}未核对（{reason}）",
    "{place}{name}: {field} not compared ({reason})",
)
_ONLY = Wording(
    "text-against-only", "{name}：公布的表没有这一行", "{name}: the published table has no such row"
)
_UNNAMED = Wording("text-aggregation-unnamed", "（未填）", "(not given)")
_MOST = 4  # cells of single tables in a line


def aggregation_text(made: Aggregation, language: Language = "zh") -> str:
    """Give the regional table row by row, with how each cell was made."""
    return "\n".join(_lines(made, language))


def _lines(made: Aggregation, language: Language) -> Iterator[str]:
    table, unnamed = made.evaluation, _UNNAMED().text(language)
    funds = FUNDS[made.settings.funds]().text(language)
    yield _HEAD(name=table.name or unnamed, year=table.year or unnamed, tables=len(made.parts), rows=len(made.rows),
                funds=funds).text(language)  # fmt: skip
    yield from _remarks(made, made.remarks, language)
    for money in made.funding:
        yield _row(made, money, money.funding.label or unnamed, language)
        yield from _remarks(made, money.remarks, language)
    for row in made.rows:
        yield _row(made, row, _name(row.indicator), language)
        yield from _remarks(made, row.remarks, language)
    cells = made.cells
    done = sum(cell.method is not None for cell in cells)
    yield _COUNTS(cells=len(cells), made=done, open=len(cells) - done).text(language)
    if table.partial:
        yield _PARTIAL().text(language)


def _row(made: Aggregation, row: AggregatedRow | AggregatedFunding, name: str, language: Language) -> str:
    cells = row.cells if isinstance(row, AggregatedFunding) else {"target": row.target, "actual": row.actual}
    shown = [_cell(made, FIELDS[field]().text(language), cell, language) for field, cell in cells.items()]
    return f"{name}{'：' if language == 'zh' else ': '}{('；' if language == 'zh' else '; ').join(shown)}"


def _cell(made: Aggregation, field: str, cell: AggregatedCell, language: Language) -> str:
    if cell.method is None:
        reason = "" if cell.obstacle is None else _reason(made, Remark(cell.obstacle, cell.at), language)
        return _OPEN(field=field, reason=reason).text(language)
    wording = _CELL if cell.contributions else _BARE
    texts = [one.text for one in cell.contributions]
    parts = _listed(texts, language)
    return wording(
        field=field, text=cell.text, method=METHODS[cell.method]().text(language), parts=parts
    ).text(language)


def _listed(texts: list[str], language: Language) -> str:
    separator = "、" if language == "zh" else ", "
    more = f"{separator}{_MORE(count=len(texts)).text(language)}" if len(texts) > _MOST else ""
    return separator.join(texts[:_MOST]) + more


def _remarks(made: Aggregation, remarks: Iterable[Remark], language: Language) -> Iterator[str]:
    yield from (f"  {_reason(made, remark, language)}" for remark in remarks)


def _reason(made: Aggregation, remark: Remark, language: Language) -> str:
    reason = OBSTACLES[remark.obstacle]().text(language)
    if not remark.at:
        return reason
    tables = [_table(made.parts[number].evaluation, number) for number in remark.at]
    return _AT(reason=reason, tables=_listed(tables, language)).text(language)


def _table(table: Evaluation, number: int) -> str:
    return table.file or table.organisation or f"#{number + 1}"


def _name(row: Indicator) -> str:
    return " / ".join(part for part in (row.level1, row.level2, row.level3) if part)


def against_text(against: Against, language: Language = "zh") -> str:
    """Give what of a published regional table its parts do not explain, as questions."""
    return "\n".join(_against(against, language))


def _against(against: Against, language: Language) -> Iterator[str]:
    table = against.published
    yield _AGAINST(
        file=table.file or table.name or "-",
        explained=against.explained,
        questions=len(against.questions),
        open=len(against.not_compared),
    ).text(language)
    for one in against.questions:
        readings = _listed(list(one.readings), language)
        yield "  " + _QUESTION(**_facts(against, one, language), text=one.text, readings=readings).text(
            language
        )
    for one in against.not_compared:
        reason = "" if one.obstacle is None else OBSTACLES[one.obstacle]().text(language)
        yield "  " + _NOT_COMPARED(**_facts(against, one, language), reason=reason).text(language)
    for row in against.only_in_parts:
        yield "  " + _ONLY(name=_name(row.indicator)).text(language)


def _facts(against: Against, one: Printed, language: Language) -> dict[str, str]:
    return {
        "place": f"{one.place} " if one.place is not None else "",
        "name": _name(against.published.indicators[one.row]),
        "field": FIELDS[one.field]().text(language),
    }
