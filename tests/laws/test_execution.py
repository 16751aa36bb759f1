"""Laws of the execution rate: bounds, oracle, full at the whole budget, monotone, continuous, under every book."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
import perfeval
from laws.cases import BOOKS, Book, beside, decimals, text_of_number, weights
from perfeval.rules import Kind

amounts = decimals(-10, 10**12)


@st.composite
def lines(draw: st.DrawFn, book: Book) -> tuple[Fraction, Fraction]:
    """A budget and an executed amount near an edge of the rate, or anywhere."""
    budget = draw(amounts)
    if draw(st.booleans()):
        return budget, draw(amounts)
    edges = [edge for edge, _ in book.execution] or [Fraction(1)]
    half_steps = [Fraction(n, 2000) for n in (1, 3, 1999)]
    point = budget * draw(st.sampled_from([*edges, *half_steps, Fraction(0), Fraction(2)]))
    ulp = Fraction(1, 10 ** draw(st.integers(0, 6)))
    return budget, point // ulp * ulp + draw(st.integers(-1, 1)) * ulp


def line_of(
    book: Book, budget: Fraction, executed: Fraction, weight: Fraction = Fraction(10)
) -> perfeval.ExecutionScore:
    return perfeval.score_execution(
        text_of_number(budget), text_of_number(executed), text_of_number(weight), book.book
    )


def expected(book: Book, budget: Fraction, executed: Fraction) -> Fraction | str:
    """The fraction of the weight, or the reason why there is none."""
    found = oracle.execution(budget, executed, Fraction(1))
    if isinstance(found, str) or not book.execution:
        return found
    return oracle.unrounded("banded", ">=", None, executed / budget, Fraction(1), bands=book.execution)


@pytest.mark.parametrize("book", BOOKS, ids=repr)
@given(weight=weights, data=st.data())
def test_equals_the_oracle_within_bounds(book: Book, weight: Fraction, data: st.DataObject) -> None:
    budget, executed = data.draw(lines(book))
    line = line_of(book, budget, executed, weight)
    fraction = expected(book, budget, executed)
    if isinstance(fraction, str):
        assert (line.score, line.unrounded, str(line.reason)) == (None, None, fraction)
        return
    assert line.unrounded == weight * fraction
    assert line.score is not None
    assert 0 <= line.score <= weight
    assert Fraction(line.score) == book.rounded(fraction, weight)
    assert line.rate == oracle.rate_text(budget, executed)
    assert ("over-executed" in line.notes) == (executed > budget)


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_full_at_the_whole_budget_and_above(book: Book) -> None:
    for budget in map(Fraction, ("0.01", "8.90", "1000000000000")):
        for times in map(Fraction, ("1", "1.000001", "1.5", "2", "100")):
            assert line_of(book, budget, budget * times).unrounded == 10


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_monotone(book: Book) -> None:
    points = {Fraction(n, 20) for n in range(61)} | {edge for edge, _ in book.execution}
    amounts_executed = sorted({near for point in points for near in beside(50 * point) if near >= 0})
    scores = [line_of(book, Fraction(50), executed).score for executed in amounts_executed]
    assert None not in scores
    assert scores == sorted(score for score in scores if score is not None)


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_continuous_at_the_budget_unless_by_bands(book: Book) -> None:
    line = line_of(book, Fraction(10**20), Fraction(10**20 - 1))
    assert line.unrounded is not None
    is_continuous = abs(line.unrounded - 10) <= Fraction(1, 10**19)
    assert is_continuous == (not book.execution)
    assert is_continuous or "continuous" in book.book.execution.rule.breaks()


def test_some_book_has_bands_of_execution() -> None:
    assert [book.name for book in BOOKS if book.execution] == ["bands-2021-draft", "execution-bands"]


@pytest.mark.parametrize("book", BOOKS, ids=repr)
@given(data=st.data())
def test_completion(book: Book, data: st.DataObject) -> None:
    """E ÷ B capped at 1, or the factor of the band; four decimals half up."""
    budget, executed = data.draw(lines(book))
    fraction = expected(book, budget, executed)
    found = line_of(book, budget, executed).completion
    if isinstance(fraction, str):
        assert found is None
    else:
        assert found is not None
        assert Fraction(found) == Fraction((fraction * 20_000 + 1) // 2, 10_000)


def test_the_formula_is_that_of_a_floor() -> None:
    for book in BOOKS:
        line = line_of(book, Fraction(3), Fraction(2))
        assert line.compared is not None
        assert line.compared.kind is Kind.AT_LEAST
