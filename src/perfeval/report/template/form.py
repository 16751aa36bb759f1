"""The sheet of the form and, row by row beside it, the sheet of its calculations."""

from __future__ import annotations

__all__ = ["FORM_WIDTHS", "Form"]

from collections.abc import Mapping, Sequence

import attrs
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name, xl_range_abs  # type: ignore[import-untyped]

from perfeval.auditing import AuditSettings
from perfeval.formula.spreadsheet import quoted
from perfeval.messages import Language
from perfeval.report.template.asks import Row, ask_of_money, ask_of_row, ask_of_weights
from perfeval.report.template.scoring import (
    LONGEST_REFERENCE,
    SIGNS,
    TEXT,
    Cells,
    Offered,
    Sum,
    execution_sums,
    fits_a_cell,
    needs_percent,
    offered_rules,
    sums_of,
)
from perfeval.report.template.words import CALCULATION, DONE, FORM, GUIDE, LEVELS, LEVELS_2, TITLES
from perfeval.report.workbook.names import clean
from perfeval.report.workbook.writer import Page
from perfeval.rulebook import RuleBook
from perfeval.table import TableKind

FORM_WIDTHS = (12, 14, 24, 9, 12, 10, 12, 8, 9, 16, 30, 34)
_HEADER = (
    *("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "实际完成值", "分值", "得分"),
    *("赋分规则", "偏差原因分析及改进措施", "是否完成（填报检查）"),
)
_MONEY = (
    *((0, 1, "资金来源"), (2, 2, "年初预算数"), (3, 4, "全年预算数"), (5, 6, "全年执行数")),
    *((7, 7, "分值"), (8, 8, "得分"), (9, 10, "执行率")),
)
_AMOUNTS = (2, 3, 5)  # the first columns of the three amounts
_PARTS = ("其中：财政拨款", "其他资金")
_REASON, _ASK = 10, 11
_STYLES = {**dict.fromkeys((3, 4, 5, 6), "entry centred"), 7: "entry amount"}
_CELLS = {
    "level1": 0,
    "level3": 2,
    "sign": 3,
    "target": 4,
    "unit": 5,
    "actual": 6,
    "weight": 7,
    "score": 8,
    "rule": 9,
    "reason": 10,
}
_THERE, _BESIDE = f"'{FORM}'!", f"'{CALCULATION}'!"
_TITLE_HEIGHT, _GOAL_HEIGHT = 27, 60  # points


@attrs.frozen
class Form:
    """A form of a rule book: what its lists offer and its calculations."""

    kind: TableKind
    book: RuleBook
    language: Language
    rows: int
    settings: AuditSettings
    offered: Sequence[Offered]
    sums: Mapping[tuple[str, str], Sum]
    execution: tuple[Sum, Sum]

    @classmethod
    def of(
        cls, kind: TableKind, book: RuleBook, language: Language, rows: int, settings: AuditSettings
    ) -> Form:
        """Make ready what a form of a book needs. Raises UsageError where the book has no such form."""
        offered = offered_rules(book)
        sums, execution = sums_of(book, offered), execution_sums(book)
        form = cls(kind, book, language, rows, settings, offered, sums, execution)
        somewhere = Row(**dict.fromkeys(_CELLS, LONGEST_REFERENCE))
        fits_a_cell(book, form._score(somewhere, dict.fromkeys(form.sums, LONGEST_REFERENCE)), len(offered))
        return form

    def write(self, page: Page, work: Page, title_format: Format, percent: Format) -> None:
        """Write the form, and its calculations in the same rows of another sheet; ``percent`` is the format of the rate."""
        title, labels = TITLES[self.kind]
        page.sheet.merge_range(0, 0, 0, _REASON, title, title_format)
        page.sheet.set_row(0, _TITLE_HEIGHT)
        for at, label in enumerate(labels, 1):
            page.text(at, 0, label, "header")
            _wide(page, at, 1, _REASON, "万元" if label == "金额单位" else "", "entry")
        money = len(labels) + 1
        guide = clean(GUIDE(book=self.book.title or self.book.id).text(self.language))
        page.sheet.merge_range(0, _ASK, money, _ASK, guide, page.styles["across"])
        first = money + 8
        self._money(page, work, money, first, percent)
        self._goal(page, money + 4)
        page.header(first - 1, _HEADER)
        distinct = list(dict.fromkeys(self.sums.values()))
        work.set_widths((24, 8, *[18] * (len(distinct) + 1)))
        work.header(first - 1, ["", "", *(self._offered_by(one) for one in distinct), "赋分规则"])
        for row, one in enumerate(self.offered, first):
            work.text(row, 2 + len(distinct), one.name)
        for row in range(first, first + self.rows):
            self._row(page, work, row, distinct)
        last = first + self.rows - 1
        names = xl_range_abs(first, 2 + len(distinct), first + len(self.offered) - 1, 2 + len(distinct))
        self._lists(page, first, last, f"={_BESIDE}{names}")
        self._total(page, money + 1, first, last)
        page.sheet.print_area(0, 0, last + 2, _REASON)
        page.sheet.repeat_rows(first - 1)
        self._alarm(page, money + 1, money + 1)
        self._alarm(page, first, last + 1)

    def _alarm(self, page: Page, first: int, last: int) -> None:
        said, done = page.cell(first, _ASK), quoted(DONE().text(self.language))
        criteria = f'=AND({said}<>"",{said}<>{done})'
        rule = {"type": "formula", "criteria": criteria, "format": page.styles["error"]}
        page.sheet.conditional_format(first, _ASK, last, _ASK, rule)

    @property
    def decimals(self) -> int:
        """Give how many a sum of scores can have; one that is entered has two, whatever the step of the book."""
        exponent = self.book.rounding.step.normalize().as_tuple().exponent
        return max(2, -int(exponent))

    def _offered_by(self, one: Sum) -> str:
        return "\n".join(f"{sign} {name}" for (sign, name), other in self.sums.items() if other == one)

    def _money(self, page: Page, work: Page, top: int, first: int, percent: Format) -> None:
        for start, stop, text in _MONEY:
            _wide(page, top, start, stop, text, "header")
        total = top + 1
        for row, label in enumerate(("年度资金总额", *_PARTS), total):
            _wide(page, row, 0, 1, label, "text")
            for start, stop, _ in _MONEY[1:]:
                is_entry = row > total and start in _AMOUNTS
                _wide(page, row, start, stop, "", "entry amount" if is_entry else "number")
        for column in _AMOUNTS:
            letter = xl_col_to_name(column)
            parts = f"{letter}{total + 2}:{letter}{total + 1 + len(_PARTS)}"
            page.formula(total, column, f'IF(COUNT({parts})=0,"",ROUND(SUM({parts}),6))', "", "number")
        page.number(total, 7, self.book.execution.weight, "entry amount")
        here = Cells(*(f"{_THERE}{page.cell(total, column)}" for column in (7, 3, 5)))
        scale = work.cell(total, 1)
        fits = f'IF(ISNUMBER({here.target}),IF({here.target}>0,{Sum.scale(self.execution, here)},""),"")'
        work.formula(total, 1, fits, "", "number")
        for at, one in enumerate(self.execution, 2):
            work.formula(total, at, one.formula(here, scale), "", "number")
        page.formula(total, 8, f"{_BESIDE}{work.cell(total, 3)}", "", "made")
        page.sheet.write_formula(total, 9, f"={_BESIDE}{work.cell(total, 2)}", percent, "")
        initial, adjusted, executed = (page.cell(total, column) for column in _AMOUNTS)
        reasons = f"$K${first + 1}:$K${first + self.rows}"
        ask = ask_of_money(initial, adjusted, executed, reasons, self.settings, self.language)
        page.formula(total, _ASK, ask, "", "text")

    @staticmethod
    def _goal(page: Page, top: int) -> None:
        for start, stop, text in ((0, 4, "预期目标"), (5, _REASON, "实际完成情况")):
            _wide(page, top, start, stop, text, "header")
            _wide(page, top + 1, start, stop, "", "entry")
        page.sheet.set_row(top + 1, _GOAL_HEIGHT)

    def _row(self, page: Page, work: Page, row: int, distinct: Sequence[Sum]) -> None:
        for column in range(_ASK):
            page.text(row, column, "", _STYLES.get(column, "entry"))
        own = Row(**{name: page.cell(row, column) for name, column in _CELLS.items()})
        there = Row(**{name: f"{_THERE}{page.cell(row, column)}" for name, column in _CELLS.items()})
        work.formula(row, 0, f'IF({there.level3}="","",{there.level3})', "", "text")
        cells = Cells(there.weight, there.target, there.actual)
        scale = work.cell(row, 1)
        of_numbers = Sum.scale([one for one in distinct if not one.is_of_words], cells)
        of_words = f'IF({there.sign}="{TEXT}",{Sum.scale_of_words(cells)},"")'
        scale_of = f"IF({_is_believable(there)},{of_numbers},{of_words})"
        work.formula(row, 1, scale_of, "", "number")
        for at, one in enumerate(distinct, 2):
            work.formula(row, at, one.formula(cells, scale), "", "number")
        places = {
            key: f"{_BESIDE}{work.cell(row, 2 + distinct.index(one))}" for key, one in self.sums.items()
        }
        page.formula(row, _CELLS["score"], self._score(own, places), "", "made")
        page.formula(row, _ASK, ask_of_row(own, self.settings, self.language), "", "text")

    def _score(self, row: Row, places: Mapping[tuple[str, str], str]) -> str:
        text = '""'
        for sign in (*SIGNS, TEXT):
            chosen = '""'
            for one in self.offered:
                if (sign, one.name) in places:
                    found = places[sign, one.name]
                    if sign != TEXT and needs_percent(one.number):
                        found = f'IF({row.unit}="%",{found},"")'
                    chosen = f"IF({row.rule}={quoted(one.name)},{found},{chosen})"
            text = f'IF({row.sign}="{sign}",{chosen},{text})'
        return text

    def _lists(self, page: Page, first: int, last: int, rules: str) -> None:
        lists = {0: list(LEVELS[self.kind]), 1: list(LEVELS_2), 3: [*SIGNS, TEXT], 9: rules}
        for column, source in lists.items():
            page.sheet.data_validation(first, column, last, column, {"validate": "list", "source": source})
        points = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        page.sheet.data_validation(first, 7, last, 7, points)

    def _total(self, page: Page, money: int, first: int, last: int) -> None:
        row = last + 1
        _wide(page, row, 0, 6, "总分", "header")
        weights, scores = (f"{letter}{first + 1}:{letter}{last + 1}" for letter in "HI")
        page.formula(row, 7, f"ROUND(SUM({weights},H{money + 1}),2)", self.book.execution.weight, "made")
        made = f"ROUND(SUM({scores},I{money + 1}),{self.decimals})"
        ready = f"AND(COUNT({weights})>0,COUNT({weights})=COUNT({scores}),ISNUMBER(I{money + 1}))"
        page.formula(row, 8, f'IF({ready},{made},"")', "", "made")
        for column in (9, _REASON):
            page.text(row, column, "")
        ask = ask_of_weights(page.cell(row, 7), self.book.weights.sum, self.language)
        page.formula(row, _ASK, ask, "", "text")
        _wide(page, row + 1, 0, 6, "自评等级", "header")
        grade = '""'
        for one in reversed(self.book.grades):
            grade = f"IF({page.cell(row, 8)}>={one.start:f},{quoted(one.name)},{grade})"
        _wide(page, row + 1, 7, _REASON, "", "centred")
        page.formula(row + 1, 7, f'IF({page.cell(row, 8)}="","",{grade})', "", "centred")


def _is_believable(row: Row) -> str:
    """Say whether two numbers can be of one unit: reading back takes 0.95 under % for no percentage, nor 200 times."""
    numbers = f"ISNUMBER({row.target}),ISNUMBER({row.actual})"
    percents = ",".join(f"OR({cell}=0,{cell}>=2)" for cell in (row.target, row.actual))
    apart = ",".join(
        f"OR({one}=0,ABS({other})<=100*ABS({one}))"
        for one, other in ((row.target, row.actual), (row.actual, row.target))
    )
    return f'IF(AND({numbers},{row.sign}<>"{TEXT}"),AND({apart},OR({row.unit}<>"%",AND({percents}))),FALSE)'


def _wide(page: Page, row: int, start: int, stop: int, text: str, style: str) -> None:
    if stop > start:
        page.sheet.merge_range(row, start, row, stop, text, page.styles[style])
    else:
        page.text(row, start, text, style)
