"""Clean rows: target, actual and the score that follows, each drawn so that every rule book in use agrees.

A missed row has the score in proportion and a reason; where the form has no column for reasons nothing is missed.
"""

from __future__ import annotations

__all__ = [
    "Draft",
    "counted",
    "deadline",
    "direct",
    "graded",
    "ranged",
    "rated",
    "satisfaction",
    "under_ceiling",
]

from fractions import Fraction
from random import Random

import attrs

from perfeval.testing.figures import between, hundredths, one_in, shown, trimmed
from perfeval.testing.form import Form
from perfeval.testing.words import SHORTFALL_REASONS, Counted, Worded

PROPORTIONAL, DIRECT, GRADED, SATISFACTION = "按照正常比例赋分", "直接赋分", "按评判等级赋分", "满意度赋分"


@attrs.frozen(kw_only=True)
class Draft:
    """A row before it has a weight: ``share`` is the part of the weight that it earns."""

    level2: str
    name: str
    target: str
    actual: str
    share: Fraction = Fraction(1)
    rule: str = PROPORTIONAL
    previous: str = ""
    reason: str = ""
    evidence: str = ""


def _may_miss(random: Random, form: Form) -> bool:
    return form.has_deviation and one_in(random, 5)


def _cells(random: Random, form: Form, operator: str, numbers: tuple[str, str], unit: str) -> tuple[str, str]:
    """Write target and actual; some forms repeat the sign, or the equals sign, before the actual."""
    target, actual = numbers
    prefix = "=" if form.repeats_sign else ""
    own_unit = "" if unit == "%" and one_in(random, 9) and form.signs == 0 else unit
    return f"{form.sign(operator)}{target}{unit}", f"{prefix}{actual}{own_unit}"


def counted(random: Random, form: Form, thing: Counted, level2: str = "数量指标") -> Draft:
    """Give a number to be reached: passed by less than a third, reached, or missed with points in proportion."""
    target = between(random, thing.low, thing.high)
    actual = between(random, target, target * 5 / 4)
    operator = ">=" if actual > target or one_in(random, 2) else "="
    share, reason = Fraction(1), ""
    if target >= 10 and _may_miss(random, form):
        actual = between(random, target / 2, target * 9 / 10)
        share, reason = actual / target, random.choice(SHORTFALL_REASONS)
    cells = _cells(random, form, operator, (trimmed(target), trimmed(actual)), thing.unit)
    last_year = between(random, target * 19 / 20, target) if target >= 20 else target
    previous = random.choice((f"{trimmed(last_year)}{thing.unit}", "新增"))
    return Draft(
        level2=level2,
        name=thing.name,
        target=cells[0],
        actual=cells[1],
        share=share,
        previous=previous,
        reason=reason,
    )


def rated(random: Random, form: Form, name: str, level2: str) -> Draft:
    """Give a percentage to be reached."""
    target = Fraction(random.choice((85, 90, 92, 95, 96, 98)))
    places = random.choice((0, 0, 1, 2))
    actual = between(random, target, 100, places)
    share, reason = Fraction(1), ""
    if _may_miss(random, form):
        actual = between(random, 60, target - 5, places)
        share, reason = actual / target, random.choice(SHORTFALL_REASONS)
    cells = _cells(random, form, ">=", (trimmed(target), shown(actual, places)), "%")
    return Draft(
        level2=level2,
        name=name,
        target=cells[0],
        actual=cells[1],
        share=share,
        previous=random.choice((f"{trimmed(target)}%", "新增", "")),
        reason=reason,
    )


def direct(random: Random, form: Form, name: str, level2: str) -> Draft:
    """Give a percentage of 100 that is kept or not: full marks, or none where the form prints 直接赋分."""
    is_missed = form.has_rule and one_in(random, 3) and _may_miss(random, form)
    actual = between(random, 60, 95) if is_missed else Fraction(100)
    cells = _cells(random, form, "=", ("100", trimmed(actual)), "%")
    return Draft(
        level2=level2,
        name=name,
        target=cells[0],
        actual=cells[1],
        share=Fraction(0 if is_missed else 1),
        rule=DIRECT,
        previous=random.choice(("100%", "")),
        reason=random.choice(SHORTFALL_REASONS) if is_missed else "",
    )


def satisfaction(random: Random, form: Form, name: str) -> Draft:
    """Give a share of those asked who are content, from a survey."""
    target = Fraction(random.choice((90, 92, 95)))
    places = random.choice((0, 1, 2))
    actual = between(random, target, Fraction(399, 4), places)
    share, reason = Fraction(1), ""
    if one_in(random, 2) and _may_miss(random, form):
        actual = between(random, 70, target - 5, places)
        share, reason = actual / target, random.choice(SHORTFALL_REASONS)
    cells = _cells(random, form, ">=", (trimmed(target), shown(actual, places)), "%")
    return Draft(
        level2="满意度指标" if one_in(random, 2) else "服务对象满意度指标",
        name=name,
        target=cells[0],
        actual=cells[1],
        share=share,
        rule=SATISFACTION,
        reason=reason,
        evidence="问卷调查",
    )


def under_ceiling(random: Random, form: Form, thing: Counted, level2: str, *, may_miss: bool = True) -> Draft:
    """Give a number not to be passed; one that is passed has target ÷ actual of the points."""
    target = between(random, thing.low, thing.high)
    lowest = target * 7 / 10 if "元" in thing.unit else Fraction(0)
    places = 2 if "万元" in thing.unit else 0
    actual = between(random, lowest, target, places)
    share, reason = Fraction(1), ""
    if may_miss and target >= 10 and _may_miss(random, form):
        actual = between(random, target * 11 / 10, target * 8 / 5)
        share, reason = target / actual, random.choice(SHORTFALL_REASONS)
    cells = _cells(random, form, "<=", (trimmed(target), trimmed(actual, places)), thing.unit)
    previous = random.choice((f"{trimmed(target)}{thing.unit}", "新增"))
    return Draft(
        level2=level2,
        name=thing.name,
        target=cells[0],
        actual=cells[1],
        share=share,
        previous=previous,
        reason=reason,
    )


def ranged(random: Random, form: Form, thing: Counted, level2: str) -> Draft:
    """Give a range, and an actual inside it."""
    low = between(random, thing.low, thing.high - 10)
    high = between(random, low + 5, low + 20)
    actual = between(random, low, high)
    prefix = "=" if form.repeats_sign else ""
    return Draft(
        level2=level2,
        name=thing.name,
        target=f"{low}{thing.unit}-{high}{thing.unit}",
        actual=f"{prefix}{actual}{thing.unit}",
    )


def deadline(random: Random, form: Form, name: str) -> Draft:
    """Give a date by which work is to be done, and one before it."""
    month = random.randint(6, 12)
    target = random.choice((f"{form.year}年{month}月底前", f"{month}月底前", f"{form.year}年{month}月30日前"))
    actual = random.choice(
        (
            f"{form.year}年{month - random.randint(1, 3)}月",
            f"{form.year}年{month - 1}月{random.randint(1, 28)}日",
        )
    )
    return Draft(level2="时效指标", name=name, target=target, actual=actual, rule=PROPORTIONAL)


def graded(random: Random, form: Form, thing: Worded, level2: str) -> Draft:
    """Give an effect in words: achieved, or in part with points in the band of 60 to 80 %."""
    share, reason, actual = Fraction(1), "", random.choice(("达成年度指标", "达成预期指标", "已完成"))
    if _may_miss(random, form):
        actual, share = (
            "部分达成年度指标",
            hundredths(between(random, Fraction(61, 100), Fraction(79, 100), 2)),
        )
        reason = random.choice(SHORTFALL_REASONS)
    return Draft(
        level2=level2,
        name=thing.name,
        target=thing.target,
        actual=actual,
        share=share,
        rule=GRADED,
        reason=reason,
    )
