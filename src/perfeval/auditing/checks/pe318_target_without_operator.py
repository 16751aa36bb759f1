"""A target without ≥, =, ≤ or a word for it.

What: the target is a number and nothing says which way it looks. Off unless selected: most real tables print no sign.
One line for each table.

Basis: published forms print the sign, in a column of its own (Sichuan) or in the cell (Xinjiang, 2024);
docs/semantics.md §2 says how a target without one is read (note ``direction-assumed``).

Why: the direction decides the score as soon as the actual differs.

False alarms: forms whose sign stood in a column that was not read.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import Comparison


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    target = row.indicator.target
    if target is None or not isinstance(target.value, Comparison) or target.value.operator is not None:
        return
    yield Raised(
        spots=(row.spot("target"),), severity=Severity.NOTE, kind=FindingClass.QUESTION, facts=facts_of(row)
    )


CHECK = Check(
    code="PE318",
    name="target-without-operator",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    is_folded=True,
    is_optional=True,
    says=Wording(
        "PE318",
        "指标值没有“≥、=、≤”等符号，如“{name}”{target}",
        "targets have no sign such as ≥, = or ≤, such as '{name}' {target}",
    ),
    explained_by=Wording(
        "PE318-explained",
        "符号在单独一列，未随表公开",
        "the sign stood in a column of its own, which was not published",
    ),
    ask=Wording("PE318-ask", "请补充指标值的符号", "please add the signs"),
    basis="自评表表样：四川设“指标性质”栏（≥、≤、＝、定性），新疆（2024年度）将符号写在指标值栏",
    status=BasisStatus.REPORTED,
    run=_run,
    wrong=(changed(indicators_1_target="95%"),),
    right=(CLEAN, changed(indicators_1_target="不低于95%")),
)
