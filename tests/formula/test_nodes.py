"""Formulas as values and as JSON."""

import json

import attrs
import pytest
from hypothesis import given

from formula.trees import formulas
from perfeval.formula import Node, RoundingMode
from perfeval.formula.nodes import (
    INPUTS,
    Because,
    Branch,
    Case,
    Compare,
    Divide,
    Input,
    Label,
    Multiply,
    Number,
    Refuse,
    Round,
    from_json,
    to_json,
)

WEIGHT, TARGET, ACTUAL = Input("weight"), Input("target"), Input("actual")
SCORE = Label(
    "score",
    Round(
        Multiply(
            WEIGHT,
            Case(
                (Branch(Compare(">", TARGET, Number(0)), Because("short", Divide(ACTUAL, TARGET))),),
                Refuse("negative-target"),
            ),
        ),
        Number(1, 100),
        RoundingMode.HALF_UP,
    ),
)
SCORE_AS_JSON: dict[str, object] = {
    "node": "label",
    "name": "score",
    "value": {
        "node": "round",
        "value": {
            "node": "multiply",
            "left": {"node": "input", "name": "weight"},
            "right": {
                "node": "case",
                "branches": [
                    {
                        "node": "branch",
                        "condition": {
                            "node": "compare",
                            "comparator": ">",
                            "left": {"node": "input", "name": "target"},
                            "right": {"node": "number", "numerator": 0, "denominator": 1},
                        },
                        "then": {
                            "node": "because",
                            "code": "short",
                            "value": {
                                "node": "divide",
                                "left": {"node": "input", "name": "actual"},
                                "right": {"node": "input", "name": "target"},
                            },
                        },
                    }
                ],
                "otherwise": {"node": "refuse", "reason": "negative-target"},
            },
        },
        "step": {"node": "number", "numerator": 1, "denominator": 100},
        "mode": "half-up",
    },
}


def test_as_json() -> None:
    assert to_json(SCORE) == SCORE_AS_JSON
    assert from_json(SCORE_AS_JSON) == SCORE


def test_a_rounding_mode_comes_back_as_one() -> None:
    made = from_json(json.loads(json.dumps(SCORE_AS_JSON)))
    assert isinstance(made, Label)
    assert isinstance(made.value, Round)
    assert made.value.mode is RoundingMode.HALF_UP


@given(node=formulas)
def test_any_formula_survives_json(node: Node) -> None:
    again = from_json(json.loads(json.dumps(to_json(node))))
    assert again == node
    assert hash(again) == hash(node)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, KeyError),
        ({"node": "lambda", "code": "1"}, KeyError),
        ({"node": "input"}, TypeError),
        ({"node": "input", "name": "weight", "more": 1}, TypeError),
        ({"node": "round", "value": {"node": "number", "numerator": 1}}, KeyError),
        ({"node": "label", "name": "x", "value": {"node": "?"}}, KeyError),
    ],
)
def test_anything_else_is_refused(data: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        from_json(data)


def test_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        WEIGHT.name = "target"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Number(1).numerator = 2  # type: ignore[misc]


def test_the_names_of_the_inputs() -> None:
    assert INPUTS == ("weight", "target", "actual", "low", "high", "share", "degree")
