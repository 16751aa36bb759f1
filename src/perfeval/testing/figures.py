"""Exact figures as tables print them, and the few formulas by which clean rows are scored.

Nothing here comes from the scoring engine: what is planted is judged by a second, independent calculation.
"""

from __future__ import annotations

__all__ = ["between", "hundredths", "one_in", "shown", "trimmed"]

from fractions import Fraction
from random import Random


def hundredths(value: Fraction) -> Fraction:
    """Round to 0.01, half up, as points and rates are."""
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def shown(value: Fraction, places: int = 2) -> str:
    """Print with so many decimals, half up."""
    scaled = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
    whole, rest = divmod(scaled, 10**places)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def trimmed(value: Fraction, places: int = 2) -> str:
    """Print with so many decimals at most, without zeros at the end."""
    text = shown(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def between(random: Random, low: Fraction | int, high: Fraction | int, places: int = 0) -> Fraction:
    """Draw a number of so many decimals from an interval that holds one."""
    scale = 10**places
    return Fraction(random.randint(-((-low * scale) // 1), (high * scale) // 1), scale)


def one_in(random: Random, count: int) -> bool:
    """Say yes once in so many times."""
    return random.randrange(count) == 0
