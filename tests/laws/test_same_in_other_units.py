"""Law: the score is the same in 万元 and 元, on either side, and in any other unit of the dimension."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from laws.cases import PRINTED, Book, Case, books, cells, rows, scored, text_of_number, weights

# unit, and how many of the next make one of it
UNITS = [
    ("万元", "元", 10_000),
    ("亿元", "万元", 10_000),
    ("公里", "米", 1000),
    ("公顷", "平方米", 10_000),
    ("吨", "公斤", 1000),
    ("小时", "分钟", 60),
    ("%", "‰", 10),
]


def result(score: perfeval.IndicatorScore) -> tuple[object, ...]:
    return score.score, score.unrounded, score.reason, score.completion, set(score.notes)


@pytest.mark.parametrize(("large", "small", "factor"), UNITS)
@given(book=books, rule=st.sampled_from([rule for rule in PRINTED if rule != "satisfaction"]), data=st.data())
def test_of_every_book(
    large: str, small: str, factor: int, book: Book, rule: str, data: st.DataObject
) -> None:
    case, weight = data.draw(rows(book, rule))
    (target, actual), (small_target, small_actual) = cells(case, large), cells(case, small, factor=factor)

    def of(target: str, actual: str) -> tuple[object, ...]:
        return result(
            perfeval.score_indicator(
                target, actual, weight=text_of_number(weight), rule=PRINTED[rule], rulebook=book.book
            )
        )

    assert of(target, actual) == of(small_target, small_actual)
    assert of(target, actual) == of(target, small_actual)
    assert of(target, actual) == of(small_target, actual)


@given(book=books, data=st.data())
def test_of_satisfaction(book: Book, data: st.DataObject) -> None:
    """Bands are read at the actual itself, whatever unit of a share it is in."""
    case, weight = data.draw(rows(book, "satisfaction"))
    made: list[tuple[object, ...]] = []
    for (target, _), (_, actual) in (
        (cells(case, "%"), cells(case, "%")),
        (cells(case, "‰", factor=10), cells(case, "‰", factor=10)),
        (cells(case, "%"), cells(case, "‰", factor=10)),
    ):
        score = perfeval.score_indicator(
            target, actual, weight=text_of_number(weight), rule="满意度赋分", rulebook=book.book
        )
        made.append(result(score))
    assert made[0] == made[1] == made[2] == result(scored(book, "satisfaction", case, weight))


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥3亩", "1000平方米"),  # 2000/3 平方米 to the 亩: a ratio without end
        ("≥2000平方米", "1.5亩"),
        ("≥0.2公顷", "1.5亩"),
        ("≥0.002平方公里", "1.5亩"),
    ],
)
def test_units_without_an_end(target: str, actual: str) -> None:
    assert perfeval.score_indicator(target, actual).unrounded == Fraction(5)


@given(book=books, budget=weights, executed=weights, weight=weights)
def test_of_execution(book: Book, budget: Fraction, executed: Fraction, weight: Fraction) -> None:
    def of(unit: Callable[[Fraction], str], other: Callable[[Fraction], str]) -> tuple[object, ...]:
        line = perfeval.score_execution(
            unit(budget), other(executed), text_of_number(weight), rulebook=book.book
        )
        return line.score, line.unrounded, line.rate, line.reason

    def large(amount: Fraction) -> str:
        return f"{text_of_number(amount)}万元"

    def small(amount: Fraction) -> str:
        return f"{text_of_number(10_000 * amount)}元"

    assert of(large, large) == of(small, small) == of(large, small) == of(small, large)
    assert of(large, large) == of(text_of_number, text_of_number)


@given(data=st.data())
def test_a_case_is_written_exactly(data: st.DataObject) -> None:
    """The helper of these tests: a number and its text are the same."""
    number = data.draw(
        st.builds(lambda n, places: Fraction(n, 10**places), st.integers(), st.integers(0, 12))
    )
    assert Fraction(text_of_number(number)) == number
    assert cells(Case("≥", number, number, number), "元")[1] == f"{text_of_number(number)}元"
