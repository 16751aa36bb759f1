"""The exact reader, node by node and against fractions."""

from fractions import Fraction

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from formula.trees import NAMES, NoValueError, Values, formulas, pairs, rounded, value_of, values
from perfeval.formula import Node, Refused, RoundingMode, compile_formula, evaluate, round_pair
from perfeval.formula.nodes import (
    Add,
    Because,
    Branch,
    Case,
    Comparator,
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
    Subtract,
)

WEIGHT, TARGET, ACTUAL = Input("weight"), Input("target"), Input("actual")
SCOPE = {"weight": (10, 1), "target": (3, 1), "actual": (-2, 5)}
FIVE, HALF, NEGATIVE = Number(5), Number(1, 2), Number(-3, 4)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (WEIGHT, "10"),
        (ACTUAL, "-2/5"),
        (FIVE, "5"),
        (NEGATIVE, "-3/4"),
        (Add(WEIGHT, ACTUAL), "48/5"),
        (Add(HALF, NEGATIVE), "-1/4"),
        (Subtract(WEIGHT, ACTUAL), "52/5"),
        (Subtract(HALF, FIVE), "-9/2"),
        (Multiply(ACTUAL, TARGET), "-6/5"),
        (Multiply(NEGATIVE, ACTUAL), "3/10"),
        # the divisor's sign
        (Divide(WEIGHT, TARGET), "10/3"),
        (Divide(WEIGHT, ACTUAL), "-25"),
        (Divide(ACTUAL, WEIGHT), "-1/25"),
        (Divide(ACTUAL, NEGATIVE), "8/15"),
        (Divide(Number(0), NEGATIVE), "0"),
        (Divide(Divide(FIVE, NEGATIVE), Divide(FIVE, ACTUAL)), "8/15"),
        (Least(WEIGHT, TARGET), "3"),
        (Least(TARGET, WEIGHT), "3"),
        (Least(ACTUAL, NEGATIVE), "-3/4"),
        (Least(HALF, Number(2, 4)), "1/2"),
        (Greatest(WEIGHT, TARGET), "10"),
        (Greatest(TARGET, WEIGHT), "10"),
        (Greatest(ACTUAL, NEGATIVE), "-2/5"),
        (Greatest(Number(0), ACTUAL), "0"),
        (Round(Number(12345, 1000), Number(1, 100), RoundingMode.HALF_UP), "12.35"),
        (Label("score", WEIGHT), "10"),
        (Because("met", TARGET), "3"),
        (Case((), FIVE), "5"),
        (Case((Branch(Compare(">", WEIGHT, TARGET), HALF),), FIVE), "1/2"),
        (Case((Branch(Compare("<", WEIGHT, TARGET), HALF),), FIVE), "5"),
        # the first branch that holds, and nothing of the others is read
        (Case((Branch(Compare(">", WEIGHT, FIVE), HALF), Branch(Compare(">", WEIGHT, TARGET), FIVE)), TARGET), "1/2"),
        (Case((Branch(Compare(">", WEIGHT, FIVE), HALF),), Refuse("no-rule")), "1/2"),
        (Case((Branch(Compare("=", TARGET, Number(3)), HALF),), Divide(FIVE, Number(0))), "1/2"),
        (Add(Case((Branch(Compare("=", TARGET, FIVE), Divide(FIVE, Number(0))),), HALF), FIVE), "11/2"),
    ],
)  # fmt: skip
def test_a_node(node: Node, expected: str) -> None:
    assert Fraction(*evaluate(node, SCOPE)) == Fraction(expected)


@pytest.mark.parametrize(
    ("comparator", "below", "same", "above"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("=", False, True, False),
        ("<", True, False, False),
        ("<=", True, True, False),
    ],
)
def test_a_condition(comparator: Comparator, *, below: bool, same: bool, above: bool) -> None:
    node = Case((Branch(Compare(comparator, ACTUAL, Number(-2, 3)), Number(1)),), Number(0))
    found = [evaluate(node, {"actual": actual}) == (1, 1) for actual in ((-3, 4), (-4, 6), (-5, 8))]
    assert found == [below, same, above]


@pytest.mark.parametrize(
    ("value", "step", "half_up", "truncate", "half_even"),
    [
        ("0.004", "0.01", "0", "0", "0"),
        ("0.005", "0.01", "0.01", "0", "0"),
        ("0.0049999", "0.01", "0", "0", "0"),
        ("0.0050001", "0.01", "0.01", "0", "0.01"),
        ("0.015", "0.01", "0.02", "0.01", "0.02"),
        ("0.025", "0.01", "0.03", "0.02", "0.02"),
        ("9.995", "0.01", "10", "9.99", "10"),
        ("9.985", "0.01", "9.99", "9.98", "9.98"),
        ("2/3", "0.01", "0.67", "0.66", "0.67"),
        ("2.5", "1", "3", "2", "2"),
        ("3.5", "1", "4", "3", "4"),
        ("0.25", "0.5", "0.5", "0", "0"),
        ("0.75", "0.5", "1", "0.5", "1"),
        ("12", "5", "10", "10", "10"),
        ("12.5", "5", "15", "10", "10"),
        # a negative value as its size
        ("-0.004", "0.01", "0", "0", "0"),
        ("-0.005", "0.01", "-0.01", "0", "0"),
        ("-0.015", "0.01", "-0.02", "-0.01", "-0.02"),
        ("-0.025", "0.01", "-0.03", "-0.02", "-0.02"),
        ("-2/3", "0.01", "-0.67", "-0.66", "-0.67"),
        ("-12.5", "5", "-15", "-10", "-10"),
        ("999999999999.995", "0.01", "1000000000000", "999999999999.99", "1000000000000"),
    ],
)
def test_rounding(value: str, step: str, half_up: str, truncate: str, half_even: str) -> None:
    x, s = Fraction(value), Fraction(step)
    made = {
        str(mode): Fraction(*round_pair(x.numerator, x.denominator, (s.numerator, s.denominator), mode))
        for mode in RoundingMode
    }
    wanted = {"half-up": half_up, "truncate": truncate, "half-even": half_even}
    assert made == {mode: Fraction(text) for mode, text in wanted.items()}


@pytest.mark.parametrize("mode", RoundingMode)
@given(
    value=st.fractions(-1000, 1000, max_denominator=4000),
    step=st.fractions("1/100", 5, max_denominator=100),
    times=st.integers(1, 9),
)
def test_rounding_against_fractions(mode: RoundingMode, value: Fraction, step: Fraction, times: int) -> None:
    """Whether the pair is in lowest terms or not."""
    n, d = value.numerator * times, value.denominator * times
    found = Fraction(*round_pair(n, d, (step.numerator, step.denominator), mode))
    assert found == rounded(value, step, mode)
    assert abs(found - value) <= (step if mode is RoundingMode.TRUNCATE else step / 2)
    assert found % step == 0


@given(node=formulas, scope=values)
def test_any_formula_against_fractions(node: Node, scope: Values) -> None:
    expected: Fraction | str
    try:
        expected = value_of(node, scope)
    except NoValueError as refused:
        expected = str(refused)
    except ZeroDivisionError:
        assume(False)
    try:
        found: Fraction | str = Fraction(*evaluate(node, pairs(scope)))
    except Refused as refused:
        found = refused.reason
    event(type(found).__name__)
    assert found == expected


@given(node=formulas, scope=values)
def test_a_denominator_is_above_zero(node: Node, scope: Values) -> None:
    try:
        value_of(node, scope)
    except (NoValueError, ZeroDivisionError):
        assume(False)
    assert evaluate(node, pairs(scope))[1] > 0


@given(node=formulas, scopes=st.lists(values, min_size=2, max_size=3))
def test_a_compiled_formula_remembers_nothing(node: Node, scopes: list[Values]) -> None:
    for scope in scopes:
        try:
            value_of(node, scope)
        except NoValueError:
            continue
        except ZeroDivisionError:
            assume(False)
    evaluator = compile_formula(node)

    def outcomes() -> list[object]:
        found: list[object] = []
        for scope in scopes:
            try:
                found.append(evaluator(pairs(scope)))
            except Refused as refused:
                found.append(refused.reason)
        return found

    first = outcomes()
    scopes.reverse()
    assert outcomes() == first[::-1]


@pytest.mark.parametrize(
    "node", [Refuse("no-rule"), Add(WEIGHT, Refuse("no-rule")), Label("x", Refuse("no-rule"))]
)
def test_a_refusal(node: Node) -> None:
    with pytest.raises(Refused, match=r"^no-rule$") as refused:
        evaluate(node, SCOPE)
    assert refused.value.reason == "no-rule"


def test_a_comparison_has_no_value() -> None:
    with pytest.raises(TypeError, match="condition of a branch"):
        compile_formula(Compare("=", WEIGHT, TARGET))


@pytest.mark.parametrize("name", NAMES)
def test_an_input_that_is_not_given(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        evaluate(Input(name), {})


def test_an_input_that_no_formula_has() -> None:
    with pytest.raises(ValueError, match="weight\\[0\\]"):
        compile_formula(Input("weight[0]"))


@pytest.mark.parametrize("count", [1, 10, 101])
def test_as_many_cases_as_a_book_likes(count: int) -> None:
    """A band for every per cent is 101 branches."""
    edges = [Number(count - n, count) for n in range(count)]
    node = Case(tuple(Branch(Compare(">=", ACTUAL, edge), edge) for edge in edges), Number(-1))
    last = edges[-1]
    assert evaluate(node, {"actual": (1, count)}) == (last.numerator, last.denominator)
    assert evaluate(node, {"actual": (0, 1)}) == (-1, 1)


@pytest.mark.parametrize("count", [1, 10, 101])
def test_as_many_steps_of_a_ladder(count: int) -> None:
    """Its conditions are computed: A ≥ k · T."""
    edges = [Number(count - n) for n in range(count)]
    branches = tuple(Branch(Compare(">=", ACTUAL, Multiply(edge, TARGET)), edge) for edge in edges)
    node = Case(branches, Number(-1))
    assert evaluate(node, {"actual": (3, 1), "target": (3, 1)}) == (1, 1)
    assert evaluate(node, {"actual": (0, 1), "target": (3, 1)}) == (-1, 1)
