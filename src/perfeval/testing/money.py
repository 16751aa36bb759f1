"""Clean rows of money: a total, its parts, the execution rate and its points, all of which agree."""

from __future__ import annotations

__all__ = ["Money", "draw_money", "funding_rows", "whole_money"]

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import attrs

from perfeval.table import Funding
from perfeval.testing.figures import between, hundredths, one_in, shown, trimmed
from perfeval.testing.form import Form

_LABELS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
_WHOLE_LABELS = ("合计", "本级资金", "上级资金", "其他资金")


@attrs.frozen
class Money:
    """The parts of a budget in the form's unit: at the start of the year, as adjusted, and as spent."""

    initial: tuple[Fraction, ...]
    adjusted: tuple[Fraction, ...]
    executed: tuple[Fraction, ...]

    @property
    def budget(self) -> Fraction:
        """The whole adjusted budget."""
        return sum(self.adjusted, Fraction(0))

    @property
    def spent(self) -> Fraction:
        """All that was spent."""
        return sum(self.executed, Fraction(0))

    @property
    def planned(self) -> Fraction:
        """The whole initial budget."""
        return sum(self.initial, Fraction(0))

    @property
    def rate(self) -> Fraction:
        """Spent ÷ budget."""
        return self.spent / self.budget


def draw_money(random: Random, form: Form) -> Money:
    """Draw the money of a project: spent in full, nearly, or to two thirds; adjusted by less than a tenth or not at all."""
    scale = 10_000 if form.money_unit == "元" else 1
    main = between(random, 20, 400, random.choice((0, 2))) * scale
    carried = between(random, 1, 20, 2) * scale if one_in(random, 3) else Fraction(0)
    other = between(random, 1, 30, 2) * scale if one_in(random, 2) else Fraction(0)
    adjusted = (main, carried, other)
    moved = hundredths(main * random.randint(-6, 6) / 100) if one_in(random, 3) else Fraction(0)
    rate = random.choice(
        (Fraction(1), Fraction(random.randint(905, 999), 1000), Fraction(random.randint(620, 890), 1000))
    )
    executed = tuple(hundredths(part * rate) for part in adjusted)
    return Money((main - moved, carried, other), adjusted, executed)


def whole_money(random: Random, projects: Sequence[Money]) -> Money:
    """Give the money of a unit: its projects' and the running costs beside them."""
    running = sum((money.budget + money.planned for money in projects), Fraction(0)) * random.randint(1, 3)
    rate = Fraction(random.randint(950, 1000), 1000)
    upper = hundredths(running / 7)

    def whole(side: str, running_share: Fraction) -> tuple[Fraction, ...]:
        parts: list[tuple[Fraction, ...]] = [getattr(money, side) for money in projects]
        main, carried, other = (sum(column, Fraction(0)) for column in zip(*parts, strict=True))
        return (
            hundredths((running - upper) * running_share) + main,
            hundredths(upper * running_share) + carried,
            other,
        )

    return Money(whole("initial", Fraction(1)), whole("adjusted", Fraction(1)), whole("executed", rate))


def funding_rows(random: Random, form: Form, money: Money, *, is_whole: bool = False) -> tuple[Funding, ...]:
    """Write the rows of money: the total with weight, rate and points, then its parts."""
    style = trimmed if one_in(random, 4) else shown
    rate = f"{shown(100 * money.rate)}%" if not one_in(random, 5) else f"{trimmed(100 * money.rate)}%"
    score = hundredths(form.execution * min(money.rate, Fraction(1)))
    rows = [
        (money.planned, money.budget, money.spent),
        *zip(money.initial, money.adjusted, money.executed, strict=True),
    ]
    dash = random.choice(("—", "", "-"))
    labels = _WHOLE_LABELS if is_whole else _LABELS
    return tuple(
        Funding(
            label=label,
            initial=style(initial) if form.has_initial else None,
            adjusted=style(adjusted),
            executed=style(executed),
            weight=dash if number else str(form.execution),
            rate=dash if number else rate,
            score=dash if number else form.points(score),
        )
        for number, (label, (initial, adjusted, executed)) in enumerate(zip(labels, rows, strict=True))
    )
