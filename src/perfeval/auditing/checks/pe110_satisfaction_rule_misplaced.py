"""满意度赋分 on a row that measures no satisfaction, or a satisfaction row under another rule.

What: the row prints 满意度赋分, and neither its levels nor its name speak of satisfaction (满意, 认可, 好评, 评价 …): a
warning. A row named 满意度 that prints another known rule: a note, since the points are mostly the same.

Basis: the name of the rule stands in a published form (Xinjiang, 2024); it is known as one of 财预〔2021〕101号, whose
annex was not read.

Why: where satisfaction has bands of its own, the rule decides the points.

False alarms: a satisfaction row under a name that the word list does not know; a form without a rule for satisfaction.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._scores import facts_of, printed_rule
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash

_ASKED = tuple("满意 认可 好评 评价 测评 感受 获得感 问卷".split())
"""Words of what people are asked about."""
_OTHER_RULES = ("direct", "proportional", "graded")
_OTHER = Wording(
    "PE110-other",
    "“{name}”是满意度指标，赋分规则为“{rule}”",
    "'{name}' measures satisfaction; its rule is '{rule}'",
)


def _run(row: Row, _settings: AuditSettings) -> Iterator[Raised]:
    printed = printed_rule(row)
    if not printed:
        return
    if "满意度赋分" in printed:
        is_misplaced, is_other = not _is_asked(row), False
    else:
        is_misplaced = False
        is_other = "满意" not in printed and row.scored.rule in _OTHER_RULES and "满意度" in row.name
    if is_misplaced or is_other:
        yield Raised(
            spots=(row.spot("rule"), row.spot("level3")),
            severity=Severity.WARNING if is_misplaced else Severity.NOTE,
            kind=FindingClass.QUESTION,
            facts=facts_of(row, rule=row.indicator.rule or ""),
            wording=None if is_misplaced else _OTHER,
        )


def _is_asked(row: Row) -> bool:
    levels = (row.indicator.level1, row.indicator.level2, row.indicator.level3)
    words = squash("".join(level or "" for level in levels))
    return any(word in words for word in _ASKED)


CHECK = Check(
    code="PE110",
    name="satisfaction-rule-misplaced",
    scope=Scope.ROW,
    stages=ALL_STAGES,
    says=Wording(
        "PE110",
        "“{name}”不是满意度指标，赋分规则为“{rule}”",
        "'{name}' does not measure satisfaction; its rule is '{rule}'",
    ),
    explained_by=Wording(
        "PE110-explained",
        "赋分规则栏选错，或该表没有单设满意度赋分",
        "the rule column was filled in by mistake, or the form has no rule for satisfaction",
    ),
    ask=Wording("PE110-ask", "请核对该指标的赋分规则", "please check the rule of the row"),
    basis=(
        "规则名称“满意度赋分”见自评表表样（新疆，2024年度）；"
        "据知出自《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号，原文未核对）"
    ),
    status=BasisStatus.BACKGROUND,
    run=_run,
    is_folded=True,
    wrong=(changed(indicators_0_rule="满意度赋分"), changed(indicators_4_rule="按照正常比例赋分")),
    right=(CLEAN, changed(indicators_0_rule=""), changed(indicators_4_rule="")),
)
