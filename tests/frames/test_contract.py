"""What a frame must hold: one sentence for what is wrong with it, and nothing computed from a doubtful number."""

from collections.abc import Callable
from importlib.resources import files
from math import nextafter
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from perfeval import UsageError, load_rulebook
from perfeval.frames import Columns, Number, score
from perfeval.rulebook import read_rulebook

FLOATS = Columns(
    target=Number(value="t", scale=2, is_scaled=False, operator="o"),
    actual=Number(value="a", scale=2, is_scaled=False),
)
INTEGERS = Columns(target=Number(value="t", operator="o"), actual=Number(value="a"))
CELLS = {"target": ["<=8.90万元"], "actual": ["8.94万元"], "weight": [10]}


def _floats(target: float | None, actual: float | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"t": [target], "a": [actual], "o": ["<="], "weight": [10]}, schema_overrides={"t": pl.Float64}
    )


@pytest.mark.parametrize(
    ("make", "columns", "sentence"),
    [
        (
            lambda: _floats(0.1 + 0.2, 0.3),
            FLOATS,
            "integers (the row: t=0.30000000000000004, a=0.3, o=<=, weight=10)",
        ),
        (lambda: _floats(float("inf"), 1.0), FLOATS, "inf in column 't'"),
        (lambda: _floats(8.9, 8.945), FLOATS, "8.945 in column 'a'"),
        (lambda: _floats(1e16, 1.0), FLOATS, "1e+16 in column 't'"),
        (
            lambda: pd.DataFrame({"t": [2**53 + 1, None], "a": [1, 1], "o": ["<=", "<="], "weight": [1, 1]}),
            INTEGERS,
            "9007199254740992.0 in column 't' is no decimal with 0 places",
        ),
        (lambda: pl.DataFrame(CELLS).with_columns(weight=pl.lit(10.0)), Columns(), "of type Float64"),
        (lambda: {"target": 1}, Columns(), "must be a data frame"),
    ],
)
def test_a_doubtful_frame_is_refused(make: Callable[[], Any], columns: Columns, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        score(make(), columns=columns)
    assert sentence in refused.value.message.text("en")


def test_every_problem_is_said_at_once() -> None:
    frame = pl.DataFrame({**CELLS, "perfeval_score": [1]})
    with pytest.raises(UsageError) as refused:
        score(frame, columns=Columns(target="x", actual="weight", rule="nope"))
    text = refused.value.message.text("zh")
    assert all(part in text for part in ("“x”", "Int64", "“nope”", "“perfeval_score”"))


@pytest.mark.parametrize("scale", [-1, 13, 2.0, True])
def test_a_scale_is_a_small_whole_number(scale: Any) -> None:
    with pytest.raises(UsageError, match="scale"):
        Number(value="t", scale=scale)


def test_a_step_that_is_no_power_of_ten_is_refused() -> None:
    book = read_rulebook(b'schema = "perfeval.rulebook.v1"\nid = "half"\nrounding = { step = "0.5" }\n')
    with pytest.raises(UsageError) as refused:
        score(pl.DataFrame(CELLS), book)
    assert refused.value.message.code == "FRAME-STEP"


def test_floats_that_are_decimals_are_read_exactly() -> None:
    made = score(_floats(8.9, 8.94), columns=FLOATS).to_dicts()[0]
    assert (made["perfeval_score"], made["perfeval_completion"]) == (996, 9955)
    blank = score(_floats(8.9, float("nan")), columns=FLOATS).to_dicts()[0]
    assert (blank["perfeval_score"], blank["perfeval_reason"]) == (None, "blank-actual")


ENGINES = [
    pl.DataFrame,
    pl.LazyFrame,
    pd.DataFrame,
    lambda data: pd.DataFrame(data).convert_dtypes(dtype_backend="pyarrow"),
    pa.table,
    lambda data: duckdb.from_arrow(pa.table(data)),
]


@pytest.mark.parametrize("make", ENGINES)
def test_every_float_that_is_the_shortest_decimal_is_accepted_on_every_engine(
    make: Callable[[Any], Any],
) -> None:
    # Some engines divide by a number as they multiply with its reciprocal, which is another float for one in seven.
    numbers = [hundredths / 100 for hundredths in range(100, 3000)]
    frame = make({"t": numbers, "a": numbers, "o": ["<="] * len(numbers), "weight": [10] * len(numbers)})
    made = nw.from_native(score(frame, columns=FLOATS)).lazy().collect()
    assert set(made["perfeval_score"].to_list()) == {1000}


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize("hundredths", [57, 869038, 1001, 102])
def test_the_float_beside_a_decimal_is_refused_on_every_engine(
    make: Callable[[Any], Any], hundredths: int
) -> None:
    for beside in (nextafter(hundredths / 100, 0), nextafter(hundredths / 100, 1e9)):
        frame = make({"t": [beside], "a": [1.0], "o": ["<="], "weight": [10]})
        with pytest.raises(UsageError) as refused:
            score(frame, columns=FLOATS)
        assert refused.value.message.code == "FRAME-FLOAT"


def test_decimals_are_what_they_print() -> None:
    frame = pl.DataFrame({"target": [">=100"], "actual": ["80"], "weight": ["12.50"]})
    decimals = frame.with_columns(pl.col("actual", "weight").cast(pl.Decimal(12, 2)))
    made = score(decimals).to_dicts()[0]
    assert made["perfeval_score"] == 1000


@pytest.mark.parametrize(
    "make",
    [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table, lambda data: duckdb.from_arrow(pa.table(data))],
)
def test_the_kind_of_frame_and_its_columns_stay(make: Callable[[Any], Any]) -> None:
    frame = make({**CELLS, "own": ["x"]})
    made = score(frame, load_rulebook("platform"), prefix="p_")
    assert type(made) is type(frame)
    names = list(
        made.collect_schema().names()
        if isinstance(made, pl.LazyFrame)
        else getattr(made, "column_names", made.columns)
    )
    assert names[:5] == ["target", "actual", "weight", "own", "p_score"]


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table])
def test_a_frame_without_rows_stays_one(make: Callable[[Any], Any]) -> None:
    assert score(make(CELLS)[:0]).shape == (0, 10)
    numbers = make({"t": [1], "a": [1], "o": ["<="], "weight": [1]})[:0]
    assert score(numbers, columns=INTEGERS).shape == (0, 11)


def test_only_what_is_asked_for_is_added() -> None:
    made = score(pl.DataFrame(CELLS), results=("reason", "score"))
    assert made.columns == [*CELLS, "perfeval_score", "perfeval_reason"]
    with pytest.raises(UsageError) as refused:
        score(pl.DataFrame(CELLS), results=("points",))
    assert refused.value.message.code == "FRAME-RESULT"


def test_what_does_not_fit_sixty_bits_says_so() -> None:
    made = score(pl.DataFrame({"target": [">=9876543210987654321次"], "actual": ["1次"], "weight": ["10"]}))
    assert made["perfeval_reason"].to_list() == ["beyond-range"]
    finer = score(pl.DataFrame({"target": [">=3次"], "actual": ["1次"], "weight": ["6.6666"]}))
    assert finer["perfeval_reason"].to_list() == ["beyond-range"]


def test_no_plan_holds_a_python_function() -> None:
    """What an engine runs is its own: of Spark see tests/spark."""
    numbers = {"t": [890, None], "a": [10**17, 1], "o": ["<=", ">="], "weight": [10, 5]}
    for data, columns in ((CELLS, Columns()), (numbers, INTEGERS)):
        plan = score(pl.LazyFrame(data), columns=columns).explain().lower()
        assert "with_columns" in plan
        assert not any(word in plan for word in ("python", "map_batches", "map_elements"))
        query = score(duckdb.from_arrow(pa.table(data)), columns=columns).sql_query().lower()
        assert "perfeval_score" in query
        assert not any(word in query for word in ("python", "udf"))


@pytest.mark.parametrize(
    "unit", ["（件）", "月", "季度", "年", "级", "折", ".5", "0", "-", "(万元)", "分之一"]
)
def test_a_unit_that_makes_no_plain_number_makes_none_of_it(unit: str) -> None:
    frame = pl.DataFrame({"t": [90, 5], "a": [45, 7], "o": ["", ">="], "u": [unit] * 2, "weight": [10] * 2})
    columns = Columns(target=Number(value="t", operator="o", unit="u"), actual=Number(value="a", unit="u"))
    made = score(frame, columns=columns)
    assert made["perfeval_score"].to_list() == [None, None]
    assert set(made["perfeval_reason"].to_list()) <= {"unparsed-target", "unparsed-actual"}


@pytest.mark.parametrize(
    ("make", "columns", "more", "code"),
    [
        (lambda: pl.DataFrame({**CELLS, "__target": ["x"]}), Columns(), {}, "FRAME-PROBLEMS"),
        (lambda: pl.DataFrame(CELLS), Columns(), {"prefix": "__"}, "FRAME-PROBLEMS"),
        (lambda: pl.DataFrame({**CELLS, "PERFEVAL_SCORE": [1]}), Columns(), {}, "FRAME-PROBLEMS"),
        (lambda: pl.DataFrame(CELLS), Columns(), {"results": ()}, "FRAME-RESULTS"),
        (
            lambda: pd.concat([pd.DataFrame(CELLS), pd.DataFrame({"weight": [1]})], axis=1),
            Columns(),
            {},
            "FRAME-TWICE",
        ),
        (
            lambda: pd.DataFrame({"t": [0.1 + 0.2], "a": [1.0], "o": ["<="], "weight": [1], 7: [1]}),
            FLOATS,
            {},
            "FRAME-FLOAT",
        ),
    ],
)
def test_names_that_would_be_mixed_up_are_refused(
    make: Callable[[], Any], columns: Columns, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(UsageError) as refused:
        score(make(), columns=columns, **more)
    assert refused.value.message.code == code


def test_names_with_a_dot_are_names_on_every_engine() -> None:
    data = {"a.t": [">=10"], "a.a": ["9"], "w.x": ["10"], "keys.case": ["1"]}
    columns = Columns(target="a.t", actual="a.a", weight="w.x")
    for make in ENGINES:
        made = nw.from_native(score(make(data), columns=columns)).lazy().collect()
        assert made["perfeval_score"].to_list() == [900]


def test_a_form_too_fine_for_such_numbers_is_refused_by_name() -> None:
    text = (files("perfeval.rulebook") / "builtin" / "hubei.toml").read_text(encoding="utf-8")
    bands = '{ bands = [{ from = "90.12345678%", factor = "1" }, { from = "0%", factor = "0" }] }'
    book = read_rulebook(text.replace('satisfaction = "proportional"', f"satisfaction = {bands}").encode())
    frame = pl.DataFrame(
        {"t": [90, 90], "a": [10**17, 9000], "u": ["%", "%"], "weight": [10, 10], "l": ["满意度"] * 2}
    )
    columns = Columns(
        target=Number(value="t", scale=2, unit="u"), actual=Number(value="a", scale=2, unit="u"), level1="l"
    )
    with pytest.raises(UsageError) as refused:
        score(frame, book, columns)
    assert refused.value.message.code == "FRAME-RULE"
