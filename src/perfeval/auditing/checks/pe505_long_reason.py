"""A reason longer than the form allows.

What: the text has more than ``longest_reason`` (100) characters without blanks. Off unless selected.

Basis: forms of one province (Sichuan) limit it to 100 characters.

Why: only where the limit holds, and the platform would cut it.

False alarms: everywhere else; hence optional.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._targets import facts_of
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash


def _run(row: Row, settings: AuditSettings) -> Iterator[Raised]:
    length = len(squash(row.indicator.deviation or ""))
    if length <= settings.longest_reason:
        return
    yield Raised(
        spots=(row.spot("deviation"),),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts=facts_of(row, length=length, longest=settings.longest_reason),
    )


CHECK = Check(
    code="PE505",
    name="long-reason",
    scope=Scope.ROW,
    is_optional=True,
    says=Wording(
        "PE505",
        "“{name}”的偏差原因有 {length} 字，超过 {longest} 字",
        "the reason of '{name}' has {length} characters, more than {longest}",
    ),
    explained_by=Wording("PE505-explained", "本地表格没有字数限制", "the form sets no limit"),
    ask=Wording("PE505-ask", "如表格有字数要求，请精简", "please shorten it if the form sets a limit"),
    basis="自评表表样（四川）：原因说明不超过100字",
    status=BasisStatus.VERIFIED,
    run=_run,
    wrong=(
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用，部分路段未能按原定安排检测。" * 6,
            total_score="95.80",
        ),
    ),
    right=(
        CLEAN,
        changed(
            indicators_1_actual="76%",
            indicators_1_score="16",
            indicators_1_deviation="检测设备停用",
            total_score="95.80",
        ),
    ),
)
