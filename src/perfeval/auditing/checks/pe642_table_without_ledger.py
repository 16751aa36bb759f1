"""A project table that has no entry in the accounts.

What: a project table, of a unit that the accounts hold, which no account matches by code, name or similar name. Tables of
units that the accounts do not hold are only counted.

Basis: the money of a table is that of the accounts.

Why: its amounts cannot be checked against anything.

False alarms: the accounts were drawn up without money from other sources; the project stands in them under the name of the
programme that pays for it.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import ACCOUNT, CLEAN, changed
from perfeval.auditing.ledger import Account
from perfeval.auditing.outside import Relation
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind


def _run(relation: Relation[Account], _settings: AuditSettings) -> Iterator[Raised]:
    yield from (_raised(table) for table in relation.tables)


def _raised(table: Table) -> Raised:
    evaluation = table.evaluation
    return Raised(
        spots=(table.spot("name"),),
        severity=Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={
            "name": evaluation.name or "—",
            "code": evaluation.keys.get("project_code") or "—",
            "organisation": evaluation.organisation or "—",
        },
    )


CHECK = Check(
    code="PE642",
    name="table-without-ledger",
    scope=Scope.LEDGER,
    kinds=frozenset({TableKind.PROJECT}),
    says=Wording(
        "PE642",
        "项目“{name}”（项目编码：{code}；{organisation}）在账表中没有对应的项目",
        "the project '{name}' (code: {code}; {organisation}) has no entry in the accounts",
    ),
    explained_by=Wording(
        "PE642-explained",
        "账表未包括其他来源的资金，或该项目在账表中列于上级项目名下",
        "the accounts leave out money from other sources, or hold the project under the programme that pays for it",
    ),
    ask=Wording(
        "PE642-ask",
        "请提供该项目在账表中的编码和名称",
        "please say under which code and name the accounts hold it",
    ),
    basis="表账核对：自评表的项目与账表的项目应能对应",
    status=BasisStatus.BACKGROUND,
    run=_run,
    ledger=(ACCOUNT,),
    wrong=(
        CLEAN,
        changed(
            name="道路标线更新",
            goal_expected="更新标线里程不少于120公里。",
            goal_actual="更新标线里程126公里。",
            indicators_0_level3="更新标线里程",
            indicators_1_level3="标线合格率",
            indicators_2_level3="每公里标线成本",
            indicators_3_level3="行车秩序",
            indicators_4_level3="驾驶员满意度",
        ),
    ),
    right=(CLEAN, changed(name="别处的项目", organisation="某县水利局")),
)
