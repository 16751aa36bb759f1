"""§3: which rule applies."""

from pathlib import Path

import pytest

import perfeval
from semantics.books import load
from semantics.checks import notes_of, outcome


@pytest.mark.parametrize(
    ("printed", "target", "actual", "kind", "expected"),
    [
        # 直接赋分 → direct
        ("直接赋分", "≥10次", "8次", "direct", "0.00"),
        ("直接赋分", "≥10次", "10次", "direct", "10.00"),
        ("direct", "≥10次", "8次", "direct", "0.00"),
        pytest.param("直接 赋分", "≥10次", "8次", "direct", "0.00", id="split-cell-direct-doubtful"),
        # 按…比例赋分 → proportional
        ("按照正常比例赋分", "≥10次", "8次", "proportional", "8.00"),
        ("按比例赋分", "≥10次", "8次", "proportional", "8.00"),
        ("按完成比例赋分", "≥10次", "8次", "proportional", "8.00"),
        ("proportional", "≥10次", "8次", "proportional", "8.00"),
        pytest.param("按照 正常 比例 赋分", "≥10次", "8次", "proportional", "8.00", id="split-cell-doubtful"),
        # 按评判等级/等次赋分 → graded
        ("按评判等级赋分", "有效提升", "有效提升", "graded", "10.00"),
        ("按评判等级赋分", "≥10次", "8次", "graded", "needs-judgement"),
        pytest.param("按评判等次赋分", "≥10次", "8次", "graded", "needs-judgement", id="按评判等次-doubtful"),
        ("graded", "≥10次", "8次", "graded", "needs-judgement"),
        # 满意度赋分 → satisfaction, in this book by its own operator
        ("满意度赋分", "≥90%", "81%", "proportional", "9.00"),
        ("满意度赋分", "≤10%", "12.5%", "proportional", "8.00"),
        ("satisfaction", "≥90%", "81%", "proportional", "9.00"),
        # satisfaction with a text target goes on to graded
        ("满意度赋分", "满意", "满意", "graded", "10.00"),
        ("满意度赋分", "满意", "不满意", "graded", "needs-judgement"),
        # printed text that no pattern knows: target met → W, else no-rule
        ("少检查一个扣1分", "≥10次", "10次", "stated", "10.00"),
        ("少检查一个扣1分", "≥10次", "12次", "stated", "10.00"),
        ("少检查一个扣1分", "≥10次", "9次", "stated", "no-rule"),
        ("少检查一个扣1分", "=10次", "12次", "stated", "10.00"),
        ("每超1%扣1分", "≤10万元", "9万元", "stated", "10.00"),
        ("每超1%扣1分", "≤10万元", "10万元", "stated", "10.00"),
        ("每超1%扣1分", "≤10万元", "10.01万元", "stated", "no-rule"),
        ("少检查一个扣1分", "3-5次", "4次", "stated", "10.00"),
        ("少检查一个扣1分", "3-5次", "6次", "stated", "no-rule"),
        ("每迟一天扣1分", "2024年12月底前", "2024年12月31日", "stated", "10.00"),
        ("每迟一天扣1分", "2024年12月底前", "2025年1月1日", "stated", "no-rule"),
        pytest.param("未完成按比例扣分", "≥10次", "9次", "stated", "no-rule", id="扣分-is-not-赋分-doubtful"),
        # nothing printed
        (None, "≥10次", "8次", "proportional", "8.00"),
        ("", "≥10次", "8次", "proportional", "8.00"),
        (None, "有效提升", "有效提升", "graded", "10.00"),
        ("", "有效提升", "较好", "graded", "needs-judgement"),
        (None, "2024年12月底前", "2024年12月1日", "proportional", "10.00"),
        (None, "3-5次", "4次", "proportional", "10.00"),
    ],
)
def test_rule(printed: str | None, target: str, actual: str, kind: str, expected: str) -> None:
    s = perfeval.score_indicator(target, actual, rule=printed, year="2024")
    assert (s.rule, outcome(s)) == (kind, expected)


# Proportional with a text target → rule-unfit, whatever the actual says.
@pytest.mark.parametrize("actual", ["有效提升", "已完成", "85%", "较好", "3次"])
@pytest.mark.parametrize("rule", ["按照正常比例赋分", "按比例赋分", "proportional"])
def test_rule_unfit(actual: str, rule: str) -> None:
    assert outcome(perfeval.score_indicator("有效提升", actual, rule=rule)) == "rule-unfit"


# Nothing printed, 满意度 in level 1, 2 or 3 → satisfaction. A book with bands shows it.
@pytest.mark.parametrize(
    ("level1", "level2", "level3", "printed", "kind", "expected"),
    [
        ("满意度指标", "", "", None, "banded", "8.00"),
        ("效益指标", "满意度指标", "", None, "banded", "8.00"),
        ("效益指标", "服务对象指标", "群众满意度", None, "banded", "8.00"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "", "banded", "8.00"),
        ("效益指标", "社会效益指标", "知晓率", None, "proportional", "9.44"),
        ("", "", "", "满意度赋分", "banded", "8.00"),
        # what is printed comes first
        ("满意度指标", "满意度指标", "群众满意度", "按照正常比例赋分", "proportional", "9.44"),
        ("满意度指标", "满意度指标", "群众满意度", "直接赋分", "direct", "0.00"),
        ("满意度指标", "满意度指标", "群众满意度", "按评判等级赋分", "graded", "needs-judgement"),
        ("满意度指标", "满意度指标", "群众满意度", "每降1%扣1分", "stated", "no-rule"),
        ("", "", "", "按比例赋分", "proportional", "9.44"),
    ],
)
def test_satisfaction_rows(
    level1: str, level2: str, level3: str, printed: str | None, kind: str, expected: str, tmp_path: Path
) -> None:
    s = perfeval.score_indicator(
        "≥90%",
        "85%",
        rule=printed,
        level1=level1,
        level2=level2,
        level3=level3,
        rulebook=load("satisfaction-bands", tmp_path),
    )
    assert (s.rule, outcome(s)) == (kind, expected)


# Satisfaction with a text target goes on to graded: also by its levels, also where the book has bands.
@pytest.mark.parametrize("book", ["common-practice", "platform", "satisfaction-bands"])
@pytest.mark.parametrize(
    ("actual", "expected"), [("满意", "10.00"), ("比较满意", "needs-judgement"), ("优秀", "10.00")]
)
def test_satisfaction_of_words(book: str, actual: str, expected: str, tmp_path: Path) -> None:
    s = perfeval.score_indicator("满意", actual, level1="满意度指标", rulebook=load(book, tmp_path))
    assert (s.rule, outcome(s)) == ("graded", expected)


# The same rows under every built-in book: only the family of ≤ differs.
@pytest.mark.parametrize(
    ("book", "expected", "family"),
    [("common-practice", "6.22", "ratio"), ("platform", "0.00", "linear"), ("hubei", "6.22", "ratio")],
)
def test_built_in_books(book: str, expected: str, family: str) -> None:
    s = perfeval.score_indicator("≤160万元", "386万元", weight=15, rulebook=book)
    assert (outcome(s), s.family) == (expected, family)
    same = perfeval.score_indicator("≥10次", "8次", rulebook=perfeval.load_rulebook(book))
    assert (outcome(same), notes_of(same)) == ("8.00", set())


def test_cliff_is_named(tmp_path: Path) -> None:
    s = perfeval.score_indicator("≤160万元", "386万元", weight=15, rulebook=load("cliff", tmp_path))
    assert (outcome(s), s.family) == ("0.00", "cliff")
