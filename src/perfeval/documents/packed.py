"""Members of a zip: unpacked to their stated size and no further, after a look at the directory."""

from __future__ import annotations

__all__ = ["OVERLAP", "TOO_MANY", "content_of", "entries_of", "office_archive", "overlapping"]

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from perfeval.documents.limits import Meter
from perfeval.messages import Wording

_MEBIBYTE = 2**20
_PROLOGUE = 2**20
_HEADER = 30  # bytes of the header before a member, without its name and extra field
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of documents; only these unpack piece by piece
_LONG_DIRECTORY_ENTRY = 1024  # bytes: hardly any is longer
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # the member, strongly, the directory too
_BEFORE_ROOT = re.compile(rb"(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']\s*([^\"']*)")
_SAFE_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii")

_BROKEN = Wording(
    "IN-ZIP-BROKEN",
    "压缩包已损坏或不完整（{detail}），请重新下载",
    "is a damaged or cut-off archive ({detail}); fetch it again",
)
TOO_MANY = Wording(
    "IN-ZIP-MEMBERS",
    "压缩包内含超过 {most} 个文件，未读",
    "is an archive of more than {most} files and was not read",
)
_LOCKED = Wording(
    "IN-ZIP-LOCKED",
    "在压缩包中已加密，请先解压并去除密码",
    "is encrypted in its archive; unpack it and remove the password first",
)
_METHOD = Wording(
    "IN-ZIP-METHOD",
    "压缩方法（{method}）不受支持，请用普通 zip 方式重新压缩",
    "is packed by a method that is not read ({method}); pack it again as an ordinary zip",
)
_RATIO = Wording(
    "IN-ZIP-RATIO",
    "压缩比超过 {most}，疑为压缩炸弹，未读",
    "is packed by more than {most} to 1: it looks like a zip bomb and was not read",
)
_LARGE = Wording("IN-ZIP-SIZE", "超过 {most} 字节，请拆分", "has more than {most} bytes; split it")
OVERLAP = Wording(
    "IN-ZIP-OVERLAP",
    "与压缩包中的其他文件重叠，疑为压缩炸弹，未读",
    "overlaps another file of the archive: it looks like a zip bomb and was not read",
)
_DAMAGED = Wording(
    "IN-ZIP-MEMBER",
    "在压缩包中已损坏（{detail}），请重新下载压缩包",
    "is damaged in its archive ({detail}); fetch the archive again",
)
_ENTITIES = Wording(
    "IN-ENTITIES",
    "{member} 含有 DTD 或实体声明，正常文件没有，未读",
    "declares a DTD or entities in {member}, which no honest file does; it was not read",
)


def entries_of(data: bytes, meter: Meter) -> list[zipfile.ZipInfo]:
    """Give the directory of a zip. Raises UnreadableError where there is none, or one of too many members."""
    most = meter.limits.members
    # zipfile makes an object of every entry before anybody can count them.
    if _directory_size(data) > most * _LONG_DIRECTORY_ENTRY:
        raise meter.refused(TOO_MANY(most=most))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:  # noqa: BLE001 - struct.error, UnicodeDecodeError and more: zipfile stops none
        raise meter.refused(_BROKEN(detail=error)) from None
    if len(entries) > most:
        raise meter.refused(TOO_MANY(most=most))
    return entries


def _directory_size(data: bytes) -> int:
    for signature, start, stop in ((b"PK\x06\x06", 40, 48), (b"PK\x05\x06", 12, 16)):
        end = data.rfind(signature, max(0, len(data) - 2**17))
        if end >= 0:
            return int.from_bytes(data[end + start : end + stop], "little")
    return 0


def overlapping(entries: Sequence[zipfile.ZipInfo]) -> frozenset[int]:
    """Give the entries that share bytes of the archive: each would be unpacked from the same few again."""
    found = set()
    reach, last = -1, -1
    for index in sorted(range(len(entries)), key=lambda index: entries[index].header_offset):
        entry = entries[index]
        if entry.header_offset < reach:
            found |= {last, index}
        stop = entry.header_offset + _HEADER + entry.compress_size
        if stop > reach:
            reach, last = stop, index
    return frozenset(found)


def content_of(data: bytes, entry: zipfile.ZipInfo, name: str, meter: Meter) -> bytes:
    """Unpack one member, never to more than its stated size: zipfile would unpack all before it cuts."""
    limits = meter.limits
    if entry.flag_bits & _ENCRYPTED:
        raise meter.refused(_LOCKED())
    if entry.compress_type not in _METHODS:
        raise meter.refused(_METHOD(method=entry.compress_type))
    if entry.file_size > limits.size:
        raise meter.refused(_LARGE(most=limits.size))
    if entry.file_size > _MEBIBYTE and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise meter.refused(_RATIO(most=limits.ratio))
    meter.unpack(entry.file_size, name)
    header = data[entry.header_offset : entry.header_offset + _HEADER] if entry.header_offset >= 0 else b""
    if len(header) < _HEADER or not header.startswith(b"PK\x03\x04"):
        raise meter.refused(_DAMAGED(detail="header"))
    start = entry.header_offset + _HEADER + sum(struct.unpack("<HH", header[26:]))
    content = packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = unpacker.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise meter.refused(_DAMAGED(detail=error)) from None
    if len(content) != entry.file_size:
        raise meter.refused(_DAMAGED(detail="size"))
    if zlib.crc32(content) != entry.CRC:
        raise meter.refused(_DAMAGED(detail="CRC"))
    return content


def office_archive(data: bytes, meter: Meter) -> zipfile.ZipFile:
    """Open a docx or xlsx whose members are as large as they say, and whose XML declares no DTD and no entities.

    Every member is unpacked once here, within the limits: a library that opens the archive afterwards does not
    look. Raises UnreadableError.
    """
    entries = entries_of(data, meter)
    if overlapping(entries):
        raise meter.refused(OVERLAP())
    for entry in entries:
        if _declares(content_of(data, entry, entry.filename, meter)):
            raise meter.refused(_ENTITIES(member=entry.filename))
        meter.clock()
    return zipfile.ZipFile(io.BytesIO(data))


def _declares(content: bytes) -> bool:
    """Say whether XML has a DTD, or may hide one in an encoding that is not looked into."""
    plain = content[:_PROLOGUE].replace(b"\0", b"")  # UTF-16 puts a NUL between the letters
    before = _BEFORE_ROOT.match(plain)
    end = before.end() if before else 0
    if plain.startswith(b"<!", end):
        return True
    encoding = _ENCODING.search(plain, 0, end)
    if encoding is not None and not encoding[1].strip().lower().startswith(_SAFE_ENCODINGS):
        return True
    return len(content) > _PROLOGUE and end > 0 and not plain[end : end + 2].strip(b"<")
