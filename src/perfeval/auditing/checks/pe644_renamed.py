"""A project that the accounts seem to hold under another name, or another code.

What: a table whose code is that of an account with another name (a note where the names are alike, else a question); or a
table and an account without counterpart whose names share most of their characters in order, hold the same numbers and are
each other's one nearest, or are the same under different codes. Amounts are not compared for the latter.

Basis: the project of a table is that of the accounts.

Why: what goes by two names cannot be followed from budget to result.

False alarms: two projects with alike names; a name that was corrected with approval.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

import attrs

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._outside import said_of
from perfeval.auditing.examples import ACCOUNT, CLEAN, changed
from perfeval.auditing.ledger import Account
from perfeval.auditing.matching import Sureness
from perfeval.auditing.names import near_names, plain_name, same_name
from perfeval.auditing.outside import Pair, Relation
from perfeval.auditing.settings import AuditSettings
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus


def _run(relation: Relation[Account], _settings: AuditSettings) -> Iterator[Raised]:
    for pair in (*relation.pairs, *relation.near):
        names = pair.table.evaluation.name or "", pair.other.first.name
        if pair.by is Sureness.NEAR or (pair.by is Sureness.CODE and all(names) and not same_name(*names)):
            yield _raised(pair, names)


def _raised(pair: Pair[Account], names: tuple[str, str]) -> Raised:
    table = pair.table
    is_alike = bool(near_names([plain_name(names[0])], [plain_name(names[1])]))
    is_note = pair.by is Sureness.CODE and is_alike
    return Raised(
        spots=(table.spot("name"),),
        severity=Severity.NOTE if is_note else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={
            "name": names[0],
            "code": table.evaluation.keys.get("project_code") or "—",
            "other": names[1],
            "other_code": pair.other.first.code or "—",
            **said_of(pair.by),
        },
        places=pair.other.places,
    )


CHECK = Check(
    code="PE644",
    name="renamed",
    scope=Scope.LEDGER,
    says=Wording(
        "PE644",
        "项目“{name}”（项目编码：{code}）与账表中的“{other}”（项目编码：{other_code}）是否为同一项目（{match}对应）",
        "is the project '{name}' (code: {code}) the '{other}' of the accounts (code: {other_code})? (matched {matched})",
    ),
    explained_by=Wording(
        "PE644-explained",
        "项目名称或编码在年中调整，或两者是不同的项目",
        "the name or code was changed during the year, or they are two projects",
    ),
    ask=Wording(
        "PE644-ask",
        "请确认是否为同一项目，并统一名称和编码",
        "please say whether they are one project, and use one name and code",
    ),
    basis="表账核对：自评表的项目与账表的项目应能对应",
    status=BasisStatus.BACKGROUND,
    run=_run,
    ledger=(
        attrs.evolve(ACCOUNT, name="农村公路养护", code="A1"),
        attrs.evolve(ACCOUNT, name="界河桥梁维修", code="A2"),
    ),
    wrong=(
        changed(keys={"project_code": "A1"}),
        changed(name="界河桥梁的维修"),
    ),
    right=(
        changed(name="农村公路养护项目", keys={"project_code": "A1"}),
        changed(name="界河大桥拆除", funding_0_executed="1.00"),
        CLEAN,
    ),
)
