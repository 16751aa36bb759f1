"""Actuals and scores that were not filled in.

What: in a table of self-evaluation or review, of the rows with a weight: all have neither actual nor score (one note:
published blank); some have a blank score while others have one; some have points but a blank actual. A dash counts as
blank; a row that says 不适用, a column that the form does not have, and a row cut off in a partial table do not.

Basis: the columns of the form themselves; one line until the form is known to hold actuals.

Why: what is blank can neither be checked nor added up.

False alarms: a table of targets that was filed as a self-evaluation; cells merged over several rows, read as one filled
and the others blank.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Sequence

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind
from perfeval.table.cells import NumberCell, TargetCell
from perfeval.values import Missing, MissingReason

_BLANK = (MissingReason.BLANK, MissingReason.DASH, MissingReason.SLASH)
_NAMED = 3
_ALL = Wording(
    "PE112-all",
    "{count} 项指标的实际完成值和得分均未填报",
    "neither actuals nor scores are filled in, in all {count} rows",
)
_ACTUAL = Wording(
    "PE112-actual",
    "{count} 项指标有得分而实际完成值未填报：{names}",
    "{count} rows have points but no actual: {names}",
)


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    rows = [row for row in table.rows if row.weight and not _is_not_applicable(row)]
    unscored = [row for row in rows if _is_blank(row.indicator.score)]
    unknown = [row for row in rows if _is_blank(row.indicator.actual)]
    if rows and len(unknown) == len(rows) and not any(_is_filled(row.indicator.score) for row in rows):
        yield _raised(table, rows, Severity.NOTE, "actual", _ALL)
        return
    if unscored and len(unscored) < len(rows) and any(_is_filled(row.indicator.score) for row in rows):
        yield _raised(table, unscored, Severity.WARNING, "score", None)
    pointed = [row for row in unknown if row.reported]
    if pointed:
        yield _raised(table, pointed, Severity.WARNING, "actual", _ACTUAL)


def _raised(
    table: Table, rows: Sequence[Row], severity: Severity, field: str, wording: Wording | None
) -> Raised:
    names = "、".join(row.indicator.level3 or row.indicator.level2 or "" for row in rows[:_NAMED])
    more = " …" if len(rows) > _NAMED else ""
    # The table comes first: the finding is of the table, however few rows it names.
    spots = (table.spot(), *(row.spot(field) for row in rows[:_NAMED]))
    return Raised(
        spots=spots,
        severity=severity,
        kind=FindingClass.QUESTION,
        facts={"count": len(rows), "names": names + more},
        wording=wording,
    )


def _is_blank(cell: TargetCell | NumberCell | None) -> bool:
    return cell is not None and isinstance(cell.value, Missing) and cell.value.reason in _BLANK


def _is_filled(cell: TargetCell | NumberCell | None) -> bool:
    return cell is not None and not isinstance(cell.value, Missing)


def _is_not_applicable(row: Row) -> bool:
    cells = (row.indicator.target, row.indicator.actual, row.indicator.score)
    values = [cell.value for cell in cells if cell is not None]
    return any(isinstance(one, Missing) and one.reason is MissingReason.NOT_APPLICABLE for one in values)


CHECK = Check(
    code="PE112",
    name="score-blank",
    scope=Scope.TABLE,
    kinds=frozenset(TableKind) - {TableKind.TARGETS},
    says=Wording(
        "PE112",
        "{count} 项指标的得分未填报：{names}",
        "{count} rows have no score, while others have one: {names}",
    ),
    explained_by=Wording(
        "PE112-explained",
        "公开的是目标申报表，或几行共用一个合并的单元格",
        "a table of targets was published, or several rows share one merged cell",
    ),
    ask=Wording(
        "PE112-ask", "请补填实际完成值和得分", "please fill in the actuals and the scores that are missing"
    ),
    basis="自评表表样“实际完成值”“得分”栏",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(
        changed(indicators_3_score=""),
        changed(
            **{f"indicators_{row}_{cell}": "" for row in range(5) for cell in ("actual", "score")},
            total_score="",
        ),
        changed(indicators_3_actual=""),
    ),
    right=(
        CLEAN,
        changed(**{f"indicators_{row}_score": None for row in range(5)}, total_score=None),
        changed(
            indicators_3_weight="", indicators_3_score="", indicators_0_weight="40", indicators_0_score="40"
        ),
    ),
)
