"""Which actual reaches a score: the rule read backwards, exactly, and checked by scoring it forwards."""

from __future__ import annotations

__all__ = ["RequiredActual", "Stretch", "required_actual"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import attrs

from perfeval.errors import UsageError
from perfeval.formula import Node
from perfeval.formula.nodes import Refuse
from perfeval.formula.reach import crossings
from perfeval.messages import Message, Wording
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.rules import Banded, Kind
from perfeval.scoring.compare import Compared
from perfeval.scoring.indicator import IndicatorScore, score_row
from perfeval.scoring.intervals import Interval, multiples_in
from perfeval.scoring.numbers import decimal_of
from perfeval.scoring.working import formula_of, score_of
from perfeval.table import Indicator, number_cell
from perfeval.values import DEFAULT_UNITS, Comparison, Quantity, Range, Unit

_NOT_A_NUMBER = Wording(
    "REQUIRED-NO-NUMBER",
    "指标值不是数值或区间，没有可推算的实际完成值",
    "the target is neither a number nor a range, so no actual can be worked out",
)
_NO_WEIGHT = Wording("REQUIRED-NO-WEIGHT", "分值空缺或读不出", "the weight is blank or cannot be read")
_NO_FORMULA = Wording(
    "REQUIRED-NO-FORMULA",
    "规则 {rule} 对这样的指标不由数值计分",
    "the rule {rule} does not score such an indicator by its number",
)
_ABOVE_WEIGHT = Wording(
    "REQUIRED-ABOVE-WEIGHT",
    "{score} 分高于分值 {weight}",
    "{score} points are more than the weight of {weight}",
)
_NONE = Wording(
    "REQUIRED-NONE", "没有实际完成值能得到 {score} 分", "there is no actual that reaches {score} points"
)
_ANY = Wording("REQUIRED-ANY", "任何实际完成值都能得到 {score} 分", "every actual reaches {score} points")
_NOT_A_ROW = Wording(
    "CALL-REQUIRED-ROW",
    "应为 Indicator 或 IndicatorScore，现为 {type}",
    "must be an Indicator or an IndicatorScore, not a {type}",
)
_NOT_A_SCORE = Wording(
    "CALL-REQUIRED-SCORE",
    "得分应为数字，现为“{score}”",
    "the score must be a number, not '{score}'",
)
_NOT_A_STEP = Wording(
    "CALL-REQUIRED-STEP",
    "step 应为大于 0 的数字，例如 0.01，现为“{step}”",
    "step must be a number above 0 such as 0.01, not '{step}'",
)

_RATE = Fraction(1, 10_000)  # what a rate is rounded to, where the book rounds it first


@attrs.frozen
class Stretch:
    """Neighbouring actuals, from ``least`` to ``most``, that all reach the score; None where there is no end."""

    least: Quantity | None
    most: Quantity | None


@attrs.frozen
class RequiredActual:
    """The actuals that reach a score, ascending, in multiples of ``step`` of the target's unit.

    Where there is no single answer ``reason`` says why: none reaches it, or every one does.
    """

    score: Decimal
    step: Decimal | None
    kind: Kind | None
    stretches: tuple[Stretch, ...]
    reason: Message | None = None

    @property
    def actual(self) -> Quantity | None:
        """The actual to aim for: the smallest that reaches the score; under a ceiling the greatest."""
        if not self.stretches:
            return None
        return self.stretches[-1].most if self.kind is Kind.AT_MOST else self.stretches[0].least


def required_actual(
    indicator: Indicator | IndicatorScore,
    score: str | int | Decimal,
    rulebook: str | Path | RuleBook | None = None,
    *,
    step: str | int | Decimal | None = None,
) -> RequiredActual:
    """Give the smallest actual (under a ceiling: the greatest) that reaches at least this score, exactly.

    ``step`` is the precision of the answer, by default the last digit written in the target. The actual that the row
    has does not matter. ``rulebook`` is by default that of the score, else common-practice. UsageError for a score or step
    that is no number.

    >>> row = Indicator(target="<=8.90万元", weight=10)
    >>> required_actual(row, "9.96").actual.format()
    '8.94万元'
    """
    row = indicator.indicator if isinstance(indicator, IndicatorScore) else indicator
    if not isinstance(row, Indicator):
        raise UsageError(_NOT_A_ROW(type=type(row).__name__))
    wanted = _decimal(score, "score", _NOT_A_SCORE(score=score))
    probe = _probe(row, indicator, rulebook)
    if isinstance(probe, Message):
        return RequiredActual(wanted, None, None, (), probe)
    grid = (
        Decimal((0, (1,), probe.last_digit))
        if step is None
        else _decimal(step, "step", _NOT_A_STEP(step=step))
    )
    if grid <= 0:
        raise UsageError(_NOT_A_STEP(step=step))
    kind = probe.compared.kind
    if wanted > probe.weight:
        reason = _ABOVE_WEIGHT(score=f"{wanted:f}", weight=f"{probe.weight:f}")
        return RequiredActual(wanted, grid, kind, (), reason)
    stretches = tuple(
        Stretch(_quantity(least, grid, probe.unit), _quantity(most, grid, probe.unit))
        for least, most in multiples_in(_reaching(probe, Fraction(wanted)), Fraction(grid))
    )
    message = None
    if not stretches:
        message = _NONE(score=f"{wanted:f}")
    elif stretches == (Stretch(None, None),):
        message = _ANY(score=f"{wanted:f}")
    return RequiredActual(wanted, grid, kind, stretches, message)


def _decimal(given: str | int | Decimal, name: str, refusal: Message) -> Decimal:
    cell = number_cell(given, name)
    if cell is None or not isinstance(cell.value, Decimal):
        raise UsageError(refusal)
    return cell.value


@attrs.frozen
class _Probe:
    """A row as a function of its actual in ``unit``; the input ``moving`` of its formula is ``scale`` times that."""

    found: IndicatorScore
    compared: Compared
    formula: Node
    weight: Decimal
    unit: Unit
    moving: str
    scale: Fraction
    last_digit: int

    def score(self, x: Fraction) -> Decimal | None:
        """Give the score of an actual; None where the rule refuses it."""
        value = x * self.scale
        inputs = {**self.compared.inputs, self.moving: (value.numerator, value.denominator)}
        choice = self.found.choice
        return score_of(choice.evaluator(self.compared.kind), inputs, self.weight, choice.book.rounding.step)[
            0
        ]


def _probe(
    row: Indicator, given: Indicator | IndicatorScore, rulebook: str | Path | RuleBook | None
) -> _Probe | Message:
    """Score the row with an actual in the target's unit, to see by which formula and on which scale it is compared."""
    target = row.target.value if row.target is not None else None
    if not isinstance(target, Comparison | Range):
        return _NOT_A_NUMBER()
    targets = (target.quantity,) if isinstance(target, Comparison) else (target.low, target.high)
    tried = Quantity(targets[-1].number or Decimal(1), targets[-1].unit)
    found = _scored(row, given, rulebook, tried)
    is_banded = isinstance(found.choice.rule, Banded)
    if is_banded and tried.unit.is_absent:
        # Bands are of per cent; a number without a unit is taken for one only where it cannot be a fraction.
        tried = Quantity(Decimal(100), DEFAULT_UNITS.names["%"])
        found = _scored(row, given, rulebook, tried)
    if found.weight is None:
        return _NO_WEIGHT()
    compared, moving = found.compared, "share" if is_banded else "actual"
    if compared is None or moving not in compared.inputs:
        return _NO_FORMULA(rule=found.rule)
    formula = formula_of(found.choice.rule, compared.kind)
    if isinstance(formula, Refuse):
        return _NO_FORMULA(rule=found.rule)
    scale = Fraction(*compared.inputs[moving]) / Fraction(tried.number)
    digits = min(quantity.exponent for quantity in targets)
    return _Probe(found, compared, formula, found.weight, tried.unit, moving, scale, digits)


def _scored(
    row: Indicator,
    given: Indicator | IndicatorScore,
    rulebook: str | Path | RuleBook | None,
    actual: Quantity,
) -> IndicatorScore:
    changed = attrs.evolve(row, actual=Comparison(None, actual))
    if not isinstance(given, IndicatorScore):
        return score_row(changed, load_rulebook(rulebook or "common-practice"), None)
    if rulebook is not None:
        return score_row(changed, load_rulebook(rulebook), given.year)
    found = score_row(changed, given.rulebook, given.year)
    return attrs.evolve(found, choice=given.choice)  # which can be a caller's own choice of a rule


def _thresholds(probe: _Probe, wanted: Fraction) -> list[Fraction]:
    """Give the fractions of the weight at which rounding can begin to give the score; scoring decides which of them."""
    if probe.weight <= 0:
        return []
    rounding, weight = probe.found.rulebook.rounding, Fraction(probe.weight)
    fractions = [value / weight for value in _roundings(wanted, Fraction(rounding.step))]
    if not rounding.rate_first:
        return fractions
    return [
        rate for fraction in fractions for near in (0, _RATE) for rate in _roundings(fraction + near, _RATE)
    ]


def _roundings(value: Fraction, step: Fraction) -> tuple[Fraction, Fraction]:
    up = -(-value // step) * step
    return up, up - step / 2


def _reaching(probe: _Probe, wanted: Fraction) -> Iterator[Interval]:
    """Give every interval of actuals that reach the score: at each crossing and between two it is scored once."""

    def reaches(x: Fraction) -> bool:
        score = probe.score(x)
        return score is not None and score >= wanted

    crossed = crossings(probe.formula, probe.compared.inputs, probe.moving, _thresholds(probe, wanted))
    points = [value / probe.scale for value in crossed]
    if reaches(points[0] - 1):
        yield Interval(None, points[0])
    for low, high in pairwise(points):
        if reaches(low):
            yield Interval(low, low, low_closed=True, high_closed=True)
        if reaches((low + high) / 2):
            yield Interval(low, high)
    if reaches(points[-1]):
        yield Interval(points[-1], points[-1], low_closed=True, high_closed=True)
    if reaches(points[-1] + 1):
        yield Interval(points[-1], None)


def _quantity(multiple: int | None, step: Decimal, unit: Unit) -> Quantity | None:
    if multiple is None:
        return None
    numerator, denominator = step.as_integer_ratio()
    return Quantity(decimal_of((multiple * numerator, denominator), step), unit)
