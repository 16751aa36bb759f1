"""How much a document may ask for: size, cells, pages, nesting, time. Documents are hostile until read."""

from __future__ import annotations

__all__ = ["DEFAULT_LIMITS", "Limits", "Meter", "refused"]

import io
import re
import zipfile
from time import monotonic

import attrs

from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Message, Wording

_MEBIBYTE = 2**20
_PROLOGUE = 2**16
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']\s*([^\"']*)")


@attrs.frozen(kw_only=True)
class Limits:
    """Limits on one document, each of them adjustable. The defaults admit a year's disclosure of a province."""

    size: int = 256 * _MEBIBYTE
    """Bytes of the file."""
    unpacked: int = 1024 * _MEBIBYTE
    """Bytes of everything inside, unpacked (docx, xlsx and zip are archives; streams of a PDF)."""
    ratio: int = 200
    """Unpacked to packed bytes of one member, above one MiB."""
    members: int = 20_000
    """Files in an archive."""
    pages: int = 5_000
    cells: int = 3_000_000
    cell_length: int = 200_000
    """Characters of one cell or paragraph."""
    nesting: int = 3
    """Archives in archives, tables in tables."""
    seconds: int = 300
    """Time for one document."""


DEFAULT_LIMITS = Limits()

_SIZE = Wording("IN-SIZE", "文件超过 {most} 字节，请拆分", "has more than {most} bytes; split it")
_UNPACKED = Wording(
    "IN-UNPACKED",
    "解压后超过 {most} 字节（{member}），疑为压缩炸弹，未读",
    "unpacks to more than {most} bytes ({member}): it looks like a zip bomb and was not read",
)
_RATIO = Wording(
    "IN-RATIO",
    "压缩比超过 {most}（{member}），疑为压缩炸弹，未读",
    "is packed by more than {most} to 1 ({member}): it looks like a zip bomb and was not read",
)
_MEMBERS = Wording(
    "IN-MEMBERS", "内含超过 {most} 个文件，未读", "holds more than {most} files and was not read"
)
_PAGES = Wording("IN-PAGES", "超过 {most} 页，请拆分", "has more than {most} pages; split it")
_CELLS = Wording("IN-CELLS", "超过 {most} 个单元格，请拆分", "has more than {most} cells; split it")
_LENGTH = Wording(
    "IN-LENGTH",
    "有超过 {most} 字符的单元格或段落，未读",
    "has a cell or paragraph of more than {most} characters and was not read",
)
_NESTING = Wording(
    "IN-NESTING", "嵌套超过 {most} 层，未读", "is nested more than {most} deep and was not read"
)
_TIME = Wording(
    "IN-TIME", "读取超过 {most} 秒，已停止", "took more than {most} seconds to read and was given up"
)
_BROKEN_ZIP = Wording(
    "IN-BROKEN",
    "文件已损坏或不完整（{detail}），请重新下载",
    "is damaged or cut off ({detail}); fetch it again",
)
_ENTITIES = Wording(
    "IN-ENTITIES",
    "{member} 含有 DTD 或实体声明，正常文件没有，未读",
    "declares a DTD or entities in {member}, which no honest file does; it was not read",
)
_LOCKED = Wording("IN-LOCKED", "已加密，请先去除密码", "is encrypted; remove the password first")


def refused(name: str, message: Message) -> UnreadableError:
    """Give what is raised where a whole document cannot be read."""
    return UnreadableError((Problem(name, 0, 0, "", message),))


class Meter:
    """Counts what one document has used, and raises UnreadableError at the first limit passed."""

    def __init__(self, name: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.limits = limits
        self._cells = 0
        self._pages = 0
        self._unpacked = 0
        self._deadline = monotonic() + limits.seconds

    def refused(self, message: Message) -> UnreadableError:
        """Give what is raised where this document cannot be read."""
        return refused(self.name, message)

    def size(self, count: int) -> None:
        """Check the bytes of the file."""
        if count > self.limits.size:
            raise self.refused(_SIZE(most=self.limits.size))

    def unpack(self, count: int, member: str = "") -> None:
        """Count bytes that were packed in the document."""
        self._unpacked += count
        if self._unpacked > self.limits.unpacked:
            raise self.refused(_UNPACKED(most=self.limits.unpacked, member=member))

    def page(self) -> None:
        """Count a page or sheet, and look at the clock."""
        self._pages += 1
        if self._pages > self.limits.pages:
            raise self.refused(_PAGES(most=self.limits.pages))
        self.clock()

    def cells(self, count: int) -> None:
        """Count cells (those of one row, say), and look at the clock."""
        self._cells += count
        if self._cells > self.limits.cells:
            raise self.refused(_CELLS(most=self.limits.cells))
        self.clock()

    def text(self, text: str) -> str:
        """Check the length of one cell or paragraph, and give it back."""
        if len(text) > self.limits.cell_length:
            raise self.refused(_LENGTH(most=self.limits.cell_length))
        return text

    def nesting(self, depth: int) -> None:
        """Check how deep archives or tables are nested."""
        if depth > self.limits.nesting:
            raise self.refused(_NESTING(most=self.limits.nesting))

    def clock(self) -> None:
        """Look at the clock."""
        if monotonic() > self._deadline:
            raise self.refused(_TIME(most=self.limits.seconds))

    def archive(self, data: bytes) -> zipfile.ZipFile:
        """Open a zip archive after looking at its directory: members, sizes, ratios, encryption.

        A directory that lies about sizes is found out when a member is read: zipfile stops at the stated
        size and compares the checksum.
        """
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise self.refused(_BROKEN_ZIP(detail=error)) from None
        entries = archive.infolist()
        if len(entries) > self.limits.members:
            raise self.refused(_MEMBERS(most=self.limits.members))
        for entry in entries:
            if entry.flag_bits & 1:
                raise self.refused(_LOCKED())
            self.unpack(entry.file_size, entry.filename)
            packed = max(entry.compress_size, 1)
            if entry.file_size > _MEBIBYTE and entry.file_size > self.limits.ratio * packed:
                raise self.refused(_RATIO(most=self.limits.ratio, member=entry.filename))
        return archive

    def office_archive(self, data: bytes) -> zipfile.ZipFile:
        """Open a docx or xlsx: an archive whose XML parts declare no DTD and no entities."""
        archive = self.archive(data)
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                with archive.open(entry) as part:
                    head = part.read(_PROLOGUE)
            except Exception as error:  # noqa: BLE001 - zlib.error, lzma.LZMAError: whatever the packer raises
                raise self.refused(_BROKEN_ZIP(detail=error)) from None
            if _declares(head):
                raise self.refused(_ENTITIES(member=entry.filename))
        return archive


def _declares(head: bytes) -> bool:
    """Say whether a DTD stands before the first element, or may: a prologue without end, an odd encoding."""
    plain = head.replace(b"\0", b"")  # UTF-16 puts a NUL between the letters
    first = _FIRST_ELEMENT.search(plain)
    if first is None:
        return len(head) == _PROLOGUE
    prologue = plain[: first.start()]
    encoding = _ENCODING.search(prologue)
    named = encoding[1].strip().lower() if encoding else b"utf-8"
    return b"<!DOCTYPE" in prologue or not named.startswith((b"utf-8", b"utf-16", b"us-ascii"))
