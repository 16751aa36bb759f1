"""Opening a PDF that may be hostile: streams unpacked within the limits, nothing damaged read as if it were whole."""

from __future__ import annotations

__all__ = ["BrokenError", "open_pdf", "pages_of", "shared_resources"]

import io
import logging
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument, PDFXRefFallback, PDFXRefStream
from pdfminer.pdfexceptions import PDFException, PDFObjectNotFound
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSKeyword, PSLiteral
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor, nunpack

from perfeval.documents.limits import Meter
from perfeval.messages import Wording

# pdfminer reports every oddity of a file; without a handler of its own they would reach the user's terminal.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

_PACKED = Wording(
    "IN-PDF-PACKED",
    "内部数据流压缩异常（{detail}），疑为压缩炸弹，未读",
    "holds a stream packed as no honest file packs it ({detail}); it looks like a bomb and was not read",
)

_MEBIBYTE = 2**20
_STREAM = 64 * _MEBIBYTE
"""Bytes of one unpacked stream: a whole Chinese font has less, and pdfminer needs a minute for so much."""
_CHUNK = 2**16
_REFERENCES = 32
"""References to references, one after the other."""
_CODES = 2**17
"""Character codes that one font may list in ranges; there are 65536."""
_RUN = 64
"""What run length coding makes of one byte at most."""


class BrokenError(PDFException):
    """Something that the text depends on is damaged or missing."""


class _Stream(PDFStream):
    """A stream that unpacks within the limits, refuses damage, and keeps only the packed bytes in memory."""

    def __init__(self, stream: PDFStream, meter: Meter) -> None:
        super().__init__(stream.attrs, stream.rawdata or b"", stream.decipher)
        self._meter = meter
        self._counted = False

    def get_data(self) -> bytes:
        data = self.rawdata or b""
        if self.decipher is not None and self.objid is not None:
            data = self.decipher(self.objid, self.genno or 0, data, self.attrs)
        unpacked = False
        for name, parameters in self.get_filters():
            kind = name.name if isinstance(name, PSLiteral) else name
            if kind in _PLAIN:
                data = _PLAIN[kind](data)
                continue
            if unpacked:
                raise self._meter.refused(_PACKED(detail="filters"))
            unpacked = True
            data = _predicted(_unpacked(kind, data, self._meter), parameters)
        if unpacked and not self._counted:
            self._counted = True
            self._meter.unpack(len(data), f"{self.objid or 0} 0 obj")
        return data


_PLAIN = {
    "ASCII85Decode": ascii85decode,
    "A85": ascii85decode,
    "ASCIIHexDecode": asciihexdecode,
    "AHx": asciihexdecode,
}


def _unpacked(kind: object, data: bytes, meter: Meter) -> bytes:
    if kind in {"FlateDecode", "Fl"}:
        return _inflated(data, meter)
    if kind in {"LZWDecode", "LZW"}:
        return _collected(LZWDecoder(io.BytesIO(data)).run(), len(data), meter)
    if kind in {"RunLengthDecode", "RL"}:
        if _RUN * len(data) > _STREAM:
            raise meter.refused(_PACKED(detail="RunLengthDecode"))
        return rldecode(data)
    raise BrokenError(f"filter {kind}")


def _inflated(data: bytes, meter: Meter) -> bytes:
    """Inflate without the header, so that a stream cut off within its checksum is still whole."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def parts() -> Iterator[bytes]:
        rest = data[2:]
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail

    try:
        whole = _collected(parts(), len(data), meter)
    except zlib.error as error:
        raise BrokenError(str(error)) from None
    checksum = inflater.unused_data[:4]
    wrong = len(checksum) == 4 and int.from_bytes(checksum, "big") != zlib.adler32(whole)
    if wrong or not inflater.eof:
        raise BrokenError("checksum" if wrong else "stream cut off")
    return whole


def _collected(parts: Iterator[bytes], packed: int, meter: Meter) -> bytes:
    pieces = []
    total = 0
    for part in parts:
        total += len(part)
        if total > _STREAM or (total > _MEBIBYTE and total > meter.limits.ratio * packed):
            raise meter.refused(_PACKED(detail=f"{packed} -> {total}"))
        pieces.append(part)
    return b"".join(pieces)


def _predicted(data: bytes, parameters: object) -> bytes:
    facts = parameters if isinstance(parameters, dict) else {}
    predictor = resolve1(facts.get("Predictor", 1))
    if predictor == 1:
        return data
    colors, columns = resolve1(facts.get("Colors", 1)), resolve1(facts.get("Columns", 1))
    bits = resolve1(facts.get("BitsPerComponent", 8))
    if predictor == 2:
        return apply_tiff_predictor(colors, columns, bits, data)
    return apply_png_predictor(predictor, colors, columns, bits, data)


class _Parser(PDFParser):
    """The parser of the file: it hands out bounded streams, and looks at the clock."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        super().__init__(io.BytesIO(data))
        self._meter = meter

    def push(self, *objs: Any) -> None:
        self._meter.clock()
        super().push(*((pos, self._bounded(found)) for pos, found in objs))

    def _bounded(self, found: Any) -> Any:
        return _Stream(found, self._meter) if type(found) is PDFStream else found


class _Document(PDFDocument):
    """A document that says so where an object is missing, and follows no circle of references."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        self._meter = meter
        self._opened = False
        super().__init__(_Parser(data, meter))
        self._opened = True

    def getobj(self, objid: int) -> object:
        self._meter.clock()
        try:
            found = super().getobj(objid)
            for _ in range(_REFERENCES):
                if not isinstance(found, PDFObjRef):
                    return found
                found = super().getobj(found.objid)
        except PDFObjectNotFound:
            if not self._opened:
                raise
            raise BrokenError(f"{objid} 0 obj") from None
        raise BrokenError(f"{objid} 0 obj")


def open_pdf(data: bytes, meter: Meter) -> tuple[PDFDocument, bool]:
    """Open a PDF, and say whether its index of objects had to be rebuilt."""
    document = _Document(data, meter)
    for xref in document.xrefs:
        if isinstance(xref, PDFXRefStream) and sum(count for _, count in xref.ranges) > len(xref.data or b""):
            raise BrokenError("xref")
    return document, any(isinstance(xref, PDFXRefFallback) for xref in document.xrefs)


def pages_of(document: PDFDocument, meter: Meter) -> Iterator[PDFPage]:
    """Give the pages one by one, each counted and with all of its contents."""
    for page in PDFPage.create_pages(document):
        meter.page()
        if not all(isinstance(resolve1(content), PDFStream) for content in page.contents):
            raise BrokenError("Contents")
        yield page


class _Resources(PDFResourceManager):
    """Fonts, each looked at before pdfminer spreads its ranges out."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(caching=True)
        self._meter = meter

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        self._meter.clock()
        if objid is None or objid not in self._cached_fonts:
            for key in ("W", "W2"):
                _check_widths(resolve1(spec.get(key)), 3 if key == "W" else 5)
            for key in ("ToUnicode", "Encoding"):
                stream = resolve1(spec.get(key))
                if isinstance(stream, PDFStream):
                    _RangeCounter(stream.get_data()).run()
        return super().get_font(objid, spec)


def shared_resources(meter: Meter) -> PDFResourceManager:
    """Give the store of fonts for all pages of one document."""
    return _Resources(meter)


def _check_widths(widths: object, step: int) -> None:
    """Refuse ranges of codes that no font has; ``step`` numbers make one range."""
    numbers: list[int] = []
    codes = 0
    for item in widths if isinstance(widths, list) else ():
        value = resolve1(item)
        if isinstance(value, list):
            numbers = []
        elif isinstance(value, int | float):
            numbers.append(int(value))
            if len(numbers) == step:
                codes += max(numbers[1] - numbers[0], 0) + 1
                numbers = []
        if codes > _CODES:
            raise BrokenError("W")


class _RangeCounter(CMapParser):
    """Reads a character map as pdfminer does, and only counts what its ranges would spread out to."""

    def __init__(self, data: bytes) -> None:
        super().__init__(FileUnicodeMap(), io.BytesIO(data))
        self._codes = 0

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        if token is self.KEYWORD_USECMAP:
            self.popall()
        elif token in {self.KEYWORD_ENDBFRANGE, self.KEYWORD_ENDCIDRANGE}:
            found = [value for _, value in self.popall()]
            for first, last in zip(found[::3], found[1::3], strict=False):
                if isinstance(first, bytes) and isinstance(last, bytes):
                    self._codes += max(nunpack(last) - nunpack(first), 0) + 1
            if self._codes > _CODES:
                raise BrokenError("CMap")
        else:
            super().do_keyword(pos, token)
