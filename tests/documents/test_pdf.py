"""PDF: what real programs print is read cell for cell, hazards of layout do no harm, hostile files are refused."""

from __future__ import annotations

import io
import json
import logging
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from perfeval.documents.grid import Document, Grid, Paragraph
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.pdf.reader import read_pdf
from perfeval.errors import UnreadableError

DATA = Path(__file__).parents[1] / "data/documents/pdf"
EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
PRINTED = ["chromium", "chromium_separate", "office", "reportlab", "reportlab_wide"]
HEIGHT = A4[1]


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_pdf(data, Meter("a.pdf", limits or Limits(seconds=60)))


def printed(name: str) -> bytes:
    return (DATA / f"{name}.pdf").read_bytes()


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Document) -> list[list[str]]:
    (grid,) = grids(document)
    return [[cell.text for cell in row.cells] for row in grid.rows]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, limits)
    assert caught.value.text("zh").count("\n") == 0
    assert caught.value.text("en").startswith("a.pdf: ")
    return caught.value.problems[0].message.code


def draw(paint: Callable[[Canvas], object], lock: StandardEncryption | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=0, encrypt=lock)
    canvas.setFont("STSong-Light", 10)
    paint(canvas)
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, HEIGHT - y, text)


def level(canvas: Canvas, *ys: float, start: float = 100, stop: float = 400) -> None:
    for y in ys:
        canvas.line(start, HEIGHT - y, stop, HEIGHT - y)


def upright(canvas: Canvas, *xs: float, start: float = 100, stop: float = 200) -> None:
    for x in xs:
        canvas.line(x, HEIGHT - start, x, HEIGHT - stop)


def four_cells(canvas: Canvas) -> None:
    write(canvas, 110, 120, "三级指标")
    write(canvas, 260, 120, "指标值")
    write(canvas, 110, 170, "道路里程")
    write(canvas, 260, 170, "1,234.50")


FOUR = [["三级指标", "指标值"], ["道路里程", "1,234.50"]]


# What real programs print


def placed_cells(document: Document) -> list[tuple[str, int, int]]:
    """Give text, column and column span of every cell; the columns of the first piece hold for all of them."""
    pieces = grids(document)
    edges = pieces[0].edges or ()

    def column(position: float) -> int:
        return min(range(len(edges)), key=lambda at: abs(edges[at] - position))

    found = []
    for grid in pieces:
        assert grid.edges is not None
        assert all(abs(edges[column(edge)] - edge) < 1 for edge in grid.edges)
        for row in grid.rows:
            for cell in row.cells:
                start, stop = column(grid.edges[cell.column]), column(grid.edges[cell.stop])
                found.append((cell.text, start, stop - start))
    return found


@pytest.mark.parametrize("name", PRINTED)
def test_every_column_reads_as_it_was_written(name: str) -> None:
    document = read(printed(name))
    cells = EXPECTED["cut" if name.startswith("reportlab") else "cells"]
    for column in range(8):
        found = "".join(text for text, at, _ in placed_cells(document) if at == column)
        assert found == "".join(text for text, _, at, _, _ in cells if at == column)
    assert document.findings == ()
    assert texts(document) == [EXPECTED["title"], EXPECTED["caption"], EXPECTED["after"]]


@pytest.mark.parametrize("name", ["chromium", "chromium_separate", "reportlab", "reportlab_wide"])
def test_cells_are_the_same_where_no_row_is_broken(name: str) -> None:
    cells = EXPECTED["cut" if name.startswith("reportlab") else "cells"]
    found = [cell for cell in placed_cells(read(printed(name))) if cell[0]]
    assert found == [(text, column, span) for text, _, column, _, span in cells if text]


@pytest.mark.parametrize("name", PRINTED)
def test_pieces_of_one_table_have_their_places(name: str) -> None:
    pieces = grids(read(printed(name)))
    assert len(pieces) > 1
    for number, grid in enumerate(pieces, 1):
        assert (grid.place.page, grid.place.table) == (number, 1)
        assert [row.place.row for row in grid.rows] == list(range(1, len(grid.rows) + 1))
        assert str(grid.rows[0].cells[0].place) == f"a.pdf:p{number}:r1"
        assert len(grid.edges or ()) > max(cell.stop for row in grid.rows for cell in row.cells)


def test_merged_labels_have_their_spans() -> None:
    rows = grids(read(printed("chromium")))[0].rows
    first, second = rows[0].cells[0], rows[2].cells[1]
    assert (first.text, first.row_span, first.column_span) == ("项目名称", 1, 2)
    assert (second.text, second.row_span, second.column) == ("数量指标", 14, 1)


# Rules


def test_a_cell_open_at_the_page_end_and_at_the_next_top() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150)
        upright(canvas, 100, 250, 400)
        four_cells(canvas)
        canvas.showPage()
        canvas.setFont("STSong-Light", 10)
        level(canvas, 150)
        upright(canvas, 100, 250, 400, start=50, stop=150)
        write(canvas, 110, 80, "建设")
        canvas.showPage()

    document = read(draw(paint))
    assert [[cell.text for cell in row.cells] for grid in grids(document) for row in grid.rows] == [
        *FOUR,
        ["建设", ""],
    ]


def test_a_page_with_upright_rules_only() -> None:
    def paint(canvas: Canvas) -> None:
        upright(canvas, 100, 250, 400, start=50, stop=700)
        write(canvas, 110, 80, "很长的")
        write(canvas, 260, 80, "一行")

    assert table(read(draw(paint))) == [["很长的", "一行"]]


def test_a_table_open_at_both_sides() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150, 200)
        upright(canvas, 250)
        four_cells(canvas)

    assert table(read(draw(paint))) == FOUR


def test_rules_drawn_as_thin_boxes_double_lines_and_with_gaps() -> None:
    def paint(canvas: Canvas) -> None:
        for y in (100, 150, 200):
            canvas.rect(100, HEIGHT - y, 148, 0.5, stroke=0, fill=1)
            canvas.rect(250, HEIGHT - y - 1.5, 150, 0.5, stroke=0, fill=1)
        upright(canvas, 100, 101.8, 250, 251.8, 400, stop=149)
        upright(canvas, 100, 101.8, 250, 251.8, 400, start=151)
        four_cells(canvas)

    assert table(read(draw(paint))) == FOUR


def test_coloured_backgrounds_and_underlines_are_no_rules() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.7, 0.8, 0.9)
        canvas.rect(104, HEIGHT - 140, 120, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        level(canvas, 100, 150, 200)
        level(canvas, 122, start=110, stop=150)
        upright(canvas, 100, 250, 400)
        four_cells(canvas)
        canvas.rect(300, HEIGHT - 190, 8, 8)

    assert table(read(draw(paint))) == FOUR


def test_a_frame_around_the_page_is_no_table() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.rect(10, 10, A4[0] - 20, HEIGHT - 20)
        write(canvas, 110, 120, "正文。")

    document = read(draw(paint))
    assert (grids(document), texts(document)) == ([], ["正文。"])


def test_a_missing_rule_is_said() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 200)
        level(canvas, 150, stop=250)
        upright(canvas, 100, 400)
        upright(canvas, 250, stop=150)
        four_cells(canvas)

    document = read(draw(paint))
    assert "PE024" in codes(document)
    found = "".join("".join(row) for row in table(document))
    assert found.replace(" ", "") == "".join("".join(row) for row in FOUR)


def test_text_over_a_rule_is_said() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150, 200)
        upright(canvas, 100, 250, 400)
        write(canvas, 225, 120, "123456789")

    document = read(draw(paint))
    assert codes(document) == ["PE026"]
    assert str(document.findings[0].places[0]) == "a.pdf:p1:r1"


# Text


def in_one_cell(paint: Callable[[Canvas], object], right: float = 250) -> str:
    def both(canvas: Canvas) -> None:
        level(canvas, 100, 200, stop=400)
        upright(canvas, 100, right, 400)
        paint(canvas)

    return table(read(draw(both)))[0][0]


def lines(*some: str) -> Callable[[Canvas], None]:
    def paint(canvas: Canvas) -> None:
        for number, text in enumerate(some):
            write(canvas, 105, 120 + 14 * number, text)

    return paint


@pytest.mark.parametrize(
    ("written", "right", "text"),
    [
        (("完成率达到全年", "计划数"), 185, "完成率达到全年计划数"),
        (("1,234,", "567.89"), 145, "1,234,567.89"),
        (("annual", "target"), 145, "annual target"),
        (("annu", "al"), 124, "annual"),
        (("12 34", "56 78"), 130, "12 34 56 78"),
        (("1234", "5678"), 130, "12345678"),
        (("1,234 ", "共计"), 132, "1,234 共计"),
        (("产", "出"), 125, "产出"),
        (("第一条", "第二条"), 250, "第一条\n第二条"),
        (("12", "34"), 250, "12\n34"),
        (("98 %", "以上"), 135, "98 %以上"),
    ],
)
def test_lines_of_a_cell(written: tuple[str, ...], right: float, text: str) -> None:
    assert in_one_cell(lines(*written), right) == text


def test_text_turned_in_its_cell() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(115, HEIGHT - 180)
        canvas.rotate(90)
        canvas.drawString(0, 0, "产出指标")
        canvas.restoreState()

    assert in_one_cell(paint, 125) == "产出指标"


def test_bold_by_printing_twice_and_figures_that_repeat() -> None:
    def paint(canvas: Canvas) -> None:
        for shift in (0, 0.3, 0.6):
            write(canvas, 105 + shift, 120, "合计1,111.00")

    assert in_one_cell(paint) == "合计1,111.00"


def test_raised_figures_stay_on_their_line() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, 105, 120, "100m")
        canvas.setFont("STSong-Light", 6)
        write(canvas, 105 + 5 * 3 + 10, 116, "2")

    assert in_one_cell(paint).replace(" ", "") == "100m2"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("by_page", [True, False])
def test_turned_pages(turn: int, by_page: bool) -> None:
    side = 900

    def paint(canvas: Canvas) -> None:
        canvas.setPageSize((side, side))
        canvas.translate(side / 2, side / 2)
        canvas.rotate(turn)
        canvas.translate(-side / 2, -side / 2)
        if by_page:
            canvas.setPageRotation(turn)
        level(canvas, 100, 150, 200)
        upright(canvas, 100, 250, 400)
        four_cells(canvas)
        write(canvas, 100, 90, "单位：万元")

    document = read(draw(paint))
    assert table(document) == FOUR
    assert texts(document) == ["单位：万元"]


def test_a_watermark_stays_out_of_the_cells() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150, 200)
        upright(canvas, 100, 250, 400)
        four_cells(canvas)
        canvas.translate(120, HEIGHT - 190)
        canvas.rotate(30)
        canvas.drawString(0, 0, "仅供公示使用")

    document = read(draw(paint))
    assert table(document) == FOUR
    assert texts(document) == ["仅供公示使用"]


@pytest.mark.parametrize("how", ["no ink", "white", "outside", "clipped"])
def test_hidden_text_is_not_read_and_said(how: str) -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150, 200)
        upright(canvas, 100, 250, 400)
        four_cells(canvas)
        canvas.saveState()
        if how == "clipped":
            path = canvas.beginPath()
            path.rect(0, 0, 50, 50)
            canvas.clipPath(path, stroke=0)
        text = canvas.beginText(-200 if how == "outside" else 300, HEIGHT - 170)
        text.setTextRenderMode(3 if how == "no ink" else 0)
        if how == "white":
            text.setFillColorRGB(1, 1, 1)
        text.textOut("9999")
        canvas.drawText(text)
        canvas.restoreState()

    document = read(draw(paint))
    assert table(document) == FOUR
    assert codes(document) == ["PE025"]


def test_white_text_on_a_dark_background_is_read() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.rect(100, HEIGHT - 150, 150, 50, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        write(canvas, 105, 120, "三级指标")

    assert in_one_cell(paint) == "三级指标"


def test_paragraphs_and_their_lines() -> None:
    def paint(canvas: Canvas) -> None:
        write(canvas, 250, 60, "一、基本情况")
        write(canvas, 80, 90, "字" * 43)
        write(canvas, 80, 106, "完。")
        write(canvas, 100, 122, "另起一段")
        level(canvas, 150, 200, 250)
        upright(canvas, 100, 250, 400, start=150, stop=250)
        write(canvas, 110, 170, "甲")
        write(canvas, 80, 270, "表后")

    document = read(draw(paint))
    assert [block.text if isinstance(block, Paragraph) else "表" for block in document.blocks] == [
        "一、基本情况",
        "字" * 43 + "完。",
        "另起一段",
        "表",
        "表后",
    ]
    assert [block.place.line for block in document.blocks] == [1, 2, 4, None, 5]
    assert str(document.blocks[0].place) == "a.pdf:1:p1"


# What cannot be read


def test_a_table_without_upright_rules_is_said() -> None:
    def paint(canvas: Canvas) -> None:
        level(canvas, 100, 150, 200)
        four_cells(canvas)

    document = read(draw(paint))
    assert (grids(document), codes(document)) == ([], ["PE021"])


def picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(_grey(), 0, 0, *A4)


def _grey() -> object:
    from PIL import Image  # noqa: PLC0415 - reportlab brings it

    return Image.new("L", (8, 8), 200)


def test_a_scanned_page_is_said_and_a_scanned_document_refused() -> None:
    def mixed(canvas: Canvas) -> None:
        write(canvas, 100, 100, "正文。")
        canvas.showPage()
        picture(canvas)
        canvas.setFont("STSong-Light", 10)
        write(canvas, 300, 800, "2")

    assert codes(read(draw(mixed))) == ["PE020"]
    assert refusal(draw(picture)) == "IN-PDF-SCAN"
    assert refusal(draw(lambda canvas: canvas.showPage())) == "IN-PDF-EMPTY"


def test_text_recognised_under_a_scan_is_not_read() -> None:
    def paint(canvas: Canvas) -> None:
        picture(canvas)
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(3)
        text.textOut("识别结果 123")
        canvas.drawText(text)

    assert refusal(draw(paint)) == "IN-PDF-SCAN"


def plain_pdf(content: bytes, *objects: bytes, resources: bytes = b"", extra: bytes = b"") -> bytes:
    """Give a PDF of one page, written object by object."""
    body = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << " + resources + b" >> " + extra + b" >>",
        content if content.startswith(b"<<") else stream(content),
        *objects,
    ]
    out = b"%PDF-1.5\n"
    places = []
    for number, part in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    index = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, index)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1,
        out.rindex(b"xref\n0 "),
    )


def stream(data: bytes, facts: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), facts, data)


HELVETICA = b"/Font << /F 5 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HELLO = b"BT /F 12 Tf 100 700 Td (Hello) Tj ET"
NAMELESS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo << /Ordering (Identity) >> >>",
)


def test_the_plain_pdf_is_read() -> None:
    assert texts(read(plain_pdf(HELLO, FONT, resources=HELVETICA))) == ["Hello"]


def test_fonts_that_do_not_name_their_characters() -> None:
    strange = b"BT /F 12 Tf 100 700 Td <00410042> Tj ET"
    assert refusal(plain_pdf(strange, *NAMELESS, resources=HELVETICA)) == "IN-PDF-FONT"
    some = b"BT /G 12 Tf 100 700 Td (Most of it is plain) Tj /F 12 Tf <0041> Tj ET"
    document = read(plain_pdf(some, *NAMELESS, FONT, resources=b"/Font << /F 5 0 R /G 7 0 R >>"))
    assert codes(document) == ["PE022"]
    assert texts(document) == ["Most of it is plain\ufffd"]


def test_the_crop_box_shows_what_is_seen() -> None:
    two = HELLO + b" BT /F 12 Tf 20 20 Td (Gone) Tj ET"
    document = read(plain_pdf(two, FONT, resources=HELVETICA, extra=b"/CropBox [90 600 500 750]"))
    assert (texts(document), codes(document)) == (["Hello"], ["PE025"])


# Encrypted, damaged, hostile


def encrypted(user: str) -> bytes:
    lock = StandardEncryption(user, ownerPassword="owner", strength=128)

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        write(canvas, 100, 100, "Text")

    return draw(paint, lock)


def test_encryption_with_a_password_is_said_and_without_one_read() -> None:
    assert refusal(encrypted("secret")) == "IN-PDF-LOCKED"
    assert texts(read(encrypted(""))) == ["Text"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IN-PDF-NOT"),
        (b"PK\x03\x04 no pdf", "IN-PDF-NOT"),
        (b"%PDF-1.7\n", "IN-PDF-CUT"),
        (b"%PDF-1.7\n%%EOF", "IN-PDF-BROKEN"),
        (b"%PDF-1.7\nstartxref\n99\n%%EOF", "IN-PDF-BROKEN"),
    ],
)
def test_no_pdf_or_none_of_it(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("share", range(1, 40))
def test_files_cut_off_are_refused(share: int) -> None:
    data = printed("reportlab")
    assert refusal(data[: len(data) * share // 40]) == "IN-PDF-CUT"


def test_a_damaged_page_is_never_read_in_part() -> None:
    packed = zlib.compress(HELLO * 50)
    middle = len(packed) // 2
    bad = packed[:middle] + bytes([packed[middle] ^ 0x10]) + packed[middle + 1 :]
    whole = plain_pdf(stream(packed, b"/Filter /FlateDecode"), FONT, resources=HELVETICA)
    assert len(read(whole).blocks) == 1
    for data in (bad, packed[:-20]):
        broken = plain_pdf(stream(data, b"/Filter /FlateDecode"), FONT, resources=HELVETICA)
        assert refusal(broken) == "IN-PDF-BROKEN"
    assert refusal(whole.replace(b"/Contents 4 0 R", b"/Contents 9 0 R")) == "IN-PDF-BROKEN"


def test_an_index_that_had_to_be_rebuilt_is_said() -> None:
    data = re.sub(rb"startxref\n\d+", b"startxref\n7", plain_pdf(HELLO, FONT, resources=HELVETICA))
    document = read(data)
    assert (texts(document), codes(document)) == (["Hello"], ["PE027"])


BOMB = zlib.compress(b"0 " * 50_000_000, 9)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (stream(BOMB, b"/Filter /FlateDecode"), "IN-PDF-PACKED"),
        (stream(zlib.compress(BOMB), b"/Filter [/FlateDecode /FlateDecode]"), "IN-PDF-PACKED"),
        (stream(b"\x81a" * 2_000_000, b"/Filter /RunLengthDecode"), "IN-PDF-PACKED"),
        (b"0 " * 200_000, "IN-PDF-BROKEN"),
        (b"q " * 20_000, "IN-PDF-BROKEN"),
        (b"[" * 100_000, "IN-PDF-EMPTY"),
        (stream(b"x", b"/Filter /DCTDecode"), "IN-PDF-BROKEN"),
    ],
)
def test_bombs(content: bytes, code: str) -> None:
    assert refusal(plain_pdf(content, FONT, resources=HELVETICA)) == code


@pytest.mark.parametrize(
    "objects",
    [
        (b"5 0 R",),
        (b"6 0 R", b"5 0 R"),
        (NAMELESS[0], NAMELESS[1].replace(b"/DW", b"/W [0 2000000000 500] /DW")),
        (
            NAMELESS[0].replace(b"/Encoding", b"/ToUnicode 7 0 R /Encoding"),
            NAMELESS[1],
            stream(b"begincmap <00000000> <FFFFFFFF> <0000> endbfrange endcmap"),
        ),
    ],
)
def test_fonts_that_never_end(objects: tuple[bytes, ...]) -> None:
    assert refusal(plain_pdf(HELLO, *objects, resources=HELVETICA)) == "IN-PDF-BROKEN"


def test_forms_in_forms_stop_at_the_clock() -> None:
    forms = [
        stream(
            b"/X Do " * 20,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
            b" /Resources << /XObject << /X %d 0 R >> >>" % (number + 7 if number < 11 else 6),
        )
        for number in range(12)
    ]
    data = plain_pdf(b"/X Do", FONT, *forms, resources=b"/XObject << /X 6 0 R >>")
    assert refusal(data, Limits(seconds=1)) == "IN-TIME"


def test_page_trees_in_a_circle_and_too_deep() -> None:
    loop = plain_pdf(HELLO, FONT).replace(b"[3 0 R]", b"[2 0 R]")
    assert [
        block.place.page for block in read(loop.replace(b"<<  >>", b"<< /Font << /F 5 0 R >> >>")).blocks
    ] == [1]
    deep = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 7) for number in range(3000)]
    data = plain_pdf(HELLO, FONT, *deep).replace(b"[3 0 R]", b"[6 0 R]")
    assert refusal(data) == "IN-PDF-BROKEN"


def test_limits() -> None:
    data = printed("reportlab")
    assert refusal(data, Limits(pages=2)) == "IN-PAGES"
    assert refusal(data, Limits(cells=100)) == "IN-CELLS"
    assert refusal(data, Limits(size=1000)) == "IN-SIZE"
    assert refusal(data, Limits(unpacked=10_000)) == "IN-UNPACKED"
    assert refusal(data, Limits(cell_length=10)) == "IN-LENGTH"
    assert refusal(data, Limits(seconds=0)) == "IN-TIME"


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger("pdfminer").handlers)
    read(plain_pdf(b"BT (a) (b) Td " + HELLO, FONT, resources=HELVETICA))
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def small(canvas: Canvas) -> None:
    level(canvas, 100, 150, 200)
    upright(canvas, 100, 250, 400)
    four_cells(canvas)


SEEDS = [draw(small), plain_pdf(HELLO, FONT, resources=HELVETICA), printed("chromium"), printed("office")]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(range(len(SEEDS))),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
    st.booleans(),
)
def test_flipped_bytes_never_do_more_than_refuse(
    seed: int, flips: list[tuple[float, int]], at_the_end: bool
) -> None:
    data = bytearray(SEEDS[seed])
    for share, value in flips:
        place = int(share * len(data))
        data[max(len(data) - 1 - place % 3000, 0) if at_the_end else place] = value
    try:
        document = read(bytes(data), Limits(seconds=20))
    except UnreadableError:
        return
    assert document.blocks
