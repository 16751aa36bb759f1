"""What checks of targets share: target and actual as exact numbers, names without their filling words, word lists."""

from __future__ import annotations

__all__ = [
    "actual_of",
    "common_run",
    "core_of",
    "core_of_row",
    "facts_of",
    "has_any",
    "is_counted",
    "is_degree",
    "is_demand_driven",
    "is_excepted",
    "is_growth",
    "is_missed",
    "is_money",
    "is_satisfaction",
    "overshoots",
    "percent",
    "target_of",
    "text_of",
    "times_of",
]

import re
from decimal import Decimal
from fractions import Fraction

from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, once
from perfeval.formula.exact import Pair
from perfeval.rules import Kind
from perfeval.scoring import Verdict
from perfeval.scoring.compare import Compared
from perfeval.scoring.numbers import quotient
from perfeval.table import Cell
from perfeval.values import Unit, squash

_GROWTH = tuple("增长 增速 增幅 增加 增收 提高 提升率 上升 下降 降低 降幅 减少".split())
"""Rates of change: last year's is no floor, and a multiple of a small one says nothing."""

_DEMAND = tuple(
    "救助 补助人 补贴人 资助人 受助 受资助 供养 低保 五保 特困 优抚 抚恤 救济 临时 就诊 门诊 住院 接诊 出警 接警 受理 "
    "信访 咨询 举报 求助 投诉 案件 参保 应急 抢险 理赔".split()
)
"""Numbers that those who ask decide, not those who plan."""

_FILLING = re.compile(
    r"^指标[0-9]+[:：]?|[★☆*]|(?:19|20)[0-9]{2}年度?|\(.*?\)|数量|人数|次数|个数|户数|场次|总数|人次|情况|完成|开展|全年|年度|本年"
)
_DEGREE = re.compile(r"^(?:已|均|全部|按时|按期|如期)*(?:完成|达成)")
_PUNCTUATION = re.compile(r"[,、.。;:·“”\"'《》—-]")


def text_of(cell: Cell[object] | None) -> str:
    """Give a cell as printed."""
    return "" if cell is None else cell.text


def facts_of(row: Row, **more: object) -> dict[str, object]:
    """Give name, target and actual as printed, and further facts."""
    indicator = row.indicator
    return {
        "name": squash(indicator.level3 or "") or squash(indicator.level2 or ""),
        "target": text_of(indicator.target),
        "actual": text_of(indicator.actual),
        **more,
    }


def has_any(text: str, words: tuple[str, ...]) -> bool:
    """Say whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110 - any() takes twice as long, and this runs for each row and check
        if word in text:
            return True
    return False


def percent(share: Fraction) -> str:
    """Give a share as forms print it: ``88.01%``."""
    return f"{quotient((100 * share.numerator, share.denominator), 2):f}%"


def _known(row: Row) -> Compared | None:
    compared = row.compared
    return None if compared is None or compared.reason is not None else compared


@once
def actual_of(row: Row) -> Fraction | None:
    """Give the actual, in the unit of the comparison; None where it cannot be compared."""
    compared = _known(row)
    return (
        None if compared is None or "actual" not in compared.inputs else Fraction(*compared.inputs["actual"])
    )


@once
def target_of(row: Row) -> Fraction | None:
    """Give the one number of the target, in the unit of the comparison; None for ranges, dates and words."""
    compared = _known(row)
    return (
        None if compared is None or "target" not in compared.inputs else Fraction(*compared.inputs["target"])
    )


@once
def times_of(row: Row) -> Fraction | None:
    """Give A ÷ T of a target that is to be reached (≥ or =); None where there is no such ratio."""
    compared, target, actual = _known(row), target_of(row), actual_of(row)
    if compared is None or target is None or actual is None or target <= 0:
        return None
    return actual / target if compared.kind in (Kind.AT_LEAST, Kind.EQUAL) else None


def overshoots(row: Row, mark: Decimal) -> bool:
    """Say whether A ÷ T of a target that is to be reached is at or above a mark."""
    compared = _known(row)
    if compared is None or compared.kind not in (Kind.AT_LEAST, Kind.EQUAL):
        return False
    target, actual = compared.inputs.get("target"), compared.inputs.get("actual")
    if target is None or actual is None or target[0] <= 0:
        return False
    # In integers: nearly every row ends here.
    part, whole = mark.as_integer_ratio()
    return actual[0] * target[1] * whole >= part * target[0] * actual[1]


@once
def is_missed(row: Row) -> bool:
    """Say whether the target is missed whatever the printed digits allow; a direction that may be another is none."""
    compared = _known(row)
    if compared is None:
        return False
    if "degree" in compared.inputs:
        return Fraction(*compared.inputs["degree"]) < 1
    actual = compared.inputs.get("actual")
    low, high = _bounds(compared)
    if actual is None or not _is_outside(actual, actual, low, high):
        return False
    interval = compared.interval()
    if interval is not None:
        _, least, most = interval
        if not _is_outside(least.as_integer_ratio(), most.as_integer_ratio(), low, high):
            return False
    return row.verdict is not Verdict.OTHER_DIRECTION


def _bounds(compared: Compared) -> tuple[Pair | None, Pair | None]:
    ends = compared.inputs
    if compared.kind is Kind.RANGE:
        return ends.get("low"), ends.get("high")
    if compared.kind is Kind.AT_MOST:
        return None, ends.get("target")
    return ends.get("target"), None


def _is_outside(least: Pair, most: Pair, low: Pair | None, high: Pair | None) -> bool:
    return (low is not None and _is_less(most, low)) or (high is not None and _is_less(high, least))


def _is_less(first: Pair, second: Pair) -> bool:
    return first[0] * second[1] < second[0] * first[1]


def is_counted(unit: Unit) -> bool:
    """Say whether a unit counts things (also 万人); a number without unit is taken for a count."""
    return unit.is_bare or unit.dimension.startswith("count:")


def is_money(unit: Unit) -> bool:
    """Say whether a unit is money, or money for each of something."""
    return unit.dimension == "money" or unit.dimension.startswith("money/")


def is_degree(row: Row) -> bool:
    """Say whether the actual is a degree of completion (已完成100%), and not the number itself."""
    return _DEGREE.match(squash(text_of(row.indicator.actual))) is not None


def is_growth(row: Row) -> bool:
    """Say whether the indicator is a rate of change."""
    return has_any(row.name, _GROWTH)


def is_demand_driven(row: Row, unit: Unit) -> bool:
    """Say whether the number is decided by who asks for help: 救助人数, 受理件数."""
    return is_counted(unit) and has_any(row.name, _DEMAND)


def is_satisfaction(row: Row) -> bool:
    """Say whether the row is about 满意度."""
    indicator = row.indicator
    return any(
        "满意" in squash(level or "") for level in (indicator.level1, indicator.level2, indicator.level3)
    )


def is_excepted(row: Row, settings: AuditSettings) -> bool:
    """Say whether an overshoot is one that says nothing: small counts, growth, demand."""
    compared, target, actual = _known(row), target_of(row), actual_of(row)
    if compared is None or target is None or actual is None:
        return True
    is_exact = compared.unit.is_counted and actual.denominator == target.denominator == 1
    is_small = is_exact and actual - target <= Fraction(settings.counted_slack)
    return is_small or is_growth(row) or is_demand_driven(row, compared.unit)


def core_of(name: str) -> str:
    """Give a name without numbering, stars, years, brackets and the words that every name has (数量, 完成)."""
    return _PUNCTUATION.sub("", _FILLING.sub("", squash(name)))


@once
def core_of_row(row: Row) -> str:
    """Give the name of a row without what every name has."""
    return core_of(row.name)


def common_run(first: str, second: str) -> int:
    """Give the length of the longest run of characters that two texts share."""
    longest = 0
    for start in range(len(first)):
        while first[start : start + longest + 1] in second and start + longest < len(first):
            longest += 1
    return longest
