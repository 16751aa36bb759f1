"""A law: on every engine, every row of a frame has the value and the reason that the row has by itself."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval import RuleBook, load_rulebook, score_indicator
from perfeval.frames import Columns, Number, score
from perfeval.frames.results import BEYOND_RANGE, NOT_EQUAL
from perfeval.scoring import IndicatorScore
from perfeval.scoring.numbers import decimal_of
from perfeval.table import Indicator
from perfeval.testing import strategies as cells

BOOKS = ("common-practice", "platform", "hubei")
PARTS = ("target", "actual", "weight", "reported", "rule", "level1", "level2", "level3")
RESULTS = ("score", "completion", "rule", "family", "status", "reason", "verdict")
TEXTS = Columns(
    reported="reported", rule="rule", level1="level1", level2="level2", level3="level3", year="year"
)

DRAWN = cells.rulebooks().filter(
    lambda book: book.rounding.step in {Decimal("0.01"), Decimal("0.1"), Decimal(1)}
)

Data = dict[str, list[Any]]
Engine = Callable[[Data, Columns, RuleBook], list[dict[str, Any]]]


def polars_eager(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = score(
        pl.DataFrame(data, schema=_polars_schema(data)), book, columns
    ).to_dicts()
    return made


def polars_lazy(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    made = score(pl.LazyFrame(data, schema=_polars_schema(data)), book, columns)
    assert isinstance(made, pl.LazyFrame)
    return made.collect().to_dicts()


def pandas_numpy(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    return _of_pandas(score(_table(data).to_pandas(), book, columns))


def pandas_nullable(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    return _of_pandas(score(_table(data).to_pandas().convert_dtypes(), book, columns))


def pandas_arrow(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    return _of_pandas(score(_table(data).to_pandas(types_mapper=pd.ArrowDtype), book, columns))


def arrow(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = score(_table(data), book, columns).to_pylist()
    return made


def duck(data: Data, columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
    made = score(duckdb.from_arrow(_table(data)), book, columns)
    assert isinstance(made, duckdb.DuckDBPyRelation)
    return [dict(zip(made.columns, row, strict=True)) for row in made.order("number").fetchall()]


ENGINES = (polars_eager, polars_lazy, pandas_numpy, pandas_nullable, pandas_arrow, arrow, duck)
MARKED = [
    engine if engine in {polars_eager, arrow} else pytest.param(engine, marks=pytest.mark.slow)
    for engine in ENGINES
]
# A frame is twelve rows, and an engine plans it anew each time.
FRAMES = settings(max_examples=max(10, settings().max_examples // 4))


def _polars_schema(data: Data) -> dict[str, Any]:
    return {name: pl.Int64 if name in _INTEGERS else pl.String for name in data}


_NUMBERS = ("target_number", "actual_number")
_INTEGERS = ("number", "points", *_NUMBERS)


def _small(number: int | None) -> int | None:
    return None if number is None or abs(number) >= 1 << 50 else number


def _table(data: Data) -> pa.Table:
    schema = pa.schema([(name, pa.int64() if name in _INTEGERS else pa.string()) for name in data])
    return pa.table(data, schema=schema)


def _of_pandas(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def expected(row: IndicatorScore, book: RuleBook) -> dict[str, Any]:
    """What the columns of a row must hold."""
    verdict = str(row.verdict)
    if verdict not in {"equal", "not-reported"}:
        verdict = "unscorable" if row.score is None else NOT_EQUAL
    return {
        "score": None if row.score is None else int(row.score / book.rounding.step),
        "completion": None if row.completion is None else int(row.completion.scaleb(4)),
        "rule": row.rule,
        "family": row.family,
        "status": str(row.status),
        "reason": None if row.reason is None else str(row.reason),
        "verdict": verdict,
    }


def agree(
    engine: Engine, data: Data, columns: Columns, book: RuleBook, rows: Sequence[IndicatorScore]
) -> None:
    data = {"number": list(range(len(rows))), **data}
    found = engine(data, columns, book)
    assert len(found) == len(rows)
    for number, (made, row) in enumerate(zip(found, rows, strict=True)):
        assert made["number"] == number
        results = {name: made[f"perfeval_{name}"] for name in RESULTS}
        if results["reason"] == BEYOND_RANGE:
            assert _is_beyond(row, book.rounding.step), (row.indicator, results)
            continue
        wanted = expected(row, book)
        if (
            _is_beyond(row, book.rounding.step) and row.score is None
        ):  # its cells are not read, so a plan it has none
            assert results["score"] is None
            continue
        if wanted["completion"] is not None and wanted["completion"] >= 1 << 31:
            wanted["completion"] = results["completion"]  # from 2^32 on there is none in columns
        assert results == wanted, (_text(row.indicator.target), _text(row.indicator.actual), row.indicator)


def _is_beyond(row: IndicatorScore, step: Decimal) -> bool:
    """A number of more than 12 digits, or a weight that is no multiple of the step."""
    is_fine = row.weight is not None and (row.weight % step != 0 or row.weight > 1_000_000)
    texts = [cell.text for cell in (row.indicator.target, row.indicator.actual) if cell is not None]
    return is_fine or any(sum(character.isdecimal() for character in text) > 12 for text in texts)


def _text(cell: Any) -> str | None:
    return None if cell is None else cell.text


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
@FRAMES
@given(
    rows=st.lists(cells.indicators(), min_size=1, max_size=12),
    year=st.sampled_from([None, "2024", "2025年"]),
    book=st.one_of(st.sampled_from(BOOKS).map(load_rulebook), DRAWN),
)
def test_texts(engine: Engine, rows: list[Indicator], year: str | None, book: RuleBook) -> None:
    data: Data = {
        "target": [_text(row.target) for row in rows],
        "actual": [_text(row.actual) for row in rows],
        "weight": [_text(row.weight) for row in rows],
        "reported": [_text(row.score) for row in rows],
        "rule": [row.rule for row in rows],
        "level1": [row.level1 for row in rows],
        "level2": [row.level2 for row in rows],
        "level3": [row.level3 for row in rows],
        "year": [year for _ in rows],
    }
    alone = [
        score_indicator(
            row.target,
            row.actual,
            row.weight,  # type: ignore[arg-type]  # a cell is taken as it is
            row.rule,
            row.level1,
            row.level2,
            row.level3,
            year,
            book,
            row.score,  # type: ignore[arg-type]
        )
        for row in rows
    ]
    agree(engine, data, TEXTS, book, alone)


def numbers(book: RuleBook) -> Columns:
    """Two decimals, and points in the book's own step."""
    return Columns(
        target=Number(value="target_number", scale=2, operator="operator", unit="target_unit"),
        actual=Number(value="actual_number", scale=2, unit="actual_unit"),
        weight=Number(value="points", scale=-int(book.rounding.step.normalize().as_tuple().exponent)),
        rule="rule",
        level3="level3",
    )


_numbers = st.one_of(
    st.none(),
    st.sampled_from(
        [0, 1, -1, 100, 200, 199, 890, 894, 10**15, 10**17, 10**18, -(10**18), (1 << 60) - 1, (1 << 62) - 1]
    ),
    st.integers(-1000, 1000),
    st.integers(0, 10**6),
    st.integers(0, 1 << 60),
)


@st.composite
def numeric_rows(draw: st.DrawFn) -> dict[str, Any]:
    target = draw(_numbers)
    near = st.just(target) if target is None else st.integers(target - 3, target + 3) | st.just(target // 2)
    return {
        "target_number": target,
        "actual_number": draw(_numbers | near),
        "operator": draw(st.sampled_from(["≥", "<=", "=", "", None, ">", "不超过"])),
        "target_unit": draw(st.sampled_from(["万元", "元", "%", "", None, "辆", "个"])),
        "actual_unit": draw(st.sampled_from(["万元", "元", "%", "", None, "辆", "亿元"])),
        "points": draw(
            st.one_of(st.none(), st.integers(0, 10_000), st.sampled_from([1000, 1, 0, -500, (1 << 28) - 1]))
        ),
        "rule": draw(
            st.sampled_from([None, "按比例赋分", "直接赋分", "按评判等级赋分", "满意度赋分", "少一个扣1分"])
        ),
        "level3": draw(st.sampled_from([None, "项目总成本", "投诉件数"])),
    }


def _cell(operator: str | None, number: int | None, unit: str | None) -> str | None:
    if number is None:
        return None
    return f"{operator or ''}{decimal_of((number, 100), decimal_of((1, 100), HUNDREDTH)):f}{unit or ''}"


HUNDREDTH = load_rulebook("common-practice").rounding.step


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
@FRAMES
@given(
    rows=st.lists(numeric_rows(), min_size=1, max_size=12),
    book=st.one_of(st.sampled_from(BOOKS).map(load_rulebook), DRAWN),
)
def test_integers(engine: Engine, rows: list[dict[str, Any]], book: RuleBook) -> None:
    if engine is pandas_numpy:  # where nulls make floats of integers, and large ones are refused
        rows = [{**row, **{name: _small(row[name]) for name in _NUMBERS}} for row in rows]
    data = {name: [row[name] for row in rows] for name in rows[0]}
    alone = [
        score_indicator(
            _cell(row["operator"], row["target_number"], row["target_unit"]),
            _cell(None, row["actual_number"], row["actual_unit"]),
            None if row["points"] is None else row["points"] * book.rounding.step,
            row["rule"],
            level3=row["level3"],
            rulebook=book,
        )
        for row in rows
    ]
    agree(engine, data, numbers(book), book, alone)
