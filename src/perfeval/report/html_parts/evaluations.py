"""A table as it was printed: heading, money, indicators, total."""

from __future__ import annotations

__all__ = ["evaluation_html"]

from collections.abc import Iterator

from perfeval.messages import Language, Wording
from perfeval.report.html_parts.markup import Cell, Html, cell, paragraph, part, table
from perfeval.table import Cell as Printed
from perfeval.table import Evaluation

_HEADING = Wording(
    "html-table-heading",
    "{name} {year}｜主管部门：{department}｜单位：{organisation}｜金额单位：{amount_unit}",
    "{name} {year} | department: {department} | unit: {organisation} | amounts in {amount_unit}",
)
_PLACE = Wording("html-table-place", "出处：{place}", "from {place}")
_PARTIAL = Wording("html-table-partial", "表不完整", "rows of the table are missing")
_MONEY = Wording("html-table-money", "预算资金", "money")
_MONEY_HEADER = Wording(
    "html-table-money-header",
    "资金|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "money|initial|adjusted|executed|weight|rate|score",
)
_ROWS = Wording("html-table-rows", "绩效指标", "indicators")
_ROWS_HEADER = Wording(
    "html-table-rows-header",
    "一级指标|二级指标|三级指标|指标值|实际完成值|分值|得分|赋分规则|偏差原因",
    "level 1|level 2|level 3|target|actual|weight|score|rule|deviation",
)
_TOTAL = Wording("html-table-total", "总分：{score}　等级：{grade}", "total {score}, grade {grade}")


def evaluation_html(sheet: Evaluation, language: Language = "zh") -> str:
    """Give one table as a piece of HTML: what its cells say, unchanged."""
    return part(*_pieces(sheet, language))


def _pieces(sheet: Evaluation, language: Language) -> Iterator[Html]:
    fields = ("name", "year", "department", "organisation", "amount_unit")
    yield paragraph(_HEADING(**{name: getattr(sheet, name) or "—" for name in fields}).text(language))
    place = sheet.place() or sheet.file
    if place:
        yield paragraph(_PLACE(place=place).text(language))
    if sheet.partial:
        yield paragraph(_PARTIAL().text(language))
    if sheet.funding:
        rows = [
            [
                cell(row.label),
                *(_printed(one) for one in (row.initial, row.adjusted, row.executed, row.weight)),
                cell(row.rate, is_number=True),
                _printed(row.score),
            ]
            for row in sheet.funding
        ]
        yield table(_MONEY().text(language), _MONEY_HEADER().text(language).split("|"), rows)
    rows = [
        [
            *(cell(level) for level in (row.level1, row.level2, row.level3)),
            *(cell(one.text if one else "") for one in (row.target, row.actual)),
            *(_printed(one) for one in (row.weight, row.score)),
            cell(row.rule),
            cell(row.deviation),
        ]
        for row in sheet.indicators
    ]
    yield table(_ROWS().text(language), _ROWS_HEADER().text(language).split("|"), rows)
    total = sheet.total
    facts = {"score": total.score.text if total.score else "—", "grade": total.grade or "—"}
    yield paragraph(_TOTAL(**facts).text(language))


def _printed(one: Printed[object] | None) -> Cell:
    return cell(one.text if one is not None else "", is_number=True)
