"""A total row of 0 over parts that hold money, or the reverse.

What: for 年初, 全年 and 执行, the total is a written 0 while a direct part is not 0; or the total is not 0 while every
part is a written 0. A blank total over filled parts is a note. One finding names all columns.

Basis: an identity of the form: total = Σ sources. Where the total row is empty, the parts are added up instead
(docs/semantics.md §4).

Why: the execution rate is then one of 0, and the points of the table follow from it.

False alarms: a form whose first row is not the total but a heading.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator

from perfeval.auditing.check import ALL_STAGES, Check, Raised, Scope
from perfeval.auditing.checks._funds import (
    COLUMNS,
    WORDS,
    Side,
    amounts_of,
    cell_of,
    direct_parts,
    is_blank,
    printed,
    total_row,
)
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus

_PARTS = Wording(
    "PE406-parts",
    "“{label}”有金额，而各项来源均为 0：{columns}",
    "'{label}' holds money while each of its parts is 0: {columns}",
)
_BLANK = Wording(
    "PE406-blank",
    "“{label}”未填，而所列来源有金额：{columns}",
    "'{label}' is blank while its parts hold money: {columns}",
)
_ZERO, _NO_PARTS, _EMPTY = "zero", "no-parts", "empty"


def _run(table: Table, _settings: AuditSettings) -> Iterator[Raised]:
    total = total_row(table)
    if total is None or not direct_parts(table):
        return
    found: dict[str, list[Side]] = {}
    for column in COLUMNS:
        state = _state(table, total, column)
        if state:
            found.setdefault(state, []).append(column)
    if _EMPTY in found and (_ZERO in found or len(found[_EMPTY]) < _columns_used(table)):
        del found[_EMPTY]  # a total that is filled elsewhere left one cell out: no contradiction
    wordings = {_ZERO: None, _NO_PARTS: _PARTS, _EMPTY: _BLANK}
    for state, columns in found.items():
        is_empty = state == _EMPTY
        yield Raised(
            spots=tuple(table.spot(f"funding[{total}].{column}") for column in columns),
            severity=Severity.NOTE if is_empty else Severity.ERROR,
            kind=FindingClass.QUESTION if is_empty else FindingClass.ARITHMETIC,
            facts={
                "label": table.evaluation.funding[total].label or "",
                "columns": "；".join(_shown(table, total, column) for column in columns),
            },
            wording=wordings[state],
        )


def _state(table: Table, total: int, column: Side) -> str | None:
    in_column, whole_cell = amounts_of(table)[column], cell_of(table.evaluation.funding[total], column)
    whole, amounts = in_column[total], [in_column[part] for part in direct_parts(table)]
    if all(amount == 0 for amount in amounts):
        return _NO_PARTS if whole else None
    if not any(amounts):
        return None
    if whole == 0:
        return _ZERO
    return _EMPTY if whole_cell is not None and is_blank(whole_cell) else None


def _columns_used(table: Table) -> int:
    """Give how many columns of money hold an amount."""
    rows = table.evaluation.funding
    return sum(any(not is_blank(cell_of(row, column)) for row in rows) for column in COLUMNS)


def _shown(table: Table, total: int, column: Side) -> str:
    rows = table.evaluation.funding
    cells = (printed(cell_of(rows[part], column)) for part in direct_parts(table))
    whole = printed(cell_of(rows[total], column))
    return " ".join(filter(None, [WORDS[column], whole, f"({', '.join(filter(None, cells))})"]))


CHECK = Check(
    code="PE406",
    name="total-row-zero",
    scope=Scope.TABLE,
    stages=ALL_STAGES,
    says=Wording(
        "PE406",
        "“{label}”为 0，而所列来源有金额：{columns}",
        "'{label}' is 0 while its parts hold money: {columns}",
    ),
    explained_by=Wording(
        "PE406-explained",
        "汇总行由系统生成而未刷新",
        "the total row is filled by a system and was not refreshed",
    ),
    ask=Wording(
        "PE406-ask",
        "请补正资金总额，并据此重新计算执行率和得分",
        "please correct the total, and calculate the rate and its score again",
    ),
    basis="表内勾稽：年度资金总额等于各资金来源之和（自评表表样：上海、安徽）",
    status=BasisStatus.VERIFIED,
    run=_run,
    wrong=(
        changed(funding_0_initial="0", funding_0_adjusted="0", funding_0_executed="0"),
        changed(funding_1_initial="0.00", funding_2_initial="0.00"),
    ),
    right=(CLEAN, changed(funding_2_initial="0.00", funding_1_initial="80.00")),
)
