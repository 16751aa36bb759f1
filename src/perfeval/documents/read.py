"""``perfeval.read``: any published document, TOML or JSON, into the tables that it holds."""

from __future__ import annotations

__all__ = ["NO_TABLE", "read", "read_document"]

from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import attrs

from perfeval.documents import archive
from perfeval.documents.grid import Document
from perfeval.documents.limits import DEFAULT_LIMITS, Limits, Meter, refused
from perfeval.documents.ole import ole_kind
from perfeval.documents.sniff import format_of
from perfeval.errors import UnreadableError, UsageError
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Message, Wording
from perfeval.table import Evaluation, Paragraph, Reading
from perfeval.table import read as read_tables

if TYPE_CHECKING:
    from perfeval.documents.layout import Words

_NOT_A_SOURCE = Wording(
    "CALL-SOURCE",
    "应为一个文件的路径或其内容（bytes），现为 {type}",
    "must be the path or the bytes of one file, not {type}",
)
_NOT_FOUND = Wording("IN-FILE", "找不到或打不开这个文件：{detail}", "cannot be found or opened: {detail}")
_EMPTY = Wording("IN-EMPTY", "文件是空的", "is empty")
_NO_EXTRA = Wording(
    "IN-EXTRA",
    "读取 {format} 需要 {module}，请运行 pip install 'perfeval[documents]'",
    "needs {module} to read {format}: run pip install 'perfeval[documents]'",
)
_NOT_READ = Wording(
    "IN-FORMAT",
    "是 {format} 文件，不是能读的格式；请另存为 .docx、.xlsx、.pdf 或 .csv",
    "is a file of kind {format}, which is not read; save it as .docx, .xlsx, .pdf or .csv",
)
_PICTURE = Wording(
    "IN-PICTURE",
    "是图片，没有文字可读；请用原始 Word、Excel 或文字版 PDF",
    "is a picture without text; use the Word, Excel or text PDF original",
)
_LOCKED = Wording("IN-LOCKED", "已加密，请先去除密码", "is encrypted; remove the password first")
NO_TABLE = Wording(
    "IN-NO-TABLE",
    "没有找到绩效自评表；表中用语与通行的不同时，可用 --map 补充",
    "holds no table of self-evaluation that could be found; words of a form of one's own can be added with --map",
)
_DAMAGED = Wording(
    "IN-BROKEN",
    "文件已损坏或不完整（{detail}），请重新下载",
    "is damaged or cut off ({detail}); fetch it again",
)

_Reader = Callable[[bytes, Meter], Document]


def read(
    source: str | FilePath | bytes,
    *,
    name: str | None = None,
    words: Words | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Read the tables of one document: PDF, Word, Excel, HTML, CSV, Markdown, text, TOML, JSON, or a zip of them.

    The format is found by content. ``name`` is what places call the file; by default the path as given. ``words``
    are the words of forms (``built_in_words().extended("my-export.toml")``), ``limits`` what a document may ask for.
    What could not be read for certain is left out, with a finding of severity error at its place. Raises
    UnreadableError where nothing at all can be read, with the reason and the cure.
    """
    if not isinstance(source, str | FilePath | bytes):
        raise UsageError(_NOT_A_SOURCE(type=type(source).__name__))
    shown = name or ("<bytes>" if isinstance(source, bytes) else str(source))
    hint = shown if isinstance(source, bytes) else str(source)
    meter = Meter(shown, limits)
    data = source if isinstance(source, bytes) else _bytes_of(FilePath(source), meter)
    meter.size(len(data))
    return _read(data, hint, meter, words)


def read_document(
    source: str | FilePath | bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Read the paragraphs and grids of one document, whatever it is about: accounts, for one.

    Raises UnreadableError where there are none to read: also for TOML, JSON and archives, which are not printed.
    """
    shown = name or ("<bytes>" if isinstance(source, bytes) else str(source))
    meter = Meter(shown, limits)
    data = source if isinstance(source, bytes) else _bytes_of(FilePath(source), meter)
    meter.size(len(data))
    return _document(format_of(data, shown), data, meter)


def _bytes_of(path: FilePath, meter: Meter) -> bytes:
    try:
        meter.size(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise meter.refused(_NOT_FOUND(detail=getattr(error, "strerror", None) or error)) from None


def _read(data: bytes, name: str, meter: Meter, words: Words | None) -> Reading:
    kind = format_of(data, name)
    if kind in {"toml", "json"}:
        return read_tables(data, meter.name)
    if kind == "zip":
        return _read_archive(data, meter, words)
    document = _document(kind, data, meter)
    # Systems hand over TOML and JSON: they need not wait for the vocabulary of printed forms.
    from perfeval.documents.layout import built_in_words, lay_out  # noqa: PLC0415

    found = lay_out(document, words or built_in_words(), meter)
    if not found.evaluations and not any(finding.severity is Severity.ERROR for finding in found.findings):
        raise meter.refused(NO_TABLE())
    digest = sha256(data).hexdigest()
    evaluations = (attrs.evolve(table, file=meter.name, sha256=digest) for table in found.evaluations)
    return Reading(tuple(evaluations), found.findings, found.paragraphs)


def _document(kind: str, data: bytes, meter: Meter) -> Document:
    if kind == "ole":
        kind = ole_kind(data)
        if kind == "encrypted":
            raise meter.refused(_LOCKED())
    if kind == "empty":
        raise meter.refused(_EMPTY())
    if kind == "image":
        raise meter.refused(_PICTURE())
    reader = _READERS.get(kind)
    if reader is None:
        raise meter.refused(_NOT_READ(format=kind))
    try:
        return reader(data, meter)
    except ModuleNotFoundError as error:
        raise meter.refused(_NO_EXTRA(format=kind, module=error.name)) from None
    except RecursionError:
        raise meter.refused(_DAMAGED(detail="nesting")) from None


def _from(module: str, function: str) -> _Reader:
    """Give a reader that is imported when it is first needed: each brings the library of an extra."""

    def read_it(data: bytes, meter: Meter) -> Document:
        reader: _Reader = getattr(import_module(f"perfeval.documents.{module}"), function)
        return reader(data, meter)

    return read_it


def _through_office(suffix: str) -> _Reader:
    def read_it(data: bytes, meter: Meter) -> Document:
        from perfeval.documents.office import convert_with_office  # noqa: PLC0415 - only where it is needed

        converted = convert_with_office(data, suffix, meter)
        return _READERS["xlsx" if suffix == ".ods" else "docx"](converted, meter)

    return read_it


def _text(*, markdown: bool) -> _Reader:
    def read_it(data: bytes, meter: Meter) -> Document:
        from perfeval.documents.text import read_text  # noqa: PLC0415 - html needs lxml

        return read_text(data, meter, markdown=markdown)

    return read_it


_READERS: dict[str, _Reader] = {
    "pdf": _from("pdf.reader", "read_pdf"),
    "docx": _from("word.reader", "read_docx"),
    "xlsx": _from("excel.xlsx", "read_xlsx"),
    "xls": _from("excel.xls", "read_xls"),
    "html": _from("web.reader", "read_html"),
    "mhtml": _from("web.reader", "read_mhtml"),
    "csv": _from("separated", "read_separated"),
    "text": _text(markdown=False),
    "markdown": _text(markdown=True),
    "doc": _through_office(".doc"),
    "wps": _through_office(".doc"),
    "odt": _through_office(".odt"),
    "ods": _through_office(".ods"),
    "rtf": _through_office(".rtf"),
}


def _read_archive(data: bytes, meter: Meter, words: Words | None) -> Reading:
    """Read each document of a zip archive; one that cannot be read is a finding and keeps nothing else back."""
    evaluations: list[Evaluation] = []
    findings: list[Finding] = []
    paragraphs: list[Paragraph] = []
    for member in archive.members(data, meter):
        shown = f"{meter.name}/{member.name}"
        try:
            if isinstance(member.content, UnreadableError):
                raise member.content
            reading = _read(member.content, shown, Meter(shown, meter.limits), words)
        except UnreadableError as error:
            findings.extend(_as_finding(problem.message, shown) for problem in error.problems)
        else:
            evaluations.extend(reading.evaluations)
            findings.extend(reading.findings)
            paragraphs.extend(reading.paragraphs)
    if not evaluations and not findings:
        raise refused(meter.name, NO_TABLE())
    return Reading(tuple(evaluations), tuple(findings), tuple(paragraphs))


def _as_finding(message: Message, file: str) -> Finding:
    """A document of an archive that holds no table is no fault; one that cannot be read is."""
    severity = Severity.NOTE if message.code == NO_TABLE.code else Severity.ERROR
    return Finding(message, FindingClass.READING, severity, (Location(file=file),))
