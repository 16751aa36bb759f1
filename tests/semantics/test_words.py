"""§4: direct and graded rows with a text target, degrees, scales; text equality after the fold of §2."""

import pytest

import perfeval
from semantics.checks import notes_of, of, outcome

# Every form of (已|均已|全部|按时|按期|如期)?(达成|完成|达到)(预期|年度|绩效)?(指标|目标|任务)? in some cell,
# and the listed words.
DONE = [
    "完成",
    "达成",
    "达到",
    "已完成",
    "已达成",
    "已达到",
    "均已完成",
    "均已达到",
    "全部完成",
    "全部达成",
    "按时完成",
    "按期完成",
    "如期完成",
    "如期达成",
    "达成预期",
    "达成年度",
    "完成指标",
    "完成目标",
    "完成任务",
    "已完成任务",
    "达成预期指标",
    "达成年度指标",
    "达成绩效目标",
    "达到预期目标",
    "完成年度任务",
    "完成绩效指标",
    "全部达成年度指标",
    "均已完成年度任务",
    "按时完成绩效任务",
    "已达到预期目标",
    "全部或基本达成预期指标",
    "好",
    "优",
    "优秀",
    "合格",
    "达标",
    # the same after the fold
    " 已完成 ",
    "已\u200b完成",
    pytest.param("已完 成", id="inner-space-doubtful"),
]


@pytest.mark.parametrize("actual", DONE)
@pytest.mark.parametrize("rule", [None, "按评判等级赋分", "满意度赋分"])
def test_graded_done(actual: str, rule: str | None) -> None:
    s = perfeval.score_indicator("有效提升", actual, rule=rule)
    assert (outcome(s), notes_of(s), s.rule) == ("10.00", {"asserted"}, "graded")


NOT_DONE = [
    # never with 未, 部分, 基本完成
    "未完成",
    "未达成",
    "未达到预期目标",
    "未全部完成",
    "全部未完成",
    "未达标",
    "尚未完成",
    "部分完成",
    "部分达成",
    "部分达成预期指标",
    "部分达成预期指标并具有一定效果",
    "完成部分任务",
    "基本完成",
    "已基本完成",
    "基本达成",
    "基本达成预期指标",
    "未达成预期指标且效果较差",
    # only the whole cell counts
    "完成良好",
    "完成情况较好",
    "完成年度任务的一部分",
    "已完成，效果一般",
    "不合格",
    "不达标",
    "较好",
    "良好",
    "良",
    "中",
    "差",
    "优良",
    "不好",
    "提升",  # not the target's whole text
    "有效",
    "有效提升了",
    "未有效提升",
    "正在完成",
    pytest.param("全部或基本达成年度指标", id="全部或基本达成年度指标-doubtful"),
    pytest.param("已按时完成", id="两个状语-doubtful"),
]


@pytest.mark.parametrize("actual", NOT_DONE)
@pytest.mark.parametrize("rule", [None, "按评判等级赋分", "满意度赋分"])
def test_graded_not_done(actual: str, rule: str | None) -> None:
    s = perfeval.score_indicator("有效提升", actual, rule=rule)
    assert (outcome(s), s.rule) == ("needs-judgement", "graded")


# Whole cell equals the target's text, after the fold.
@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("有效提升", "有效提升"),
        ("有效提升", " 有效提升\n"),
        ("有效提升", "有效\u200b提升"),
        pytest.param("有效提升", "有效 提升", id="inner-space-doubtful"),
        pytest.param("有效提升", "有\n效提升", id="inner-line-break-doubtful"),
        ("保障民生", "保障⺠生"),  # U+2EA0 CJK radical
        ("保障⺠生", "保障民生"),
        ("车辆正常运行", "⻋辆正常运行"),  # U+2ECB
        ("长期", "⻓期"),  # U+2ED3
        ("安全出行", "安全出⾏"),  # U+2F8F Kangxi radical
        ("达到A级标准", "达到Ａ级标准"),
        # equality is not spoiled by 部分 or 未
        pytest.param("部分改善", "部分改善", id="equal-with-部分-doubtful"),
        pytest.param("未发生", "未发生", id="equal-with-未-doubtful"),
    ],
)
def test_equal_text(target: str, actual: str) -> None:
    s = perfeval.score_indicator(target, actual, rule="按评判等级赋分")
    assert (outcome(s), notes_of(s)) == ("10.00", {"asserted"})


# The actual is nothing but a percentage: W · min(degree, 1).
@pytest.mark.parametrize(
    ("actual", "expected", "completion"),
    [
        ("85%", "8.50", "0.8500"),
        ("100%", "10.00", "1.0000"),
        ("0%", "0.00", "0.0000"),
        ("完成90%", "9.00", "0.9000"),
        ("达成90%", "9.00", "0.9000"),
        ("完成100%", "10.00", "1.0000"),
        ("66.67%", "6.67", "0.6667"),
        ("８５％", "8.50", "0.8500"),
    ],
)
def test_degree(actual: str, expected: str, completion: str) -> None:
    s = perfeval.score_indicator("有效提升", actual)
    assert (outcome(s), str(s.completion)) == (expected, completion)


def test_degree_is_capped() -> None:
    assert of("有效提升", "120%") == "10.00"


# … and the target has no number of its own; … nothing but a percentage.
@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("建设2座水库并通过验收", "85%"),
        ("建成3个标准化村卫生室", "90%"),
        ("有效提升", "群众认可率85%"),
        ("有效提升", "未完成15%"),
    ],
)
def test_no_degree(target: str, actual: str) -> None:
    assert of(target, actual) == "needs-judgement"


# Checked first, before equality: the target is, or holds after 定性, the name of a scale.
@pytest.mark.parametrize(
    "target",
    [
        "好坏",
        "高中低",
        "优良中低差",
        "定性好坏",
        "定性 好坏",
        "定性 高中低",
        "定性 优良中低差",
        pytest.param("定性：好坏", id="定性colon-doubtful"),
    ],
)
@pytest.mark.parametrize(
    "actual", ["好", "优", "好坏", "高中低", "优良中低差", "定性 好坏", "已完成", "100%", "差"]
)
def test_scale_target(target: str, actual: str) -> None:
    assert of(target, actual) == "needs-judgement"


def test_scale_with_blank_actual() -> None:
    assert of("好坏", "") == "blank-actual"


# Line "graded with a numeric target" (§3): met → W, else needs-judgement.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥90%", "90%", "10.00"),
        ("≥90%", "95%", "10.00"),
        ("≥90%", "89.99%", "needs-judgement"),
        ("=100%", "100%", "10.00"),
        ("=100%", "99%", "needs-judgement"),
        ("=3次", "4次", "10.00"),
        ("≤10万元", "9万元", "10.00"),
        ("≤10万元", "10.01万元", "needs-judgement"),
        ("≤0起", "0起", "10.00"),
        ("≤0起", "1起", "needs-judgement"),
        ("3-5次", "5次", "10.00"),
        ("3-5次", "6次", "needs-judgement"),
    ],
)
def test_graded_with_a_number(target: str, actual: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual, rule="按评判等级赋分")
    assert (outcome(s), s.rule) == (expected, "graded")


# Direct, text target: equal or done → W asserted; 未完成, 否 → 0; else needs-judgement.
@pytest.mark.parametrize(
    ("target", "actual", "expected", "notes"),
    [
        ("是", "是", "10.00", "asserted"),
        ("建成", "建成", "10.00", "asserted"),
        ("建成", "已完成", "10.00", "asserted"),
        ("建成", "完成", "10.00", "asserted"),
        ("建成", "全部完成", "10.00", "asserted"),
        ("建成", "达成预期指标", "10.00", "asserted"),
        ("保障民生", "保障⺠生", "10.00", "asserted"),
        ("是", "否", "0.00", ""),
        ("建成", "未完成", "0.00", ""),
        ("建成", "否", "0.00", ""),
        ("建成", "部分完成", "needs-judgement", ""),
        ("建成", "基本完成", "needs-judgement", ""),
        ("建成", "基本建成", "needs-judgement", ""),
        ("建成", "较好", "needs-judgement", ""),
        ("是", "基本是", "needs-judgement", ""),
    ],
)
@pytest.mark.parametrize("rule", ["直接赋分", "direct"])
def test_direct_text(target: str, actual: str, expected: str, notes: str, rule: str) -> None:
    s = perfeval.score_indicator(target, actual, rule=rule)
    assert (outcome(s), notes_of(s), s.rule) == (expected, set(notes.split()), "direct")
