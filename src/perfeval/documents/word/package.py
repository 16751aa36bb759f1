"""The parts of a Word document by name: the archive, what its parts refer to, and their XML."""

from __future__ import annotations

__all__ = ["Package", "Relation"]

import posixpath
import zipfile

import attrs
from lxml import etree
from lxml.etree import _Element as Element

from perfeval.documents.limits import Meter
from perfeval.documents.word.markup import OFFICE_SPACE, WORD_SPACE
from perfeval.messages import Wording

_DAMAGED = Wording(
    "IN-DOCX-XML",
    "内部的 {part} 已损坏（{detail}），请用 Word 或 WPS 打开并另存",
    "has a damaged {part} ({detail}); open it in Word or WPS and save it again",
)

_STRICT = "http://purl.oclc.org/ooxml/"
_LOOSE = (
    (f"{{{_STRICT}wordprocessingml/main}}", f"{{{WORD_SPACE}}}"),
    (f"{{{_STRICT}officeDocument/", f"{{{OFFICE_SPACE}/"),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@attrs.frozen
class Relation:
    """Where a part refers to another."""

    kind: str
    target: str


class Package:
    """The parts of the archive by name."""

    def __init__(self, archive: zipfile.ZipFile, meter: Meter) -> None:
        self._archive = archive
        self._meter = meter
        # Some writers use \ or another case than their own references.
        self._members = {_part_name(entry.filename): entry for entry in archive.infolist()}

    def main(self) -> str:
        """Give the name of the main part."""
        relations = self.relations("").values()
        named = (relation.target for relation in relations if relation.kind == "officeDocument")
        return next(named, "word/document.xml")

    def content(self, name: str) -> bytes | None:
        """Give the bytes of a part, None if there is none."""
        entry = self._members.get(_part_name(name))
        if entry is None:
            return None
        try:
            return self._archive.read(entry)
        except Exception as error:  # noqa: BLE001 - zlib.error, BadZipFile, EOFError: whatever the packer raises
            raise self._meter.refused(_DAMAGED(part=name, detail=error)) from None

    def parsed(self, name: str) -> Element | None:
        """Parse a part, None if there is none; names of the strict form become the usual ones."""
        content = self.content(name)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._meter.refused(_DAMAGED(part=name, detail=error.msg)) from None
        if root.tag.startswith(f"{{{_STRICT}"):
            _loosen(root)
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Give the parts that a part refers to, by the name that it gives them."""
        folder, file = posixpath.split(name)
        root = self.parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {
            entry.get("Id", ""): Relation(
                entry.get("Type", "").rpartition("/")[2], posixpath.join(folder, entry.get("Target", ""))
            )
            for entry in (() if root is None else root.iter(_RELATION))
            if entry.get("TargetMode") != "External"
        }


def _part_name(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _loosen(root: Element) -> None:
    for element in root.iter():
        for strict, loose in _LOOSE:
            element.tag = element.tag.replace(strict, loose)
            for key in [key for key in element.attrib if str(key).startswith(strict)]:
                element.set(str(key).replace(strict, loose), str(element.attrib.pop(key)))
