"""A template of a letter: opened within the limits of any document, its placeholders filled, once for each unit."""

from __future__ import annotations

__all__ = ["bytes_of", "filled", "opened"]

import io
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from perfeval.documents.limits import Meter
from perfeval.documents.packed import office_archive
from perfeval.errors import UsageError
from perfeval.messages import LANGUAGES, Wording
from perfeval.report.letter.content import Content
from perfeval.report.letter.markup import legible, packed_again, table_of, with_text
from perfeval.report.letter.words import PLACEHOLDERS

_BROKEN = Wording(
    "LETTER-TEMPLATE",
    "不是可用的 Word 文档（{detail}），请用 Word 或 WPS 打开，另存为 .docx",
    "is no Word document that can be used ({detail}); open it in Word or WPS and save it as .docx",
)
_NO_FILE = Wording(
    "LETTER-TEMPLATE-FILE",
    "打不开（{detail}）；可修改的模板用 perfeval template --letter 写出",
    "cannot be opened ({detail}); perfeval template --letter writes one to begin with",
)
_UNKNOWN = Wording(
    "LETTER-PLACEHOLDER",
    "函件模板 {path} 中有未知的占位符：{unknown}；可用的有：{known}",
    "the letter template {path} has placeholders that nobody knows: {unknown}; there are: {known}",
)
_ALONE = Wording(
    "LETTER-ALONE",
    "函件模板 {path} 中的 {name} 应单独成段",
    "{name} stands in the letter template {path} within other text: give it a paragraph of its own",
)
_NO_FINDINGS = Wording(
    "LETTER-FINDINGS",
    "函件模板 {path} 没有占位符 {name}，问题无处可列，请加上（单独成段）",
    "the letter template {path} has no {name}, so there is no room for the findings: add it, in a paragraph of its own",
)
_OUTSIDE = Wording(
    "LETTER-OUTSIDE",
    "函件模板 {path} 的页眉、页脚或脚注（{part}）中有占位符，各单位共用，不能填写；请移到正文",
    "the letter template {path} has a placeholder in {part}, which all letters share: move it into the text",
)
_SLOT = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BLOCKS = ("findings", "attachments")
_NAMES = {wording().text(language): name for name, wording in PLACEHOLDERS.items() for language in LANGUAGES}
_SHARED = re.compile(r"wordprocessingml\.(?:header|footer|footnotes|endnotes)\+xml\Z")
_AFTER_NUMBERING = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi",
                    "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")  # fmt: skip


def opened(data: bytes, path: str) -> Word:
    """Open a template and see to its placeholders. UnreadableError or UsageError with what to do."""
    meter = Meter(path)
    meter.size(len(data))
    office_archive(data, meter).close()
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        parts = [part for part in document.part.package.iter_parts() if _SHARED.search(part.content_type)]
        shared = [(str(part.partname), _SLOT.search(_all_text(part.blob))) for part in parts]
    except Exception as error:  # noqa: BLE001 - python-docx raises whatever a broken part leads to
        raise meter.refused(_BROKEN(detail=error)) from None
    for part, found in shared:
        if found:
            raise UsageError(_OUTSIDE(path=path, part=part))
    _check(body, path)
    return document


def _all_text(xml: bytes) -> str:
    return re.sub(r"<[^>]*>", "", xml.decode("utf-8", "replace"))


def _check(body: Any, path: str) -> None:
    texts = ["".join(part.text or "" for part in _parts(one)) for one in body.iter(qn("w:p"))]
    found = dict.fromkeys(name for text in texts for name in _SLOT.findall(text))
    unknown = [name for name in found if name not in _NAMES]
    if unknown:
        named = " ".join(_braced(legible(name)[:40]) for name in unknown[:10])
        raise UsageError(_UNKNOWN(path=path, unknown=named, known=" ".join(map(_braced, _NAMES))))
    for text in texts:
        for name in _SLOT.findall(text):
            if _NAMES[name] in _BLOCKS and not _SLOT.fullmatch(text.strip()):
                raise UsageError(_ALONE(path=path, name=_braced(name)))
    if not any(_NAMES[name] == "findings" for name in found):
        raise UsageError(_NO_FINDINGS(path=path, name=_braced(PLACEHOLDERS["findings"]().text())))


def _braced(name: str) -> str:
    return "{{" + name + "}}"


def _parts(paragraph: Any) -> list[Any]:
    """Give the texts of a paragraph without those of text boxes in it, which are paragraphs of their own."""
    own = qn("w:p")
    return [part for part in paragraph.iter(qn("w:t")) if next(part.iterancestors(own)) is paragraph]


def filled(document: Word, letters: Sequence[Content]) -> bytes:
    """Fill the template once for each letter, each a section with page numbers of its own; the same bytes each time."""
    body: Any = document.element.body
    final = body.sectPr if body.sectPr is not None else body.get_or_add_sectPr()
    model = [part for part in body if part is not final]
    width = _width(document)
    for part in model:
        body.remove(part)
    for number, content in enumerate(letters):
        copied = [deepcopy(part) for part in model]
        holder: Any = OxmlElement("w:body")
        holder.extend(copied)
        if number:
            _without_names(holder)
        _fill(holder, content, width)
        if number < len(letters) - 1:
            _end_section(holder, final)
        if len(letters) > 1:
            first = next(holder.iter(qn("w:sectPr")), final)
            _number_from_one(first)
        for part in list(holder):
            final.addprevious(part)
    made = io.BytesIO()
    document.save(made)
    return packed_again(made.getvalue())


def _width(document: Word) -> int:
    section = document.sections[-1]
    whole, left, right = section.page_width, section.left_margin, section.right_margin
    return 8800 if whole is None or left is None or right is None else (whole - left - right) // 635


def _without_names(holder: Any) -> None:
    """Names and ids must be unique in a document: only the first letter keeps them."""
    for part in list(holder.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        part.getparent().remove(part)
    for part in holder.iter(qn("w:p"), qn("w:tr")):
        for name in [name for name in part.attrib if name.endswith(("}paraId", "}textId"))]:
            del part.attrib[name]


def _fill(holder: Any, content: Content, width: int) -> None:
    for paragraph in list(holder.iter(qn("w:p"))):
        text = "".join(part.text or "" for part in _parts(paragraph))
        found = _SLOT.fullmatch(text.strip())
        name = _NAMES[found[1]] if found else ""
        if name == "findings":
            _replace(paragraph, [table_of(content.rows, paragraph, width)])
        elif name == "attachments":
            _replace(paragraph, [with_text(paragraph, one) for one in content.attachments])
        else:
            _fill_line(paragraph, content.texts)


def _fill_line(paragraph: Any, texts: Mapping[str, str]) -> None:
    """Fill from the right, so that places to the left stay and what was filled in is not looked at again."""
    parts = _parts(paragraph)
    text = "".join(part.text or "" for part in parts)
    for slot in reversed(list(_SLOT.finditer(text))):
        value = legible(texts[_NAMES[slot[1]]])
        start = 0
        for part in parts:
            old = part.text or ""
            left, right = max(slot.start() - start, 0), min(slot.end() - start, len(old))
            if left < right:
                part.text = old[:left] + (value if start <= slot.start() else "") + old[right:]
                part.set(qn("xml:space"), "preserve")
            start += len(old)


def _replace(paragraph: Any, parts: Sequence[Any]) -> None:
    for part in parts:
        paragraph.addprevious(part)
    after = paragraph.getnext()
    is_table = bool(parts) and parts[-1].tag == qn("w:tbl")
    if is_table and (after is None or after.tag != qn("w:p")):
        for run in list(paragraph.iterchildren(qn("w:r"))):
            paragraph.remove(run)
    else:
        paragraph.getparent().remove(paragraph)


def _end_section(holder: Any, final: Any) -> None:
    last: Any = holder[-1] if len(holder) else None
    if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last = OxmlElement("w:p")
        holder.append(last)
    properties = last.get_or_add_pPr()
    properties.insert_element_before(deepcopy(final), "w:pPrChange")


def _number_from_one(section: Any) -> None:
    numbering = section.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section.insert_element_before(numbering, *_AFTER_NUMBERING)
    numbering.set(qn("w:start"), "1")


def bytes_of(path: str | Path) -> bytes:
    """Read a template's file. UnreadableError where that cannot be done."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Meter(str(path)).refused(_NO_FILE(detail=error.strerror or error)) from None
