"""A target that asks for less than last year's table says was reached.

What: as PE302, with the actual of the same indicator in last year's table in the place of the printed 上年完成值; matched
as for PE621. Where PE302 says it already, this hangs under it.

Basis: plausibility, no rule: the forms print 上年完成值 for this comparison. The mark is a setting.

Why: a target under last year's result is met by doing less; the printed 上年完成值 may be blank.

False alarms: a smaller programme or budget this year; a last year that was an exception.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

import attrs

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks import pe302_target_below_previous_year as pe302
from perfeval.auditing.checks._outside import said_of, year_said
from perfeval.auditing.examples import CLEAN, LAST_YEAR, changed
from perfeval.auditing.outside import Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Table], settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        for rows in rows_of(pair.table, pair.other).pairs:
            place = place_of(pair.other.evaluation, f"indicators[{rows.number}].actual")
            for raised in pe302.CHECK.run(_with_actual(rows), settings):
                yield attrs.evolve(
                    raised,
                    spots=raised.spots[:1],
                    facts={**raised.facts, "year": year_said(pair.other), **said_of(pair.by)},
                    places=() if place is None else (place,),
                )


def _with_actual(rows: RowPair) -> Row:
    """Give the row as if it quoted last year's table."""
    indicator = attrs.evolve(rows.row.indicator, previous_year=rows.other.actual)
    return attrs.evolve(rows.row, indicator=indicator)


CHECK = Check(
    code="PE622",
    name="target-below-previous",
    scope=Scope.PREVIOUS,
    stages=ALL_STAGES,
    says=Wording(
        "PE622",
        "“{name}”指标值 {target} 低于上年（{year}）自评表的实际完成值 {previous}（指标值为上年的 {rate}；{match}对应）",
        "'{name}': the target {target} asks for less than the {previous} of last year's table ({year}; it is {rate} of it;"
        " matched {matched})",
    ),
    explained_by=pe302.CHECK.explained_by,
    ask=pe302.CHECK.ask,
    basis="合理性分析（无条文依据）：指标值低于上年完成水平的，宜说明理由（自评表表样“上年完成值”栏供比较）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    follows=("PE302",),
    previous=(attrs.evolve(LAST_YEAR, indicators=[attrs.evolve(LAST_YEAR.indicators[0], actual="160公里")]),),
    wrong=(changed(**{f"indicators_{row}_previous_year": None for row in range(5)}),),
    right=(
        changed(indicators_0_target=">=150公里"),
        changed(name="农村桥梁养护"),
        attrs.evolve(CLEAN, year="2021"),
    ),
)
