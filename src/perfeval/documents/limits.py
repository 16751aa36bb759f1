"""How much a document may ask for: size, cells, pages, nesting, time. Documents are hostile until read."""

from __future__ import annotations

__all__ = ["DEFAULT_LIMITS", "Limits", "Meter", "legible", "refused"]

import re
from time import monotonic

import attrs

from perfeval.errors import Problem, UnreadableError
from perfeval.messages import Message, Wording

_MEBIBYTE = 2**20
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST_FACT = 200


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


def refused(name: str, message: Message) -> UnreadableError:
    """Give what is raised where a whole document cannot be read."""
    return UnreadableError((Problem(name, 0, 0, "", legible(message)),))


def legible(message: Message) -> Message:
    """Give a message whose facts are short and printable: they may come from a broken or hostile document."""
    return Message(message.wording, {name: _short(text) for name, text in message.facts.items()})


def _short(text: str) -> str:
    plain = _CONTROLS.sub(" ", text)
    return plain if len(plain) <= _LONGEST_FACT else f"{plain[:_LONGEST_FACT]}…"


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
