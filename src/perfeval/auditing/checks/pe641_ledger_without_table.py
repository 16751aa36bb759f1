"""A project of the accounts that has no table.

What: an account of a unit that has tables, with money budgeted or spent, that no table matches by code, name or similar
name. Accounts of units and years without any table are only counted, and so are categories of which no table is due
(人员类, 公用经费).

Basis: 财预〔2020〕10号, known and not read: every project of the year is evaluated by its unit.

Why: money for which nobody says what it was spent on.

False alarms: the table is in a file that was not given; the project is secret, or part of another's table; the account is
that of a kind of expenditure and not of a project.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Mapping

import attrs

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._funds import COLUMNS, Side
from perfeval.auditing.checks._outside import account_readings
from perfeval.auditing.examples import ACCOUNT, CLEAN, changed
from perfeval.auditing.ledger import Account
from perfeval.auditing.outside import Relation
from perfeval.auditing.settings import AuditSettings
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Account], _settings: AuditSettings) -> Iterator[Raised]:
    for account in relation.others:
        sums = {column: account_readings(account, column)[:1] for column in COLUMNS}
        has_money = any(one.amount for found in sums.values() for one in found)
        if has_money and any(entry.is_evaluated for entry in account.entries):
            texts = {column: found[0].text if found else "—" for column, found in sums.items()}
            yield _raised(account, texts)


def _raised(account: Account, texts: Mapping[Side, str]) -> Raised:
    first = account.first
    return Raised(
        spots=(),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={
            "code": first.code or "—",
            "name": first.name or "—",
            "organisation": first.organisation or "—",
            **{str(column): text for column, text in texts.items()},
        },
        places=account.places,
    )


CHECK = Check(
    code="PE641",
    name="ledger-without-table",
    scope=Scope.LEDGER,
    says=Wording(
        "PE641",
        "账表中的项目“{name}”（项目编码：{code}；{organisation}；全年预算 {adjusted}，执行 {executed}）没有自评表",
        "the project '{name}' of the accounts (code: {code}; {organisation}; budget {adjusted}, spent {executed}) has no table",
    ),
    explained_by=Wording(
        "PE641-explained",
        "已并入其他项目自评，或按规定不公开、不开展自评",
        "it is evaluated with another project, or is not to be published or evaluated",
    ),
    ask=Wording(
        "PE641-ask",
        "请补报该项目的自评表，或说明不开展自评的依据",
        "please hand in its table, or say on what basis it is not evaluated",
    ),
    basis="各项目均应自评：据知出自《项目支出绩效评价管理办法》（财预〔2020〕10号，原文未核对）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    ledger=(ACCOUNT, attrs.evolve(ACCOUNT, name="界河桥梁维修")),
    wrong=(CLEAN,),
    right=(CLEAN, changed(name="2024年界河桥梁维修项目")),
)
