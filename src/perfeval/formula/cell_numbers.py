"""Numbers of a spreadsheet's cells as quotients of whole numbers that stay exact in binary arithmetic."""

from __future__ import annotations

__all__ = [
    "ONE",
    "CellNumber",
    "NoCellFormulaError",
    "Quotient",
    "Whole",
    "aligned",
    "difference",
    "of_cell",
    "product",
    "ratio",
    "rounded",
    "total",
]

from math import gcd, lcm

import attrs

from perfeval.formula.nodes import Number, RoundingMode
from perfeval.messages import Message, Wording

_MOST = 10**13
_FUNCTIONS = {RoundingMode.HALF_UP: "ROUND", RoundingMode.TRUNCATE: "ROUNDDOWN"}

_HALF_EVEN = Wording(
    "cell-half-even",
    "电子表格没有四舍六入五成双的函数，此处为数值",
    "spreadsheets have no function that rounds half to even; this is the value",
)
_DIGITS = Wording(
    "cell-digits",
    "数字过长，电子表格算不准，此处为数值",
    "too many digits for a spreadsheet to count exactly; this is the value",
)


class NoCellFormulaError(Exception):
    """A spreadsheet cannot compute the formula exactly; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


@attrs.frozen
class CellNumber:
    """The cell that holds an input: its reference, its decimals, and between which sizes it lies.

    ``least`` and ``most`` count in units of the last decimal: 8.90 of two decimals is 890.
    """

    reference: str
    decimals: int
    most: int
    least: int = 1


@attrs.frozen
class Whole:
    """The text of a whole number; ``strength`` is 0 of a sum, 1 of a product, 2 of what needs no brackets."""

    text: str
    most: int
    least: int
    strength: int = 2

    def __attrs_post_init__(self) -> None:
        if self.most > _MOST:
            raise NoCellFormulaError(_DIGITS())

    def enclosed(self, strength: int) -> str:
        """Give the text, in brackets where it binds less than it must."""
        return self.text if self.strength >= strength else f"({self.text})"

    def times(self, other: Whole) -> Whole:
        """Give the product."""
        if self.text == "1":
            return other
        if other.text == "1":
            return self
        text = f"{self.enclosed(1)}*{other.enclosed(1)}"
        return Whole(text, self.most * other.most, self.least * other.least, 1)

    def scaled(self, factor: int) -> Whole:
        """Give a multiple."""
        return _whole(factor).times(self) if factor else _whole(0)


def _whole(number: int) -> Whole:
    return Whole(str(number), abs(number), abs(number), 2 if number >= 0 else 0)


ONE = _whole(1)


@attrs.frozen
class Quotient:
    """``numerator × top ÷ (denominator × bottom)``, the two numbers in lowest terms, ``bottom`` above 0."""

    numerator: int
    denominator: int
    top: Whole = ONE
    bottom: Whole = ONE

    @classmethod
    def of(cls, numerator: int, denominator: int, top: Whole, bottom: Whole) -> Quotient:
        """Give a quotient in lowest terms."""
        shared = gcd(numerator, denominator)
        if top == bottom:  # T × (A ÷ T)
            top = bottom = ONE
        return cls(numerator // shared, denominator // shared, top, bottom)


def total(f: Quotient, g: Quotient, sign: int = 1) -> Quotient:
    """Give the sum, or with a ``sign`` of -1 the difference."""
    over = lcm(f.denominator, g.denominator)
    tops, bottom = (f.top, g.top), f.bottom
    if f.bottom != g.bottom:
        tops, bottom = (f.top.times(g.bottom), g.top.times(f.bottom)), f.bottom.times(g.bottom)
    factor = sign * g.numerator * (over // g.denominator)
    left = tops[0].scaled(f.numerator * (over // f.denominator))
    right = tops[1].scaled(abs(factor))
    text = f"{left.text}{'-' if factor < 0 else '+'}{right.enclosed(1)}"
    return Quotient(1, over, Whole(text, left.most + right.most, 0, 0), bottom)


def difference(f: Quotient, g: Quotient) -> Quotient:
    """Give the difference."""
    return total(f, g, -1)


def product(f: Quotient, g: Quotient) -> Quotient:
    """Give the product."""
    if f.top == g.bottom:
        return Quotient.of(f.numerator * g.numerator, f.denominator * g.denominator, g.top, f.bottom)
    top, bottom = f.top.times(g.top), f.bottom.times(g.bottom)
    return Quotient.of(f.numerator * g.numerator, f.denominator * g.denominator, top, bottom)


def ratio(f: Quotient, g: Quotient) -> Quotient:
    """Give the quotient of two values, the second above 0."""
    return product(f, Quotient(g.denominator, g.numerator, g.bottom, g.top))


def aligned(f: Quotient, g: Quotient) -> tuple[tuple[Whole, Whole], int]:
    """Give two values without a bottom as whole numbers over one denominator."""
    over = lcm(f.denominator, g.denominator)
    return (
        f.top.scaled(f.numerator * (over // f.denominator)),
        g.top.scaled(g.numerator * (over // g.denominator)),
    ), over


def rounded(value: Quotient, step: Number, mode: RoundingMode) -> Quotient:
    """Give a multiple of a step. Raises NoCellFormulaError for half to even, which no function of a spreadsheet is."""
    numerator, denominator = value.numerator * step.denominator, value.denominator * step.numerator
    shared = gcd(numerator, denominator)
    top, bottom = value.top.scaled(numerator // shared), value.bottom.scaled(denominator // shared)
    if bottom != ONE:  # else it is a multiple of the step already
        if mode not in _FUNCTIONS:
            raise NoCellFormulaError(_HALF_EVEN())
        text = f"{_FUNCTIONS[mode]}({top.enclosed(1)}/{bottom.enclosed(2)},0)"
        top = Whole(text, top.most // max(bottom.least, 1) + 1, 0)
    return Quotient(step.numerator, step.denominator, top)


def of_cell(cell: CellNumber) -> Quotient:
    """Give the number of a cell, its text a whole number without binary dust."""
    scale = 10**cell.decimals
    text = f"ROUND({cell.reference}*{scale},0)" if cell.decimals else cell.reference
    return Quotient(1, scale, Whole(text, cell.most, cell.least))
