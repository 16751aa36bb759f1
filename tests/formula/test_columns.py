"""The reader for columns: a decision gives what the exact reader gives, for every rule, kind and setting."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.cases import EVERY_RULE, Ruled
from perfeval.formula import Node, Refused, evaluate
from perfeval.formula.columns import (
    ONE,
    Choose,
    Decision,
    Linear,
    NotLinearError,
    Ratio,
    Refusal,
    decision,
)
from perfeval.formula.nodes import (
    Add,
    Because,
    Branch,
    Case,
    Compare,
    Divide,
    Greatest,
    Input,
    Label,
    Least,
    Multiply,
    Number,
    Refuse,
    Round,
    RoundingMode,
    Subtract,
)
from perfeval.rules import Kind

SCALE = 1000
NAMES = ("target", "actual", "low", "high", "share", "degree")


def value_of(form: Linear, whole: dict[str, int]) -> int:
    return sum(factor * whole[name] for name, factor in form.terms)


def read(made: Decision, whole: dict[str, int]) -> Fraction | str:
    while isinstance(made, Choose):
        sign = value_of(made.form, whole)
        holds = {">=": sign >= 0, ">": sign > 0, "=": sign == 0, "<": sign < 0, "<=": sign <= 0}
        made = made.then if holds[made.comparator] else made.otherwise
    if isinstance(made, Refusal):
        return made.reason
    denominator = value_of(made.denominator, whole)
    assert denominator > 0
    return Fraction(value_of(made.numerator, whole), denominator)


def exactly(node: Node, whole: dict[str, int]) -> Fraction | str:
    try:
        return Fraction(*evaluate(node, {name: (whole[name], SCALE) for name in NAMES}))
    except Refused as refusal:
        return refusal.reason


# Near each other and near thresholds, so that every case of a formula is met.
WHOLE = st.one_of(
    st.integers(-3 * SCALE, 3 * SCALE),
    st.sampled_from([0, 500, 600, 799, 800, 801, 850, 900, 999, 1000, 1001, 1300, 1500, 2000]),
)


@pytest.mark.parametrize("ruled", EVERY_RULE, ids=repr)
@given(data=st.data())
def test_what_the_exact_reader_gives(ruled: Ruled, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(Kind)))
    node = data.draw(st.sampled_from([ruled.rule.formula(kind), ruled.rule.completion(kind)]))
    whole = {name: data.draw(WHOLE) for name in NAMES}
    whole["low"], whole["high"] = sorted((whole["low"], whole["high"]))
    assert read(decision(node), {**whole, ONE: SCALE}) == exactly(node, whole)


T, A = Input("target"), Input("actual")
HALF = Number(1, 2)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Add(T, HALF), Fraction(5, 2)),
        (Add(Divide(A, T), HALF), Fraction(2)),
        (Subtract(Divide(A, T), Divide(Number(1), T)), Fraction(1)),
        (Multiply(T, Divide(A, T)), Fraction(3)),
        (Least(T, A), Fraction(2)),
        (Greatest(Number(0), Subtract(T, A)), Fraction(0)),
        (Label("x", Because("y", HALF)), Fraction(1, 2)),
        (Case((Branch(Compare("<", HALF, Number(1)), T),), Refuse("z")), Fraction(2)),
        (Case((Branch(Compare(">", HALF, Number(1)), T),), Refuse("z")), "z"),
        (Case((Branch(Compare("=", T, Multiply(HALF, A)), T),), A), Fraction(3)),
        (Number(0), Fraction(0)),
    ],
)
def test_by_hand(node: Node, expected: object) -> None:
    assert read(decision(node), {"target": 2000, "actual": 3000, ONE: SCALE}) == expected


@pytest.mark.parametrize(
    "node",
    [
        Multiply(T, A),
        Case((Branch(Compare("<", Divide(A, T), Divide(T, A)), T),), A),
        Round(T, HALF, RoundingMode.HALF_UP),
    ],
)
def test_what_columns_cannot_hold(node: Node) -> None:
    with pytest.raises(NotLinearError):
        decision(node)


def test_a_choice_that_is_none_is_left_out() -> None:
    same = Case((Branch(Compare("<", T, A), HALF),), HALF)
    assert decision(same) == Ratio(Linear(((ONE, 1),)), Linear(((ONE, 2),)))
