"""Tables of one stage that all have the same entry in the accounts.

What: two or more tables of one stage that match one account, by code or by a name that differs only in year words and
endings (项目, 资金). What the tables themselves show to be one project twice (same code, or same name, of one unit) is
another check (PE611) and not said again.

Basis: a sum of projects counts each of them once.

Why: its money and its scores count twice in every sum.

False alarms: parts of one project that are evaluated one by one; a corrected table beside the first.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._outside import said_of
from perfeval.auditing.examples import ACCOUNT, CLEAN, changed
from perfeval.auditing.ledger import Account
from perfeval.auditing.matching import Identity, Sureness
from perfeval.auditing.outside import Pair, Relation
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Account], _settings: AuditSettings) -> Iterator[Raised]:
    groups: dict[tuple[int, str], list[Pair[Account]]] = {}
    for pair in (*relation.pairs, *relation.several):
        groups.setdefault((id(pair.other), pair.table.evaluation.stage), []).append(pair)
    for group in groups.values():
        tables = _distinct([pair.table for pair in group])
        if len(tables) > 1:
            yield _raised(group, tables)


def _distinct(tables: list[Table]) -> list[Table]:
    """Leave out tables that say themselves that they are one project."""
    kept: list[Table] = []
    for table in sorted(tables, key=lambda one: one.number):
        if not any(_is_same(table, other) for other in kept):
            kept.append(table)
    return kept


def _is_same(table: Table, other: Table) -> bool:
    first, second = Identity.of_table(table.evaluation), Identity.of_table(other.evaluation)
    if (first.unit_code or first.organisation) != (second.unit_code or second.organisation):
        return False
    return first.code == second.code if first.code and second.code else first.plain == second.plain


def _raised(group: list[Pair[Account]], tables: list[Table]) -> Raised:
    account = group[0].other
    is_sure = all(pair.by is Sureness.CODE for pair in group)
    return Raised(
        spots=tuple(table.spot("name") for table in tables),
        severity=Severity.WARNING,
        kind=FindingClass.CONTRADICTION if is_sure else FindingClass.QUESTION,
        facts={
            "code": account.first.code or "—",
            "name": account.first.name or "—",
            "count": len(tables),
            "names": "；".join(dict.fromkeys(table.evaluation.name or "—" for table in tables)),
            **said_of(Sureness.CODE if is_sure else Sureness.NAME),
        },
        places=account.places,
    )


CHECK = Check(
    code="PE643",
    name="reported-twice",
    scope=Scope.LEDGER,
    says=Wording(
        "PE643",
        "账表中的项目“{name}”（项目编码：{code}）有 {count} 张自评表：{names}（{match}对应）",
        "the project '{name}' of the accounts (code: {code}) has {count} tables: {names} (matched {matched})",
    ),
    explained_by=Wording(
        "PE643-explained",
        "项目分为若干子项分别自评，或其中一张为更正表",
        "its parts are evaluated one by one, or one table corrects the other",
    ),
    ask=Wording(
        "PE643-ask",
        "请说明各表的关系，避免重复汇总",
        "please say how the tables relate, so that nothing is counted twice",
    ),
    basis="表账核对：同一项目同一年度只汇总一次",
    status=BasisStatus.BACKGROUND,
    run=_run,
    ledger=(ACCOUNT,),
    wrong=(CLEAN, changed(name="农村道路养护项目资金")),
    right=(CLEAN, changed(name="农村道路养护", stage="review"), changed(name="农村桥梁养护")),
)
