"""What an OLE compound file is (old Word or Excel, or an encrypted new one), and the streams in it."""

from __future__ import annotations

__all__ = ["OLE_SIGNATURE", "OleKind", "ole_kind", "ole_stream"]

import struct
from collections.abc import Iterator
from typing import Literal

import attrs

OleKind = Literal["xls", "doc", "encrypted", "wps", "other"]

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA  # above it are marks, not sectors
_NOTHING = 0xFFFFFFFF
_KINDS: tuple[tuple[OleKind, tuple[str, ...]], ...] = (
    ("encrypted", ("encryptedpackage", "encryptioninfo")),
    ("xls", ("workbook", "book")),
    ("doc", ("worddocument",)),
    ("wps", ("contents", "matost", "wpsdocument")),
)


@attrs.frozen
class _Container:
    """The sectors of a compound file, or the short sectors in its one stream for small things."""

    data: bytes
    base: int
    size: int
    table: tuple[int, ...]

    def sector(self, number: int) -> bytes:
        """Give one sector; empty where the file has ended."""
        start = self.base + number * self.size
        return self.data[start : start + self.size]

    def chain(self, number: int) -> Iterator[bytes]:
        """Give the sectors of a stream; a chain that turns back on itself ends there."""
        seen: set[int] = set()
        while number < _LAST_SECTOR and number not in seen:
            seen.add(number)
            yield self.sector(number)
            number = self.table[number] if number < len(self.table) else _NOTHING

    def stream(self, number: int, length: int) -> bytes:
        """Give a stream of this length; ValueError where there is less of it."""
        parts: list[bytes] = []
        missing = length
        for sector in self.chain(number):
            if missing <= 0 or not sector:
                break
            parts.append(sector[:missing])
            missing -= len(sector)
        if missing > 0:
            raise ValueError(f"{missing} of {length} bytes are missing")
        return b"".join(parts)


@attrs.frozen
class _Entry:
    """What the directory says of one stream."""

    name: str
    start: int
    length: int


def ole_kind(data: bytes) -> OleKind:
    """Say what an OLE compound file holds; ``other`` where that is something else or cannot be made out."""
    try:
        names = {entry.name for entry in _entries(data)[1]} if data.startswith(OLE_SIGNATURE) else set()
    except struct.error:  # cut off in the header
        return "other"
    for kind, marks in _KINDS:
        if not names.isdisjoint(marks):
            return kind
    return "other"


def ole_stream(data: bytes, *names: str) -> bytes | None:
    """Give the first stream under the root with one of these names (in small letters).

    Raises ValueError or struct.error where the file is damaged.
    """
    root, entries = _entries(data)
    for name in names:
        for entry in entries:
            if entry.name == name:
                return _content(data, root, entry)
    return None


def _content(data: bytes, root: _Entry, entry: _Entry) -> bytes:
    container = _container(data)
    (least, table_start) = struct.unpack_from("<2I", data, 56)
    if entry.length >= least:
        return container.stream(entry.start, entry.length)
    (shift,) = struct.unpack_from("<H", data, 32)
    table = tuple(number for sector in container.chain(table_start) for number in _integers(sector))
    small = container.stream(root.start, root.length)
    return _Container(small, 0, 1 << min(shift, 16), table).stream(entry.start, entry.length)


def _integers(sector: bytes) -> tuple[int, ...]:
    count = len(sector) // 4
    return struct.unpack(f"<{count}I", sector[: 4 * count])


def _container(data: bytes) -> _Container:
    (shift,) = struct.unpack_from("<H", data, 30)
    size = 1 << (shift if 7 <= shift <= 16 else 9)
    base = max(size, _HEADER)  # the header is as long as a sector
    bare = _Container(data, base, size, ())
    numbers = list(struct.unpack_from("<109I", data, 76))
    (following,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while following < _LAST_SECTOR and following not in seen:
        seen.add(following)
        *more, following = _integers(bare.sector(following)) or (_NOTHING,)
        numbers += more
    unique = dict.fromkeys(number for number in numbers if number < _LAST_SECTOR)
    table = tuple(entry for number in unique for entry in _integers(bare.sector(number)))
    return _Container(data, base, size, table)


def _entries(data: bytes) -> tuple[_Entry, list[_Entry]]:
    """Give the root and what is right under it: what is embedded further down is not what the file is."""
    (start,) = struct.unpack_from("<I", data, 48)
    directory = b"".join(_container(data).chain(start))
    stored = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    if not stored:
        return _Entry("", _NOTHING, 0), []
    found: list[_Entry] = []
    seen: set[int] = set()
    waiting: list[int] = [struct.unpack_from("<I", stored[0], 76)[0]]
    while waiting:
        number = waiting.pop()
        if number < len(stored) and number not in seen:
            seen.add(number)
            found.append(_entry(stored[number]))
            waiting += struct.unpack_from("<2I", stored[number], 68)
    return _entry(stored[0]), found


def _entry(stored: bytes) -> _Entry:
    (length,) = struct.unpack_from("<H", stored, 64)
    name = stored[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name.casefold(), *struct.unpack_from("<2I", stored, 116))
