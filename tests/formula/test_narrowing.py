"""Narrowed decisions give the same wherever inputs keep to their bounds; what is proven a share is one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formula.test_columns import NAMES, SCALE, WHOLE, read
from laws.cases import EVERY_RULE, Ruled
from perfeval.formula.columns import ONE, Choose, Decision, Linear, Ratio, Refusal, decision, leaves
from perfeval.formula.narrowing import Interval, narrowed, never_outside
from perfeval.rules import Kind

KINDS = st.sampled_from(list(Kind))


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
