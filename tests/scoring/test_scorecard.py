"""Sums: totals, subtotals, counts of what could not be scored, grades of small books."""

from decimal import Decimal

import pytest

from perfeval import Evaluation, Funding, Indicator, Scorecard, Total, score
from scoring.books import book

FUNDING = (Funding(label="年度资金总额", adjusted="100", executed="50", weight="10"),)


def row(
    actual: str, weight: str | int, level1: str | None = "产出指标", score: str | None = "1"
) -> Indicator:
    return Indicator(level1=level1, target="≥10次", actual=actual, weight=weight, score=score)


def card(*rows: Indicator, text: str = "", partial: bool = False, printed: str | None = None) -> Scorecard:
    table = Evaluation(funding=FUNDING, indicators=rows, partial=partial, total=Total(score=printed))
    return score(table, book(text))


def shown(found: Scorecard) -> dict[str, tuple[str, str]]:
    return {name: (str(each.weight), str(each.score)) for name, each in found.subtotals.items()}


def test_an_empty_table() -> None:
    found = score(Evaluation())
    assert (found.total, found.grade) == (None, None)
    assert (str(found.scored_subtotal), str(found.scored_weight)) == ("0", "0")
    assert (dict(found.subtotals), dict(found.unscorable), found.indicators) == ({}, {"no-funding": 1}, ())


def test_a_table_of_funding_alone_has_no_total() -> None:
    found = card()
    assert (found.total, str(found.scored_subtotal), str(found.scored_weight)) == (None, "5.00", "10")


# By level 1, in the order of the table, however it is spaced; None where a row that counts is missing.
def test_subtotals() -> None:
    found = card(
        row("10次", 20),
        row("5次", 20, "产出 指标"),
        row("10次", 30, "效益指标"),
        row("XX", 10, "效益指标"),
        row("10次", "", "满意度指标"),
        row("8次", 10, None),
    )
    assert shown(found) == {
        "产出指标": ("40", "30.00"),
        "效益指标": ("40", "None"),
        "满意度指标": ("0", "0"),
        "": ("10", "8.00"),
    }
    assert dict(found.unscorable) == {"unparsed-actual": 1, "blank-weight": 1}
    assert (found.total, str(found.scored_subtotal), str(found.scored_weight)) == (None, "73.00", "90")


@pytest.mark.parametrize(
    ("rows", "partial", "total", "grade", "subtotal", "weight"),
    [
        ((row("10次", 90),), False, "95.00", "优", "95.00", 100),
        ((row("10次", 90),), True, None, None, "95.00", 100),
        ((row("10次", 90), row("", 5)), False, None, None, "95.00", 100),
        ((row("10次", 90), row("5次", "")), False, "95.00", "优", "95.00", 100),
        ((row("10次", 90), row("5次", "", score="")), False, "95.00", "优", "95.00", 100),
        ((row("10次", 90), row("5次", "XX", score="")), False, "95.00", "优", "95.00", 100),
        ((row("10次", ""),), False, None, None, "5.00", 10),
        ((row("10次", 0),), False, "5.00", "差", "5.00", 10),
    ],
)
def test_total(
    rows: tuple[Indicator, ...],
    partial: bool,
    total: str | None,
    grade: str | None,
    subtotal: str,
    weight: int,
) -> None:
    found = card(*rows, partial=partial)
    assert (None if found.total is None else str(found.total), found.grade) == (total, grade)
    assert (str(found.scored_subtotal), int(found.scored_weight)) == (subtotal, weight)


def test_scores_are_added_in_the_order_of_the_table() -> None:
    found = card(row("10次", 20), row("5次", 20))
    assert [str(each.score) for each in found.scores] == ["5.00", "20.00", "10.00"]


# A row without weight and score is a remark only where other rows have weights.
@pytest.mark.parametrize(
    ("others", "weight", "printed", "reason"),
    [
        ([row("10次", 90)], "", "", "not-applicable"),
        ([row("10次", 90)], None, None, "not-applicable"),
        ([row("10次", 90)], "—", "/", "not-applicable"),
        ([row("10次", 90)], "", "5", "blank-weight"),
        ([row("10次", 90)], "XX", "", "unparsed-weight"),
        ([], "", "", "blank-weight"),
    ],
)
def test_rows_without_weight(
    others: list[Indicator], weight: str | None, printed: str | None, reason: str
) -> None:
    remark = Indicator(target="≥10次", actual="8次", weight=weight, score=printed)
    assert card(*others, remark).indicators[-1].reason == reason


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("95.00分", "95.00"), ("95", "95"), ("", None), (None, None), ("XX", None), ("优", None)],
)
def test_reported_total(printed: str | None, expected: str | None) -> None:
    found = card(row("10次", 90), printed=printed)
    assert found.reported_total == (None if expected is None else Decimal(expected))


GRADES = '[[grades]]\nname = "合格"\nfrom = "60"\n[[grades]]\nname = "不合格"\nfrom = "0"\n'


@pytest.mark.parametrize(
    ("actual", "total", "grade"),
    [("10次", "95.00", "合格"), ("6次", "59.00", "不合格"), ("0次", "5.00", "不合格")],
)
def test_grades_of_a_book(actual: str, total: str, grade: str) -> None:
    found = card(row(actual, 90), text=GRADES)
    assert (str(found.total), found.grade) == (total, grade)


# Weights off the step: the total is the sum of the clamped scores.
@pytest.mark.parametrize(
    ("weights", "text", "total"),
    [
        (("6.666", "6.667"), "", "18.333"),
        (("6.66",), '[rounding]\nstep = "0.1"', "11.66"),
        (("6.66",), '[rounding]\nstep = "1"', "11.66"),
        (("7",), '[rounding]\nstep = "5"', "10"),  # 7 rounds to 5
    ],
)
def test_sum_of_clamped_scores(weights: tuple[str, ...], text: str, total: str) -> None:
    found = card(*(row("10次", weight) for weight in weights), text=text)
    assert found.scored_subtotal == Decimal(total)


# Every rounding that a book can name is seen by grade-edge, also where the rate is rounded first.
@pytest.mark.parametrize(
    ("executed", "actual", "text", "total", "edge"),
    [
        ("100", "88884", "", "90.00", True),  # 79.9956 + 10
        ("100", "88889", "", "90.00", False),
        (
            "99.94",
            "88895",
            '[rounding]\nstep = "0.001"\nrate_first = true',
            "90.004",
            True,
        ),  # 80.0055 + 9.994
        ("100", "88888", '[rounding]\nmode = "truncate"', "89.99", False),  # 79.9992 + 10
    ],
)
def test_grade_edge(executed: str, actual: str, text: str, total: str, edge: bool) -> None:
    table = Evaluation(
        funding=[Funding(adjusted="100", executed=executed, weight="10")],
        indicators=[Indicator(target="≥100000次", actual=f"{actual}次", weight="90")],
    )
    found = score(table, book(text))
    assert (str(found.total), "grade-edge" in found.notes) == (total, edge)
