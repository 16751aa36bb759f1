"""Law monotone: doing better never scores worse; a rule that breaks this says so.

Better is more for ≥ and =, less for ≤ and for = 0, and nearer for a range. A row that is refused has no marks
to compare.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laws.cases import (
    BANDED,
    COMPARISONS,
    DIRECT,
    GRADED,
    PROPORTIONAL,
    STATED,
    Book,
    Case,
    Ruled,
    beside,
    books,
    cases,
    fraction_of,
    scored,
    thresholds,
    weights,
)

LAW = "monotone"


def distance(case: Case) -> Fraction:
    """How far a row is from what is best: the less, the better."""
    if case.comparison == "range":
        return max(case.low - case.actual, case.actual - case.high, Fraction(0))
    falls = case.comparison == "<=" or (case.comparison == "=" and case.low == 0)
    return case.actual if falls else -case.actual


def broken_by(ruled: Ruled) -> Iterator[tuple[Case, Case]]:
    """Give pairs of rows of which the second does better and scores worse."""
    for comparison, low in product(COMPARISONS, map(Fraction, ("0", "0.5", "0.9", "8.90", "-5"))):
        high = low + 3 if comparison == "range" else low
        points = {each for point in thresholds(low, high, ruled.settings) for each in beside(point)}
        sides = [points]
        if comparison == "range":
            sides = [{x for x in points if x <= high}, {x for x in points if x >= low}]
        for side in sides:
            rows = sorted((Case(comparison, low, high, x) for x in side), key=distance, reverse=True)
            marks = [(row, made) for row in rows if not isinstance(made := fraction_of(ruled.rule, row), str)]
            yield from ((a, b) for (a, first), (b, second) in pairwise(marks) if second < first)


def declares(ruled: Ruled) -> bool:
    return LAW in ruled.rule.breaks()


def should_break(ruled: Ruled) -> bool:
    """What §6 and the settings say: exact equality, no marks for 0 under a ceiling, a ladder."""
    settings = ruled.settings
    # "unscorable" is no loss: a row that is for a person has no marks to compare.
    lost = settings.get("zero_under_ceiling") == "zero"
    return settings.get("equality") == "exact" or lost or bool(settings.get("ladder"))


KEEPING = [ruled for ruled in (*PROPORTIONAL, *DIRECT, *GRADED, *STATED) if not should_break(ruled)]
BREAKING = [ruled for ruled in (*PROPORTIONAL, *DIRECT) if should_break(ruled)]


@pytest.mark.parametrize("ruled", KEEPING, ids=repr)
def test_kept(ruled: Ruled) -> None:
    assert list(broken_by(ruled)) == []
    assert not declares(ruled)


@pytest.mark.parametrize("family", [PROPORTIONAL, DIRECT], ids=["proportional", "direct"])
def test_declared_and_really_broken(family: tuple[Ruled, ...]) -> None:
    breaking = [ruled for ruled in BREAKING if ruled in family]
    assert len(breaking) >= 4
    for ruled in breaking:
        assert next(broken_by(ruled), None), ruled
        assert declares(ruled), ruled


# Bands look at the value itself: more is never worse ...
@pytest.mark.parametrize("ruled", BANDED, ids=repr)
def test_bands_of_a_floor(ruled: Ruled) -> None:
    assert [pair for pair in broken_by(ruled) if pair[0].comparison == ">="] == []


# ... but of a ceiling (投诉率≤60%: 60 % does better than 90 %) less is better, and earns less.
def test_bands_break_it_only_if_they_say_so() -> None:
    assert [ruled for ruled in BANDED if declares(ruled) != any(broken_by(ruled))] == []


@given(
    book=books,
    rule=st.sampled_from(["proportional", "direct", "satisfaction"]),
    weight=weights,
    data=st.data(),
)
def test_of_every_book(book: Book, rule: str, weight: Fraction, data: st.DataObject) -> None:
    """Rounding keeps the order."""
    ruled = book.ruled(rule)
    assume(not should_break(ruled))
    comparison = data.draw(st.sampled_from(COMPARISONS if ruled.name != "banded" else (">=",)))
    first = data.draw(cases(ruled, comparison, weight=weight))
    step = abs(data.draw(cases(ruled, comparison, weight=weight)).actual)
    second = Case(comparison, first.low, first.high, first.actual + step)
    if comparison == "range":
        assume((first.actual < first.low) == (second.actual < first.low))
    worse, better = sorted((first, second), key=distance, reverse=True)
    scores = [scored(book, rule, case, weight).score for case in (worse, better)]
    if scores[0] is not None and scores[1] is not None:
        assert scores[0] <= scores[1]


@pytest.mark.parametrize(
    ("comparison", "low", "actual", "expected"),
    [
        (">=", 1, 2, -2),
        ("=", 1, 2, -2),
        ("=", 0, 2, 2),
        ("<=", 1, 2, 2),
        ("range", 3, 2, 1),
        ("range", 3, 9, 1),
    ],
)
def test_what_is_better(comparison: str, low: int, actual: int, expected: int) -> None:
    assert distance(Case(comparison, Fraction(low), Fraction(low + 5), Fraction(actual))) == expected
