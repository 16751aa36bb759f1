"""One fact, one finding: what else follows from it hangs under it, and the examples of the checks show one fact each."""

import pytest

from perfeval.auditing import CHECKS, Check, audit
from perfeval.auditing.check import OUTSIDE
from perfeval.auditing.examples import CLEAN, changed
from perfeval.table import Evaluation

ALWAYS_NESTED = {"PE212"}  # says what becomes of the total: under the rows found too high
ALSO = {"PE602": {"PE117"}}  # what is between tables cannot hang under a row, nor a row under it
DEFAULT = [check.code for check in CHECKS if not check.is_optional]


def top(*tables: Evaluation, check: Check = CHECKS[0]) -> list[str]:
    """Codes at top level, of all checks that run by themselves and of one more, beside its book, outside and ignores."""
    selected = {*DEFAULT, check.code}
    return [
        one.code
        for one in audit(
            tables,
            check.rulebook,
            previous=check.previous,
            approved=check.approved,
            ledger=check.ledger,
            ignores=check.ignores,
            select=selected,
        ).findings
    ]


@pytest.mark.parametrize("check", CHECKS, ids=[check.code for check in CHECKS])
def test_each_wrong_example_raises_its_code_alone(check: Check) -> None:
    is_together = check.scope == "unit" or check.scope in OUTSIDE
    hosts = [check.wrong] if is_together else [(table,) for table in check.wrong]
    for host in hosts:
        found = set(top(*host, check=check))
        if check.code in ALWAYS_NESTED:
            nested = {under.code for one in audit(host).findings for under in one.consequences}
            assert check.code in nested - found
        else:
            assert found == {check.code} | ALSO.get(check.code, set())


def test_total_zero_over_parts_is_one_finding() -> None:
    """Neither the rate nor the budget of 0 nor the change from 年初 is another fact."""
    assert top(changed(funding_0_adjusted="0")) == ["PE406"]
    assert top(changed(funding_0_executed="0")) == ["PE406"]


def test_control_rate_follows_the_money() -> None:
    row = {
        "indicators_2_level3": "成本控制率",
        "indicators_2_target": "<=100%",
        "indicators_2_actual": "98%",
        "indicators_2_previous_year": "",
    }
    assert top(changed(**row)) == []
    assert top(changed(**row, funding_0_executed="0")) == ["PE406"]


def test_total_in_another_unit_is_one_finding() -> None:
    assert top(changed(funding_0_adjusted="800000.00")) == ["PE412"]


def test_coefficient_of_a_near_miss_hangs_under_it() -> None:
    near = changed(
        indicators_0_actual="119公里",
        indicators_0_deviation="一段移交",
        indicators_0_coefficient="100%",
        goal_actual="",
    )
    assert top(near) == ["PE103"]


def test_total_above_hangs_under_a_negative_weight() -> None:
    wrong = changed(
        indicators_1_weight="-5",
        indicators_1_score="0",
        indicators_0_weight="45",
        indicators_0_score="45",
        total_score="104.80",
    )
    assert top(wrong) == ["PE208"]


def test_repairs_are_paid_by_the_piece() -> None:
    wrong = changed(
        indicators_0_level3="修缮校舍面积",
        indicators_0_target=">=900平方米",
        indicators_0_actual="300平方米",
        indicators_0_score="6.67",
        indicators_0_deviation=None,
        indicators_0_previous_year="",
        goal_expected="",
        goal_actual="",
        total_score="86.47",
    )
    assert "PE606" in top(wrong)
    assert top(CLEAN) == []
