"""Word documents: what Word shows, cell by cell and with its places."""

import io
import random
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path
from shutil import which

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.documents.grid import Document, Grid, Paragraph
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.word.reader import read_docx
from perfeval.errors import UnreadableError

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*entries: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def part(name: str, content: str) -> str:
    return f"<w:{name} {NAMES}>{content}</w:{name}>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def made(body: str, related: dict[str, str | bytes] | None = None) -> bytes:
    """Make a document of this body; related parts are named by ``kind:file``."""
    others = related or {}
    named = [(name.partition(":")[0], name.partition(":")[2]) for name in others]
    return packed(
        {
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*named),
            **{f"word/{file}": others[f"{kind}:{file}"] for kind, file in named},
        }
    )


def read(data: bytes | str, limits: Limits | None = None) -> Document:
    return read_docx(made(data) if isinstance(data, str) else data, Meter("a.docx", limits or Limits()))


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined] # python-docx hides the class
    return buffer.getvalue()


def shown(document: Document) -> list[str | list[list[str]]]:
    """Give each paragraph as its text, each grid as its rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


def spans(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    return [
        [(cell.text, cell.column, cell.row_span, cell.column_span) for cell in row.cells] for row in grid.rows
    ]


def codes(document: Document) -> list[str]:
    return [f"{finding.places[0]} {finding.code}" for finding in document.findings]


def only_grid(document: Document) -> Grid:
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return grid


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def test_blocks_in_order_with_their_places() -> None:
    document = docx.Document()
    document.add_paragraph("项目支出绩效自评表")
    document.add_paragraph("")
    document.add_paragraph("单位：万元")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "指标"
    table.cell(1, 1).text = "≥95%\n其中一类"
    document.add_paragraph("填表人：")
    document.add_table(1, 1).cell(0, 0).text = "另表"
    result = read(saved(document))
    assert shown(result) == [
        "项目支出绩效自评表",
        "单位：万元",
        [["指标", ""], ["", "≥95%\n其中一类"]],
        "填表人：",
        [["另表"]],
    ]
    assert [str(block.place) for block in result.blocks] == [
        "a.docx:1",
        "a.docx:3",
        "a.docx:t1",
        "a.docx:4",
        "a.docx:t2",
    ]
    grid = result.blocks[2]
    assert isinstance(grid, Grid)
    assert [str(cell.place) for row in grid.rows for cell in row.cells] == ["a.docx:t1:r1"] * 2 + [
        "a.docx:t1:r2"
    ] * 2
    assert result.findings == ()


def test_merged_cells_of_python_docx() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 0).merge(table.cell(3, 1)).text = "块"
    table.cell(2, 2).text = "x"
    grid = only_grid(read(saved(document)))
    assert spans(grid) == [
        [("横", 0, 1, 2), ("", 2, 1, 1)],
        [("块", 0, 3, 2), ("", 2, 1, 1)],
        [("x", 2, 1, 1)],
        [("", 2, 1, 1)],
    ]
    assert grid.aligned
    assert grid.edges is not None
    assert len(grid.edges) == 4


def test_cells_before_and_after_the_row_and_edges() -> None:
    body = tbl(
        tr(tc("a"), tc("b"), tc("c")),
        tr(tc("d"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        widths=(200, 300, 400),
    )
    grid = only_grid(read(body))
    assert spans(grid)[1] == [("d", 1, 1, 1)]
    assert list(grid.edges or ()) == [0, 10, 25, 45]
    assert grid.aligned


def test_old_horizontal_merge_with_a_vertical_one() -> None:
    start, more = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = tbl(
        tr(
            tc("a", f'{start}<w:vMerge w:val="restart"/>'),
            tc("?", f'{more}<w:vMerge w:val="restart"/>'),
            tc("b"),
        ),
        tr(tc("?", f"{start}<w:vMerge/>"), tc("?", f"{more}<w:vMerge/>"), tc("c")),
    )
    assert spans(only_grid(read(body))) == [[("a", 0, 2, 2), ("b", 2, 1, 1)], [("c", 2, 1, 1)]]


def test_a_continuation_of_nothing_is_a_cell() -> None:
    more = "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl(
        tr(tc("a", more), tc("b"), tc("c")),
        tr(tc("hidden", more), tc("d", f"{wide}{more}")),
        tr(tc("e", wide), tc("f", more)),
    )
    assert spans(only_grid(read(body))) == [
        [("a", 0, 2, 1), ("b", 1, 1, 1), ("c", 2, 1, 1)],
        [("d", 1, 1, 2)],
        [("e", 0, 1, 2), ("f", 2, 1, 1)],
    ]


def test_uneven_rows_are_doubted() -> None:
    result = read(tbl(tr(tc("a"), tc("b")), tr(tc("c")), tr(tc("d"), tc("e")), widths=(100, 100)))
    assert not only_grid(result).aligned
    assert codes(result) == ["a.docx:t1:r2 PE032"]


@pytest.mark.parametrize("widths", [(100,), (0, 100), (100, 100, 100)])
def test_widths_that_do_not_fit_give_no_edges(widths: tuple[int, ...]) -> None:
    assert only_grid(read(tbl(tr(tc("a"), tc("b")), widths=widths))).edges is None


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def t(text: str) -> str:
    return f"<w:t xml:space='preserve'>{text}</w:t>"


BEGIN, MIDDLE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
INSTRUCTION = "<w:r><w:instrText> REF a </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run(t("a")) + run(t(" b")), "a b"),
        (run("<w:tab/><w:br/><w:noBreakHyphen/>" + t("5")), "\t\n-5"),
        (run('<w:sym w:font="Symbol" w:char="F0B3"/>' + t("95%")), "≥95%"),
        (run('<w:sym w:font="Symbol" w:char="F0A3"/>'), "≤"),
        (run('<w:sym w:font="Wingdings 2" w:char="0052"/>'), "☑"),
        (run('<w:sym w:font="宋体" w:char="2265"/>'), "≥"),
        (run(t("\uf0b3") + t("5"), '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "≥5"),
        (run(t("10")) + run(t("2"), '<w:vertAlign w:val="superscript"/>'), "10²"),
        (run(t("显")) + run(t("隐"), "<w:vanish/>"), "显"),
        (run(t("显"), '<w:vanish w:val="0"/>'), "显"),
        (f"<w:ins>{run(t('新'))}</w:ins><w:del>{run('<w:delText>旧</w:delText>')}</w:del>", "新"),
        (f"<w:moveFrom>{run(t('旧'))}</w:moveFrom><w:moveTo>{run(t('新'))}</w:moveTo>", "新"),
        (f"<w:hyperlink>{run(t('链'))}</w:hyperlink>", "链"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run(t('控'))}</w:sdtContent></w:sdt>", "控"),
        (f'<w:fldSimple w:instr="PAGE">{run(t("3"))}</w:fldSimple>', "3"),
        (BEGIN + INSTRUCTION + MIDDLE + run(t("结果")) + END, "结果"),
        (
            BEGIN + run(t("条件")) + BEGIN + MIDDLE + run(t("内")) + END + MIDDLE + run(t("结果")) + END,
            "结果",
        ),
        (BEGIN + run(t("未完")), "未完"),
        (END + MIDDLE + run(t("乱")), "乱"),
        (f"<m:oMathPara><m:oMath><m:r><m:t>x=</m:t></m:r>{run('')}</m:oMath></m:oMathPara>", "x="),
        (
            (
                "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2+3</m:t></m:r></m:den></m:f>"
                "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
            ),
            "1/(2+3)10²",
        ),
        (
            run(
                f"<w:ruby><w:rt><w:r>{t('yin')}</w:r></w:rt><w:rubyBase><w:r>{t('音')}</w:r></w:rubyBase></w:ruby>"
            ),
            "音",
        ),
        (
            run(
                f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{t('☑')}</mc:Fallback></mc:AlternateContent>"
            ),
            "☑",
        ),
        (
            (
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/>'
                f"</w:checkBox></w:ffData></w:fldChar></w:r>{END}"
            ),
            "☑",
        ),
        (
            (
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/>'
                f'<w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>{END}'
            ),
            "乙",
        ),
    ],
)
def test_what_a_paragraph_shows(inside: str, text: str) -> None:
    result = read(tbl(tr(tc(f"<w:p>{inside}</w:p>"))))
    assert shown(result) == [[[text.strip("\n")]]]
    assert result.findings == ()


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (run('<w:sym w:font="Odd Dingbats" w:char="F041"/>'), "PE030"),
        (run('<w:sym w:font="Symbol" w:char="F0F0"/>'), "PE030"),
        (run('<w:sym w:char="zz"/>'), "PE030"),
        (run('<w:sym w:font="宋体" w:char="D800"/>'), "PE030"),
        (run(t("\uf0b3")), "PE030"),
        (run("<w:drawing><pic:pic/></w:drawing>"), "PE031"),
        (run("<w:object/>") + run(t("5")), "PE031"),
        (BEGIN + "<w:r><w:instrText>EQ \\f(1,2)</w:instrText></w:r>" + END, "PE031"),
        (run(t("90"), "<w:strike/>") + run(t("95")), "PE033"),
    ],
)
def test_what_is_doubted_in_a_cell(inside: str, code: str) -> None:
    assert codes(read(tbl(tr(tc(f"<w:p>{inside}</w:p>"))))) == [f"a.docx:t1:r1 {code}"]


def test_a_picture_beside_words_is_no_doubt() -> None:
    assert (
        read(tbl(tr(tc(f"<w:p>{run(t('印') + '<w:drawing><pic:pic/></w:drawing>')}</w:p>")))).findings == ()
    )


DELETED_MARK = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    joined = p("甲", DELETED_MARK) + p("乙")
    assert shown(read(joined + p("丙") + tbl(tr(tc(joined + p("丙")))))) == ["甲乙", "丙", [["甲乙\n丙"]]]
    assert shown(read(p("末", DELETED_MARK))) == ["末"]


def test_deleted_and_hidden_rows_and_cells_are_not_there() -> None:
    body = tbl(
        tr(tc("a"), tc("b", "<w:cellDel/>")),
        tr(tc("c"), properties="<w:del/>"),
        tr(tc("d"), properties="<w:hidden/>"),
        tr(tc("e"), properties="<w:ins/>"),
    )
    assert shown(read(body)) == [[["a"], ["e"]]]


def test_hidden_styles_with_inheritance() -> None:
    styles = part(
        "styles",
        '<w:style w:styleId="Top"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Below"><w:basedOn w:val="Top"/></w:style>'
        '<w:style w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>',
    )
    body = (
        p("窗体顶端", '<w:pPr><w:pStyle w:val="Below"/></w:pPr>')
        + "<w:p>"
        + run(t("显"), '<w:rStyle w:val="Ring"/>')
        + run(t("隐"), '<w:rStyle w:val="Top"/>')
        + "</w:p>"
    )
    assert shown(read(made(body, {"styles:styles.xml": styles}))) == ["显"]


def test_content_controls_around_everything() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = control(p("甲") + control(tbl(control(tr(control(tc("乙")), tc(control(p("丙"))))))))
    assert shown(read(body)) == ["甲", [["乙", "丙"]]]


def test_text_boxes_once() -> None:
    box = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
        "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    ).format(p("框") + tbl(tr(tc("框内表"))))
    only_old = f"<w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict>"
    body = f"<w:p>{run(t('文') + box)}</w:p>" + tbl(tr(tc(f"<w:p>{run(t('格') + only_old)}</w:p>")))
    assert shown(read(body)) == ["文", "框", [["框内表"]], [["格"]], "旧框"]


def test_nested_tables_follow_the_outer_one() -> None:
    body = tbl(tr(tc(p("外") + tbl(tr(tc("内"), tc(tbl(tr(tc("最内"))) + p("")))) + p("后"))))
    result = read(body)
    assert shown(result) == [[["外\n后"]], [["内", ""]], [["最内"]]]
    assert [str(block.place) for block in result.blocks] == ["a.docx:t1", "a.docx:t2", "a.docx:t3"]


def test_notes_follow_the_body_if_they_are_referred_to() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:id="1">{p("注一")}</w:footnote><w:footnote w:id="2">{p("?")}</w:footnote>',
    )
    body = "<w:p>" + run(t("文") + '<w:footnoteReference w:id="1"/>') + "</w:p>" + p("末")
    assert shown(read(made(body, {"footnotes:footnotes.xml": notes}))) == ["文", "末", "注一"]


def test_a_web_page_in_the_document() -> None:
    page = "<p>页</p><table><tr><td>1<td>2</table>".encode()
    body = p("前") + tbl(tr(tc("表"))) + '<w:altChunk r:id="r0"/>' + tbl(tr(tc("后")))
    result = read(made(body, {"aFChunk:page.html": page}))
    assert shown(result) == ["前", [["表"]], "页", [["1", "2"]], [["后"]]]
    assert [str(block.place) for block in result.blocks if isinstance(block, Grid)] == [
        "a.docx:t1",
        "a.docx:t2",
        "a.docx:t3",
    ]
    assert codes(read(made('<w:altChunk r:id="r0"/>', {"aFChunk:page.rtf": b"{}"}))) == ["a.docx:1 PE031"]


def test_the_strict_form() -> None:
    body = p("严") + tbl(tr(tc("格", '<w:gridSpan w:val="2"/>')), widths=(100, 100))
    content = part("document", f"<w:body>{body}</w:body>")
    for loose, strict in (
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/math",
            "http://purl.oclc.org/ooxml/officeDocument/math",
        ),
    ):
        content = content.replace(loose, strict)
    result = read(packed({"word/document.xml": content}))
    assert shown(result) == ["严", [["格"]]]
    assert spans(only_grid(result)) == [[("格", 0, 1, 2)]]


def test_parts_named_otherwise() -> None:
    parts: dict[str, str | bytes] = {
        "_rels\\.rels": relations(("officeDocument", "/Word/Main.xml")),
        "word\\main.xml": part("document", f"<w:body>{p('文')}</w:body>"),
    }
    assert shown(read(packed(parts))) == ["文"]


def nested(depth: int) -> str:
    return tbl(tr(tc(nested(depth - 1)))) if depth else p("a")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IN-ZIP-BROKEN"),
        (b"PK\x03\x04 cut off", "IN-ZIP-BROKEN"),
        (packed({"a.txt": "a"}), "IN-DOCX-NOT"),
        (packed({"word/document.xml": "<a/>"}), "IN-DOCX-NOT"),
        (packed({"word/document.xml": part("document", "")}), "IN-DOCX-NOT"),
        (packed({"word/document.xml": "<a>"}), "IN-DOCX-XML"),
        (packed({"word/document.xml": "<a>&b;</a>"}), "IN-DOCX-XML"),
        (packed({"word/document.xml": "<a>" * 300 + "</a>" * 300}), "IN-DOCX-XML"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "IN-ENTITIES"),
        (made(tbl(tr(tc("a", '<w:gridSpan w:val="999999999"/>')))), "IN-CELLS"),
        (made(tbl(tr(tc("a"), properties='<w:gridBefore w:val="999999999"/>'))), "IN-CELLS"),
        (made(nested(4)), "IN-NESTING"),
        (made(p("字" * 200_001)), "IN-LENGTH"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert problem.message.code == code
    assert problem.file == "a.docx"
    assert problem.message.text("en")


def test_odd_numbers_are_the_least_ones() -> None:
    body = tbl(tr(tc("a", '<w:gridSpan w:val="-1"/>'), tc("b", f'<w:gridSpan w:val="{"9" * 5000}"/>')))
    assert spans(only_grid(read(body))) == [[("a", 0, 1, 1), ("b", 1, 1, 1)]]


def test_deep_equations_and_wrappers_do_not_exhaust_the_stack() -> None:
    deep = "<m:f><m:num>" * 110 + "<m:r><m:t>1</m:t></m:r>" + "</m:num></m:f>" * 110
    wrapped = "<w:ins>" * 230 + run(t("深")) + "</w:ins>" * 230
    assert shown(read(f"<w:p><m:oMath>{deep}</m:oMath></w:p><w:p>{wrapped}</w:p>"))[1:] == ["深"]


FULL = made(
    p("题")
    + tbl(
        tr(tc("a", '<w:vMerge w:val="restart"/>'), tc("b", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("c"), tc(f"<w:p>{BEGIN}{INSTRUCTION}{MIDDLE}{run(t('d'))}{END}</w:p>")),
        widths=(100, 200, 300),
    ),
    {"styles:styles.xml": part("styles", '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>')},
)


def survives(data: bytes) -> None:
    with suppress(UnreadableError):
        read(data)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(FULL) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_flipped_bytes_of_the_archive(flips: list[tuple[int, int]]) -> None:
    data = bytearray(FULL)
    for at, value in flips:
        data[at] = value
    survives(bytes(data))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(FULL)))
def test_cut_off_archives(length: int) -> None:
    survives(FULL[:length])


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_flipped_bytes_and_moved_tags_of_the_body(chance: random.Random) -> None:
    with zipfile.ZipFile(io.BytesIO(FULL)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    pieces = str(parts["word/document.xml"], "utf-8").split("<")  # type: ignore[arg-type] # read as bytes above
    for _ in range(chance.randint(1, 4)):
        at, other = (chance.randrange(4, len(pieces)) for _ in range(2))
        if chance.random() < 0.5:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces[at] = pieces[at].replace("w:", chance.choice(("m:", "mc:", "w:sdt", "w:v")), 1)
    parts["word/document.xml"] = "<".join(pieces)
    survives(packed(parts))


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_written_by_libreoffice(tmp_path: Path) -> None:
    page = (
        "<meta charset=utf-8><p>题</p><table border=1><tr><td rowspan=2>产出<td colspan=2>数量<td>≥95%</tr>"
        "<tr><td>a<td>b<br>c<td>98.39%</tr><tr><td colspan=4>合计</tr></table>"
    )
    source = tmp_path / "a.html"
    source.write_text(page, encoding="utf-8")
    subprocess.run(
        [
            str(which("soffice")),
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    result = read((tmp_path / "a.docx").read_bytes())
    assert spans(only_grid(result)) == [
        [("产出", 0, 2, 1), ("数量", 1, 1, 2), ("≥95%", 3, 1, 1)],
        [("a", 1, 1, 1), ("b\nc", 2, 1, 1), ("98.39%", 3, 1, 1)],
        [("合计", 0, 1, 4)],
    ]
    assert result.findings == ()
