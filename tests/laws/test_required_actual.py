"""The law of required_actual: what it says reaches the score, and one step less does not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import Indicator, RuleBook, Stretch, UsageError, required_actual, score_indicator
from perfeval.formula.nodes import Node, Refuse
from perfeval.messages import Wording
from perfeval.rulebook import read_rulebook
from perfeval.rules import Kind
from perfeval.scoring.indicator import score_row
from perfeval.testing.strategies import comparisons, ranges, rulebooks
from perfeval.values import Comparison, Quantity

_RULES = st.sampled_from((None, "按照正常比例赋分", "直接赋分", "满意度赋分", "少一个扣1分"))
_LEVELS = st.sampled_from(("产出指标", "成本指标", "满意度指标"))
_WEIGHTS = st.sampled_from(("10", "6.666", "1", "12.5", "100", "0"))


@st.composite
def _rows(draw: st.DrawFn) -> Indicator:
    target = draw(st.one_of(comparisons(), ranges()))
    return Indicator(level1=draw(_LEVELS), target=target, weight=draw(_WEIGHTS), rule=draw(_RULES))


def _reaches(row: Indicator, book: RuleBook, actual: Quantity, wanted: Decimal) -> bool:
    made = score_row(attrs.evolve(row, actual=Comparison(None, actual)), book, None).score
    return made is not None and made >= wanted


def _moved(quantity: Quantity, by: Decimal) -> Quantity:
    return Quantity(quantity.number + by, quantity.unit)


def _holds(stretch: Stretch, number: Decimal) -> bool:
    above = stretch.least is None or number >= stretch.least.number
    return above and (stretch.most is None or number <= stretch.most.number)


@given(
    _rows(), rulebooks(), st.integers(0, 1000), st.sampled_from(("1", "0.1", "0.01", "0.5", "3")), st.data()
)
def test_what_it_says_reaches_the_score_and_one_step_less_does_not(
    row: Indicator, book: RuleBook, share: int, step: str, data: st.DataObject
) -> None:
    weight = row.weight.value if row.weight else None
    assert isinstance(weight, Decimal)
    wanted = weight * share / 1000
    found = required_actual(row, wanted, book, step=step)
    assert found.step == Decimal(step) or found.reason is not None
    grid = Decimal(step)
    ends = [end for stretch in found.stretches for end in (stretch.least, stretch.most) if end is not None]
    for stretch in found.stretches:
        if stretch.least is not None:
            assert _reaches(row, book, stretch.least, wanted)
            assert not _reaches(row, book, _moved(stretch.least, -grid), wanted)
        if stretch.most is not None:
            assert _reaches(row, book, stretch.most, wanted)
            assert not _reaches(row, book, _moved(stretch.most, grid), wanted)
    if found.step is not None and row.target is not None:
        target = row.target.value
        quantity = target.quantity if isinstance(target, Comparison) else target.high  # type: ignore[union-attr]
        unit = ends[0].unit if ends else quantity.unit
        near = data.draw(st.sampled_from([end.number for end in ends] or [quantity.number // grid * grid]))
        number = near + grid * data.draw(st.integers(-300, 300))
        assert _reaches(row, book, Quantity(number, unit), wanted) == any(
            _holds(stretch, number) for stretch in found.stretches
        )


@pytest.mark.parametrize(
    ("target", "score", "weight", "actual"),
    [
        ("<=8.90万元", "9.96", 10, "8.94万元"),
        (">=3次", "7", 10, "3次"),  # two of three are 6.67
        ("=100%", "9.5", 10, "95%"),
        ("5-10次", "8", 10, "4次"),
        (">=95%", "6.666", "6.666", "95%"),
        (">=-5%", "3", 10, "-5%"),  # a floor below 0 that is missed has no ratio
        (">=3次", "0", 10, None),
        (">=3次", "10.01", 10, None),
        ("提升", "8", 10, None),
    ],
)
def test_examples(target: str, score: str, weight: int | str, actual: str | None) -> None:
    found = required_actual(Indicator(target=target, weight=weight), score)
    assert (found.actual and found.actual.format()) == actual
    assert (found.reason is None) == (actual is not None)


def test_a_range_has_two_ends_and_a_ceiling_its_greatest() -> None:
    (stretch,) = required_actual(Indicator(target="5-10次", weight=10), 8).stretches
    assert stretch.least is not None
    assert stretch.most is not None
    assert (stretch.least.format(), stretch.most.format()) == ("4次", "12次")
    ceiling = required_actual(Indicator(target="<=0.5%", weight=10), 3, step="0.001").actual
    assert ceiling is not None
    assert ceiling.format() == "1.669%"


def test_a_score_keeps_its_rule_book_and_its_rule() -> None:
    direct = score_indicator(">=100次", "80次", rule="direct", rulebook="platform")
    found = required_actual(direct, 1)
    assert found.actual is not None
    assert found.actual.format() == "100次"
    assert required_actual(direct.indicator, 1, "platform").actual != found.actual
    elsewhere = required_actual(direct, 1, "common-practice").actual
    assert elsewhere is not None
    assert elsewhere.format() == "10次"


_BANDS = read_rulebook(
    b'schema = "perfeval.rulebook.v1"\nid = "bands"\n'
    b'settings = { satisfaction = { bands = [{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }] } }\n'
)


def test_bands_are_of_per_cent_also_where_the_target_has_no_unit() -> None:
    for target in (">=95", ">=95%"):
        row = Indicator(level1="满意度指标", target=target, weight=10, rule="满意度赋分")
        found = required_actual(row, 8, _BANDS).actual
        assert found is not None
        assert found.format() == "80%"


@attrs.frozen
class _Unfit:
    """A rule of one's own that scores no number."""

    kind: ClassVar[str] = "unfit"

    def formula(self, kind: Kind) -> Node:  # noqa: ARG002 - as every rule
        return Refuse("rule-unfit")

    completion = formula

    def breaks(self) -> Mapping[str, Wording]:
        return {}


def test_a_rule_of_ones_own_that_scores_no_number_has_no_answer() -> None:
    made = score_indicator(">=100次", "80次", weight=10)
    own = attrs.evolve(made, choice=attrs.evolve(made.choice, rule=_Unfit()))
    reason = required_actual(own, 8).reason
    assert reason is not None
    assert reason.code == "REQUIRED-NO-FORMULA"


def test_bands_of_per_cent_give_no_number_of_times() -> None:
    book = read_rulebook(
        b'schema = "perfeval.rulebook.v1"\nid = "bands"\n'
        b'settings = { satisfaction = { bands = [{ from = "90%", factor = "1" }, { from = "0%", factor = "0" }] } }\n'
    )
    found = required_actual(Indicator(level1="满意度指标", target=">=3次", weight=10), 10, book)
    assert found.reason is not None
    assert found.reason.code == "REQUIRED-NO-FORMULA"


@pytest.mark.parametrize(
    ("row", "score", "step", "code"),
    [
        (Indicator(target=">=3次", weight=10), "满分", None, "CALL-REQUIRED-SCORE"),
        (Indicator(target=">=3次", weight=10), 9.5, None, "CALL-FLOAT"),
        (Indicator(target=">=3次", weight=10), 9, 0, "CALL-REQUIRED-STEP"),
        (Indicator(target=">=3次", weight=10), 9, "-1", "CALL-REQUIRED-STEP"),
        (">=3次", 9, None, "CALL-REQUIRED-ROW"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(row: Any, score: Any, step: Any, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        required_actual(row, score, step=step)
    assert refused.value.message.code == code


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Indicator(target="提升", weight=10), "REQUIRED-NO-NUMBER"),
        (Indicator(target="2024年6月", weight=10), "REQUIRED-NO-NUMBER"),
        (Indicator(weight=10), "REQUIRED-NO-NUMBER"),
        (Indicator(target=">=3次"), "REQUIRED-NO-WEIGHT"),
        (Indicator(target=">=3次", weight=5), "REQUIRED-ABOVE-WEIGHT"),
    ],
)
def test_where_there_is_no_answer_it_says_why(row: Indicator, code: str) -> None:
    found = required_actual(row, 9)
    assert found.actual is None
    assert found.reason is not None
    assert found.reason.code == code
