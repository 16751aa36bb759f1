"""Tables of one unit that are filled in in different ways.

What: comparison signs (≥ against >=), actuals with and without =, or units of money differ between the tables of
a unit. One line; off unless selected.

Basis: no rule, a matter of form: seen in a published filing.

Why: such tables were probably not made in one system, and figures copied between them deserve a look.

False alarms: forms of different authorities; it is a remark about form and no more.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Callable, Iterator, Mapping

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table, Unit
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.values import squash


def _run(unit: Unit, _settings: AuditSettings) -> Iterator[Raised]:
    if len(unit.tables) < 2:
        return
    differing = [name for name, style in _STYLES.items() if len({*map(style, unit.tables)} - {""}) > 1]
    if not differing:
        return
    shown = [
        f"{name}（{'、'.join(sorted({*map(_STYLES[name], unit.tables)} - {''}))}）" for name in differing
    ]
    yield Raised(
        spots=tuple(table.spot() for table in unit.tables),
        severity=Severity.NOTE,
        kind=FindingClass.QUESTION,
        facts={"styles": "；".join(shown), "count": len(unit.tables)},
    )


def _signs(table: Table) -> str:
    texts = [squash(row.indicator.target.text) for row in table.rows if row.indicator.target is not None]
    signed = [text for text in texts if text.startswith((">=", "<=", "≥", "≤"))]
    return " ".join(sorted({"≥≤" if text[0] in "≥≤" else ">=<=" for text in signed}))


def _actuals(table: Table) -> str:
    texts = [squash(row.indicator.actual.text) for row in table.rows if row.indicator.actual is not None]
    numbers = [text for text in texts if text[:1].isdecimal() or text.startswith("=")]
    if not numbers:
        return ""
    return "带“=”" if all(text.startswith("=") for text in numbers) else "不带“=”"


def _money(table: Table) -> str:
    return squash(table.evaluation.amount_unit or "")


_STYLES: Mapping[str, Callable[[Table], str]] = {
    "比较符号": _signs,
    "实际完成值": _actuals,
    "金额单位": _money,
}

CHECK = Check(
    code="PE610",
    name="forms-differ",
    scope=Scope.UNIT,
    says=Wording(
        "PE610",
        "{count} 张表的填写格式不一致：{styles}",
        "{count} tables are filled in in different ways: {styles}",
    ),
    explained_by=Wording(
        "PE610-explained",
        "各表由不同部门或系统生成",
        "the tables come from different offices or systems",
    ),
    ask=Wording("PE610-ask", "建议统一填写格式", "consider one way of filling in the tables"),
    basis="合理性分析（无条文依据）：同一单位各表的填写格式通常一致",
    status=BasisStatus.BACKGROUND,
    run=_run,
    is_optional=True,
    wrong=(CLEAN, changed(name="农村桥梁养护", indicators_0_target="≥120公里")),
    right=(CLEAN, changed(name="农村桥梁养护")),
)
