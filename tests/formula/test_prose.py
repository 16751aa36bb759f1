"""The prose reader: what each node is written as, and that the text gives the value when it is computed."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import perfeval
from formula.trees import NAMES, Values, numbers, pairs, plain_formulas, value_of, values
from laws.printed import computed, read_line
from perfeval.formula import Node, Refused, RoundingMode, Step, plain
from perfeval.formula import steps as steps_of
from perfeval.formula.nodes import (
    Add,
    Because,
    Branch,
    Case,
    Compare,
    Divide,
    Greatest,
    Input,
    Label,
    Least,
    Multiply,
    Number,
    Refuse,
    Round,
    Subtract,
)
from perfeval.formula.prose import REASONS
from perfeval.messages import LANGUAGES, Language
from semantics.books import text_of

WEIGHT, TARGET, ACTUAL, SHARE = Input("weight"), Input("target"), Input("actual"), Input("share")
SCOPE = {"weight": (10, 1), "target": (89, 10), "actual": (447, 50), "share": (2, 3)}
SHOWN = {"weight": "10", "target": "8.90", "actual": "8.94", "share": "2 ÷ 3"}
ONE, TWO, THIRD, NEGATIVE = Number(1), Number(2), Number(1, 3), Number(-1, 2)


def text_of_node(node: Node) -> str:
    (step,) = steps_of(node, SCOPE, SHOWN)
    return step.expression


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (TARGET, "8.90"),
        (SHARE, "2 ÷ 3"),
        (TWO, "2"),
        (THIRD, "1 ÷ 3"),
        (NEGATIVE, "-0.5"),
        # each operation, and from left to right
        (Add(WEIGHT, TWO), "10 + 2"),
        (Add(Add(WEIGHT, TWO), TARGET), "10 + 2 + 8.90"),
        (Add(WEIGHT, Add(TWO, TARGET)), "10 + (2 + 8.90)"),
        (Subtract(WEIGHT, TWO), "10 - 2"),
        (Subtract(Subtract(WEIGHT, TWO), TARGET), "10 - 2 - 8.90"),
        (Subtract(WEIGHT, Subtract(TWO, TARGET)), "10 - (2 - 8.90)"),
        (Subtract(WEIGHT, Add(TWO, TARGET)), "10 - (2 + 8.90)"),
        (Subtract(WEIGHT, NEGATIVE), "10 - -0.5"),
        (Multiply(WEIGHT, TWO), "10 × 2"),
        (Multiply(Multiply(WEIGHT, TWO), TARGET), "10 × 2 × 8.90"),
        (Multiply(WEIGHT, Multiply(TWO, TARGET)), "10 × 2 × 8.90"),
        (Divide(WEIGHT, TWO), "10 ÷ 2"),
        (Divide(Divide(WEIGHT, TWO), TARGET), "10 ÷ 2 ÷ 8.90"),
        (Divide(WEIGHT, Divide(TWO, TARGET)), "10 ÷ (2 ÷ 8.90)"),
        (Divide(WEIGHT, Multiply(TWO, TARGET)), "10 ÷ (2 × 8.90)"),
        # products before sums
        (Add(Multiply(WEIGHT, TWO), TARGET), "10 × 2 + 8.90"),
        (Add(TARGET, Divide(WEIGHT, TWO)), "8.90 + 10 ÷ 2"),
        (Multiply(Add(WEIGHT, TWO), TARGET), "(10 + 2) × 8.90"),
        (Multiply(TARGET, Subtract(WEIGHT, TWO)), "8.90 × (10 - 2)"),
        (Divide(Subtract(WEIGHT, TWO), Add(TARGET, TWO)), "(10 - 2) ÷ (8.90 + 2)"),
        (Multiply(WEIGHT, Divide(TARGET, ACTUAL)), "10 × 8.90 ÷ 8.94"),
        (Divide(Multiply(WEIGHT, TARGET), ACTUAL), "10 × 8.90 ÷ 8.94"),
        # a figure that is a quotient counts as one
        (Divide(WEIGHT, SHARE), "10 ÷ (2 ÷ 3)"),
        (Divide(WEIGHT, THIRD), "10 ÷ (1 ÷ 3)"),
        (Divide(SHARE, WEIGHT), "2 ÷ 3 ÷ 10"),
        (Multiply(WEIGHT, SHARE), "10 × 2 ÷ 3"),
        (Subtract(WEIGHT, SHARE), "10 - 2 ÷ 3"),
        # the idle factor of full marks
        (Multiply(WEIGHT, ONE), "10"),
        (Multiply(ONE, WEIGHT), "1 × 10"),
        (Divide(TWO, Multiply(SHARE, ONE)), "2 ÷ (2 ÷ 3)"),
        # what is chosen is what is shown; of equals the first
        (Least(WEIGHT, TARGET), "8.90"),
        (Least(TARGET, WEIGHT), "8.90"),
        (Greatest(WEIGHT, TARGET), "10"),
        (Greatest(TARGET, WEIGHT), "10"),
        (Least(WEIGHT, Number(10)), "10"),
        (Greatest(Subtract(TWO, TWO), Number(0)), "2 - 2"),
        (Least(Subtract(TWO, TWO), Number(0)), "2 - 2"),
        (Multiply(TWO, Greatest(Add(WEIGHT, TWO), TWO)), "2 × (10 + 2)"),
        (Case((Branch(Compare(">", ACTUAL, TARGET), Divide(TARGET, ACTUAL)),), ONE), "8.90 ÷ 8.94"),
        (Case((Branch(Compare("<", ACTUAL, TARGET), Divide(TARGET, ACTUAL)),), ONE), "1"),
        (Case((), TWO), "2"),
        (Because("no-such-reason", Add(WEIGHT, TWO)), "10 + 2"),
        (Multiply(TWO, Because("met", Add(WEIGHT, TWO))), "2 × (10 + 2)"),
        (Round(Multiply(WEIGHT, SHARE), ONE, RoundingMode.HALF_UP), "10 × 2 ÷ 3"),
        (Multiply(TWO, Round(Add(WEIGHT, TWO), ONE, RoundingMode.HALF_UP)), "2 × (10 + 2)"),
    ],
)  # fmt: skip
def test_a_node(node: Node, text: str) -> None:
    assert text_of_node(node) == text


@given(node=plain_formulas, scope=values)
def test_the_text_gives_the_value(node: Node, scope: Values) -> None:
    """Whatever the brackets, the precedence and the signs."""
    try:
        expected = value_of(node, scope)
    except ZeroDivisionError:
        assume(False)
    shown = {name: plain(pair) for name, pair in pairs(scope).items()}
    (step,) = steps_of(node, pairs(scope), shown)
    for language in LANGUAGES:
        line = read_line(step.text(language))
        assert line.value == line.computed == expected


@given(
    node=plain_formulas,
    scope=values,
    mode=st.sampled_from(RoundingMode),
    size=st.sampled_from([Number(1), Number(1, 100), Number(1, 10), Number(5)]),
    inner=st.sampled_from(RoundingMode),
)
def test_labels_give_steps_that_build_on_each_other(
    node: Node, scope: Values, mode: RoundingMode, size: Number, inner: RoundingMode
) -> None:
    first = Label("rate", Round(node, Number(1, 10_000), inner))
    whole = Label("score", Round(Multiply(WEIGHT, first), size, mode))
    try:
        expected = [value_of(formula, scope) for formula in (first, whole)]
    except ZeroDivisionError:
        assume(False)
    shown = {name: plain(pair) for name, pair in pairs(scope).items()}
    found = steps_of(whole, pairs(scope), shown)
    assert [step.name for step in found] == ["rate", "score"]
    for language in LANGUAGES:
        lines = [read_line(step.text(language)) for step in found]
        assert [line.value for line in lines] == [line.computed for line in lines] == expected
    factor = found[0].value if expected[0] != 1 else ""
    assert found[1].expression.endswith(factor)


@given(number=numbers, times=st.integers(1, 9))
def test_plain(number: Number, times: int) -> None:
    """A decimal with no digit too many, else a quotient in lowest terms."""
    value = Fraction(number.numerator, number.denominator)
    text = plain((number.numerator * times, number.denominator * times))
    assert computed(text) == value
    assert ("÷" in text) == bool(
        value.denominator % 3 == 0 or value.denominator % 7 == 0 or value.denominator == 11
    )
    assert "÷" in text or "." not in text or not text.endswith("0")


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        ((0, 7), "0"),
        ((10, 1), "10"),
        ((-10, 5), "-2"),
        ((89, 10), "8.9"),
        ((1, 8), "0.125"),
        ((-1, 40), "-0.025"),
        ((1, 625), "0.0016"),
        ((10**18 + 1, 10**6), "1000000000000.000001"),
        ((2, 3), "2 ÷ 3"),
        ((-4, 6), "-2 ÷ 3"),
        ((14, 15), "14 ÷ 15"),
    ],
)
def test_plain_by_example(pair: tuple[int, int], text: str) -> None:
    assert plain(pair) == text


@pytest.mark.parametrize(
    ("mode", "zh", "en"),
    [
        (RoundingMode.HALF_UP, "9.96 = 10 × 8.90 ÷ 8.94，四舍五入到 0.01", "9.96 = 10 × 8.90 ÷ 8.94, rounded half up to 0.01"),
        (RoundingMode.TRUNCATE, "9.95 = 10 × 8.90 ÷ 8.94，截断到 0.01", "9.95 = 10 × 8.90 ÷ 8.94, truncated to 0.01"),
        (RoundingMode.HALF_EVEN, "9.96 = 10 × 8.90 ÷ 8.94，四舍六入五成双到 0.01", "9.96 = 10 × 8.90 ÷ 8.94, rounded half to even to 0.01"),
    ],
)  # fmt: skip
def test_a_line(mode: RoundingMode, zh: str, en: str) -> None:
    quotient = Divide(TARGET, ACTUAL)
    (step,) = steps_of(Label("score", Round(Multiply(WEIGHT, quotient), Number(1, 100), mode)), SCOPE, SHOWN)
    assert (step.text(), step.text("en")) == (zh, en)
    (step,) = steps_of(
        Label("score", Round(Multiply(WEIGHT, Because("over", quotient)), Number(1, 100), mode)), SCOPE, SHOWN
    )
    assert step.text() == f"{zh}：8.94 超过目标 8.90，按比例扣减"
    assert step.text("en") == f"{en}: 8.94 exceeds the target 8.90: reduced"


def test_a_line_without_rounding() -> None:
    assert steps_of(Divide(TWO, Number(3)), {}, {}) == (Step("score", "2 ÷ 3", "2 ÷ 3", None, None),)
    (step,) = steps_of(Because("met", ONE), SCOPE, SHOWN)
    assert step.text("en") == "1 = 1: 8.94 meets the target 8.90: full marks"


@pytest.mark.parametrize("node", [Refuse("no-rule"), Label("score", Multiply(WEIGHT, Refuse("no-rule")))])
def test_a_refusal(node: Node) -> None:
    with pytest.raises(Refused, match=r"^no-rule$"):
        steps_of(node, SCOPE, SHOWN)


def test_a_comparison_has_no_text() -> None:
    with pytest.raises(TypeError, match="condition of a branch"):
        steps_of(Compare("=", WEIGHT, TARGET), SCOPE, SHOWN)


# Why a case holds: a row for each reason, and nothing is told without one ------------------------------------

BOOKS = {
    name: perfeval.rulebook.read_rulebook(text_of(name).encode())
    for name in ("plain", "cliff", "exact", "zero-is-zero", "pass-line", "two-steps", "satisfaction-bands")
}
WHY = [
    ("plain", "proportional", "≥10次", "12次", "met", "12 meets the target 10: full marks"),
    ("plain", "proportional", "≤10次", "8次", "within", "8 is within the target 10: full marks"),
    ("plain", "proportional", "=0次", "0次", "within", "0 is within the target 0: full marks"),
    ("exact", "proportional", "=10次", "10次", "exactly", "10 equals the target 10: full marks"),
    ("plain", "proportional", "3-5次", "4次", "in-range", "4 lies from 3 to 5: full marks"),
    ("plain", "proportional", "≥10次", "8次", "short", "8 misses the target 10: in proportion"),
    ("plain", "proportional", "≥10次", "0次", "short", "0 misses the target 10: in proportion"),
    ("plain", "proportional", "≥10次", "-3次", "short", "-3 misses the target 10: in proportion"),
    ("exact", "proportional", "=10次", "12次", "short", "12 misses the target 10: in proportion"),
    ("plain", "proportional", "≤10次", "12次", "over", "12 exceeds the target 10: reduced"),
    ("plain", "proportional", "≤10次", "5000000次", "over", "5000000 exceeds the target 10: reduced"),
    ("plain", "proportional", "=0次", "1次", "none", "1 against the target 0: no marks"),
    ("cliff", "proportional", "≤10次", "12次", "none", "12 against the target 10: no marks"),
    ("plain", "direct", "≥10次", "8次", "none", "8 against the target 10: no marks"),
    ("plain", "direct", "3-5次", "8次", "none", "8 against the target 3-5次: no marks"),
    ("pass-line", "proportional", "≥10次", "5次", "below-pass-line", "below the pass line: no marks"),
    ("two-steps", "proportional", "≥10次", "30次", "over-achieved-step", "over-achieved: the factor of its step"),
    ("zero-is-zero", "proportional", "≤10次", "0次", "zero-under-ceiling", "the actual is 0, which this rule book gives no marks"),
    ("satisfaction-bands", "satisfaction", "≥90%", "85%", "band", "the factor of the band of 85.00%"),
    ("satisfaction-bands", "satisfaction", "≥90%", "15%", "band", "the factor of the band of 15.00%"),
    ("plain", "graded", "有效提升", "95%", "degree", "by the stated degree 0.95"),
    ("plain", "graded", "有效提升", "0%", "degree", "by the stated degree 0"),
    ("plain", "graded", "有效提升", "已完成", "asserted", "the actual states that it is done"),
    ("plain", "direct", "有效提升", "未完成", "stated-not-done", "the actual states that it is not done"),
    ("plain", "direct", "2024年6月底前", "2024年5月", "in-time", "2024年5月 is not later than 2024年6月底前: full marks"),
    ("plain", "direct", "2024年6月底前", "2024年7月", "late", "2024年7月 is later than 2024年6月底前: no marks"),
]  # fmt: skip


@pytest.mark.parametrize(("book", "rule", "target", "actual", "code", "text"), WHY)
def test_every_score_says_why(book: str, rule: str, target: str, actual: str, code: str, text: str) -> None:
    """Whether the marks are some, none or all."""
    score = perfeval.score_indicator(target, actual, 10, rule, rulebook=BOOKS[book])
    (step,) = score.steps
    assert step.because is not None, step.text("en")
    assert (step.because.code, step.because.text("en")) == (code, text)
    assert step.text("en").endswith(f": {text}")


@pytest.mark.parametrize("actual", ["3次", "2.9999次"])
def test_a_score_that_is_clamped_to_its_weight_says_why(actual: str) -> None:
    """6.666 has a digit more than the step: full marks, or nearly, are rounded up and clamped to it."""
    (step,) = perfeval.score_indicator("≥3次", actual, "6.666").steps
    line = read_line(step.text("en"))
    assert line.value == line.computed == Fraction("6.666")
    assert line.why.startswith("3 meets" if actual == "3次" else "2.9999 misses")


def test_every_reason_has_its_row() -> None:
    assert {code for *_, code, _ in WHY} == set(REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_told(language: Language) -> None:
    facts: Mapping[str, str] = {name: name for name in (*NAMES, "low", "high", "share", "degree")}
    texts = {code: wording(**facts).text(language) for code, wording in REASONS.items()}
    assert all(code == wording.code for code, wording in REASONS.items())
    assert len(set(texts.values())) == len(texts)
    assert not any("{" in text for text in texts.values())
