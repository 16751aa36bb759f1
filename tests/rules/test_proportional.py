"""按比例赋分: the lines of semantics §4, each with its fraction of the weight and its completion."""

from decimal import Decimal

import pytest

from perfeval.rules import (
    Equality,
    Kind,
    LadderStep,
    Proportional,
    Reverse,
    Share,
    ZeroUnderCeiling,
)
from rules.tables import both, of_numbers, of_range

RATIO = Proportional()
LINEAR = Proportional(reverse=Reverse.LINEAR)
CLIFF = Proportional(reverse=Reverse.CLIFF)
EXACT = Proportional(equality=Equality.EXACT)
ZERO = Proportional(zero_under_ceiling=ZeroUnderCeiling.ZERO)
UNSCORABLE = Proportional(zero_under_ceiling=ZeroUnderCeiling.UNSCORABLE)
PASS_LINE = Proportional(pass_line=Share(Decimal("0.6")))
PASS_LINE_LINEAR = Proportional(pass_line=Share(Decimal("0.6")), reverse=Reverse.LINEAR)
PASS_LINE_EXACT = Proportional(pass_line=Share(Decimal("0.6")), equality=Equality.EXACT)
STEPS = (LadderStep(Decimal("1.5"), Decimal("0.9")), LadderStep(Decimal(2), Decimal("0.8")))
LADDER = Proportional(ladder=STEPS)


@pytest.mark.parametrize(
    ("rule", "comparison", "target", "actual", "fraction", "completion"),
    [
        # ≥ | A ≥ T | W
        (RATIO, ">=", "10", "10", "1", "1"),
        (RATIO, ">=", "150", "1100", "1", "22/3"),
        (RATIO, ">=", "0", "0", "1", "1"),
        (RATIO, ">=", "0", "7", "1", "1"),
        (RATIO, ">=", "-5", "-5", "1", "1"),
        (RATIO, ">=", "-5", "0", "1", "1"),
        # ≥ | A < T, T > 0 | W · max(A, 0) ÷ T
        (RATIO, ">=", "10", "8", "4/5", "4/5"),
        (RATIO, ">=", "8.90", "8.89", "889/890", "889/890"),
        (RATIO, ">=", "10", "0", "0", "0"),
        (RATIO, ">=", "10", "-8", "0", "0"),
        (RATIO, ">=", "0.000001", "-1000000000000", "0", "0"),
        # ≥ | T = 0, A < 0 | 0
        (RATIO, ">=", "0", "-0.01", "0", "0"),
        # ≥ | T < 0, A < T | negative-target
        (RATIO, ">=", "-5", "-5.01", "negative-target", "negative-target"),
        # = | T ≠ 0 | as ≥
        (RATIO, "=", "10", "10", "1", "1"),
        (RATIO, "=", "10", "12", "1", "6/5"),
        (RATIO, "=", "10", "8", "4/5", "4/5"),
        (RATIO, "=", "10", "-8", "0", "0"),
        (RATIO, "=", "-5", "-4", "1", "1"),
        (RATIO, "=", "-5", "-6", "negative-target", "negative-target"),
        # = | exact | A = T → W, else W · max(0, 1 − |A − T| ÷ T); its completion is A ÷ T all the same
        (EXACT, "=", "10", "10", "1", "1"),
        (EXACT, "=", "10", "12", "4/5", "6/5"),
        (EXACT, "=", "10", "8", "4/5", "4/5"),
        (EXACT, "=", "10", "20", "0", "2"),
        (EXACT, "=", "10", "21", "0", "21/10"),
        (EXACT, "=", "10", "0", "0", "0"),
        (EXACT, "=", "10", "-1", "0", "0"),
        (EXACT, "=", "-5", "-5", "1", "1"),
        (EXACT, "=", "-5", "-6", "negative-target", "negative-target"),
        (EXACT, ">=", "10", "12", "1", "6/5"),
        (EXACT, "<=", "10", "8", "1", "1"),
        # = | T = 0 | W if A ≤ 0 else 0
        (RATIO, "=", "0", "0", "1", "1"),
        (RATIO, "=", "0", "-1", "1", "1"),
        (RATIO, "=", "0", "0.01", "0", "0"),
        (EXACT, "=", "0", "0", "1", "1"),
        (EXACT, "=", "0", "-1", "1", "1"),
        (EXACT, "=", "0", "1", "0", "0"),
        # ≤ | A ≤ T | W
        (RATIO, "<=", "10", "10", "1", "1"),
        (RATIO, "<=", "10", "9.99", "1", "1"),
        (RATIO, "<=", "10", "-3", "1", "1"),
        (RATIO, "<=", "0", "0", "1", "1"),
        (RATIO, "<=", "-5", "-5", "1", "1"),
        (RATIO, "<=", "10", "0", "1", "1"),
        # ≤ | 0 = A < T | zero_under_ceiling
        (ZERO, "<=", "10", "0", "0", "1"),
        (ZERO, "<=", "10", "0.01", "1", "1"),
        (ZERO, "<=", "10", "-0.01", "1", "1"),
        (ZERO, "<=", "0", "0", "1", "1"),
        (ZERO, "<=", "-5", "0", "negative-target", "negative-target"),
        (ZERO, ">=", "10", "0", "0", "0"),
        (UNSCORABLE, "<=", "10", "0", "needs-judgement", "1"),
        (UNSCORABLE, "<=", "10", "0.01", "1", "1"),
        (UNSCORABLE, "<=", "0", "0", "1", "1"),
        # ≤ | A > T > 0 | ratio, linear, cliff
        (RATIO, "<=", "8.90", "8.94", "445/447", "445/447"),
        (RATIO, "<=", "10", "20", "1/2", "1/2"),
        (RATIO, "<=", "3", "1000000000000", "3/1000000000000", "3/1000000000000"),
        (LINEAR, "<=", "10", "12", "4/5", "4/5"),
        (LINEAR, "<=", "10", "19.99", "1/1000", "1/1000"),
        (LINEAR, "<=", "10", "20", "0", "0"),
        (LINEAR, "<=", "10", "20.01", "0", "0"),
        (CLIFF, "<=", "10", "10", "1", "1"),
        (CLIFF, "<=", "10", "10.01", "0", "0"),
        (CLIFF, ">=", "10", "8", "4/5", "4/5"),
        # ≤ | T = 0, A > 0 | 0
        (RATIO, "<=", "0", "0.01", "0", "0"),
        (LINEAR, "<=", "0", "0.01", "0", "0"),
        (CLIFF, "<=", "0", "0.01", "0", "0"),
        # ≤ | T < 0, A > T | negative-target
        (RATIO, "<=", "-5", "-4.99", "negative-target", "negative-target"),
        (LINEAR, "<=", "-5", "3", "negative-target", "negative-target"),
        (CLIFF, "<=", "-5", "3", "negative-target", "negative-target"),
        # pass line | completion < p | 0
        (PASS_LINE, ">=", "10", "6", "3/5", "3/5"),
        (PASS_LINE, ">=", "10", "5.99", "0", "599/1000"),
        (PASS_LINE, ">=", "10", "11", "1", "11/10"),
        (PASS_LINE, "=", "10", "5.99", "0", "599/1000"),
        (PASS_LINE, "<=", "6", "10", "3/5", "3/5"),
        (PASS_LINE, "<=", "6", "10.01", "0", "600/1001"),
        (PASS_LINE, "<=", "10", "1", "1", "1"),
        (PASS_LINE, "=", "0", "1", "0", "0"),
        (PASS_LINE, ">=", "-5", "-6", "negative-target", "negative-target"),
        (PASS_LINE_LINEAR, "<=", "10", "14", "3/5", "3/5"),
        (PASS_LINE_LINEAR, "<=", "10", "14.01", "0", "599/1000"),
        (PASS_LINE_EXACT, "=", "10", "6", "3/5", "3/5"),
        (PASS_LINE_EXACT, "=", "10", "5", "0", "1/2"),
        (PASS_LINE_EXACT, "=", "10", "15", "1/2", "3/2"),  # its completion is above the line
        # ladder | T > 0, A ÷ T ≥ step k | W · factor k
        (LADDER, ">=", "10", "14.99", "1", "1499/1000"),
        (LADDER, ">=", "10", "15", "9/10", "3/2"),
        (LADDER, ">=", "10", "19.99", "9/10", "1999/1000"),
        (LADDER, ">=", "10", "20", "4/5", "2"),
        (LADDER, ">=", "10", "9", "9/10", "9/10"),
        (LADDER, "=", "10", "15", "9/10", "3/2"),
        (LADDER, ">=", "0", "15", "1", "1"),
        (LADDER, ">=", "-5", "15", "1", "1"),
        (LADDER, "=", "0", "15", "0", "0"),
        (LADDER, "<=", "10", "5", "1", "1"),
        (LADDER, "<=", "10", "20", "1/2", "1/2"),
    ],
)  # fmt: skip
def test_numbers(
    rule: Proportional, comparison: str, target: str, actual: str, fraction: str, completion: str
) -> None:
    assert of_numbers(rule, comparison, target, actual) == (fraction, completion)


# §2: inside → W; below → as ≥ low; above → as ≤ high.
@pytest.mark.parametrize(
    ("rule", "low", "high", "actual", "fraction"),
    [
        (RATIO, "3", "5", "3", "1"),
        (RATIO, "3", "5", "4.2", "1"),
        (RATIO, "3", "5", "5", "1"),
        (RATIO, "3", "5", "2", "2/3"),
        (RATIO, "3", "5", "0", "0"),
        (RATIO, "3", "5", "-1", "0"),
        (RATIO, "3", "5", "6", "5/6"),
        (LINEAR, "3", "5", "6", "4/5"),
        (LINEAR, "3", "5", "2", "2/3"),
        (LINEAR, "3", "5", "11", "0"),
        (CLIFF, "3", "5", "5.01", "0"),
        (CLIFF, "3", "5", "2", "2/3"),
        (EXACT, "3", "5", "2", "2/3"),
        (ZERO, "-1", "5", "0", "1"),
        (RATIO, "0", "5", "-1", "0"),
        (RATIO, "-5", "5", "-6", "negative-target"),
        (RATIO, "-5", "0", "1", "0"),
        (RATIO, "-5", "-3", "-2", "negative-target"),
        (LADDER, "3", "5", "4.9", "1"),
    ],
)
def test_a_range(rule: Proportional, low: str, high: str, actual: str, fraction: str) -> None:
    assert of_range(rule, low, high, actual)[0] == fraction


# completion: 1 or 0 for ranges when full or none; else null.
@pytest.mark.parametrize(
    ("rule", "low", "high", "actual", "completion"),
    [
        (RATIO, "3", "5", "4", "1"),
        (RATIO, "0", "5", "-1", "0"),
        (RATIO, "3", "5", "0", "0"),
        (CLIFF, "3", "5", "6", "0"),
        (RATIO, "-5", "5", "-6", "negative-target"),
    ],
)
def test_completion_of_a_range(rule: Proportional, low: str, high: str, actual: str, completion: str) -> None:
    assert of_range(rule, low, high, actual)[1] == completion


@pytest.mark.parametrize("actual", ["2", "6"])
def test_a_range_missed_in_part_has_no_completion(actual: str) -> None:
    """§4: "1 or 0 for … ranges … when full or none …; else null"."""
    assert of_range(RATIO, "5", "5.5", actual)[1] == "undefined"


@pytest.mark.parametrize(("actual", "fraction"), [("2", "2/5"), ("10", "11/20")])
def test_a_range_has_no_pass_line(actual: str, fraction: str) -> None:
    """§4: the pass line applies where the completion is defined."""
    assert of_range(PASS_LINE, "5", "5.5", actual)[0] == fraction


# §2: a deadline that is met → W; missed → needs-judgement. A text target is rule-unfit.
@pytest.mark.parametrize(
    ("kind", "degree", "fraction", "completion"),
    [
        (Kind.DEADLINE, "1", "1", "1"),
        (Kind.ASSERTED, "1", "rule-unfit", "undefined"),
        (Kind.ASSERTED, "0", "rule-unfit", "undefined"),
        (Kind.DEGREE, "0.95", "rule-unfit", "undefined"),
        (Kind.UNCLEAR, "0", "rule-unfit", "undefined"),
    ],
)
@pytest.mark.parametrize("rule", [RATIO, CLIFF, EXACT, LADDER])
def test_days_and_words(rule: Proportional, kind: Kind, degree: str, fraction: str, completion: str) -> None:
    assert both(rule, kind, degree=degree) == (fraction, completion)


def test_a_deadline_that_is_missed() -> None:
    assert both(RATIO, Kind.DEADLINE, degree="0")[0] == "needs-judgement"


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (RATIO, {}),
        (LINEAR, {}),
        (PASS_LINE, {}),
        (CLIFF, {"continuous": "break-cliff"}),
        (EXACT, {"monotone": "break-exact"}),
        (ZERO, {"monotone": "break-zero"}),
        (UNSCORABLE, {}),  # a row that is for a person has no marks to lose
        (LADDER, {"monotone": "break-ladder"}),
        (
            Proportional(reverse=Reverse.CLIFF, ladder=STEPS),
            {"continuous": "break-cliff", "monotone": "break-ladder"},
        ),
    ],
)
def test_the_laws_that_settings_break(rule: Proportional, broken: dict[str, str]) -> None:
    found = rule.breaks()
    assert {law: wording.code for law, wording in found.items()} == broken
    assert all(wording.zh and wording.en for wording in found.values())
