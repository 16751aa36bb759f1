"""Verdicts beyond the vectors of tests/semantics: other roundings, bands, degrees, weights of 0."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import IndicatorScore, Verdict, score_execution, score_indicator
from scoring.books import book

SHOWN = "bands 90%→1 80%→0.8 60%→0.5"
BANDS = '{ bands = [{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }, { from = "60%", factor = "0.5" }] }'
BY_BANDS = f'[settings]\nsatisfaction = {BANDS}\n[accept]\nsatisfaction = ["proportional"]'
ROUNDINGS = {
    "half-up": "",
    "truncate": '[rounding]\nmode = "truncate"',
    "half-even": '[rounding]\nmode = "half-even"',
    "rate": "[rounding]\nrate_first = true",
    "rate, truncate": '[rounding]\nrate_first = true\nmode = "truncate"',
    "rate, half-even": '[rounding]\nrate_first = true\nmode = "half-even"',
    "0.1": '[rounding]\nstep = "0.1"',
}
BOOKS = {name: book(text) for name, text in ROUNDINGS.items()}


# A measured actual of 97 stands for 96.5 to 97.5 of 100; which scores of 10 points can be meant?
@pytest.mark.parametrize(
    ("rounding", "reachable", "not_reachable"),
    [
        ("half-up", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("truncate", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("half-even", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("rate", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("rate, truncate", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("rate, half-even", "9.65 9.66 9.74 9.75", "9.64 9.76"),
        ("0.1", "9.6 9.8", "9.5 9.9"),  # 9.65 half up is 9.7, half to even 9.6: the next table
    ],
)
def test_reachable(rounding: str, reachable: str, not_reachable: str) -> None:
    def verdicts(scores: str) -> set[Verdict]:
        return {
            score_indicator("≥100万元", "97万元", rulebook=BOOKS[rounding], reported=each).verdict
            for each in scores.split()
        }

    expected = (
        {Verdict.WITHIN_INPUT_ROUNDING}
        if rounding != "0.1"
        else {Verdict.BELOW, Verdict.WITHIN_INPUT_ROUNDING}
    )
    assert verdicts(reachable) == expected
    assert verdicts(not_reachable) == {Verdict.BELOW, Verdict.DIFFERS}


# The ends of the interval are in it; whether their halves round up or down is the book's affair.
@pytest.mark.parametrize(
    ("mode", "reported", "verdict"),
    [
        ("half-up", "9.6", "below"),  # from 9.65
        ("half-even", "9.6", "within-input-rounding"),
        ("truncate", "9.6", "equal"),
        ("half-up", "9.8", "within-input-rounding"),  # 9.75
        ("half-even", "9.8", "within-input-rounding"),
        ("truncate", "9.8", "differs"),
    ],
)
def test_ends_of_the_interval(mode: str, reported: str, verdict: str) -> None:
    own = book(f'[rounding]\nstep = "0.1"\nmode = "{mode}"')
    actual = "97万元" if mode != "truncate" else "96.9万元"
    found = score_indicator("≥100万元", actual, rulebook=own, reported=reported)
    assert found.verdict == verdict


# Rates of 0.01 % of 200 points are 0.02 apart: no rate gives the odd hundredths.
@pytest.mark.parametrize(
    ("reported", "verdict"), [("194.02", "within-input-rounding"), ("194.01", "differs")]
)
def test_scores_that_no_rate_gives(reported: str, verdict: str) -> None:
    found = score_indicator("≥100万元", "97万元", 200, rulebook=BOOKS["rate"], reported=reported)
    assert found.verdict == verdict


OPERATORS = ("≥", "≤", "=")
SETTINGS = {
    f"{rounding} {reverse}": book(f'[settings]\nreverse = "{reverse}"\n{text}')
    for rounding, text in ROUNDINGS.items()
    for reverse in ("ratio", "linear", "cliff")
}
BANDED = book(f"[settings]\nsatisfaction = {BANDS}")


def explained(found: IndicatorScore) -> bool:
    return found.verdict in (Verdict.EQUAL, Verdict.WITHIN_INPUT_ROUNDING)


# The law of within-input-rounding: what any actual in the interval would score is explained by it.
@given(
    st.sampled_from(OPERATORS),
    st.integers(1, 200),
    st.integers(1, 300),
    st.integers(-500, 500),
    st.sampled_from(("10", "15", "6.67", "3")),
    st.sampled_from(sorted(SETTINGS)),
)
@example("≥", 100, 97, 500, "10", "truncate ratio")
@example("≤", 100, 100, 1, "10", "half-up cliff")
@example("≤", 7, 7, 500, "15", "rate linear")
def test_what_an_actual_of_the_interval_would_score(
    operator: str, target: int, actual: int, thousandths: int, weight: str, name: str
) -> None:
    own = SETTINGS[name]
    exact = Decimal(actual) + Decimal(thousandths) / 1000
    meant = score_indicator(f"{operator}{target}.000万元", f"{exact}万元", weight, rulebook=own)
    assert meant.score is not None
    found = score_indicator(
        f"{operator}{target}万元", f"{actual}万元", weight, rulebook=own, reported=meant.score
    )
    assert explained(found)


@given(st.integers(0, 120), st.integers(-500, 500))
@example(90, -1)
@example(80, -500)
def test_bands_of_the_interval(actual: int, thousandths: int) -> None:
    exact = Decimal(actual) + Decimal(thousandths) / 1000
    meant = score_indicator("≥95%", f"{exact}%", rule="satisfaction", rulebook=BANDED)
    found = score_indicator("≥95%", f"{actual}%", rule="satisfaction", rulebook=BANDED, reported=meant.score)
    assert meant.score is not None
    assert explained(found)


# Only what a band gives is explained: no value between two bands.
@pytest.mark.parametrize(
    ("target", "actual", "reported", "verdict"),
    [
        ("≥95%", "90%", "10", "equal"),
        ("≥95%", "90%", "8", "within-input-rounding"),
        ("≥95%", "90%", "9", "below"),
        ("≥95%", "90.0%", "8", "within-input-rounding"),
        ("≥95%", "90.5%", "8", "below"),
        ("≥950‰", "900‰", "8", "within-input-rounding"),
        ("≥95", "90.0", "8", "within-input-rounding"),  # bare numbers are read in per cent
        ("≥95", "90", "8", "below"),  # … but a bare whole number is a count, and exact
        ("≥95%", "55%", "5", "differs"),
    ],
)
def test_reach_of_bands(target: str, actual: str, reported: str, verdict: str) -> None:
    found = score_indicator(target, actual, rule="satisfaction", rulebook=BANDED, reported=reported)
    assert found.verdict == verdict


# A stated degree is a rate, and measured: ± half a per cent of what it says.
@pytest.mark.parametrize(
    ("actual", "reported", "verdict"),
    [
        ("80%", "8", "equal"),
        ("80%", "8.04", "within-input-rounding"),
        ("80%", "7.95", "within-input-rounding"),
        ("80%", "7.9", "below"),
        ("80%", "9", "differs"),
        ("80.0%", "8.04", "differs"),
        ("120%", "9", "below"),
        ("800‰", "9", "differs"),
    ],
)
def test_degrees(actual: str, reported: str, verdict: str) -> None:
    found = score_indicator("有效提升", actual, reported=reported)
    assert found.verdict == verdict
    assert found.explain()


# A weight that no rounding gives is reached by clamping: 6.67 or more becomes 6.666.
@pytest.mark.parametrize(
    ("actual", "reported", "verdict"),
    [
        ("10000万元", "6.666", "equal"),
        ("10000万元", "6.67", "equal"),
        ("10000万元", "6.66", "tail"),  # 9999.5 is 6.6657 and rounds to 6.67
        ("9998万元", "6.666", "within-input-rounding"),  # 9998.5 is 6.66500…, rounded 6.67, clamped
        ("9990万元", "6.666", "differs"),
    ],
)
def test_weights_off_the_step(actual: str, reported: str, verdict: str) -> None:
    assert score_indicator("≥10000万元", actual, "6.666", reported=reported).verdict == verdict


@pytest.mark.parametrize(
    ("reported", "verdict"), [("0", "equal"), ("0.00", "equal"), ("1", "differs"), ("", "not-reported")]
)
def test_weight_of_0(reported: str, verdict: str) -> None:
    for actual in ("3万元", "2万元"):
        assert score_indicator("≤3万元", actual, weight=0, reported=reported).verdict == verdict
    assert score_indicator("3", "2", weight=0, level3="天数", reported=reported).verdict == verdict
    assert score_indicator("≥90%", "95%", weight=0, rule="satisfaction", reported=reported).verdict == verdict


@pytest.mark.parametrize("reported", ["9.655", "9.646", "9.70499"])
def test_more_digits_than_the_step(reported: str) -> None:
    assert score_indicator("≥100.00万元", "97.00万元", reported=reported).verdict in (
        "below",
        "differs",
        "equal",
    )


# Who explains it
@pytest.mark.parametrize(
    ("target", "actual", "rule", "text", "reported", "verdict", "by"),
    [
        ("≤160万元", "386.0万元", None, '[accept]\nreverse = ["linear"]', "0", "other-family", "linear"),
        ("≤160.0万元", "200.0万元", None, '[accept]\nreverse = ["ratio", "linear"]', "7.5", "other-family", "linear"),
        ("≤160.0万元", "200.0万元", None, '[accept]\nreverse = ["ratio", "cliff"]', "0", "other-family", "cliff"),
        ("≤160.0万元", "200.0万元", None, '[accept]\nreverse = ["ratio"]', "7.5", "below", None),
        ("≥90%", "85%", "satisfaction", f"[accept]\nsatisfaction = [{BANDS}]", "8", "other-family", SHOWN),
        ("≥90%", "85%", "satisfaction", "", "8", "below", None),
        ("≥90", "1.5", "satisfaction", f"[accept]\nsatisfaction = [{BANDS}]", "5", "differs", None),  # no share
        ("≥3次", "2次", "satisfaction", f"[accept]\nsatisfaction = [{BANDS}]", "5", "below", None),
        ("80%-90%", "79%", "satisfaction", f"[accept]\nsatisfaction = [{BANDS}]", "5", "other-family", SHOWN),
        ("≥90%", "85%", "satisfaction", BY_BANDS, "9.44", "other-family", "proportional"),
        ("≤3次", "4次", "direct", '[accept]\nreverse = ["linear"]', "6.67", "differs", None),  # direct has no family
        ("≤-3%", "-2.0%", None, '[accept]\nreverse = ["linear"]', "0", "unscorable", None),
        ("12月", "11月", "satisfaction", f"[accept]\nsatisfaction = [{BANDS}]", "8", "below", None),
    ],
)  # fmt: skip
def test_who_explains_it(
    target: str, actual: str, rule: str | None, text: str, reported: str, verdict: str, by: str | None
) -> None:
    matches = "" if rule != "direct" else '[[match]]\nrule = { kind = "direct" }\n'
    found = score_indicator(target, actual, rule=rule, rulebook=book(f"{text}\n{matches}"), reported=reported)
    assert (found.verdict, found.verdict_by) == (verdict, by)


@pytest.mark.parametrize(
    ("target", "actual", "level1", "reported", "verdict"),
    [
        ("100万元/人", "80.00万元/人", None, "10", "other-direction"),  # money per head is money
        ("100亩", "80.00亩", None, "10", "differs"),
        ("100万元", "80.00万元", "成本指标", "8", "other-direction"),
        ("3-5天", "2.0天", None, "10", "differs"),  # a range has no direction
    ],
)
def test_other_direction(target: str, actual: str, level1: str | None, reported: str, verdict: str) -> None:
    assert score_indicator(target, actual, level1=level1, reported=reported).verdict == verdict


# Words: what a statement can be taken for
@pytest.mark.parametrize(
    ("actual", "reported", "verdict"),
    [
        ("基本完成", "8", "within-band"),  # the first statement or the second
        ("基本达成", "6", "within-band"),
        ("已基本完成", "5.99", "unscorable"),
        ("成效较差", "0", "within-band"),
        ("未完成", "6", "unscorable"),
        ("否", "5", "within-band"),
        ("部分实现", "7", "within-band"),
        ("较好", "9", "unscorable"),  # no statement at all
        ("有效提升", "10.5", "differs"),  # above the weight
        ("较好", "", "not-reported"),
        ("XX", "9", "unscorable"),
    ],
)
def test_words(actual: str, reported: str, verdict: str) -> None:
    assert score_indicator("有效提升", actual, rule="graded", reported=reported).verdict == verdict


@pytest.mark.parametrize("rule", ["graded", "direct"])
def test_no_band_without_a_weight(rule: str) -> None:
    found = score_indicator("有效提升", "部分完成", weight=None, rule=rule, reported="7")
    assert (found.verdict, found.reason) == ("unscorable", "blank-weight")


# The execution rate: exact inputs, a weight of 0, bands.
@pytest.mark.parametrize(
    ("weight", "reported", "verdict"),
    [
        (0, "0", "equal"),
        (0, "1", "unscorable"),
        (10, "5", "equal"),
        (10, "XX", "not-reported"),
        (10, "", "not-reported"),
    ],
)
def test_execution(weight: int, reported: str, verdict: str) -> None:
    assert score_execution("100", "50", weight, reported=reported).verdict == verdict


def test_unscorable_execution() -> None:
    assert score_execution("0", "5", reported="10").verdict == "unscorable"
    assert score_execution("0", "5").verdict == "not-reported"
