"""§1: total, partial tables, rows without weight, grades; §9's example as one form."""

from decimal import Decimal

import pytest

import perfeval
from semantics.checks import notes_of, outcome
from semantics.tables import form, fund, row


def test_total_is_the_sum_of_rounded_scores() -> None:
    # 3 × 6.666… are 20.00, but the rows print 6.67
    card = perfeval.score(
        form([fund()], [row("≥3次", "2次", "10"), row("≥3次", "2次", "10"), row("≥3次", "2次", "10")])
    )
    assert str(card.total) == "30.01"
    assert str(card.scored_subtotal) == "30.01"
    assert card.scored_weight == Decimal(40)
    assert dict(card.unscorable) == {}


def test_the_example_form() -> None:
    """§9: 差旅费 9.96, execution 1.79, total 91.75."""
    rows = [
        row(">=3次", "=3次", "15", score="15", level3="外出调研次数"),
        row("=100%", "=100%", "15", score="15", level2="质量指标", level3="合规率", rule="直接赋分"),
        row("2024年12月底前", "2024年12月", "10", score="10", level2="时效指标", level3="完成时间"),
        row(
            "<=8.90万元",
            "=8.94万元",
            "10",
            score="10",
            level1="成本指标",
            level2="经济成本指标",
            level3="差旅费",
        ),
        row(
            "<=41.1万元", "=0万元", "10", score="0", level1="成本指标", level2="经济成本指标", level3="办展费"
        ),
        row(
            "有效提升",
            "有效提升",
            "20",
            score="20",
            level1="效益指标",
            level2="社会效益指标",
            level3="影响力",
            rule="按评判等级赋分",
        ),
        row(
            ">=90%",
            "=100%",
            "10",
            score="10",
            level1="满意度指标",
            level2="满意度指标",
            level3="企业满意度",
            rule="满意度赋分",
        ),
    ]
    card = perfeval.score(form([fund(adjusted="50.00", executed="8.94", score="1.79分")], rows))
    assert (outcome(card.execution), card.execution.rate, card.execution.verdict) == (
        "1.79",
        "17.88%",
        "equal",
    )
    assert [outcome(s) for s in card.indicators] == [
        "15.00",
        "15.00",
        "10.00",
        "9.96",
        "10.00",
        "20.00",
        "10.00",
    ]
    assert [s.verdict for s in card.indicators] == ["equal"] * 3 + ["coarse", "below"] + ["equal"] * 2
    assert (str(card.indicators[3].completion), card.indicators[3].family) == ("0.9955", "ratio")
    assert notes_of(card.indicators[3]) == set()
    assert notes_of(card.indicators[4]) == {"zero-under-ceiling"}
    assert (str(card.total), card.grade) == ("91.75", "优")
    assert (str(card.scored_subtotal), card.scored_weight) == ("91.75", Decimal(100))
    assert {name: (s.weight, str(s.score)) for name, s in card.subtotals.items()} == {
        "产出指标": (Decimal(40), "40.00"),
        "成本指标": (Decimal(20), "19.96"),
        "效益指标": (Decimal(20), "20.00"),
        "满意度指标": (Decimal(10), "10.00"),
    }
    assert dict(card.unscorable) == {}
    assert set(card.notes) == set()


# A row that has a weight and cannot be scored: no total, no grade, the parts beside it.
@pytest.mark.parametrize(
    ("target", "actual", "rule", "reason"),
    [
        ("≥3次", "", "", "blank-actual"),
        ("", "3次", "", "blank-target"),
        ("≥3次", "XX", "", "unparsed-actual"),
        ("XX", "3次", "", "unparsed-target"),
        ("≥3次", "5%", "", "unit-mismatch"),
        ("≥90%", "0.95", "", "unit-ambiguous"),
        ("有效提升", "较好", "", "needs-judgement"),
        ("有效提升", "较好", "按比例赋分", "rule-unfit"),
        ("≥3次", "2次", "少一次扣1分", "no-rule"),
        ("≥-5%", "-6%", "", "negative-target"),
        ("≥3次", "不适用", "", "not-applicable"),  # it has a weight
    ],
)
def test_no_total_with_an_unscorable_row(target: str, actual: str, rule: str, reason: str) -> None:
    rows = [row("≥10次", "8次", "60"), row(target, actual, "30", rule=rule)]
    card = perfeval.score(form([fund(executed="50.00")], rows))
    assert (card.total, card.grade) == (None, None)
    assert str(card.scored_subtotal) == "53.00"
    assert card.scored_weight == Decimal(70)
    assert dict(card.unscorable) == {reason: 1}


def test_unscorable_rows_are_counted_by_reason() -> None:
    rows = [row("≥3次", "", "20"), row("≥3次", "", "20"), row("≥3次", "XX", "20"), row("≥3次", "3次", "30")]
    card = perfeval.score(form([fund()], rows))
    assert dict(card.unscorable) == {"blank-actual": 2, "unparsed-actual": 1}
    assert (card.total, str(card.scored_subtotal), card.scored_weight) == (None, "40.00", Decimal(40))


# An unscorable execution line with a weight: no total either.
@pytest.mark.parametrize(
    ("adjusted", "executed"), [("0", "5"), ("", "5"), ("100", ""), ("XX", "5"), ("100", "XX"), ("-1", "5")]
)
def test_no_total_without_execution(adjusted: str, executed: str) -> None:
    card = perfeval.score(
        form([fund(adjusted=adjusted, executed=executed, initial=adjusted)], [row("≥3次", "3次", "90")])
    )
    assert (card.total, card.grade, str(card.scored_subtotal)) == (None, None, "90.00")
    assert card.scored_weight == Decimal(90)


# No funding row: total null unless the row weights reach 100.
@pytest.mark.parametrize(("weight", "total"), [("90", None), ("99.99", None), ("100", "80.00")])
def test_no_funding(weight: str, total: str | None) -> None:
    card = perfeval.score(form([], [row("≥10次", "8次", weight)]))
    assert (None if card.total is None else str(card.total)) == total
    assert card.execution.status == "unscorable"


def test_no_funding_is_the_reason() -> None:
    assert outcome(perfeval.score(form([], [row("≥10次", "8次", "90")])).execution) == "no-funding"


# Partial tables have no total, however complete they look.
def test_partial() -> None:
    card = perfeval.score(form([fund()], [row("≥10次", "8次", "90")], partial=True))
    assert (card.total, card.grade) == (None, None)
    assert (str(card.scored_subtotal), card.scored_weight) == ("82.00", Decimal(100))
    assert dict(card.unscorable) == {}


# Weight and score both blank or a dash, where other rows have weights: counted, but the total stands.
@pytest.mark.parametrize(("weight", "score"), [("", ""), ("—", "—"), ("", "—"), ("/", ""), ("-", "-")])
def test_row_that_does_not_apply(weight: str, score: str) -> None:
    rows = [row("≥10次", "8次", "90"), row("≥10次", "5次", weight, score=score)]
    card = perfeval.score(form([fund()], rows))
    assert outcome(card.indicators[1]) == "not-applicable"
    assert (str(card.total), dict(card.unscorable)) == ("82.00", {"not-applicable": 1})


# Weight blank but a score reported: blank-weight, outside Σ and total; completion all the same.
def test_row_without_weight() -> None:
    rows = [row("≥10次", "8次", "90"), row("≥10次", "5次", "", score="5")]
    card = perfeval.score(form([fund()], rows))
    assert (outcome(card.indicators[1]), str(card.indicators[1].completion)) == ("blank-weight", "0.5000")
    assert (str(card.total), str(card.scored_subtotal), card.scored_weight) == (
        "82.00",
        "82.00",
        Decimal(100),
    )
    assert dict(card.unscorable) == {"blank-weight": 1}


# No row has a weight: then blank is blank-weight, not not-applicable.
def test_form_without_weights() -> None:
    card = perfeval.score(
        form([fund()], [row("≥10次", "5次", "", score=""), row("≥10次", "8次", "", score="")])
    )
    assert [outcome(s) for s in card.indicators] == ["blank-weight", "blank-weight"]


# Grades, lower edge inclusive, from the rounded total. Total = 10 + A ÷ 100.
@pytest.mark.parametrize("book", ["common-practice", "platform", "hubei"])
@pytest.mark.parametrize(
    ("actual", "total", "grade"),
    [
        ("9000", "100.00", "优"),
        ("8000", "90.00", "优"),
        ("7999", "89.99", "良"),
        ("7000", "80.00", "良"),
        ("6999", "79.99", "中"),
        ("5000", "60.00", "中"),
        ("4999", "59.99", "差"),
        ("0", "10.00", "差"),
    ],
)
def test_grades(actual: str, total: str, grade: str, book: str) -> None:
    card = perfeval.score(form([fund()], [row("≥9000次", f"{actual}次", "90")]), rulebook=book)
    assert (str(card.total), card.grade) == (total, grade)
    assert "grade-edge" not in card.notes


# Note grade-edge: the unrounded total would give another grade.
@pytest.mark.parametrize(
    ("actuals", "weight", "total", "grade", "edge"),
    [
        (["88884"], "90", "90.00", "优", True),  # 79.9956 + 10
        (["88889"], "90", "90.00", "优", False),  # 80.0001 + 10
        (["88880", "88880", "88913"], "30", "89.99", "良", True),  # 26.664 + 26.664 + 26.6739 + 10 = 90.0019
        (["88880", "88880", "88880"], "30", "89.98", "良", False),  # 79.992 + 10
        (["55551"], "90", "60.00", "中", True),  # 49.9959 + 10
        (["77773"], "90", "80.00", "良", True),  # 69.9957 + 10
        (["77770"], "90", "79.99", "中", False),  # 69.993 + 10
    ],
)
def test_grade_edge(actuals: list[str], weight: str, total: str, grade: str, edge: bool) -> None:
    rows = [row("≥100000次", f"{actual}次", weight) for actual in actuals]
    card = perfeval.score(form([fund()], rows))
    assert (str(card.total), card.grade, "grade-edge" in card.notes) == (total, grade, edge)


# A filler row without anything does not take the total away.
def test_filler_row() -> None:
    rows = [row("≥10次", "8次", "90"), row("", "", "", score="", level3="指标2：", rule="")]
    assert str(perfeval.score(form([fund()], rows)).total) == "82.00"


# The weights of rows may be printed as 20% or 10分.
def test_weights_as_printed() -> None:
    rows = [row("≥10次", "8次", "60%"), row("≥10次", "8次", "30分")]
    card = perfeval.score(form([fund()], rows))
    assert (str(card.total), card.scored_weight) == ("82.00", Decimal(100))


# Deadlines take their year from the table.
def test_year_of_the_form() -> None:
    rows = [row("12月底前", "2024年12月31日", "45"), row("12月底前", "2025年1月1日", "45", rule="直接赋分")]
    card = perfeval.score(form([fund()], rows))
    assert [outcome(s) for s in card.indicators] == ["45.00", "0.00"]


# Printed weight of the execution line outside [0, 20]: no total can be said.
def test_printed_weight_above_20_has_no_total() -> None:
    card = perfeval.score(form([fund(weight="50")], [row("≥3次", "3次", "50")]))
    assert (outcome(card.execution), card.total) == ("unparsed-weight", None)
