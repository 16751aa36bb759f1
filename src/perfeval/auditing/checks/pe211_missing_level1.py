"""A kind of indicator that the table does not have: output, benefit, satisfaction.

What: the levels of a project table name no 产出 (数量, 质量, 时效 …), no 效益 or no 满意度. Missing outputs or benefits are a
warning, missing satisfaction a note (its points may go to benefit). For 整体支出, which has no national form, a table with
neither benefit nor satisfaction is a note. Tables in another framework (决策, 管理, 绩效) are left alone.

Basis: known as the structure of 财预〔2020〕10号, whose annex was not read; that the points of a missing satisfaction go to
benefit is known of 财预〔2021〕101号.

Why: a table of outputs alone cannot say what they were good for.

False alarms: small or purely internal projects with nobody to ask; benefit under a name that the word list lacks.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from functools import lru_cache

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import TableKind
from perfeval.values import squash

_WORDS = {
    "产出": tuple("产出 数量 质量 时效 完成 履职".split()),
    "效益": tuple("效益 效果 结果 影响 社会 生态 可持续".split()),
    "满意度": ("满意",),
}
"""Words by which the levels of national and local forms name each kind."""
_OTHER_FRAMEWORK = tuple("决策 过程 项目管理 投入目标 绩效指标".split())


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    names = {level or "" for row in table.rows for level in (row.indicator.level1, row.indicator.level2)}
    missing = _missing(frozenset(names))
    if not missing:
        return
    is_whole = table.evaluation.kind is TableKind.WHOLE_UNIT
    if is_whole and missing != ("效益", "满意度"):
        return
    yield Raised(
        spots=(table.spot("indicators"),),
        severity=Severity.NOTE if is_whole or missing == ("满意度",) else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={"missing": "、".join(missing)},
    )


@lru_cache(1024)  # forms repeat their levels
def _missing(names: frozenset[str]) -> tuple[str, ...]:
    """Give the kinds that no level names; none where the levels are of another framework."""
    levels = squash("|".join(names))
    missing = tuple(kind for kind, words in _WORDS.items() if not any(word in levels for word in words))
    is_other = len(missing) == len(_WORDS) or any(word in levels for word in _OTHER_FRAMEWORK)
    return () if is_other else missing


CHECK = Check(
    code="PE211",
    name="missing-level1",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording("PE211", "表中没有{missing}类指标", "the table has no indicator of: {missing}"),
    explained_by=Wording(
        "PE211-explained",
        "项目没有可调查的服务对象，或该表式不分这些类别",
        "there is nobody to ask, or the form has other groups",
    ),
    ask=Wording("PE211-ask", "请说明未设该类指标的原因", "please explain why there are none"),
    basis="项目自评设产出、效益、满意度指标：据知出自《项目支出绩效评价管理办法》（财预〔2020〕10号，原文未核对）",
    status=BasisStatus.BACKGROUND,
    run=_run,
    needs_whole=True,
    wrong=(
        changed(
            indicators_4_level1="产出指标",
            indicators_4_level2="质量指标",
            indicators_4_level3="复检合格率",
            indicators_4_rule="按照正常比例赋分",
            indicators_4_evidence="检测报告",
        ),
        changed(
            indicators_3_level1="产出指标",
            indicators_3_level2="质量指标",
            indicators_3_level3="路面状况",
        ),
    ),
    right=(CLEAN,),
)
