"""Law continuous: at a target above 0, a hair's breadth costs no more than a hair; who breaks this says so.

The limit is taken exactly: the unrounded fraction at T ± T·10⁻ᵏ, for growing k, against that at T. A side that
is refused has no marks to jump.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.cases import (
    BANDED,
    COMPARISONS,
    DIRECT,
    GRADED,
    PROPORTIONAL,
    STATED,
    Case,
    Ruled,
    decimals,
    fraction_of,
    proportional,
)

LAW = "continuous"
POWERS = (12, 20, 40, 80)


def jumps(ruled: Ruled, comparison: str, target: Fraction) -> list[Case]:
    """Rows beside the target whose marks do not go towards those at the target."""
    ends = [(target, 2 * target), (target / 2, target)] if comparison == "range" else [(target, target)]
    found = []
    for low, high in ends:
        there = fraction_of(ruled.rule, Case(comparison, low, high, target))
        assert not isinstance(there, str)
        for power in POWERS:
            for sign in (-1, 1):
                shrinking = Fraction(1, 10**power)
                beside = Case(comparison, low, high, target * (1 + sign * shrinking))
                marks = fraction_of(ruled.rule, beside)
                if not isinstance(marks, str) and abs(marks - there) > shrinking:
                    found.append(beside)
    return found


def broken_by(ruled: Ruled) -> list[Case]:
    targets = [Fraction(text) for text in ("0.000001", "1", "8.90", "999999999999.999999")]
    targets += [edge for edge, _ in ruled.edges if edge]
    return [
        case for comparison in COMPARISONS for target in targets for case in jumps(ruled, comparison, target)
    ]


def should_break(ruled: Ruled) -> bool:
    return ruled.name in ("direct", "banded") or (
        ruled.settings["reverse"] == "cliff" and ruled.name == "proportional"
    )


KEEPING = [ruled for ruled in (*PROPORTIONAL, *GRADED, *STATED) if not should_break(ruled)]
BREAKING = [ruled for ruled in (*PROPORTIONAL, *DIRECT, *BANDED) if should_break(ruled)]


@pytest.mark.parametrize("ruled", KEEPING, ids=repr)
def test_kept(ruled: Ruled) -> None:
    assert broken_by(ruled) == []
    assert LAW not in ruled.rule.breaks()


@pytest.mark.parametrize("kind", ["proportional", "direct", "banded"])
def test_declared_and_really_broken(kind: str) -> None:
    breaking = [ruled for ruled in BREAKING if ruled.name == kind]
    assert len(breaking) > 3
    for ruled in breaking:
        assert broken_by(ruled), ruled
        assert LAW in ruled.rule.breaks(), ruled


def test_a_pass_line_at_the_target_is_a_cliff() -> None:
    """``pass_line = "100%"`` is a book that can be loaded; just below the target there is nothing."""
    ruled = proportional("ratio", "at-least", "full", "1", 0)
    assert broken_by(ruled)
    assert LAW in ruled.rule.breaks()


@given(
    reverse=st.sampled_from(["ratio", "linear"]),
    equality=st.sampled_from(["at-least", "exact"]),
    pass_line=st.sampled_from([None, "0.6", "0.999999"]),
    comparison=st.sampled_from(COMPARISONS),
    target=decimals(0).filter(bool),
)
def test_of_ratio_and_linear(
    reverse: str, equality: str, pass_line: str | None, comparison: str, target: Fraction
) -> None:
    ruled = proportional(reverse, equality, "full", pass_line, 0)
    assert jumps(ruled, comparison, target) == []
