"""Separated text: what was written is read, whatever the delimiter and the encoding; broken quotes are reported."""

import csv
import io
from contextlib import suppress
from time import monotonic

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval.documents.grid import Document, Grid
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.separated import _is_well_formed, _lenient, _strict, read_separated
from perfeval.errors import UnreadableError


def read(text: str | bytes, limits: Limits | None = None) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_separated(data, Meter("a.csv", limits or Limits()))


def grid_of(document: Document) -> Grid:
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    return grid


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in grid_of(document).rows]


def codes(document: Document) -> list[str]:
    return [finding.text("en") for finding in document.findings]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("指标,分值\n数量,10\n", [["指标", "分值"], ["数量", "10"]]),
        ("指标\t分值\t备注\n数量\t1,170.42\t\n", [["指标", "分值", "备注"], ["数量", "1,170.42", ""]]),
        ("a|b\r\n1|2", [["a", "b"], ["1", "2"]]),
        ("a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
        ("甲，乙\n丙，丁", [["甲，乙"], ["丙，丁"]]),
        ('a,"b ""c"" d","x\r\ny"\n1,2,3', [["a", 'b "c" d', "x\ny"], ["1", "2", "3"]]),
        ("sep=;\na,b;c\n1,2;3", [["a,b", "c"], ["1,2", "3"]]),
        ('"SEP=|"\r\na,b|c\r\n', [["a,b", "c"]]),
        ("sep=,\n", []),
        ("a,b\n\n1,2\n,\n", [["a", "b"], ["1", "2"], ["", ""]]),
        ("a,b\n1,2\n\x1a", [["a", "b"], ["1", "2"]]),
        ('="00123","=""=100%""",=1+2', [["00123", "=100%", "=1+2"]]),
        ("'=100%,'-5,'+5,'@x,'<=8,'≥9,'=", [["=100%", "-5", "+5", "@x", "<=8", "≥9", "="]]),
        ("'24年,'引用',a'=b", [["'24年", "'引用'", "a'=b"]]),  # no guards
        (" a , b ", [[" a ", " b "]]),
    ],
)
def test_rows(text: str, rows: list[list[str]]) -> None:
    document = read(text)
    assert texts(document) == rows
    assert document.findings == ()


def test_places_and_stored_text() -> None:
    grid = grid_of(read('sep=,\n甲,"一\n二"\n\n\'=5,乙\n'))
    assert str(grid.place) == "a.csv:2"
    assert [str(row.place) for row in grid.rows] == ["a.csv:2", "a.csv:5"]
    assert [str(cell.place) for cell in grid.rows[1].cells] == ["a.csv:5:1", "a.csv:5:2"]
    assert [(cell.column, cell.text, cell.raw) for cell in grid.rows[1].cells] == [
        (0, "=5", "'=5"),
        (1, "乙", None),
    ]


def test_aligned_only_if_all_rows_have_as_many_fields() -> None:
    assert grid_of(read("a,b\n1,2")).aligned
    assert not grid_of(read("标题\na,b\n1,2")).aligned


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    assert texts(read("三级指标,满意度≥90%\n".encode(encoding))) == [["三级指标", "满意度≥90%"]]


def test_quotes_that_are_not_closed_stay_and_are_reported() -> None:
    document = read('a,b,c\n"重点"项目,"3,174.98",x\n"一,\n"二\n三","四",5\n')
    assert texts(document) == [
        ["a", "b", "c"],
        ['"重点"项目', "3,174.98", "x"],
        ['"一', ""],
        ["二\n三", "四", "5"],
    ]
    assert codes(document) == [
        "a.csv:2:1: PE010 2 cells begin with a quotation mark that is not closed; the marks were kept as written: please check"
    ]
    assert [str(place) for place in document.findings[0].places] == ["a.csv:2:1", "a.csv:3:1"]
    assert [row.place.line for row in grid_of(document).rows] == [1, 2, 3, 4]


def test_rows_swallowed_by_two_stray_quotes_are_reported() -> None:
    document = read('a,b,c\n1,"x,5\n2,y,6\n3,z",7\n')
    assert codes(document) == [
        "a.csv:2:2: PE011 1 cells hold what look like whole rows; a quotation mark may be missing: please check"
    ]
    assert codes(read('a,b,c\n1,"目标一, 其余\n目标二",3\n')) == []


def test_fields_longer_than_the_csv_module_admits() -> None:
    before = csv.field_size_limit()
    long = "长" * 150_000
    assert texts(read(f"a,{long}\nb,c")) == [["a", long], ["b", "c"]]
    with pytest.raises(UnreadableError, match="200000 字符"):
        read(f"a,{long}{long}\n")
    assert csv.field_size_limit() == before


def test_limits() -> None:
    with pytest.raises(UnreadableError, match="单元格"):
        read("a,b\nc,d\n", Limits(cells=3))
    with pytest.raises(UnreadableError, match="字节"):
        read("a,b\nc,d\n", Limits(size=3))
    with pytest.raises(UnreadableError, match="文件是空的"):
        read("\n")
    with pytest.raises(UnreadableError, match="不是可读的文本"):
        read(b"a,b\0\n")


@pytest.mark.parametrize("piece", ['"', '"a,', '"a""', ',"', '""x,', '"\n', "'=", ',""""x', "\n\n"])
def test_hostile_quotes_take_no_longer_than_others(piece: str) -> None:
    start = monotonic()
    read("a,b\n" + piece * 60_000, Limits(cell_length=10**6))
    assert monotonic() - start < 20


_CELL = st.text(st.sampled_from("ab指标 \"“\n<>='-５.，；"), max_size=6)
_ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)


def written(rows: list[list[str]], delimiter: str, quoting: int, line_end: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]  # typeshed wants a Literal
    writer.writerows(rows)
    return stream.getvalue()


@given(
    _ROWS,
    st.sampled_from(",\t;|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8-sig", "utf-8", "utf-16", "gb18030"]),
)
def test_what_was_written_is_read(
    rows: list[list[str]], delimiter: str, quoting: int, line_end: str, encoding: str
) -> None:
    assume(any(cell.strip() for row in rows for cell in row))
    assume(not any(cell.startswith(("'", '="')) for row in rows for cell in row))
    if line_end == "\r":
        quoting = csv.QUOTE_ALL  # the writer leaves a cell that holds the other line end unquoted
    text = f"sep={delimiter}\n" + written(rows, delimiter, quoting, line_end)
    data = text.encode(encoding)
    assume(encoding != "gb18030" or not _is_utf8(data))
    document = read(data)
    assert texts(document) == rows
    assert grid_of(document).aligned


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(
    st.integers(3, 6).flatmap(
        lambda width: st.lists(
            st.lists(
                st.sampled_from(["数量", "≥1,234.5", "目标\n二", '"甲"', "", "a；b"]),
                min_size=width,
                max_size=width,
            ),
            min_size=3,
            max_size=8,
        )
    ),
    st.sampled_from(",\t;|"),
)
def test_the_delimiter_is_found(rows: list[list[str]], delimiter: str) -> None:
    rows[0] = [f"列{column}" for column in range(len(rows[0]))]
    assert texts(read(written(rows, delimiter, csv.QUOTE_MINIMAL, "\r\n"))) == rows


@given(st.text(st.sampled_from('a,"\n\r|指'), max_size=30), st.sampled_from(",|"))
def test_both_parsers_agree_on_what_is_well_formed(text: str, delimiter: str) -> None:
    lenient = list(_lenient(text, delimiter, 1))
    if _is_well_formed(text, delimiter):
        assert lenient == list(_strict(text, delimiter, 1))
    # Nothing is lost: all that is no quote, delimiter or line end stands in a cell.
    letters = "".join(field for record in lenient for field in record.fields)
    assert letters.count("a") == text.count("a")
    assert letters.count("指") == text.count("指")


@given(st.binary() | st.text(st.sampled_from("ab,;\t|\"\n\r='sep\ufeff\f\x00指")).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableError):
        assert read(data).blocks
