"""A second, independent reading of the tables of semantics.md §1 and §4, in plain fractions.

It imports nothing of perfeval and knows no cells: it is given numbers that are already read. A `str` that
comes back instead of a number is the reason why there is none.
"""

from collections.abc import Sequence
from fractions import Fraction

Edges = Sequence[tuple[Fraction, Fraction]]
"""(from, factor) pairs: the edges of bands descend, the steps of a ladder ascend."""

STEP = Fraction(1, 100)


def unrounded(
    rule: str,
    comparison: str,
    target: Fraction | None,
    actual: Fraction,
    weight: Fraction,
    *,
    reverse: str = "ratio",
    equality: str = "at-least",
    zero_under_ceiling: str = "full",
    pass_line: Fraction | None = None,
    ladder: Edges = (),
    bands: Edges = (),
    low: Fraction | None = None,
    high: Fraction | None = None,
) -> Fraction | str:
    """The score before rounding (§4). `comparison` is one of >= = <= range; a range has low and high."""
    if rule == "banded":
        return weight * _band(actual, bands)
    if comparison == "range":
        assert low is not None
        assert high is not None
        plain = _range(low, high, actual, weight, reverse)
    else:
        assert target is not None
        plain = _plain(comparison, target, actual, weight, reverse, equality, zero_under_ceiling)
    if rule == "direct":
        return weight if plain == weight else Fraction(0)
    if isinstance(plain, str) or comparison == "range":
        return plain
    assert target is not None
    share = completion(rule, comparison, target, actual, reverse=reverse)
    if pass_line is not None and share is not None and share < pass_line:
        return Fraction(0)
    factor = None
    for step, lower in ladder:
        if comparison != "<=" and target > 0 and actual / target >= step:
            factor = lower
    return plain if factor is None else weight * factor


def _plain(
    comparison: str,
    target: Fraction,
    actual: Fraction,
    weight: Fraction,
    reverse: str,
    equality: str,
    zero_under_ceiling: str,
) -> Fraction | str:
    """The lines proportional ≥, = and ≤ of the table of §4."""
    none = Fraction(0)
    if comparison == "<=":
        return _at_most(target, actual, weight, reverse, zero_under_ceiling)
    if comparison == "=" and target == 0:
        return weight if actual <= 0 else none
    if comparison == "=" and equality == "exact":
        return weight if actual == target else weight * max(none, 1 - abs(actual - target) / target)
    if actual >= target:
        return weight
    if target > 0:
        return weight * max(actual, none) / target
    return none if target == 0 else "negative-target"


def _at_most(
    target: Fraction, actual: Fraction, weight: Fraction, reverse: str, zero_under_ceiling: str
) -> Fraction | str:
    """The lines proportional ≤ of the table of §4."""
    none = Fraction(0)
    if actual <= target:
        if actual == 0 and target > 0 and zero_under_ceiling != "full":
            return none if zero_under_ceiling == "zero" else "needs-judgement"
        return weight
    if target < 0:
        return "negative-target"
    if target == 0 or reverse == "cliff":
        return none
    if reverse == "ratio":
        return weight * target / actual
    return max(none, weight * (2 * target - actual) / target)


def _range(low: Fraction, high: Fraction, actual: Fraction, weight: Fraction, reverse: str) -> Fraction | str:
    """The line on range targets of §2: inside full, below as ≥ low, above as ≤ high."""
    if low <= actual <= high:
        return weight
    if actual < low:
        return _plain(">=", low, actual, weight, reverse, "at-least", "full")
    return _plain("<=", high, actual, weight, reverse, "at-least", "full")


def _band(value: Fraction, bands: Edges) -> Fraction:
    """The line banded of §4: descending lower edges, each inclusive."""
    for edge, factor in bands:
        if value >= edge:
            return factor
    return Fraction(0)


def completion(
    rule: str,
    comparison: str,
    target: Fraction,
    actual: Fraction,
    *,
    reverse: str = "ratio",
    equality: str = "at-least",
    bands: Edges = (),
) -> Fraction | None:
    """The degree of completion before it is rounded to four decimals (§4, the paragraph after the table)."""
    if rule == "banded":
        return _band(actual, bands)
    full = _plain(comparison, target, actual, Fraction(1), reverse, equality, "full")
    if rule == "direct":
        return Fraction(1 if full == 1 else 0)
    if isinstance(full, str):
        return None
    if comparison in {">=", "="} and target > 0:
        return max(actual, Fraction(0)) / target
    return full


def rounded(x: Fraction, weight: Fraction, step: Fraction = STEP, mode: str = "half-up") -> Fraction:
    """Rounded once, then clamped to [0, W] (§1)."""
    units = x / step
    whole = units.numerator // units.denominator
    rest = units - whole
    half = Fraction(1, 2)
    up = {
        "truncate": False,
        "half-up": rest >= half,
        "half-even": rest > half or (rest == half and whole % 2 == 1),
    }
    return min(max(step * (whole + up[mode]), Fraction(0)), weight)


def execution(budget: Fraction | None, executed: Fraction | None, weight: Fraction) -> Fraction | str:
    """The execution line before rounding (§4, the line execution)."""
    if budget is None:
        return "blank-budget"
    if executed is None:
        return "blank-executed"
    if budget < 0 or executed < 0:
        return "negative-amount"
    if budget == 0:
        return "zero-budget"
    return weight * min(executed / budget, Fraction(1))


def rate_text(budget: Fraction, executed: Fraction) -> str:
    """E ÷ B as forms print it: 0.01 % half up, not capped (§4, the paragraph after the table)."""
    hundredths = (executed / budget * 10000 * 2 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def interval(actual: str, target: str, *, counted: bool) -> tuple[Fraction, Fraction]:
    """What an actual may have been (§1), both cells as digits of one unit.

    `counted` means a counting unit or none, written without 万 or 亿. Anything else is measured: half a unit
    of the finer of the actual's last digit and its target's.
    """
    value = Fraction(actual)
    if counted and "." not in actual:
        return value, value
    decimals = max(len(text.partition(".")[2]) for text in (actual, target))
    half = Fraction(1, 2 * 10**decimals)
    return value - half, value + half
