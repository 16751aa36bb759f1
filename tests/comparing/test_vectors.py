"""Vectors: the same bytes, flat lines, right by the oracle, and sharp enough to catch every wrong setting."""

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

import oracle
from comparing.variants import PLAIN, VARIANTS, book_with
from perfeval.comparing import RowExample, TableExample, vector_lines
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook

# Only a table can show these, or nothing can: engines prove rows, execution rates and grades.
NOT_IN_VECTORS = {"execution.rows", "weights.sum", "weights.inapplicable"}
_COMPARISONS = {"at-least": ">=", "equal": "=", "at-most": "<=", "range": "range"}


@cache
def lines_of(book: RuleBook) -> list[dict[str, Any]]:
    return [json.loads(line) for line in vector_lines(book, "1.0")]


@pytest.mark.parametrize("name", BUILT_IN)
def test_header_and_lines(name: str) -> None:
    book = load_rulebook(name)
    text = list(vector_lines(book, "1.0"))
    assert text == list(vector_lines(book, "1.0"))
    header, *lines = [json.loads(line) for line in text]
    assert header == {
        "schema": "perfeval.vectors.v1",
        "rulebook": name,
        "rulebook_sha256": book.sha256,
        "perfeval": "1.0",
        "vectors": str(len(lines)),
    }
    assert len({json.dumps(line) for line in lines if line["kind"] == "indicator"}) > 2000
    for line in lines:
        assert all(value is None or isinstance(value, str) for value in line.values())
        if line["kind"] != "grade":
            assert (line["score"] is None) != (line["reason"] is None)
    keys = {line["kind"]: set() for line in lines}  # type: dict[str, set[tuple[str, ...]]]
    for line in lines:
        keys[line["kind"]].add(tuple(line))
    assert {kind: len(found) for kind, found in keys.items()} == {"indicator": 1, "execution": 1, "grade": 1}


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_grade_has_both_sides_of_its_edge(name: str) -> None:
    grades = {
        line["total"]: line["grade"] for line in lines_of(load_rulebook(name))[1:] if line["kind"] == "grade"
    }
    edges = {total: grades[total] for total in ("89.99", "90.00", "79.99", "80.00", "59.99", "60.00")}
    assert list(edges.values()) == ["良", "优", "中", "良", "差", "中"]


@pytest.mark.parametrize("name", [*BUILT_IN, "examples/rulebooks/bortala-2024.toml"])
def test_scores_are_the_oracles(name: str) -> None:
    book = load_rulebook(name)
    settings = book.settings
    checked = 0
    for line in lines_of(book)[1:]:
        if line.get("rule_kind") not in ("proportional", "direct") or line.get("actual_number") is None:
            continue
        if line["score"] is None and line["reason"] != "negative-target":
            continue
        low, high, target = (
            None if line[f"{key}_number"] is None else Fraction(line[f"{key}_number"])
            for key in ("low", "high", "target")
        )
        weight = Fraction(line["weight"])
        found = oracle.unrounded(
            line["rule_kind"], _COMPARISONS[line["comparison"]], target, Fraction(line["actual_number"]), weight,
            reverse=str(settings.reverse), equality=str(settings.equality),
            zero_under_ceiling=str(settings.zero_under_ceiling), low=low, high=high,
        )  # fmt: skip
        if isinstance(found, str):
            assert line["reason"] == found
        else:
            assert Fraction(line["score"]) == oracle.rounded(found, weight)
        checked += 1
    assert checked > 2000


def variants() -> list[Any]:
    return [
        pytest.param(section, text, id=text)
        for setting, section, text in VARIANTS
        if setting not in NOT_IN_VECTORS
    ]


@pytest.mark.parametrize(("section", "text"), variants())
def test_an_engine_with_one_wrong_setting_fails(section: str, text: str) -> None:
    engine = book_with(section, text)
    assert all(wanted(line) == found(line, PLAIN) for line in lines_of(PLAIN)[1::97])
    assert any(wanted(line) != found(line, engine) for line in lines_of(PLAIN)[1:])


def wanted(line: dict[str, Any]) -> tuple[Any, ...]:
    if line["kind"] == "grade":
        return (line["grade"],)
    return line["score"], line["reason"], line["notes"], line.get("verdict")


def found(line: dict[str, Any], engine: RuleBook) -> tuple[Any, ...]:
    """What perfeval with another book says to a line: an engine that has a setting wrong."""
    if line["kind"] == "grade":
        return (next(grade.name for grade in engine.grades if Decimal(line["total"]) >= grade.start),)
    if line["kind"] == "execution":
        given = (line["budget"], line["executed"], line["weight"], line["row_weights"])
        made: Any = TableExample(*given).card(engine).execution
        verdict = None
    else:
        made = RowExample(**{name: line[name] for name in RowExample("", "").cells}).scored(engine)
        verdict = str(made.verdict)
    return None if made.score is None else f"{made.score:f}", made.reason, " ".join(made.notes), verdict
