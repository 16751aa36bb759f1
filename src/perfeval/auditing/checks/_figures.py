"""Figures in running text: each with its unit, the words before and after it in its clause, and its operator."""

from __future__ import annotations

__all__ = ["Figure", "agrees", "figures_in"]

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.formula import RoundingMode, round_pair
from perfeval.values import DEFAULT_UNITS, Operator, Quantity, Unit, squash
from perfeval.values.comparisons import BOUND, BOUNDS, OPERATORS

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z第.~-])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,8})?(?![0-9])"
)
_CLAUSE_START = re.compile(r".*[,。;:!?()]", re.DOTALL)
_CLAUSE_END = re.compile(r"[,。;:!?()0-9]")
# Words between a noun and its number that say nothing of which number it is.
_LINK = re.compile(r"(?:共计|合计|总计|分别|只有|仅为|实际|达到|完成|约|仅|为|是|共|达|到|只|了|有)+$")
_LONGEST_FIRST = tuple(sorted(OPERATORS, key=len, reverse=True))


@attrs.frozen
class Figure:
    """A number with a unit, as it stands in a text."""

    quantity: Quantity
    operator: Operator | None
    before: str
    """The clause up to the number, without operator and linking words."""
    after: str
    clause: str
    """The clause as printed, without white space: its words before, the figure, its words after."""
    text: str

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.quantity.unit


def figures_in(raw: str) -> Iterator[Figure]:
    """Give every number with a unit; years, dates, ordinals and numbers without unit are left out."""
    text = squash(raw)
    last = 0
    for found in _NUMBER.finditer(text):
        unit, end = DEFAULT_UNITS.read(text, found.end())
        if unit.is_bare or unit.dimension in ("count:天", "count:月") or unit.assumed:
            last = max(end, last)
            continue
        before = _CLAUSE_START.sub("", text[last : found.start()])
        cut = _CLAUSE_END.search(text, end)
        after = text[end : cut.start() if cut else len(text)]
        operator, noun = _operator(before, after)
        number = Decimal(found.group().replace(",", ""))
        quantity = Quantity(number, unit, "约" in before[-3:])
        yield Figure(
            quantity,
            operator,
            noun,
            after,
            before + text[found.start() : end] + after,
            text[found.start() : end],
        )
        last = end


def _operator(before: str, after: str) -> tuple[Operator | None, str]:
    noun = before
    word = next((word for word in _LONGEST_FIRST if noun.endswith(word)), None)
    operator = None
    if word is not None:
        operator, noun = OPERATORS[word], noun.removesuffix(word)
    bound = BOUND.match(after)
    if operator is None and bound is not None:
        operator = BOUNDS[bound.group()]
    return operator, _LINK.sub("", noun)


def agrees(figure: Quantity, known: Fraction, near: Fraction) -> bool:
    """Say whether a figure is a known number, rounded or cut to the figure's digits; 约 allows ``near`` of it."""
    written = Fraction(*figure.pair)
    step = (10**figure.exponent, 1) if figure.exponent >= 0 else (1, 10**-figure.exponent)
    pair = (known.numerator, known.denominator)
    if any(Fraction(*round_pair(*pair, step, mode)) == written for mode in _MODES):
        return True
    return figure.approximate and abs(written - known) <= near * abs(known)


_MODES = (RoundingMode.HALF_UP, RoundingMode.TRUNCATE)
