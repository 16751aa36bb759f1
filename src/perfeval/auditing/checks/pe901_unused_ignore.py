"""An entry of ``perfeval.toml`` that leaves out nothing.

What: no finding of this audit is covered by an ``[[ignore]]`` although its check was run, or no such check exists. A note
at the line of the entry.

Basis: 审核自身的说明，无条文依据。

Why: either the fault was mended, and the entry would one day hide a new one; or it is mistyped, and hides nothing now.

False alarms: the tables that the entry is about were not among those audited this time.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator, Sequence

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.ignores import Ignore
from perfeval.auditing.settings import AuditSettings
from perfeval.findings import FindingClass, Location, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_EXCEEDED = changed(indicators_0_actual="1100公里")


def _run(unused: Sequence[Ignore], _settings: AuditSettings) -> Iterator[Raised]:
    for ignore in unused:
        yield Raised(
            spots=(),
            severity=Severity.NOTE,
            kind=FindingClass.READING,
            facts={"entry": ignore, "reason": ignore.reason},
            places=() if ignore.place is None else (ignore.place,),
        )


CHECK = Check(
    code="PE901",
    name="unused-ignore",
    scope=Scope.AUDIT,
    says=Wording(
        "PE901",
        "配置里不再提示的“{entry}”（理由：{reason}）本次没有对应的问题",
        "the ignore '{entry}' (reason: {reason}) covers no finding of this audit",
    ),
    explained_by=Wording(
        "PE901-explained",
        "问题已更正，或本次未审核相应的表，或检查编号、名称有误",
        "the fault was mended, its tables were not audited this time, or a code or name is mistyped",
    ),
    ask=Wording(
        "PE901-ask",
        "请核对并删去不再需要的条目",
        "please check the entry, and take it out if it is done with",
    ),
    basis="审核自身的说明，无条文依据",
    status=BasisStatus.BACKGROUND,
    run=_run,
    wrong=(CLEAN,),
    right=(_EXCEEDED,),
    ignores=(
        Ignore(
            check="PE301",
            indicator="养护道路里程",
            reason="年中追加任务，附调整文件",
            place=Location(file="perfeval.toml", line=3, column=1),
        ),
    ),
)
