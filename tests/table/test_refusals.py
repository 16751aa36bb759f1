"""Files that are not read at all: each says what it is and what to do."""

from pathlib import Path

import pytest

from perfeval import Limits, PerfevalError, UnreadableError, read
from perfeval.errors import Problem

SCHEMA = b'schema = "perfeval.evaluation.v1"\n'
OPEN = b'{"schema": "perfeval.evaluation.v1", '


def only(source: bytes | str | Path, name: str = "f") -> Problem:
    """The one problem of a source."""
    with pytest.raises(UnreadableError) as caught:
        read(source, name=name)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(b"", "IN-EMPTY", "f: is empty", id="empty"),
        pytest.param(b" \n\t\n", "IN-EMPTY", "f: is empty", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "IN-EMPTY", "f: is empty", id="only a BOM"),
        pytest.param(OPEN + "名称".encode("gb18030"), "IN-ENCODING", "f: is not UTF-8; save it as UTF-8", id="gb18030"),
        # syntax, with its place
        pytest.param(SCHEMA + b"name = \n", "IN-SYNTAX", "f:2:8: is not valid TOML: Invalid value", id="toml"),
        pytest.param(
            SCHEMA + "name = '甲' 乙\n".encode(),
            "IN-SYNTAX",
            "f:2:12: is not valid TOML: Expected newline or end of document after a statement",
            id="behind a value",
        ),
        pytest.param(
            SCHEMA + b"name = '1'\nname = '2'\n",
            "IN-SYNTAX",
            "f:3:11: is not valid TOML: Cannot overwrite a value",
            id="key twice in TOML",
        ),
        pytest.param(
            SCHEMA + b"name = '\x00'\n",
            "IN-SYNTAX",
            "f:2:9: is not valid TOML: Found invalid character '\\x00'",
            id="NUL in TOML",
        ),
        pytest.param(
            OPEN + b'\n "name": }', "IN-SYNTAX", "f:2:10: is not valid JSON: Expecting value", id="json"
        ),
        pytest.param(OPEN, "IN-SYNTAX", "f:1:38: is not valid JSON: Expecting property name enclosed in double quotes", id="json ends"),
        pytest.param(b"{}{}", "IN-SYNTAX", "f:1:3: is not valid JSON: Extra data", id="two JSON values"),
        pytest.param(
            OPEN + b'"name": "\x00"}',
            "IN-SYNTAX",
            "f:1:47: is not valid JSON: Invalid control character at",
            id="NUL in JSON",
        ),
        # a key twice
        pytest.param(OPEN + b'"name": "1", "name": "1"}', "IN-DUPLICATE", "f: has the key name twice", id="key twice"),
        pytest.param(OPEN + b'"keys": {"a": "", "b": "", "a": ""}}', "IN-DUPLICATE", "f: has the key a twice", id="key twice inside"),
        # nesting, numbers
        pytest.param(OPEN + b'"x": ' + b"[" * 99_999 + b"]" * 99_999 + b"}", "IN-NESTING", "f: is nested too deeply", id="deep JSON"),
        pytest.param(SCHEMA + b"x = " + b"[" * 99_999 + b"]" * 99_999, "IN-NESTING", "f: is nested too deeply", id="deep TOML"),
        pytest.param(SCHEMA + b"x" + b".x" * 9999 + b" = 1", "IN-NESTING", "f: is nested too deeply", id="long key"),
        # schema
        pytest.param(b"{}", "IN-SCHEMA", 'f:1:1 schema: schema must be "perfeval.evaluation.v1"', id="no schema"),
        pytest.param(
            b'name = "x"\nschema = "perfeval.evaluation.v2"',
            "IN-SCHEMA",
            'f:2:10 schema: schema must be "perfeval.evaluation.v1"',
            id="other schema",
        ),
        pytest.param(
            b'schema = "perfeval.rulebook.v1"\nid = "x"\n',
            "IN-OTHER",
            "f:1:10 schema: is perfeval.rulebook.v1, not a self-evaluation table",
            id="a rule book",
        ),
        pytest.param(
            SCHEMA + b'evaluations = "x"\n', "IN-TYPE", "f:2:15 evaluations: must be an array, not a string", id="no list"
        ),
        pytest.param(OPEN + b'"evaluations": {}}', "IN-TYPE", "f:1:53 evaluations: must be an array, not a table", id="no list in JSON"),
        pytest.param(
            SCHEMA + b"evaluations = []\nname = 'x'\n", "IN-KEY", "f:3:8 name: is not a known key", id="key beside evaluations"
        ),
        pytest.param(SCHEMA + b"x = 1\n", "IN-KEY", "f:2:5 x: is not a known key", id="unknown key"),
    ],
)  # fmt: skip
def test_refused(data: bytes, code: str, line: str) -> None:
    problem = only(data)
    assert (problem.message.code, problem.text("en")) == (code, line)
    assert problem.text("zh").startswith(line.partition(" ")[0])
    assert problem.text("zh") != problem.text("en")


# Numbers that Python will not print or hold are problems of the file like any other.
HUGE = b"9" * 5000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SCHEMA + b"name = " + HUGE, id="integer"),
        pytest.param(OPEN + b'"name": ' + HUGE + b"}", id="integer in JSON"),
        pytest.param(SCHEMA + b"name = 0x" + HUGE, id="hexadecimal"),
        pytest.param(SCHEMA + b"evaluations = 0x" + HUGE, id="hexadecimal for a list"),
        pytest.param(SCHEMA + b"name = 1e" + b"9" * 30, id="exponent"),
        pytest.param(OPEN + b'"name": 1e' + b"9" * 30 + b"}", id="exponent in JSON"),
        pytest.param(OPEN + b'"name": NaN}', id="NaN"),
        pytest.param(OPEN + b'"indicators": [{"target": -Infinity}]}', id="Infinity"),
        pytest.param(SCHEMA + b"name = nan", id="nan"),
        pytest.param(SCHEMA + b"[[indicators]]\nweight = -inf", id="inf"),
    ],
)
def test_numbers(data: bytes) -> None:
    assert only(data).message.code in {"IN-SYNTAX", "IN-TYPE", "IN-VALUE"}


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "nothing.toml"
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert caught.value.text("en") == f"{path}: cannot be found or opened: No such file or directory"
    assert caught.value.text("zh") == f"{path}: 找不到或打不开这个文件：No such file or directory"


def test_a_directory(tmp_path: Path) -> None:
    assert only(tmp_path).text("en") == "f: cannot be found or opened: Is a directory"


def test_a_path_that_cannot_be() -> None:
    assert only("x" * 5000).message.code == "IN-FILE"
    assert only("a/b\x00c").message.code == "IN-FILE"


def test_size(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(SCHEMA)
    limits = Limits(size=len(SCHEMA))
    assert len(read(path, limits=limits).evaluations) == 1
    path.write_bytes(SCHEMA + b"\n")
    with pytest.raises(UnreadableError, match=f"{len(SCHEMA)} 字节"):
        read(path, limits=limits)


def test_tables_in_toml_are_utf8(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes("名称 = 1".encode("gb18030"))
    assert only(path).message.code == "IN-ENCODING"


@pytest.mark.parametrize("data", [SCHEMA, OPEN + b'"name": "x"}', b" \n" + OPEN + b'"name": "x"}'])
def test_a_bom_is_accepted(data: bytes) -> None:
    assert read(b"\xef\xbb\xbf" + data).evaluations == read(data).evaluations
    assert len(read(data).evaluations) == 1


# A text that no file can hold is not read, so that every table that was read can be written.
def test_a_lone_surrogate() -> None:
    with pytest.raises(PerfevalError):
        read(OPEN + rb'"name": "\ud800"}')


def test_null_means_the_same_in_every_column() -> None:
    codes = []
    for row in (b'"level3": null', b'"target": null', b'"weight": null'):
        try:
            codes.append(str(len(read(OPEN + b'"indicators": [{' + row + b"}]}").findings)))
        except UnreadableError as error:
            codes.append(error.problems[0].message.code)
    assert len(set(codes)) == 1, codes
