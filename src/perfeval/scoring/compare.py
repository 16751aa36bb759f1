"""Target against actual: on one scale, with exact inputs for a formula, or the reason why not (docs/semantics.md §2)."""

from __future__ import annotations

__all__ = [
    "KINDS",
    "WIDEST",
    "Common",
    "Compared",
    "common_unit",
    "compare",
    "in_months",
    "is_plain_percentage",
    "same_unit",
]

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeGuard

from perfeval.rules import Kind
from perfeval.scoring.vocabulary import Note, Reason
from perfeval.scoring.words import is_scale_name, says_done, says_in_time, says_not_done
from perfeval.values import (
    DEFAULT_UNITS,
    NO_UNIT,
    Comparison,
    Deadline,
    Operator,
    Period,
    Quantity,
    Range,
    Target,
    Text,
    Unit,
    Unparsed,
)

KINDS = {
    Operator.AT_LEAST: Kind.AT_LEAST,
    Operator.MORE_THAN: Kind.AT_LEAST,
    Operator.EQUAL: Kind.EQUAL,
    Operator.LESS_THAN: Kind.AT_MOST,
    Operator.AT_MOST: Kind.AT_MOST,
}
_MONTHS = "count:月"
_WHOLE = Unit("100%", "ratio")  # a degree is a fraction of one
WIDEST = 100  # an assumed unit that makes A ÷ T wider than this, either way, is not believed

Pair = tuple[int, int]


class Compared(NamedTuple):
    """A target and an actual on one scale. (A named tuple: one is made for each row, in a third of the time.)

    ``inputs`` are the formula's, in the target's unit; ``actual`` is the actual as a quantity with the
    unit that it was read in. ``reason`` is set where they cannot be compared.
    """

    kind: Kind
    inputs: dict[str, Pair]
    notes: tuple[Note, ...] = ()
    reason: Reason | None = None
    unit: Unit = NO_UNIT
    actual: Quantity | None = None
    targets: tuple[Quantity, ...] = ()
    words: str | None = None

    def interval(self) -> tuple[str, Fraction, Fraction] | None:
        """Give the input that a measured actual moves, and its interval; None where the actual is exact.

        Half a unit of the finer of the last digits of actual and target, ends included (docs/semantics.md §1).
        """
        if self.actual is None or not self.actual.is_measured:
            return None
        moving = "degree" if self.kind is Kind.DEGREE else "actual"
        finest = min(_last_digit(quantity, self.unit) for quantity in (self.actual, *self.targets))
        middle = Fraction(*self.inputs[moving])
        return moving, middle - finest / 2, middle + finest / 2


def _last_digit(quantity: Quantity, unit: Unit) -> Fraction:
    own = quantity.unit
    scale = Fraction(own.numerator * unit.denominator, own.denominator * unit.numerator)
    return Fraction(10) ** quantity.exponent * scale


def compare(target: Target, actual: Target, assumed: Operator, year: int | None) -> Compared:
    """Put a target and an actual on one scale; ``assumed`` is the direction of a target without operator."""
    if isinstance(target, Comparison):
        if isinstance(actual, Comparison):
            return _numbers(target, actual, assumed)
        return _number_against_other(target, actual, assumed)
    if isinstance(target, Range):
        return _range(target, actual)
    if isinstance(target, Deadline):
        return _deadline(target, actual, year)
    return _text(target, actual)


def same_unit(target: Comparison, actual: Comparison, assumed: Operator) -> tuple[Kind, dict[str, Pair]]:
    """Give the kind and the inputs of two numbers that are written in one unit."""
    kind = KINDS[target.operator or assumed]
    return kind, {"target": target.quantity.pair, "actual": actual.quantity.pair}


def _numbers(target: Comparison, actual: Comparison, assumed: Operator) -> Compared:
    operator = target.operator or assumed
    kind = KINDS[operator]
    wanted, found = target.quantity, actual.quantity
    notes: tuple[Note, ...] = ()
    if target.operator is None:
        notes += (Note.DIRECTION_ASSUMED,)
    elif operator.is_strict:
        notes += (Note.STRICT_AS_INCLUSIVE,)
    if actual.operator is not None and actual.operator is not Operator.EQUAL:
        notes += (Note.ACTUAL_INEQUALITY,)
    if wanted.approximate or found.approximate:
        notes += (Note.APPROXIMATE,)
    if wanted.unit is found.unit:
        if wanted.unit.assumed:
            notes += (Note.UNIT_ASSUMED,)
        return Compared(*same_unit(target, actual, assumed), notes, None, wanted.unit, found, (wanted,))
    return _aligned(kind, (wanted,), found, notes)


class Common(NamedTuple):
    """The units in which a target and an actual are compared; ``assumed`` where one of them was not written.

    ``bare`` is the side without any unit against a percentage, whose number must be plausible as one.
    """

    unit: Unit
    own: Unit
    assumed: bool
    bare: str | None = None


def common_unit(unit: Unit, own: Unit) -> Common | None:
    """Give both sides one scale: the same dimension converts, a side without unit takes the other's; None: mismatch."""
    assumed = unit.assumed or own.assumed
    if unit.dimension != own.dimension:
        if own.is_bare:
            return Common(unit, _inherited(own, unit), assumed=True, bare=_bare_percent("actual", own, unit))
        if unit.is_bare:
            return Common(_inherited(unit, own), own, assumed=True, bare=_bare_percent("target", unit, own))
        return None
    if unit.is_bare and unit != own and NO_UNIT in (unit, own):  # 200万 against a bare 195.5
        unit = own = unit if own.is_absent else own
        assumed = True
    return Common(unit, own, assumed)


def _aligned(kind: Kind, wanted: tuple[Quantity, ...], found: Quantity, notes: tuple[Note, ...]) -> Compared:
    common = common_unit(wanted[0].unit, found.unit)
    if common is None:
        return Compared(kind, {}, notes, Reason.UNIT_MISMATCH)
    unit, assumed = common.unit, common.assumed
    reason = None if _is_plausible(common, wanted[0], found) else Reason.UNIT_AMBIGUOUS
    if unit is not wanted[0].unit:
        wanted = tuple(quantity.with_unit(unit) for quantity in wanted)
    found = found.with_unit(common.own)
    bounds = [quantity.in_unit(unit) for quantity in wanted]
    value = found.in_unit(unit)
    if assumed:
        notes += (Note.UNIT_ASSUMED,)
        if reason is None and any(_too_far_apart(value, bound) for bound in bounds):
            reason = Reason.UNIT_AMBIGUOUS
    if reason is not None:
        return Compared(kind, {}, notes, reason)
    names = ("target",) if len(bounds) == 1 else ("low", "high")
    return Compared(
        kind, {**dict(zip(names, bounds, strict=True)), "actual": value}, notes, None, unit, found, wanted
    )


def _inherited(bare: Unit, other: Unit) -> Unit:
    """Give the unit of a number without one: the other side's, with its 万 unless the number has its own."""
    return other if other.symbol == "%" and bare.is_absent else bare.completed_by(other)


def _bare_percent(side: str, bare: Unit, other: Unit) -> str | None:
    return side if other.symbol == "%" and bare.is_absent else None


def _is_plausible(common: Common, wanted: Quantity, found: Quantity) -> bool:
    """Say whether a number without a unit can be a percentage: 0, from 2 on, or against one below 2."""
    if common.bare is None:
        return True
    bare, other = (found, wanted) if common.bare == "actual" else (wanted, found)
    # copy_abs: abs() would round to the precision that the caller has set.
    return bare.number == 0 or bare.number.copy_abs() >= 2 or other.number.copy_abs() < 2


def _too_far_apart(value: Pair, bound: Pair) -> bool:
    a, t = abs(value[0]) * bound[1], abs(bound[0]) * value[1]
    return a > 0 and t > 0 and (a > WIDEST * t or t > WIDEST * a)


def _number_against_other(target: Comparison, actual: Target, assumed: Operator) -> Compared:
    kind = KINDS[target.operator or assumed]
    if isinstance(actual, Deadline):
        months = in_months(actual.period)
        if months is not None and target.quantity.unit.dimension == _MONTHS:
            return _numbers(target, Comparison(None, months), assumed)
        return Compared(kind, {}, (), Reason.UNIT_MISMATCH)
    return Compared(kind, {}, (), Reason.UNPARSED_ACTUAL)


def in_months(period: Period) -> Quantity | None:
    """Read ``6月``, where six months are meant, as a length of time."""
    return None if period.month is None else Quantity(Decimal(period.month), DEFAULT_UNITS.names["月"])


def _range(target: Range, actual: Target) -> Compared:
    ends = (target.low, target.high)
    approximate = any(quantity.approximate for quantity in ends)
    if isinstance(actual, Range) and actual == target:
        low, high = (quantity.in_unit(target.high.unit) for quantity in ends)
        return Compared(
            Kind.RANGE, {"low": low, "high": high, "actual": low}, (Note.ASSERTED,), None, target.high.unit
        )
    if not isinstance(actual, Comparison):
        reason = Reason.UNIT_MISMATCH if isinstance(actual, Deadline) else Reason.UNPARSED_ACTUAL
        return Compared(Kind.RANGE, {}, (), reason)
    notes: tuple[Note, ...] = ()
    if actual.operator is not None and actual.operator is not Operator.EQUAL:
        notes += (Note.ACTUAL_INEQUALITY,)
    if approximate or actual.quantity.approximate:
        notes += (Note.APPROXIMATE,)
    return _aligned(Kind.RANGE, ends, actual.quantity, notes)


def _deadline(target: Deadline, actual: Target, year: int | None) -> Compared:
    if isinstance(actual, Deadline):
        return _periods(target.period, actual.period, year)
    if isinstance(actual, Comparison):
        months = in_months(target.period)
        if months is not None and actual.quantity.unit.dimension == _MONTHS:
            return _numbers(Comparison(Operator.AT_MOST, months), actual, Operator.AT_MOST)
        return Compared(Kind.DEADLINE, {}, (), Reason.UNIT_MISMATCH)
    if isinstance(actual, Text) and says_in_time(actual.text):
        return Compared(Kind.DEADLINE, {"degree": (1, 1)}, (Note.ASSERTED,))
    if isinstance(actual, Text) and says_not_done(actual.text):
        return Compared(Kind.DEADLINE, {"degree": (0, 1)})
    return Compared(Kind.DEADLINE, {}, (), Reason.UNPARSED_ACTUAL)


def _periods(target: Period, actual: Period, year: int | None) -> Compared:
    """Compare by days; a year that is not written is the table's.

    Without it, two periods that both lack the year are of one year; where only one has it, nobody can tell.
    """
    limit, done = target.in_year(year), actual.in_year(year)
    if (limit.last[0] is None) != (done.last[0] is None):
        return Compared(Kind.DEADLINE, {}, (), Reason.NEEDS_JUDGEMENT)
    last, first, end = ((day[0] or 0, day[1], day[2]) for day in (limit.last, done.first, done.last))
    if end <= last:
        return Compared(Kind.DEADLINE, {"degree": (1, 1)})
    if first > last and not actual.before:
        return Compared(Kind.DEADLINE, {"degree": (0, 1)})
    return Compared(Kind.DEADLINE, {}, (), Reason.NEEDS_JUDGEMENT)


def _text(target: Target, actual: Target) -> Compared:
    wanted = target.text if isinstance(target, Text) else target.format()
    if isinstance(actual, Unparsed):
        return Compared(Kind.UNCLEAR, {}, (), Reason.UNPARSED_ACTUAL)
    if is_scale_name(wanted):
        return Compared(Kind.UNCLEAR, {}, words=actual.format())
    if isinstance(actual, Text):
        if actual.text == wanted or says_done(actual.text):
            return Compared(Kind.ASSERTED, {"degree": (1, 1)}, (Note.ASSERTED,), words=actual.text)
        if says_not_done(actual.text):
            return Compared(Kind.ASSERTED, {"degree": (0, 1)}, words=actual.text)
        return Compared(Kind.UNCLEAR, {}, words=actual.text)
    if is_plain_percentage(actual) and not any(character in "0123456789" for character in wanted):
        quantity = actual.quantity
        share = quantity.pair[0] * quantity.unit.numerator, quantity.pair[1] * quantity.unit.denominator
        return Compared(Kind.DEGREE, {"degree": share}, unit=_WHOLE, actual=quantity)
    return Compared(Kind.UNCLEAR, {}, words=actual.format())


def is_plain_percentage(actual: Target) -> TypeGuard[Comparison]:
    """A percentage and nothing else (完成 before it allowed): the degree to which words were fulfilled."""
    return (
        isinstance(actual, Comparison)
        and actual.operator in (None, Operator.EQUAL)
        and actual.quantity.unit.is_percent
        and not actual.quantity.approximate
    )
