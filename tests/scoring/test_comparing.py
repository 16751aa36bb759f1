"""Target against actual, where tests/semantics does not look: ranges, months, words, what no score says."""

from decimal import Decimal
from typing import Any

import pytest

from perfeval import IndicatorScore, score_indicator
from scoring.books import book


def outcome(found: IndicatorScore) -> str:
    return str(found.reason if found.score is None else found.score)


# target, actual, rule: outcome, completion, notes
@pytest.mark.parametrize(
    ("target", "actual", "rule", "expected", "completion", "notes"),
    [
        # approximate figures and inequalities, also beside a range
        ("≥约200人", "180人", None, "9.00", "0.9000", "approximate"),
        ("≥200人", "约180人", None, "9.00", "0.9000", "approximate"),
        ("约3-5次", "4次", None, "10.00", "1.0000", "approximate"),
        ("3-5次", "约4次", None, "10.00", "1.0000", "approximate"),
        ("3-5次", "≥4次", None, "10.00", "1.0000", "actual-inequality"),
        ("3-5次", "=4次", None, "10.00", "1.0000", ""),
        ("3-5次", "3-5次", None, "10.00", "1.0000", "asserted"),
        ("3-5次", "2024年6月", None, "unit-mismatch", None, ""),
        ("3-5次", "较好", None, "unparsed-actual", None, ""),
        ("3-5次", "3-4次", None, "unparsed-actual", None, ""),
        ("3-5万元", "4", None, "10.00", "1.0000", "unit-assumed"),
        # units: 万 alone, one side without, far apart
        ("≥200万", "195.5", None, "9.78", "0.9775", "unit-assumed"),
        ("≥200", "195.5万", None, "9.78", "0.9775", "unit-assumed"),
        ("≥200万", "195.5万元", None, "9.78", "0.9775", "unit-assumed"),
        ("≥200万元", "1.955", None, "unit-ambiguous", None, "unit-assumed"),
        ("≥200", "1.5%", None, "unit-ambiguous", None, "unit-assumed"),
        ("≥28.40元/人", "28.40/人", None, "10.00", "1.0000", "unit-assumed"),
        ("≥28.40/人", "28.40/人", None, "10.00", "1.0000", "unit-assumed"),
        ("28.40/人", "28.40/人", None, "10.00", "1.0000", "direction-assumed unit-assumed"),
        ("≥3次", "3场", None, "unit-mismatch", None, ""),
        # a month that is six months, and one that is June
        ("≥6个月", "6月", None, "10.00", "1.0000", ""),
        ("≥6个月", "3月", None, "5.00", "0.5000", ""),
        ("6月", "5个月", None, "10.00", "1.0000", ""),
        ("6月", "7个月", None, "8.57", "0.8571", ""),
        ("6月", "5月", None, "10.00", "1.0000", ""),
        ("≥6次", "6月", None, "unit-mismatch", None, ""),
        ("≥6个月", "2024年6月", None, "unit-mismatch", None, ""),
        ("6月", "5次", None, "unit-mismatch", None, ""),
        ("2024年6月", "5个月", None, "unit-mismatch", None, ""),
        # deadlines and words
        ("6月底前", "按时", None, "10.00", "1.0000", "asserted"),
        ("6月底前", "较好", None, "unparsed-actual", None, ""),
        ("6月底前", "未完成", "direct", "0.00", "0.0000", ""),
        ("6月底前", "未完成", None, "needs-judgement", "0.0000", ""),
        ("6月底前", "7月前", None, "needs-judgement", None, ""),
        ("6月底前", "3-5次", None, "unparsed-actual", None, ""),
        ("2024年6月", "2024年5月至7月", None, "needs-judgement", None, ""),
        # words and words
        ("新增", "新增", None, "10.00", None, "asserted"),
        ("有效", "XX", None, "unparsed-actual", None, ""),
        ("有效", "XX", "按比例赋分", "rule-unfit", None, ""),
        ("有效", "XX", "少一次扣1分", "no-rule", None, ""),
        ("有效", "未完成", "少一次扣1分", "no-rule", None, ""),
        ("有效", "80%", "少一次扣1分", "no-rule", None, ""),
        ("好坏", "好", None, "needs-judgement", None, ""),
        ("有效", "80%", None, "8.00", "0.8000", ""),
        ("有效", "800‰", None, "8.00", "0.8000", ""),
        ("有效", "120%", None, "10.00", "1.2000", ""),
        ("有效", "-3%", None, "0.00", "0.0000", ""),
        ("有效", "约80%", None, "needs-judgement", None, ""),
        ("有效", "≥80%", None, "needs-judgement", None, ""),
        ("有效", "3次", None, "needs-judgement", None, ""),
        ("提升2项", "80%", None, "needs-judgement", None, ""),
        ("有效", "2024年6月", None, "needs-judgement", None, ""),
        # nothing in a cell
        ("0次", "无", None, "10.00", "1.0000", "direction-assumed"),
        ("≤0次", "无", None, "10.00", "1.0000", ""),
        ("0次", "—", None, "blank-actual", None, ""),
        ("≥3次", "无", None, "blank-actual", None, ""),
        ("不适用", "3次", None, "not-applicable", None, ""),
        ("不适用", "", None, "not-applicable", None, ""),
        ("", "不适用", None, "not-applicable", None, ""),
        ("", "XX", None, "blank-target", None, ""),
        ("XX", "", None, "blank-actual", None, ""),
        # a rule in words
        ("≥3次", "3次", "少一次扣1分", "10.00", "1.0000", ""),
        ("≥3次", "2场", "少一次扣1分", "no-rule", None, ""),
        ("6月底前", "7月1日", "少一天扣1分", "no-rule", "0.0000", ""),
        ("6月底前", "6月1日", "少一天扣1分", "10.00", "1.0000", ""),
        ("≤10万元", "12万元", "超一万扣1分", "no-rule", "0.8333", ""),
    ],
)
def test_outcome(
    target: str, actual: str, rule: str | None, expected: str, completion: str | None, notes: str
) -> None:
    found = score_indicator(target, actual, rule=rule, year=2024)
    assert outcome(found) == expected
    assert (None if found.completion is None else str(found.completion)) == completion
    assert " ".join(found.notes) == notes


BANDS = book(
    '[settings]\nsatisfaction = { bands = [{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }, '
    '{ from = "60%", factor = "0.5" }, { from = "0%", factor = "0" }] }'
)


# Bands read the actual itself, in per cent.
@pytest.mark.parametrize(
    ("target", "actual", "expected", "notes"),
    [
        ("≥95%", "85%", "8.00", ""),
        ("≥95%", "850‰", "8.00", ""),
        ("≥95%", "85", "8.00", "unit-assumed"),
        ("≥95", "85", "8.00", "unit-assumed"),
        ("≥95", "2", "0.00", "unit-assumed"),
        ("≥95", "0", "0.00", "unit-assumed"),
        ("≥0.95", "0.85", "unit-ambiguous", ""),
        ("≥95", "-1", "unit-ambiguous", ""),
        ("≥95%", "1.5", "unit-ambiguous", "unit-assumed"),
        ("80%-90%", "85%", "8.00", ""),
        ("≤5%", "85%", "8.00", ""),
        ("≥3次", "2次", "unit-mismatch", ""),
        ("12月底前", "2024年12月", "rule-unfit", ""),
        ("≥95%", "较好", "unparsed-actual", ""),
        ("满意", "满意", "10.00", "asserted"),
    ],
)
def test_bands(target: str, actual: str, expected: str, notes: str) -> None:
    found = score_indicator(target, actual, level3="群众满意度", rulebook=BANDS)
    assert outcome(found) == expected
    assert " ".join(found.notes) == notes
    assert found.family is None


# An unscorable row still says what it is, and nothing that it is not.
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"target": "≥3次", "actual": ""}, "blank-actual"),
        ({"target": "", "actual": "3次"}, "blank-target"),
        ({"target": None, "actual": None}, "blank-target"),
        ({"target": "≥3次", "actual": "3场"}, "unit-mismatch"),
        ({"target": "≥XX次", "actual": "3次"}, "unparsed-target"),
        ({"target": "≥3次", "actual": "3次", "weight": ""}, "blank-weight"),
        ({"target": "≥3次", "actual": "", "weight": "(40-50)分"}, "unparsed-weight"),
        ({"target": "", "actual": "", "weight": None}, "blank-weight"),
    ],
)
@pytest.mark.parametrize("reported", ["", "9"])
def test_unscorable(given: dict[str, Any], reason: str, reported: str) -> None:
    found = score_indicator(**given, reported=reported, rule="按比例赋分", level3="走访")
    assert (found.score, found.unrounded, found.steps, found.status) == (None, None, (), "unscorable")
    assert (found.reason, found.rule, found.printed_rule, found.place) == (
        reason,
        "proportional",
        "按比例赋分",
        None,
    )
    assert (found.verdict, found.verdict_by) == ("unscorable" if reported else "not-reported", None)
    assert found.reported_score == (Decimal(9) if reported else None)
    assert "走访" in found.explain()


def test_without_weight_there_is_still_a_completion() -> None:
    found = score_indicator("≤8.90万元", "8.94万元", weight=None)
    assert (str(found.completion), found.family, found.weight, found.notes) == ("0.9955", "ratio", None, ())


@pytest.mark.parametrize(
    ("target", "rule", "family"),
    [
        ("≤3次", None, "ratio"),
        ("≥3次", None, None),
        ("≤3次", "direct", None),
        ("有效", None, None),
        ("", None, None),
    ],
)
def test_family(target: str, rule: str | None, family: str | None) -> None:
    assert score_indicator(target, "2次", rule=rule).family == family


def test_unrounded() -> None:
    found = score_indicator("≤8.90万元", "8.94万元")
    assert found.unrounded is not None
    assert (found.unrounded.numerator, found.unrounded.denominator) == (4450, 447)


# Exact equality, and marks of over-achievement
@pytest.mark.parametrize(
    ("text", "target", "actual", "notes"),
    [
        ("", "=100次", "200次", "exceeds-equality"),
        ('[settings]\nover_achievement = ["2"]', "=100次", "200次", "exceeds-equality over-achieved"),
        ('[settings]\nover_achievement = ["2"]', "≥100次", "199次", ""),
        ('[settings]\nover_achievement = ["2"]', "≥0次", "199次", ""),
        ('[settings]\nover_achievement = ["2"]', "≤100次", "0次", "zero-under-ceiling"),
        ('[settings]\nequality = "exact"', "=100次", "200次", ""),
        ('[settings]\nover_achievement = ["2"]', "3-5次", "50次", ""),
    ],
)
def test_notes(text: str, target: str, actual: str, notes: str) -> None:
    assert " ".join(score_indicator(target, actual, rulebook=book(text)).notes) == notes
