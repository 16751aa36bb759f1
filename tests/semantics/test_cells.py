"""§2: blank, not applicable, unreadable, weight cells; and §2's order when several reasons hold."""

from decimal import Decimal

import pytest

import perfeval
from semantics.checks import of, outcome

BLANKS = ["", " ", "\u3000", "—", "——", "-", "－", "–", "/", "／", "无", "\u200b"]


@pytest.mark.parametrize("blank", BLANKS)
def test_blank_target(blank: str) -> None:
    assert of(blank, "3次") == "blank-target"


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("target", ["≥3次", "有效提升", "3-5次", "2024年12月底前"])
def test_blank_actual(blank: str, target: str) -> None:
    assert of(target, blank, year="2024") == "blank-actual"


# 无 against T = 0 is 0.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≤0次", "无", "10.00"),
        ("=0次", "无", "10.00"),
        ("0起", "无", "10.00"),
        ("≥0次", "无", "10.00"),
        ("≤0%", "无", "10.00"),
        # only 无, and only against 0
        ("≤0次", "—", "blank-actual"),
        ("≤0次", "", "blank-actual"),
        ("≤0次", "/", "blank-actual"),
        ("≤1次", "无", "blank-actual"),
        ("=3次", "无", "blank-actual"),
    ],
)
def test_none_against_zero(target: str, actual: str, expected: str) -> None:
    assert of(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [("不适用", "3次"), ("≥3次", "不适用"), ("不适用", "不适用"), ("不适用", "—"), ("有效提升", "不适用")],
)
def test_not_applicable(target: str, actual: str) -> None:
    assert of(target, actual) == "not-applicable"


# Line "unreadable".
@pytest.mark.parametrize(
    "cell",
    [
        # a comparison sign without a readable number
        "≥",
        "≥次",
        "≥若干次",
        "≤较少",
        ">=",
        # a comparison inside further words
        "合格率≥90%",
        "满意度≥95%以上群众",
        "覆盖率>=90%",
        # XX, **, □, …… in the cell
        "XX",
        "XX次",
        "≥XX次",
        "**",
        "≥**%",
        "□",
        "是□否□",
        "≥□次",
        "……",
        "≥……次",
        "完成XX项工作",
        "提升**水平",
        # a value with a contradicting unit
        pytest.param("≥90%人次", id="contradicting-unit-doubtful"),
        pytest.param("≥5万元%", id="contradicting-money-doubtful"),
    ],
)
def test_unreadable(cell: str) -> None:
    assert of(cell, "3次") == "unparsed-target"
    assert of("≥3次", cell) == "unparsed-actual"


# Any other words are a text: as a target they are graded by words.
@pytest.mark.parametrize("cell", ["提高办事效率", "有效提升", "长期", "良好", "显著", "是", "稳步增长"])
def test_other_words_are_text(cell: str) -> None:
    s = perfeval.score_indicator(cell, cell)
    assert (outcome(s), s.rule, set(s.notes)) == ("10.00", "graded", {"asserted"})


# A text is no number: against a numeric target it cannot be read.
@pytest.mark.parametrize("actual", ["较好", "有效提升", "有所增长"])
def test_text_against_a_number(actual: str) -> None:
    assert of("≥3次", actual) == "unparsed-actual"


# Line "weight cells".
@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("20", "16.00"),
        ("20%", "16.00"),
        ("10分", "8.00"),
        ("20.00", "16.00"),
        ("２０", "16.00"),
        ("7.5", "6.00"),
        ("10 分", "8.00"),
        ("", "blank-weight"),
        ("—", "blank-weight"),
        ("/", "blank-weight"),
    ],
)
def test_weight_cell(weight: str, expected: str) -> None:
    assert of("≥10次", "8次", weight=weight) == expected


@pytest.mark.parametrize("weight", [20, Decimal(20)])
def test_weight_as_a_number(weight: int | Decimal) -> None:
    assert of("≥10次", "8次", weight=weight) == "16.00"


def test_a_range_of_points_is_no_weight() -> None:
    assert of("≥10次", "8次", weight="(40-50)分") in {"blank-weight", "unparsed-weight"}


# Line "row without weight": completion all the same.
@pytest.mark.parametrize(
    ("target", "actual", "completion"),
    [("≥10次", "5次", "0.5000"), ("≥10次", "12次", "1.2000"), ("≤10万元", "8万元", "1.0000")],
)
def test_completion_without_weight(target: str, actual: str, completion: str) -> None:
    s = perfeval.score_indicator(target, actual, weight="")
    assert (outcome(s), str(s.completion)) == ("blank-weight", completion)


# "If several reasons hold": each row holds two or more, the first of the list is named.
@pytest.mark.parametrize(
    ("target", "actual", "weight", "rule", "expected"),
    [
        ("不适用", "3次", "", None, "blank-weight"),
        ("", "", "", None, "blank-weight"),
        ("≥3次", "", "", None, "blank-weight"),
        ("XX", "XX", "", "按比例赋分", "blank-weight"),
        ("≥10次", "5%", "", None, "blank-weight"),
        ("", "不适用", "10", None, "not-applicable"),
        ("不适用", "", "10", None, "not-applicable"),
        ("XX", "不适用", "10", None, "not-applicable"),
        ("有效提升", "不适用", "10", "按照正常比例赋分", "not-applicable"),
        ("", "", "10", None, "blank-target"),
        ("", "XX", "10", None, "blank-target"),
        ("—", "3次", "10", "少检查一个扣1分", "blank-target"),
        ("XX", "", "10", None, "blank-actual"),
        ("有效提升", "", "10", "按照正常比例赋分", "blank-actual"),
        ("≥3次", "", "10", "少检查一个扣1分", "blank-actual"),
        ("XX", "XX", "10", None, "unparsed-target"),
        ("XX", "3次", "10", "按照正常比例赋分", "unparsed-target"),
        ("合格率≥90%", "80%", "10", "少检查一个扣1分", "unparsed-target"),
        ("有效提升", "XX", "10", "按照正常比例赋分", "rule-unfit"),
        ("有效提升", "部分达成", "10", "按照正常比例赋分", "rule-unfit"),
        ("≥3次", "XX", "10", "少检查一个扣1分", "no-rule"),
        ("≥3次", "5%", "10", "少检查一个扣1分", "no-rule"),
        ("≥90%", "0.95", "10", "少检查一个扣1分", "no-rule"),
        ("≥-5%", "XX", "10", None, "unparsed-actual"),
        ("≥-5%", "3次", "10", None, "unit-mismatch"),
        ("≥-5万元", "-600", "10", None, "unit-ambiguous"),
        ("≥-5%", "-6%", "10", None, "negative-target"),
    ],
)
def test_first_reason(target: str, actual: str, weight: str, rule: str | None, expected: str) -> None:
    assert of(target, actual, weight=weight, rule=rule) == expected
