"""Where each value of a TOML or JSON text starts, which neither tomli nor json tells.

Both scanners read text that the real parser has already accepted: they find values, they do not
check them. Neither recurses and both take linear time, so whatever the parser takes, they take.
"""

from __future__ import annotations

__all__ = ["Path", "Position", "json_positions", "path_text", "toml_positions"]

import bisect
import json
import re

import attrs
import tomli

Path = tuple[str | int, ...]
"""The keys and indexes (from 0) that lead to a value: ``("indicators", 3, "weight")``."""

_PLAIN_KEY = re.compile(r'[^\s."\[\]]+')

# No alternative can match what another one matches, so that no pattern ever backtracks far.
_BASIC_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_JSON_TOKEN = re.compile(rf'{_BASIC_STRING}|[\[\]{{}}]|[^\s,:\[\]{{}}"]+', re.DOTALL)
_TOML_SKIPPED = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
_TOML_KEY_PART = re.compile(rf"""[ \t]*({_BASIC_STRING}|'[^']*'|[^\s.=\]"'#]+)[ \t]*(\.?)""")
_TOML_BARE_VALUE = re.compile(r"[^,\]}#\n]+")  # up to a comma or comment: a date-time may hold a space
_TOML_STRING_START = re.compile(r"\"\"\"|'''|\"|'")
_TOML_STRING_STEPS = {
    '"': re.compile(r'\\.|"', re.DOTALL),
    '"""': re.compile(r'\\.|""""{0,2}', re.DOTALL),  # one or two quotes may stand next to it
    "'": re.compile("'"),
    "'''": re.compile("''''{0,2}"),
}


@attrs.frozen
class Position:
    """A place in a text: line and column, both from 1, in characters; lines end after each line feed."""

    line: int
    column: int


@attrs.define(eq=False)
class _Node:
    """A value: the offset where it starts, and the values directly inside it by key or index."""

    offset: int
    is_array: bool = False
    children: dict[str | int, _Node] = attrs.field(factory=dict)

    def add(self, name: str | int, offset: int, *, is_array: bool = False) -> _Node:
        """The new child called ``name``; a child that had this name is forgotten with all it held."""
        child = self.children[name] = _Node(offset, is_array)
        return child


def path_text(path: Path) -> str:
    """A path as people read it: ``indicators[3].weight``; the empty path gives an empty text.

    A key that could be misread (empty, or with blanks, dots, quotes, brackets or unprintable
    characters) is written as a JSON string.
    """
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
            continue
        printable = part.isprintable()
        plain = printable and _PLAIN_KEY.fullmatch(part)
        key = part if plain else json.dumps(part, ensure_ascii=not printable)
        written += f".{key}" if written else key
    return written


def json_positions(text: str) -> dict[Path, Position]:
    """Where each value below the root starts in a text that ``json.loads`` accepts.

    Of a key that occurs twice in one object the last value counts, as it does for ``json.loads``.
    Other text gives a meaningless result or any exception.
    """
    root = _Node(0, is_array=True)  # a list of one element, the whole document
    open_nodes = [root]
    key: str | None = None
    for token in _JSON_TOKEN.finditer(text):
        parent = open_nodes[-1]
        if token[0] in "]}":
            open_nodes.pop()
        elif key is None and not parent.is_array:
            key = json.loads(token[0])
        else:
            name = len(parent.children) if key is None else key
            key = None
            node = parent.add(name, token.start(), is_array=token[0] == "[")
            if token[0] in "[{":
                open_nodes.append(node)
    return _positions(root.children[0], text)


def toml_positions(text: str) -> dict[Path, Position]:
    """Where each value below the root starts in a text that ``tomli.loads`` accepts.

    A table or array element with a header is where the opening bracket of its header is, an array
    of tables where its first header is. A table that has no header of its own is where the dotted
    key or header starts that first mentions it. Other text gives a meaningless result or any
    exception.
    """
    root = _Node(0)
    table = root
    offset = _skip(text, 0)
    while offset < len(text):
        if text[offset] == "[":
            table, offset = _scan_header(text, offset, root)
        else:
            offset = _scan_pair(text, offset, table)
        offset = _skip(text, offset)
    return _positions(root, text)


def _positions(root: _Node, text: str) -> dict[Path, Position]:
    """The positions of everything below ``root``, in no particular order."""
    line_starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    positions: dict[Path, Position] = {}
    waiting: list[tuple[Path, _Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        for name, child in node.children.items():
            child_path = (*path, name)
            line = bisect.bisect_right(line_starts, child.offset)
            positions[child_path] = Position(line, child.offset - line_starts[line - 1] + 1)
            if child.children:
                waiting.append((child_path, child))
    return positions


def _skip(text: str, offset: int) -> int:
    """The offset of the next character that is not blank, line end, comma or comment."""
    return _match(_TOML_SKIPPED, text, offset).end()


def _scan_header(text: str, offset: int, root: _Node) -> tuple[_Node, int]:
    """The table that the header at ``offset`` opens, and the offset after the header."""
    is_array = text.startswith("[[", offset)
    width = 2 if is_array else 1
    (*parents, name), end = _scan_key(text, offset + width)
    end += width
    parent = _descend(root, parents, offset)
    if is_array:
        array = parent.children.get(name) or parent.add(name, offset, is_array=True)
        return array.add(len(array.children), offset), end
    table = _descend(parent, [name], offset)
    table.offset = offset  # [a] may come after [a.b]: its own header counts
    return table, end


def _scan_pair(text: str, offset: int, table: _Node) -> int:
    """The offset after the ``key = value`` at ``offset``, which is added to ``table``."""
    open_nodes: list[_Node] = []  # the arrays and inline tables around ``offset``, innermost last
    parent, name, offset = _scan_slot(text, offset, table)
    while True:
        character = text[offset]
        node = parent.add(name, offset, is_array=character == "[")
        if character in "[{":
            open_nodes.append(node)
            offset += 1
        else:
            offset = _scalar_end(text, offset)
        while open_nodes:
            offset = _skip(text, offset)
            if text[offset] not in "]}":
                break
            open_nodes.pop()
            offset += 1
        if not open_nodes:
            return offset
        parent, name, offset = _scan_slot(text, offset, open_nodes[-1])


def _scan_slot(text: str, offset: int, container: _Node) -> tuple[_Node, str | int, int]:
    """What directly holds the next value of ``container``, its name there, and its offset."""
    if container.is_array:
        return container, len(container.children), offset
    (*parents, name), end = _scan_key(text, offset)
    return _descend(container, parents, offset), name, _skip(text, end + len("="))


def _scan_key(text: str, offset: int) -> tuple[list[str], int]:
    """The parts of the dotted key at ``offset``, and the offset of what follows it (``=`` or ``]``)."""
    parts: list[str] = []
    while True:
        match = _match(_TOML_KEY_PART, text, offset)
        raw, dot = match.groups()
        if "\\" in raw:
            parts.extend(tomli.loads(f"{raw} = 0"))
        else:
            parts.append(raw[1:-1] if raw[0] in "\"'" else raw)
        offset = match.end()
        if not dot:
            return parts, offset


def _descend(table: _Node, names: list[str], offset: int) -> _Node:
    """The table that ``names`` lead to, by last array elements; missing ones are made at ``offset``."""
    for name in names:
        child = table.children.get(name) or table.add(name, offset)
        table = child.children[len(child.children) - 1] if child.is_array else child
    return table


def _scalar_end(text: str, offset: int) -> int:
    """The offset after the string, number, truth value or date at ``offset``."""
    start = _TOML_STRING_START.match(text, offset)
    if start is None:
        return _match(_TOML_BARE_VALUE, text, offset).end()
    steps = _TOML_STRING_STEPS[start[0]].finditer(text, start.end())
    return next(step.end() for step in steps if step[0][0] != "\\")


def _match(pattern: re.Pattern[str], text: str, offset: int) -> re.Match[str]:
    """The match of ``pattern`` at ``offset``; ValueError if the parser cannot have accepted the text."""
    if match := pattern.match(text, offset):
        return match
    raise ValueError(f"not text that the parser accepts, at offset {offset}")
