"""Frames: exact decimals and texts in every backend, the same types for every table, never a float."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import AuditResult, Evaluation, Indicator, Scorecard, UsageError
from perfeval.report.arrow import BACKENDS, Backend

pandas = pytest.importorskip("pandas", reason="pandas is not installed: frames are not tested")
pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: frames are not tested")
polars = pytest.importorskip("polars", reason="polars is not installed: frames are not tested")

_EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"


def _cards() -> list[Scorecard]:
    return [perfeval.score(perfeval.read(path).evaluations[0]) for path in sorted(_EXAMPLES.glob("*.toml"))]


def _result() -> AuditResult:
    return perfeval.audit([card.evaluation for card in _cards()])


def _rows(frame: Any, backend: Backend) -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    if backend == "pandas":
        found = frame.astype(object).where(frame.notna(), None).to_dict("records")
    else:
        found = frame.to_pylist() if backend == "pyarrow" else frame.to_dicts()
    return found


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend_holds_the_scores_exactly(backend: Backend) -> None:
    cards = _cards()
    rows = _rows(perfeval.to_frame(cards, backend), backend)
    assert [row["score"] for row in rows] == [score.score for card in cards for score in card.scores]
    assert [row["reported"] for row in rows] == [
        score.reported_score for card in cards for score in card.scores
    ]
    assert not [value for row in rows for value in row.values() if isinstance(value, float)]


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend_holds_the_findings_and_their_consequences(backend: Backend) -> None:
    result = _result()
    rows = _rows(result.to_frame(backend), backend)
    every = [each for one in result.findings for each in (one, *one.consequences)]
    assert [row["fingerprint"] for row in rows] == [one.fingerprint for one in every]
    assert [row["points"] for row in rows] == [one.effect.points for one in every]
    assert sum(row["follows"] is not None for row in rows) == len(every) - len(result.findings)
    assert not [value for row in rows for value in row.values() if isinstance(value, float)]


def test_types_do_not_depend_on_what_is_blank() -> None:
    empty = perfeval.to_frame([], "pyarrow").schema
    full = perfeval.to_frame(_cards(), "pyarrow").schema
    assert empty.names == full.names
    assert [str(kind).partition("(")[0] for kind in empty.types] == [
        str(kind).partition("(")[0] for kind in full.types
    ]


def test_pandas_adds_decimals_up_exactly() -> None:
    frame = _cards()[4].to_frame()
    assert frame["score"].sum() == Decimal("91.75")
    assert not [dtype for dtype in frame.dtypes if "float" in str(dtype) or str(dtype) == "object"]


def test_what_no_frame_can_hold_is_said() -> None:
    rows = [
        Indicator(target=">=1次", actual="1次", weight=weight, score=1)
        for weight in ("9" * 25, "0." + "0" * 20 + "1")
    ]
    with pytest.raises(UsageError, match="weight"):
        perfeval.score(Evaluation(indicators=rows)).to_frame("pyarrow")


def test_a_lone_surrogate_is_no_reason_to_fail() -> None:
    frame = perfeval.score(Evaluation(name="\ud800", indicators=[Indicator(weight=1)])).to_frame("pyarrow")
    assert frame["name"].to_pylist() == ["?", "?"]


def test_wrong_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="pandas polars pyarrow"):
        perfeval.to_frame([], "duckdb")
    with pytest.raises(UsageError, match="Evaluation"):
        perfeval.to_frame([Evaluation()])
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match="pip install polars"):
        perfeval.to_frame([], "polars")
