"""What Word documents and web pages have in common: symbol fonts, raised digits, and remarks on both."""

from __future__ import annotations

__all__ = ["NOT_TEXT", "STRUCK", "UNEVEN", "UNKNOWN_CHARACTER", "doubt", "in_symbol_font", "superscript"]

from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Wording

UNKNOWN_CHARACTER = Wording("PE030", "有无法识别的字符", "holds characters that could not be read")
NOT_TEXT = Wording(
    "PE031",
    "此处有图片、嵌入对象或公式域，其中的文字未读",
    "a picture, an embedded object or a formula field stands here, whose words were not read",
)
UNEVEN = Wording(
    "PE032",
    "各行列数不同或合并单元格重叠，列的位置不可靠",
    "rows have different numbers of columns, or merged cells overlap; the positions of columns are in doubt",
)
STRUCK = Wording("PE033", "单元格内有带删除线的文字，已照读", "struck-through words in a cell were read too")

_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# The fonts that draw another character than the stored one: Adobe's Symbol encoding whole, of the dingbats
# what stands in forms.
_SYMBOL = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA1, 0xF0), *range(0xF1, 0xFF)),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(b" lnoquv\x9f\xa1\xa7\xa8\xab\xd8", " ●■□❑◆❖•○▪□★➢", strict=True)),
    **dict(zip(range(0xDF, 0xE3), "←→↑↓", strict=True)),
    **dict(zip(range(0xFB, 0xFF), "✗✓☒☑", strict=True)),
}
_WINGDINGS_2 = {0x20: " ", 0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOL_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def superscript(text: str) -> str:
    """Raise digits and signs: a 10 with a raised 2 must not be read as 102."""
    return text.translate(_SUPERSCRIPTS)


def in_symbol_font(text: str, font: str | None) -> str:
    """Give the characters that a symbol font draws for these; of another font, the same.

    What the font is not known to draw becomes U+FFFD.
    """
    drawn = _SYMBOL_FONTS.get(font.strip().lower()) if font else None
    if drawn is None:
        return text
    return "".join(
        drawn.get(code & 0xFF, "\ufffd")
        if (0x20 <= code <= 0xFF and code != 0xA0) or 0xF000 <= code <= 0xF0FF
        else chr(code)
        for code in map(ord, text)
    )


def doubt(wording: Wording, place: Location) -> Finding:
    """Give a warning of the reader about one place."""
    return Finding(wording(), FindingClass.READING, Severity.WARNING, (place,))
