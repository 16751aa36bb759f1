"""A 上年完成值 that reads 新增 or is left blank while last year's table has the indicator with a result.

What: matched as for PE621. 新增 beside a result of last year is a question; a blank, dash or 无 in a form that has the
column is a note, unless last year's result is words. Where last year's cell is blank or unreadable, nothing is said.

Basis: two tables that state one thing, as for PE621.

Why: an indicator that is called new is compared with nothing.

False alarms: the indicator was dropped and taken up again with another meaning; the column is for new projects only.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import said_of, year_said
from perfeval.auditing.examples import CLEAN, LAST_YEAR, changed
from perfeval.auditing.outside import Pair, Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Missing, MissingReason, Text, Unparsed


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        for rows in rows_of(pair.table, pair.other).pairs:
            printed, actual = rows.row.indicator.previous_year, rows.other.actual
            if printed is None or actual is None or isinstance(actual.value, Missing | Unparsed):
                continue
            if not isinstance(printed.value, Missing):
                continue
            # Words are nothing to compare with: forms leave the cell blank.
            if printed.value.reason is MissingReason.NEW or not isinstance(actual.value, Text):
                yield _raised(pair, rows, printed.value.reason)


def _raised(pair: Pair[Table], rows: RowPair, reason: MissingReason) -> Raised:
    printed, actual = rows.row.indicator.previous_year, rows.other.actual
    place = place_of(pair.other.evaluation, f"indicators[{rows.number}].actual")
    return Raised(
        spots=(rows.row.spot("previous_year"),),
        severity=Severity.WARNING if reason is MissingReason.NEW else Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={
            "name": rows.row.indicator.level3 or "",
            "previous": (printed.text.strip() if printed else "") or "空白",
            "actual": actual.text if actual else "",
            "year": year_said(pair.other),
            **said_of(pair.by),
        },
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE623",
    name="new-but-existed",
    scope=Scope.PREVIOUS,
    stages=ALL_STAGES,
    says=Wording(
        "PE623",
        "“{name}”上年完成值为“{previous}”，上年（{year}）自评表已有该指标，实际完成值 {actual}（{match}对应）",
        "'{name}': last year's result reads '{previous}'; last year's table ({year}) has the indicator with {actual}"
        " (matched {matched})",
    ),
    explained_by=Wording(
        "PE623-explained",
        "指标名称相同但内容、口径不同",
        "the indicator has the same name but another content or scope",
    ),
    ask=Wording(
        "PE623-ask",
        "请补填上年完成值，或说明按新增指标填报的理由",
        "please fill in last year's result, or say why the indicator is taken for new",
    ),
    basis="表间勾稽：“上年完成值”与同一指标上年自评表的实际完成值应一致",
    status=BasisStatus.REPORTED,
    run=_run,
    is_folded=True,
    previous=(LAST_YEAR,),
    wrong=(changed(indicators_0_previous_year="新增", indicators_1_previous_year=""),),
    right=(CLEAN, changed(indicators_0_previous_year="新增", indicators_0_level3="新建道路里程")),
)
