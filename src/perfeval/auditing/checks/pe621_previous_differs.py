"""A 上年完成值 that is not what last year's table prints as actual.

What: the table of the year before is matched by project code, else by name within the unit; its indicators by level 2
and level 3, else by a level 3 that names one row. Where both cells are numbers that can be put on one scale, they are
compared within half a unit of the coarser last digit; a reviewed actual of last year is accepted as well. Words, dates,
approximate numbers and units that do not convert are left alone.

Basis: two tables that state one thing (a contradiction: which of the two is right is not known); the forms print 上年完成值
so that years can be compared.

Why: a year's progress is measured from this number.

False alarms: last year's result was corrected after it was published; the indicator kept its name and changed its meaning.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._outside import class_of, said_of, year_said
from perfeval.auditing.checks._targets import text_of
from perfeval.auditing.examples import CLEAN, LAST_YEAR, changed
from perfeval.auditing.outside import Pair, Relation, RowPair, place_of, rows_of
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring import Note
from perfeval.scoring.compare import Compared, compare
from perfeval.table import TargetCell
from perfeval.values import Comparison, Operator, Quantity, Unit


def _run(relation: Relation[Table], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in relation.pairs:
        for rows in rows_of(pair.table, pair.other).pairs:
            found = _differs(rows)
            if found is not None:
                yield _raised(pair, rows, found)


def _differs(rows: RowPair) -> Compared | None:
    """Give the comparison with last year's actual, where neither it nor its review is what is printed now."""
    printed, actual = rows.row.indicator.previous_year, rows.other.actual
    first = _compared(printed, actual)
    if first is None or _agrees(first):
        return None
    reviewed = _compared(printed, rows.other.review_actual)
    return None if reviewed is not None and _agrees(reviewed) else first


def _compared(printed: TargetCell | None, actual: TargetCell | None) -> Compared | None:
    if printed is None or actual is None:
        return None
    if not isinstance(printed.value, Comparison) or not isinstance(actual.value, Comparison):
        return None
    compared = compare(printed.value, actual.value, Operator.EQUAL, None)
    return None if compared.reason is not None or Note.APPROXIMATE in compared.notes else compared


def _agrees(compared: Compared) -> bool:
    printed, actual = Fraction(*compared.inputs["target"]), Fraction(*compared.inputs["actual"])
    quantities = [*compared.targets, *([] if compared.actual is None else [compared.actual])]
    coarser = max((_digit(one, compared.unit) for one in quantities if one.is_measured), default=Fraction(0))
    return abs(printed - actual) <= coarser / 2


def _digit(quantity: Quantity, unit: Unit) -> Fraction:
    own = quantity.unit
    size = Fraction(own.numerator * unit.denominator, own.denominator * unit.numerator)
    return Fraction(10) ** quantity.exponent * size


def _raised(pair: Pair[Table], rows: RowPair, compared: Compared) -> Raised:
    path = f"indicators[{rows.number}].actual"
    place = place_of(pair.other.evaluation, path)
    is_assumed = Note.UNIT_ASSUMED in compared.notes
    return Raised(
        spots=(rows.row.spot("previous_year"),),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION if is_assumed else class_of(pair, path),
        facts={
            "name": rows.row.indicator.level3 or "",
            "previous": text_of(rows.row.indicator.previous_year),
            "actual": text_of(rows.other.actual),
            "year": year_said(pair.other),
            **said_of(pair.by),
        },
        places=() if place is None else (place,),
    )


CHECK = Check(
    code="PE621",
    name="previous-differs",
    scope=Scope.PREVIOUS,
    stages=ALL_STAGES,
    says=Wording(
        "PE621",
        "“{name}”上年完成值为 {previous}，上年（{year}）自评表的实际完成值为 {actual}（{match}对应）",
        "'{name}': last year's result is given as {previous}; last year's table ({year}) has {actual} (matched {matched})",
    ),
    explained_by=Wording(
        "PE621-explained",
        "上年完成值经复核更正，或指标口径有调整",
        "last year's result was corrected in a review, or the indicator's scope has changed",
    ),
    ask=Wording(
        "PE621-ask",
        "请核对上年完成值，口径有调整的请说明",
        "please check last year's result, and say so if the scope has changed",
    ),
    basis="表间勾稽：“上年完成值”与同一指标上年自评表的实际完成值应一致",
    status=BasisStatus.REPORTED,
    run=_run,
    previous=(LAST_YEAR,),
    wrong=(changed(indicators_0_previous_year="108公里"),),
    right=(CLEAN, changed(indicators_0_previous_year="118.0公里", indicators_2_previous_year="新增")),
)
