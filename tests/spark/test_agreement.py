"""The law of tests/frames/test_agreement.py on PySpark, and what a plan of Spark must hold and must not.

A frame costs Spark seconds however short it is; so the rows that were drawn are gathered and make one frame for a book.
"""

from __future__ import annotations

from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfeval import RuleBook, load_rulebook, score_indicator
from perfeval.frames import Columns, Tables, audit, score, subtotals, totals
from perfeval.testing import strategies as cells

pl = pytest.importorskip("polars", reason="NOT TESTED on Spark: needs polars, pandas and duckdb")
law = pytest.importorskip(
    "frames.test_agreement", reason="NOT TESTED on Spark: needs polars, pandas and duckdb"
)
pytestmark = pytest.mark.slow

BOOKS = ("common-practice", "platform", "hubei")
ROWS = 150
PYTHON = ("PythonUDF", "ArrowEvalPython", "BatchEvalPython", "MapInPandas", "MapInArrow", "PythonMapInArrow")
Drawn = TypeVar("Drawn")


def drawn(strategy: st.SearchStrategy[Drawn], count: int) -> list[Drawn]:
    """Values of a strategy, always the same."""
    kept: list[Drawn] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(value: Drawn) -> None:
        kept.append(value)

    keep()
    return kept


def engine(spark: Any) -> Any:
    def on_spark(data: dict[str, list[Any]], columns: Columns, book: RuleBook) -> list[dict[str, Any]]:
        made = score(frame_of(spark, data), book, columns)
        assert type(made).__module__.startswith("pyspark.sql")
        assert without_python(made)
        return [row.asDict() for row in made.orderBy("number").collect()]

    return on_spark


def frame_of(spark: Any, data: dict[str, list[Any]]) -> Any:
    whole = {"number", "target_number", "actual_number", "points"}
    schema = ", ".join(f"{name} {'bigint' if name in whole else 'string'}" for name in data)
    rows = list(zip(*data.values(), strict=True))
    return spark.createDataFrame(rows, schema).repartition(3)


def plan_of(frame: Any) -> str:
    """All of Spark's plans of a frame: parsed, analyzed, optimized, physical."""
    return str(frame._jdf.queryExecution().toString())


def without_python(frame: Any) -> bool:
    plan = plan_of(frame)
    return "== Physical Plan ==" in plan and not any(word in plan for word in PYTHON)


@pytest.mark.parametrize("book", BOOKS)
def test_texts(spark: Any, book: str) -> None:
    rules = load_rulebook(book)
    rows = drawn(cells.indicators(), ROWS)
    years = [(None, "2024", "2025年")[number % 3] for number in range(len(rows))]
    data = {
        "target": [law._text(row.target) for row in rows],
        "actual": [law._text(row.actual) for row in rows],
        "weight": [law._text(row.weight) for row in rows],
        "reported": [law._text(row.score) for row in rows],
        "rule": [row.rule for row in rows],
        "level1": [row.level1 for row in rows],
        "level2": [row.level2 for row in rows],
        "level3": [row.level3 for row in rows],
        "year": years,
    }
    alone = [
        score_indicator(
            row.target,
            row.actual,
            row.weight,  # type: ignore[arg-type]
            row.rule,
            row.level1,
            row.level2,
            row.level3,
            year,
            rules,
            row.score,  # type: ignore[arg-type]
        )
        for row, year in zip(rows, years, strict=True)
    ]
    law.agree(engine(spark), data, law.TEXTS, rules, alone)


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("count", [12, ROWS])
def test_integers(spark: Any, book: str, count: int) -> None:
    rules = load_rulebook(book)
    rows = drawn(law.numeric_rows(), count)
    data = {name: [row[name] for row in rows] for name in rows[0]}
    alone = [
        score_indicator(
            law._cell(row["operator"], row["target_number"], row["target_unit"]),
            law._cell(None, row["actual_number"], row["actual_unit"]),
            None if row["points"] is None else row["points"] * rules.rounding.step,
            row["rule"],
            level3=row["level3"],
            rulebook=rules,
        )
        for row in rows
    ]
    law.agree(engine(spark), data, law.numbers(rules), rules, alone)


def test_totals_and_findings_of_tables(spark_session: Any) -> None:
    """What polars gives is held to single tables by laws (tests/frames); here Spark, as it is set, is held to polars."""
    data: dict[str, list[Any]] = {
        "number": list(range(12)),
        "code": [f"P{number // 4}" for number in range(12)],
        "level1": ["成本指标", "产出指标", "效益指标", "满意度指标"] * 3,
        "target": ["<=8.90万元", ">=150辆", "有效促进", ">=90%"] * 3,
        "actual": ["8.94万元", "1100辆", "有效促进", "95%"] * 2 + ["8.90万元", "110辆", "部分完成", None],
        "weight": ["20", "40", "20", "10"] * 3,
        "score": ["20", "40", "20", "10"] * 2 + ["20", "41", "15", None],
        "budget": ["50.00"] * 4 + ["5万"] * 4 + ["0"] * 4,
        "executed": ["8.94"] * 4 + ["50000"] * 4 + ["3"] * 4,
        "total": ["91.79"] * 4 + ["100"] * 4 + ["107"] * 4,
        "unit": ["万元"] * 4 + ["元"] * 8,
    }
    columns = Columns(reported="score", level1="level1")
    tables = Tables(key="code", budget="budget", executed="executed", total="total", amount_unit="unit")
    frame = frame_of(spark_session, data)
    for work in (totals, subtotals, audit):
        made = work(frame, "common-practice", columns, tables)
        assert without_python(made)
        wanted = work(pl.DataFrame(data), "common-practice", columns, tables).rows()
        assert sorted(map(tuple, made.collect()), key=str) == sorted(wanted, key=str)
