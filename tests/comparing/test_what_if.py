"""What would have been: other cells, another book."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import Evaluation, Funding, Indicator, UsageError, score, what_if
from perfeval.testing.strategies import evaluations

_TABLE = Evaluation(
    name="差旅",
    funding=[Funding(label="年度资金总额", adjusted="50.00", executed="8.94")],
    indicators=[
        Indicator(level1="产出指标", level3="次数", target=">=3次", actual="3次", weight=50, score=50),
        Indicator(
            level1="成本指标", level3="差旅费", target="<=8.90万元", actual="8.94万元", weight=40, score=40
        ),
    ],
)


def test_another_actual_changes_its_row_and_the_total() -> None:
    change = what_if(_TABLE, {"差旅费.actual": "8.90万元"})
    assert [(str(before.score), str(after.score)) for before, after in change.rows] == [("39.82", "40.00")]
    assert (str(change.first.total), str(change.second.total)) == ("91.61", "91.79")
    assert change == what_if(_TABLE, {"indicators[1].actual": "8.90万元"})


def test_money_weights_and_books() -> None:
    changes = {"年度资金总额.executed": 50, "indicators[0].weight": 40, "indicators[1].weight": "50"}
    change = what_if(score(_TABLE), changes, "hubei")
    assert change.first.rulebook.id == "common-practice"
    assert change.second.rulebook.id == "hubei"
    assert str(change.second.execution.score) == "20.00"  # hubei gives the rate 20 points
    assert change.second.indicators[1].weight == 50


@given(evaluations(), st.data())
def test_it_is_the_score_of_the_table_with_that_cell(table: Evaluation, data: st.DataObject) -> None:
    assert what_if(table).is_none
    number = data.draw(st.integers(0, len(table.indicators) - 1))
    actual = data.draw(st.sampled_from(["1次", "", "—", "95%", "2.5万元", "已完成"]))
    rows = list(table.indicators)
    rows[number] = attrs.evolve(rows[number], actual=actual)
    change = what_if(table, {f"indicators[{number}].actual": actual})
    expected = score(attrs.evolve(table, indicators=rows))
    assert change.second.total == expected.total
    assert [one.score for one in change.second.scores] == [one.score for one in expected.scores]


@pytest.mark.parametrize(
    ("path", "cell", "code"),
    [
        ("住宿费.actual", "1", "CALL-WHAT-IF-ROW"),
        ("indicators[2].actual", "1", "CALL-WHAT-IF-ROW"),
        ("actual", "1", "CALL-WHAT-IF-ROW"),
        ("差旅费", "1", "CALL-WHAT-IF-FIELD"),
        ("差旅费.actuals", "1", "CALL-WHAT-IF-FIELD"),
        ("差旅费.actual", 8.9, "CALL-FLOAT"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(path: str, cell: object, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        what_if(_TABLE, {path: cell})
    assert refused.value.message.code == code


def test_two_rows_of_one_name_have_to_be_told_apart() -> None:
    twice = attrs.evolve(_TABLE, indicators=[*_TABLE.indicators, _TABLE.indicators[1]])
    with pytest.raises(UsageError, match=r"indicators\[1\] indicators\[2\]"):
        what_if(twice, {"差旅费.actual": "1"})
