"""The rule book is of another year or region than the table.

What: the book names years or regions, and the table's year (or its key ``region``) is none of them. One note for the
tables of a unit; every finding in them is held to a question (docs/audit.md, how sure and how grave).

Basis: 审核自身的说明，无条文依据；评分办法所载适用地区和年度。

Why: rules change from year to year; a score that is wrong under the rule of 2024 may be right under that of 2019.

False alarms: a book that is still in force although nobody has added the year.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.caps import outside_book
from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    outside = [(table, outside_book(table)) for table in unit.tables]
    found = [(table, what) for table, what in outside if what]
    if not found:
        return
    table, what = found[0]
    yield Raised(
        spots=tuple(table.spot("year") for table, _ in found),
        severity=Severity.NOTE,
        kind=FindingClass.READING,
        facts={
            "tables": len(found),
            "what": "、".join(what),
            "book": table.card.rulebook.id,
            "scope": " ".join(
                [*table.card.rulebook.region, "-".join(str(year) for year in table.card.rulebook.years)]
            ).strip(),
        },
    )


CHECK = Check(
    code="PE902",
    name="outside-the-book",
    scope=Scope.UNIT,
    says=Wording(
        "PE902",
        "{tables} 张表（{what}）不在评分办法 {book} 的适用范围（{scope}）内，所有疑点均只作提示核对",
        "{tables} table(s) of {what} are outside the rule book {book} ({scope}); nothing in them is called an error",
    ),
    explained_by=Wording(
        "PE902-explained",
        "该办法仍在沿用，只是没有写上这一年度",
        "the rules still apply, and nobody has added the year",
    ),
    ask=Wording("PE902-ask", "请确认适用的评分办法", "please see which rule book applies"),
    basis="审核自身的说明，无条文依据；评分办法所载适用地区和年度",
    status=BasisStatus.BACKGROUND,
    run=_run,
    rulebook="hubei",
    wrong=(changed(year="2012"),),
    right=(CLEAN,),
)
