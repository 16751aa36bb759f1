"""A number in the goal text that the row of the same name and unit does not have as its target.

What: numbers with a counting or physical unit (人, 次, 公里; not money, %, time) are read out of 预期目标. A row is compared
with the number whose clause shares most of its name, at least half of the row's own words and two characters. Nothing is
raised where any number of the goal with that unit, or the sum of those about the row, is the row's target; where the
clause speaks of another period or of each one (每, 上年, 累计); or where the number fits another row better. A goal of "at
least 3" and a row of ≥5 is a note: the row asks for more.

Basis: two places of one form that state one thing; the goal and its indicators are approved together.

Why: a row that was set to the result and not to the plan is met for certain.

False alarms: the goal counts another thing under a name of mostly the same words; a goal adjusted within the year of which
only the rows were changed.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._figures import Figure, figures_in
from perfeval.auditing.checks._targets import common_run, core_of, core_of_row, facts_of, has_any
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison, Operator, Quantity

_OTHER_PERIODS = tuple("每 上年 去年 往年 累计 以来 截至 中期 三年 五年 近年 十四五 总目标 其中".split())
"""Words of a clause whose number is not this year's whole."""
_LOWER = (Operator.AT_LEAST, Operator.MORE_THAN)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    figures = [figure for figure in figures_in(table.evaluation.goal.expected or "") if _is_count(figure)]
    if not figures:
        return
    for row in table.rows:
        figure = _differing(row, figures)
        if figure is None or _fits_another(row, figure):
            continue
        yield Raised(
            spots=(row.spot("target"), table.spot("goal.expected")),
            severity=Severity.NOTE if _is_exceeded(row, figure) else Severity.WARNING,
            kind=FindingClass.CONTRADICTION,
            facts=facts_of(row, figure=figure.text, clause=figure.clause),
        )


def _is_count(figure: Figure) -> bool:
    return figure.unit.dimension not in ("money", "ratio", "point", "times", "clock")


def _differing(row: Row, figures: Sequence[Figure]) -> Figure | None:
    """Give the number of the goal that is about the row and is not its target; None where one is."""
    wanted = _quantity(row)
    if wanted is None:
        return None
    of_unit = [figure for figure in figures if figure.unit.dimension == wanted.unit.dimension]
    if not of_unit:
        return None
    about = [figure for figure in of_unit if _kinship(row, figure)]
    target = Fraction(*wanted.pair)
    amounts = [Fraction(*figure.quantity.in_unit(wanted.unit)) for figure in about]
    all_amounts = [Fraction(*figure.quantity.in_unit(wanted.unit)) for figure in of_unit]
    if not about or target in all_amounts or target in (sum(amounts), sum(all_amounts)):
        return None
    best = max(about, key=lambda figure: _kinship(row, figure))
    is_other = has_any(best.clause, _OTHER_PERIODS) or best.quantity.approximate or wanted.approximate
    return None if is_other else best


def _quantity(row: Row) -> Quantity | None:
    target = row.indicator.target
    if target is None or not isinstance(target.value, Comparison) or target.value.quantity.unit.is_bare:
        return None
    return target.value.quantity


def _kinship(row: Row, figure: Figure) -> int:
    """Give how many characters in a run a clause and a name share; 0 where that is too few to be about one thing."""
    name = core_of_row(row)
    shared = max(common_run(name, core_of(figure.before)), common_run(name, core_of(figure.after)))
    return shared if shared >= 2 and 2 * shared >= len(name) else 0


def _fits_another(row: Row, figure: Figure) -> bool:
    """Say whether another row of the unit is nearer by name, or has this very number."""
    for other in row.table.rows:
        wanted = _quantity(other)
        if other is row or wanted is None or wanted.unit.dimension != figure.unit.dimension:
            continue
        is_same = Fraction(*wanted.pair) == Fraction(*figure.quantity.in_unit(wanted.unit))
        if _kinship(other, figure) > _kinship(row, figure) or (is_same and _kinship(other, figure)):
            return True
    return False


def _is_exceeded(row: Row, figure: Figure) -> bool:
    """Say whether the goal is a floor and the row asks for more."""
    wanted = _quantity(row)
    if wanted is None or figure.operator not in _LOWER:
        return False
    return Fraction(*wanted.pair) > Fraction(*figure.quantity.in_unit(wanted.unit))


CHECK = Check(
    code="PE317",
    name="goal-count-differs",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE317",
        "预期目标写“{clause}”，指标“{name}”的指标值为 {target}",
        "the goal says '{clause}', the indicator '{name}' has the target {target}",
    ),
    explained_by=Wording(
        "PE317-explained",
        "年中调整了指标值而预期目标文字未改，或两处统计对象不同",
        "the target was adjusted and the text was not, or the two count different things",
    ),
    ask=Wording(
        "PE317-ask",
        "请说明以哪一个为准，并提供年初批复的绩效目标",
        "please say which one holds, and give the targets approved at the start",
    ),
    basis="表内勾稽：预期目标与绩效指标在同一张表中一并申报，同一数量应一致",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(goal_expected="养护道路里程150公里。"),
        changed(
            goal_expected="培训养护工人4人。",
            indicators_1_level2="数量指标",
            indicators_1_level3="培训养护工人人数",
            indicators_1_target="=7人",
            indicators_1_actual="7人",
            indicators_1_previous_year="新增",
        ),
    ),
    right=(
        CLEAN,
        changed(goal_expected="养护道路里程不少于120000米。"),
        changed(goal_expected="每月养护道路里程不少于10公里。"),
        changed(goal_expected="养护县道道路里程70公里，养护乡道道路里程50公里。"),
    ),
)
