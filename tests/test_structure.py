"""Plain data to classes with every problem; and the errors, findings and messages that say what was found."""

import pickle
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs
import pytest
from cattrs.errors import BaseValidationError

from perfeval.errors import PerfevalError, Problem, UnreadableError, UsageError
from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import LANGUAGES, Language, Message, Wording
from perfeval.structure import Invalid, decimal_hook, new_converter, problems_of, unknown_key, wrong_type


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Inner:
    colour: Colour = Colour.RED
    start: Decimal | None = attrs.field(default=None, metadata={"key": "from"})


@attrs.frozen
class Outer:
    name: str
    count: int = 0
    right: bool = False
    inner: Inner = Inner()
    inners: tuple[Inner, ...] = ()
    words: Mapping[str, str] = attrs.field(factory=dict)
    hidden: str = attrs.field(default="", metadata={"internal": True})


def problems(data: object) -> list[tuple[str, str]]:
    """Path and English text of everything that is wrong with the data of an Outer."""
    try:
        new_converter().structure(data, Outer)
    except (BaseValidationError, ValueError) as error:
        return [
            (".".join(str(step) for step in found.path), found.message.text("en"))
            for found in problems_of(error)
        ]
    return []


def test_what_is_right() -> None:
    data = {
        "name": "甲",
        "count": 3,
        "right": True,
        "inner": {"colour": "blue", "from": "0.10"},
        "inners": [{}, {"from": 5}],
        "words": {"a": "b"},
    }
    assert new_converter().structure(data, Outer) == Outer(
        name="甲",
        count=3,
        right=True,
        inner=Inner(Colour.BLUE, Decimal("0.10")),
        inners=(Inner(), Inner(start=Decimal(5))),
        words={"a": "b"},
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"name": "甲"}, []),
        ({}, [("name", "is required and missing")]),
        (None, [("", "must be a table, not null")]),
        ([], [("", "must be a table, not an array")]),
        ("甲", [("", "must be a table, not a string")]),
        ({"name": 1}, [("name", 'must be a string, not an integer; put it in quotes: "1"')]),
        ({"name": 1.5}, [("name", 'must be a string, not a float; put it in quotes: "1.5"')]),
        ({"name": Decimal("1.50")}, [("name", 'must be a string, not a decimal; put it in quotes: "1.50"')]),
        ({"name": True}, [("name", "must be a string, not true or false")]),
        ({"name": None}, [("name", "must be a string, not null")]),
        ({"name": b"x"}, [("name", "must be a string, not bytes")]),
        ({"name": "甲", "count": True}, [("count", "must be an integer, not true or false")]),
        ({"name": "甲", "count": "3"}, [("count", "must be an integer, not a string")]),
        ({"name": "甲", "right": 1}, [("right", "must be true or false, not an integer")]),
        ({"name": "甲", "inner": []}, [("inner", "must be a table, not an array")]),
        ({"name": "甲", "inners": {}}, [("inners", "must be an array, not a table")]),
        ({"name": "甲", "inners": "abc"}, [("inners", "must be an array, not a string")]),
        ({"name": "甲", "words": []}, [("words", "must be a table, not an array")]),
        ({"name": "甲", "words": {"a": 1}}, [("words.a", 'must be a string, not an integer; put it in quotes: "1"')]),
        ({"name": "甲", "inner": {"colour": "rde"}}, [("inner.colour", "'rde' is not one of red blue")]),
        ({"name": "甲", "inner": {"colour": 1}}, [("inner.colour", 'must be a string, not an integer; put it in quotes: "1"')]),
        ({"name": "甲", "inner": {"from": "x"}}, [("inner.from", "'x' is no decimal; write it like \"0.01\"")]),
        ({"name": "甲", "inner": {"start": "1"}}, [("inner.start", "is not a known key")]),
        ({"name": "甲", "hidden": "x"}, [("hidden", "is not a known key")]),
        ({"name": "甲", "Count": 1}, [("Count", "is not a known key; perhaps count")]),
        ({"name": "甲", "inners": [{}, {"colr": "red"}]}, [("inners.1.colr", "is not a known key; perhaps colour")]),
    ],
)  # fmt: skip
def test_what_is_wrong(data: object, expected: list[tuple[str, str]]) -> None:
    assert problems(data) == expected


def test_everything_at_once() -> None:
    data = {
        "nam": "甲",
        "count": "3",
        "inners": [1, {"colour": "x", "from": None, "z": 1}],
        "words": {"a": 1, "b": []},
    }
    assert sorted(problems(data)) == sorted(
        [
            ("name", "is required and missing"),
            ("nam", "is not a known key; perhaps name"),
            ("count", "must be an integer, not a string"),
            ("inners.0", "must be a table, not an integer"),
            ("inners.1.colour", "'x' is not one of red blue"),
            ("inners.1.z", "is not a known key"),
            ("words.a", 'must be a string, not an integer; put it in quotes: "1"'),
            ("words.b", "must be a string, not an array"),
        ]
    )


# from, then the decimal or the code of the refusal
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.10", "0.10"),
        ("-3", "-3"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        ("9" * 40, "9" * 40),
        ("9" * 41, "IN-DECIMAL"),
        ("", "IN-DECIMAL"),
        ("0,1", "IN-DECIMAL"),
        ("NaN", "IN-DECIMAL"),
        ("sNaN", "IN-DECIMAL"),
        ("-Infinity", "IN-DECIMAL"),
        ("1E+99999999999999999999", "IN-DECIMAL"),
        (0.1, "IN-TYPE"),
        (True, "IN-TYPE"),
        (None, "IN-TYPE"),
        ([1], "IN-TYPE"),
    ],
)
def test_decimals(value: object, expected: str) -> None:
    try:
        found = str(decimal_hook(value, Decimal))
    except Invalid as refusal:
        found = refusal.message.code
    assert found == expected


def test_a_number_in_words_of_both_languages() -> None:
    assert wrong_type(str, 3).message.text("zh") == '应为字符串，现为整数，请加引号："3"'
    assert unknown_key("nam", ["name"]).text("zh") == "没有这个键，是否应为 name"
    assert unknown_key("xyz", ["name"]).text("zh") == "没有这个键"


# What a hook raises besides Invalid, with notes of its own, keeps its path; a fault of ours is not swallowed.
def failing(error: Exception) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    def hook(_value: object, _type: object) -> Inner:
        raise error

    converter = new_converter()
    converter.register_structure_hook(Inner, hook)
    with pytest.raises(BaseValidationError) as caught:
        converter.structure({"name": "甲", "inners": [{}]}, Outer)
    for problem in problems_of(caught.value):
        yield problem.path, problem.message.code, problem.message.text("en")


@pytest.mark.parametrize("kind", [TypeError, ValueError])
def test_other_errors_of_a_hook(kind: type[Exception]) -> None:
    error = kind("bad {thing}")
    error.add_note("a note of somebody else")
    assert list(failing(error)) == [(("inners", 0), "IN-VALUE", "bad {thing}")]


def test_faults_are_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        list(failing(ZeroDivisionError()))


# Messages

GREETING = Wording("X-1", "{who}，{n} 个", "{who}: {n}")


@pytest.mark.parametrize(("language", "text"), [("zh", "甲{n}，3 个"), ("en", "甲{n}: 3")])
def test_a_message(language: Language, text: str) -> None:
    message = GREETING(who="甲{n}", n=3)
    assert (message.text(language), message.code, dict(message.facts)) == (
        text,
        "X-1",
        {"who": "甲{n}", "n": "3"},
    )
    assert str(message) == message.text() == message.text("zh")
    assert message == GREETING(who="甲{n}", n="3")


def test_languages() -> None:
    assert LANGUAGES == ("zh", "en")


# Errors

MESSAGE = GREETING(who="甲", n=1)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem("a.toml", 14, 9, "indicators[3].weight", MESSAGE),
            "a.toml:14:9 indicators[3].weight: 甲: 1",
        ),
        (Problem("a.toml", 14, 9, "", MESSAGE), "a.toml:14:9: 甲: 1"),
        (Problem("a.toml", 0, 0, "", MESSAGE), "a.toml: 甲: 1"),
        (Problem("a.toml", 0, 0, "name", MESSAGE), "a.toml name: 甲: 1"),
    ],
)
def test_a_problem(problem: Problem, text: str) -> None:
    assert problem.text("en") == text
    assert str(problem) == problem.text("zh") == text.replace("甲: 1", "甲，1 个")


@pytest.mark.parametrize(
    "error",
    [
        UsageError(MESSAGE),
        UnreadableError((Problem("a", 0, 0, "", MESSAGE), Problem("b", 1, 2, "", MESSAGE))),
    ],
)
def test_errors(error: PerfevalError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), again.text("en")) == (type(error), str(error), error.text("en"))
    assert str(error) == error.text() == error.text("zh")
    assert isinstance(error, PerfevalError)
    assert error.text("en") in ("甲: 1", "a: 甲: 1\nb:1:2: 甲: 1")


def test_misuse_is_a_value_error() -> None:
    assert issubclass(UsageError, ValueError)
    assert not issubclass(UnreadableError, ValueError)


# Findings and places


@pytest.mark.parametrize(
    ("place", "text", "data"),
    [
        (Location(), "", {}),
        (Location(file="a.toml"), "a.toml", {"file": "a.toml"}),
        (Location(file="a.toml", line=3), "a.toml:3", {"file": "a.toml", "line": 3}),
        (Location(file="a.toml", line=3, column=4), "a.toml:3:4", {"file": "a.toml", "line": 3, "column": 4}),
        (Location(file="a.xlsx", sheet="表1", cell="B2", row=2), "a.xlsx:表1!B2", {"file": "a.xlsx", "sheet": "表1", "cell": "B2", "row": 2}),
        (Location(line=3), "3", {"line": 3}),
        (Location(file="a.pdf", page=0), "a.pdf", {"file": "a.pdf", "page": 0}),
    ],
)  # fmt: skip
def test_places(place: Location, text: str, data: dict[str, Any]) -> None:
    assert (str(place), place.as_dict()) == (text, data)


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ((), "X-1 甲: 1"),
        ((Location(file="a", line=3),), "a:3: X-1 甲: 1"),
        ((Location(file="a", line=3), Location(file="b")), "a:3: X-1 甲: 1"),
    ],
)
def test_findings(places: tuple[Location, ...], text: str) -> None:
    finding = Finding(MESSAGE, FindingClass.QUESTION, Severity.NOTE, places)
    assert (finding.text("en"), finding.code) == (text, "X-1")
    assert finding.text() == text.replace("甲: 1", "甲，1 个")
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - our own bytes


def test_a_message_with_the_same_facts_is_the_same() -> None:
    assert Message(GREETING, {"who": "甲", "n": "1"}) == MESSAGE
