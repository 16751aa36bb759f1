import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.documents.excel.typed import typed_formulas
from perfeval.documents.excel.xls import read_xls
from perfeval.documents.grid import Document, Grid
from perfeval.documents.limits import Limits, Meter
from perfeval.errors import UnreadableError

_FOLDER = Path(__file__).parent.parent / "data" / "documents" / "xls"
_TABLE = (_FOLDER / "table.xls").read_bytes()


def _read(data: bytes) -> Document:
    return read_xls(data, Meter("表.xls"))


def _texts(document: Document) -> list[list[str]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row.cells] for grid in grids for row in grid.rows]


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        _read(data)
    assert "\n" not in str(caught.value)
    return caught.value.problems[0].message.code


def test_table() -> None:
    document = _read(_TABLE)
    assert _texts(document) == [
        ["项目支出绩效自评表"],
        ["一级指标", "年度指标值", "实际完成值", "得分"],
        ["产出", "=100%", "98.39%", "10"],
        ["≥126处", "126处", "9.5"],
        ["8.94万元", "8.9万元", "19.50"],
        ["满意", "=90%", "#DIV/0!", "TRUE"],
    ]
    assert [finding.code for finding in document.findings] == ["PE036", "PE036", "PE039", "PE035"]
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells[0].column_span == 4
    assert grid.rows[2].cells[0].row_span == 3
    percent = grid.rows[2].cells[2]
    assert (percent.raw, percent.number_format, str(percent.place)) == ("0.9839", "0.00%", "表.xls:自评表!C3")


@pytest.mark.parametrize("name", ["dates1900", "dates1904"])
def test_dates(name: str) -> None:
    document = _read((_FOLDER / f"{name}.xls").read_bytes())
    assert _texts(document) == [["2024-02-29"], ["2024年2月29日"], ["2024/2/29 18:30"]]


def _record(kind: int, *fields: bytes) -> bytes:
    content = b"".join(fields)
    return struct.pack("<HH", kind, len(content)) + content


def test_biff2() -> None:
    data = _record(0x0009, struct.pack("<HH", 2, 0x10))
    data += _record(0x0004, struct.pack("<HH3sB", 0, 0, b"\0\0\0", 4), b"text")
    data += _record(0x0003, struct.pack("<HH3sd", 0, 1, b"\0\0\0", 9.5))  # exact: a BIFF double
    data += _record(0x000A)
    assert _texts(_read(data)) == [["text", "9.5"]]


def test_encrypted() -> None:
    data = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 0))
    data += _record(0x002F, struct.pack("<HH", 1, 1), bytes(50)) + _record(0x000A)
    assert _refusal(data) == "IN-XLS-LOCKED"


def test_formulas_cut_off() -> None:
    with pytest.raises(struct.error):
        typed_formulas(_record(0x0809, bytes(16)) + _record(0x0006, bytes(4)), 0)
    assert typed_formulas(_record(0x0809, bytes(16)), 0) == {}


def test_damaged() -> None:
    assert _refusal(b"") == "IN-XLS-DAMAGED"
    assert _refusal(b"<html><table></table></html>") == "IN-XLS-DAMAGED"
    assert _refusal(_TABLE[:2000]) == "IN-XLS-DAMAGED"


def test_limits() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_xls(_TABLE, Meter("表.xls", Limits(cells=5)))
    assert caught.value.problems[0].message.code == "IN-CELLS"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_TABLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    data = bytearray(_TABLE)
    for at, byte in flips:
        data[at] = byte
    with suppress(UnreadableError):
        _read(bytes(data))
