"""The parts of an Excel 2007 workbook that its sheets refer to: names, number formats, shared strings.

Read with lxml and not with openpyxl: openpyxl reads formulas or results, never both at once; turns serial
numbers into dates; builds objects for everything from drawings to data validations, and fails where one is
odd; and visits every cell of a merged range, of which a file may claim seventeen thousand million.
"""

from __future__ import annotations

__all__ = [
    "NAMESPACES",
    "NotAWorkbookError",
    "Package",
    "SheetPart",
    "Workbook",
    "read_workbook",
    "text_of",
    "xml_elements",
]

import posixpath
import re
from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

import attrs
from lxml import etree

from perfeval.documents.excel.formatcode import GENERAL, built_in
from perfeval.documents.limits import Meter

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # "strict", the same otherwise
)
_RELATION_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true", "on"}
_GENERAL = {"general", "g/通用格式", ""}


class NotAWorkbookError(Exception):
    """The archive is whole, but there is no workbook of this kind in it; the argument is what is."""


@attrs.frozen
class SheetPart:
    """One worksheet: its name, whether it is shown, and the part in which it stands."""

    name: str
    is_hidden: bool
    path: str


@attrs.frozen
class Workbook:
    """What all sheets share."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    """The number format of each cell style."""
    names: frozenset[str]
    """The defined names."""
    date1904: bool
    is_uncalculated: bool
    """Whether the writer asked for a calculation on opening: its zeros are then no results."""


@attrs.frozen
class Package:
    """The parts of the archive by name; writers differ in case and in the slash."""

    archive: ZipFile
    paths: dict[str, str]

    @classmethod
    def of(cls, archive: ZipFile) -> Package:
        """Give the package in an archive."""
        return cls(archive, {_plain(name): name for name in archive.namelist()})

    def has(self, path: str) -> bool:
        """Say whether there is such a part."""
        return _plain(path) in self.paths

    def open(self, path: str) -> IO[bytes]:
        """Open a part; KeyError where there is none."""
        return self.archive.open(self.paths[_plain(path)])

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Give type (its last word) and target of each relation of a part; of the package for an empty path."""
        folder, name = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return {}
        found = {}
        for element in _root(self, relations):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = (kind, target.lstrip("/"))
        return found


def _plain(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _root(package: Package, path: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    with package.open(path) as part:
        return etree.parse(part, parser).getroot()


def xml_elements(part: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """Give the elements of these names when they have ended, and forget them afterwards."""
    tags = [f"{{{namespace}}}{name}" for namespace in NAMESPACES for name in names]
    events = etree.iterparse(
        part,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def text_of(element: etree._Element) -> str:
    """Give the text of a shared or inline string: its runs, without the phonetic guides above them."""
    texts = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [part.text or "" for part in child if part.tag.endswith("}t")]
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """Give a text without the escapes for what XML cannot hold (``_x000D_``), and with plain line ends."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if 0xD800 <= code < 0xE000:
        return match[0]
    return chr(code) if code >= 0x20 or code in {9, 10, 13} else ""


def read_workbook(package: Package, meter: Meter) -> Workbook:
    """Read everything but the sheets."""
    starts = [target for kind, target in package.relations("").values() if kind == "officeDocument"]
    path = starts[0] if starts else "xl/workbook.xml"
    if path.casefold().endswith(".bin"):
        raise NotAWorkbookError("xlsb")
    if not package.has(path):
        raise NotAWorkbookError("")
    root = _root(package, path)
    namespace, _, name = root.tag[1:].rpartition("}")
    if name != "workbook" or namespace not in NAMESPACES:
        raise NotAWorkbookError(name)
    relations = package.relations(path)
    targets = dict(relations.values())
    within = f"{{{namespace}}}"
    properties = root.find(f"{within}workbookPr")
    calculation = root.find(f"{within}calcPr")
    return Workbook(
        tuple(_sheets(root, within, relations)),
        tuple(_strings(package, targets.get("sharedStrings"), meter)),
        tuple(_formats(package, targets.get("styles"))),
        frozenset(
            element.get("name", "") for element in root.iterfind(f"{within}definedNames/{within}definedName")
        ),
        properties is not None and properties.get("date1904") in _TRUE,
        calculation is not None and calculation.get("fullCalcOnLoad") in _TRUE,
    )


def _sheets(root: etree._Element, within: str, relations: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    for element in root.iterfind(f"{within}sheets/{within}sheet"):
        identifier = next(
            (found for space in _RELATION_NAMESPACES if (found := element.get(f"{{{space}}}id"))), ""
        )
        kind, path = relations[identifier]
        if kind == "worksheet":  # the others are charts and old macros
            yield SheetPart(element.get("name", ""), element.get("state", "visible") != "visible", path)


def _strings(package: Package, path: str | None, meter: Meter) -> Iterator[str]:
    if path is None or not package.has(path):
        return
    with package.open(path) as part:
        for count, element in enumerate(xml_elements(part, "si")):
            if count % 1_000 == 0:
                meter.clock()
            yield meter.text(text_of(element))


def _formats(package: Package, path: str | None) -> Iterator[str]:
    if path is None or not package.has(path):
        return
    root = _root(package, path)
    within = root.tag.rpartition("}")[0] + "}"
    codes = {
        int(element.get("numFmtId", "-1")): element.get("formatCode", "")
        for element in root.iterfind(f"{within}numFmts/{within}numFmt")
    }
    for style in root.iterfind(f"{within}cellXfs/{within}xf"):
        identifier = int(style.get("numFmtId", "0"))
        code = codes.get(identifier)
        if code is None:
            code = built_in(identifier) or GENERAL
        yield GENERAL if code.casefold() in _GENERAL else code
