"""What an audit holds for much: marks and materiality, each of them a setting."""

from __future__ import annotations

__all__ = ["AuditSettings"]

from decimal import Decimal

import attrs


@attrs.frozen(kw_only=True)
class AuditSettings:
    """Marks of the checks. Each is one region's practice, hence a setting; the checks name their sources."""

    points: Decimal = Decimal("0.01")
    """Effects on a score below this are listed, not counted."""
    amount: Decimal = Decimal("0.01")
    """The same for money, in the unit of the table: two amounts rounded to 0.01 may differ by as much."""
    exceeded: Decimal = Decimal("1.3")
    """Actual ÷ target from which a reason is due."""
    far_exceeded: Decimal = Decimal(2)
    """Actual ÷ target from which the target itself is in question."""
    counted_slack: Decimal = Decimal(2)
    """Units of a counting word by which an actual may exceed a target without any remark."""
    low_execution: Decimal = Decimal("0.9")
    """Execution rate under which a reason is due."""
    half_execution: Decimal = Decimal("0.6")
    """Execution rate under which full marks for output and timeliness are in question."""
    underspent: Decimal = Decimal("0.5")
    """Share of a cost ceiling under which the ceiling is in question."""
    adjusted: Decimal = Decimal("0.1")
    """Change from 年初 to 全年 budget, as a share, from which a reason is due."""
    heavy_row: Decimal = Decimal(50)
    """Weight of one row from which it decides the table alone."""
    longest_reason: int = 100
    """Characters of a deviation text that a form allows."""
    below_previous: Decimal = Decimal("0.9")
    """Target ÷ last year's result at or under which the target is in question: rates move by a point or two."""
    hollow: Decimal = Decimal("0.9")
    """Percentage from which a benefit whose name is no rate is taken for words dressed as a number."""
    equal_rows: int = 3
    """Rows with a target that could be passed, from which "every actual equals its target" says something."""
    near: Decimal = Decimal("0.1")
    """Share of a figure by which another may differ and still be meant for the same (X04)."""
