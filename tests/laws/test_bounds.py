"""Law: 0 ≤ score ≤ W, before and after rounding, and the score has no digit that is finer than the step or W."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.cases import (
    COMPARISONS,
    FAMILIES,
    PRINTED,
    STEP,
    Book,
    Ruled,
    books,
    cases,
    fraction_of,
    rows,
    scored,
)


@pytest.mark.parametrize("family", FAMILIES)
@given(comparison=st.sampled_from(COMPARISONS), data=st.data())
def test_of_every_rule(family: str, comparison: str, data: st.DataObject) -> None:
    ruled: Ruled = data.draw(st.sampled_from(FAMILIES[family]))
    fraction = fraction_of(ruled.rule, data.draw(cases(ruled, comparison)))
    assert isinstance(fraction, str) or 0 <= fraction <= 1


@given(book=books, rule=st.sampled_from(tuple(PRINTED)), data=st.data())
def test_of_every_book(book: Book, rule: str, data: st.DataObject) -> None:
    case, weight = data.draw(rows(book, rule))
    score = scored(book, rule, case, weight)
    assert (score.score is None) == (score.unrounded is None) == (score.reason is not None)
    if score.score is None or score.unrounded is None:
        return
    assert 0 <= score.unrounded <= weight
    assert 0 <= score.score <= weight
    step = Fraction(book.content["rounding"]["step"])
    assert score.score == weight or Fraction(score.score) % step == 0
    assert abs(Fraction(score.score) - score.unrounded) < (2 if book.name == "rate-first" else 1) * max(
        step, weight * STEP / 100
    )
