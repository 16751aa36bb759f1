"""Law: the score before rounding equals an independent rational oracle, and rounded it equals its rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
import perfeval
from laws.cases import (
    BOOKS,
    COMPARISONS,
    FAMILIES,
    PRINTED,
    Book,
    Case,
    Ruled,
    books,
    cases,
    decimals,
    expected,
    fraction_of,
    grid,
    is_decided,
    rows,
    scored,
    text_of_number,
    weights,
)
from perfeval.formula import RoundingMode, evaluate
from perfeval.rulebook import Rounding
from perfeval.scoring.working import score_formula


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("family", FAMILIES)
def test_at_every_threshold(family: str, comparison: str) -> None:
    tried = 0
    for ruled in FAMILIES[family]:
        for case in grid(ruled, comparison):
            if is_decided(ruled, case):
                assert fraction_of(ruled.rule, case) == expected(ruled, case), (ruled, case)
                tried += 1
    assert tried > 100


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data())
def test_anywhere_and_rounded(family: str, comparison: str, data: st.DataObject) -> None:
    ruled: Ruled = data.draw(st.sampled_from(FAMILIES[family]))
    weight = data.draw(weights)
    case: Case = data.draw(cases(ruled, comparison, weight=weight))
    fraction = fraction_of(ruled.rule, case)
    if is_decided(ruled, case):
        assert fraction == expected(ruled, case)
    if isinstance(fraction, str):
        return
    mode = data.draw(st.sampled_from(RoundingMode))
    step = data.draw(st.sampled_from([Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(1, 2)]))
    rounding = Rounding(Decimal(text_of_number(step)), mode)
    inputs = {**case.inputs, "weight": (weight.numerator, weight.denominator)}
    score = Fraction(*evaluate(score_formula(ruled.rule.formula(case.kind), rounding), inputs))
    assert score == oracle.rounded(weight * fraction, weight, step, str(mode))


@pytest.mark.parametrize("book", BOOKS, ids=repr)
@given(rule=st.sampled_from(tuple(PRINTED)), data=st.data())
def test_of_every_book(book: Book, rule: str, data: st.DataObject) -> None:
    case, weight = data.draw(rows(book, rule))
    score = scored(book, rule, case, weight)
    ruled = book.ruled(rule)
    if not is_decided(ruled, case):
        return
    fraction = expected(ruled, case)
    if isinstance(fraction, str):
        assert (score.score, str(score.reason)) == (None, fraction)
    else:
        assert score.unrounded == fraction * weight
        assert score.score is not None
        assert Fraction(score.score) == book.rounded(fraction, weight)


@given(book=books, degree=decimals(-200, 300), weight=weights)
def test_a_stated_degree(book: Book, degree: Fraction, weight: Fraction) -> None:
    """A text target and nothing but a percentage: W · min(degree, 1)."""
    score = perfeval.score_indicator(
        "有效提升", f"{text_of_number(degree)}%", weight=text_of_number(weight), rulebook=book.book
    )
    share = max(min(degree / 100, Fraction(1)), Fraction(0))
    assert score.unrounded == weight * share
    assert score.score is not None
    assert Fraction(score.score) == book.rounded(share, weight)
