"""What the tables of one transfer make together: the regional table, and what each cell of it was made of."""

from __future__ import annotations

__all__ = [
    "AggregatedCell",
    "AggregatedFunding",
    "AggregatedRow",
    "Aggregation",
    "Contribution",
    "Method",
    "Obstacle",
    "Part",
    "Remark",
]

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from perfeval.portfolio.settings import AggregationSettings, Funds
from perfeval.rulebook import RuleBook
from perfeval.table import Evaluation, Funding, Indicator
from perfeval.values import NO_UNIT, Operator, Unit


class Method(StrEnum):
    """How a cell was made: added up, averaged by the funds, the same everywhere, or a statement chosen by score."""

    SUM = "sum"
    AVERAGE = "average"
    SAME = "same"
    STATEMENT = "statement"


class Obstacle(StrEnum):
    """Why a cell stays blank, or what is remarkable about a row; the list is closed."""

    MISSING_ROW = "missing-row"
    NOT_APPLICABLE = "not-applicable"
    DUPLICATE_ROW = "duplicate-row"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    KINDS_DIFFER = "kinds-differ"
    OPERATORS_DIFFER = "operators-differ"
    TEXTS_DIFFER = "texts-differ"
    UNIT_MISMATCH = "unit-mismatch"
    UNIT_UNKNOWN = "unit-unknown"
    METHOD_UNKNOWN = "method-unknown"
    NO_FUNDS = "no-funds"
    UNSCORABLE = "unscorable"
    WEIGHTS_DIFFER = "weights-differ"
    RULES_DIFFER = "rules-differ"
    PARTIAL_TABLE = "partial-table"


@attrs.frozen
class Part:
    """One table of the region, with its money in 元; None where it cannot be told."""

    evaluation: Evaluation = attrs.field(repr=False)
    budget: Fraction | None
    executed: Fraction | None

    def weight(self, funds: Funds) -> Fraction | None:
        """Give the money by which its relative values are weighed; None also where it is negative."""
        amount = self.budget if funds is Funds.BUDGET else self.executed
        return None if amount is None or amount < 0 else amount


@attrs.frozen
class Contribution:
    """What one table gives to a cell: its text, its numbers in the unit of the cell, its money in 元.

    ``share`` is its printed score as a share of its weight, where a statement is chosen by it. ``part`` and ``row``
    count from 0.
    """

    part: int
    row: int
    text: str
    values: tuple[Fraction, ...] = ()
    funds: Fraction | None = None
    share: Fraction | None = None


@attrs.frozen(kw_only=True)
class AggregatedCell:
    """A cell of the regional table: as written, exact, and of what. Without method it is blank for an obstacle.

    ``values`` are one number, or both ends of a range, in ``unit``; for a statement, the share of the weight that chose
    it, if it took one. ``decimals`` are the most that a table prints in this unit, ``slack`` how far the number may be
    from that of measured numbers before they were rounded. ``at`` are the tables (from 0) on which the obstacle rests;
    empty: on all of them together.
    """

    method: Method | None = None
    text: str = ""
    values: tuple[Fraction, ...] = ()
    unit: Unit = NO_UNIT
    operator: Operator | None = None
    is_approximate: bool = False
    decimals: int = 0
    slack: Fraction = Fraction(0)
    contributions: tuple[Contribution, ...] = ()
    obstacle: Obstacle | None = None
    at: tuple[int, ...] = ()


@attrs.frozen
class Remark:
    """Something about a whole row or table: in which tables (from 0) a row is missing, does not apply, differs."""

    obstacle: Obstacle
    at: tuple[int, ...]


@attrs.frozen
class AggregatedRow:
    """One row of the regional table."""

    indicator: Indicator
    target: AggregatedCell
    actual: AggregatedCell
    remarks: tuple[Remark, ...] = ()


@attrs.frozen
class AggregatedFunding:
    """One row of the region's money; ``cells`` are its amounts by the names of the columns."""

    funding: Funding
    cells: Mapping[str, AggregatedCell]
    is_total: bool
    remarks: tuple[Remark, ...] = ()


@attrs.frozen(kw_only=True)
class Aggregation:
    """The table of the region and its record.

    ``evaluation`` is an ordinary table of kind ``transfer`` without scores. It is ``partial``, and so has no total, where
    its weights cannot be those of all its tables: a row is missing or doubled in one, weights differ, or a table is
    partial itself.
    """

    evaluation: Evaluation
    parts: tuple[Part, ...]
    funding: tuple[AggregatedFunding, ...]
    rows: tuple[AggregatedRow, ...]
    remarks: tuple[Remark, ...]
    settings: AggregationSettings
    rulebook: RuleBook = attrs.field(repr=False)

    @property
    def cells(self) -> tuple[AggregatedCell, ...]:
        """Every cell that was to be aggregated."""
        amounts = (cell for row in self.funding for cell in row.cells.values())
        return (*amounts, *(cell for row in self.rows for cell in (row.target, row.actual)))

    @property
    def obstacles(self) -> Mapping[Obstacle, int]:
        """How many cells stay blank, and how many remarks there are, by reason."""
        return Counter(self._obstacles())

    def _obstacles(self) -> Iterator[Obstacle]:
        yield from (cell.obstacle for cell in self.cells if cell.obstacle is not None)
        yield from (remark.obstacle for remark in self.remarks)
        remarks = (self.remarks, *(one.remarks for one in self.funding), *(row.remarks for row in self.rows))
        yield from (remark.obstacle for group in remarks for remark in group)
