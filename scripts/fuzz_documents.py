"""Read damaged documents: each must become a Reading or an UnreadableError with one clear sentence.

Run: ``python scripts/fuzz_documents.py pdf docx ... [--mutants 2000] [--seconds N] [--seed 1]``; without formats,
all of them. A mutant is made from committed documents by its format, the seed and its number alone. Archives are
damaged inside their members, PDFs inside their unpacked streams, workbooks of Excel 97 inside their records. Two
processes read them. A failure is any other exception, a warning, output, a message that is no sentence, a hang
(``--hang``, 60 seconds), a crash, or more memory than ``--memory``; it is saved in ``--out`` and listed, and the exit status
is then 1.
"""

from __future__ import annotations

import argparse
import base64
import email.message
import email.policy
import faulthandler
import io
import multiprocessing
import os
import re
import resource
import struct
import sys
import tempfile
import traceback
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import monotonic, perf_counter

import attrs
from lxml import etree
from xlrd.compdoc import CompDoc

import perfeval
from perfeval.table import dump_json

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "tests" / "data" / "documents" / "corpus"
MEBIBYTE = 2**20

# --- Damage to bytes --------------------------------------------------------------------------------------

Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]
"""Gives a mutant of a document; the others of its format are there to be spliced in."""

NUMBERS = tuple(
    b"0 -1 1 255 65535 65536 2147483647 4294967296 1000000000 99999999999999999999 1e308 -99999999 0.000001 nan".split()
)
INTEGERS = tuple(
    struct.pack("<I", number) for number in (0, 1, 255, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 2**32 - 1)
)
_DIGITS = re.compile(rb"\d+")


def _block(data: bytes, chance: Random, most: int = 4096) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 32, 256, chance.randint(1, most))))


def _flipped(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20)) if data else 0):
        at = chance.randrange(len(changed))
        changed[at] = chance.choice((changed[at] ^ (1 << chance.randrange(8)), chance.randrange(256)))
    return bytes(changed)


def _cut(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without_block(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    start, stop = _block(data, chance)
    return data[:start] + data[stop:]


def _doubled_block(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    start, stop = _block(data, chance)
    return data[:start] + data[start:stop] * chance.choice((2, 2, 3, 100)) + data[stop:]


def _zeroed_block(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    start, stop = _block(data, chance)
    return data[:start] + bytes([chance.choice((0, 0, 0x20, 0xFF))]) * (stop - start) + data[stop:]


def _spliced(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others) if others else data
    start, stop = _block(data, chance)
    if chance.random() < 0.3:
        return data[:start] + other[chance.randrange(len(other) + 1) :]
    first, last = _block(other, chance)
    return data[:start] + other[first:last] + data[stop:]


def _number(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    """Put extreme values where numbers are written."""
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    at = chance.choice(found)
    return data[: at.start()] + chance.choice(NUMBERS) + data[at.end() :]


def _integer(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    """Put extreme values where binary formats may hold an integer."""
    at, width = chance.randrange(len(data) + 1), chance.choice((1, 2, 4))
    return data[:at] + chance.choice(INTEGERS)[:width] + data[at + width :]


_BYTES: tuple[Mutator, ...] = (
    _flipped, _flipped, _cut, _without_block, _doubled_block, _zeroed_block, _spliced, _number, _integer,
)  # fmt: skip


def _several(ways: Sequence[Mutator], data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(ways)(data, chance, others)[: 8 * MEBIBYTE]
    return data


mutate_bytes: Mutator = partial(_several, _BYTES)

# --- Damage to text ---------------------------------------------------------------------------------------

ODD_TEXTS = (
    "", " ", "\u200b", "\u202e1", "=100%", "9" * 5000, "1e999", "-0", "#NAME?", "{x}", "%s", "０１２", "≥", "\ufffd",
    "一" * 20_000, "a" * 250_000, "总分", "一级指标", "三级指标", "年度指标值", "得分", "\n" * 300, "𠀀", "&#0;", "<td>",
    "单位：万元", "100", "=" * 500, "产出指标(50分)", "2024年2月31日", "1/0", "(" * 3000, "≥1≤2" * 200,
)  # fmt: skip


def _repeated(pieces: list[str], times: int) -> list[str]:
    """Repeat them, to a megabyte and no further: a mutant must not be large where it is not by a limit's measure."""
    return pieces * min(times, max(MEBIBYTE // (sum(map(len, pieces)) + 1), 1))


def _pieces_damaged(pieces: list[str], chance: Random, odd: Sequence[str]) -> list[str]:
    """Do to lines, fields or tags what a broken program does."""
    at = chance.randrange(len(pieces) + 1)
    stop = min(len(pieces), at + chance.choice((1, 1, 2, 9, 40)))
    other = chance.randrange(len(pieces) + 1)
    way = chance.randrange(7)
    if way == 0:
        return pieces[:at] + pieces[stop:]
    if way == 1:
        return pieces[:at] + _repeated(pieces[at:stop], chance.choice((2, 2, 3, 50, 500))) + pieces[stop:]
    if way == 2:
        rest = pieces[:at] + pieces[stop:]
        return rest[:other] + pieces[at:stop] + rest[other:]
    if way == 3:
        return [*pieces[:at], chance.choice(odd), *pieces[at:]]
    if way == 4:
        return [*pieces[:at], chance.choice(odd), *pieces[at + 1 :]]
    if way == 5:
        return pieces[:at] + _repeated([chance.choice(odd)], chance.choice((10, 300))) + pieces[at:]
    piece = pieces[at].encode("utf-8", "surrogatepass") if at < len(pieces) else b""
    return [*pieces[:at], _number(piece, chance, ()).decode("utf-8", "replace"), *pieces[at + 1 :]]


_ODD_FIELDS = (
    *ODD_TEXTS, '"', '""', '"\n', ",", "\t", "|", ";" * 4000, "\t" * 20_000, "|" * 20_000, "\r", "\f", "\x0b", "\x1a", "\0",
    "| --- | --- |", "|---|", "\\|", "```", "> " * 2000, "- " * 500, "#" * 300, "<table>" * 50, "</table>",
    "<table><tr><td rowspan=1000000000>一", "\u2028", "\x85", "<!--", "'''", '"""', "[" * 5000, "{" * 5000, "[a]\n[a]",
    '{"a":' * 3000, "a.b" * 900, "=", ":", "0x1", "1979-05-27", "true", "null", "NaN", "1" * 6000, "\\ud800", "\\u0000",
)  # fmt: skip
_FIELDS = re.compile(r"([,\t|;:=\[\]{}\"])")


def _text_of(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _lines_damaged(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    text, encoding = _text_of(data)
    lines = _pieces_damaged(text.splitlines(keepends=True), chance, _ODD_FIELDS)
    return "".join(lines).encode(encoding, "replace")


def _fields_damaged(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    text, encoding = _text_of(data)
    return "".join(_pieces_damaged(_FIELDS.split(text), chance, _ODD_FIELDS)).encode(encoding, "replace")


def _encoded_otherwise(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    text, _ = _text_of(data)
    encoding = chance.choice(("utf-16", "utf-8-sig", "gb18030", "utf-16-be", "utf-32", "big5", "utf-7"))
    return text.encode(encoding, "replace")


mutate_text: Mutator = partial(
    _several, (_lines_damaged,) * 3 + (_fields_damaged,) * 5 + (_encoded_otherwise, mutate_bytes)
)

# --- Damage to markup -------------------------------------------------------------------------------------

_TAGS = re.compile(r"(<[^>]*>)")
_ODD_TAGS = (
    *ODD_TEXTS, "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=1000000000>", "<td rowspan=0>",
    "<td colspan=1000000000 rowspan=1000000000>", "<td colspan=-1>", "<td colspan='１２'>", "<td colspan=65534>",
    "<table><tr><td>" * 40, "<div>" * 5000, "<thead>", "</tbody>", "<th colspan=9e9>", "<!--", "<script>", "</script>",
    "<style>", "<select>", "<br>" * 3000, "<![CDATA[", "<svg><td>", "<template>", "&#1114112;", "&nbsp;" * 900, "<a href='",
    '<meta charset="utf-7">', '<meta charset="x-none">', "<plaintext>", "<td hidden>", "<caption>", "<p style='display:none'>",
)  # fmt: skip


def _tags_damaged(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    text, encoding = _text_of(data)
    return "".join(_pieces_damaged(_TAGS.split(text), chance, _ODD_TAGS)).encode(encoding, "replace")


mutate_html: Mutator = partial(
    _several, (_tags_damaged,) * 7 + (_fields_damaged, _encoded_otherwise, mutate_bytes)
)


def mutate_xml(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Change the tree and write it as XML again; one time in five the bytes, which mostly ends it being XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    if chance.random() < 0.2:
        return mutate_bytes(data, chance, others)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return mutate_bytes(data, chance, others)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        _element_damaged(root, chance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_MOST_ELEMENTS = 30_000  # a tree put into itself twenty times is a million times as large


def _element_damaged(root: etree._Element, chance: Random) -> None:
    elements = list(root.iter("*"))
    if len(elements) > _MOST_ELEMENTS:
        return
    here, other = chance.choice(elements), chance.choice(elements)
    parent = here.getparent()
    way = chance.randrange(8)
    if way == 0 and parent is not None:
        parent.remove(here)
    elif way == 1 and parent is not None:
        times = chance.choice((1, 1, 3, 60))
        for _ in range(min(times, _MOST_ELEMENTS // sum(1 for _ in here.iter()))):
            parent.insert(parent.index(here), deepcopy(here))
    elif way == 2:
        other.append(deepcopy(here))
    elif way == 3:
        _nested(here, chance.choice((2, 5, 60)))
    elif way == 4:
        here.tag = other.tag
    elif way == 5:
        here.text = chance.choice(ODD_TEXTS)
    else:
        _attribute_damaged(here, other, chance)


def _nested(element: etree._Element, depth: int) -> None:
    inner = deepcopy(element)
    if len(etree.tostring(inner)) > 20_000:
        return
    for _ in range(depth):
        copy = deepcopy(element)
        list(copy.iter(tag=etree.Element))[-1].append(inner)
        inner = copy
    element.append(inner)


def _attribute_damaged(element: etree._Element, other: etree._Element, chance: Random) -> None:
    names = list(element.keys()) or list(other.keys())
    if not names:
        return
    name = chance.choice(names)
    values = [
        *(number.decode() for number in NUMBERS),
        "",
        "A1",
        "XFD1048576",
        "A0",
        "true",
        "ZZZZ9",
        *other.values(),
    ]
    if chance.random() < 0.2:
        element.attrib.pop(name, b"")
    else:
        element.set(name, chance.choice(values))


# --- Damage inside archives -------------------------------------------------------------------------------


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Give a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """Give the members of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in dict.fromkeys(archive.namelist())]


_BODY = re.compile(r"word/document|word/(?:styles|numbering|foot)|xl/(?:work|shared|styles)")


def mutate_office(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Damage one part of a docx or xlsx, mostly one that is read, or the archive."""
    if chance.random() < 0.15:
        return mutate_bytes(data, chance, others)
    members = unpacked(data)
    parts = [index for index, (name, _) in enumerate(members) if _BODY.match(name)]
    index = chance.choice(parts if parts and chance.random() < 0.85 else range(len(members)))
    name, content = members[index]
    same = [body for other in others[:4] for found, body in unpacked(other) if found == name]
    way = chance.random()
    if way < 0.03:
        members.pop(index)
    elif way < 0.06 and same:
        members[index] = (name, chance.choice(same))
    else:
        members[index] = (name, mutate_xml(content, chance, same))
    return packed(members)


_ODD_NAMES = (
    "../../x.csv", "C:\\x.csv", "/x", "a" * 300 + ".csv", "\u202e.csv", "x.zip/", "", " ", "a\nb.csv", "__MACOSX/x",
)  # fmt: skip


def mutate_zip(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Damage an archive, the name of a member or a member."""
    if chance.random() < 0.3:
        return mutate_bytes(data, chance, others)
    members = unpacked(data)
    index = chance.randrange(len(members))
    name, content = members[index]
    way = chance.random()
    if way < 0.15:
        name = chance.choice(_ODD_NAMES)
    elif way < 0.25:
        for _ in range(chance.choice((1, 2, 6))):
            content = packed([(name, content)])
        name = "inner.zip"
    else:
        content = MUTATORS[name.rpartition(".")[2]](content, chance, ())
    members[index] = (name, content)
    return packed(members)


def web_archive(page: bytes, encoding: str) -> bytes:
    """Give what a browser saves as a single file: the page and a picture."""
    message = email.message.EmailMessage(policy=email.policy.SMTP.clone(max_line_length=76))
    message["Subject"] = "自评表"
    message.set_content(page, "text", "html", cte=encoding)
    message["Content-Location"] = "http://www.example.gov.cn/page.html"
    message.make_related()
    message.add_related(b"GIF89a", "image", "gif")
    message.set_boundary("----=_NextPart_000_0000")  # else a random one
    return bytes(message)


def mutate_web_archive(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Damage the page in a web archive, or its headers and parts."""
    if chance.random() < 0.5:
        return mutate_text(data, chance, others)
    message = email.message_from_bytes(data, policy=email.policy.SMTP)
    page = next(part for part in message.walk() if part.get_content_type() == "text/html")
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes)
    return web_archive(mutate_html(content, chance, ()), chance.choice(("base64", "quoted-printable")))


# --- Damage inside workbooks of Excel 97 ------------------------------------------------------------------


def mutate_xls(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Damage the records of the book, in its compound file or alone; sometimes the compound file."""
    if chance.random() < 0.25:
        return mutate_bytes(data, chance, others)
    book = _book_of(data)
    changed = _records_damaged(book, chance)
    start = data.find(book)
    if start >= 0 and chance.random() < 0.7:
        fitting = changed[: len(book)].ljust(len(book), b"\0")
        return data[:start] + fitting + data[start + len(book) :]
    return changed


def _book_of(data: bytes) -> bytes:
    memory, start, length = CompDoc(data, logfile=io.StringIO()).locate_named_stream("Workbook")
    assert memory is not None, "not a compound file of Excel 97"
    return bytes(memory[start : start + length])


def _records_damaged(book: bytes, chance: Random) -> bytes:
    records = []
    at = 0
    while at + 4 <= len(book):
        number, length = struct.unpack_from("<HH", book, at)
        records.append((number, book[at + 4 : at + 4 + length]))
        at += 4 + length
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        index = chance.randrange(len(records))
        number, content = records[index]
        way = chance.randrange(8)
        if way == 0 and len(records) > 1:
            records.pop(index)
        elif way == 1:
            records[index:index] = [records[index]] * chance.choice((1, 2, 50))
        elif way == 2:
            records.insert(chance.randrange(len(records)), records[index])
        elif way == 3:
            records[index] = (chance.choice(records)[0], content)
        else:
            damaged = _several((_integer, _integer, _flipped, _cut), content, chance, ())
            records[index] = (number, damaged[:65_535])
    return b"".join(struct.pack("<HH", number, len(content)) + content for number, content in records)


# --- Damage inside PDF ------------------------------------------------------------------------------------

_OBJECT = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_FILTER = re.compile(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)")
_LENGTH = re.compile(rb"/Length\s+\d+(?:\s+\d+\s+R)?")
_ROOT = re.compile(rb"/Root\s+(\d+)\s+\d+\s+R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_READ_AS_TEXT = re.compile(rb"T[jJ]\b|\bre\b|\bl\b|begincmap")

Parts = dict[int, tuple[bytes, bytes | None]]
"""Objects by number: what they are, and the content where one is a stream."""


def pdf_objects(data: bytes) -> Parts:
    """Give the objects of a PDF with their streams unpacked, those in object streams too."""
    found: Parts = {}
    for match in _OBJECT.finditer(data):
        stream = _STREAM.fullmatch(match[2].strip())
        if stream is None:
            found[int(match[1])] = (match[2].strip(), None)
            continue
        head, content = _plain_stream(stream[1], stream[2])
        if re.search(rb"/Type\s*/ObjStm", head) and b"/Filter" not in head:
            found.update(_objects_within(head, content))
        elif not re.search(rb"/Type\s*/XRef", head):
            found[int(match[1])] = (head, content)
    return found


def _plain_stream(head: bytes, content: bytes) -> tuple[bytes, bytes]:
    if b"/DecodeParms" in head or b"/FlateDecode" not in head:
        return head, content
    plain = content
    try:
        if b"/ASCII85Decode" in head:
            plain = base64.a85decode(b"<~" + content.strip(), adobe=True)
        plain = zlib.decompressobj().decompress(plain)
    except (ValueError, zlib.error):
        return head, content
    return _FILTER.sub(b"", head), plain


def _objects_within(head: bytes, content: bytes) -> Iterator[tuple[int, tuple[bytes, None]]]:
    first = re.search(rb"/First\s+(\d+)", head)
    start = int(first[1]) if first else 0
    numbers = [int(number) for number in content[:start].split()]
    places = [*numbers[1::2], len(content) - start]
    for index, number in enumerate(numbers[::2]):
        yield number, (content[start + places[index] : start + places[index + 1]].strip(), None)


def pdf_file(objects: Parts, root: int, *, lying: bool = False) -> bytes:
    """Give a PDF of these objects; ``lying`` keeps the lengths that the objects state."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, (head, content) in objects.items():
        places[number] = len(out)
        body = head
        if content is not None:
            body = head if lying else _LENGTH.sub(b"/Length %d" % len(content), head)
            body += b"\nstream\n" + content + b"\nendstream"
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table, size = len(out), max(objects, default=0) + 1
    lines = [
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(size)
    ]
    out += b"xref\n0 %d\n" % size + b"".join(lines)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, table)
    return bytes(out)


def mutate_pdf(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Damage objects and unpacked streams, mostly those that a reader looks into; sometimes the file."""
    root = _ROOT.search(data)
    if root is None or chance.random() < 0.15:
        return mutate_bytes(data, chance, others)
    objects = pdf_objects(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _object_damaged(objects, chance)
    return pdf_file(objects, int(root[1]), lying=chance.random() < 0.1)


def _object_damaged(objects: Parts, chance: Random) -> None:
    read = [
        number for number, (_, content) in objects.items() if content and _READ_AS_TEXT.search(content[:2000])
    ]
    plain = [number for number, (_, content) in objects.items() if content is None]
    number = chance.choice(chance.choice((read, read, plain, plain, list(objects))) or list(objects))
    head, content = objects[number]
    if content is not None and chance.random() < 0.8:
        ways = (_operators_damaged, _operators_damaged, _number, _number, mutate_bytes)
        if chance.random() < 0.01:
            objects[number] = (
                _LENGTH.sub(b"/Length 0/Filter/FlateDecode", head),
                zlib.compress(bytes(256 * MEBIBYTE), 1),
            )
            return
        objects[number] = (head, _several(ways, content, chance, ()))
        return
    way = chance.random()
    references = list(_REFERENCE.finditer(head))
    if way < 0.1:
        del objects[number]
    elif way < 0.45 and references:
        at = chance.choice(references)
        objects[number] = (
            head[: at.start(1)] + b"%d" % chance.choice(list(objects)) + head[at.end(1) :],
            content,
        )
    elif way < 0.55:
        objects[number] = objects[chance.choice(list(objects))]
    else:
        objects[number] = (
            _several((_number, _number, _number, _keys_damaged, mutate_bytes), head, chance, ()),
            content,
        )


_ODD_OPERATORS = (
    *"q Q BT ET cm re l m f S W n Do Tj TJ Tf Tm Td T* ' \" gs sh BI ID EI BX << >> [ ] ( ) <41 /F0 1e30 -1e30 0 nan".split(),
    "q " * 5000, "0 0 1e9 1e9 re S ", "[" * 3000, "<<" * 3000, "0 0 m 9 9 l S " * 2000, "/X Do ", "0 0 0 0 0 0 cm ",
    "(" * 900,
)  # fmt: skip


def _operators_damaged(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    pieces = re.split(r"(\s+)", data.decode("latin-1"))
    return "".join(_pieces_damaged(pieces, chance, _ODD_OPERATORS)).encode("latin-1", "replace")


def _keys_damaged(data: bytes, chance: Random, _others: Sequence[bytes]) -> bytes:
    pieces = re.split(r"(/[A-Za-z0-9]+)", data.decode("latin-1"))
    return "".join(_pieces_damaged(pieces, chance, (*_ODD_OPERATORS, *pieces[1::2]))).encode(
        "latin-1", "replace"
    )


# --- Formats and mutants ----------------------------------------------------------------------------------

MUTATORS: dict[str, Mutator] = {
    "pdf": mutate_pdf,
    "docx": mutate_office,
    "xlsx": mutate_office,
    "xls": mutate_xls,
    "html": mutate_html,
    "mhtml": mutate_web_archive,
    "csv": mutate_text,
    "md": mutate_text,
    "txt": mutate_text,
    "zip": mutate_zip,
    "toml": mutate_text,
    "json": mutate_text,
}


def documents_of(kind: str, folder: Path = DOCUMENTS) -> tuple[bytes, ...]:
    """Give real documents of a format, the smallest first."""
    if kind == "toml":
        found = [path.read_bytes() for path in (ROOT / "examples").rglob("0*.toml")]
    elif kind == "json":
        found = [dump_json(perfeval.read(data).evaluations).encode() for data in documents_of("toml", folder)]
    elif kind == "mhtml":
        pages = documents_of("html", folder)
        found = [web_archive(page, way) for page in pages for way in ("base64", "quoted-printable")]
    elif kind == "zip":
        kinds = [
            each
            for each in ("csv", "html", "xlsx", "docx", "md", "txt", "toml")
            if documents_of(each, folder)
        ]
        first = [(f"甲局/{each}.{each}", documents_of(each, folder)[0]) for each in kinds]
        last = [
            (f"乙局/{each}.{each}", documents_of(each, folder)[-1])
            for each in ("csv", "html", "xlsx")
            if each in kinds
        ]
        found = [packed(first[:3]), packed(first[3:]), packed(last)]
    else:
        suffixes = {".xls", ".et"} if kind == "xls" else {f".{kind}"}
        found = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in suffixes]
    return tuple(sorted(found, key=len))


def mutant(kind: str, documents: Sequence[bytes], seed: int, index: int) -> bytes:
    """Give the same mutant for the same format, documents, seed and index."""
    chance = Random(f"{kind}/{seed}/{index}")  # noqa: S311 - repeatable damage, no secret
    return MUTATORS[kind](chance.choice(documents), chance, documents)


# --- Reading one mutant -----------------------------------------------------------------------------------

READ, REFUSED = "read", "refused"


@attrs.frozen
class Outcome:
    """What became of one mutant: READ, REFUSED with a code, or what went wrong with the head of its traceback."""

    index: int
    result: str
    detail: str = ""
    seconds: float = 0.0  # exact: a duration, never an amount
    peak: int = 0
    """MiB of memory at its highest while this one was read."""
    left: int = 0
    """MiB of memory afterwards."""


_NO_SENTENCE = re.compile(r"[\0-\x08\x0b-\x1f\x7f]|Traceback|<class |0x[0-9a-f]{8,}")


def read_one(data: bytes, name: str) -> tuple[str, str]:
    """Read a document; give what became of it, and the code of the refusal or the details of what is wrong."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            result, code, texts = _result_of(data, name)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            return f"{type(error).__name__} {_where(error)}", _head(error)
    if warned:
        return f"warning {warned[0].category.__name__}", str(warned[0].message)
    bad = next((text for text in texts if not text or len(text) > 2000 or _NO_SENTENCE.search(text)), None)
    return (result, code) if bad is None else ("message", repr(bad[:300]))


def _result_of(data: bytes, name: str) -> tuple[str, str, list[str]]:
    try:
        reading = perfeval.read(data, name=name)
    except perfeval.UnreadableError as error:
        messages = [problem.message for problem in error.problems]
        return (
            REFUSED,
            messages[0].code,
            [message.text(language) for message in messages for language in ("zh", "en")],
        )
    return (
        READ,
        "",
        [finding.message.text(language) for finding in reading.findings for language in ("zh", "en")],
    )


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if "perfeval" in frame.filename and "fuzz_documents" not in frame.filename
    ]
    shown = dict.fromkeys(f"{Path(frame.filename).name}:{frame.name}" for frame in (*ours[-1:], *frames[-1:]))
    return "in " + " > ".join(shown)


def _head(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]
    return "\n".join([*lines, f"{type(error).__name__}: {str(error)[:300]}"])


# --- Processes --------------------------------------------------------------------------------------------


def _memory(field: str) -> int:
    """MiB of memory: VmRSS now, VmHWM at most; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(rf"{field}:\s*(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return  # the peak is then that of all mutants so far


@attrs.frozen
class Setting:
    """What is read, and what one mutant may take: MiB of memory and seconds."""

    kind: str
    folder: Path
    seed: int
    memory: int
    hang: int


def work(pipe: Connection, stack: Path, setting: Setting) -> None:
    """Read the mutants whose numbers come through the pipe, with all output caught; ``stack`` tells of a hang."""
    resource.setrlimit(resource.RLIMIT_AS, (4 * setting.memory * MEBIBYTE,) * 2)
    kind = setting.kind
    documents = documents_of(kind, setting.folder)
    with tempfile.TemporaryFile() as output, stack.open("wb") as hung:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        while (index := pipe.recv()) is not None:
            data = mutant(kind, documents, setting.seed, index)
            _forget_peak()
            faulthandler.dump_traceback_later(setting.hang * 0.9, file=hung)  # exact: seconds
            start = perf_counter()
            result, detail = read_one(data, f"{index}.{kind}")
            faulthandler.cancel_dump_traceback_later()
            seconds, peak = perf_counter() - start, _memory("VmHWM")
            sys.stdout.flush()
            output.seek(0)
            printed = output.read()
            output.seek(0)
            output.truncate()
            if result in {READ, REFUSED} and printed:
                result, detail = "output", printed[:500].decode("utf-8", "replace")
            if result in {READ, REFUSED} and peak > setting.memory:
                result, detail = "memory", f"{peak} MiB for {len(data)} bytes ({result})"
            pipe.send(Outcome(index, result, detail, seconds, peak, _memory("VmRSS")))


@attrs.define
class Reader:
    """A process that reads mutants, and the one that it is reading."""

    process: BaseProcess
    pipe: Connection
    stack: Path
    hang: int
    index: int | None = None
    since: float = 0.0  # exact: a time of the clock

    def give(self, index: int) -> None:
        """Have it read the next one."""
        self.index, self.since = index, monotonic()
        self.pipe.send(index)

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.stack.unlink(missing_ok=True)


def outcomes(start: Callable[[], Reader], indexes: Iterator[int], processes: int) -> Iterator[Outcome]:
    """Give what becomes of the mutants, in no order; a process that hangs or dies is replaced."""
    readers = [start() for _ in range(processes)]
    for reader, index in zip(readers, indexes, strict=False):
        reader.give(index)
    try:
        while any(reader.index is not None for reader in readers):
            wait([reader.pipe for reader in readers if reader.index is not None], timeout=1)
            for at, reader in enumerate(readers):
                if reader.index is None:
                    continue
                outcome = _outcome_of(reader, reader.index)
                if outcome is None:
                    continue
                yield outcome
                if outcome.result.startswith(("hang", "crash")):
                    reader.end()
                    readers[at] = reader = start()  # noqa: PLW2901 - the next one goes to its successor
                reader.index = None
                following = next(indexes, None)
                if following is not None:
                    reader.give(following)
    finally:
        for reader in readers:
            reader.end()


_FRAME = re.compile(r'File "([^"]+)", line \d+ in (\w+|<\w+>)')


def _outcome_of(reader: Reader, index: int) -> Outcome | None:
    if reader.pipe.poll():
        try:
            outcome = reader.pipe.recv()
        except (EOFError, ConnectionError):
            return Outcome(
                index, "crash", f"exit status {reader.process.exitcode}", monotonic() - reader.since
            )
        assert isinstance(outcome, Outcome)
        return outcome
    if monotonic() - reader.since <= reader.hang:
        return None
    frames = _FRAME.findall(reader.stack.read_text(encoding="utf-8", errors="replace"))
    where = next(
        (f"{Path(file).name}:{name}" for file, name in frames if "perfeval/" in file), "before reading"
    )
    return Outcome(
        index, f"hang in {where}", "\n".join(f"{file} {name}" for file, name in frames[:6]), reader.hang
    )


def _start(setting: Setting) -> Reader:
    context = multiprocessing.get_context("spawn")  # a fork would take over what this process has allocated
    ours, theirs = context.Pipe()
    number, name = tempfile.mkstemp(prefix="perfeval-fuzz-")
    os.close(number)
    stack = Path(name)
    process = context.Process(target=work, args=(theirs, stack, setting))
    process.start()
    theirs.close()
    return Reader(process, ours, stack, setting.hang)


# --- The report -------------------------------------------------------------------------------------------


@attrs.define
class Tally:
    """What became of the mutants of one format so far."""

    results: Counter[str] = attrs.field(factory=Counter)
    codes: Counter[str] = attrs.field(factory=Counter)
    failures: list[Outcome] = attrs.field(factory=list)
    slowest: Outcome = Outcome(-1, READ)
    largest: Outcome = Outcome(-1, READ)
    left: list[int] = attrs.field(factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        self.results[outcome.result] += 1
        if outcome.result == REFUSED:
            self.codes[outcome.detail] += 1
        elif outcome.result != READ:
            self.failures.append(outcome)
        self.slowest = max(self.slowest, outcome, key=lambda each: each.seconds)
        self.largest = max(self.largest, outcome, key=lambda each: each.peak)
        if outcome.left:
            self.left.append(outcome.left)

    def line(self, kind: str) -> str:
        """Give one line of the table. Growth: memory left after the last tenth, less after the second."""
        tenth = max(len(self.left) // 10, 1)
        early, late = self.left[tenth : 2 * tenth] or [0], self.left[-tenth:] or [0]
        growth = sum(late) // len(late) - sum(early) // len(early)
        counts = (self.results.total(), self.results[READ], self.results[REFUSED], len(self.failures))
        shown = (
            *counts,
            f"{self.slowest.seconds:.1f} (#{self.slowest.index})",
            f"{self.largest.peak} (#{self.largest.index})",
        )
        return f"| {kind} | {' | '.join(map(str, shown))} | {growth:+} |"


TABLE = """| format | mutants | read | refused | failures | slowest, s | peak, MiB | growth, MiB |
|---|--:|--:|--:|--:|--:|--:|--:|"""


def fuzz(kind: str, options: argparse.Namespace) -> Tally:
    """Read the mutants of one format and save those that fail."""
    tally = Tally()
    documents = documents_of(kind, options.documents)
    if not documents:
        print(f"no document of format {kind} in {options.documents}: run scripts/make_documents.py --small")
        return tally
    until = monotonic() + options.seconds if options.seconds else None
    indexes = range(options.first, options.first + options.mutants)
    chosen = (index for index in indexes if until is None or monotonic() < until)
    start = partial(_start, Setting(kind, options.documents, options.seed, options.memory, options.hang))
    for outcome in outcomes(start, chosen, options.processes):
        tally.add(outcome)
        if outcome.result not in {READ, REFUSED}:
            path = options.out / f"{kind}-{options.seed}-{outcome.index}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(mutant(kind, documents, options.seed, outcome.index))
            path.with_suffix(".why").write_text(f"{outcome.result}\n{outcome.detail}\n", encoding="utf-8")
    return tally


def show_failures(kind: str, tally: Tally, options: argparse.Namespace) -> None:
    """List the failures of one format, those of one cause together, with one to try."""
    for result, count in Counter(each.result for each in tally.failures).most_common():
        first = next(each for each in tally.failures if each.result == result)
        path = options.out / f"{kind}-{options.seed}-{first.index}.{kind}"
        print(f"\n{kind}: {count} times {result}")
        print(f'  python -c "import perfeval; perfeval.read({str(path)!r})"')
        print("  " + first.detail.replace("\n", "\n  "), flush=True)


def main() -> int:
    """Fuzz the formats that were named, print the table and the failures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=" ".join(MUTATORS))
    parser.add_argument("--mutants", type=int, default=2000, help="how many of each format")
    parser.add_argument("--seconds", type=int, default=0, help="at most so long for each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first mutant, to try one again"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--memory", type=int, default=1024, help="MiB that one mutant may take")
    parser.add_argument("--hang", type=int, default=60, help="seconds that one mutant may take")
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="where the real documents are")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "perfeval-fuzz")
    options = parser.parse_args()
    unknown = [kind for kind in options.formats if kind not in MUTATORS]
    if unknown:
        parser.error(f"unknown format {unknown[0]}; the formats are {' '.join(MUTATORS)}")
    print(TABLE, flush=True)
    tallies = {}
    for kind in options.formats or MUTATORS:
        tallies[kind] = fuzz(kind, options)
        print(tallies[kind].line(kind), flush=True)
    print("\nWhat they were refused for:\n")
    for kind, tally in tallies.items():
        print(f"- {kind}: " + ", ".join(f"{code} {count}" for code, count in tally.codes.most_common()))
    for kind, tally in tallies.items():
        show_failures(kind, tally, options)
    return int(any(tally.failures or not tally.results for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
