"""The reach reader: all the values of a formula while one input moves, and no others."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formula.trees import COMPARATORS, NoValueError, value_of
from laws.cases import BANDED, COMPARISONS, FAMILIES, Case, Ruled, bands_of, cases, proportional, thresholds
from perfeval.formula import Node, Refused, RoundingMode, evaluate, reach
from perfeval.formula import nodes as n
from perfeval.formula.reach import Piece, Unreachable
from perfeval.rules import Direct, Kind

X, T = n.Input("actual"), n.Input("target")
HAIR = Fraction(1, 10**40)
NEAR = Fraction(1, 10**20)
"""How near to the end of a piece a value must come, one hair beside a place where the formula changes."""


def holds(piece: Piece, value: Fraction) -> bool:
    """Say whether a value lies in a piece."""
    low = piece.low < value or (piece.low == value and piece.low_closed)
    return low and (piece.high > value or (piece.high == value and piece.high_closed))


def joined(pieces: Sequence[Piece]) -> list[str]:
    """Pieces as texts, ``[1/2, 1)`` and ``{1}`` for a single value; those that touch as one."""
    made: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.low, not p.low_closed)):
        last = made[-1] if made else None
        touching = last and (piece.low, not (piece.low_closed or last.high_closed)) <= (last.high, False)
        if last is None or not touching:
            made.append(piece)
        elif (piece.high, piece.high_closed) > (last.high, last.high_closed):
            made[-1] = Piece(last.low, piece.high, last.low_closed, piece.high_closed)
    return [_text(piece) for piece in made]


def _text(piece: Piece) -> str:
    if piece.low == piece.high:
        return f"{{{piece.low}}}"
    return f"{'(['[piece.low_closed]}{piece.low}, {piece.high}{')]'[piece.high_closed]}"


def union_of(ruled: Ruled, comparison: str, target: str, low: str, high: str) -> list[str]:
    case = Case(comparison, Fraction(target), Fraction(target), Fraction(0))
    moving = "share" if ruled.name == "banded" else "actual"
    return joined(reach(ruled.rule.formula(case.kind), case.inputs, moving, Fraction(low), Fraction(high)))


RATIO = proportional("ratio", "at-least", "full", None, 0)
LINEAR = proportional("linear", "at-least", "full", None, 0)
CLIFF = proportional("cliff", "at-least", "full", None, 0)
EXACT = proportional("ratio", "exact", "full", None, 0)
NO_ZERO = proportional("ratio", "at-least", "zero", None, 0)
UNSCORABLE_ZERO = proportional("ratio", "at-least", "unscorable", None, 0)
PASS_LINE = proportional("ratio", "at-least", "full", "0.6", 0)
LADDER = proportional("ratio", "at-least", "full", None, 1)
DIRECT = Ruled(Direct())
BANDS = bands_of([("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"), ("0", "0")])


@pytest.mark.parametrize(
    ("ruled", "comparison", "target", "low", "high", "expected"),
    [
        (RATIO, ">=", "10", "7.5", "8.5", ["[3/4, 17/20]"]),
        (RATIO, ">=", "10", "9", "11", ["[9/10, 1]"]),
        (RATIO, ">=", "10", "11", "12", ["{1}"]),
        (RATIO, ">=", "10", "8", "8", ["{4/5}"]),
        (RATIO, ">=", "10", "-2", "1", ["[0, 1/10]"]),
        (RATIO, ">=", "0", "-1", "1", ["{0}", "{1}"]),
        (RATIO, ">=", "-5", "-6", "-4", ["{1}"]),  # below −5 it refuses, which contributes nothing
        (RATIO, ">=", "-5", "-7", "-6", []),
        (RATIO, "<=", "10", "8", "20", ["[1/2, 1]"]),
        (RATIO, "<=", "10", "20", "40", ["[1/4, 1/2]"]),
        (RATIO, "<=", "0", "-1", "1", ["{0}", "{1}"]),
        (LINEAR, "<=", "10", "15", "30", ["[0, 1/2]"]),
        (LINEAR, "<=", "10", "20", "30", ["{0}"]),
        (CLIFF, "<=", "10", "9", "11", ["{0}", "{1}"]),
        (CLIFF, "<=", "10", "10", "10", ["{1}"]),
        (EXACT, "=", "10", "8", "13", ["[7/10, 1]"]),
        (EXACT, "=", "0", "0", "1", ["{0}", "{1}"]),
        (NO_ZERO, "<=", "10", "-1", "1", ["{0}", "{1}"]),
        (NO_ZERO, "<=", "10", "0", "0", ["{0}"]),
        (UNSCORABLE_ZERO, "<=", "10", "-1", "1", ["{1}"]),
        (UNSCORABLE_ZERO, "<=", "10", "0", "0", []),
        (PASS_LINE, ">=", "10", "5", "7", ["{0}", "[3/5, 7/10]"]),
        (LADDER, ">=", "10", "9", "15", ["[9/10, 1]"]),
        (LADDER, ">=", "10", "14", "16", ["{9/10}", "{1}"]),
        (DIRECT, ">=", "10", "9", "11", ["{0}", "{1}"]),
        (DIRECT, ">=", "10", "9", "9.99", ["{0}"]),
        # 6 of 10 is not reached where bands give only 5 or 8
        (BANDS, ">=", "0.9", "0.75", "0.85", ["{1/2}", "{4/5}"]),
        (BANDS, ">=", "0.9", "0.8", "0.9", ["{4/5}", "{1}"]),
        (BANDS, ">=", "0.9", "0.79", "0.799", ["{1/2}"]),
        (BANDS, ">=", "0.9", "-1", "1", ["{0}", "{1/2}", "{4/5}", "{1}"]),
    ],
)
def test_a_union_and_not_its_hull(
    ruled: Ruled, comparison: str, target: str, low: str, high: str, expected: list[str]
) -> None:
    assert union_of(ruled, comparison, target, low, high) == expected


@pytest.mark.parametrize("kind", [Kind.DEADLINE, Kind.ASSERTED, Kind.DEGREE])
def test_an_input_that_the_formula_does_not_read(kind: Kind) -> None:
    node = FAMILIES["graded"][0].rule.formula(kind)
    found = reach(node, {"degree": (1, 1)}, "actual", Fraction(0), Fraction(5))
    assert joined(found) == ["{1}"]


# Soundness and tightness, of the rules and of any formula ---------------------------------------------------


def values_at(
    node: Node, scope: dict[str, tuple[int, int]], moving: str, xs: set[Fraction]
) -> Iterator[Fraction]:
    for x in xs:
        try:
            yield Fraction(*evaluate(node, {**scope, moving: (x.numerator, x.denominator)}))
        except Refused:
            continue


def check(
    node: Node,
    scope: dict[str, tuple[int, int]],
    moving: str,
    low: Fraction,
    high: Fraction,
    xs: set[Fraction],
) -> None:
    """Each value at ``xs`` and beside lies in a piece, and to each end of a piece some value comes."""
    inside = {min(max(x + hair, low), high) for x in xs | {low, high} for hair in (-HAIR, 0, HAIR)}
    found = set(values_at(node, scope, moving, inside))
    pieces = reach(node, scope, moving, low, high)
    for value in found:
        assert any(holds(piece, value) for piece in pieces), (value, pieces)
    for piece in pieces:
        for end, closed in ((piece.low, piece.low_closed), (piece.high, piece.high_closed)):
            tolerance = NEAR if abs(end) < 1 else NEAR * abs(end)
            near = [value for value in found if abs(value - end) <= tolerance and holds(piece, value)]
            assert near, (end, piece)
            assert not closed or end in near, (end, piece)


@pytest.mark.parametrize("family", FAMILIES)
@given(comparison=st.sampled_from(COMPARISONS), data=st.data())
def test_of_every_rule(family: str, comparison: str, data: st.DataObject) -> None:
    ruled: Ruled = data.draw(st.sampled_from(FAMILIES[family]))
    case = data.draw(cases(ruled, comparison))
    width = abs(data.draw(cases(ruled, comparison)).actual)
    low, high = case.actual - width, case.actual + data.draw(st.sampled_from([Fraction(0), width]))
    moving = "share" if family == "banded" else "actual"
    changes = {x for x in thresholds(case.low, case.high, ruled.settings) if low <= x <= high}
    between = {low + (high - low) * k / 7 for k in range(8)}
    for node in (ruled.rule.formula(case.kind), ruled.rule.completion(case.kind)):
        check(node, case.inputs, moving, low, high, changes | between)


small = st.integers(-3, 3)
linear = st.builds(lambda a, b: n.Add(n.Multiply(n.Number(a), X), n.Number(b)), small, small)
ratios = st.builds(
    lambda top, c, d: n.Divide(top, n.Add(n.Multiply(n.Number(c), X), n.Number(d))),
    linear,
    st.integers(0, 2),
    st.integers(1, 3),
)
constants = st.builds(n.Number, st.integers(-2, 2))
simple: st.SearchStrategy[Node] = st.one_of(
    linear, ratios, constants, st.builds(n.Refuse, st.just("no-rule"))
)
_signs = st.sampled_from(list(COMPARATORS))
conditions = st.builds(n.Compare, _signs, linear, linear) | st.builds(n.Compare, _signs, ratios, constants)
chosen: st.SearchStrategy[Node] = st.one_of(
    st.builds(n.Least, ratios, constants),
    st.builds(n.Greatest, constants, ratios),
    st.builds(n.Least, linear, linear),
    st.builds(n.Greatest, linear, linear),
    simple,
)
piecewise = st.recursive(
    chosen,
    lambda inner: st.one_of(
        st.builds(n.Case, st.lists(st.builds(n.Branch, conditions, inner), max_size=2).map(tuple), inner),
        st.builds(n.Because, st.just("x"), inner),
        st.builds(n.Label, st.just("y"), inner),
        st.builds(n.Subtract, inner, constants),
        st.builds(n.Multiply, constants, inner),
    ),
    max_leaves=5,
)
"""Formulas that are piecewise ratios of linear terms; from 1 on no divisor is 0, and every change of
piece is at a ratio of integers of which the lower is at most 9."""
PLACES = {Fraction(p, q) for q in range(1, 10) for p in range(q, 5 * q + 1)}


@given(node=piecewise, ends=st.tuples(*[st.fractions(1, 5, max_denominator=9)] * 2))
def test_of_any_piecewise_ratio(node: Node, ends: tuple[Fraction, Fraction]) -> None:
    low, high = min(ends), max(ends)
    check(node, {}, "actual", low, high, {x for x in PLACES if low <= x <= high})


@given(node=piecewise, x=st.fractions(1, 5))
def test_of_a_single_point(node: Node, x: Fraction) -> None:
    pieces = reach(node, {}, "actual", x, x)
    try:
        value = value_of(node, {"actual": x})
    except NoValueError:
        assert pieces == ()
    else:
        assert pieces == (Piece(value, value),)


# What it cannot say -----------------------------------------------------------------------------------------

SQUARE = n.Multiply(X, X)
OVER_X = n.Divide(n.Number(1), X)


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (SQUARE, "not a ratio of linear terms"),
        (n.Divide(n.Number(1), n.Add(SQUARE, n.Number(1))), "not a ratio of linear terms"),
        (n.Add(OVER_X, n.Divide(n.Number(1), n.Add(X, n.Number(1)))), "not a ratio of linear terms"),
        (n.Round(X, n.Number(1), RoundingMode.HALF_UP), "Round inside the formula"),
        (n.Add(n.Number(1), n.Round(X, n.Number(1), RoundingMode.HALF_UP)), "Round inside the formula"),
        (n.Case((n.Branch(n.Compare("<", SQUARE, T), X),), T), "order of two ratios"),
        (n.Least(OVER_X, n.Subtract(n.Number(3), X)), "order of two ratios"),
    ],
)
def test_unreachable(node: Node, message: str) -> None:
    with pytest.raises(Unreachable, match=message):
        reach(node, {"target": (2, 1)}, "actual", Fraction(1), Fraction(4))


def test_what_is_not_reached_need_not_be_a_ratio() -> None:
    """Only the branches that some value takes are looked at."""
    node = n.Case((n.Branch(n.Compare("<", X, n.Number(0)), SQUARE),), X)
    assert joined(reach(node, {}, "actual", Fraction(1), Fraction(4))) == ["[1, 4]"]


def test_a_divisor_that_is_only_0_where_another_case_holds() -> None:
    """1 ÷ x around 0 has no greatest value; whatever is said of it, it is no division by zero."""
    node = n.Case((n.Branch(n.Compare("=", X, n.Number(0)), n.Number(0)),), OVER_X)
    assert evaluate(node, {"actual": (0, 1)}) == (0, 1)
    with pytest.raises(Unreachable):
        reach(node, {}, "actual", Fraction(-1), Fraction(1))


def test_the_pole_of_a_case_that_is_not_taken() -> None:
    node = n.Case((n.Branch(n.Compare("<=", X, n.Number(0)), n.Number(0)),), n.Least(n.Number(1), OVER_X))
    assert joined(reach(node, {}, "actual", Fraction(-1), Fraction(4))) == ["{0}", "[1/4, 1]"]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (n.Least(n.Case((n.Branch(n.Compare("<", X, n.Number(2)), X),), n.Number(3)), n.Number(5, 2)), ["[1, 2)", "{5/2}"]),
        (n.Greatest(n.Least(X, n.Number(3)), n.Number(2)), ["[2, 3]"]),
        (n.Case((n.Branch(n.Compare("<", n.Label("a", n.Greatest(X, n.Number(2))), n.Number(3)), X),), T), ["[1, 3)", "{9}"]),
    ],
)  # fmt: skip
def test_a_choice_within_what_is_compared(node: Node, expected: list[str]) -> None:
    assert joined(reach(node, {"target": (9, 1)}, "actual", Fraction(1), Fraction(4))) == expected


# Pieces and intervals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "interval", "expected"),
    [
        # piece, interval: a bracket is in, a parenthesis out
        ("[1 2]", "[2 3]", True),
        ("[1 2]", "(2 3]", False),
        ("[1 2)", "[2 3]", False),
        ("[1 2)", "(2 3]", False),
        ("[1 2]", "[0 1]", True),
        ("[1 2]", "[0 1)", False),
        ("(1 2]", "[0 1]", False),
        ("(1 2]", "[0 1)", False),
        ("[1 2]", "[3 4]", False),
        ("[3 4]", "[1 2]", False),
        ("[1 4]", "[2 3]", True),
        ("(2 3)", "[1 4]", True),
        ("(1 2)", "(1 2)", True),
        ("[1 1]", "[1 1]", True),
        ("[1 1]", "(0 1]", True),
        ("[1 1]", "(0 1)", False),
        ("[1 1]", "(1 2)", False),
    ],
)
def test_meets(piece: str, interval: str, expected: bool) -> None:
    ends = [[Fraction(text) for text in given[1:-1].split()] for given in (piece, interval)]
    closed = [(given[0] == "[", given[-1] == "]") for given in (piece, interval)]
    (low, high), (low_closed, high_closed) = ends[0], closed[0]
    made = Piece(low, high, low_closed, high_closed)
    assert made.meets(*ends[1], low_closed=closed[1][0], high_closed=closed[1][1]) == expected


@given(data=st.data())
def test_meets_is_symmetric(data: st.DataObject) -> None:
    def drawn() -> Piece:
        low, high = sorted(data.draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        is_point = low == high
        ends = [is_point or data.draw(st.booleans()) for _ in range(2)]
        return Piece(Fraction(low), Fraction(high), ends[0], ends[1])

    first, second = drawn(), drawn()
    half = [Fraction(k, 2) for k in range(9)]
    common = any(holds(first, x) and holds(second, x) for x in half)
    for a, b in ((first, second), (second, first)):
        assert a.meets(b.low, b.high, low_closed=b.low_closed, high_closed=b.high_closed) == common


def test_banded_moves_by_its_share() -> None:
    for ruled in BANDED:
        found = reach(ruled.rule.formula(Kind.AT_LEAST), {"share": (0, 1)}, "share", Fraction(0), Fraction(2))
        assert {piece.low for piece in found} == {factor for _, factor in ruled.edges} | (
            set() if any(edge == 0 for edge, _ in ruled.edges) else {Fraction(0)}
        )
