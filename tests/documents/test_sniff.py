"""What a file is, by its content; what its text is."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.limits import Meter
from perfeval.documents.sniff import decode, decoded, format_of, separation_of
from perfeval.errors import UnreadableError


def zipped(*names: str, **contents: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "")
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


_TYPES = "[Content_Types].xml"
_ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.4\n", "pdf"),
        (b"%PDF", "pdf"),  # cut off: its reader says so
        (b"\r\nHTTP junk\r\n%PDF-1.7\n\x80\x81", "pdf"),
        (b"\0" * 1100 + b"%PDF-1.7\n", "binary"),
        (zipped(_TYPES, "word/document.xml"), "docx"),
        (zipped(_TYPES, "word\\document.xml"), "docx"),
        (zipped(_TYPES, "xl/workbook.xml"), "xlsx"),
        (zipped(_TYPES, "xl/workbook.bin"), "xlsb"),
        (zipped(_TYPES, "ppt/presentation.xml"), "pptx"),
        (zipped(mimetype=_ODF + "text"), "odt"),
        (zipped(mimetype=_ODF + "spreadsheet"), "ods"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("a.pdf", "word/b.docx"), "zip"),
        (zipped("a.pdf")[:40], "zip"),
        (zipped(), "zip"),
        (zipped(mimetype=_ODF + "text").replace(b"opendocument.text", b"opendocument.tex\xff"), "zip"),
        (b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "ole"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "xls"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00", "xls"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "xls"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", "xls"),
        (rb"{\rtf1\ansi 1}", "rtf"),
        (b"<html><body>", "html"),
        (b"\xef\xbb\xbf\n <!-- <x> -->\n<!DOCTYPE html>\n<p>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "html"),
        (b"<table border=1><tr><td>1", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n", "mhtml"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", "text"),
        (b"<?xml version='1.0'?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "spreadsheetml"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "spreadsheetml"),
        (b"<?xml version='1.0'?>\n<?mso-application progid=\"Word.Document\"?><w:wordDocument/>", "wordml"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"<=8.90", "text"),
        (b' {"schema": "perfeval.evaluation.v1"}', "json"),
        (b'# 1\n schema = "perfeval.evaluation.v1"\n', "toml"),
        ("# 标题\n\n## 二\n".encode(), "markdown"),
        ("说明\n\n| 分值 | 得分 |\n|---|:--:|\n| 1 | 2 |\n".encode("gb18030"), "markdown"),
        ("分值 | 得分\n--- | ---\n1 | 2".encode(), "markdown"),
        ("指标,分值,得分\n数量,10,10\n".encode(), "csv"),
        ('指标,分值,得分\n"数量,\n质量",10,10\n'.encode(), "csv"),
        ("指标\t分值\n数量\t10\n".encode("utf-16"), "csv"),
        ("指标;分值;得分\n数量;10;10\n".encode("gbk"), "csv"),
        ("本单位支出 3,174.98 万元\n其中 1,170.42 万元\n".encode(), "text"),
        ("总分,,100\n说明\n".encode(), "text"),
        ("正文".encode("gbk"), "text"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"II*\0", "image"),
        (b"MM\0*", "image"),
        (b"GIF89a", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"MZ\x90\0\x03\0", "binary"),
        (b"\x81\x82\xff", "binary"),
        (b"a\0b", "binary"),
    ],
)
def test_format_by_content(data: bytes, found: str) -> None:
    assert format_of(data, "a") == found
    # No suffix makes something else of it: a suffix only tells text formats apart.
    if found not in {"text", "csv", "markdown", "html", "toml", "xml", "spreadsheetml", "wordml"}:
        for suffix in ("pdf", "docx", "xls", "csv", "md", "TXT", "html"):
            assert format_of(data, f"a.{suffix}") == found


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("说明,a", "a.csv", "csv"),
        ("说明", "A.TSV", "csv"),
        ("指标\t分值\n数量\t10\n", "a.xls", "csv"),
        ("指标\t分值\n数量\t10\n", "a.txt", "text"),
        ("指标|分值|得分\n数量|10|10\n", "a.txt", "text"),
        ("指标,分值,得分\n数量,10,10\n", "a.txt", "csv"),
        ("正文", "a.md", "markdown"),
        ("正文", "a.toml", "toml"),
        ("[]", "a.json", "json"),
        ("<table><tr><td>1</td></tr></table>\n\n正文", "a.md", "markdown"),
        ("<html><body><table></table></body></html>", "a.md", "markdown"),
        ("<!DOCTYPE html><html><head></head></html>", "a.txt", "html"),
        ("导出 <table><tr><td>1</td></tr></table>", "a.xls", "html"),
        ("导出 <table><tr><td>1</td></tr></table>", "a.txt", "text"),
    ],
)
def test_suffix_breaks_ties_between_text_formats(text: str, name: str, found: str) -> None:
    assert format_of(text.encode(), name) == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("shift", range(5))
def test_long_text_is_looked_at_whole_characters_at_a_time(encoding: str, shift: int) -> None:
    text = "a" * shift + "绩效𠀀" * 30_000
    assert format_of(text.encode(encoding), "a") == "text"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_decode(encoding: str, named: str) -> None:
    assert decode("绩效自评：≥90％".encode(encoding)) == ("绩效自评：≥90％", named)


@pytest.mark.parametrize(
    "data",
    [
        b"\x81\x82\xff",
        b"a\0b",
        "绩效自评表".encode()[:-1],  # cut off: as GB 18030 it would be 缁╂晥...
        "绩效自评表".encode("gbk")[:-1],
        "绩效".encode("utf-16")[:-1],
        b"\x01\x02\x03\x04\x05",
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(not|holds) "):
        decode(data)
    with pytest.raises(UnreadableError, match="不是可读的文本"):
        decoded(data, Meter("a.txt"))


def test_a_text_of_nothing_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"a\.txt: 文件是空的"):
        decoded(b" \n\f", Meter("a.txt"))


def test_lost_characters_and_control_characters_are_reported() -> None:
    text, findings = decoded("一\n锟斤拷\ufffd\n\x07二\x1a".encode(), Meter("a.txt"))
    assert text == "一\n锟斤拷\ufffd\n二"
    assert [finding.text("en") for finding in findings] == [
        "a.txt:2: PE015 2 characters were lost in an earlier conversion and show as �",
        "a.txt:3: PE016 1 invisible control characters were left out",
    ]


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cc", "Cs"]), min_size=1))
def test_what_was_written_in_utf8_and_utf16_is_read(text: str) -> None:
    assert decode(text.encode("utf-16"))[0] == text
    assert decode(b"\xef\xbb\xbf" + text.encode())[0] == text
    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4))
def test_chinese_in_gbk_is_read(text: str) -> None:
    try:
        text.encode("gbk").decode()
    except UnicodeDecodeError:
        assert decode(text.encode("gbk"))[0] == text


@given(st.binary(), st.sampled_from(["a", "a.csv", "a.md", "a.pdf"]))
def test_any_bytes_have_a_format(data: bytes, name: str) -> None:
    assert format_of(data, name).isascii()


@given(st.data())
def test_damaged_archives_have_a_format(data: st.DataObject) -> None:
    whole = bytearray(zipped(_TYPES, "word/document.xml", mimetype=_ODF + "text"))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    assert format_of(bytes(whole), "a").isascii()


@pytest.mark.parametrize(
    ("text", "delimiter", "fields"),
    [
        ("a,b\nc,d", ",", 2),
        ("a\tb\t3,174.98\nc\td\t1,234.00", "\t", 3),
        ("a;b;c\n1,5;2,5;3", ";", 3),
        ('"a,b",c|d\n"e,f",g|h', ",", 2),
        ("甲，乙\n丙，丁", "\t", 1),  # full-width commas are prose
        ("金额\n1,100", "\t", 1),
        ("1,100\n2,200", ",", 2),
        ("", "\t", 1),
        ("a,b\n" * 40_000, ",", 2),
        ("a,b," * 40_000, ",", 32769),
    ],
)
def test_delimiter(text: str, delimiter: str, fields: int) -> None:
    found = separation_of(text)
    assert (found.delimiter, found.fields) == (delimiter, fields)
