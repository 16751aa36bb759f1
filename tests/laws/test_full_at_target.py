"""Law full-at-target: who reaches the target has all its marks; a rule that breaks this says so."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from laws.cases import (
    BANDED,
    COMPARISONS,
    DIRECT,
    EVERY_RULE,
    GRADED,
    PROPORTIONAL,
    STATED,
    TARGETS,
    Book,
    Case,
    Ruled,
    books,
    decimals,
    fraction_of,
    scored,
    text_of_number,
    weights,
)

LAW = "full-at-target"
KEEPING = (*PROPORTIONAL, *DIRECT, *GRADED, *STATED)


def broken_by(ruled: Ruled) -> list[Case]:
    """Rows that reach their target and are not full."""
    reached = [Case(comparison, low, low, low) for comparison in COMPARISONS for low in TARGETS]
    reached += [
        Case("range", low, low + 5, low + more) for low in TARGETS for more in (0, Fraction("2.5"), 5)
    ]
    return [case for case in reached if fraction_of(ruled.rule, case) != 1]


@pytest.mark.parametrize("ruled", KEEPING, ids=repr)
def test_kept(ruled: Ruled) -> None:
    assert broken_by(ruled) == []
    assert LAW not in ruled.rule.breaks()


@pytest.mark.parametrize("ruled", BANDED, ids=repr)
def test_declared_and_really_broken(ruled: Ruled) -> None:
    """Bands look at the value itself: 85 % against ≥85 % is 0.8."""
    assert broken_by(ruled)
    assert LAW in ruled.rule.breaks()


def test_every_rule_is_looked_at() -> None:
    assert set(map(id, EVERY_RULE)) == set(map(id, (*KEEPING, *BANDED)))


@given(
    book=books,
    rule=st.sampled_from(["proportional", "direct", "graded", "stated"]),
    comparison=st.sampled_from(COMPARISONS),
    low=decimals(),
    width=decimals(0),
    inside=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]),
    weight=weights,
)
def test_of_every_book(
    book: Book, rule: str, comparison: str, low: Fraction, width: Fraction, inside: Fraction, weight: Fraction
) -> None:
    high = low + width if comparison == "range" else low
    case = Case(comparison, low, high, low + inside * (high - low))
    score = scored(book, rule, case, weight)
    assert score.unrounded == weight
    assert score.score is not None
    assert Fraction(score.score) == book.rounded(Fraction(1), weight)


@given(book=books, weight=weights, rule=st.sampled_from(["graded", "direct", "stated"]))
def test_of_words(book: Book, weight: Fraction, rule: str) -> None:
    """What says it in the target's own words, and what is done by its day."""
    printed = {"graded": "按评判等级赋分", "direct": "直接赋分", "stated": "少检查一个扣1分"}[rule]
    for target, actual in (("有效提升", "有效提升"), ("有效提升", "已完成"), ("12月底前", "2024年12月31日")):
        score = perfeval.score_indicator(
            target, actual, text_of_number(weight), printed, year=2024, rulebook=book.book
        )
        assert score.unrounded == weight
