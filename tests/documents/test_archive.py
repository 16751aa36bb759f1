"""Archives: every member by its name as typed, a bad one by its reason, and no other lost."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.archive import Member, members
from perfeval.documents.limits import Limits, Meter
from perfeval.errors import UnreadableError


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files:  # without the time of making: the same bytes each time
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(info, content, compress_type=method)
    return stream.getvalue()


def with_raw_names(data: bytes, names: dict[str, bytes]) -> bytes:
    """Put other bytes for names, as a system without UTF-8 writes them; each as long as what it replaces."""
    for placeholder, raw in names.items():
        assert len(placeholder) == len(raw)
        assert data.count(placeholder.encode()) == 2
        data = data.replace(placeholder.encode(), raw)
    return data


def read(data: bytes, limits: Limits | None = None) -> list[Member]:
    return list(members(data, Meter("甲.zip", limits or Limits())))


def texts(data: bytes, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Give names with contents, or with what is wrong."""
    return [
        (member.name, member.content.decode() if isinstance(member.content, bytes) else member.content.text())
        for member in read(data, limits)
    ]


def patched(data: bytes, name: str, field: int, layout: str, value: int) -> bytes:
    """Put a value in the directory entry of a member, at an offset in the entry."""
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode())) + field
    size = struct.calcsize(layout)
    return data[:place] + struct.pack(layout, value) + data[place + size :]


_FLAGS, _METHOD, _CRC, _PACKED, _SIZE, _OFFSET = 8, 10, 16, 20, 24, 42
_TWO = [("a.txt", b"one one one"), ("b.txt", b"two")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_in_their_order(method: int) -> None:
    files = [("单位/表.txt", b"x" * 1000), ("empty.txt", b""), ("a.txt", b"a")]
    assert read(zipped(files, method)) == [Member(name, content) for name, content in files]
    assert read(zipped([])) == []


def test_folders_links_and_litter_are_no_members() -> None:
    link = zipfile.ZipInfo("link.pdf")
    link.external_attr = 0o120777 << 16
    names = (
        *(
            "dir/",
            "__MACOSX/._a.pdf",
            "x/__MACOSX/y/a.pdf",
            ".DS_Store",
            "x/.ds_store",
            "Thumbs.db",
            "~$a.docx",
        ),
        *("x/~$a.xlsx", "._a.pdf", "desktop.ini", ".~lock.a.ods#"),
    )
    data = zipped([*((name, b"x") for name in names), (link, b"a.pdf"), ("a~$.txt", b"kept")])
    assert texts(data) == [("a~$.txt", "kept")]


def test_names_of_chinese_systems() -> None:
    gbk, utf = "单位/表.csv".encode("gbk"), "表.csv".encode()
    backslash = "单位\\俓.csv".encode("gbk")  # the second byte of 俓 in GBK is not the separator's
    extra = zipfile.ZipInfo("Q" * 4)
    placeholders = {"A" * len(gbk): gbk, "B" * len(utf): utf, "C" * len(backslash): backslash}
    data = with_raw_names(zipped([(name, b"x") for name in placeholders]), placeholders)
    assert [member.name for member in read(data)] == ["单位/表.csv", "表.csv", "单位/俓.csv"]
    raw = b"\xff\x82\xff\x82"
    path = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + "表.csv".encode()
    extra.extra = struct.pack("<HHB", 1, 1, 0) + struct.pack("<HH", 0x7075, len(path)) + path
    assert [member.name for member in read(with_raw_names(zipped([(extra, b"x")]), {"QQQQ": raw}))] == [
        "表.csv"
    ]
    extra.extra = extra.extra[:-1] + b"\xff"
    fallback = read(with_raw_names(zipped([(extra, b"x")]), {"QQQQ": raw}))
    assert fallback[0].name == raw.decode("cp437").strip()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\单位\\a.txt", "单位/a.txt"),
        ("x/./../a\x1b[2J.txt", "x/a[2J.txt"),
        ("..", "#1"),
        ("x//a.txt", "x/a.txt"),
    ],
)
def test_names_are_no_paths(written: str, shown: str) -> None:
    assert texts(zipped([(written, b"x")])) == [(shown, "x")]


def test_archives_in_archives() -> None:
    inner = zipped([("b.txt", b"b"), ("c.zip", zipped([("c.txt", b"c")]))])
    data = zipped([("乙.zip", inner), ("bad.zip", inner[:-30]), ("a.txt", b"a")])
    names = [("乙.zip/b.txt", "b"), ("乙.zip/c.zip/c.txt", "c")]
    got = texts(data)
    assert got[:2] == names
    assert got[2][0] == "bad.zip"
    assert got[2][1].startswith("甲.zip/bad.zip: 压缩包已损坏或不完整")
    assert got[3:] == [("a.txt", "a")]
    shallow = texts(data, Limits(nesting=2))
    assert shallow[1] == ("乙.zip/c.zip", "甲.zip/乙.zip/c.zip: 嵌套超过 2 层，未读")
    with pytest.raises(UnreadableError, match="嵌套"):
        list(members(data, Meter("a.zip"), depth=4))


@pytest.mark.parametrize(
    ("field", "layout", "value", "reason"),
    [
        (_FLAGS, "<H", 1, "已加密"),
        (_FLAGS, "<H", 0x40, "已加密"),
        (_METHOD, "<H", 9, "压缩方法（9）"),
        (_METHOD, "<H", zipfile.ZIP_LZMA, "压缩方法"),
        (_METHOD, "<H", zipfile.ZIP_STORED, "size"),
        (_CRC, "<L", 1, "CRC"),
        (_SIZE, "<L", 3, "size"),
        (_SIZE, "<L", 30, "size"),
        (_SIZE, "<L", 2**30, "字节"),
        (_SIZE, "<L", 2**24, "压缩比"),
        (_PACKED, "<L", 2, "size"),
        (_OFFSET, "<L", 2**31, "header"),
        (_PACKED, "<L", 100, "重叠"),
    ],
)
def test_one_bad_member_loses_no_other(field: int, layout: str, value: int, reason: str) -> None:
    big = [("0.txt", b"zero"), ("1.txt", b"one " * 10), ("2.txt", b"two")]
    got = texts(patched(zipped(big), "1.txt", field, layout, value))
    bad = [(name, text) for name, text in got if name == "1.txt"]
    assert [name for name, _ in got] == ["0.txt", "1.txt", "2.txt"]
    assert reason in bad[0][1]
    assert bad[0][1].startswith("甲.zip/1.txt: ")
    assert got[0] == ("0.txt", "zero")
    assert (got[2] == ("2.txt", "two")) == (reason != "重叠")


def test_damaged_bytes() -> None:
    data = bytearray(zipped([("a.txt", bytes(range(256)) * 4), ("b.txt", b"two")]))
    data[40:60] = b"\xff" * 20
    (a, b) = read(bytes(data))
    assert isinstance(a.content, UnreadableError)
    assert b.content == b"two"


@pytest.mark.parametrize("offset", [0, 7])
def test_the_same_bytes_as_many_members(offset: int) -> None:
    data = zipped([*_TWO, ("c.txt", b"three")])
    got = texts(patched(data, "b.txt", _OFFSET, "<L", offset))
    assert [(name, "重叠" in text) for name, text in got] == [
        ("a.txt", True),
        ("b.txt", True),
        ("c.txt", False),
    ]


def test_memory_is_bounded_by_the_stated_size() -> None:
    """A member that states a few bytes and holds gigabytes is unpacked only to the bytes stated."""
    bomb = patched(zipped([("bomb.txt", b"\0" * 2**26), ("b.txt", b"two")]), "bomb.txt", _SIZE, "<L", 100)
    assert texts(bomb)[0][1].startswith("甲.zip/bomb.txt: 在压缩包中已损坏（size）")
    assert texts(bomb)[1] == ("b.txt", "two")


def test_limits() -> None:
    data = zipped([("a.txt", b"a" * 50), ("b.txt", b"b" * 50), ("c.txt", b"c")])
    assert ["疑为压缩炸弹" in text for _, text in texts(data, Limits(unpacked=80))] == [False, True, True]
    assert ["字节" in text for _, text in texts(data, Limits(size=49))] == [True, True, False]
    with pytest.raises(UnreadableError, match="超过 2 个文件"):
        read(data, Limits(members=2))
    nested = zipped([("x.zip", data), ("y.zip", data)])
    got = members(nested, Meter("a.zip", Limits(members=5)))
    assert [next(got).name for _ in range(4)] == ["x.zip/a.txt", "x.zip/b.txt", "x.zip/c.txt", "y.zip"]
    crowded = zipped([(f"{'n' * 1500}{index}", b"") for index in range(3)])
    with pytest.raises(UnreadableError, match="超过 3 个文件"):
        read(crowded, Limits(members=3))


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04", zipped(_TWO)[:-10], b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"甲\.zip: 压缩包"):
        read(data)


@given(st.data())
def test_damaged_archives_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(zipped([*_TWO, ("c.zip", zipped(_TWO))]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)) | st.none())
    with suppress(UnreadableError):
        for member in read(bytes(whole[:cut])):
            assert isinstance(member.content, bytes | UnreadableError)
            assert ".." not in member.name.split("/")
