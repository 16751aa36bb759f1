from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval.positions import Path, Position, json_positions, path_text, toml_positions

texts = st.text(st.sampled_from("ab-1 _.,=#[]{}\"'\\\n\t指标\u2028😀\x7f\x00é"), max_size=8) | st.text(
    max_size=4
)
scalars = texts | st.integers(-(2**40), 2**40) | st.booleans() | st.floats(allow_nan=False)
toml_scalars = scalars | st.datetimes() | st.dates() | st.times()


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(texts, inner, max_size=3)
            | st.lists(st.dictionaries(texts, inner, max_size=3), max_size=3)
        ),
        max_leaves=12,
    )


def tables(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(texts, nested(leaves), max_size=4)


def values_of(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path below the root with its value."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in entries:
        yield (*path, name), value
        yield from values_of(value, (*path, name))


def replaced(data: Any, path: Path, value: Any) -> Any:
    result = copy.deepcopy(data)
    container = result
    for part in path[:-1]:
        container = container[part]
    container[path[-1]] = value
    return result


def offset_of(text: str, position: Position) -> int:
    lines = text.split("\n")
    assert 1 <= position.column <= len(lines[position.line - 1])
    return sum(len(line) + 1 for line in lines[: position.line - 1]) + position.column - 1


def toml_value_end(text: str, start: int, value: Any) -> int:
    """The end of the longest piece of ``text`` from ``start`` that reads as ``value`` and nothing more."""
    longest = start + 20 + 10 * len(str(value))  # an escape has up to ten characters
    for end in range(min(len(text), longest), start, -1):
        piece = text[start:end]
        if piece == piece.strip() and text[end : end + 1] in "\r\n ,]}":
            try:
                read = tomli.loads(f"x = {piece}")
            except tomli.TOMLDecodeError:
                continue
            if read == {"x": value} and type(read["x"]) is type(value):
                return end
    return pytest.fail(f"no {value!r} at offset {start} of {text!r}")


# Laws


@settings(deadline=None)  # the checks are slow, not what they check
@given(tables(toml_scalars), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_toml_written_by_tomli_w_has_a_position_for_each_scalar_where_it_can_be_replaced(
    data: dict[str, Any], multiline: bool, line_end: str
) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline).replace("\r", "").replace("\n", line_end)
    data = tomli.loads(text)
    positions = toml_positions(text)
    assert set(positions) == {path for path, _ in values_of(data)}
    for path, value in values_of(data):
        start = offset_of(text, positions[path])
        if isinstance(value, (dict, list)):
            assert text[start] in "[{"
        else:
            end = toml_value_end(text, start, value)
            assert tomli.loads(f"{text[:start]}'new'{text[end:]}") == replaced(data, path, "new")


@settings(deadline=None)
@given(nested(scalars | st.none()), st.sampled_from([None, 0, 1, "\t"]), st.booleans())
@example([[], {}, [{}], {"": []}, float("inf"), {"\ud800": 1}], None, True)
def test_json_has_a_position_for_each_value_where_it_can_be_replaced(
    data: Any, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    positions = json_positions(text)
    assert set(positions) == {path for path, _ in values_of(data)}
    for path, value in values_of(data):
        start = offset_of(text, positions[path])
        read, end = json.JSONDecoder().raw_decode(text, start)
        assert (read, type(read)) == (value, type(value))
        assert json.loads(f'{text[:start]}"new"{text[end:]}') == replaced(data, path, "new")


class _Writer:
    """Writes a table as TOML in drawn styles and notes where each value starts."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.text = ""
        self.separator = "\n"  # between the pairs that a dotted table is split into
        self.places: dict[Path, Position] = {}
        self.line_end = self.choose("\n", "\r\n")

    def choose(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def write(self, *pieces: str) -> None:
        self.text += "".join(pieces).replace("\n", self.line_end)

    def note(self, path: Path) -> None:
        place = Position(self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n"))
        self.places.setdefault(path, place)

    def blank(self) -> str:
        return str(self.choose("", " ", "\t "))

    def gap(self) -> None:
        """Something that may stand between the elements of arrays and inline tables."""
        self.write(self.choose("", " ", "\n", '\n\t# ]}, "x" = [{ \'\n', " #'''\n\n  "))

    def string(self, value: str, *, one_line: bool = False) -> str:
        unsafe = re.compile(r'[\x00-\x1f\x7f\\"]')
        kinds = ['"' + unsafe.sub(lambda found: f"\\u{ord(found[0]):04x}", value) + '"']
        if not re.search(r"[\x00-\x08\x0a-\x1f\x7f']", value):
            kinds.append(f"'{value}'")
        if not one_line:
            escaped = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\\]", lambda found: f"\\U{ord(found[0]):08x}", value)
            kinds.append('"""\\\n \t' + re.sub('"{3}', '""\\"', escaped).lstrip(" \t\n") + '"""')
            kinds.append('"""\n' + re.sub('"{3}', '""\\"', escaped) + '"""')
            if not re.search(r"[\x00-\x08\x0b-\x1f\x7f]|'''", value):
                kinds.append(f"'''\n{value}'''")
        return str(self.choose(*(kind for kind in kinds if tomli.loads(f"x = {kind}")["x"] == value)))

    def key(self, names: tuple[str, ...]) -> None:
        plain = re.compile(r"[A-Za-z0-9_-]+")
        parts = [name if plain.fullmatch(name) else self.string(name, one_line=True) for name in names]
        self.write(f"{self.blank()}.{self.blank()}".join(parts))

    def pairs(self, path: Path, names: tuple[str, ...], value: Any) -> None:
        """``names = value``; or, for a table that is not empty, pairs with longer dotted keys."""
        dotted = isinstance(value, dict) and value and self.choose(True, False)
        for last, (name, inner) in enumerate(value.items() if dotted else [("", value)], 1):
            if dotted:
                self.pairs((*path, name), (*names, name), inner)
                self.write("" if last == len(value) else self.separator)
            else:
                for length in range(1, len(names)):
                    self.note(path[: len(path) - length])
                self.key(names)
                self.write(self.blank(), "=", self.blank())
                self.value(path, value)

    def value(self, path: Path, value: Any) -> None:
        self.note(path)
        if isinstance(value, list):
            self.inside("[]", [partial(self.value, (*path, i), v) for i, v in enumerate(value)])
        elif isinstance(value, dict):
            self.inside("{}", [partial(self.pairs, (*path, k), (k,), v) for k, v in value.items()])
        elif isinstance(value, str):
            self.write(self.string(value))
        else:
            self.write(str(value).lower() if isinstance(value, bool) else str(value))

    def inside(self, brackets: str, writers: list[Callable[[], None]]) -> None:
        outer, self.separator = self.separator, ","
        self.write(brackets[0])
        for left, writer in zip(range(len(writers))[::-1], writers, strict=True):
            self.gap()
            writer()
            self.gap()
            self.write("," if left else self.choose("", ","))
        self.gap()
        self.write(brackets[1])
        self.separator = outer

    def table(self, path: Path, names: tuple[str, ...], table: dict[str, Any]) -> None:
        later = []
        for name, value in table.items():
            is_array = isinstance(value, list) and value and all(isinstance(inner, dict) for inner in value)
            if (is_array or isinstance(value, dict)) and self.choose(True, True, False):
                later.append((name, value))
            else:
                self.write(self.blank())
                self.pairs((*path, name), (name,), value)
                self.write(self.choose("\n", "\n\n", ' # [x] = """\n'))
        for name, value in later:
            if isinstance(value, dict):
                self.header("[]", (*path, name), (*names, name), value)
                continue
            for index, inner in enumerate(value):
                self.write(self.blank())
                self.note((*path, name))
                self.header("[[]]", (*path, name, index), (*names, name), inner)

    def header(self, brackets: str, path: Path, names: tuple[str, ...], table: dict[str, Any]) -> None:
        self.note(path)
        half = len(brackets) // 2
        self.write(brackets[:half], self.blank())
        self.key(names)
        self.write(self.blank(), brackets[half:], self.choose("\n", " # ]\n"))
        self.table(path, names, table)


@settings(deadline=None)
@given(tables(toml_scalars), st.data())
def test_toml_written_in_any_style_has_its_values_where_they_were_written(
    data: dict[str, Any], drawn: st.DataObject
) -> None:
    writer = _Writer(drawn.draw)
    writer.table((), (), data)
    assert tomli.loads(writer.text) == data
    assert toml_positions(writer.text) == writer.places


@given(st.lists(st.lists(texts | st.integers(0, 20)).map(tuple), unique=True))
def test_different_paths_have_different_texts_on_one_line(paths: list[Path]) -> None:
    written = [path_text(path) for path in paths]
    assert len(set(written)) == len(paths)
    assert all(text.isprintable() for text in written)


# Literal tables


def unmarked(marked_text: str, marks: list[str]) -> tuple[str, dict[str, Position]]:
    """The text without its ``^``, and where each was; ``marks`` names the values at each, by path text."""
    text = ""
    places: dict[str, Position] = {}
    pieces = marked_text.split("^")
    assert len(pieces) == len(marks) + 1
    for piece, names in zip(pieces, marks, strict=False):
        text += piece
        place = Position(text.count("\n") + 1, len(text) - text.rfind("\n"))
        places |= dict.fromkeys(names.split(" and "), place)
    return text + pieces[-1], places


TOML_TEXTS = {
    "nothing": ("", []),
    "only a comment": ("# [comment] = 'x", []),
    "basic string": ('  a\t=\t^"x\\"# \\\\" # "\nb = ^1', ["a", "b"]),
    "basic string that ends in escapes": ('a = ^"\\\\\\""\nb = ^1', ["a", "b"]),
    "literal string": ("a = ^'C:\\' # '\nb = ^1", ["a", "b"]),
    "empty strings": ("a=^''\nb=^\"\"\nc=^\"\"\"\"\"\"\nd=^''''''\ne=^0", ["a", "b", "c", "d", "e"]),
    "multi-line basic string": ('a = ^"""\n[x]\n\\""" \\\\"""# """\nb = ^1', ["a", "b"]),
    "multi-line basic string with a folded line": ('a = ^"""x\\\n  y\\"\\\n"""\nb = ^1', ["a", "b"]),
    "multi-line literal string": ("a = ^'''\n[y]\n\\'''\nb = ^1", ["a", "b"]),
    "quotes next to basic delimiters": ('a = ^[^""""x""""",^"""x"""",^1]', ["a", "a[0]", "a[1]", "a[2]"]),
    "quotes next to literal delimiters": ("a = ^[^''''x''''',^'''x'''',^1]", ["a", "a[0]", "a[1]", "a[2]"]),
    "numbers and truth values": ("a = ^-inf#\nb = ^+1_0.5e-3\t# c = 1\nc = ^true", ["a", "b", "c"]),
    "dates and times": (
        "a = ^1979-05-27 07:32:00 # x\nb = ^[^07:32:00,^1979-05-27 00:00:00Z]\nc = ^1979-05-27 ",
        ["a", "b", "b[0]", "b[1]", "c"],
    ),
    "quoted keys": ('"项目" = ^1\n\'#b"]=\' = ^2\n"" = ^3\n-1 = ^4', ["项目", '"#b\\"]="', '""', "-1"]),
    "escapes in keys": ('"\\u6307\\"\\\\" = ^1\n^["\\t"]', ['"指\\"\\\\"', '"\\t"']),
    "dotted keys": ('^keys.a = ^"x"\n keys.b = ^1', ["keys", "keys.a", "keys.b"]),
    "dotted keys with blanks": ("^a . \"b.c\"\t.'d' = ^1", ['a and a."b.c"', 'a."b.c".d']),
    "dotted key with digits": ("^3.14 = ^1", ["3", "3.14"]),
    "headers": (" ^[ a . b ] # ]\n c = ^1\n^[d]#", ["a and a.b", "a.b.c", "d"]),
    "header after the header of an inner table": (
        "^[a.b]\nc = ^1\n^[a]\nd = ^2\n^[a.e]",
        ["a.b", "a.b.c", "a", "a.d", "a.e"],
    ),
    "dotted keys below a header": ("^[a]\n^b.c = ^1", ["a", "a.b", "a.b.c"]),
    "arrays of tables": (
        "^[[a]]\nx = ^1\n^[a.b]\ny = ^1\n^[[a]]\n^[[a.c]]\n^[[ a . c ]]\nz = ^1\n^[a.c.d]\n^[a.e.f]",
        [
            "a and a[0]",
            "a[0].x",
            "a[0].b",
            "a[0].b.y",
            "a[1]",
            "a[1].c and a[1].c[0]",
            "a[1].c[1]",
            "a[1].c[1].z",
            "a[1].c[1].d",
            "a[1].e and a[1].e.f",
        ],
    ),
    "array of tables in tables without headers": ("^[[a.b]]\n^[[a.b]]", ["a and a.b and a.b[0]", "a.b[1]"]),
    "arrays": (
        "a = ^[ # ]\n  ^[^1, ^2 ],\n  ^[],^[^[^'],'],],\n  # [ \"\n]\nb = ^1",
        ["a", "a[0]", "a[0][0]", "a[0][1]", "a[1]", "a[2]", "a[2][0]", "a[2][0][0]", "b"],
    ),
    "inline tables": (
        "a = ^{x = ^1, ^y.z = ^{}, y.w = ^[^{v = ^'}'}]}\nb = ^1",
        ["a", "a.x", "a.y", "a.y.z", "a.y.w", "a.y.w[0]", "a.y.w[0].v", "b"],
    ),
    "inline tables over several lines": (
        'a = ^{ # }\n  x = ^1, # y = 2, "\n\n  y = ^{\n    z = ^"}",\n  }\n  ,\n}\nb = ^1',
        ["a", "a.x", "a.y", "a.y.z", "b"],
    ),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(("marked_text", "marks"), TOML_TEXTS.values(), ids=TOML_TEXTS)
def test_toml_positions_of_hand_written_text(marked_text: str, marks: list[str], line_end: str) -> None:
    text, places = unmarked(marked_text.replace("\n", line_end), marks)
    positions = toml_positions(text)
    assert {path_text(path): position for path, position in positions.items()} == places
    assert set(positions) == {path for path, _ in values_of(tomli.loads(text))}


JSON_TEXTS = {
    "number": (" 1\n", []),
    "empty object": ("{ }", []),
    "list": ("[^1,^-0.5e+3 ,\r\n\t^NaN\n,^-Infinity,^null]", ["[0]", "[1]", "[2]", "[3]", "[4]"]),
    "strings": ('[^"",^"\\\\\\"", ^"]{:,",^"\\n"]', ["[0]", "[1]", "[2]", "[3]"]),
    "objects": (
        '{"a" :^{"x":^[],"y" : ^[^{}, ^{"z":\n^true}]}, "\\u6307\\"]" : ^"a"}',
        ["a", "a.x", "a.y", "a.y[0]", "a.y[1]", "a.y[1].z", '"指\\"]"'],
    ),
    "empty and dotted keys": ('{"": ^{"a.b": ^0}}', ['""', '""."a.b"']),
    "duplicate key": ('{"a": {"x": [1]}, "b": ^2, "a": ^{"y": ^3}}', ["b", "a", "a.y"]),
    "duplicate key, last without inner values": ('{"a": {"x": 1}, "\\u0061": ^2}', ["a"]),
}


@pytest.mark.parametrize(("marked_text", "marks"), JSON_TEXTS.values(), ids=JSON_TEXTS)
def test_json_positions_of_hand_written_text(marked_text: str, marks: list[str]) -> None:
    text, places = unmarked(marked_text, marks)
    positions = json_positions(text)
    assert {path_text(path): position for path, position in positions.items()} == places
    assert set(positions) == {path for path, _ in values_of(json.loads(text))}


def test_nesting_and_dotted_keys_deeper_than_the_recursion_limit_are_no_obstacle() -> None:
    deep = 2000
    assert json_positions("[" * deep + "]" * deep)[(0,) * (deep - 1)] == Position(1, deep)
    assert json_positions('{"a":' * deep + "1" + "}" * deep)[("a",) * deep] == Position(1, 5 * deep + 1)
    assert toml_positions("x=" + "[" * deep + "]" * deep)[("x", *(0,) * (deep - 1))] == Position(1, deep + 2)
    assert toml_positions("x." * deep + "x=1")[("x",) * (deep + 1)] == Position(1, 2 * deep + 3)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ((), ""),
        (("indicators", 3, "weight"), "indicators[3].weight"),
        ((0, 1, "指标"), "[0][1].指标"),
        (("a", "a", 0, "a"), "a.a[0].a"),
        (("a.b", "", "c d", "[0]"), '"a.b".""."c d"."[0]"'),
        (('"', "\n", "'"), '"\\""."\\n".\''),
        (("\u2028指", "\ud800"), '"\\u2028\\u6307"."\\ud800"'),
    ],
)
def test_path_text(path: Path, written: str) -> None:
    assert path_text(path) == written
