"""§4: the formulas on plain numbers. Every row is checked against the oracle, then against perfeval."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import oracle
import perfeval
from semantics.books import load
from semantics.checks import notes_of, outcome

BANDS = ((90, "1"), (80, "0.8"), (60, "0.5"), (0, "0"))
# What each book means to the oracle.
SETTINGS: dict[str, dict[str, Any]] = {
    "common-practice": {},
    "hubei": {},
    "platform": {"reverse": "linear"},
    "linear": {"reverse": "linear"},
    "cliff": {"reverse": "cliff"},
    "exact": {"equality": "exact"},
    "zero-is-zero": {"zero_under_ceiling": "zero"},
    "zero-unscorable": {"zero_under_ceiling": "unscorable"},
    "pass-line": {"pass_line": Fraction("0.6")},
    "pass-line-linear": {"pass_line": Fraction("0.6"), "reverse": "linear"},
    "ladder": {"ladder": ((Fraction("1.5"), Fraction("0.9")),)},
    "two-steps": {"ladder": ((Fraction("1.5"), Fraction("0.9")), (Fraction(2), Fraction("0.8")))},
}

# book, rule, comparison, T, A, W, score (or reason)
ROWS = [
    # proportional ≥ | A ≥ T | W
    ("common-practice", "proportional", ">=", "10", "10", "10", "10.00"),
    ("common-practice", "proportional", ">=", "10", "11", "10", "10.00"),
    ("common-practice", "proportional", ">=", "10", "1000000", "10", "10.00"),
    ("hubei", "proportional", ">=", "10", "10", "15", "15.00"),
    # proportional ≥ | A < T, T > 0 | W · max(A,0) ÷ T
    ("common-practice", "proportional", ">=", "10", "8", "10", "8.00"),
    ("common-practice", "proportional", ">=", "3", "2", "10", "6.67"),
    ("common-practice", "proportional", ">=", "3", "1", "10", "3.33"),
    ("common-practice", "proportional", ">=", "10", "0", "10", "0.00"),
    ("common-practice", "proportional", ">=", "10", "-5", "10", "0.00"),
    ("common-practice", "proportional", ">=", "98", "95", "10", "9.69"),
    ("platform", "proportional", ">=", "3", "2", "15", "10.00"),
    ("common-practice", "proportional", ">=", "8.90", "8.89", "10", "9.99"),
    # proportional ≥ | T = 0
    ("common-practice", "proportional", ">=", "0", "0", "10", "10.00"),
    ("common-practice", "proportional", ">=", "0", "5", "10", "10.00"),
    ("common-practice", "proportional", ">=", "0", "-1", "10", "0.00"),
    ("common-practice", "proportional", ">=", "0", "-0.01", "10", "0.00"),
    # proportional ≥ | T < 0
    ("common-practice", "proportional", ">=", "-5", "-6", "10", "negative-target"),
    ("common-practice", "proportional", ">=", "-5", "-5", "10", "10.00"),
    ("common-practice", "proportional", ">=", "-5", "-4", "10", "10.00"),
    ("common-practice", "proportional", ">=", "-5", "0", "10", "10.00"),
    # proportional = | T ≠ 0 | as ≥
    ("common-practice", "proportional", "=", "10", "10", "10", "10.00"),
    ("common-practice", "proportional", "=", "10", "8", "10", "8.00"),
    ("common-practice", "proportional", "=", "10", "12", "10", "10.00"),
    ("common-practice", "proportional", "=", "10", "-1", "10", "0.00"),
    ("common-practice", "proportional", "=", "150", "1100", "15", "15.00"),
    ("common-practice", "proportional", "=", "-5", "-5", "10", "10.00"),
    ("common-practice", "proportional", "=", "-5", "-6", "10", "negative-target"),
    ("platform", "proportional", "=", "10", "12", "10", "10.00"),
    # equality = "exact": A = T → W, else W · max(0, 1 − |A − T| ÷ T)
    ("exact", "proportional", "=", "10", "10", "10", "10.00"),
    ("exact", "proportional", "=", "10", "8", "10", "8.00"),
    ("exact", "proportional", "=", "10", "12", "10", "8.00"),
    ("exact", "proportional", "=", "3", "4", "10", "6.67"),
    ("exact", "proportional", "=", "10", "20", "10", "0.00"),
    ("exact", "proportional", "=", "10", "25", "10", "0.00"),
    ("exact", "proportional", "=", "10", "0", "10", "0.00"),
    ("exact", "proportional", "=", "0", "0", "10", "10.00"),
    ("exact", "proportional", "=", "0", "1", "10", "0.00"),
    ("exact", "proportional", ">=", "10", "12", "10", "10.00"),  # only = is exact
    # proportional = | T = 0 | W if A ≤ 0 else 0
    ("common-practice", "proportional", "=", "0", "0", "10", "10.00"),
    ("common-practice", "proportional", "=", "0", "-1", "10", "10.00"),
    ("common-practice", "proportional", "=", "0", "1", "10", "0.00"),
    # proportional ≤ | A ≤ T | W
    ("common-practice", "proportional", "<=", "10", "10", "10", "10.00"),
    ("common-practice", "proportional", "<=", "10", "9.99", "10", "10.00"),
    ("common-practice", "proportional", "<=", "251.22", "239.83", "10", "10.00"),
    ("common-practice", "proportional", "<=", "10", "-1", "10", "10.00"),
    ("common-practice", "proportional", "<=", "41.1", "0", "12", "12.00"),
    ("common-practice", "proportional", "<=", "-5", "-5", "10", "10.00"),
    ("common-practice", "proportional", "<=", "-5", "-6", "10", "10.00"),
    # zero_under_ceiling
    ("zero-is-zero", "proportional", "<=", "41.1", "0", "12", "0.00"),
    ("zero-is-zero", "proportional", "<=", "41.1", "0.01", "12", "12.00"),
    ("zero-is-zero", "proportional", "<=", "0", "0", "10", "10.00"),  # not 0 < T
    ("zero-unscorable", "proportional", "<=", "41.1", "0", "12", "needs-judgement"),
    ("zero-unscorable", "proportional", "<=", "41.1", "0.01", "12", "12.00"),
    ("zero-unscorable", "proportional", "<=", "0", "0", "10", "10.00"),
    # proportional ≤ | A > T > 0, ratio | W · T ÷ A
    ("common-practice", "proportional", "<=", "8.90", "8.94", "10", "9.96"),
    ("common-practice", "proportional", "<=", "160", "386", "15", "6.22"),
    ("common-practice", "proportional", "<=", "10", "20", "10", "5.00"),
    ("common-practice", "proportional", "<=", "10", "15", "10", "6.67"),
    ("common-practice", "proportional", "<=", "10", "10000", "10", "0.01"),
    ("common-practice", "proportional", "<=", "3", "100000", "10", "0.00"),
    ("hubei", "proportional", "<=", "10", "15", "10", "6.67"),
    # … linear | W · (2T − A) ÷ T, 0 from A ≥ 2T
    ("platform", "proportional", "<=", "8.90", "8.94", "10", "9.96"),
    ("platform", "proportional", "<=", "160", "386", "15", "0.00"),
    ("platform", "proportional", "<=", "10", "15", "10", "5.00"),
    ("platform", "proportional", "<=", "10", "19.99", "10", "0.01"),
    ("platform", "proportional", "<=", "10", "20", "10", "0.00"),
    ("platform", "proportional", "<=", "10", "20.01", "10", "0.00"),
    ("linear", "proportional", "<=", "10", "12.5", "10", "7.50"),
    ("linear", "proportional", "<=", "10", "10", "10", "10.00"),
    # … cliff | 0
    ("cliff", "proportional", "<=", "10", "10", "10", "10.00"),
    ("cliff", "proportional", "<=", "10", "10.01", "10", "0.00"),
    ("cliff", "proportional", "<=", "10", "9", "10", "10.00"),
    ("cliff", "proportional", ">=", "10", "8", "10", "8.00"),  # only ≤ falls
    # proportional ≤ | T = 0, A > 0 | 0
    ("common-practice", "proportional", "<=", "0", "1", "10", "0.00"),
    ("platform", "proportional", "<=", "0", "1", "10", "0.00"),
    ("common-practice", "proportional", "<=", "0", "0", "10", "10.00"),
    # proportional ≤ | T < 0, A > T | negative-target
    ("common-practice", "proportional", "<=", "-5", "-4", "10", "negative-target"),
    ("common-practice", "proportional", "<=", "-5", "0", "10", "negative-target"),
    ("platform", "proportional", "<=", "-5", "3", "10", "negative-target"),
    # pass line p = 0.6: completion < p → 0
    ("pass-line", "proportional", ">=", "10", "6", "10", "6.00"),
    ("pass-line", "proportional", ">=", "10", "5.99", "10", "0.00"),
    ("pass-line", "proportional", ">=", "10", "5", "10", "0.00"),
    ("pass-line", "proportional", ">=", "10", "10", "10", "10.00"),
    ("pass-line", "proportional", "=", "10", "5", "10", "0.00"),
    ("pass-line", "proportional", "=", "10", "7", "10", "7.00"),
    ("pass-line", "proportional", "<=", "6", "10", "10", "6.00"),
    ("pass-line", "proportional", "<=", "5.99", "10", "10", "0.00"),
    ("pass-line", "proportional", "<=", "10", "20", "10", "0.00"),
    ("pass-line", "proportional", "<=", "10", "5", "10", "10.00"),
    ("pass-line-linear", "proportional", "<=", "10", "14", "10", "6.00"),
    ("pass-line-linear", "proportional", "<=", "10", "14.01", "10", "0.00"),
    ("pass-line", "proportional", ">=", "-5", "-6", "10", "negative-target"),  # where completion is defined
    ("pass-line", "proportional", ">=", "-5", "-4", "10", "10.00"),
    # ladder | T > 0, A ÷ T ≥ step k | W · factor k
    ("ladder", "proportional", ">=", "10", "14.99", "10", "10.00"),
    ("ladder", "proportional", ">=", "10", "15", "10", "9.00"),
    ("ladder", "proportional", ">=", "10", "100", "10", "9.00"),
    ("ladder", "proportional", ">=", "10", "8", "10", "8.00"),
    ("ladder", "proportional", "=", "10", "15", "10", "9.00"),
    ("ladder", "proportional", ">=", "0", "5", "10", "10.00"),  # T > 0
    ("ladder", "proportional", ">=", "-5", "5", "10", "10.00"),
    ("two-steps", "proportional", ">=", "10", "15", "10", "9.00"),
    ("two-steps", "proportional", ">=", "10", "19.99", "10", "9.00"),
    ("two-steps", "proportional", ">=", "10", "20", "10", "8.00"),
    ("two-steps", "proportional", ">=", "10", "300", "10", "8.00"),
    # direct: W where proportional would be W, otherwise 0
    ("common-practice", "direct", ">=", "10", "10", "10", "10.00"),
    ("common-practice", "direct", ">=", "10", "11", "10", "10.00"),
    ("common-practice", "direct", ">=", "10", "9.99", "10", "0.00"),
    ("common-practice", "direct", ">=", "0", "-1", "10", "0.00"),
    ("common-practice", "direct", "=", "100", "100", "10", "10.00"),
    ("common-practice", "direct", "=", "100", "99", "10", "0.00"),
    ("common-practice", "direct", "=", "100", "101", "10", "10.00"),
    ("common-practice", "direct", "=", "0", "1", "10", "0.00"),
    ("exact", "direct", "=", "100", "101", "10", "0.00"),
    ("exact", "direct", "=", "100", "100", "10", "10.00"),
    ("common-practice", "direct", "<=", "10", "10", "10", "10.00"),
    ("common-practice", "direct", "<=", "10", "10.01", "10", "0.00"),
    ("platform", "direct", "<=", "10", "10.01", "10", "0.00"),
    ("common-practice", "direct", "<=", "0", "1", "10", "0.00"),
    # the unrounded score decides: 9.9999 rounds to 10.00 and is no full mark
    ("common-practice", "direct", ">=", "100000", "99999", "10", "0.00"),
    ("common-practice", "proportional", ">=", "100000", "99999", "10", "10.00"),
    pytest.param("common-practice", "direct", ">=", "-5", "-6", "10", "0.00", id="direct-negative-doubtful"),
    pytest.param("zero-is-zero", "direct", "<=", "10", "0", "10", "0.00", id="direct-zero-ceiling-doubtful"),
    # the pass line is not the printed completion: 0.59999 prints as 0.6000
    pytest.param(
        "pass-line", "proportional", ">=", "100000", "59999", "10", "0.00", id="pass-line-exact-doubtful"
    ),
]
COLUMNS = ("book", "rule", "comparison", "target", "actual", "weight", "expected")


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_oracle_agrees(
    book: str, rule: str, comparison: str, target: str, actual: str, weight: str, expected: str
) -> None:
    w = Fraction(weight)
    x = oracle.unrounded(rule, comparison, Fraction(target), Fraction(actual), w, **SETTINGS[book])
    assert x == expected if isinstance(x, str) else oracle.rounded(x, w) == Fraction(expected)


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_formula(
    book: str,
    rule: str,
    comparison: str,
    target: str,
    actual: str,
    weight: str,
    expected: str,
    tmp_path: Path,
) -> None:
    rules = load(book, tmp_path)
    for unit in ("万元", ""):
        s = perfeval.score_indicator(
            f"{comparison}{target}{unit}", f"{actual}{unit}", weight=weight, rule=rule, rulebook=rules
        )
        assert (outcome(s), s.rule) == (expected, rule)


# Notes of the formulas.
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("=10次", "12次", "exceeds-equality"),
        ("=10次", "10次", ""),
        ("=10次", "8次", ""),
        ("=150辆", "1100辆", "exceeds-equality over-achieved"),
        ("≥150辆", "1100辆", "over-achieved"),
        ("≥10次", "12次", ""),
        ("≤41.1万元", "0万元", "zero-under-ceiling"),
        ("≤41.1万元", "0.01万元", ""),
        ("≤0起", "0起", ""),
        ("≥41.1万元", "0万元", ""),
    ],
)
def test_notes(target: str, actual: str, expected: str) -> None:
    assert notes_of(perfeval.score_indicator(target, actual)) == set(expected.split())


def test_zero_under_ceiling_is_said_aloud(tmp_path: Path) -> None:
    s = perfeval.score_indicator("≤41.1万元", "0万元", rulebook=load("zero-is-zero", tmp_path))
    assert notes_of(s) == {"zero-under-ceiling"}


# banded, satisfaction: lower edges descending, each inclusive, read at the actual in %, not at the target.
@pytest.mark.parametrize(
    ("target", "actual", "expected", "completion"),
    [
        ("≥90%", "100%", "10.00", "1.0000"),
        ("≥90%", "90%", "10.00", "1.0000"),
        ("≥90%", "89.99%", "8.00", "0.8000"),
        ("≥90%", "80%", "8.00", "0.8000"),
        ("≥90%", "79.99%", "5.00", "0.5000"),
        ("≥90%", "60%", "5.00", "0.5000"),
        ("≥90%", "59.99%", "0.00", "0.0000"),
        ("≥90%", "0%", "0.00", "0.0000"),
        ("≥95%", "92%", "10.00", "1.0000"),
        ("≥80%", "85%", "8.00", "0.8000"),
        ("=100%", "98%", "10.00", "1.0000"),
        ("≥90%", "850‰", "8.00", "0.8000"),
        ("≥90%", "85", "8.00", "0.8000"),
    ],
)
def test_satisfaction_bands(target: str, actual: str, expected: str, completion: str, tmp_path: Path) -> None:
    s = perfeval.score_indicator(
        target, actual, rule="满意度赋分", rulebook=load("satisfaction-bands", tmp_path)
    )
    assert (outcome(s), str(s.completion), s.rule) == (expected, completion, "banded")


@pytest.mark.parametrize(
    ("actual", "factor"), [("90", "1"), ("89.99", "0.8"), ("80", "0.8"), ("60", "0.5"), ("59.99", "0")]
)
def test_oracle_bands(actual: str, factor: str) -> None:
    bands = [(Fraction(edge), Fraction(value)) for edge, value in BANDS]
    x = oracle.unrounded("banded", ">=", Fraction(90), Fraction(actual), Fraction(10), bands=bands)
    assert x == 10 * Fraction(factor)
    assert oracle.completion("banded", ">=", Fraction(90), Fraction(actual), bands=bands) == Fraction(factor)


# completion, four decimals half up.
@pytest.mark.parametrize(
    ("book", "rule", "target", "actual", "expected"),
    [
        # A ÷ T for ≥ and = with T > 0, not below 0, not capped above
        ("common-practice", "proportional", "≥150辆", "1100辆", "7.3333"),
        ("common-practice", "proportional", "=150辆", "1100辆", "7.3333"),
        ("common-practice", "proportional", "≥3次", "2次", "0.6667"),
        ("common-practice", "proportional", "≥3次", "3次", "1.0000"),
        ("common-practice", "proportional", "≥10次", "-5次", "0.0000"),
        ("common-practice", "proportional", "≥20000次", "1次", "0.0001"),  # 0.00005 half up
        ("common-practice", "proportional", "≥80000次", "3次", "0.0000"),
        # T ÷ A or 1 − (A − T) ÷ T for ≤ missed, 1 for ≤ met
        ("common-practice", "proportional", "≤8.90万元", "8.94万元", "0.9955"),
        ("common-practice", "proportional", "≤160万元", "386万元", "0.4145"),
        ("platform", "proportional", "≤8.90万元", "8.94万元", "0.9955"),
        ("platform", "proportional", "≤10万元", "15万元", "0.5000"),
        ("platform", "proportional", "≤10万元", "20万元", "0.0000"),
        ("common-practice", "proportional", "≤10万元", "2万元", "1.0000"),
        ("common-practice", "proportional", "≤10万元", "10万元", "1.0000"),
        # 1 or 0 for direct, ranges, deadlines and T ≤ 0 when full or none
        ("common-practice", "direct", "≥10次", "11次", "1.0000"),
        ("common-practice", "direct", "≥10次", "9次", "0.0000"),
        ("common-practice", "direct", "≤10次", "11次", "0.0000"),
        ("common-practice", "proportional", "3-5次", "4次", "1.0000"),
        ("common-practice", "proportional", "≥0次", "5次", "1.0000"),
        ("common-practice", "proportional", "≥0%", "-1%", "0.0000"),
        ("common-practice", "proportional", "=0次", "1次", "0.0000"),
        ("common-practice", "proportional", "≤0次", "1次", "0.0000"),
        ("common-practice", "proportional", "≤0次", "0次", "1.0000"),
        ("common-practice", "proportional", "≥-5%", "-4%", "1.0000"),
        # else null
        ("common-practice", "proportional", "≥-5%", "-6%", None),
        ("common-practice", "proportional", "≥3次", "", None),
        ("common-practice", "proportional", "≥3次", "3%", None),
        ("common-practice", "graded", "有效提升", "较好", None),
    ],
)
def test_completion(
    book: str, rule: str, target: str, actual: str, expected: str | None, tmp_path: Path
) -> None:
    s = perfeval.score_indicator(target, actual, rule=rule, rulebook=load(book, tmp_path))
    assert (None if s.completion is None else str(s.completion)) == expected
