"""Laws of `weights.inapplicable = "rescale"`: rows that say 不适用 taken out, the rest rescaled, exact, rounded once."""

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import perfeval
from perfeval.formula import RoundingMode, round_pair
from perfeval.rulebook import Inapplicable, RuleBook
from semantics.tables import form, fund, row


def book_with(inapplicable: Inapplicable, mode: RoundingMode = RoundingMode.HALF_UP) -> RuleBook:
    book = perfeval.load_rulebook("common-practice")
    return attrs.evolve(
        book,
        weights=attrs.evolve(book.weights, inapplicable=inapplicable),
        rounding=attrs.evolve(book.rounding, mode=mode),
    )


KEEP = book_with(Inapplicable.KEEP)
RESCALE = {mode: book_with(Inapplicable.RESCALE, mode) for mode in RoundingMode}

points = st.integers(1, 4000).map(lambda hundredths: f"{Decimal(hundredths) / 100:f}")
actuals = st.integers(0, 300).map(lambda number: f"{number}次")
applying = st.builds(row, st.just(">=200次"), actuals, points)
removed = st.builds(
    lambda cells, weight: row(cells[0], cells[1], weight),
    st.sampled_from([("不适用", "3次"), (">=3次", "不适用"), ("", "不适用"), ("N/A", "")]),
    st.one_of(points, st.just("")),
)
money = st.integers(0, 120).map(lambda executed: fund(executed=f"{executed}.00"))


@given(fund=money, rows=st.lists(applying, min_size=1, max_size=6), mode=st.sampled_from(RoundingMode))
def test_without_such_rows_nothing_changes(
    fund: perfeval.Funding, rows: list[perfeval.Indicator], mode: RoundingMode
) -> None:
    kept = perfeval.score(form([fund], rows), book_with(Inapplicable.KEEP, mode))
    made = perfeval.score(form([fund], rows), RESCALE[mode])
    assert (made.total, made.grade, made.notes) == (kept.total, kept.grade, kept.notes)


@given(
    fund=money,
    rows=st.lists(applying, min_size=1, max_size=6),
    others=st.lists(removed, min_size=1, max_size=3),
    mode=st.sampled_from(RoundingMode),
)
def test_the_total_is_exact_and_rounded_once(
    fund: perfeval.Funding,
    rows: list[perfeval.Indicator],
    others: list[perfeval.Indicator],
    mode: RoundingMode,
) -> None:
    made = perfeval.score(form([fund], [*others, *rows]), RESCALE[mode])
    alone = perfeval.score(form([fund], rows), RESCALE[mode])
    weight = 10 + sum(Fraction(row.weight.text) for row in rows if row.weight)
    exact = Fraction(alone.scored_subtotal) * 100 / weight
    assert made.total is not None
    assert Fraction(made.total) == Fraction(*round_pair(*exact.as_integer_ratio(), (1, 100), mode))
    assert made.total.as_tuple().exponent == -2
    assert ("rescaled" in made.notes) == (weight != 100)
    # What is counted beside the total, and every score, stays what it is.
    assert (made.scored_subtotal, made.scored_weight) == (alone.scored_subtotal, alone.scored_weight)
    assert [score.score for score in made.indicators] == [
        *[None] * len(others),
        *(score.score for score in alone.indicators),
    ]


@given(fund=money, rows=st.lists(applying, min_size=1, max_size=6), other=removed)
def test_subtotals_are_those_of_keep(
    fund: perfeval.Funding, rows: list[perfeval.Indicator], other: perfeval.Indicator
) -> None:
    table = form([fund], [*rows, other])
    kept, made = perfeval.score(table, KEEP), perfeval.score(table, RESCALE[RoundingMode.HALF_UP])
    assert dict(made.subtotals) == dict(kept.subtotals)
    assert dict(made.unscorable) == dict(kept.unscorable)


@given(rows=st.lists(applying, min_size=1, max_size=6), other=removed, factor=st.sampled_from([2, 5, 10]))
def test_only_the_proportions_of_the_weights_matter(
    rows: list[perfeval.Indicator], other: perfeval.Indicator, factor: int
) -> None:
    """Full marks everywhere: 100, whatever the weights of what applies."""
    full = [attrs.evolve(row, actual="200次") for row in rows]
    assume(all(row.weight and Decimal(row.weight.text) * factor <= 100 for row in full))
    heavier = [
        attrs.evolve(row, weight=f"{Decimal(row.weight.text) * factor:f}") for row in full if row.weight
    ]
    for given_rows in (full, heavier):
        card = perfeval.score(form([fund()], [*given_rows, other]), RESCALE[RoundingMode.HALF_UP])
        assert (str(card.total), card.grade) == ("100.00", "优")


@given(others=st.lists(removed, min_size=1, max_size=4))
def test_no_total_where_nothing_applies(others: list[perfeval.Indicator]) -> None:
    for book in (KEEP, *RESCALE.values()):
        assert perfeval.score(form([fund()], others), book).total is None


# Everything else that takes a total away still does.
@pytest.mark.parametrize(
    ("funds", "rows", "partial"),
    [
        ([fund()], [row(">=3次", "", "80")], False),
        ([fund()], [row(">=3次", "XX", "80")], False),
        ([fund(executed="")], [row(">=3次", "3次", "80")], False),
        ([fund(adjusted="0", executed="0")], [row(">=3次", "3次", "80")], False),
        ([], [row(">=3次", "3次", "80")], False),
        ([fund()], [row(">=3次", "3次", "80")], True),
        ([fund(weight="0")], [row(">=3次", "3次", "0")], False),  # nothing that applies weighs anything
    ],
)
def test_what_else_has_no_total(
    funds: list[perfeval.Funding], rows: list[perfeval.Indicator], partial: bool
) -> None:
    table = form(funds, [*rows, row("", "不适用", "10")], partial=partial)
    card = perfeval.score(table, RESCALE[RoundingMode.HALF_UP])
    assert (card.total, card.grade) == (None, None)
    assert "rescaled" not in card.notes


# rows; total and note under rescale; total under keep.
@pytest.mark.parametrize(
    ("rows", "total", "note", "kept"),
    [
        # 10 + 72 of 90 points: 91.11
        ([row(">=10次", "9次", "80"), row("", "不适用", "10")], "91.11", True, None),
        # the weight was left out of the form: keep adds up what is there
        ([row(">=10次", "9次", "80"), row("", "不适用", "", score="")], "91.11", True, "82.00"),
        # the weight was shared out already
        ([row(">=10次", "9次", "90"), row("", "不适用", "", score="")], "91.00", False, "91.00"),
        ([row(">=10次", "9次", "90"), row("", "不适用", "0")], "91.00", False, None),
        # a remark says nothing of the kind: nothing is rescaled
        ([row(">=10次", "9次", "80"), row(">=3次", "3次", "", score="")], "82.00", False, "82.00"),
        ([row(">=10次", "9次", "80"), row("—", "—", "", score="—")], "82.00", False, "82.00"),
    ],
)
def test_totals(rows: list[perfeval.Indicator], total: str, note: bool, kept: str | None) -> None:
    card = perfeval.score(form([fund()], rows), RESCALE[RoundingMode.HALF_UP])
    assert (str(card.total), "rescaled" in card.notes) == (total, note)
    other = perfeval.score(form([fund()], rows), KEEP).total
    assert (None if other is None else str(other)) == kept


def test_where_the_rows_are_the_execution_rate() -> None:
    rows = [
        row(">=100%", "90%", "10", level3="预算执行率"),
        row(">=10次", "9次", "70"),
        row("", "不适用", "20"),
    ]
    card = perfeval.score(form([fund(weight="")], rows), RESCALE[RoundingMode.HALF_UP])
    assert (card.execution.score, str(card.total)) == (None, "90.00")


# 79.9956 + 10 of 100 points that apply, and 79.9956 × 100 ÷ 90 beside a row that does not.
def test_the_grade_is_that_of_the_rescaled_total() -> None:
    rows = [row(">=100000次", "88884次", "80"), row("", "不适用", "10")]
    card = perfeval.score(form([fund()], rows), RESCALE[RoundingMode.HALF_UP])
    assert (str(card.total), card.grade) == ("90.12", "优")
    edge = perfeval.score(form([fund()], [row(">=100000次", "88749次", "80"), row("", "不适用", "10")]),
                          RESCALE[RoundingMode.HALF_UP])  # fmt: skip
    # 80.9992 × 100 ÷ 90 = 89.9991: printed 90.00, because 70.9992 was printed 71.00
    assert (str(edge.total), edge.grade, set(edge.notes)) == ("90.00", "优", {"rescaled", "grade-edge"})


def test_the_explanation_gives_the_total() -> None:
    card = perfeval.score(
        form([fund()], [row(">=10次", "9次", "80"), row("", "不适用", "10")]), RESCALE[RoundingMode.HALF_UP]
    )
    chinese, english = card.explain("zh"), card.explain("en")
    assert "总分 91.11 = (10.00 + 72.00) × 100 ÷ 90，等级 优" in chinese
    assert "设置：weights.inapplicable = rescale；依据：" in chinese
    assert "注：有指标不适用，总分按其余指标的分值折算（rescaled）" in chinese
    assert "total 91.11 = (10.00 + 72.00) × 100 ÷ 90, grade 优" in english
    assert Fraction(82 * 100, 90) - Fraction("91.11") < Fraction(1, 200)
