"""Rows that hardly are rows: halves that were put to nothing, values where a name should stand."""

from __future__ import annotations

__all__ = ["odd_rows"]

import re
from collections.abc import Iterator, Sequence

from perfeval.documents.layout.rows import Row, is_filler
from perfeval.documents.layout.words import Words
from perfeval.values import Comparison, Range, parse_target, squash

_NUMBERS = ("weight", "score")
_VALUES = ("target", "actual")
_NO_NAME = re.compile(r"[<>=≤≥]*-?[0-9][0-9,.]*%?|[^\w]+")
_MOSTLY = 2  # a column counts as usually filled where at least every other row has it
_FEW = 3  # rows from which one can say what is usual


def odd_rows(rows: Sequence[Row], words: Words) -> Iterator[int]:
    """Give the numbers of the rows that lack what the others have, or hold what cannot stand there."""
    usual = {
        role
        for role in ("level3", *_NUMBERS, *_VALUES)
        if len(rows) >= _FEW and sum(1 for row in rows if row.text(role)) * _MOSTLY >= len(rows)
    }
    for index, row in enumerate(rows):
        if is_filler(row) or _is_unused(row, words) or not any(row.texts.values()):
            continue
        if _is_half(row, usual) or _is_moved(row, words):
            yield index


def _is_unused(row: Row, words: Words) -> bool:
    """Say whether a line of the form holds nothing but the word of its level 2."""
    others = [text for role, text in row.texts.items() if role not in {"level1", "level2"}]
    return not any(others) and squash(row.text("level2")) in words.values.get("level2", frozenset())


def _is_half(row: Row, usual: set[str]) -> bool:
    if "level3" in usual and not row.text("level3"):
        return True
    if any(row.text(role) for role in _NUMBERS if role in usual):
        return False
    # 其中：… below an indicator has no points of its own, but a value; half a row has hardly any.
    needed = next((role for role in _VALUES if role in usual), None)
    return needed is not None and not row.text(needed)


def _is_moved(row: Row, words: Words) -> bool:
    name = squash(row.text("level3"))
    if name == "0":
        return False  # fills a line that is not used
    if name and (_NO_NAME.fullmatch(name) or isinstance(parse_target(name), Comparison | Range)):
        return True
    levels, foreign = (
        (words.values.get(one, frozenset()), words.values.get(other, frozenset()))
        for one, other in (("level1", "level2"), ("rule", "standard"))
    )
    level1 = squash(row.text("level1"))
    if row.texts.get("level2") == "" and level1 in levels[1] - levels[0]:
        return True
    return any(squash(row.text(role)) in foreign[0] | foreign[1] for role in _VALUES if row.text(role))
