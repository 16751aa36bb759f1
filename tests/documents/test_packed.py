"""Office documents as archives: members as large as they say, and no entities."""

import io
import zipfile

import pytest

from perfeval import UnreadableError
from perfeval.documents.limits import Limits, Meter
from perfeval.documents.packed import office_archive


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as error:
        office_archive(data, Meter("a.docx", limits or Limits()))
    (problem,) = error.value.problems
    return problem.message.code


def lying(data: bytes, size: int) -> bytes:
    """State another unpacked size in both headers."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = changed.index(signature) + offset
        changed[start : start + 4] = size.to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"", Limits(), "IN-ZIP-BROKEN"),
        (b"PK\x03\x04", Limits(), "IN-ZIP-BROKEN"),
        (zipped(("a", b"x"))[:-5], Limits(), "IN-ZIP-BROKEN"),
        (zipped(("a", b"x"), ("b", b"x")), Limits(members=1), "IN-ZIP-MEMBERS"),
        (zipped(("a", b"xxx"), ("b", b"xxx")), Limits(unpacked=5), "IN-UNPACKED"),
        (zipped(("a", b"\0" * (2**20 + 1))), Limits(), "IN-ZIP-RATIO"),
        (lying(zipped(("a", b"x" * 10**6)), 100), Limits(), "IN-ZIP-MEMBER"),
        (zipped(("a", b"x"), method=zipfile.ZIP_BZIP2), Limits(), "IN-ZIP-METHOD"),
    ],
    # Named, because an archive holds the time of its making, which differs between two workers that collect.
    ids=["empty", "cut-short", "cut-end", "members", "unpacked", "ratio", "lying", "method"],
)
def test_archives_that_are_refused(data: bytes, limits: Limits, code: str) -> None:
    assert refusal(data, limits) == code


def test_archives_within_the_limits() -> None:
    data = zipped(("a", b"xxx"), ("b", b"\0" * 2**20))
    meter = Meter("a.docx", Limits(members=2, unpacked=3 + 2**20))
    assert office_archive(data, meter).read("a") == b"xxx"
    with pytest.raises(UnreadableError):
        meter.unpack(1)  # what the archive holds is counted


def test_an_encrypted_member() -> None:
    data = bytearray(zipped(("a", b"x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "IN-ZIP-LOCKED"


_XML = "<?xml version='1.0' encoding='UTF-8'?>"


@pytest.mark.parametrize(
    "content",
    [
        (_XML + "<!DOCTYPE r><r/>").encode(),
        (_XML + "<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>").encode(),
        (_XML.replace("UTF-8", "UTF-16") + "<!DOCTYPE r><r/>").encode("utf-16"),
        (_XML.replace("UTF-8", "UTF-7") + "<r/>").encode(),
        b" " * 2**16 + b"<!DOCTYPE r><r/>",
        b" " * 2**21 + b"<!DOCTYPE r><r/>",
        (_XML + "<!-- <x --><!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>").encode(),
        b"<!--" + b"x" * 2**21 + b"--><!DOCTYPE r><r/>",
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "_rels/.rels", "word/styles.XML"])
def test_entities_in_office_documents(content: bytes, name: str) -> None:
    assert refusal(zipped((name, content)), Limits(ratio=10**6)) == "IN-ENTITIES"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<r/>",
        _XML.encode() + b"<r>&lt;!DOCTYPE x></r>",
        _XML.encode() + b"<r a='<!DOCTYPE'/>",
        b"x" * 100,
    ],
)
def test_honest_office_documents(content: bytes) -> None:
    data = zipped(("word/document.xml", content), ("word/media/a.png", b"\x89PNG<!DOCTYPE r>"))
    assert office_archive(data, Meter("a.docx")).read("word/document.xml") == content


def test_a_damaged_part_of_an_office_document() -> None:
    data = bytearray(zipped(("a.xml", b"<a>" + bytes(range(200)))))
    data[45:60] = b"\xff" * 15
    assert refusal(bytes(data)) == "IN-ZIP-MEMBER"
