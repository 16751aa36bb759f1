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
    Interval,
    Linear,
    NotLinearError,
    Ratio,
    Refusal,
    decision,
    leaves,
    narrowed,
    never_outside,
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


@pytest.mark.parametrize("ruled", EVERY_RULE, ids=repr)
@given(data=st.data())
def test_within_its_bounds_a_narrowed_decision_gives_the_same(ruled: Ruled, data: st.DataObject) -> None:
    made = decision(data.draw(st.sampled_from([ruled.rule.formula, ruled.rule.completion]))(data.draw(KINDS)))
    bounds: dict[str, Interval] = {ONE: (SCALE, SCALE)}
    whole = {ONE: SCALE}
    for name in NAMES:
        low, high = sorted((data.draw(WHOLE), data.draw(WHOLE)))
        whole[name] = data.draw(st.integers(low, high) | st.sampled_from([low, high]))
        bounds[name] = (
            data.draw(st.sampled_from([low, low, None])),
            data.draw(st.sampled_from([high, high, None])),
        )
    if whole["low"] > whole["high"]:
        return  # no range is so
    less = narrowed(made, bounds)
    expected = read(made, whole)
    assert read(less, whole) == expected
    assert len(list(leaves(less))) <= len(list(leaves(made)))
    if never_outside(made, bounds) and isinstance(expected, Fraction):
        assert 0 <= expected <= 1


KINDS = st.sampled_from(list(Kind))
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


FORM = Linear((("actual", 1), ("target", -1)))
FULL, NOTHING = Ratio(Linear(((ONE, 1),)), Linear(((ONE, 1),))), Ratio(Linear(), Linear(((ONE, 1),)))
SHARE = Ratio(Linear((("actual", 1),)), Linear((("target", 1),)))


@pytest.mark.parametrize(
    ("comparator", "actual", "expected"),
    [
        (">=", (7, 9), FULL),
        (">=", (5, 6), NOTHING),
        (">", (8, None), FULL),
        (">", (None, 7), NOTHING),
        ("=", (8, 9), NOTHING),
        ("=", (7, 7), FULL),
        ("<", (0, 6), FULL),
        ("<", (7, 8), NOTHING),
        ("<=", (0, 7), FULL),
        ("<=", (8, 8), NOTHING),
        ("<=", (7, 8), None),
        ("=", (7, 8), None),
        (">=", (None, None), None),
    ],
)
def test_bounds_that_decide(comparator: str, actual: Interval, expected: Decision | None) -> None:
    made = Choose(FORM, comparator, FULL, NOTHING)
    assert narrowed(made, {"actual": actual, "target": (7, 7)}) == (expected or made)


def test_what_a_choice_says_is_known_in_its_cases() -> None:
    opposite = Linear((("actual", -2), ("target", 2)))
    again = Choose(FORM, ">=", Choose(opposite, ">", NOTHING, FULL), Choose(opposite, ">", SHARE, NOTHING))
    assert narrowed(again, {}) == Choose(FORM, ">=", FULL, SHARE)
    equal = Choose(FORM, "=", Choose(FORM, "<=", FULL, NOTHING), FULL)
    assert narrowed(equal, {}) == FULL


def test_a_share_is_proven_by_the_way_to_it() -> None:
    positive: dict[str, Interval] = {"actual": (0, None), "target": (1, None), ONE: (1, 1)}
    assert never_outside(Choose(FORM, ">=", FULL, SHARE), positive)
    assert never_outside(Choose(FORM, ">=", Refusal("x"), SHARE), positive)
    assert not never_outside(Choose(FORM, ">=", FULL, SHARE), {**positive, "actual": (-1, None)})
    assert not never_outside(SHARE, positive)
