"""Folding: one spelling for what people write in many, with the way back to the raw text.

NFKC alone is not enough (it leaves CJK radicals such as ⺠ ⻋ ⻓ and zero-width characters) and is
sometimes harmful (10² would become 102, 5① would become 51, ½ would become 1/2). So each
character is folded by itself, and one that would *make* a digit out of something that is
not a digit on the line is left as it stands, for the parser to refuse.
"""

from __future__ import annotations

__all__ = ["Folded", "fold", "is_odd_number", "squash"]

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import attrs

# From Unicode's EquivalentUnifiedIdeograph: NFKC folds the Kangxi radicals (U+2F00..) but not these,
# which PDF fonts of Chinese offices produce in place of the plain characters.
_RADICALS = dict(
    pair.split("=")
    for pair in (
        "⺁=厂 ⺄=乙 ⺅=亻 ⺆=冂 ⺇=几 ⺉=刂 ⺊=卜 ⺍=小 ⺎=兀 ⺒=巳 ⺓=幺 ⺔=彑 ⺕=彐 ⺖=忄 ⺗=心 ⺘=扌 ⺙=攵 ⺛=旡 ⺜=日 "
        "⺝=月 ⺞=歺 ⺟=母 ⺠=民 ⺡=氵 ⺢=氺 ⺣=灬 ⺤=爫 ⺦=丬 ⺧=牛 ⺨=犭 ⺩=王 ⺫=目 ⺬=示 ⺭=礻 ⺮=竹 ⺯=糹 ⺰=纟 ⺲=罒 "
        "⺶=羊 ⺷=羊 ⺸=羊 ⺺=肀 ⺻=聿 ⺼=肉 ⺽=臼 ⺾=艹 ⺿=艹 ⻀=艹 ⻁=虎 ⻂=衤 ⻃=覀 ⻄=西 ⻅=见 ⻆=角 ⻇=角 ⻈=讠 ⻉=贝 ⻊=足 "
        "⻋=车 ⻌=辶 ⻍=辶 ⻎=辶 ⻏=邑 ⻐=钅 ⻑=長 ⻒=镸 ⻓=长 ⻔=门 ⻕=阜 ⻖=阝 ⻗=雨 ⻘=青 ⻙=韦 ⻚=页 ⻛=风 ⻜=飞 ⻝=食 "
        "⻟=飠 ⻠=饣 ⻡=首 ⻢=马 ⻣=骨 ⻤=鬼 ⻥=鱼 ⻦=鸟 ⻧=卤 ⻨=麦 ⻩=黄 ⻪=黾 ⻬=齐 ⻭=歯 ⻮=齿 ⻯=竜 ⻰=龙 ⻱=龜 ⻲=亀 ⻳=龟"
    ).split()
)
_SAFE_FORMS = ("<wide>", "<narrow>", "<font>")  # a digit of another width or face is that digit
_WHITE = re.compile(r"\s+")
_NAME = 100  # characters: what is longer is a text, and not kept
# Characters that is_normalized("NFKC") accepts although they are to be folded.
_LEFT_BY_NFKC = re.compile(
    "[\u2e80-\u2eff\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)


@attrs.frozen
class Folded:
    """Folded text, and for each of its characters the index in the raw text (None: the same)."""

    text: str
    offsets: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw span, end excluded, of a span of the folded text (not an empty one)."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)  # one entry a character: a pure function of it
def _fold_character(character: str) -> str:
    if character in _RADICALS:
        return _RADICALS[character]
    if _LEFT_BY_NFKC.match(character) or unicodedata.category(character) == "Cf":
        return ""
    if is_odd_number(character):
        return character
    return unicodedata.normalize("NFKC", character)


def is_odd_number(character: str) -> bool:
    """Say whether NFKC would make a digit of something that is no digit on the line: ² ① ½ ㎡."""
    form = unicodedata.decomposition(character).partition(" ")[0]
    if not form.startswith("<") or form in _SAFE_FORMS:
        return False
    return any(letter in "0123456789" for letter in unicodedata.normalize("NFKC", character))


def fold(raw: str) -> Folded:
    """Fold widths, compatibility forms, radicals and invisible characters; white space stays."""
    if raw.isascii() or (unicodedata.is_normalized("NFKC", raw) and not _LEFT_BY_NFKC.search(raw)):
        return Folded(raw)
    letters: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(raw):
        folded = _fold_character(character)
        letters.append(folded)
        offsets.extend([index] * len(folded))
    return Folded("".join(letters), tuple(offsets))


def squash(raw: str) -> str:
    """Fold and remove all white space: the form in which words are compared."""
    return _squashed_name(raw) if len(raw) <= _NAME else _WHITE.sub("", fold(raw).text)


@lru_cache(maxsize=8192)  # names, labels and levels: asked for by many checks, and the same in many tables
def _squashed_name(raw: str) -> str:
    return _WHITE.sub("", fold(raw).text)
