"""The reader for spreadsheets: in binary arithmetic, what the exact reader gives, for every rule, kind and setting."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formula.cell_language import compute
from laws.cases import EVERY_RULE, Ruled
from perfeval.formula import Node, Refused, RoundingMode, evaluate
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
    Subtract,
)
from perfeval.formula.spreadsheet import CellNumber, NoCellFormulaError, cell_formula
from perfeval.rulebook import Rounding
from perfeval.rules import Kind
from perfeval.scoring.working import score_formula

NAMES = {
    "weight": "E5",
    "target": "G5",
    "actual": "I5",
    "low": "J5",
    "high": "K5",
    "share": "L5",
    "degree": "M5",
}


def cells_of(whole: dict[str, int], decimals: int) -> dict[str, CellNumber]:
    return {
        name: CellNumber(NAMES[name], decimals, abs(number), max(abs(number), 1))
        for name, number in whole.items()
    }


def computed(node: Node, whole: dict[str, int], decimals: int) -> float | str:
    """Compute in binary; the cells hold binary numbers."""
    text = cell_formula(node, cells_of(whole, decimals))
    return compute(text, {NAMES[name]: number / 10**decimals for name, number in whole.items()})


def exactly(node: Node, whole: dict[str, int], decimals: int) -> float | str:
    """Give the exact value as the nearest binary number, which is what a cell shows."""
    try:
        found = Fraction(*evaluate(node, {name: (number, 10**decimals) for name, number in whole.items()}))
    except Refused as refusal:
        return refusal.reason
    return float(found)


# Near each other, near thresholds, and of many digits.
WHOLE = st.one_of(
    st.integers(-300, 300),
    st.sampled_from([0, 50, 60, 80, 85, 90, 99, 100, 101, 130, 150, 200]),
    st.integers(0, 10**8),
)
MODES = [RoundingMode.HALF_UP, RoundingMode.TRUNCATE]


@pytest.mark.parametrize("ruled", EVERY_RULE, ids=repr)
@given(data=st.data())
def test_what_the_exact_reader_gives(ruled: Ruled, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(Kind)))
    rounding = Rounding(mode=data.draw(st.sampled_from(MODES)), rate_first=data.draw(st.booleans()))
    node = score_formula(ruled.rule.formula(kind), rounding)
    decimals = data.draw(st.integers(0, 2))
    whole = {name: data.draw(WHOLE) for name in NAMES}
    whole["weight"] = data.draw(st.integers(0, 2000))
    whole["low"], whole["high"] = sorted((whole["low"], whole["high"]))
    try:
        found = computed(node, whole, decimals)
    except NoCellFormulaError as error:
        assert error.message.code == "cell-digits"  # noqa: PT017 - allowed, and then for this reason only
        assert max(whole.values()) > 10**5  # a rate of 10^9 and a weight of 2000 reach the limit
    else:
        assert found == exactly(node, whole, decimals)


@given(step=st.integers(0, 10**6), bottom=st.integers(1, 10**5))
def test_ties_and_their_neighbours(step: int, bottom: int) -> None:
    """The weight is 1 and the quotient lies halfway between two steps, or as near as numbers of this size get."""
    node = Round(Divide(Input("actual"), Input("target")), Number(1), RoundingMode.HALF_UP)
    for top in (2 * step * bottom + bottom + near for near in (-1, 0, 1)):
        whole = {"actual": top, "target": 2 * bottom}
        assert computed(node, whole, 0) == exactly(node, whole, 0)


def test_the_halves_that_a_plain_formula_misses() -> None:
    node = score_formula(Divide(Input("actual"), Input("target")), Rounding())
    missed = 0
    for weight in range(125, 3000, 150):
        for actual in range(1, 160):
            whole = {"weight": weight, "target": 160, "actual": actual}
            plain = round_half_up(weight / 100 * (actual / 100) / 1.6)
            right = exactly(node, whole, 2)
            missed += plain != right
            assert computed(node, whole, 2) == right
    assert missed > 0


def round_half_up(number: float) -> float:
    return float(int(number * 100 + 0.5)) / 100


T, A, W = Input("target"), Input("actual"), Input("weight")
HALF = Number(1, 2)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (
            Round(Multiply(W, Divide(A, T)), Number(1, 100), RoundingMode.HALF_UP),
            "ROUND(ROUND(E5*100,0)*ROUND(I5*100,0)/ROUND(G5*100,0),0)/100",
        ),
        (
            Round(A, Number(1, 10), RoundingMode.TRUNCATE),
            "ROUNDDOWN(ROUND(I5*100,0)/10,0)/10",
        ),
        (Round(A, Number(1, 100), RoundingMode.HALF_EVEN), "ROUND(I5*100,0)/100"),
        (Multiply(T, Divide(A, T)), "ROUND(I5*100,0)/100"),
        (Divide(A, A), "1"),
        (Add(A, T), "(ROUND(I5*100,0)+ROUND(G5*100,0))/100"),
        (Add(A, Divide(Number(1), T)), None),
        (Subtract(Multiply(Number(2), T), A), "(2*ROUND(G5*100,0)-ROUND(I5*100,0))/100"),
        (Least(A, HALF), "MIN(ROUND(I5*100,0),50)/100"),
        (Greatest(Number(-1), A), "MAX(-100,ROUND(I5*100,0))/100"),
        (Greatest(Divide(A, T), HALF), None),
        (Label("x", Because("y", HALF)), "1/2"),
        (Number(0), "0"),
        (Number(-3), "-3"),
        (Case((Branch(Compare("<", HALF, Number(1)), T),), Refuse("z")), "ROUND(G5*100,0)/100"),
        (Case((Branch(Compare(">", HALF, Number(1)), T),), Refuse('z"')), '"z"""'),
        (
            Case((Branch(Compare("=", T, A), Refuse("z")),), A),
            'IF(ROUND(G5*100,0)=ROUND(I5*100,0),"z",ROUND(I5*100,0)/100)',
        ),
        (Case((Branch(Compare("<", Divide(A, T), Divide(T, A)), T),), A), None),
    ],
)
def test_by_hand(node: Node, text: str | None) -> None:
    whole = {"weight": 1000, "target": 200, "actual": 300}
    if text is not None:
        assert cell_formula(node, cells_of(whole, 2)) == text
    assert computed(node, whole, 2) == exactly(node, whole, 2)


def test_what_is_said_of_a_reason() -> None:
    assert cell_formula(Refuse("z"), {}, lambda code: f"({code})") == '"(z)"'


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (Round(Divide(A, T), HALF, RoundingMode.HALF_EVEN), "cell-half-even"),
        (Multiply(A, Multiply(A, A)), "cell-digits"),
        (
            Case(tuple(Branch(Compare("=", A, Number(n)), Number(n + 1)) for n in range(61)), HALF),
            "cell-length",
        ),
    ],
)
def test_what_a_spreadsheet_cannot_compute(node: Node, code: str) -> None:
    with pytest.raises(NoCellFormulaError) as caught:
        cell_formula(node, cells_of({"target": 7, "actual": 10**5}, 0))
    assert caught.value.message.code == code
    assert str(caught.value) == caught.value.message.text("en")


def test_a_comparison_is_no_value() -> None:
    with pytest.raises(TypeError):
        cell_formula(Compare("=", A, T), cells_of({"target": 7, "actual": 1}, 0))
