"""Names as people write them, told apart: without punctuation and years, and which are nearly the same."""

from __future__ import annotations

__all__ = ["core_name", "near_names", "plain_name", "same_name", "year_of"]

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from perfeval.values import squash

_PUNCTUATION = re.compile(r"[,、.。;:·“”\"'‘’《》<>()\[\]【】〔〕—_/+-]")
_CODE_IN_FRONT = re.compile(r"^[0-9A-Z]{3,}-|^[0-9A-Z]{10,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_WORDS = re.compile(r"(?:19|20)[0-9]{2}(?:年度|年)|^(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}$|^本年度?")
_ENDINGS = re.compile(r"(?:项目|资金)+$")
_NUMERALS = re.compile(r"[0-9]+|[一二三四五六七八九十]+")
_NEAR = 80  # per cent of the characters of both names that they share in order
_LONGEST = 100
_LOOKED_AT = 100  # names that have the most pieces in common
_TRIED = 5  # of them, those that may be the same


@lru_cache(8192)  # names of indicators repeat in every table
def plain_name(text: str | None) -> str:
    """Give a name without white space, a code in front and punctuation."""
    return _PUNCTUATION.sub("", _CODE_IN_FRONT.sub("", squash(text or "")))


def same_name(first: str, second: str) -> bool:
    """Say whether two names differ in nothing but punctuation, years and endings (项目, 资金)."""
    return core_name(plain_name(first)) == core_name(plain_name(second))


def year_of(text: str | None) -> int | None:
    """Give the first year in a text."""
    found = _YEAR.search(squash(text or ""))
    return int(found[0]) if found else None


def core_name(plain: str) -> str:
    """Give a plain name without year words and the endings 项目 and 资金."""
    return _ENDINGS.sub("", _YEAR_WORDS.sub("", plain)) or plain


def near_names(
    ours: Sequence[str], theirs: Sequence[str], fits: Callable[[int, int], bool] = lambda *_: True
) -> tuple[tuple[int, int], ...]:
    """Give the pairs of names that share most characters and are each other's one nearest; numbers must be the same."""
    places: dict[str, list[int]] = {}
    for number, name in enumerate(theirs):
        for piece in _pieces(name):
            places.setdefault(piece, []).append(number)
    scores: dict[tuple[int, int], tuple[int, int]] = {}
    for number, name in enumerate(ours):
        shared = Counter(other for piece in _pieces(name) for other in places.get(piece, ()))
        likely = islice((other for other, _ in shared.most_common(_LOOKED_AT) if fits(number, other)), _TRIED)
        for other in likely:
            same, length = _shared(name, theirs[other])
            if 200 * same >= _NEAR * length and _numerals(name) == _numerals(theirs[other]):
                scores[number, other] = (same, length)
    rivals: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for pair in scores:
        for side in zip(("ours", "theirs"), pair, strict=True):
            rivals.setdefault(side, []).append(pair)
    return tuple(
        pair
        for pair in scores
        if all(
            pair == other or _is_nearer(scores[pair], scores[other])
            for side in zip(("ours", "theirs"), pair, strict=True)
            for other in rivals[side]
        )
    )


def _is_nearer(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] * second[1] > second[0] * first[1]


def _pieces(name: str) -> set[str]:
    short = name[:_LONGEST]
    return {short[i : i + 2] for i in range(len(short) - 1)}


def _shared(first: str, second: str) -> tuple[int, int]:
    """Give the characters that two names share in order, and the length of both."""
    first, second = first[:_LONGEST], second[:_LONGEST]
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(first) + len(second)


def _numerals(name: str) -> list[str]:
    """Give the numbers in a name: 一期 and 二期 are two projects however alike their names."""
    return sorted(_NUMERALS.findall(name))
