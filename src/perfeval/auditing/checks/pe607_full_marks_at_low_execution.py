"""Every output at full marks while little of the money was spent.

What: the execution rate is under ``half_execution`` and all rows of output and timeliness (two at least, costs left out)
report full marks (a note, where a reason speaks of instalments or savings); or the text of what was done says that work
was late, the rate is under ``low_execution``, and a row of timeliness reports full marks.

Basis: Sichuan (川财绩〔2025〕10号, read at second hand) warns where goal and execution are more than 10 % apart, the public
code of a platform where points and execution are; the marks here are settings.

Why: what is finished and in time has usually been paid for.

False alarms: contracts paid by instalments, retention money, savings by tender: lawful, and what is asked for.
"""

from __future__ import annotations

__all__ = ["CHECK"]

import re
from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._between import said_in
from perfeval.auditing.checks._funds import total_row
from perfeval.auditing.checks._reasons import reasons_in
from perfeval.auditing.checks._shares import share_of_total
from perfeval.auditing.checks._targets import has_any, percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Row, Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.scoring.numbers import total_of
from perfeval.values import squash

_LATE = re.compile(r"(?:开展|启动|实施|开工|下达|到位|完成)[^。;,]{0,4}(?:晚|迟)|推迟|延期|延迟|滞后|延误")
_NOT_LATE = re.compile(r"(?:未|无|没有|不|避免|防止|解决|杜绝|减少)[^。;,]{0,6}(?:晚|迟|延期|延迟|滞后|延误)")
_INSTALMENTS = tuple(
    "分期 按合同 合同约定 首期 首付 第一期 尾款 质保金 保证金 进度款 节约 节省 招标结余 中标价".split()
)
"""Words of a reason that explains why finished work is not paid in full."""
_OUTPUT = ("产出", "数量", "质量", "时效")
_TEXT = Wording(
    "PE607-late",
    "完成情况写明“{text}”，执行率 {rate}，而时效指标（{names}）均得满分",
    "the text of what was done says '{text}', the execution rate is {rate}, and timeliness ({names}) has full marks",
)


def _run(table: Table, settings: AuditSettings) -> Iterator[Raised]:
    index, share = total_row(table), share_of_total(table)
    marks = (settings.half_execution, settings.low_execution)
    if share is None or share.exact >= Fraction(max(marks)):
        return
    money = table.spot(f"funding[{index}].executed")
    rows = [row for row in table.rows if _is_output(row)]
    facts: dict[str, object] = {"rate": percent(share.exact), "count": len(rows)}
    if share.exact < Fraction(settings.half_execution) and len(rows) >= 2 and all(map(_is_full, rows)):
        points = total_of(row.weight for row in rows if row.weight is not None)
        yield Raised(
            spots=(money, *(row.spot("score") for row in rows)),
            severity=Severity.NOTE if _is_explained(table) else Severity.WARNING,
            kind=FindingClass.QUESTION,
            facts={**facts, "points": points},
        )
        return
    late = said_in(table.evaluation.goal.actual, _LATE, _NOT_LATE)
    timely = [row for row in rows if "时效" in squash(row.indicator.level2 or "")]
    if late and share.exact < Fraction(settings.low_execution) and timely and all(map(_is_full, timely)):
        yield Raised(
            spots=(*(row.spot("score") for row in timely), table.spot("goal.actual"), money),
            severity=Severity.WARNING,
            kind=FindingClass.QUESTION,
            facts={**facts, "text": late, "names": "、".join(row.name for row in timely)},
            wording=_TEXT,
        )


def _is_explained(table: Table) -> bool:
    """Say whether a reason of the table says how the contract is paid, or that money was saved."""
    return any(has_any(text, _INSTALMENTS) for text in reasons_in(table))


def _is_output(row: Row) -> bool:
    levels = [squash(level or "") for level in (row.indicator.level1, row.indicator.level2)]
    is_named = any(word in level for level in levels for word in _OUTPUT)
    return is_named and not row.is_cost and bool(row.weight)


def _is_full(row: Row) -> bool:
    return row.reported is not None and row.reported == row.weight


CHECK = Check(
    code="PE607",
    name="full-marks-at-low-execution",
    scope=Scope.TABLE,
    says=Wording(
        "PE607",
        "执行率为 {rate}，而 {count} 个产出、时效指标均得满分（共 {points} 分）",
        "the execution rate is {rate}, while all {count} rows of output and timeliness have full marks ({points} points)",
    ),
    explained_by=Wording(
        "PE607-explained",
        "按合同分期付款、质保金未到期，或招标节约",
        "the contract is paid by instalments, retention money is not yet due, or a tender saved money",
    ),
    ask=Wording(
        "PE607-ask",
        "请说明任务完成与资金支付进度不一致的原因",
        "please say why the work is finished and the money is not spent",
    ),
    basis=(
        "四川（川财绩〔2025〕10号，据转述）：绩效目标完成与预算执行率相差超过10%的预警；预算管理一体化平台（公开代码）亦作类似提示；"
        "提示标准为可调设置"
    ),
    status=BasisStatus.REPORTED,
    run=_run,
    follows=("PE401", "PE412"),
    needs_whole=True,
    wrong=(
        changed(
            funding_0_executed="32.00",
            funding_1_executed="22.00",
            funding_2_executed="10.00",
            funding_0_rate="40.00%",
            funding_0_score="4.00",
            indicators_2_deviation="资金支付进度较慢",
            total_score="94.00",
        ),
    ),
    right=(
        CLEAN,
        changed(
            funding_0_executed="32.00",
            funding_1_executed="22.00",
            funding_2_executed="10.00",
            funding_0_rate="40.00%",
            funding_0_score="4.00",
            indicators_0_actual="60公里",
            indicators_0_score="10",
            indicators_0_deviation="雨季停工，资金未支付",
            goal_actual="养护道路里程60公里，未出现延期。",
            total_score="84.00",
        ),
    ),
)
