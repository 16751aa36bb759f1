"""Archives of documents: the members of a zip, and of the zips in it. One bad member loses no other."""

from __future__ import annotations

__all__ = ["Member", "members"]

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count

import attrs

from perfeval.documents.limits import Meter, refused
from perfeval.documents.packed import OVERLAP, TOO_MANY, content_of, entries_of, overlapping
from perfeval.documents.sniff import format_of
from perfeval.errors import UnreadableError
from perfeval.messages import Message

_UNICODE_PATH = 0x7075
_IS_UTF8 = 0x800
_LITTER = re.compile(
    r"(?:\A|.*/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*|\._[^/]*|\.~lock\.[^/]*#)\Z",
    re.IGNORECASE | re.DOTALL,
)
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROLS = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]")


@attrs.frozen
class Member:
    """One file of an archive: its name with folders, and its bytes or why it cannot be read.

    Folders are divided by ``/``, an archive in the archive being one of them. The name is for people and keys:
    it has no ``..``, drive or root, and is still no path to write to.
    """

    name: str
    content: bytes | UnreadableError


def members(data: bytes, meter: Meter, depth: int = 1) -> Iterator[Member]:
    """Give the files of a zip archive in their order, and those of the zip archives in it.

    ``depth`` is 1 for an archive that is itself in none. Folders, links and what systems and office programs
    leave behind (``__MACOSX``, ``Thumbs.db``, ``~$`` lock files) are no files. An archive that cannot be
    opened at all, or holds more files than the limit with those of the archives in it, raises UnreadableError;
    everything else that is wrong is the content of its member. Nobody looks at the clock here: it would count
    the time in which the caller reads the documents.
    """
    return _members(data, meter, depth, "", count(1))


def _members(data: bytes, meter: Meter, depth: int, folder: str, counter: Iterator[int]) -> Iterator[Member]:
    meter.nesting(depth)
    entries = entries_of(data, meter)
    doubled = overlapping(entries)
    for index, entry in enumerate(entries):
        if next(counter) > meter.limits.members:
            raise meter.refused(TOO_MANY(most=meter.limits.members))
        written = _name(entry)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or written.endswith("/") or _LITTER.match(written):
            continue
        name = folder + (_without_root(written) or f"#{index + 1}")
        if index in doubled:
            yield _bad(name, meter, OVERLAP())
            continue
        try:
            content = content_of(data, entry, name, meter)
            if format_of(content, name) != "zip":
                yield Member(name, content)
                continue
            yield from _members(content, meter, depth + 1, f"{name}/", counter)
        except UnreadableError as error:
            yield _bad(name, meter, error.problems[0].message)


def _bad(name: str, meter: Meter, message: Message) -> Member:
    return Member(name, refused(f"{meter.name}/{name}", message))


def _name(entry: zipfile.ZipInfo) -> str:
    """Give the name as it was typed: systems set to Chinese write GBK without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _IS_UTF8:
        raw = name.encode("cp437")
        name = _unicode_path(entry.extra, raw) or _decoded(raw) or name
    return name.partition("\0")[0].replace("\\", "/")


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Give the name in UTF-8 that some programs put beside one in the system's encoding."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _without_root(name: str) -> str:
    parts = (_CONTROLS.sub("", part).strip() for part in name.split("/"))
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not _DRIVE.fullmatch(part))
