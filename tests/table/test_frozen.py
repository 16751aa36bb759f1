"""Tables as values: frozen, equal by what is printed, picklable."""

import copy
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from perfeval import Evaluation, Funding, Goal, Indicator, Location, Total, read
from perfeval.table import Cell, target_cell
from table.strategies import evaluations

EXAMPLE = Path(__file__).parents[2] / "examples/bortala-2024/04-dry-port.toml"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Evaluation(), "name"),
        (Indicator(), "target"),
        (Funding(), "adjusted"),
        (Goal(), "expected"),
        (Total(), "score"),
        (Cell("1", "1"), "text"),
        (Location(), "line"),
    ],
)
def test_nothing_can_be_assigned(value: Any, field: str) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, field, None)


def test_the_keys_of_a_table_do_not_follow_the_mapping_they_came_from() -> None:
    given_keys = {"project_code": "1"}
    table = Evaluation(keys=given_keys)
    given_keys["project_code"] = "2"
    assert table.keys == {"project_code": "1"}


def test_the_keys_of_a_table_cannot_be_changed() -> None:
    table = Evaluation(keys={"project_code": "1"})
    with pytest.raises(TypeError):
        table.keys["project_code"] = "2"  # type: ignore[index]  # the point of the test


def test_equality_ignores_where_a_table_was_written() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    one = read(text.encode(), name="one.toml").evaluations[0]
    two = read(("# 另一份\n\n" + text).encode(), name="two.toml").evaluations[0]
    assert one == two
    assert (one.file, one.place("total")) != (two.file, two.place("total"))
    assert one.sha256 != two.sha256
    assert one != attrs.evolve(two, name="别的")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Indicator(target="3"), Indicator(target="3.0")),  # written digits count
        (Indicator(target=""), Indicator()),  # an empty cell is not a missing column
        (Indicator(target="—"), Indicator(target="")),
        (Indicator(target=">=3次"), Indicator(target={"operator": ">=", "value": "3", "unit": "次"})),
        (Evaluation(keys={"a": ""}), Evaluation()),
    ],
)
def test_unequal(one: object, two: object) -> None:
    assert one != two


def test_rows_and_cells_can_stand_in_sets() -> None:
    rows = {
        Indicator(target="≥3次", weight=10),
        Indicator(target="≥3次", weight="10"),
        Indicator(target="≥3次"),
    }
    assert len(rows) == 2
    assert len({target_cell("≥3次"), target_cell("≥3次"), target_cell("3次")}) == 2
    assert len({Funding(adjusted=1), Funding(adjusted="1")}) == 1


@given(evaluations)
def test_pickling_and_copying(table: Evaluation) -> None:
    assert pickle.loads(pickle.dumps(table)) == table  # noqa: S301 - our own bytes
    assert copy.deepcopy(table) == table


def test_places_survive_pickling() -> None:
    table = read(EXAMPLE).evaluations[0]
    again = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own bytes
    assert again == table
    assert again.place("indicators[4].actual") == table.place("indicators[4].actual")
    assert (again.file, again.sha256) == (table.file, table.sha256)


def test_repr_shows_no_places() -> None:
    assert "SourcePlaces" not in repr(read(EXAMPLE).evaluations[0])
