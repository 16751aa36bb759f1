"""The letter that perfeval brings: laid out like an official document (GB/T 9704), with placeholders in it."""

from __future__ import annotations

__all__ = ["standard_template"]

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, Twips

from perfeval.messages import Language
from perfeval.report.letter.markup import child, packed_again
from perfeval.report.letter.words import PLACEHOLDERS, WORDS

_MADE = datetime(2020, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written
_PITCH = Twips(
    579
)  # 28.95 pt: twenty-two of them fill the 225 mm between the margins, of 29 pt only twenty-one
_TABLE_PITCH = Pt(16)
_LATIN = "Times New Roman"
_SONG, _FANGSONG, _HEI, _TITLE = "宋体", "仿宋_GB2312", "黑体", "方正小标宋简体"
_FONTS = {
    _TITLE: "方正小标宋_GBK,宋体,SimSun",
    _FANGSONG: "仿宋,FangSong,宋体",
    _HEI: "SimHei",
    _SONG: "SimSun",
}
_FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
    '<w:pitch w:val="variable"/></w:font>'
)
_LEFT, _RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_CENTER = WD_ALIGN_PARAGRAPH.CENTER


def standard_template(language: Language = "zh") -> bytes:
    """Give the template as a .docx; the same bytes each time."""
    document = Document()
    _styles(document)
    _page(document)

    def put(text: str, style: str) -> None:
        document.add_paragraph(text, style)

    def slot(name: str) -> str:
        return "{{" + PLACEHOLDERS[name]().text(language) + "}}"

    def say(name: str, **facts: object) -> str:
        return WORDS[name](**facts).text(language)

    put(slot("title"), "公文标题")
    put("", "公文正文")
    put(say("salutation", unit=slot("unit")), "公文主送")
    put(slot("summary"), "公文正文")
    put(say("first"), "公文一级标题")
    put(slot("findings"), "公文表格")
    put(say("second"), "公文一级标题")
    put(slot("request"), "公文正文")
    put("", "公文正文")
    put(say("attached"), "公文附件")
    put(slot("attachments"), "公文附件")
    put("", "公文正文")
    put(slot("sender"), "公文落款")
    put(slot("date"), "公文落款")
    about = document.core_properties
    about.author, about.title, about.comments = "", "", ""
    about.created = about.modified = _MADE
    made = io.BytesIO()
    document.save(made)
    fonts = "".join(_FONT.format(name=name, others=others) for name, others in _FONTS.items())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    listed = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'
    return packed_again(made.getvalue(), {"word/fontTable.xml": listed.encode()})


def _styles(document: Word) -> None:
    normal: Any = document.styles["Normal"]
    _format(normal, _FANGSONG, Pt(16))
    _style(document, "公文标题", _TITLE, Pt(22), _CENTER, pitch=Pt(32))
    _style(document, "公文主送", _FANGSONG, Pt(16), _LEFT)
    _style(document, "公文正文", _FANGSONG, Pt(16), _BOTH, indent=True)
    heading = _style(document, "公文一级标题", _HEI, Pt(16), _LEFT, indent=True)
    heading.paragraph_format.keep_with_next = True
    _style(document, "公文表格", _FANGSONG, Twips(210), _LEFT, pitch=_TABLE_PITCH)
    _style(document, "公文附件", _FANGSONG, Pt(16), _LEFT, indent=True)
    signed = _style(document, "公文落款", _FANGSONG, Pt(16), _RIGHT)
    signed.paragraph_format.right_indent = Pt(32)
    _style(document, "公文页码", _SONG, Pt(14), _LEFT, pitch=Pt(16))


def _style(
    document: Word,
    name: str,
    font: str,
    size: Length,
    align: Any,
    *,
    pitch: Any = _PITCH,
    indent: bool = False,
) -> Any:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _format(style, font, size)
    layout = style.paragraph_format
    layout.alignment, layout.line_spacing_rule, layout.line_spacing = align, WD_LINE_SPACING.EXACTLY, pitch
    layout.space_before = layout.space_after = Pt(0)
    if indent:
        layout.first_line_indent = Pt(32)
        layout.element.pPr.ind.set(qn("w:firstLineChars"), "200")
    return style


def _format(style: Any, font: str, size: Length) -> None:
    style.font.name, style.font.size = _LATIN, size
    fonts = style.element.rPr.rFonts
    for attribute in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), font)


def _page(document: Word) -> None:
    """A4 with the margins of an official document; page numbers outside, for printing on both sides."""
    section = document.sections[0]
    section.start_type = WD_SECTION.ODD_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["公文页码"]
        paragraph.alignment = align
        side = "right_indent" if align is _RIGHT else "left_indent"
        setattr(paragraph.paragraph_format, side, Pt(14))
        paragraph.add_run("— ")
        number = child(paragraph._p, "w:fldSimple", instr=" PAGE ")  # noqa: SLF001 - the only way to a field
        child(child(number, "w:r"), "w:t").text = "1"
        paragraph.add_run(" —")
