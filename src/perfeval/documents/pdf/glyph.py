"""One character of a PDF page: what it is and where it stands."""

from __future__ import annotations

__all__ = ["PLAIN_DIRECTIONS", "SLANTED", "UNREADABLE", "Glyph", "Matrix", "character", "glyph_at"]

import math
import unicodedata
from typing import Any

import attrs
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt

Matrix = tuple[float, float, float, float, float, float]  # exact: positions on a page

UNREADABLE = "\ufffd"
"""Stands for a character whose font does not say what it is."""
PLAIN_DIRECTIONS = 4
"""Directions of text: 0 to the right, 1 downwards, 2 to the left, 3 upwards; 4 is any slope between them."""
SLANTED = 4

# A font often draws a radical and the character of the same shape with one glyph, and the PDF then names the
# radical. Unicode pairs them in EquivalentUnifiedIdeograph; the radicals of Kangxi also in their decompositions.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭"
    "⺯⺰⺱⺲⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟"
    "⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_UNIFIED = (
    "厂乛乚乙亻冂刀刂卜小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻"
    "糹纟罓罒冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠"
    "饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_SAME_SHAPE: dict[int, str | None] = {
    **dict(zip(map(ord, _RADICALS), _UNIFIED, strict=True)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(letter): unicodedata.normalize("NFKC", letter) for letter in _LIGATURES},
    **dict.fromkeys(map(ord, "\t\n\r\xa0"), " "),
    0xAD: "-",
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), ""),
}


@attrs.frozen(slots=True)
class Glyph:
    """One character: where its baseline begins, how far it reaches along it, its size and its middle."""

    text: str
    x: float  # exact: position on a page
    y: float  # exact: position on a page, downwards
    advance: float  # exact: length on a page
    size: float  # exact: length on a page
    direction: int
    middle_x: float  # exact: position on a page
    middle_y: float  # exact: position on a page

    def along(self) -> tuple[float, float]:
        """Give the start on the line and the place of the line, seen as if the text ran to the right."""
        match self.direction:
            case 1:
                return self.y, -self.x
            case 2:
                return -self.x, -self.y
            case 3:
                return -self.y, self.x
            case _:
                return self.x, self.y


def character(font: PDFFont, cid: int) -> str:
    """Give the character of a code, or UNREADABLE where the font does not say."""
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return UNREADABLE
    plain = text.translate(_SAME_SHAPE)
    if any(unicodedata.category(letter) in {"Cc", "Cn", "Cs"} for letter in plain if not letter.isascii()):
        return UNREADABLE
    return UNREADABLE if text and any(letter < " " for letter in plain) else plain


def glyph_at(
    text: str,
    matrix: Matrix,
    font: PDFFont,
    fontsize: float,  # exact: length on a page
    advance: float,  # exact: length on a page
    rise: float,  # exact: length on a page
    cid: int,
    height: float,  # exact: length on a page
) -> Glyph:
    """Place a character; ``height`` is that of the page."""
    a, b, c, d, _, _ = matrix
    size = abs(fontsize) * math.hypot(c, d)
    if font.is_vertical():
        across, down = _vertical_origin(font.char_disp(cid), fontsize)
        start = apply_matrix_pt(matrix, (fontsize / 2 - across, down + rise))
        middle = apply_matrix_pt(matrix, (fontsize / 2 - across, down + rise + advance / 2))
        reach = abs(advance) * math.hypot(c, d)
        direction = 1 if _direction(a, b) == 0 else SLANTED
    else:
        start = apply_matrix_pt(matrix, (0, rise))
        middle = apply_matrix_pt(
            matrix, (advance / 2, rise + 0.35 * fontsize)
        )  # exact: the middle of a letter
        reach = abs(advance) * math.hypot(a, b)
        direction = _direction(a, b) if fontsize >= 0 else (_direction(-a, -b))
    return Glyph(text, start[0], height - start[1], reach, size, direction, middle[0], height - middle[1])


def _vertical_origin(displacement: Any, fontsize: float) -> tuple[float, float]:
    """Give the origin of a character written downwards, as pdfminer places it."""
    x, y = displacement if isinstance(displacement, tuple) else (None, 880)
    return (fontsize / 2 if x is None else x * fontsize / 1000), (1000 - y) * fontsize / 1000


def _direction(a: float, b: float) -> int:
    """Give the direction of text by the matrix: a sixth of a right angle to either side counts as plain."""
    if a == 0 and b == 0:
        return 0
    turns = -math.atan2(b, a) / (math.pi / 2)
    nearest = round(turns)
    return nearest % PLAIN_DIRECTIONS if abs(turns - nearest) < 1 / 6 else SLANTED
