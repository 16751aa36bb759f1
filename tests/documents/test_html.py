"""Web pages: what a browser shows, cell by cell and with its places."""

from contextlib import suppress
from email.message import EmailMessage
from time import monotonic

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.documents.grid import Block, Document, Grid, Paragraph
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.shown import in_symbol_font, superscript
from perfeval.documents.web.reader import html_blocks, is_mhtml, read_html, read_mhtml
from perfeval.errors import UnreadableError
from perfeval.findings import Location


def read(page: str | bytes, limits: Limits | None = None) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_html(data, Meter("a.html", limits or Limits()))


def shown(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    """Give each paragraph as its text, each grid as its rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in blocks
    ]


def spans(document: Document) -> list[list[tuple[str, int, int, int]]]:
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return [
        [(cell.text, cell.column, cell.row_span, cell.column_span) for cell in row.cells] for row in grid.rows
    ]


def codes(document: Document) -> list[str]:
    return [f"{finding.places[0]} {finding.code}" for finding in document.findings]


def cell(inside: str) -> str:
    (row,) = spans(read(f"<table><tr><td>x<td>{inside}</table>"))
    return row[1][0]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>标题<p>单位：<b>万元</b>", ["标题", "单位：万元"]),
        ("散文<div>块<div>内</div>后</div>尾", ["散文", "块", "内", "后", "尾"]),
        ("<p>a<br>b<br></p><p>&nbsp;</p>", ["a\nb"]),
        ("<title>t</title><style>s</style><script>j</script><noscript>n</noscript><p>文", ["文"]),
        ("<p>文<template>t</template><!-- c -->字<?php x?>", ["文字"]),
        ("<p hidden>h<p style='DISPLAY : none'>d<p style='visibility:hidden'>v<p>文", ["文"]),
        ("<p>前<table><caption>标题</caption><tr><td>1</table>后", ["前", "标题", [["1"]], "后"]),
        ("<table>散<tr>落<td>1</table>", ["散", "落", [["1"]]]),
        ("<table><tr><td>&nbsp;<td> </table>文", ["文"]),
        ("<table></table>文", ["文"]),
        ("<table><form><tr><td>1<td>2</tr></form></table>", [[["1", "2"]]]),
        ("<![if !x]>文<![endif]>", ["文"]),
    ],
)
def test_blocks(page: str, blocks: list[str | list[list[str]]]) -> None:
    result = read(page)
    assert shown(result.blocks) == blocks
    assert result.findings == ()


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("  a \n  b  ", "a b"),
        ("a<br>b", "a\nb"),
        ("a <br/> b<br>", "a\nb"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("<div>a<div>b</div></div>c", "a\nb\nc"),
        ("a<p>&nbsp;</p>b", "a\n \nb"),
        ("a&nbsp;&nbsp;b&nbsp;", "a  b"),
        ("<b>a </b> b", "a b"),
        ("a<b> </b>b", "a b"),
        ("&ge;95%&lt;5", "≥95%<5"),
        ("10<sup>2</sup>", "10²"),
        ("<font face=Symbol>&#179;</font>5", "≥5"),
        ("<span style='font-family:Symbol;mso-char-type:symbol'>&#61603;</span>5", "≤5"),
        (
            "<span style='font-family:Symbol'>&#183;<span style='font:7.0pt \"Times\"'>&nbsp;b</span></span>",
            "• b",
        ),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ("<span style='white-space:pre-wrap'>a  b\nc</span>", "a  b\nc"),
        ("<span style='white-space:nowrap'>a  b</span>", "a b"),
        ("<input value='95%'><input type=hidden value=h><input type=submit value=s>", "95%"),
        ("<input type=checkbox checked>是<input type=checkbox>否", "☑是☐否"),
        ("<input type=radio checked>是<input type=radio>否", "●是○否"),
        ("<select><option>甲<option selected>乙</select>", "乙"),
        ("<select><option>甲<option>乙</select>", "甲"),
        ("<textarea>a\nb</textarea>", "a\nb"),
        ("<ruby>音<rp>(<rt>yin<rp>)</ruby>", "音"),
        ("<a href=x>链</a><img src=x alt=图>", "链"),
        ("<o:p>词</o:p>", "词"),
        ("<span style='display:none'>h</span>显<span style='mso-hide:all'>h</span>", "显"),
        ("&unknown;", "&unknown;"),
        ("\u3000缩进", "\u3000缩进"),
    ],
)
def test_what_a_cell_shows(inside: str, text: str) -> None:
    assert cell(inside) == text


def test_spans() -> None:
    page = (
        "<table><tr><th rowspan=2>甲<th colspan=2>乙<th rowspan=3>丙</tr><tr><td>a<td>b</tr>"
        "<tr><td colspan=0>c<td rowspan=-1>d<td>e</tr></table>"
    )
    assert spans(read(page)) == [
        [("甲", 0, 2, 1), ("乙", 1, 1, 2), ("丙", 3, 3, 1)],
        [("a", 1, 1, 1), ("b", 2, 1, 1)],
        [("c", 0, 1, 1), ("d", 1, 1, 1), ("e", 2, 1, 1)],
    ]


def test_row_spans_end_with_their_group() -> None:
    page = (
        "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody>"
        "<tbody><tr><td rowspan=9>d<td>e</tbody><tbody><tr><td>f<td>g</tbody></table>"
    )
    assert spans(read(page)) == [
        [("a", 0, 2, 1), ("b", 1, 1, 1)],
        [("c", 1, 1, 1)],
        [("d", 0, 1, 1), ("e", 1, 1, 1)],
        [("f", 0, 1, 1), ("g", 1, 1, 1)],
    ]


def test_head_first_foot_last() -> None:
    page = (
        "<table><tfoot><tr><td>尾</tfoot><tbody><tr><td>体</tbody><thead><tr><td>头</thead>"
        "<tfoot><tr><td>再尾</tfoot></table>"
    )
    assert [row[0][0] for row in spans(read(page))] == ["头", "体", "再尾", "尾"]


def test_whole_width_is_no_more_columns() -> None:
    page = "<table><tr><td colspan=9999>题</tr><tr><td>a<td colspan=3>b</tr></table>"
    assert spans(read(page)) == [[("题", 0, 1, 2)], [("a", 0, 1, 1), ("b", 1, 1, 1)]]


def test_hidden_rows_and_cells_are_not_there() -> None:
    page = (
        "<table><tr style='display:none'><td>h</tr><tr><td hidden>h<td style='visibility:hidden'>v<td>a</tr>"
        "<tr style='visibility:collapse'><td>h</tr></table>"
    )
    assert spans(read(page)) == [[("", 0, 1, 1), ("a", 1, 1, 1)]]


def test_overlapping_cells_are_doubted() -> None:
    result = read("<table><tr><td>a<td rowspan=2>b</tr><tr><td colspan=2>c</tr></table>")
    assert spans(result) == [[("a", 0, 1, 1), ("b", 1, 2, 1)], [("c", 0, 1, 1)]]
    assert codes(result) == ["a.html:t1 PE032"]
    assert not next(block.aligned for block in result.blocks if isinstance(block, Grid))


def test_layout_tables_are_no_grids() -> None:
    page = (
        "<table><tr><td>导航<td><p>标题</p><table><tr><td>1<td>2</table>文<table><tr><td>3</table></tr>"
        "<tr><td>页脚</table>"
    )
    result = read(page)
    assert shown(result.blocks) == ["导航", "标题", [["1", "2"]], "文", [["3"]], "页脚"]
    assert result.findings == ()


def test_a_spacer_in_a_cell_makes_no_layout() -> None:
    spacer = "<table><tr><td>&nbsp;</table><table hidden><tr><td>h</table>"
    assert shown(read(f"<table><tr><td>1{spacer}<td>2</table>").blocks) == [[["1", "2"]]]


def test_a_full_table_taken_for_layout_is_doubted() -> None:
    row = "<tr><td>1<td>2<td>3<td>4</tr>"
    result = read(f"<table>{row}{row}<tr><td><table><tr><td>内</table></tr></table>")
    assert shown(result.blocks)[-1] == [["内"]]
    assert codes(result) == ["a.html:1 PE034"]


@pytest.mark.parametrize(
    ("inside", "code"),
    [("<img src=a.png>", "PE031"), ("<s>90</s>95", "PE033"), ("<font face=Wingdings>Z</font>", "PE030")],
)
def test_what_is_doubted_in_a_cell(inside: str, code: str) -> None:
    assert codes(read(f"<table><tr><td>x<tr><td>{inside}</table>")) == [f"a.html:t1:r2 {code}"]


def test_places() -> None:
    result = read(
        "<p>一\n<p>二\n\n<table>\n<tr><td>a\n<tr><td>b</table><div>\n三</div><table><tr><td>c</table>"
    )
    assert [str(block.place) for block in result.blocks] == [
        "a.html:1",
        "a.html:2",
        "a.html:t1",
        "a.html:6",
        "a.html:t2",
    ]
    grid = result.blocks[2]
    assert isinstance(grid, Grid)
    assert [str(row.cells[0].place) for row in grid.rows] == ["a.html:t1:r1", "a.html:t1:r2"]


def test_a_piece_of_another_document() -> None:
    place = Location(file="a.md", line=10, table=3)
    blocks = html_blocks("<p>文</p>\n<p>字</p><table><tr><td>1</table>", Meter("a.md"), place).blocks
    assert shown(blocks) == ["文", "字", [["1"]]]
    assert [str(block.place) for block in blocks] == ["a.md:10", "a.md:11", "a.md:t3"]
    assert html_blocks(" ", Meter("a.md"), place) == Document(())
    first = html_blocks("<table><tr><td>题</table>", Meter("a"), attrs.evolve(place, table=None))
    assert first.blocks[0].place.table == 1


def test_tables_saved_by_excel_and_libreoffice() -> None:
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'
        '<tr><td x:num="0.9839" style=\'mso-number-format:"0\\.00%"\'>98.39%<td x:num>5<td x:num="7">7</tr>'
        '<tr><td sdval="0.9839" sdnum="1033;0;0.00%">98.39%<td sdval="5" sdnum="1033;">5<td sdval="1">1.0</tr></table>'
    )
    (grid,) = read(page).blocks
    assert isinstance(grid, Grid)
    assert [[(cell.text, cell.raw, cell.number_format) for cell in row.cells] for row in grid.rows] == [
        [("98.39%", "0.9839", "0.00%"), ("5", None, None), ("7", None, None)],
        [("98.39%", "0.9839", "0.00%"), ("5", None, None), ("1.0", "1", None)],
    ]


TEXT = "<p>绩效自评表：预算执行率≥95%，满意度达到预期指标。</p>" * 3


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"<meta charset=gb2312>" + TEXT.encode("gb18030"),
        b"<META http-equiv='Content-Type' content='text/html; charset=GBK'>" + TEXT.encode("gb18030"),
        b'<?xml version="1.0" encoding="gbk"?>' + TEXT.encode("gb18030"),
        b"<meta charset=gb2312>" + TEXT.encode(),  # mislabelled
        b"<meta charset=utf-8>" + TEXT.encode("gb18030"),  # mislabelled
        b"<meta charset=x-no-such>" + TEXT.encode(),
        b"<meta charset=iso-8859-1>" + TEXT.encode("gb18030"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert shown(read(data).blocks) == ["绩效自评表：预算执行率≥95%，满意度达到预期指标。"] * 3


def test_characters_beyond_gb2312_and_of_big5() -> None:
    assert shown(read(b"<meta charset=gb2312>" + "<p>㎡镕䶮 €".encode("gb18030")).blocks) == ["㎡镕䶮 €"]
    assert shown(read(b"<meta charset=big5>" + "<p>績效自評".encode("big5")).blocks) == ["績效自評"]


def test_one_damaged_character_is_reported_and_nothing_else_lost() -> None:
    data = TEXT.encode() * 20
    result = read(data[:6] + data[7:])
    assert len(result.blocks) == 60
    assert codes(result) == ["a.html:1 PE030"]


def archived(*pages: str, charset: str = "gb2312") -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "保存"
    mail.set_content(pages[0], subtype="html", charset=charset, cte="quoted-printable")
    mail.make_related()
    for page in pages[1:]:
        mail.add_related(page, subtype="html", charset="utf-8", cte="base64")
    mail.add_related(b"\x89PNG", "image", "png")
    return bytes(mail)


def test_web_archives() -> None:
    table = "<p>题</p><table><tr><td>一级指标<td>≥95%</table>"
    data = archived(table, table)
    assert is_mhtml(data)
    result = read(data)
    assert result == read_mhtml(data, Meter("a.html"))
    assert shown(result.blocks) == ["题", [["一级指标", "≥95%"]]] * 2
    assert [str(block.place) for block in result.blocks] == ["a.html:1", "a.html:t1", "a.html:1", "a.html:t2"]


@pytest.mark.parametrize(
    "data", [b"", b"text", b"<p>text", b"Subject: a\n\nContent-Type: multipart/related\n"]
)
def test_what_is_no_web_archive(data: bytes) -> None:
    assert not is_mhtml(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IN-HTML-EMPTY"),
        (b" \n\0", "IN-HTML-EMPTY"),
        (b"<!-- nothing -->", "IN-HTML-EMPTY"),
        (b"<div>" * 300 + b"deep", "IN-HTML-LIMIT"),
        (b"<p>" + b"x" * 11_000_000, "IN-HTML-LIMIT"),
        (b"<p>" + b"x" * 200_001, "IN-LENGTH"),
        (b"<table><tr><td>" + b"x" * 200_001, "IN-LENGTH"),
        (b"<table>" + b"<tr><td colspan=9999>x" * 3_001 + b"</table>", "IN-CELLS"),
        (
            b"<table><tr><td colspan=9999 rowspan=65534>x" + b"<tr><td colspan=9999>x" * 60 + b"</table>",
            "IN-CELLS",
        ),
        (b"Content-Type: multipart/related; boundary=a\n\n--a\n\ntext\n--a--", "IN-HTML-MHTML"),
        (b"Content-Type: multipart/related\n\n", "IN-HTML-MHTML"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    few = Limits(cells=50_000) if b"rowspan" in data else Limits()
    with pytest.raises(UnreadableError) as caught:
        read(data, few)
    (problem,) = caught.value.problems
    assert problem.message.code == code
    assert problem.message.text("en")


def test_nothing_is_fetched_and_no_entity_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;<iframe src="file:///etc/passwd"></iframe>文'
    text = shown(read(page).blocks)
    assert "root" not in str(text)


def test_long_pages_take_linear_time() -> None:
    row = "<tr>" + "<td>≥95%<br>其中" * 8 + "</tr>"
    started = monotonic()
    read("<table>" + row * 5_000 + "</table>" + "<p> " + " <b> </b>" * 20_000)
    read("<table><tr><td>x" * 60 + "</table>" * 60)
    assert monotonic() - started < 15


def test_symbols_and_raised_characters() -> None:
    assert in_symbol_font("\uf0b3³a5", "Symbol ") == "≥≥α5"
    assert in_symbol_font("\uf0b3³", "宋体") == in_symbol_font("\uf0b3³", None) == "\uf0b3³"
    assert in_symbol_font("指标\uf0fe\uf001", "Wingdings") == "指标☑\ufffd"
    assert superscript("-2+a") == "⁻²⁺a"


FULL = (
    "<html><head><meta charset=gb2312></head><body><p>题</p><table border=1><caption>c</caption><thead><tr>"
    "<th rowspan=2>a<th colspan=3>b</thead><tbody><tr><td style='display:none'>h<td>10<sup>2</sup><td>&ge;95%"
    "<table><tr><td>x</table></tbody></table><select><option>1</select><pre> y\n</pre></body></html>"
).encode("gb18030")
ARCHIVE = archived(FULL.decode("gb18030"), "<table><tr><td>1</table>")


@pytest.mark.parametrize("whole", [FULL, ARCHIVE], ids=["page", "archive"])
@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6), st.integers(0, 2000))
def test_flipped_and_cut_pages(whole: bytes, flips: list[tuple[int, int]], length: int) -> None:
    data = bytearray(whole)
    for at, value in flips:
        data[at % len(data)] = value
    with suppress(UnreadableError):
        read(bytes(data))
    with suppress(UnreadableError):
        read(bytes(data[: length % len(data)]))


TAGS = st.sampled_from(
    "<table> </table> <tr> </tr> <td> </td> <td\trowspan=3> <td\tcolspan=2\trowspan=0> <thead> <tfoot> <caption> <p> "
    "</p> <br> <div> </div> <form> </form> <sup> <pre> 数 95% &nbsp; <table\thidden> <td\thidden> <script> <!-- -->".split(
        " "
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_cells_of_any_tag_soup_never_overlap(tags: list[str]) -> None:
    with suppress(UnreadableError):
        for block in read("".join(tags)).blocks:
            if isinstance(block, Grid):
                slots = [
                    (down, across)
                    for at, row in enumerate(block.rows)
                    for one in row.cells
                    for down in range(at, at + one.row_span)
                    for across in range(one.column, one.stop)
                ]
                assert len(set(slots)) == len(slots)
                assert all(down < len(block.rows) for down, _across in slots)
