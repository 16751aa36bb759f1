"""Where the formulas of a rule book change: multiples of the target, shares, ties of rounding."""

from __future__ import annotations

__all__ = ["around", "decimal_text", "multiples", "shares", "tied_actuals"]

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from perfeval.formula import plain
from perfeval.rulebook import RuleBook
from perfeval.rules import Banded, Proportional, Rule

_ALWAYS = tuple(map(Fraction, ("0", "1/2", "1", "2", "10")))


def decimal_text(value: Fraction) -> str:
    """Give a finite decimal as text, without idle zeros."""
    return plain((value.numerator, value.denominator))


def multiples(books: Iterable[RuleBook]) -> list[Fraction]:
    """Give every A ÷ T at which a rule of the books changes, ascending."""
    found = set(_ALWAYS)
    for book in books:
        found.update(map(Fraction, book.settings.over_achievement))
        for rule in _rules(book):
            if isinstance(rule, Proportional):
                found.update(Fraction(step.start) for step in rule.ladder)
                if (
                    rule.pass_line
                ):  # below it for a floor; above its mirror image for a ceiling, in either family
                    line = Fraction(rule.pass_line)
                    found.update((line, 1 / line, 2 - line))
    return sorted(found)


def shares(books: Iterable[RuleBook]) -> list[Fraction]:
    """Give every edge of bands in the books, ascending; empty where none has bands."""
    return sorted(
        {
            Fraction(band.start)
            for book in books
            for bands in (
                *(rule.bands for rule in _rules(book) if isinstance(rule, Banded)),
                *(setting.bands for setting in book.accept.satisfaction),
            )
            for band in bands
        }
    )


def _rules(book: RuleBook) -> Iterator[Rule]:
    yield from (rule for rule in book.rules if rule is not None)
    yield from (book.satisfaction_rule, book.graded_rule, book.execution.rule)


def around(point: Fraction, digit: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """Give a point as a decimal whose last digit is this, and the decimals next to it."""
    nearest = point // digit * digit
    return nearest, nearest - digit, nearest + digit


def tied_actuals(target: Fraction, weight: Decimal, step: Decimal) -> Iterator[Fraction]:
    """Give actuals whose score lies half way between two steps: in proportion, and above a ceiling."""
    half = Fraction(step) / 2 / Fraction(weight)
    unit = target * half
    # Only an odd number of half steps is a tie, and only a divisor of 10ⁿ leaves a finite decimal.
    odd = unit.denominator
    while odd % 2 == 0:
        odd //= 2
    for number in (odd, 3 * odd):
        yield from (unit * number, 2 * target - unit * number)
    for number in (1, 5, 25, 125, 625):
        actual = 1 / half / number * target
        if target < actual <= 100 * target and not _odd_part(actual.denominator):
            yield actual


def _odd_part(number: int) -> bool:
    """Say whether a denominator has a factor that no power of ten has."""
    for factor in (2, 5):
        while number % factor == 0:
            number //= factor
    return number != 1
