"""A budget changed within the year, and nothing says why.

What: 全年预算数 differs from 年初预算数 by at least ``adjusted`` (10 %) of the latter, and neither a reason nor the goal text of
the table speaks of it (调整, 追加, 调剂, 增加, 压减, 收回, 上级, 结转 …). A budget that began at 0 was added within the year,
which says itself. For a whole unit it is a note: its budget grows with every project that is added, and its form has as a
rule no place for the reason. Where the total row is empty, its parts are added up. A table of which a part is missing
may give the reason there.

Basis: forms of one province (Sichuan) ask for a reason; from which change on is a setting.

Why: the targets were set for another sum of money.

False alarms: an adjustment explained in the narrative of the final account; a table of the year that prints the approved
budget of another date as 年初.
"""

from __future__ import annotations

__all__ = ["CHECK"]

from collections.abc import Iterator
from fractions import Fraction

from perfeval.auditing.check import Check, Raised, Scope
from perfeval.auditing.checks._reasons import texts_about
from perfeval.auditing.checks._targets import percent
from perfeval.auditing.examples import CLEAN, changed
from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.subject import Table
from perfeval.findings import FindingClass, Severity
from perfeval.messages import Wording
from perfeval.rulebook import BasisStatus
from perfeval.table import AmountCell, Funding, TableKind
from perfeval.values import DEFAULT_UNITS, Missing, Quantity, squash

_ADJUSTED = tuple("调整 调增 调减 追加 调剂 增加 新增 压减 核减 收回 下达 上级 结转 年中 追减 统筹".split())
"""Words of a reason that say that or why a budget was changed."""
_ADJUSTED_IN_GOAL = tuple(
    "预算调整 调整预算 资金调整 调增 调减 追加 调剂 压减 核减 收回 追减 年中 上级下达".split()
)
"""The same for the goal text, in which 增加 and 新增 are about the work."""


def _run(table: Table, settings: AuditSettings) -> Iterator[Raised]:
    found = _amounts(table)
    if found is None:
        return
    row, initial, adjusted = found
    if initial <= 0 or abs(adjusted - initial) < Fraction(settings.adjusted) * initial:
        return
    if texts_about(table, _ADJUSTED)[0] or texts_about(table, _ADJUSTED_IN_GOAL)[1]:
        return
    is_unit = table.evaluation.kind is TableKind.WHOLE_UNIT
    funding = table.evaluation.funding[row]
    yield Raised(
        spots=(table.spot(f"funding[{row}].adjusted"), table.spot(f"funding[{row}].initial")),
        severity=Severity.NOTE if is_unit else Severity.WARNING,
        kind=FindingClass.QUESTION,
        facts={
            "label": squash(funding.label or ""),
            "initial": funding.initial.text if funding.initial else "",
            "adjusted": funding.adjusted.text if funding.adjusted else "",
            "rate": percent(adjusted / initial),
        },
    )


def _amounts(table: Table) -> tuple[int, Fraction, Fraction] | None:
    """Give the row of money that is the whole, and what it says in one unit; the only row with money if that is empty."""
    whole = table.total_funding
    rows = [whole] if whole is not None and not _is_empty(whole[1]) else []
    rows = rows or [
        (number, row) for number, row in enumerate(table.evaluation.funding) if not _is_empty(row)
    ]
    if len(rows) != 1:
        return None
    number, row = rows[0]
    initial, adjusted = (_in_base(table, cell) for cell in (row.initial, row.adjusted))
    return None if initial is None or adjusted is None else (number, initial, adjusted)


def _is_empty(row: Funding) -> bool:
    return all(_is_nothing(cell) for cell in (row.initial, row.adjusted, row.executed))


def _is_nothing(cell: AmountCell | None) -> bool:
    if cell is None or isinstance(cell.value, Missing):
        return True
    return isinstance(cell.value, Quantity) and cell.value.number == 0


def _in_base(table: Table, cell: AmountCell | None) -> Fraction | None:
    """Give an amount in 元, its own unit before the table's."""
    if cell is None or not isinstance(cell.value, Quantity):
        return None
    heading = DEFAULT_UNITS.whole(squash(table.evaluation.amount_unit or ""))
    quantity = cell.value
    if heading is not None and heading.dimension == "money":
        quantity = quantity.with_unit(quantity.unit.completed_by(heading))
    unit = quantity.unit
    numerator, denominator = quantity.pair
    return Fraction(numerator * unit.numerator, denominator * unit.denominator)


CHECK = Check(
    code="PE509",
    name="adjustment-without-reason",
    scope=Scope.TABLE,
    follows=("PE403", "PE406", "PE412"),
    says=Wording(
        "PE509",
        "{label}由年初 {initial} 调整为 {adjusted}（为年初的 {rate}），表中未见调整原因",
        "{label} was adjusted from {initial} to {adjusted} ({rate} of the initial budget), and the table gives no reason",
    ),
    explained_by=Wording(
        "PE509-explained",
        "年中追加或调剂，原因见预算调整文件或决算说明",
        "money added or moved within the year, explained in the adjustment or the narrative",
    ),
    ask=Wording(
        "PE509-ask",
        "请说明预算调整的原因和依据，以及绩效目标是否同步调整",
        "please give reason and basis of the adjustment, and say whether the targets were adjusted as well",
    ),
    basis="自评表表样（四川）：年中调整预算的须说明原因；提示的调整幅度为可调设置",
    status=BasisStatus.VERIFIED,
    run=_run,
    needs_whole=True,
    wrong=(changed(funding_0_initial="60.00", funding_1_initial="40.00"),),
    right=(
        CLEAN,
        changed(funding_0_initial="78.00", funding_1_initial="58.00"),
        changed(
            funding_0_initial="60.00",
            funding_1_initial="40.00",
            goal_actual="年中追加20万元，养护道路里程126公里。",
        ),
        changed(funding_0_initial="0", funding_1_initial="0", funding_2_initial="0"),
    ),
)
