"""What checks look at: rows, tables and the tables of one unit, each with its scores."""

from __future__ import annotations

__all__ = ["Row", "Table", "Unit", "amount_of", "once", "units_of"]

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property, wraps
from typing import TypeVar

import attrs

from perfeval.auditing.check import Spot
from perfeval.scoring import IndicatorScore, Scorecard, Verdict
from perfeval.scoring.compare import Compared
from perfeval.table import AmountCell, Evaluation, Funding, Indicator, TableKind
from perfeval.values import Quantity, squash

_Subject = TypeVar("_Subject", "Row", "Table")
_Answer = TypeVar("_Answer")


def once(work: Callable[[_Subject], _Answer]) -> Callable[[_Subject], _Answer]:
    """Make a function of a row or a table that works its answer out once and leaves it with the row or table.

    A ``cached_property`` that stands with the checks that share it; the answer is forgotten with its subject.
    """
    key = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(subject: _Subject) -> _Answer:
        answers = subject.__dict__
        if key not in answers:
            answers[key] = work(subject)
        answer: _Answer = answers[key]
        return answer

    return known


@attrs.frozen(slots=False)
class Row:
    """One indicator with its score; ``number`` counts from 0."""

    table: Table = attrs.field(repr=False, eq=False)
    number: int
    indicator: Indicator
    scored: IndicatorScore
    weight: Decimal | None = attrs.field(init=False, repr=False, eq=False)
    """The weight in points."""
    reported: Decimal | None = attrs.field(init=False, repr=False, eq=False)
    """The score that the table prints."""
    compared: Compared | None = attrs.field(init=False, repr=False, eq=False)
    """Target and actual on one scale."""

    @weight.default
    def _weight(self) -> Decimal | None:
        return self.scored.weight

    @reported.default
    def _reported(self) -> Decimal | None:
        return self.scored.reported_score

    @compared.default
    def _compared(self) -> Compared | None:
        return self.scored.compared

    def spot(self, field: str = "") -> Spot:
        """Give a place of the row."""
        path = f"indicators[{self.number}]"
        return Spot(self.table.number, f"{path}.{field}" if field else path)

    @cached_property
    def name(self) -> str:
        """The level-3 name, without white space."""
        return squash(self.indicator.level3 or "")

    @cached_property
    def verdict(self) -> Verdict:
        """How the reported score stands to the recomputed one."""
        return self.scored.verdict

    @cached_property
    def is_cost(self) -> bool:
        """Whether it stands under 成本, at level 1 or 2."""
        return any("成本" in squash(level or "") for level in (self.indicator.level1, self.indicator.level2))


@attrs.frozen(slots=False)
class Table:
    """One table with its scorecard; ``number`` is its place among the tables audited."""

    number: int
    card: Scorecard = attrs.field(repr=False)

    @property
    def evaluation(self) -> Evaluation:
        """The table as printed."""
        return self.card.evaluation

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The indicators."""
        scored = zip(self.evaluation.indicators, self.card.indicators, strict=True)
        return tuple(Row(self, number, row, score) for number, (row, score) in enumerate(scored))

    def spot(self, path: str = "") -> Spot:
        """Give a place of the table."""
        return Spot(self.number, path)

    @cached_property
    def total_funding(self) -> tuple[int, Funding] | None:
        """The row of money that is the whole: 年度资金总额, 合计; the only row if there is one."""
        rows = list(enumerate(self.evaluation.funding))
        named = [
            row
            for row in rows
            if any(word in squash(row[1].label or "") for word in ("总额", "合计", "总计"))
        ]
        return named[0] if named else rows[0] if len(rows) == 1 else None

    @cached_property
    def parts_of_funding(self) -> tuple[tuple[int, Funding], ...]:
        """The rows of money that add up to the whole; empty where they cannot be told (其中 inside 其中)."""
        whole = self.total_funding
        return tuple(
            row for row in enumerate(self.evaluation.funding) if whole is not None and row[0] != whole[0]
        )


@attrs.frozen(slots=False)
class Unit:
    """The tables of one unit and year: its whole-unit table, if there is one, and its projects."""

    tables: tuple[Table, ...]

    @cached_property
    def whole(self) -> Table | None:
        """The 整体支出 table."""
        return next((table for table in self.tables if table.evaluation.kind is TableKind.WHOLE_UNIT), None)

    @cached_property
    def projects(self) -> tuple[Table, ...]:
        """The 项目支出 tables."""
        return tuple(table for table in self.tables if table.evaluation.kind is TableKind.PROJECT)


def units_of(tables: Iterable[Table]) -> Iterator[Unit]:
    """Group tables by unit and year: by its code, else by its name. A table that names no unit stands alone."""
    groups: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        groups.setdefault(_unit_and_year(table), []).append(table)
    for group in groups.values():
        yield Unit(tuple(group))


@once
def _unit_and_year(table: Table) -> tuple[str, str]:
    evaluation = table.evaluation
    whose = evaluation.keys.get("unit_code") or squash(evaluation.organisation or evaluation.department or "")
    return whose or f"#{table.number}", squash(evaluation.year or "")


def amount_of(cell: AmountCell | None) -> Decimal | None:
    """Give the number of a cell of money, in its own or the table's unit; None where it has none."""
    return cell.value.number if cell is not None and isinstance(cell.value, Quantity) else None
