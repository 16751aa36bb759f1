"""A summary as a workbook: overview, groups, tables and sample, each to filter and to print (extra ``reports``)."""

from __future__ import annotations

__all__ = ["write_workbook"]

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from perfeval.errors import Problem
from perfeval.messages import Language
from perfeval.portfolio import Signal, Summary
from perfeval.report.summary.blocks import (
    Block,
    Value,
    group_block,
    overview,
    sample_blocks,
    table_block,
)
from perfeval.report.summary.sentences import counts_text, facts, sample_text
from perfeval.report.summary.words import COLUMNS, LABELS, SIGNALS
from perfeval.report.workbook.writer import Page, Styles, new_workbook

_WIDTHS: Mapping[str, int] = {
    "name": 28,
    "file": 22,
    **dict.fromkeys(("department", "organisation"), 16),
    **dict.fromkeys(("budget", "executed"), 15),
    "total": 11,
    **dict.fromkeys(
        ("number", "year", "grade", "errors", "notes", "risk", "red", "yellow", "green", "drawn"), 6
    ),
}
_WIDTH = 9  # of the others, in letters
_OVERVIEW = (22, 10, 10, 24, 24, 12, 12, 12, 24)
_TONES = {Signal.RED: "error", Signal.YELLOW: "warning"}
_MOST_DIGITS = 15  # of a number in a spreadsheet; longer ones are written as texts


def write_workbook(
    summary: Summary, path: str | Path, language: Language = "zh", problems: Iterable[Problem] = ()
) -> None:
    """Write the workbook of a summary; the same bytes for the same summary and problems (files that could not be read)."""
    with new_workbook(path) as workbook:
        styles = Styles.of(workbook)

        def page(name: str, widths: Iterable[int]) -> Page:
            return Page.of(workbook, styles, LABELS[name]().text(language), tuple(widths))

        first = page("overview", _OVERVIEW)
        _write_overview(first, summary, problems, language)
        first.close()
        listed = {
            str(summary.grouped_by): group_block(summary, language),
            "tables": table_block(summary, language),
        }
        for name, block in listed.items():
            sheet = page(name, _widths(block))
            _write_list(sheet, 0, block, language)
            sheet.close()
        if summary.sample is not None:
            covered, drawn = sample_blocks(summary, summary.sample, language)
            sheet = page("sample", _widths(drawn))
            sheet.across(0, 0, len(drawn.columns) - 1, sample_text(summary.sample, language))
            row = _write(sheet, 1, covered, language, first=1)
            _write_list(sheet, row + 1, drawn, language)
            sheet.close()


def _write_overview(page: Page, summary: Summary, problems: Iterable[Problem], language: Language) -> None:
    page.title(LABELS["title"]().text(language))
    page.text(1, 0, counts_text(summary, language), "plain")
    row = 2
    for label, text in facts(summary, language):
        page.text(row, 0, label, "label")
        page.text(row, 1, text, "plain")
        row += 1
    blocks = overview(summary, problems, language)
    narrow = [block for block in blocks if block.is_narrow]
    row = max(_captioned(page, row, block, language, 4 * number) for number, block in enumerate(narrow))
    for block in blocks:
        if not block.is_narrow:
            row = _captioned(page, row, block, language)
    for hint in ("known", "apart_kinds", "risk"):
        row += 1
        page.text(row, 0, LABELS[hint]().text(language), "plain")


def _captioned(page: Page, row: int, block: Block, language: Language, first: int = 0) -> int:
    page.text(row + 1, first, block.caption, "label")
    return _write(page, row + 2, block, language, first)


def _widths(block: Block) -> Iterable[int]:
    return (_WIDTHS.get(name, _WIDTH) for name in block.columns)


def _write_list(page: Page, row: int, block: Block, language: Language) -> None:
    """Write a list to filter, its headings on every sheet of paper."""
    last = _write(page, row, block, language) - 1
    page.sheet.autofilter(row, 0, max(last, row + 1), len(block.columns) - 1)
    page.sheet.freeze_panes(row + 1, block.columns.index(block.heading) + 1)
    page.sheet.repeat_rows(row)


def _write(page: Page, row: int, block: Block, language: Language, first: int = 0) -> int:
    """Write headings and rows from a column on; give the row after the last."""
    for column, name in enumerate(block.columns, first):
        page.text(row, column, COLUMNS[name]().text(language), "header")
    for row, values in enumerate(block.rows, row + 1):  # noqa: B020, PLR1704 - goes on below the headings
        for column, (name, value) in enumerate(zip(block.columns, values, strict=True), first):
            _write_cell(page, (row, column), value, str(block.kind(name)), language)
    return row + 1


def _write_cell(page: Page, place: tuple[int, int], value: Value, style: str, language: Language) -> None:
    if isinstance(value, Signal):
        page.text(*place, SIGNALS[value]().text(language), _TONES.get(value, "text"))
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= _MOST_DIGITS:
        page.number(*place, value, style)
    else:
        page.text(*place, "" if value is None else value, style)
