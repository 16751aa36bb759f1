import io
import shutil
import struct
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from perfeval.documents.excel.xlsx import read_xlsx
from perfeval.documents.grid import Document, Grid, GridCell
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.ole import ole_kind
from perfeval.errors import UnreadableError

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read(data: bytes) -> Document:
    return read_xlsx(data, Meter("表.xlsx"))


def _cells(document: Document) -> dict[str, GridCell]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return {str(cell.place.cell): cell for grid in grids for row in grid.rows for cell in row.cells}


def _codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        _read(data)
    assert "\n" not in str(caught.value)
    return caught.value.problems[0].message.code


def _changed(data: bytes, path: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part rewritten."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == path else content)
    return file.getvalue()


def _sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    """A workbook whose one sheet has this XML."""
    xml = f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return _changed(_saved(Workbook()), "xl/worksheets/sheet1.xml", lambda _: xml)


def _one(value: str | float | bool, number_format: str = "General") -> GridCell:
    book = Workbook()
    cell = book.worksheets[0].cell(1, 1, value)
    cell.number_format = number_format
    return _cells(_read(_saved(book)))["A1"]


def test_stored_as_number_and_shown_as_percent() -> None:
    cell = _one(0.9839, "0.00%")
    assert (cell.text, cell.raw, cell.number_format) == ("98.39%", "0.9839", "0.00%")
    assert str(cell.place) == "表.xlsx:Sheet!A1"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (126, "General", "126"),
        (8.94, "General", "8.94"),
        (126, '0"处"', "126处"),
        (89400, '0\\.0,"万元"', "8.9万元"),
        (45292, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("达成\n预期", "General", "达成\n预期"),
        ("达成_x000D_\n预期", "General", "达成\n预期"),
        (True, "General", "TRUE"),
        ("'10", "@", "'10"),
        (5, '"不显示";;', "不显示"),
    ],
)
def test_shown(value: str | float | bool, code: str, text: str) -> None:
    assert _one(value, code).text == text


@pytest.mark.parametrize(
    "typed",
    "=100%|=126处|=8.94万元|=8.94 万元|=2 个|=-5%|=126|=0.45 万元|=5元/人|=100%以上|=1,234元|=5km|=+5|=优|=达标".split(
        "|"
    ),
)
def test_formula_that_is_only_typed(typed: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = typed
    document = _read(_saved(book))
    assert _cells(document)["A1"].text == typed
    assert document.findings == ()


def test_typed_reads_as_typed_whatever_the_result() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>100%</f><v>1</v></c><c r="B1" t="e"><f>126处</f><v>#NAME?</v></c>'
        '<c r="C1" t="str"><f>"达""成"</f><v>达"成</v></c><c r="D1"><f t="shared" si="0">5%</f><v>0.05</v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>0.05</v></c></row>'
    )
    document = _read(_sheet(rows))
    cells = _cells(document)
    assert [cells[name].text for name in ("A1", "B1", "C1", "D1", "E1")] == [
        "=100%",
        "=126处",
        '达"成',
        "=5%",
        "=5%",
    ]
    assert cells["A1"].raw == "1"
    assert document.findings == ()


def test_typed_number_under_a_format_reads_as_shown() -> None:
    cell = _one("=0.9839", "0.00%")
    assert (cell.text, cell.raw) == ("98.39%", "0.9839")


@pytest.mark.parametrize("formula", ["=SUM(A2:A3)", "=A2", "=1+1", "=5*2", "=100%-5%", "=A2&处", "=B2处"])
def test_formula_without_result(formula: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = formula
    document = _read(_saved(book))
    assert _codes(document) == ["PE038"]
    assert _cells(document)["A1"].text == ""
    assert _cells(document)["A1"].raw == formula


def test_defined_name_is_a_formula() -> None:
    data = _changed(
        _sheet('<row r="1"><c r="A1"><f>合计</f></c></row>'),
        "xl/workbook.xml",
        lambda xml: xml.replace(
            "<calcPr", '<definedNames><definedName name="合计">Sheet!$B$1</definedName></definedNames><calcPr'
        ),
    )
    assert _codes(_read(data)) == ["PE038"]


def test_results_of_xlsxwriter() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="writes formulas with results")
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        percent = book.add_format({"num_format": "0.00%"})
        sheet = book.add_worksheet("得分")
        sheet.write_formula("A1", "=B1/C1", percent, 0.9839)
        sheet.write_formula("A2", "=B1/C1")  # without one it writes 0, and asks for a calculation
        sheet.write_formula("A3", '=IF(B1>0,"是","")', None, "是")
        sheet.write_formula("A5", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A6", "=100%", None, 1)
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A7", "数量", bold, "指标", "（20）")
    document = _read(file.getvalue())
    cells = _cells(document)
    assert {name: cell.text for name, cell in cells.items()} == {
        "A1": "98.39%",
        "A2": "",
        "A3": "是",
        "A5": "#DIV/0!",
        "A6": "=100%",
        "A7": "数量指标（20）",
    }
    assert _codes(document) == ["PE038", "PE039"]
    assert str(document.findings[1].places[0]) == "表.xlsx:得分!A5"


def test_error_is_reported_once_with_all_places() -> None:
    rows = '<row r="1"><c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c><c r="B1" t="e"><v>#DIV/0!</v></c></row>'
    (finding,) = _read(_sheet(rows)).findings
    assert finding.code == "PE039"
    assert [place.cell for place in finding.places] == ["A1", "B1"]


def test_unknown_format_is_reported() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = 2.5
    book.worksheets[0]["A1"].number_format = "# ?/?"
    document = _read(_saved(book))
    assert _codes(document) == ["PE037"]
    assert _cells(document)["A1"].text == "2.5"


def test_style_that_is_not_there_is_reported() -> None:
    document = _read(_sheet('<row r="1"><c r="A1" s="99"><v>0.9839</v></c></row>'))
    assert _codes(document) == ["PE037"]


def test_merged_cells() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["标题"], ["产出", "数量", 1], [None, "质量", 2], ["效益", "社会", 3]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    (grid,) = _read(_saved(book)).blocks
    assert isinstance(grid, Grid)
    assert grid.aligned
    assert [(cell.column, cell.row_span, cell.column_span) for cell in grid.rows[0].cells] == [(0, 1, 3)]
    assert [(cell.column, cell.row_span) for cell in grid.rows[1].cells] == [(0, 2), (1, 1), (2, 1)]
    assert [cell.text for cell in grid.rows[2].cells] == ["质量", "2"]


def test_what_a_merged_range_covers_is_not_shown() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
    )
    data = _sheet(rows, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    assert [cell.text for cell in _cells(_read(data)).values()] == ["1"]


def test_hidden_sheets_rows_and_columns() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["指标", "旧", "得分"], ["产出", "旧", 10], ["隐藏", "旧", 1], ["效益", "旧", 9]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet["A3"] = "并"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for name in ("藏", "深藏"):
        book.create_sheet(name)["A1"] = 1
    book["藏"].sheet_state = "hidden"
    book["深藏"].sheet_state = "veryHidden"
    document = _read(_saved(book))
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    texts = [[(cell.column, cell.text, cell.row_span) for cell in row.cells] for row in grid.rows]
    assert texts[1:] == [[(0, "产出", 1), (1, "10", 1)], [(0, "并", 1), (1, "9", 1)]]
    assert _codes(document) == ["PE036", "PE036", "PE035", "PE035"]
    assert "深藏" in document.findings[3].text()


def test_empty_rows_become_one_and_empty_sheets_nothing() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "一"
    book.worksheets[0]["A9"] = "二"
    book.create_sheet("空")
    (grid,) = _read(_saved(book)).blocks
    assert isinstance(grid, Grid)
    assert [len(row.cells) for row in grid.rows] == [1, 0, 1]


def test_phonetic_guides_are_not_shown() -> None:
    cell = '<c r="A1" t="inlineStr"><is><r><t>指</t></r><r><t>标</t></r><rPh sb="0" eb="1"><t>zhi</t></rPh></is></c>'
    assert _cells(_read(_sheet(f'<row r="1">{cell}</row>')))["A1"].text == "指标"


def test_escaped_escape() -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>_x005F_x000D__xD800_</t></is></c>'
    assert _cells(_read(_sheet(f'<row r="1">{cell}</row>')))["A1"].text == "_x000D__xD800_"


def test_cells_without_references() -> None:
    document = _read(_sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert {name: cell.text for name, cell in _cells(document).items()} == {"A1": "1", "B1": "2", "A2": "3"}


def test_iso_date() -> None:
    data = _sheet('<row r="1"><c r="A1" t="d"><v>2024-01-01T12:00:00</v></c></row>')
    assert _cells(_read(data))["A1"].text == "2024-01-01T12:00:00"


def test_strict_workbook_is_read_too() -> None:
    data = _saved(_book_with("达成"))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(_MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            kept = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            new.writestr(name, text.replace(kept, b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    assert _cells(_read(file.getvalue()))["A1"].text == "达成"


def _book_with(value: str) -> Workbook:
    book = Workbook()
    book.worksheets[0]["A1"] = value
    return book


def test_lies_about_size_cost_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    data = _sheet(
        rows,
        before='<dimension ref="A1:XFD1048576"/><cols><col min="2" max="16383" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="B2:XFC1048575"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>',
    )
    start = time.monotonic()
    document = _read(data)
    assert time.monotonic() - start < 2
    assert [cell.column for cell in _cells(document).values()] == [0, 1]


def test_limits() -> None:
    book = Workbook()
    for _ in range(20):
        book.worksheets[0].append(["指标"] * 20)
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(_saved(book), Meter("表.xlsx", Limits(cells=100)))
    assert caught.value.problems[0].message.code == "IN-CELLS"
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(_saved(_book_with("长" * 50)), Meter("表.xlsx", Limits(cell_length=10)))
    assert caught.value.problems[0].message.code == "IN-LENGTH"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>1_0</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="9999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>昨天</v></c></row>',
        '<row r="1"><c r="A1">',
    ],
)
def test_damaged(rows: str) -> None:
    assert _refusal(_sheet(rows)) == "IN-XLSX-DAMAGED"


def test_damaged_parts() -> None:
    data = _saved(_book_with("达成"))
    assert _refusal(_changed(data, "xl/styles.xml", lambda xml: xml[:200])) == "IN-XLSX-DAMAGED"
    assert (
        _refusal(_changed(data, "xl/workbook.xml", lambda xml: xml.replace("rId", "r"))) == "IN-XLSX-DAMAGED"
    )
    assert _refusal(data[: len(data) // 2]).endswith("BROKEN")
    assert _refusal(b"").endswith("BROKEN")


def test_other_kinds() -> None:
    data = _saved(_book_with("达成"))
    assert _refusal(
        _changed(data, "_rels/.rels", lambda xml: xml.replace("workbook.xml", "workbook.bin"))
    ) == ("IN-XLSX-BINARY")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert _refusal(file.getvalue()) == "IN-XLSX-KIND"
    assert _refusal(ole_file("EncryptionInfo", "EncryptedPackage")) == "IN-XLSX-LOCKED"
    assert _refusal(ole_file("Workbook")) == "IN-XLSX-OLD"


def ole_file(*names: str) -> bytes:
    """A compound file with these names under its root, and nothing in them."""

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        stored = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII", stored, len(stored), kind, 1, 2**32 - 1, right, child).ljust(
            128, b"\0"
        )

    none = 2**32 - 1
    directory = entry("Root Entry", 5, none, 1)
    for number, name in enumerate(names, start=1):
        directory += entry(name, 2, number + 1 if number < len(names) else none, none)
    header = bytes.fromhex("d0cf11e0a1b11ae1").ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 2**32 - 2, 0, 2**32 - 2, 0)
    header += struct.pack("<109I", 0, *[none] * 108)
    table = struct.pack("<128I", 2**32 - 3, 2**32 - 2, *[none] * 126)
    return header + table + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["Workbook"], "xls"),
        (["Book"], "xls"),
        (["WordDocument", "1Table"], "doc"),
        (["EncryptionInfo", "EncryptedPackage"], "encrypted"),
        (["CONTENTS"], "wps"),
        (["PowerPoint"], "other"),
    ],
)
def test_ole_kind(names: list[str], kind: str) -> None:
    assert ole_kind(ole_file(*names)) == kind


@given(st.binary(max_size=200), st.integers(0, 1500))
def test_ole_kind_of_anything(patch: bytes, at: int) -> None:
    data = bytearray(ole_file("Workbook"))
    data[at : at + len(patch)] = patch
    assert ole_kind(bytes(data)) in {"xls", "doc", "encrypted", "wps", "other"}
    assert ole_kind(bytes(data[:at])) in {"xls", "other"}


def _rich() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["项目支出绩效自评表"], ["产出", "=100%", 0.9839], [None, "=A1+1", 45292]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet["C2"].number_format = "0.00%"
    sheet["C3"].number_format = "yyyy-mm-dd"
    return _saved(book)


_RICH = _rich()
_PARTS = [name for name in zipfile.ZipFile(io.BytesIO(_RICH)).namelist() if not name.startswith("docProps")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_RICH) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    data = bytearray(_RICH)
    for at, byte in flips:
        data[at] = byte
    _read_or_refuse(bytes(data))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_PARTS), st.data())
def test_flipped_bytes_inside_the_parts(part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(_RICH)) as old:
        content = bytearray(old.read(part))
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                new.writestr(name, bytes(content) if name == part else old.read(name))
    _read_or_refuse(file.getvalue())


def _read_or_refuse(data: bytes) -> None:
    with suppress(UnreadableError):
        _read(data)


@pytest.mark.slow
def test_calculated_by_libreoffice(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    assert soffice is not None
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        [0.9839, "=A1*100", "=100%"],
        [45292, "=A2+1", "=126处"],
        ["=1/0", '=IF(A1>0,"是","否")', "=SUM(A1:A2)"],
    ):
        sheet.append(row)
    sheet["A1"].number_format = "0.00%"
    sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
    book.save(tmp_path / "in.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", out, tmp_path / "in.xlsx"],
        check=True,
        capture_output=True,
    )
    document = _read((out / "in.xlsx").read_bytes())
    texts = {name: cell.text for name, cell in _cells(document).items()}
    assert texts == {
        "A1": "98.39%",
        "B1": "98.39",
        "C1": "=100%",
        "A2": "45292",
        "B2": "2024年1月2日",
        "C2": "=126处",
        "A3": "#DIV/0!",
        "B3": "是",
        "C3": "45292.9839",
    }
    assert _codes(document) == ["PE039"]
