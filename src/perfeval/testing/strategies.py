"""Hypothesis strategies for rows, tables, planted faults and rule books; those for single cells are in notations.

They need the extra ``testing``. Everything that is drawn shrinks: rows to round figures, tables to plain forms.
"""

from __future__ import annotations

__all__ = [
    "comparisons",
    "deadlines",
    "evaluations",
    "indicators",
    "quantities",
    "ranges",
    "register_strategies",
    "rulebooks",
    "targets",
]

from decimal import Decimal
from random import Random
from typing import Literal, overload

from hypothesis import reject
from hypothesis import strategies as st

from perfeval.rulebook import RuleBook
from perfeval.table import Evaluation, Indicator
from perfeval.testing.clean import clean_evaluation, clean_unit
from perfeval.testing.drawn_books import rulebooks
from perfeval.testing.fault import Host, Planted
from perfeval.testing.faults import FAULTS
from perfeval.testing.notations import UNITS, comparisons, deadlines, quantities, ranges, targets
from perfeval.values import DEFAULT_UNITS, Comparison, Deadline, Operator, Quantity, Range, Text, parse_target

_LEVELS = (
    ("产出指标", "数量指标", "任务完成数量"),
    ("产出指标", "质量指标", "验收合格率"),
    ("产出指标", "时效指标", "任务完成时间"),
    ("成本指标", "经济成本指标", "项目总成本"),
    ("效益指标", "社会效益指标", "公共服务水平"),
    ("效益指标", "社会效益指标", "服务投诉件数"),
    ("满意度指标", "服务对象满意度指标", "群众满意度"),
)
_RULES = (None, None, "", "按照正常比例赋分", "直接赋分", "按评判等级赋分", "满意度赋分", "少一个扣1分")
_WEIGHTS = ("10", "5", "1", "2", "3", "8", "15", "20", "50", "12.5", "10分", "10.00", "20%", "")
_ACHIEVED = ("达成年度指标", "部分达成年度指标", "未达成年度指标", "已完成", "未完成", "85%", "完成80%", "好")
_KEPT = ("按时完成", "按期完成", "已完成")
_MOST_TRIES = 5


@st.composite
def indicators(draw: st.DrawFn, cells: st.SearchStrategy[str] | None = None) -> Indicator:
    """Rows whose target is one of ``cells`` (``targets()`` where nothing is said) and whose actual suits it mostly.

    A number comes with one of the same kind, the target itself and its neighbours often; a row may be blank,
    in words or unreadable. Whatever is drawn is scored or has a reason.
    """
    target = draw(targets() if cells is None else cells)
    level1, level2, level3 = draw(st.sampled_from(_LEVELS))
    weight = draw(st.sampled_from(_WEIGHTS))
    return Indicator(
        level1=level1,
        level2=level2,
        level3=level3,
        target=target,
        actual=draw(_actuals(target)),
        weight=weight,
        score=draw(st.sampled_from((weight, "0", ""))),
        rule=draw(st.sampled_from(_RULES)),
    )


def _actuals(target: str) -> st.SearchStrategy[str]:
    meaning = parse_target(target)
    if isinstance(meaning, Comparison | Range):
        end = meaning.quantity if isinstance(meaning, Comparison) else meaning.high
        near = targets(comparisons(_near(end), (None, Operator.EQUAL)))
        return st.integers(0, 9).flatmap(lambda odd: targets() if odd == 9 else near)
    if isinstance(meaning, Deadline):
        return st.one_of(deadlines(), st.sampled_from(_KEPT))
    if isinstance(meaning, Text):
        return st.sampled_from((meaning.text, *_ACHIEVED))
    return targets()


@st.composite
def _near(draw: st.DrawFn, end: Quantity) -> Quantity:
    """Give a quantity from 0 to twice another: itself, a hair beside it, in its unit or a smaller one."""
    places = 0 if end.unit.is_counted else max(2, -end.exponent)
    grain = Decimal(1).scaleb(-places)
    most = int(2 * abs(end.number) / grain) or 100
    anywhere = st.integers(0, most).map(lambda n: Decimal(n).scaleb(-places))
    beside = (end.number, end.number + grain, end.number - grain if end.number else end.number)
    near = Quantity(draw(st.one_of(anywhere, st.sampled_from(beside))), end.unit)
    return draw(st.sampled_from([near, *_in_smaller_units(near)]))


def _in_smaller_units(quantity: Quantity) -> list[Quantity]:
    """Give the same in the units that divide its own: 万元 as 元."""
    own = quantity.unit
    found = []
    for unit in (DEFAULT_UNITS.names[name] for name in UNITS if name in DEFAULT_UNITS.names):
        times, rest = divmod(own.numerator * unit.denominator, own.denominator * unit.numerator)
        if unit != own and unit.dimension == own.dimension and not rest:
            found.append(Quantity(quantity.number * times, unit))
    return found


_RANDOMS = st.randoms(use_true_random=False)  # each choice is one of hypothesis, so that it can be shrunk


@overload
def evaluations(*, planted: Literal[False] = False) -> st.SearchStrategy[Evaluation]: ...
@overload
def evaluations(*, planted: Literal[True]) -> st.SearchStrategy[Planted]: ...
def evaluations(*, planted: bool = False) -> st.SearchStrategy[Evaluation] | st.SearchStrategy[Planted]:
    """Projects' tables in which nothing is wrong; or, ``planted``, tables with one fault and the code that tells it.

    What is planted has ``evaluations`` (one table, or a unit's with those of its projects), ``code``, ``table``, ``path``.
    """
    return _planted() if planted else _RANDOMS.map(clean_evaluation)


@st.composite
def _planted(draw: st.DrawFn) -> Planted:
    fault = draw(st.sampled_from(FAULTS))
    random = draw(_RANDOMS)
    hosts = (_host(random, of_unit=number == _MOST_TRIES - 1) for number in range(_MOST_TRIES))
    found = next((made for host in hosts if (made := fault.plant(host, random))), None)
    return reject() if found is None else found


def _host(random: Random, *, of_unit: bool) -> Host:
    return clean_unit(random) if of_unit else (clean_evaluation(random),)


def register_strategies() -> None:
    """Let ``st.from_type`` and ``st.builds`` draw the values, rows, tables and books of perfeval.

    Call it once, in ``conftest.py``: perfeval does not register anything by itself.
    """
    st.register_type_strategy(Quantity, quantities())
    st.register_type_strategy(Comparison, comparisons())
    st.register_type_strategy(Range, ranges())
    st.register_type_strategy(Deadline, _meaning(Deadline, deadlines()))
    st.register_type_strategy(Indicator, indicators())
    st.register_type_strategy(Evaluation, evaluations())
    st.register_type_strategy(Planted, evaluations(planted=True))
    st.register_type_strategy(RuleBook, rulebooks())


def _meaning(kind: type[Deadline], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Deadline]:
    return texts.map(parse_target).filter(lambda value: isinstance(value, kind))  # type: ignore[return-value]
