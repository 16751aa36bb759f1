"""Law: the steps, parsed back from the printed explanation, give the printed score."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from laws.cases import BOOKS, PRINTED, Book, books, decimals, rows, scored, text_of_number, weights
from laws.printed import Line, computed, is_step, read_line
from perfeval.messages import LANGUAGES, Language

ROWS = [
    (f"{target}%", f"{actual}%")
    for target in ("≥90", "=90", "≤60")
    for actual in ("0", "47", "85.01", "90", "117", "200")
]


def lines_of(text: str) -> list[Line]:
    return [read_line(line) for line in text.splitlines() if is_step(line)]


def check(score: perfeval.IndicatorScore | perfeval.ExecutionScore, language: Language) -> None:
    """Every printed step computes to what it says, and the last one says the score."""
    steps = [read_line(step.text(language)) for step in score.steps]
    explained = lines_of(score.explain(language))
    assert explained == steps
    if score.score is None:
        assert not steps
        return
    assert [line.computed for line in steps] == [line.value for line in steps]
    assert steps[-1].value == Fraction(score.score)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", PRINTED)
@given(book=books, data=st.data())
def test_of_every_book(rule: str, language: Language, book: Book, data: st.DataObject) -> None:
    case, weight = data.draw(rows(book, rule))
    check(scored(book, rule, case, weight), language)


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_of_every_book_at_every_threshold(book: Book) -> None:
    weight = "33.335"
    for rule in ("proportional", "satisfaction"):
        for target, actual in ROWS:
            score = perfeval.score_indicator(target, actual, weight, PRINTED[rule], rulebook=book.book)
            check(score, "zh")


@given(book=books, budget=weights, executed=weights, weight=weights, language=st.sampled_from(LANGUAGES))
def test_of_execution(
    book: Book, budget: Fraction, executed: Fraction, weight: Fraction, language: Language
) -> None:
    line = perfeval.score_execution(
        text_of_number(budget), text_of_number(executed), text_of_number(weight), book.book
    )
    check(line, language)
    rate = re.search(r"([\d.]+)\D* ÷ \D*([\d.]+).* = ([\d.]+)%", line.explain(language).splitlines()[0])
    if line.rate is None:
        assert rate is None
        return
    assert rate
    share = Fraction(rate[1]) / Fraction(rate[2]) if language == "zh" else Fraction(executed / budget)
    assert Fraction(rate[3]) == Fraction((share * 20_000 + 1) // 2, 100)


@given(book=books, degree=decimals(-200, 300), weight=weights, language=st.sampled_from(LANGUAGES))
def test_of_a_stated_degree(book: Book, degree: Fraction, weight: Fraction, language: Language) -> None:
    percentage = f"{text_of_number(degree)}%"
    check(
        perfeval.score_indicator("有效提升", percentage, weight=text_of_number(weight), rulebook=book.book),
        language,
    )


# Rows whose figures are shown in another unit, without end, negative, or in no unit.
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥3亩", "1000平方米"),
        ("≥7平方米", "0.001亩"),
        ("≤0.01亩", "7平方米"),
        ("≥1000米", "0.7公里"),
        ("≥1小时", "7分钟"),
        ("≥200万", "195.5"),
        ("200万", "195.5万元"),
        ("≥98%", "95"),
        ("≥98", "95%"),
        ("≥9成", "85%"),
        ("≥1年", "7个月"),
        ("≥-5%", "-4%"),
        ("3-5次", "2次"),
        ("3-5次", "4次"),
        ("3-5次", "7次"),
        ("0.01-0.02亩", "5平方米"),
        ("0-5万元", "-1元"),
        ("12月底前", "11月"),
        ("有效提升", "有效提升"),
        ("约200人", "190余人"),
    ],
)
def test_of_odd_cells(target: str, actual: str, language: Language) -> None:
    score = perfeval.score_indicator(target, actual, year=2024)
    assert score.score is not None
    check(score, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_whole_card(language: Language) -> None:
    """The total is the sum that is printed behind it, of the scores that are printed above it."""
    table = perfeval.Evaluation(
        kind="project",
        name="x",
        year="2024",
        amount_unit="万元",
        funding=[perfeval.Funding(label="年度资金总额", adjusted="50.00", executed="8.94", weight="10")],
        indicators=[
            perfeval.Indicator(
                level1="产出指标", level3="走访次数", target=target, actual=actual, weight=weight
            )
            for target, actual, weight in [
                ("≥3次", "2次", "33.335"),
                ("≥7次", "6次", "20"),
                ("≤8.90万元", "8.94万元", "26.665"),
                ("有效提升", "93%", "10"),
            ]
        ],
        total=perfeval.Total(weight="100", score="80"),
    )
    card = perfeval.score(table)
    text = card.explain(language)
    assert card.total is not None
    found = re.search(r"([\d.]+) = ([\d.]+(?: \+ [\d.]+)+)", text.splitlines()[-2])
    assert found
    assert Fraction(found[1]) == computed(found[2]) == Fraction(card.total)
    scores = [line for line in lines_of(text) if line.value == line.computed]
    assert [line.value for line in scores] == [Fraction(term) for term in found[2].split(" + ")]


# The reader of these tests.
@pytest.mark.parametrize(
    ("line", "value", "result", "why"),
    [
        ("9.96 = 10 × 8.90 ÷ 8.94，四舍五入到 0.01：8.94 超过", "9.96", "9.96", "8.94 超过"),
        ("9.95 = 10 × 8.90 ÷ 8.94, truncated to 0.01: x", "9.95", "9.95", "x"),
        ("  7 = 10 - (2 + 1)", "7", "7", ""),
        ("8 = 10 - -4 ÷ -2：好", "8", "8", "好"),
        ("2 ÷ 3 = 1 - 1 ÷ 3", "2/3", "2/3", ""),
        ("0.02 = 0.025，四舍六入五成双到 0.01", "0.02", "0.02", ""),
        ("-0.03 = -0.025, rounded half up to 0.01", "-0.03", "-0.03", ""),
        ("8 = 10 × 2 ÷ 3", "8", "20/3", ""),
    ],
)
def test_the_reader(line: str, value: str, result: str, why: str) -> None:
    assert read_line(line) == Line(Fraction(value), Fraction(result), why)
