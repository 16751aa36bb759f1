"""§2: range targets and deadlines."""

import pytest

import perfeval
from semantics.checks import notes_of, of, outcome

YEAR = "2024"


# Line "range target": inside → W; below → as ≥ low; above → as ≤ high.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("3-5次", "3次", "10.00"),
        ("3-5次", "4次", "10.00"),
        ("3-5次", "5次", "10.00"),
        ("3-5次", "2次", "6.67"),
        ("3-5次", "0次", "0.00"),
        ("3-5次", "6次", "8.33"),
        ("3-5次", "10次", "5.00"),
        ("3~5次", "4次", "10.00"),
        ("3～5次", "2次", "6.67"),
        ("3至5次", "6次", "8.33"),
        ("3—5次", "4次", "10.00"),
        ("10-20万元", "15万元", "10.00"),
        ("10-20万元", "9万元", "9.00"),
        ("10-20万元", "25万元", "8.00"),
        ("10-20万元", "150000元", "10.00"),
        ("10-20万元", "250000元", "8.00"),
        ("90%-95%", "92%", "10.00"),
        ("90%-95%", "81%", "9.00"),
        ("90%-95%", "100%", "9.50"),
        ("90%~95%", "90%", "10.00"),
    ],
)
def test_range(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


# … as ≤ high: by the family of the book.
@pytest.mark.parametrize(
    ("actual", "expected"),
    [("5次", "10.00"), ("6次", "8.00"), ("10次", "0.00"), ("11次", "0.00"), ("2次", "6.67")],
)
def test_range_linear(actual: str, expected: str) -> None:
    assert of("3-5次", actual, rulebook="platform") == expected


# … direct: 0 outside.
@pytest.mark.parametrize(
    ("actual", "expected", "completion"),
    [
        ("3次", "10.00", "1.0000"),
        ("5次", "10.00", "1.0000"),
        ("2次", "0.00", "0.0000"),
        ("6次", "0.00", "0.0000"),
    ],
)
def test_range_direct(actual: str, expected: str, completion: str) -> None:
    s = perfeval.score_indicator("3-5次", actual, rule="直接赋分")
    assert (outcome(s), str(s.completion)) == (expected, completion)


# The direction of a range is no assumption, on a cost row neither: too little is below.
def test_range_on_a_cost_row() -> None:
    assert of("10-20万元", "9万元", level1="成本指标") == "9.00"


# A range as actual → unparsed-actual unless its text equals the target's.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("3-5次", "3-5次", "10.00"),
        ("90%-95%", "90%-95%", "10.00"),
        ("≥3次", "3-5次", "unparsed-actual"),
        ("3-5次", "3-4次", "unparsed-actual"),
        ("≥90%", "90%-95%", "unparsed-actual"),
        ("≤10万元", "8-9万元", "unparsed-actual"),
        ("=4次", "3至5次", "unparsed-actual"),
    ],
)
def test_range_as_actual(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [("3-5次", "90%", "unit-mismatch"), ("10-20万元", "15人", "unit-mismatch")],
)
def test_range_of_another_dimension(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


# Line "deadline": the whole of the actual inside → met → W under every rule.
MET = [
    # the last day counts as met
    ("2024年12月31日前", "2024年12月31日"),
    ("2024年12月31日前", "2024年12月30日"),
    ("2024年6月30日前", "2024年6月30日"),
    ("2024年12月底前", "2024年12月31日"),
    ("2024年12月底前", "2023年12月31日"),
    # year from the table
    ("12月底前", "2024年12月30日"),
    ("12月31日前", "12月31日"),
    ("2024年12月底前", "12月20日"),
    ("12月底之前", "2024年12月31日"),
    # a date without 前 is one
    ("2024年12月31日", "2024年12月31日"),
    ("2024年12月31日", "2024年11月1日"),
    ("2024年11月", "2024年11月30日"),
    ("2024年12月", "2024年12月"),
    # 月, 月底, 旬, 季度, 上半年 are periods
    ("2024年12月底前", "2024年12月"),
    ("2024年12月底前", "2024年12月底"),
    ("2024年12月底前", "12月底"),
    ("12月31日前", "11月"),
    ("12月20日前", "12月中旬"),
    ("12月10日前", "12月上旬"),
    ("12月31日前", "12月下旬"),
    ("6月底前", "上半年"),
    ("6月30日前", "2024年上半年"),
    ("6月底前", "第二季度"),
    ("9月底前", "第三季度"),
    ("12月底前", "第四季度"),
    ("2024年2月底前", "2024年2月29日"),
    # 年底前
    ("2024年底前", "2024年12月31日"),
    ("年底前", "2024年12月31日"),
    ("年底前", "12月"),
    pytest.param("2024年12月底前完成", "2024年12月1日", id="verb-behind-doubtful"),
]


@pytest.mark.parametrize(("target", "actual"), MET)
@pytest.mark.parametrize("rule", [None, "按照正常比例赋分", "直接赋分"])
def test_deadline_met(target: str, actual: str, rule: str | None) -> None:
    s = perfeval.score_indicator(target, actual, rule=rule, year=YEAR)
    assert (outcome(s), notes_of(s), str(s.completion)) == ("10.00", set(), "1.0000")


# … missed → 0 under direct, else needs-judgement.
MISSED = [
    ("2024年12月30日前", "2024年12月31日"),
    ("2024年12月底前", "2025年1月1日"),
    ("12月底前", "2025年1月"),
    ("12月31日前", "2025年1月1日"),
    ("2023年12月底前", "12月20日"),  # its year is the table's, 2024
    ("2024年2月底前", "2024年3月1日"),
    ("12月10日前", "12月中旬"),
    ("12月20日前", "12月下旬"),
    ("6月底前", "7月"),
    ("6月底前", "第三季度"),
    ("2024年11月", "2024年12月1日"),
    ("2024年底前", "2025年1月5日"),
    ("年底前", "2025年1月5日"),
]


@pytest.mark.parametrize(("target", "actual"), MISSED)
def test_deadline_missed(target: str, actual: str) -> None:
    assert of(target, actual, year=YEAR) == "needs-judgement"
    assert of(target, actual, rule="按照正常比例赋分", year=YEAR) == "needs-judgement"
    s = perfeval.score_indicator(target, actual, rule="直接赋分", year=YEAR)
    assert (outcome(s), str(s.completion)) == ("0.00", "0.0000")


# … straddling → needs-judgement, under every rule.
STRADDLING = [
    ("12月15日前", "12月"),
    ("12月9日前", "12月上旬"),
    ("12月15日前", "12月中旬"),
    ("12月25日前", "12月下旬"),
    ("3月底前", "上半年"),
    ("5月底前", "第二季度"),
    ("2024年8月15日前", "2024年第三季度"),
]


@pytest.mark.parametrize(("target", "actual"), STRADDLING)
@pytest.mark.parametrize("rule", [None, "按照正常比例赋分", "直接赋分"])
def test_deadline_straddling(target: str, actual: str, rule: str | None) -> None:
    assert of(target, actual, rule=rule, year=YEAR) == "needs-judgement"


# The year of the table decides.
@pytest.mark.parametrize(
    ("year", "actual", "expected"),
    [
        ("2024", "2024年12月30日", "10.00"),
        ("2024", "2025年1月3日", "0.00"),
        ("2025", "2025年1月3日", "10.00"),
        ("2023", "2024年12月30日", "0.00"),
    ],
)
def test_year_of_the_table(year: str, actual: str, expected: str) -> None:
    assert of("12月底前", actual, rule="直接赋分", year=year) == expected


# Actual 按时/按期/已完成 → W, note asserted.
@pytest.mark.parametrize(
    "actual", ["按时", "按期", "已完成", pytest.param("按时完成", id="按时完成-doubtful")]
)
@pytest.mark.parametrize("target", ["2024年12月底前", "12月31日前", "年底前"])
@pytest.mark.parametrize("rule", [None, "按照正常比例赋分", "直接赋分"])
def test_deadline_asserted(target: str, actual: str, rule: str | None) -> None:
    s = perfeval.score_indicator(target, actual, rule=rule, year=YEAR)
    assert (outcome(s), notes_of(s)) == ("10.00", {"asserted"})


@pytest.mark.parametrize("actual", ["未按时", "未按期完成", "未完成", "部分完成", "基本完成"])
def test_deadline_not_asserted(actual: str) -> None:
    assert perfeval.score_indicator("2024年12月底前", actual, year=YEAR).status == "unscorable"


# A deadline is no text target: nothing printed → proportional, printed 比例 → no rule-unfit.
def test_deadline_is_proportional() -> None:
    s = perfeval.score_indicator("2024年12月底前", "2024年12月1日", year=YEAR)
    assert s.rule == "proportional"
