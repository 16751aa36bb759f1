"""What a row of a table offers to a fault: its numbers, read without any judgement."""

from __future__ import annotations

__all__ = [
    "Reading",
    "adds_up",
    "full_rows",
    "is_cost",
    "is_full",
    "is_growth_or_demand",
    "read_row",
    "total_funding",
]

from fractions import Fraction

import attrs

from perfeval.table import Evaluation, Indicator
from perfeval.testing.edit import number_of
from perfeval.values import Comparison, Operator, Unit

# Numbers that nobody plans: a plant in them would be ambiguous.
_OPEN = tuple(
    "增长 增加 增收 收入 低保 特困 优抚 增速 增幅 下降 降低 减少 提高 救助 补助人 资助 受理 投诉 信访 咨询 参保 接诊 门诊 申请".split()
)


@attrs.frozen
class Reading:
    """A row whose target and actual are numbers in one unit, with a printed sign; weight and score are numbers."""

    operator: Operator
    target: Fraction
    actual: Fraction
    weight: Fraction
    score: Fraction
    unit: Unit
    places: int
    """Decimals of the finer of the two."""

    @property
    def is_floor(self) -> bool:
        """Whether more is better: ≥ or =."""
        return self.operator in (Operator.AT_LEAST, Operator.EQUAL)

    @property
    def is_met(self) -> bool:
        """Whether the target is kept."""
        return self.actual >= self.target if self.is_floor else self.actual <= self.target

    @property
    def is_counted(self) -> bool:
        """Whether it is a number of things."""
        return self.unit.dimension.startswith("count:")

    @property
    def is_sound(self) -> bool:
        """Whether the target is kept and the row has its full weight."""
        return self.is_met and self.score == self.weight > 0


def read_row(row: Indicator) -> Reading | None:
    """Read a row; None where something is missing, or takes judgement to compare."""
    target, actual = row.target, row.actual
    weight, score = number_of(row.weight), number_of(row.score)
    if target is None or actual is None or weight is None or score is None:
        return None
    if not isinstance(target.value, Comparison) or not isinstance(actual.value, Comparison):
        return None
    operator, wanted, found = target.value.operator, target.value.quantity, actual.value.quantity
    if operator not in (Operator.AT_LEAST, Operator.EQUAL, Operator.AT_MOST) or wanted.unit != found.unit:
        return None
    if actual.value.operator not in (None, Operator.EQUAL) or wanted.approximate or found.approximate:
        return None
    if wanted.number <= 0:
        return None
    return Reading(
        operator,
        Fraction(wanted.number),
        Fraction(found.number),
        weight,
        score,
        wanted.unit,
        max(0, -wanted.exponent, -found.exponent),
    )


def is_full(row: Indicator) -> bool:
    """Say whether the row has its full weight."""
    weight = number_of(row.weight)
    return bool(weight) and number_of(row.score) == weight


def is_cost(row: Indicator) -> bool:
    """Say whether the row stands under 成本."""
    return "成本" in (row.level1 or "") + (row.level2 or "")


def is_growth_or_demand(row: Indicator) -> bool:
    """Say whether the number is a change, or decided by those who ask."""
    return any(word in (row.level3 or "") for word in _OPEN)


def total_funding(evaluation: Evaluation) -> int | None:
    """Give the row of money that is the whole: the first, where its name says so."""
    rows = evaluation.funding
    is_named = bool(rows) and any(word in (rows[0].label or "") for word in ("总额", "合计", "总计"))
    return 0 if is_named else None


def full_rows(evaluation: Evaluation, least: int = 1) -> list[int]:
    """Give the rows with full marks and so many points at least."""
    rows = enumerate(evaluation.indicators)
    return [number for number, row in rows if is_full(row) and (number_of(row.weight) or 0) >= least]


def adds_up(evaluation: Evaluation) -> bool:
    """Say whether all weights are printed and make 100."""
    found = [number_of(row.weight) for row in evaluation.indicators]
    execution = [number_of(row.weight) for row in evaluation.funding[:1]]
    known = [weight for weight in (*found, *execution) if weight is not None]
    return len(known) == len(found) + 1 and sum(known) == 100 and not evaluation.partial
