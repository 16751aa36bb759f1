"""A law: every row has the thing that its combination has in the table, whatever the columns and however many values."""

from typing import Any

import narwhals as nw
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from perfeval.frames.keys import numbered

_VALUES = (st.integers(0, 40), st.sampled_from("甲乙丙丁"), st.booleans(), st.integers(0, 2))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[tuple[Any, ...], int], list[str]]:
    own = draw(st.lists(st.sampled_from(_VALUES), min_size=1, max_size=4))
    keys = draw(st.lists(st.tuples(*own), unique=True, max_size=60))
    # Mostly things that depend on little, as plans do; sometimes on everything.
    decides = draw(
        st.sampled_from([lambda _key: 0, lambda key: key[0], lambda key: key[-1], lambda key: key])
    )
    things = {decided: number for number, decided in enumerate(dict.fromkeys(decides(key) for key in keys))}
    return {key: things[decides(key)] for key in keys}, [f"k{place}" for place in range(len(own))]


@given(made=tables())
def test_each_row_has_its_thing(made: tuple[dict[tuple[Any, ...], int], list[str]]) -> None:
    table, names = made
    rows = pl.DataFrame(list(table), schema=names, orient="row")
    frame, things = numbered(nw.from_native(rows.lazy()), table, names, "number")
    numbers = frame.collect()["number"].to_list()
    assert [things[number] for number in numbers] == list(table.values())


def test_a_column_that_decides_nothing_costs_nothing() -> None:
    table = {(name, sign): sign for name in range(1000) for sign in (0, 1)}
    rows = pl.DataFrame(list(table), schema=["name", "sign"], orient="row")
    frame, things = numbered(nw.from_native(rows.lazy()), table, ["name", "sign"], "number")
    assert things == (0, 1)
    assert "number_name" not in frame.collect_schema()
