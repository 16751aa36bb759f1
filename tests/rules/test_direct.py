"""直接赋分: what proportional would score W is W, anything else 0 (semantics §4)."""

import pytest

from perfeval.rules import Direct, Equality, Kind, ZeroUnderCeiling
from rules.tables import both, of_numbers, of_range

DIRECT = Direct()
EXACT = Direct(equality=Equality.EXACT)
ZERO = Direct(zero_under_ceiling=ZeroUnderCeiling.ZERO)
UNSCORABLE = Direct(zero_under_ceiling=ZeroUnderCeiling.UNSCORABLE)


@pytest.mark.parametrize(
    ("rule", "comparison", "target", "actual", "fraction"),
    [
        # what proportional would score W
        (DIRECT, ">=", "10", "10", "1"),
        (DIRECT, ">=", "10", "11", "1"),
        (DIRECT, ">=", "0", "0", "1"),
        (DIRECT, ">=", "-5", "-5", "1"),
        (DIRECT, "=", "10", "10", "1"),
        (DIRECT, "=", "10", "11", "1"),
        (DIRECT, "=", "0", "-1", "1"),
        (DIRECT, "<=", "10", "10", "1"),
        (DIRECT, "<=", "10", "0", "1"),
        (DIRECT, "<=", "-5", "-6", "1"),
        (EXACT, "=", "10", "10", "1"),
        (EXACT, "=", "0", "0", "1"),
        (EXACT, ">=", "10", "11", "1"),
        (ZERO, "<=", "10", "0.01", "1"),
        (ZERO, "<=", "0", "0", "1"),
        (UNSCORABLE, "<=", "10", "0.01", "1"),
        (UNSCORABLE, "<=", "0", "0", "1"),
        # otherwise
        (DIRECT, ">=", "10", "9.999999", "0"),
        (DIRECT, ">=", "0", "-1", "0"),
        (DIRECT, ">=", "-5", "-6", "0"),
        (DIRECT, "=", "10", "9", "0"),
        (DIRECT, "=", "0", "1", "0"),
        (DIRECT, "<=", "10", "10.000001", "0"),
        (DIRECT, "<=", "0", "1", "0"),
        (DIRECT, "<=", "-5", "-4", "0"),
        (EXACT, "=", "10", "11", "0"),
        (EXACT, "=", "10", "9", "0"),
        (EXACT, "=", "-5", "-4", "0"),
        (ZERO, "<=", "10", "0", "0"),
    ],
)
def test_numbers(rule: Direct, comparison: str, target: str, actual: str, fraction: str) -> None:
    assert of_numbers(rule, comparison, target, actual) == (fraction, fraction)


def test_a_zero_that_proportional_would_not_score() -> None:
    """The setting says that a 0 under a ceiling is for a person; that goes before "otherwise 0" (principle: silent)."""
    assert of_numbers(UNSCORABLE, "<=", "10", "0") == ("needs-judgement", "needs-judgement")


@pytest.mark.parametrize(
    ("actual", "fraction"),
    [("2.99", "0"), ("3", "1"), ("4", "1"), ("5", "1"), ("5.01", "0"), ("0", "0"), ("-1", "0")],
)
@pytest.mark.parametrize("rule", [DIRECT, EXACT, ZERO, UNSCORABLE])
def test_a_range(rule: Direct, actual: str, fraction: str) -> None:
    assert of_range(rule, "3", "5", actual) == (fraction, fraction)


@pytest.mark.parametrize(
    ("kind", "degree", "expected"),
    [
        (Kind.DEADLINE, "1", "1"),
        (Kind.DEADLINE, "0", "0"),
        (Kind.ASSERTED, "1", "1"),
        (Kind.ASSERTED, "0", "0"),
        (Kind.DEGREE, "1", "needs-judgement"),
        (Kind.DEGREE, "0.5", "needs-judgement"),
        (Kind.UNCLEAR, "0", "needs-judgement"),
    ],
)
@pytest.mark.parametrize("rule", [DIRECT, EXACT, ZERO, UNSCORABLE])
def test_days_and_words(rule: Direct, kind: Kind, degree: str, expected: str) -> None:
    assert both(rule, kind, degree=degree) == (expected, expected)


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (DIRECT, {"continuous": "break-direct"}),
        (EXACT, {"continuous": "break-direct", "monotone": "break-direct-exact"}),
        (ZERO, {"continuous": "break-direct", "monotone": "break-direct-exact"}),
        (UNSCORABLE, {"continuous": "break-direct"}),  # a refusal leaves no marks to compare
    ],
)
def test_the_laws_that_settings_break(rule: Direct, broken: dict[str, str]) -> None:
    assert {law: wording.code for law, wording in rule.breaks().items()} == broken
