"""The workbook of a summary: what is in it, that it stays text, the same bytes, how it prints."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfeval import Evaluation, Funding
from perfeval.messages import LANGUAGES, Language
from perfeval.portfolio import Summary
from perfeval.report.summary.data import table_rows
from perfeval.report.summary.workbook import write_workbook
from report.recalculated import needs_office, recalculated
from report.summary.made import bortala, hostile, summary_of

SHEETS = {"zh": ["总览", "各部门", "各表", "抽查"], "en": ["Overview", "Departments", "Tables", "Sample"]}


def written(summary: Summary, path: Path, language: Language = "zh") -> openpyxl.Workbook:
    write_workbook(summary, path, language)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_to_filter_and_to_print(tmp_path: Path, language: Language) -> None:
    book = written(bortala(), tmp_path / "a.xlsx", language)
    assert book.sheetnames == SHEETS[language]
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fitted = sheet.sheet_properties.pageSetUpPr
        assert fitted is not None
        assert fitted.fitToPage  # to one width, which is the default
        assert sheet.page_setup.fitToHeight == 0
    groups, tables, sample = book.worksheets[1:]
    assert [sheet.print_title_rows for sheet in (groups, tables, sample)] == ["$1:$1", "$1:$1", "$7:$7"]
    assert [sheet.freeze_panes for sheet in (groups, tables, sample)] == ["B2", "C2", "C8"]
    assert [sheet.auto_filter.ref for sheet in (groups, tables, sample)] == ["A1:O3", "A1:S9", "A7:L10"]
    assert written(bortala(None), tmp_path / "b.xlsx", language).sheetnames == SHEETS[language][:3]


def test_the_tables_are_those_of_the_summary(tmp_path: Path) -> None:
    sheet = written(bortala(), tmp_path / "a.xlsx").worksheets[2]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:3] == ("序号", "表", "主管部门")
    shown = [dict(zip(heads, row, strict=True)) for row in rows]
    for row, wanted in zip(shown, table_rows(bortala()), strict=True):
        assert row["表"] == wanted["name"]
        assert row["复算总分"] == float(wanted["total"])
        assert Decimal(str(row["全年执行数"])) == wanted["executed"]
        assert row["信号"] == {"red": "红", "green": "绿"}[wanted["signal"]]
        assert row["文件"] == wanted["file"]
    assert [row["自报总分"] for row in shown][:2] == [None, 100]  # no total is printed, and that is not 0
    assert [cell.number_format for cell in sheet[6]][9:12] == ["#,##0.00", "#,##0.00", "0.00%"]
    assert sheet["L6"].value == 0.1788


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_document_says_never_becomes_a_formula_or_a_link(tmp_path: Path, language: Language) -> None:
    book = written(
        summary_of(hostile(), hostile("http://example.com"), sample=2), tmp_path / "a.xlsx", language
    )
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
    assert sum(str(cell.value).startswith("=1+1") for cell in cells) >= 4


def test_numbers_that_no_spreadsheet_holds_are_texts(tmp_path: Path) -> None:
    money = Funding(label="总额", adjusted="123456789012.345678", executed="1")
    made = summary_of(Evaluation(amount_unit="万元", funding=[money]))
    sheet = written(made, tmp_path / "a.xlsx").worksheets[2]
    assert sheet["J2"].value == "1234567890123456.78"


def test_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(bortala(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_nothing_to_summarize(tmp_path: Path) -> None:
    assert written(summary_of(), tmp_path / "a.xlsx").sheetnames == SHEETS["zh"][:3]


@needs_office
@pytest.mark.slow
def test_an_office_opens_and_prints_it(tmp_path: Path) -> None:
    write_workbook(bortala(), tmp_path / "a.xlsx")
    pdfium = pytest.importorskip("pypdfium2")
    printed = pdfium.PdfDocument(recalculated(tmp_path / "a.xlsx", tmp_path, "pdf"))
    leaves = [leaf.get_textpage().get_text_bounded() for leaf in printed]
    sizes = {tuple(round(side) for side in leaf.get_size()) for leaf in printed}
    printed.close()
    assert len(leaves) == len(SHEETS["zh"])  # a sheet of paper each
    assert sizes == {(842, 595)}
    assert "17.88%" in leaves[2]
