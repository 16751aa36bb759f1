"""How a reported score stands to the recomputed one: every accepted reading is tried before ``differs``."""

from __future__ import annotations

__all__ = ["Trial", "judge", "judge_score"]

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from perfeval.formula import RoundingMode, reach, round_pair
from perfeval.rulebook import Rounding, satisfaction_rule
from perfeval.rules import Banded, Graded, Kind, Proportional, Rule
from perfeval.scoring.choice import Choice
from perfeval.scoring.compare import Compared
from perfeval.scoring.vocabulary import Note, Verdict
from perfeval.scoring.words import Statement, statements
from perfeval.scoring.working import formula_of, fraction_of, with_share
from perfeval.values import squash

if TYPE_CHECKING:
    from perfeval.scoring.indicator import IndicatorScore

# Only for these can a target without operator be meant the other way: a count is never a ceiling.
_EITHER_WAY_DIMENSIONS = frozenset({"money", "ratio", "count:天"})
_NEVER_CEILINGS = ("完成率", "执行率", "合格率", "覆盖率", "及时率", "满意度", "签约率")
_COARSE = Fraction(5, 100)  # of the weight: what printing fewer digits may hide


@attrs.frozen
class Trial:
    """A recomputed score as far as a reported one can be held against it."""

    weight: Fraction
    fraction: Fraction
    score: Decimal
    rounding: Rounding


def judge(row: IndicatorScore) -> tuple[Verdict, str | None]:
    """Give the verdict on a row's reported score and, for another family, its name (docs/semantics.md §1)."""
    reported = row.reported_score
    if reported is None:
        return Verdict.NOT_REPORTED, None
    book, compared = row.rulebook, row.compared
    if row.score is not None and _same(reported, row.score, book.rounding):
        return Verdict.EQUAL, None
    if _within_band(row, reported):
        return Verdict.WITHIN_BAND, None
    if row.score is None or row.weight is None or compared is None:
        return Verdict.UNSCORABLE, None
    rule, weight = row.choice.rule, Fraction(row.weight)
    trial = Trial(weight, fraction_of(rule, compared) or Fraction(0), row.score, book.rounding)
    if _reachable(rule, compared, weight, reported, book.rounding):
        return Verdict.WITHIN_INPUT_ROUNDING, None
    if _is_tail(trial, reported):
        return Verdict.TAIL, None
    family = next(_families(row, row.choice, compared, weight, reported), None)
    if family is not None:
        return Verdict.OTHER_FAMILY, family
    if _other_direction(row, rule, compared, weight, reported):
        return Verdict.OTHER_DIRECTION, None
    return _rest(trial, reported), None


def judge_score(trial: Trial, reported: Decimal) -> Verdict:
    """Give the verdict where inputs are exact and no other family is accepted (execution rates)."""
    if _same(reported, trial.score, trial.rounding):
        return Verdict.EQUAL
    return Verdict.TAIL if _is_tail(trial, reported) else _rest(trial, reported)


def _rest(trial: Trial, reported: Decimal) -> Verdict:
    if _is_coarse(trial, reported):
        return Verdict.COARSE
    return Verdict.BELOW if reported < trial.score else Verdict.DIFFERS


def _same(reported: Decimal, score: Decimal, rounding: Rounding) -> bool:
    if reported == score:
        return True
    step = rounding.step.as_integer_ratio()
    return _round(Fraction(reported), step, rounding.mode) == _round(Fraction(score), step, rounding.mode)


def _rounded(trial: Trial, fraction: Fraction, mode: RoundingMode) -> Fraction:
    result = _round(trial.weight * fraction, trial.rounding.step.as_integer_ratio(), mode)
    return max(Fraction(0), min(result, trial.weight))


def _is_tail(trial: Trial, reported: Decimal) -> bool:
    """Equal under another rounding mode, or with the rate rounded first, or both."""
    steps = ((1, 1000), (1, 10_000))  # of 0.1 % and of 0.01 %
    rates = [trial.fraction, *(_round(trial.fraction, step, mode) for step in steps for mode in RoundingMode)]
    wanted = Fraction(reported)
    return any(_rounded(trial, rate, mode) == wanted for rate in rates for mode in RoundingMode)


def _is_coarse(trial: Trial, reported: Decimal) -> bool:
    """Rounded or truncated to the digits printed, and not far from the exact score."""
    value = min(max(trial.weight * trial.fraction, Fraction(0)), trial.weight)
    exponent = reported.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    near = abs(value - Fraction(reported)) <= _COARSE * trial.weight
    return near and any(
        _round(value, (1, 10**digits), mode) == Fraction(reported)
        for mode in (RoundingMode.HALF_UP, RoundingMode.TRUNCATE)
    )


def _within_band(row: IndicatorScore, reported: Decimal) -> bool:
    """Inside the band of the statement that the words make (按评判等级赋分)."""
    graded, compared = row.choice.rule, row.compared
    if not isinstance(graded, Graded) or compared is None or compared.words is None or row.weight is None:
        return False
    step = row.rulebook.rounding.step.as_integer_ratio()
    weight = Fraction(row.weight)
    high, low = (_round(weight * Fraction(edge), step, RoundingMode.HALF_UP) for edge in graded.bands)
    bands = {
        Statement.ACHIEVED: (high, weight + 1),
        Statement.PARTLY: (low, high),
        Statement.NOT: (Fraction(0), low),
    }
    value = Fraction(reported)
    made = statements(compared.words, equals_target=compared.kind is Kind.ASSERTED and row.score is not None)
    return value <= weight and any(bands[statement][0] <= value < bands[statement][1] for statement in made)


def _round(value: Fraction, step: tuple[int, int], mode: RoundingMode) -> Fraction:
    return Fraction(*round_pair(value.numerator, value.denominator, step, mode))


def _reachable(
    rule: Rule, compared: Compared, weight: Fraction, reported: Decimal, rounding: Rounding
) -> bool:
    """Some actual inside its interval gives the reported score."""
    interval = compared.interval()
    if interval is None or not weight:
        return False
    moving, low, high = interval
    if isinstance(rule, Banded):
        unit = compared.unit if compared.unit.is_percent else None
        scale = Fraction(unit.numerator, unit.denominator) if unit else Fraction(1, 100)
        low, high, moving = low * scale, high * scale, "share"
    bottom, top, bottom_closed, top_closed = _preimage(Fraction(reported), weight, rounding)
    pieces = reach(formula_of(rule, compared.kind), compared.inputs, moving, low, high)
    return any(piece.meets(bottom, top, low_closed=bottom_closed, high_closed=top_closed) for piece in pieces)


def _preimage(
    reported: Fraction, weight: Fraction, rounding: Rounding
) -> tuple[Fraction, Fraction, bool, bool]:
    """Give the fractions of the weight that round to the reported score: low, high, and which end is in it.

    Full marks are also what any greater value is clamped to.
    """
    step = Fraction(rounding.step)
    # Full marks of a weight between two steps (6.666) are what the step above it is clamped to.
    rounded = -(-reported // step) * step if reported == weight else reported
    low, high, low_in, high_in = _rounds_to(rounded, step, rounding.mode)
    low, high = low / weight, high / weight
    if rounding.rate_first:
        rate = Fraction(1, 10_000)
        first, last = -(-low // rate) * rate, high // rate * rate  # the rates that lie inside
        first += rate if first == low and not low_in else 0
        last -= rate if last == high and not high_in else 0
        if first > last:
            return Fraction(1), Fraction(0), False, False
        low, _, low_in, _ = _rounds_to(first, rate, rounding.mode)
        _, high, _, high_in = _rounds_to(last, rate, rounding.mode)
    if reported == weight:
        high, high_in = max(high, Fraction(1)), True
    return low, high, low_in, high_in


def _rounds_to(value: Fraction, step: Fraction, mode: RoundingMode) -> tuple[Fraction, Fraction, bool, bool]:
    """Give the interval that is rounded to ``value``; it is empty where the value is no multiple of the step."""
    if value % step:
        return value, value, False, False
    if mode is RoundingMode.TRUNCATE:
        return value, value + step, True, False
    even = mode is RoundingMode.HALF_UP or (value / step) % 2 == 0
    return value - step / 2, value + step / 2, even, even and mode is RoundingMode.HALF_EVEN


def _gives(rule: Rule, compared: Compared, weight: Fraction, reported: Decimal, rounding: Rounding) -> bool:
    fraction = fraction_of(rule, compared)
    if fraction is None:
        return False
    wanted = _round(Fraction(reported), rounding.step.as_integer_ratio(), rounding.mode)
    return _rounded(Trial(weight, fraction, reported, rounding), fraction, rounding.mode) in (
        wanted,
        Fraction(reported),
    )


def _families(
    row: IndicatorScore, choice: Choice, compared: Compared, weight: Fraction, reported: Decimal
) -> Iterator[str]:
    """Give the accepted families and bands under which the reported score is right."""
    if not weight:
        return
    book, rule = row.rulebook, choice.rule
    if isinstance(rule, Proportional):
        for reverse in book.accept.reverse:
            if reverse is not rule.reverse and _gives(
                attrs.evolve(rule, reverse=reverse), compared, weight, reported, book.rounding
            ):
                yield str(reverse)
    if choice.is_satisfaction:
        for setting in book.accept.satisfaction:
            other = satisfaction_rule(book, setting)
            shared = with_share(compared) if isinstance(other, Banded) else compared
            if (
                other != rule
                and shared.reason is None
                and _gives(other, shared, weight, reported, book.rounding)
            ):
                yield str(setting)


def _other_direction(
    row: IndicatorScore, rule: Rule, compared: Compared, weight: Fraction, reported: Decimal
) -> bool:
    """Equal when a target without operator is read the other way (docs/semantics.md §1)."""
    if Note.DIRECTION_ASSUMED not in row.notes or not weight:
        return False
    name = squash(row.indicator.level3 or "")
    if compared.unit.dimension.partition("/")[0] not in _EITHER_WAY_DIMENSIONS or any(
        word in name for word in _NEVER_CEILINGS
    ):
        return False
    other = Kind.EQUAL if compared.kind is Kind.AT_MOST else Kind.AT_MOST
    return _gives(rule, compared._replace(kind=other), weight, reported, row.rulebook.rounding)
