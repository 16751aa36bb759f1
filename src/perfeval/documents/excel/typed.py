"""The formulas of an old Excel sheet that are only a literal (``=100%``), which xlrd reads past."""

from __future__ import annotations

__all__ = ["typed_formulas"]

import struct
from collections.abc import Iterator

from perfeval.documents.excel.numberformat import general, stored_digits

_FORMULA, _BEGIN, _END = 0x0006, 0x0809, 0x000A
_BEFORE_TOKENS = 22  # row, column, style, result, flags, length
_INTEGER, _NUMBER, _MINUS, _PLUS, _PERCENT, _ATTRIBUTE = 0x1E, 0x1F, 0x13, 0x12, 0x14, 0x19


def typed_formulas(stream: bytes, start: int) -> dict[tuple[int, int], str]:
    """Give the literal formulas of the sheet that begins here in a stream of BIFF 5 or 8, without their signs.

    Raises struct.error where a record is cut off.
    """
    found = {}
    for record in _formulas(stream, start):
        row, column = struct.unpack_from("<HH", record)
        (length,) = struct.unpack_from("<H", record, _BEFORE_TOKENS - 2)
        text = _literal(record[_BEFORE_TOKENS : _BEFORE_TOKENS + length])
        if text is not None:
            found[row, column] = text
    return found


def _formulas(stream: bytes, start: int) -> Iterator[bytes]:
    depth = 0
    position = start
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if kind == _BEGIN:  # charts stand inside the sheet
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif kind == _FORMULA and depth == 1:
            yield stream[position : position + length]
        position += length


def _literal(tokens: bytes) -> str | None:
    """Give a number with its signs as typed, None for anything else."""
    text = ""
    position = 0
    while position < len(tokens):
        kind = tokens[position]
        position += 1
        if kind == _INTEGER and not text:
            text = str(struct.unpack_from("<H", tokens, position)[0])
            position += 2
        elif kind == _NUMBER and not text:
            text = general(stored_digits(struct.unpack_from("<d", tokens, position)[0]))
            position += 8
        elif kind in {_MINUS, _PLUS} and text:
            text = ("-" if kind == _MINUS else "+") + text
        elif kind == _PERCENT and text:
            text += "%"
        elif kind == _ATTRIBUTE:  # spaces
            position += 3
        else:
            return None
    return text or None
