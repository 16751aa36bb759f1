"""The flat form is read again as what it was written from: indicator cells, name, code, organisation."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import Evaluation, Funding, Indicator, Total, UsageError, read
from perfeval.table import Cell, flat, table_data
from perfeval.table.flat import FLAT_COLUMNS, flat_columns, flat_rows, write_csv, write_xlsx
from perfeval.values import squash

ROOT = Path(__file__).parents[2]
NAMES = "level1 level2 level3 target actual weight score previous_year rule standard evidence".split()

# Names that the flat form cannot keep apart from headers and labels are nobody's; each name here has a number.
_letters = st.text(
    '甲乙丙丁，、。（）《》“”%％①·+-=@"\\;|\t\n　 0123456789abcXYZ²㎡é😀', min_size=0, max_size=12
)
_values = st.sampled_from(
    "=100% <=8.90万元 ≥3次 -5% +3% @某 '=1 ''≥2 '24年 — / 无 3-5次 0.95 1,200.00 00123 1E5 =HYPERLINK(\"x\",1) #N/A TRUE".split()
)
_cells = _values | _letters


def _indicator(number: int, cells: list[str]) -> Indicator:
    target, actual, deviation, evidence = cells
    return Indicator(
        level1="产出指标", level2="数量指标", level3=f"事项{number}号", target=target, actual=actual, weight=number,
        score="", evidence=f"据{evidence}", deviation=deviation, review_score="9",
    )  # fmt: skip


_rows = st.lists(st.lists(_cells, min_size=4, max_size=4), min_size=1, max_size=4)
_tables = st.lists(_rows, min_size=1, max_size=3).map(
    lambda tables: tuple(
        Evaluation(
            name=f"某项目{number}号",
            year="2024",
            organisation=f"某局{number}",
            keys={"project_code": f"51011724T00000{number:04}", "unit": "甲"},
            funding=[Funding(label="年度资金总额", adjusted="1,000.00", executed="=950")],
            indicators=[_indicator(row, cells) for row, cells in enumerate(rows, 1)],
            total=Total(score="98.5", grade="优"),
        )
        for number, rows in enumerate(tables, 1)
    )
)


def plain(value: Any) -> str:
    return squash(value.text if isinstance(value, Cell) else value or "")


def outline(table: Evaluation) -> tuple[Any, ...]:
    rows = [tuple(plain(getattr(row, name)) for name in (*NAMES, "deviation")) for row in table.indicators]
    return table.name, table.keys.get("project_code"), table.organisation, rows


def written(tables: tuple[Evaluation, ...], path: Path) -> bytes:
    data = [{"file": f"{number}.pdf", **table_data(table)} for number, table in enumerate(tables)]
    write: Any = write_csv if path.suffix == ".csv" else write_xlsx
    write(path, flat_columns(data), flat_rows(data))
    return path.read_bytes()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("flat")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(tables=_tables)
@example(tables=(Evaluation(name="某项目", indicators=[_indicator(1, ["'=1", "''=1", "=1", ""])]),))
def test_read_again(tables: tuple[Evaluation, ...], suffix: str, room: Path) -> None:
    again = read(written(tables, room / f"a{suffix}"), name=f"a{suffix}").evaluations
    assert [outline(table) for table in again] == [outline(table) for table in tables]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_eight_tables_read_again(suffix: str, room: Path) -> None:
    sources = sorted((ROOT / "examples/bortala-2024").glob("*.toml"))
    tables = tuple(table for source in sources for table in read(source).evaluations)
    again = read(written(tables, room / f"b{suffix}"), name=f"b{suffix}").evaluations
    assert len(tables) == 8
    assert [outline(table) for table in again] == [outline(table) for table in tables]
    totals = [
        next(row.executed for row in table.funding if re.search("合计|总额", row.label or ""))
        for table in tables
    ]
    assert [table.funding[0].executed for table in again] == totals


def _fields(data: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))


@given(_tables)
def test_no_cell_of_csv_is_a_formula(room: Path, tables: tuple[Evaluation, ...]) -> None:
    for row in _fields(written(tables, room / "c.csv")):
        assert not [text for text in row.values() if text[:1] in set("=+-@\t\r")]


def test_csv_is_what_spreadsheets_open(room: Path) -> None:
    data = written((Evaluation(name="甲", indicators=[Indicator(target="=100%")]),), room / "d.csv")
    assert data.startswith(b"\xef\xbb\xbf" + "文件,项目编码,项目名称,年度,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert b",'=100%," in data


def test_workbook_of_texts_under_a_frozen_header(room: Path) -> None:
    table = Evaluation(name="_x0041_\x01", indicators=[Indicator(target="=1+1", actual="#N/A", weight="10")])
    data = written((table,), room / "e.xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert not [kind for kind in ('t="n"', 't="e"', 't="b"') if kind in sheet]
    assert "_x005F_x0041__x0001_" in sheet


def test_what_a_row_holds() -> None:
    table = {
        "kind": "project", "stage": "self", "name": "甲", "keys": {"project_code": "1", "区划": "65"},
        "funding": [{"label": "其中：财政拨款", "executed": "1"}, {"label": "年度资金总额", "executed": "2", "score": "9"}],
        "indicators": [{"target": {"operator": "≥", "value": "3", "unit": "次"}, "weight": "10"}],
        "total": {"score": "99", "grade": "优"}, "file": "a.pdf",
    }  # fmt: skip
    (row,) = flat_rows([table])
    filled = {header: text for header, text in row.items() if text}
    assert filled == {
        "文件": "a.pdf", "项目编码": "1", "项目名称": "甲", "类型": "project", "阶段": "self", "全年执行数": "2", "执行率得分": "9",
        "指标值": "≥3次", "分值": "10", "总分": "99", "自评等级": "优", "keys.区划": "65",
    }  # fmt: skip
    assert flat_columns([table]) == (*FLAT_COLUMNS, "keys.区划")
    assert set(row) == set(flat_columns([table]))


def test_a_table_without_indicators_has_a_row() -> None:
    assert [row["项目名称"] for row in flat_rows([{"name": "甲"}, {"name": "乙", "indicators": []}])] == [
        "甲",
        "乙",
    ]


def test_what_a_workbook_has_no_room_for(monkeypatch: pytest.MonkeyPatch, room: Path) -> None:
    path = room / "f.xlsx"
    assert write_xlsx(path, ("a",), [{"a": "长" * 40_000}, {"a": "短"}]) == 1
    monkeypatch.setattr(flat, "_MOST_ROWS", 2)
    with pytest.raises(UsageError, match="超过 2 行"):
        write_xlsx(path, ("a",), [{"a": "1"}, {"a": "2"}])


def test_without_openpyxl(monkeypatch: pytest.MonkeyPatch, room: Path) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UsageError, match=r"pip install 'perfeval\[documents\]'"):
        write_xlsx(room / "g.xlsx", ("a",), [])
