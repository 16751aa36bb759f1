"""The JSON Schema of tables: committed as generated, and of one opinion with ``perfeval.read``."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import perfeval
from perfeval import UnreadableError, read
from perfeval.table import SCHEMA, table_data
from perfeval.table.schema import evaluation_schema
from table.strategies import evaluations

ROOT = Path(__file__).parents[2]
COMMITTED = Path(perfeval.__file__).parent / "table/evaluation.schema.json"
VALIDATOR = Draft202012Validator(evaluation_schema())

REAL = [
    *(pytest.param(tomli.loads(path.read_text("utf-8")), id=path.stem) for path in sorted(ROOT.glob("examples/bortala-2024/*.toml"))),
    *(pytest.param(json.loads((ROOT / "tests/data" / name).read_bytes()), id=name) for name in ("seed.json", "cases.json")),
]  # fmt: skip


def test_the_committed_schema_is_the_generated_one() -> None:
    generated = json.dumps(evaluation_schema(), ensure_ascii=False, indent=1) + "\n"
    assert COMMITTED.read_text(encoding="utf-8") == generated, f"write evaluation_schema() to {COMMITTED}"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(evaluation_schema())
    assert list(evaluation_schema()["$defs"]) == [
        "Goal",
        "Funding",
        "Indicator",
        "Total",
        "Evaluation",
        "Cell",
        "TargetCell",
    ]


def test_what_the_file_knows_of_itself_is_no_key() -> None:
    assert not {"file", "sha256", "places"} & set(evaluation_schema()["$defs"]["Evaluation"]["properties"])


def accepts(content: object) -> bool:
    """Whether ``perfeval.read`` takes the content."""
    try:
        read(json.dumps(content).encode())
    except UnreadableError:
        return False
    return True


@pytest.mark.parametrize("content", REAL)
def test_real_tables(content: Any) -> None:
    VALIDATOR.validate(content)
    assert accepts(content)


TABLE: dict[str, Any] = {"schema": SCHEMA}
ROW: dict[str, Any] = {"indicators": [{}]}


@pytest.mark.parametrize(
    ("content", "valid"),
    [
        (TABLE, True),
        ({**TABLE, "evaluations": []}, True),
        ({**TABLE, "evaluations": [{}, {"name": "甲"}]}, True),
        ({**TABLE, "kind": "whole_unit", "stage": "review", "partial": True}, True),
        ({**TABLE, "keys": {"任意": ""}}, True),
        ({**TABLE, "indicators": [{"target": {"operator": ">=", "value": "3", "unit": "次"}}]}, True),
        ({**TABLE, "indicators": [{"target": {}}]}, True),
        ({}, False),
        ({"evaluations": []}, False),
        ({"schema": "perfeval.evaluation.v2"}, False),
        ({**TABLE, "evaluations": {}}, False),
        ({**TABLE, "evaluations": [[]]}, False),
        ({**TABLE, "evaluations": [], "name": "甲"}, False),
        ({**TABLE, "evaluations": [{"schema": SCHEMA}]}, False),
        ({**TABLE, "nam": "甲"}, False),
        ({**TABLE, "file": "x"}, False),
        ({**TABLE, "sha256": "x"}, False),
        ({**TABLE, "places": {}}, False),
        ({**TABLE, "kind": "project "}, False),
        ({**TABLE, "kind": None}, False),
        ({**TABLE, "partial": "true"}, False),
        ({**TABLE, "partial": 1}, False),
        ({**TABLE, "keys": {"a": 1}}, False),
        ({**TABLE, "keys": []}, False),
        ({**TABLE, "goal": None}, False),
        ({**TABLE, "funding": {}}, False),
        ({**TABLE, "funding": [None]}, False),
        ({**TABLE, "funding": [{"adjusted": {"value": "3"}}]}, False),
        ({**TABLE, "indicators": [{"weight": 10}]}, False),
        ({**TABLE, "indicators": [{"weight": {"value": "10"}}]}, False),
        ({**TABLE, "indicators": [{"target": None}]}, True),  # null: no such column
        ({**TABLE, "indicators": [{"target": {"value": 3}}]}, False),
        ({**TABLE, "indicators": [{"target": {"values": "3"}}]}, False),
        ({**TABLE, "total": {"score": "1", "rate": "1"}}, False),
    ],
)
def test_schema_and_reader_agree(content: Any, valid: bool) -> None:
    assert (VALIDATOR.is_valid(content), accepts(content)) == (valid, valid)


JUNK: tuple[Any, ...] = (
    None, True, False, 3, 1.5, "", "project", "self", SCHEMA, [], {}, ["甲"], [{}], {"a": "甲"}, {"value": "3"}, {"value": 3},
    {"operator": "≥", "unit": "次"}, [None], {"a": {}},
)  # fmt: skip
NAMES = (
    "schema",
    "evaluations",
    "name",
    "kind",
    "target",
    "weight",
    "goal",
    "keys",
    "indicators",
    "value",
    "x",
    "",
)


def containers_of(data: Any) -> Iterator[Any]:
    """Every object and list of a document."""
    if isinstance(data, dict | list):
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from containers_of(value)


@st.composite
def documents(draw: st.DrawFn) -> Any:
    """A document of tables, with up to three faults in its structure."""
    tables = [table_data(table) for table in draw(st.lists(evaluations, min_size=1, max_size=2))]
    single = len(tables) == 1 and draw(st.booleans())
    content: Any = {"schema": SCHEMA, **(tables[0] if single else {"evaluations": tables})}
    content = copy.deepcopy(content)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(list(containers_of(content))))
        junk = copy.deepcopy(draw(st.sampled_from(JUNK)))
        if isinstance(place, list):
            place.append(junk)
        elif draw(st.booleans()) and place:
            place[draw(st.sampled_from(sorted(place)))] = junk
        else:
            place[draw(st.sampled_from(NAMES))] = junk
    return content


@given(documents())
def test_agreement(content: Any) -> None:
    assert VALIDATOR.is_valid(content) == accepts(content)


@given(st.lists(evaluations, max_size=2))
def test_every_table_that_is_written_is_valid(tables: list[perfeval.Evaluation]) -> None:
    VALIDATOR.validate({"schema": SCHEMA, "evaluations": [table_data(table) for table in tables]})
