"""Page headers, footers and page numbers: what stands on every page and interrupts no table."""

from __future__ import annotations

__all__ = ["page_furniture"]

import re
from collections import Counter, defaultdict

from perfeval.documents.grid import Document, Paragraph
from perfeval.values import squash

_CAPTION = re.compile("表|年度|单位|名称|部门")
_LONGEST = 60  # characters
_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[-—–~·|/\s]*(?:第)?[0-9IVXivx]{0,4}页?[-—–~·|/,，共总计of\s]*[0-9]{0,4}页?[-—–~·|\s]*"
)


def page_furniture(document: Document) -> frozenset[int]:
    """Give the numbers of the blocks that are page furniture.

    A page number is; so is a short text that begins or ends at least two pages, but for its digits.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(document.blocks):
        if block.place.page is not None:
            pages[block.place.page].append(number)
    edges = [number for numbers in pages.values() for number in {*numbers[:2], *numbers[-2:]}]
    texts = {number: _outline(document.blocks[number]) for number in edges}
    counts = Counter(texts.values())
    repeated = {number for number, text in texts.items() if text is not None and counts[text] > 1}
    numbers = {
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and _is_page_number(squash(block.text))
    }
    return frozenset(repeated | numbers)


def _is_page_number(text: str) -> bool:
    return len(text) <= _LONGEST and _PAGE_NUMBER.fullmatch(text) is not None


def _outline(block: object) -> str | None:
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST or _CAPTION.search(block.text):
        return None  # the title, year and unit of each table of a disclosure are in the same words
    return _DIGITS.sub("", squash(block.text))
