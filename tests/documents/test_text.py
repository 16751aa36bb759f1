"""Plain text and Markdown: grids among prose, cell by cell and with their places."""

from contextlib import suppress
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.grid import Document, Grid, Paragraph
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.text import read_text
from perfeval.errors import UnreadableError


def read(text: str | bytes, *, markdown: bool = False, limits: Limits | None = None) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_text(data, Meter("a.txt", limits or Limits()), markdown=markdown)


def shown(document: Document) -> list[str | list[list[str]]]:
    """Give each paragraph as its text, each grid as its rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


def codes(document: Document) -> list[str]:
    return [f"{finding.places[0]} {finding.code}" for finding in document.findings]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("标题  \n(2024 年度)\n", ["标题", "(2024 年度)"]),
        ("a\tb\t\n\tc\td\n", [[["a", "b", ""], ["", "c", "d"]]]),
        ("a\tb\n\nc\td\n", [[["a", "b"]], [["c", "d"]]]),
        ("a\tb\n正文\nc\td\n", [[["a", "b"]], "正文", [["c", "d"]]]),
        ("a\tb\r\rc\td\r", [[["a", "b"]], [["c", "d"]]]),
        ("a\tb\u2028c\td\u2029e", [[["a", "b"], ["c", "d"]], "e"]),  # the only line ends
        ("a\tb\u2028c\td\n", [[["a", "b\nc", "d"]]]),  # a break within a cell
        ("一\x0b二\n", ["一\n二"]),
        ("\t首行缩进的正文\n\t第二段\n", ["首行缩进的正文", "第二段"]),
        ("\t\t率\t\n", [[["", "", "率", ""]]]),
        ("\t率\n数量\t10\n", [[["", "率"], ["数量", "10"]]]),
        ("•\t主要职能\n", ["•\t主要职能"]),
        ("-\t10\n", [[["-", "10"]]]),
        (" \u3000\xa0\n \n正文", ["正文"]),
        (
            "&lt;=8.90\t&#62;=5&nbsp;次\tA&B;C&D\t<=8.90 万元\n",
            [[["<=8.90", ">=5 次", "A&B;C&D", "<=8.90 万元"]]],
        ),
        ("<p>一</p> <p>二</p>\t三<br/>四<BR >五\n", [[["一\n二", "三\n四\n五"]]]),
        ("<b>总分</b>\t<span style='x'>100</span>\t10<sup>2</sup>\n", [[["总分", "100", "10<sup>2</sup>"]]]),
        ("&lt;br&gt;\tx\n", [[["<br>", "x"]]]),
        ("**总分** # - \\* `x`\n- 五\n# 六", ["**总分** # - \\* `x`", "- 五", "# 六"]),  # no Markdown
        ('x\t"一\n二"\t"三\n四 ""五"""\ny\tz\n', [[["x", "一\n二", '三\n四 "五"'], ["y", "z"]]]),
        ('"一\n二"\tz\n', [[["一\n二", "z"]]]),
        ('x\t"一\ny\tz"\n', [[["x", '"一'], ["y", 'z"']]]),  # the tab shows that it is no such cell
        ('"一\n二"\n', ['"一', '二"']),
        ('"三公"经费\tx\n', [[['"三公"经费', "x"]]]),
        ("见<table>一节\n", ["见<table>一节"]),
    ],
)
def test_text(text: str, blocks: list[object]) -> None:
    document = read(text)
    assert shown(document) == blocks
    assert document.findings == ()
    assert not any(block.aligned for block in document.blocks if isinstance(block, Grid))


@pytest.mark.parametrize(
    ("text", "blocks", "aligned"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | 2 |\n", [[["a", "b"], ["1", "2"]]], True),
        ("a | b\n:- | -\n1 | 2\n", [[["a", "b"], ["1", "2"]]], True),
        ("a | b\n--- | ---\n1 | 2\n", [[["a", "b"], ["1", "2"]]], True),
        ("|-|-|\n", [[["-", "-"]]], True),
        ("| a | b |\n|-|-|\n|1|2|\n| - | - |\n|---|---|\n", [[["a", "b"], ["1", "2"], ["-", "-"]]], True),
        ("| a |  | c |\n|  | b |\n", [[["a", "", "c"], ["", "b"]]], False),
        ("一级|二级|三级\n产出|数量|次数\n", [[["一级", "二级", "三级"], ["产出", "数量", "次数"]]], True),
        ("> | a | b |\n> |---|---|\n", [[["a", "b"]]], True),
        (
            r"| x\|y | 5\*3 | \<=9 | &lt;=8<br>b | **粗** | `a*b` |",
            [[["x|y", "5*3", "<=9", "<=8\nb", "粗", "a*b"]]],
            True,
        ),
        ("| 2**3**4 | 2*3*4 | ** a ** |\n", [[["2**3**4", "2*3*4", "** a **"]]], True),
        ("首页|新闻", ["首页|新闻"], None),
        ("|x|\n", ["|x|"], None),
        ("|---|---|\n", [], None),
    ],
)
def test_pipe_tables(text: str, blocks: list[object], aligned: bool | None) -> None:
    document = read(text, markdown=True)
    assert shown(document) == blocks
    assert [block.aligned for block in document.blocks if isinstance(block, Grid)] == [aligned] * (
        aligned is not None
    )


def test_marks_of_markdown_are_no_text() -> None:
    text = (
        "# 目 录 #\n\n- 一、主要职能\n  * 二\n## **(二) 结构**\n---\n```\n一、**财政拨款**：指…\n```\n"
        "#1 机组\n-5 万元\n标题\n====\n###### \n# C#\n1. 五\n"
    )
    assert shown(read(text, markdown=True)) == [
        *(
            "目 录",
            "一、主要职能",
            "二",
            "(二) 结构",
            "一、财政拨款：指…",
            "#1 机组",
            "-5 万元",
            "标题",
            "C#",
            "1. 五",
        ),
    ]
    assert shown(read("- a\t**b**\t\\-5\n", markdown=True)) == [[["- a", "b", "-5"]]]


def test_places() -> None:
    document = read("标题\n\n\nx\ty\n\f正文\n\n| a | b |\n")
    assert [(str(block.place), block.place.page) for block in document.blocks] == [
        ("a.txt:1:p1", 1),
        ("a.txt:4:p1", 1),
        ("a.txt:5:p2", 2),
        ("a.txt:7:p2", 2),
    ]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert [str(cell.place) for cell in grid.rows[0].cells] == ["a.txt:4:1:p1", "a.txt:4:2:p1"]
    assert [cell.column for cell in grid.rows[0].cells] == [0, 1]
    assert read("x\n").blocks[0].place.page is None


def test_a_new_page_begins_a_new_grid() -> None:
    assert shown(read("a\tb\n\fc\td\n")) == [[["a", "b"]], [["c", "d"]]]


def test_html_tables_in_text() -> None:
    pytest.importorskip("perfeval.documents.web.reader")
    text = "一\n<html><body><table><tr><td>a</td><td>&lt;=5</td></tr></table></body></html>\n二\n\n<TABLE\n><tr><td>x</table>三\n四"
    document = read(text, markdown=True)
    assert shown(document) == ["一", [["a", "<=5"]], "二", [["x"]], "三", "四"]
    assert [str(block.place) for block in document.blocks] == [
        *("a.txt:1", "a.txt:t1", "a.txt:3", "a.txt:t2", "a.txt:6", "a.txt:7"),
    ]
    assert document.findings == ()


def test_doubts_about_html_tables_in_text_are_passed_on() -> None:
    pytest.importorskip("perfeval.documents.web.reader")
    document = read(
        "一\n<table><tr><td><s>5</s></td></tr></table>\n二\n"
        "<table><tr><td>a</td></tr><tr><td><img src=b.png></td></tr></table>\n",
        markdown=True,
    )
    assert shown(document) == ["一", [["5"]], "二", [["a"], [""]]]
    assert codes(document) == ["a.txt:t1:r1 PE033", "a.txt:t2:r2 PE031"]


def test_nested_and_unclosed_html_tables() -> None:
    pytest.importorskip("perfeval.documents.web.reader")
    nested = read("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table></table>正文")
    assert shown(nested)[-1] in {"正文", "</table>正文"}
    document = read("一\n<table><tr><td>a</td></tr><tr><td>b</td></tr>\n二\n三")
    assert shown(document) == ["一", [["a"], ["b"]], "二", "三"]
    assert codes(document) == ["a.txt:2 PE012"]


@pytest.mark.parametrize(
    "text",
    [
        "三级指标      分值    得分\n数量  10  10\n",
        "+------+------+\n| 指标 | 得分 |\n+------+------+\n| 数量 | 10   |\n|      | 11   |\n+------+------+\n",
        "┌──┬──┐\n│指标│得分│\n└──┴──┘\n",
    ],
)
def test_drawn_tables_are_not_read_and_reported(text: str) -> None:
    document = read("正文\n\n" + text)
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert codes(document) == ["a.txt:3 PE014"]


def test_prose_with_gaps_is_no_drawn_table() -> None:
    assert read("单位：  万元    制表：  某某\n得分  见表\n首页│新闻\n").findings == ()


def test_limits() -> None:
    for limits, text in (
        (Limits(size=3), "正文正文"),
        (Limits(cells=3), "a\tb\nc\td"),
        (Limits(cell_length=3), "正文正文"),
        (Limits(cell_length=3), "正文正文\tb"),
        (Limits(pages=2), "a\f\f\fb"),
        (Limits(seconds=-1), "a"),
    ):
        with pytest.raises(UnreadableError, match=r"a\.txt: "):
            read(text, limits=limits)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            " ",
            "<p ",
            "**a",
            "`a",
            "\\",
            "&",
            "|",
            "| ",
            "#",
            "# ",
            "- ",
            "--- ",
            '"',
            '"\n',
            'x\t"a\n',
            '"\tb',
        ),
        *("<table ", "</table>", "\t", "\f", "> ", "│", "\u2028", "指标值  "),
    ],
)
@pytest.mark.parametrize("end", ["", "x"])
def test_hostile_repetition_takes_no_longer_than_other_text(piece: str, end: str) -> None:
    start = monotonic()
    with suppress(UnreadableError):
        read("正文" + piece * (100_000 // len(piece)) + end, markdown=True)
    assert monotonic() - start < 10


_WORD = st.text(st.sampled_from("ab指标%≥<=5.-（）"), max_size=5)


@given(st.lists(st.lists(_WORD, min_size=2, max_size=5), min_size=1, max_size=5), st.booleans())
def test_cells_written_with_tabs_are_read(rows: list[list[str]], gbk: bool) -> None:
    rows[0][0], rows[0][1] = "三级指标", "得分"
    rows = [[cell.replace("<p", "") for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in rows)
    assert shown(read(text.encode("gb18030") if gbk else text.encode())) == [rows]


@given(st.lists(st.lists(_WORD, min_size=3, max_size=3), min_size=1, max_size=5))
def test_cells_written_as_a_pipe_table_are_read(rows: list[list[str]]) -> None:
    lines = ["| 列一 | 列二 | 列三 |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)]
    kept = [row for row in rows if not all(cell.strip("-") == "" and len(cell) > 2 for cell in row)]
    document = read("\n".join(lines), markdown=True)
    assert shown(document) == [[["列一", "列二", "列三"], *kept]]


@given(
    st.binary()
    | st.text(st.sampled_from('a指\t\n\r\f|"\\*`#-&;<>/table p\u2028\x0b+│')).map(str.encode)
    | st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "</td>", "a\tb", "\n", "|", "x"])).map(
        lambda parts: "".join(parts).encode()
    ),
    st.booleans(),
)
def test_any_bytes_are_read_or_refused(data: bytes, markdown: bool) -> None:
    with suppress(UnreadableError):
        document = read(data, markdown=markdown)
        assert all(finding.text("en") and finding.text("zh") for finding in document.findings)
