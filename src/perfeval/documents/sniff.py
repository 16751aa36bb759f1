"""What a file is, by its content, and the text of one that is text. A suffix only breaks ties between text formats."""

from __future__ import annotations

__all__ = ["Separation", "decode", "decoded", "format_of", "separation_of"]

import codecs
import io
import re
import zipfile
from collections import Counter
from fractions import Fraction
from pathlib import PurePath

import attrs

from perfeval.documents.limits import Meter
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

_SAMPLE = 2**16
_MOST_DIRECTORY = (
    2**24
)  # bytes of a zip directory: beyond it nobody looks for the names of an office document

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
# The first record (BOF) of a worksheet before there were compound files: its number, then its length.
_BIFF = re.compile(rb"\x09\x00\x04\x00|\x09[\x02\x04]\x06\x00|\x09\x08[\x08\x10]\x00")
_PDF = re.compile(rb"%PDF-\d")
_MIME = re.compile(rb"^mime-version\s*:", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type\s*:\s*multipart/related", re.IGNORECASE | re.MULTILINE)

_BEFORE_MARKUP = re.compile(r"(?:[\s\ufeff]+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|head[\s>])", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|link|base|table|tbody|tr|div|p|span|center|font|form"
    r"|section|article|h[1-6]|ul|ol)(?=[\s>/]))",
    re.IGNORECASE,
)
_TABLE = re.compile(r"<(?:table|html)(?=[\s>/])", re.IGNORECASE)
_EXCEL_2003 = re.compile(r"progid=[\"']Excel\.Sheet|[\"']urn:schemas-microsoft-com:office:spreadsheet[\"']")
_WORD_2003 = re.compile(r"progid=[\"']Word\.Document|schemas\.microsoft\.com/office/word/2003/wordml")
_OWN_TOML = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t\r\f\v]*schema\s*=\s*[\"']perfeval\.", re.MULTILINE)
_PIPE_RULE = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-{3,}:?[ \t]*\|[ \t:|-]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)

_DELIMITERS = ",\t;|"
_QUOTED = re.compile(r"(?:^|(?<=[,\t;|]))\"(?:[^\"]++|\"\")*+\"", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 4  # stray ones that any text may have, besides one in a hundred characters
_OF_THREE_BYTES = re.compile("[\u0800-\ufffc]")

_EMPTY = Wording("IN-TEXT-EMPTY", "文件是空的", "is empty")
_BINARY = Wording(
    "IN-TEXT-BINARY",
    "不是可读的文本（已损坏，或为二进制文件），请重新下载，或另存为 UTF-8 文本",
    "is not readable text (damaged, or binary); fetch it again, or save it as UTF-8 text",
)
_LOST = Wording(
    "PE015",
    "有 {count} 处字符在此前转码时已丢失（显示为 �）",
    "{count} characters were lost in an earlier conversion and show as �",
)
_DROPPED = Wording(
    "PE016", "去掉了 {count} 个不可见的控制字符", "{count} invisible control characters were left out"
)


def format_of(data: bytes, name: str) -> str:
    """Give the format of a file by its content.

    Binary: ``pdf``, ``docx``, ``xlsx``, ``xlsb``, ``pptx``, ``odt``, ``ods``, ``ofd``, ``zip`` (of anything
    else), ``ole`` (xls, doc, wps, et, encrypted), ``xls`` (a worksheet of Excel 2 to 5 outside a compound
    file), ``image``, ``rar``, ``7z``, ``gzip``, ``empty``, ``binary`` (none of these). Text: ``rtf``, ``html``,
    ``mhtml``, ``spreadsheetml`` and ``wordml`` (Excel and Word 2003), ``xml`` (any other), ``json``, ``toml``,
    ``markdown``, ``csv``, ``text``.
    """
    if not data or data.isspace():
        return "empty"
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")):
        return _format_of_zip(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if _BIFF.match(data):
        return "xls"
    if data.startswith(b"%PDF") or _PDF.search(data, 0, 1024):
        return "pdf"
    if data[:_SAMPLE].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    head = data[:4096]
    if _MIME.search(head) and _RELATED.search(head):
        return "mhtml"
    own = _own_format(data, PurePath(name).suffix.lower())
    if own is not None:
        return own
    text = _sample(data)
    if text is None:
        return "binary"
    return _format_of_text(text, PurePath(name).suffix.lower()) if text.strip() else "empty"


def _own_format(data: bytes, suffix: str) -> str | None:
    """Give JSON and perfeval's own TOML whatever characters they hold: their readers say what is wrong."""
    if data[:_SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or suffix == ".json":
        return "json"
    return "toml" if suffix == ".toml" or _OWN_TOML.search(data, 0, _SAMPLE) else None


def _format_of_zip(data: bytes) -> str:
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > _MOST_DIRECTORY:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            with archive.open("mimetype") if "mimetype" in archive.namelist() else io.BytesIO() as part:
                kind = part.read(100).decode("latin-1")
    except Exception:  # noqa: BLE001 - zipfile raises many things on a damaged file; its reader says which
        return "zip"
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if "[content_types].xml" in names:
        if "word" in folders:
            return "docx"
        if "xl" in folders:
            return "xlsb" if "xl/workbook.bin" in names else "xlsx"
        if "ppt" in folders:
            return "pptx"
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    return "ofd" if "ofd.xml" in names else "zip"


def _format_of_text(text: str, suffix: str) -> str:
    markup = _format_of_markup(text, suffix)
    if markup is not None:
        return markup
    if suffix in {".csv", ".tsv"}:
        return "csv"
    if suffix in {".md", ".markdown"} or _PIPE_RULE.search(text) or len(_HEADING.findall(text)) > 1:
        return "markdown"
    rows = separation_of(text)
    if suffix in {".txt", ".text"} and rows.delimiter in "\t|":
        return "text"  # its reader knows these two, among prose too
    least = 2 if rows.delimiter == "\t" else 3
    return "csv" if rows.rows > 1 and rows.consistent and rows.fields >= least else "text"


def _format_of_markup(text: str, suffix: str) -> str | None:
    start = _BEFORE_MARKUP.match(text)
    rest = start.end() if start else 0
    root = _HTML.match(text, rest)
    # What converters of PDF write: Markdown in which each table is HTML, perhaps from the first line on.
    if suffix in {".md", ".markdown", ".txt"} and not _WHOLE_PAGE.search(text, rest):
        return None
    if root is not None or (suffix in {".htm", ".html", ".xls", ".doc"} and _TABLE.search(text)):
        return "html"
    if not text.startswith("<", rest):
        return None
    if _EXCEL_2003.search(text):
        return "spreadsheetml"
    if not text.lstrip().startswith("<?xml"):
        return None
    return "wordml" if _WORD_2003.search(text) else "xml"


def _sample(data: bytes) -> str | None:
    """Give the text of the beginning, or None. The cut may fall inside a character of up to four bytes."""
    for cut in (_SAMPLE - less for less in range(4)):
        try:
            return decode(data[:cut])[0]
        except ValueError:
            continue
    return None


def decode(data: bytes) -> tuple[str, str]:
    """Give the text and its encoding: UTF-8 and UTF-16 by their marks, UTF-8, else GB 18030 (GB 2312 and GBK too).

    ValueError is raised for what is not text: bytes of no encoding, a NUL, many control characters, and UTF-8
    with a damaged or cut-off character, which would pass for GB 18030 and read as other characters.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError(f"not {encoding}") from None
    if "\0" in text:
        raise ValueError("holds a NUL")
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS + len(text) // 100:
        raise ValueError("holds many control characters")
    return text, encoding


def _encoding(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        guess = data.decode("utf-8", "replace")
        lost = guess.count("\ufffd")
        return "utf-8" if len(_OF_THREE_BYTES.findall(guess)) > lost else "gb18030"
    return "utf-8"


def decoded(data: bytes, meter: Meter) -> tuple[str, tuple[Finding, ...]]:
    """Give the text of a document and what is to be said of its characters, or refuse the document.

    Control characters that show nothing are left out, and reported.
    """
    meter.size(len(data))
    try:
        text, _ = decode(data)
    except ValueError:
        raise meter.refused(_BINARY()) from None
    text = text.removesuffix("\x1a")  # the end of a file under DOS
    if not text.strip("\ufeff \t\r\n\f"):
        raise meter.refused(_EMPTY())
    findings = []
    # The second is the mark of a lost character, written as UTF-8 and read as GBK.
    for wording, lost in ((_LOST, re.compile("\ufffd|锟斤拷")), (_DROPPED, _CONTROLS)):
        first = lost.search(text)
        if first is not None:
            message = wording(count=len(lost.findall(text)))
            place = Location(file=meter.name, line=text.count("\n", 0, first.start()) + 1)
            findings.append(Finding(message, FindingClass.READING, Severity.WARNING, (place,)))
    return _CONTROLS.sub("", text), tuple(findings)


@attrs.frozen
class Separation:
    """How lines separate into fields: ``matching`` of ``rows`` lines have the usual number of ``fields``."""

    delimiter: str
    fields: int
    matching: int
    rows: int

    @property
    def consistent(self) -> bool:
        """Say whether all lines have the same number of fields, and more than one."""
        return self.fields > 1 and self.matching == self.rows

    @property
    def weight(self) -> Fraction:
        """How much speaks for the delimiter: that lines agree, and that there are many fields."""
        return Fraction(self.matching * (self.fields - 1), max(self.rows, 1) * self.fields)


def separation_of(text: str) -> Separation:
    """Give the delimiter that separates the lines best, among comma, tab, semicolon and bar.

    Commas between thousands count only where nothing else separates, and all lines have as many. A tab that
    is nowhere stands for a single column.
    """
    if len(text) > _SAMPLE:
        cut = max(text.rfind("\n", 0, _SAMPLE), text.rfind("\r", 0, _SAMPLE))
        text = text[: cut if cut > 0 else _SAMPLE]
    lines = [line for line in re.split(r"[\r\n]+", _QUOTED.sub("", text)) if line.strip()]
    plain = [_THOUSANDS.sub("", line) for line in lines]
    found = max((_counted(plain, delimiter) for delimiter in _DELIMITERS), key=lambda each: each.weight)
    if found.fields > 1:
        return found
    raw = _counted(lines, ",")
    return raw if raw.consistent else attrs.evolve(found, delimiter="\t")


def _counted(lines: list[str], delimiter: str) -> Separation:
    counts = Counter(line.count(delimiter) + 1 for line in lines)
    rows = counts.total()
    several = [(matching, fields) for fields, matching in counts.items() if fields > 1]
    matching, fields = max(several, default=(rows, 1))
    return Separation(delimiter, fields, matching, rows)
