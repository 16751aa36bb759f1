"""§1: rounded once, at the end, then clamped to [0, W]; the intervals of actuals in the oracle."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import oracle
import perfeval
from semantics.books import load
from semantics.checks import outcome

# T, A (次), W, then the score by half-up, truncate, half-even
ROWS = [
    ("3", "2", "10", "6.67", "6.66", "6.67"),
    ("3", "1", "10", "3.33", "3.33", "3.33"),
    ("2000", "1997", "10", "9.99", "9.98", "9.98"),  # 9.985
    ("2000", "1995", "10", "9.98", "9.97", "9.98"),  # 9.975
    ("2000", "1999", "10", "10.00", "9.99", "10.00"),  # 9.995
    ("2000", "1", "10", "0.01", "0.00", "0.00"),  # 0.005
    ("2000", "3", "10", "0.02", "0.01", "0.02"),  # 0.015
    ("100000", "99999", "10", "10.00", "9.99", "10.00"),  # 9.9999
    # once: 6.6649 is not first 6.665, and the completion 0.66649 is not first 0.6665
    ("100000", "66649", "10", "6.66", "6.66", "6.66"),
    # no float: 1.005 is exactly 1.005
    ("1000", "201", "5", "1.01", "1.00", "1.00"),
    ("1000", "115", "1", "0.12", "0.11", "0.12"),  # 0.115
    ("1000", "145", "1", "0.15", "0.14", "0.14"),  # 0.145
    # the clamp: 6.666 must not become 6.67
    ("3", "3", "6.666", "6.666", "6.66", "6.666"),
    ("3", "4", "6.666", "6.666", "6.66", "6.666"),
    ("10000", "9999", "6.666", "6.666", "6.66", "6.666"),
    ("10000", "9995", "6.666", "6.66", "6.66", "6.66"),  # 6.662667
    ("2", "1", "6.666", "3.33", "3.33", "3.33"),
    ("3", "3", "33.335", "33.335", "33.33", "33.335"),
    ("3", "3", "6.664", "6.66", "6.66", "6.66"),
    ("3", "3", "0.004", "0.00", "0.00", "0.00"),
    ("3", "3", "0.005", "0.005", "0.00", "0.00"),
    ("3", "3", "12.5", "12.50", "12.50", "12.50"),
]


@pytest.mark.parametrize(("book", "column"), [("plain", 3), ("truncate", 4), ("half-even", 5)])
@pytest.mark.parametrize("row", ROWS)
def test_rounding_modes(row: tuple[str, ...], book: str, column: int, tmp_path: Path) -> None:
    s = perfeval.score_indicator(f"≥{row[0]}次", f"{row[1]}次", weight=row[2], rulebook=load(book, tmp_path))
    assert s.score == Decimal(row[column])


@pytest.mark.parametrize(("mode", "column"), [("half-up", 3), ("truncate", 4), ("half-even", 5)])
@pytest.mark.parametrize("row", ROWS)
def test_oracle_rounds_so(row: tuple[str, ...], mode: str, column: int) -> None:
    w = Fraction(row[2])
    x = oracle.unrounded("proportional", ">=", Fraction(row[0]), Fraction(row[1]), w)
    assert not isinstance(x, str)
    assert oracle.rounded(x, w, mode=mode) == Fraction(row[column])


# The score is quantized to the step.
@pytest.mark.parametrize(
    ("book", "actual", "expected"),
    [
        ("common-practice", "10次", "10.00"),
        ("common-practice", "8次", "8.00"),
        ("common-practice", "0次", "0.00"),
        ("step-0.1", "10次", "10.0"),
        ("step-0.1", "8次", "8.0"),
        ("step-0.1", "8.26次", "8.3"),
        ("step-0.1", "8.25次", "8.3"),
        ("step-0.1", "8.24次", "8.2"),
    ],
)
def test_step(book: str, actual: str, expected: str, tmp_path: Path) -> None:
    assert outcome(perfeval.score_indicator("≥10次", actual, rulebook=load(book, tmp_path))) == expected


# rate_first: the rate rounded to xx.xx % before use, a different rule.
@pytest.mark.parametrize(
    ("target", "actual", "weight", "plain", "rate_first"),
    [
        ("≥100000次", "86245次", "10", "8.62", "8.63"),
        ("≥100000次", "66649次", "10", "6.66", "6.67"),
        ("≥7次", "1次", "50", "7.14", "7.15"),
        ("≥3次", "2次", "50", "33.33", "33.34"),
        ("≥3次", "2次", "10", "6.67", "6.67"),
        ("≥10次", "10次", "10", "10.00", "10.00"),
    ],
)
def test_rate_first(
    target: str, actual: str, weight: str, plain: str, rate_first: str, tmp_path: Path
) -> None:
    for book, expected in (("plain", plain), ("rate-first", rate_first)):
        s = perfeval.score_indicator(target, actual, weight=weight, rulebook=load(book, tmp_path))
        assert outcome(s) == expected


# What an actual may have been: the oracle's literal table (the verdicts of test_verdicts.py depend on it).
@pytest.mark.parametrize(
    ("actual", "target", "counted", "low", "high"),
    [
        ("97", "100", True, "97", "97"),
        ("97", "100", False, "96.5", "97.5"),
        ("8.94", "8.90", False, "8.935", "8.945"),
        ("9", "8.90", False, "8.995", "9.005"),
        ("8.9", "8.90", False, "8.895", "8.905"),
        ("223.3", "200", False, "223.25", "223.35"),
        ("97.0", "100", True, "96.95", "97.05"),
    ],
)
def test_oracle_interval(actual: str, target: str, counted: bool, low: str, high: str) -> None:
    assert oracle.interval(actual, target, counted=counted) == (Fraction(low), Fraction(high))
