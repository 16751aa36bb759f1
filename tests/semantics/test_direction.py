"""§2: a target without operator, and §4's over-achievement mark beside it."""

import pytest

import perfeval
from semantics.checks import notes_of, outcome

ASSUMED = "direction-assumed"
EXCEEDS = "direction-assumed exceeds-equality"


@pytest.mark.parametrize(
    ("level1", "level2", "level3", "target", "actual", "expected", "notes"),
    [
        # ≤ on a cost row: level 1 or level 2 contains 成本
        ("成本指标", "经济成本指标", "差旅费", "10万元", "10万元", "10.00", ASSUMED),
        ("成本指标", "经济成本指标", "差旅费", "10万元", "8万元", "10.00", ASSUMED),
        ("成本指标", "经济成本指标", "差旅费", "10万元", "12.5万元", "8.00", ASSUMED),
        ("成本指标", "", "差旅费", "10万元", "12.5万元", "8.00", ASSUMED),
        ("产出指标", "成本指标", "差旅费", "10万元", "12.5万元", "8.00", ASSUMED),
        ("产出指标", "社会成本指标", "占道时长", "10天", "12.5天", "8.00", ASSUMED),
        # level 3 alone does not make a cost row
        ("产出指标", "数量指标", "单位成本", "10万元", "12万元", "10.00", EXCEEDS),
        ("产出指标", "数量指标", "单位成本", "10万元", "8万元", "8.00", ASSUMED),
        # else =
        ("产出指标", "数量指标", "走访次数", "10次", "10次", "10.00", ASSUMED),
        ("产出指标", "数量指标", "走访次数", "10次", "8次", "8.00", ASSUMED),
        ("产出指标", "数量指标", "走访次数", "10次", "12次", "10.00", EXCEEDS),
        ("产出指标", "质量指标", "验收合格率", "100%", "95%", "9.50", ASSUMED),
        ("产出指标", "数量指标", "走访次数", "10", "8", "8.00", ASSUMED),
        # a printed operator is never overruled
        ("成本指标", "经济成本指标", "差旅费", "≥10万元", "8万元", "8.00", ""),
        ("成本指标", "经济成本指标", "差旅费", "=10万元", "8万元", "8.00", ""),
        ("成本指标", "经济成本指标", "差旅费", "=10万元", "12万元", "10.00", "exceeds-equality"),
        ("成本指标", "经济成本指标", "差旅费", "≤10万元", "8万元", "10.00", ""),
        ("产出指标", "数量指标", "投诉次数", "≥4次", "5次", "10.00", ""),
    ],
)
def test_direction_of_a_row(
    level1: str, level2: str, level3: str, target: str, actual: str, expected: str, notes: str
) -> None:
    s = perfeval.score_indicator(target, actual, level1=level1, level2=level2, level3=level3)
    assert (outcome(s), notes_of(s)) == (expected, set(notes.split()))


# Every lower_is_better word of the default book, inside a longer name.
@pytest.mark.parametrize(
    "level3",
    [
        "预算控制率",
        "三公经费控制率",
        "预算调整率",
        "预算变动率",
        "资金结余率",
        "森林病虫害受害率",
        "有害生物成灾率",
        "火灾发生率",
        "食品变质率",
        "群众投诉率",
        "安全事故占比",
    ],
)
@pytest.mark.parametrize("book", ["common-practice", "hubei"])
@pytest.mark.parametrize(("actual", "expected"), [("4%", "10.00"), ("3%", "10.00"), ("5%", "8.00")])
def test_lower_is_better(level3: str, book: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator("4%", actual, level1="产出指标", level3=level3, rulebook=book)
    assert (outcome(s), notes_of(s)) == (expected, {"direction-assumed"})


# … not with 处理率 办结率 整改率: these are =, and 80 % of 100 % is a shortfall.
@pytest.mark.parametrize(
    "level3", ["投诉处理率", "群众投诉办结率", "事故隐患整改率", "安全事故处理率", "信访投诉及时办结率"]
)
@pytest.mark.parametrize(
    ("actual", "expected", "notes"),
    [("80%", "8.00", ASSUMED), ("100%", "10.00", ASSUMED), ("110%", "10.00", EXCEEDS)],
)
def test_exceptions_of_lower_is_better(level3: str, actual: str, expected: str, notes: str) -> None:
    s = perfeval.score_indicator("100%", actual, level1="产出指标", level3=level3)
    assert (outcome(s), notes_of(s)) == (expected, set(notes.split()))


# The words are looked for in the name (level 3) only.
@pytest.mark.parametrize(("level1", "level2"), [("产出指标", "投诉"), ("事故", "质量指标")])
def test_words_only_in_the_name(level1: str, level2: str) -> None:
    s = perfeval.score_indicator("4%", "3%", level1=level1, level2=level2, level3="宣传占比")
    assert outcome(s) == "7.50"


# A zero target of a lower-is-better row (§4, proportional ≤, T = 0).
@pytest.mark.parametrize(
    ("actual", "expected"), [("0次", "10.00"), ("1次", "0.00"), ("0", "10.00"), ("无", "10.00")]
)
def test_no_accidents(actual: str, expected: str) -> None:
    assert outcome(perfeval.score_indicator("0次", actual, level3="安全事故发生次数")) == expected


# Note over-achieved: A ÷ T at or above the book's first mark (1.3 in the default book, 1.2, none).
@pytest.mark.parametrize(
    ("book", "actual", "over"),
    [
        ("common-practice", "129次", False),
        ("common-practice", "130次", True),
        ("common-practice", "200次", True),
        ("common-practice", "100次", False),
        ("platform", "119次", False),
        ("platform", "120次", True),
        ("hubei", "130次", False),
        ("hubei", "1000次", False),
    ],
)
@pytest.mark.parametrize("target", ["≥100次", "=100次"])
def test_over_achieved(book: str, target: str, actual: str, *, over: bool) -> None:
    s = perfeval.score_indicator(target, actual, rulebook=book)
    assert outcome(s) == "10.00"
    assert ("over-achieved" in s.notes) is over


# A misprint that only other cells betray is read as written.
def test_misprint_is_read_as_written() -> None:
    s = perfeval.score_indicator("≥280次", "2280次")
    assert (outcome(s), notes_of(s)) == ("10.00", {"over-achieved"})
