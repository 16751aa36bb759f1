"""The printed table as a frozen value: what stands in it, where, and what each cell means.

``None`` is a column that the form does not have; an empty cell is an empty text.
"""

from __future__ import annotations

__all__ = ["Evaluation", "Funding", "Goal", "Indicator", "Keys", "Paragraph", "Stage", "TableKind", "Total"]

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import attrs

from perfeval.errors import UsageError
from perfeval.findings import Location
from perfeval.messages import Wording
from perfeval.shown import html_of
from perfeval.table.cells import (
    AmountCell,
    NumberCell,
    TargetCell,
    amount_cell,
    number_cell,
    target_cell,
    weight_cell,
)

CellText = str | int | Decimal
"""What a cell can be built from, besides a parsed value; floats are refused."""


class TableKind(StrEnum):
    """What is evaluated: 项目支出, 整体支出, 转移支付, or targets alone."""

    PROJECT = "project"
    WHOLE_UNIT = "whole_unit"
    TRANSFER = "transfer"
    TARGETS = "targets"


class Stage(StrEnum):
    """When: 目标申报, 运行监控, 自评, 复核."""

    TARGET = "target"
    MONITOR = "monitor"
    SELF = "self"
    REVIEW = "review"


# One converter for each column, so that a refusal names it (mypy reads the type that a cell can be built from
# off a named function only).
def _target(given: object) -> TargetCell | None:
    return target_cell(given, "target")


def _actual(given: object) -> TargetCell | None:
    return target_cell(given, "actual")


def _previous_year(given: object) -> TargetCell | None:
    return target_cell(given, "previous_year")


def _review_actual(given: object) -> TargetCell | None:
    return target_cell(given, "review_actual")


def _score(given: object) -> NumberCell | None:
    return number_cell(given, "score")


def _review_score(given: object) -> NumberCell | None:
    return number_cell(given, "review_score")


def _coefficient(given: object) -> NumberCell | None:
    return number_cell(given, "coefficient")


def _deduction(given: object) -> NumberCell | None:
    return number_cell(given, "deduction")


def _weight(given: object) -> NumberCell | None:
    return weight_cell(given, "weight")


def _initial(given: object) -> AmountCell | None:
    return amount_cell(given, "initial")


def _adjusted(given: object) -> AmountCell | None:
    return amount_cell(given, "adjusted")


def _executed(given: object) -> AmountCell | None:
    return amount_cell(given, "executed")


@attrs.frozen(eq=False)
class Keys(Mapping[str, str]):
    """Keys of a table that nobody can change; equal to any mapping of the same keys."""

    _pairs: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, key: str) -> str:
        return dict(self._pairs)[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs))


_NOT_A_ROW = Wording(
    "CALL-ROW", "{field} 里应为 {expected}，现为 {type}", "{field} must hold {expected}, not {type}"
)
_NOT_TEXT = Wording("CALL-TEXT", "应为 {expected}，现为 {type}", "must be {expected}, not {type}")


def _words(given: str | None) -> str | None:
    if given is not None and not isinstance(given, str):
        raise UsageError(_NOT_TEXT(expected="str", type=type(given).__name__))
    return given


@attrs.frozen(kw_only=True)
class Goal:
    """预期目标 and 实际完成情况 in words."""

    expected: str | None = attrs.field(default=None, converter=_words)
    actual: str | None = attrs.field(default=None, converter=_words)


@attrs.frozen(kw_only=True)
class Funding:
    """One row of money; amounts in the table's ``amount_unit`` unless a cell has its own unit."""

    label: str | None = attrs.field(default=None, converter=_words)
    initial: AmountCell | None = attrs.field(default=None, converter=_initial)
    adjusted: AmountCell | None = attrs.field(default=None, converter=_adjusted)
    executed: AmountCell | None = attrs.field(default=None, converter=_executed)
    weight: NumberCell | None = attrs.field(default=None, converter=_weight)
    rate: str | None = attrs.field(default=None, converter=_words)
    score: NumberCell | None = attrs.field(default=None, converter=_score)


@attrs.frozen(kw_only=True)
class Indicator:
    """One row: the indicator, its 指标值 (target), 实际完成值 (actual), 分值 (weight), 得分 (score).

    ``coefficient`` is 得分系数 and ``deduction`` 扣减分数, where a form prints them; nothing is computed from them.
    """

    id: str | None = attrs.field(default=None, converter=_words)
    level1: str | None = attrs.field(default=None, converter=_words)
    level2: str | None = attrs.field(default=None, converter=_words)
    level3: str | None = attrs.field(default=None, converter=_words)
    target: TargetCell | None = attrs.field(default=None, converter=_target)
    actual: TargetCell | None = attrs.field(default=None, converter=_actual)
    weight: NumberCell | None = attrs.field(default=None, converter=_weight)
    score: NumberCell | None = attrs.field(default=None, converter=_score)
    previous_year: TargetCell | None = attrs.field(default=None, converter=_previous_year)
    rule: str | None = attrs.field(default=None, converter=_words)
    standard: str | None = attrs.field(default=None, converter=_words)
    evidence: str | None = attrs.field(default=None, converter=_words)
    deviation: str | None = attrs.field(default=None, converter=_words)
    coefficient: NumberCell | None = attrs.field(default=None, converter=_coefficient)
    deduction: NumberCell | None = attrs.field(default=None, converter=_deduction)
    review_actual: TargetCell | None = attrs.field(default=None, converter=_review_actual)
    review_score: NumberCell | None = attrs.field(default=None, converter=_review_score)
    review_reason: str | None = attrs.field(default=None, converter=_words)


@attrs.frozen(kw_only=True)
class Total:
    """The last row: 总分, and the grade where one is printed."""

    weight: NumberCell | None = attrs.field(default=None, converter=_weight)
    score: NumberCell | None = attrs.field(default=None, converter=_score)
    review_score: NumberCell | None = attrs.field(default=None, converter=_review_score)
    grade: str | None = attrs.field(default=None, converter=_words)


def _as_keys(given: Mapping[str, str]) -> Mapping[str, str]:
    return Keys(tuple(dict(given).items()))


def _as_kind(given: str) -> TableKind:
    return _one_of(TableKind, given, "kind")


def _as_stage(given: str) -> Stage:
    return _one_of(Stage, given, "stage")


Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(kind: type[Choice], given: str, field: str) -> Choice:
    try:
        return kind(given)
    except ValueError:
        choices = " ".join(kind)
        raise UsageError(_NOT_ONE_OF(field=field, given=given, choices=choices)) from None


_NOT_ONE_OF = Wording(
    "CALL-CHOICE",
    "{field} 不能是“{given}”，应为 {choices} 之一",
    "{field} cannot be '{given}'; it is one of {choices}",
)


Row = TypeVar("Row")


def _rows(given: Iterable[Row], kind: type[Row], field: str) -> tuple[Row, ...]:
    if isinstance(given, kind):
        raise UsageError(_NOT_A_ROW(field=field, expected=f"[{kind.__name__}]", type=kind.__name__))
    rows = tuple(given)
    for row in rows:
        if not isinstance(row, kind):
            raise UsageError(_NOT_A_ROW(field=field, expected=kind.__name__, type=type(row).__name__))
    return rows


def _as_funding(given: Iterable[Funding]) -> tuple[Funding, ...]:
    return _rows(given, Funding, "funding")


def _as_indicators(given: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return _rows(given, Indicator, "indicators")


def _as_flag(given: bool) -> bool:  # noqa: FBT001 - the one thing that partial can be
    if not isinstance(given, bool):
        raise UsageError(_NOT_TEXT(expected="bool", type=type(given).__name__))
    return given


@attrs.frozen
class Paragraph:
    """A paragraph of a document, outside its tables."""

    text: str
    place: Location


@attrs.frozen(kw_only=True)
class Evaluation:
    """One 绩效自评表 as printed.

    ``keys`` (project_code, unit_code, credit_code, region_code and any other) are carried untouched
    into every result. ``partial`` says that rows are known to be missing: it gets no total.
    ``places`` says where each part was written, by path (``indicators[3].weight``), ``doubts`` which parts
    were read with a doubt; they take no part in equality, and neither do ``file`` and ``sha256`` of the source.
    """

    kind: TableKind = attrs.field(default=TableKind.PROJECT, converter=_as_kind)
    stage: Stage = attrs.field(default=Stage.SELF, converter=_as_stage)
    name: str | None = attrs.field(default=None, converter=_words)
    year: str | None = attrs.field(default=None, converter=_words)
    title: str | None = attrs.field(default=None, converter=_words)
    department: str | None = attrs.field(default=None, converter=_words)
    organisation: str | None = attrs.field(default=None, converter=_words)
    amount_unit: str | None = attrs.field(default=None, converter=_words)
    partial: bool = attrs.field(default=False, converter=_as_flag)
    keys: Mapping[str, str] = attrs.field(default=Keys(), converter=_as_keys)
    goal: Goal = Goal()
    funding: tuple[Funding, ...] = attrs.field(default=(), converter=_as_funding)
    indicators: tuple[Indicator, ...] = attrs.field(default=(), converter=_as_indicators)
    total: Total = Total()
    file: str | None = attrs.field(default=None, eq=False, metadata={"internal": True})
    sha256: str | None = attrs.field(default=None, eq=False, metadata={"internal": True})
    places: Mapping[str, Location] = attrs.field(
        factory=dict, eq=False, repr=False, metadata={"internal": True}
    )

    doubts: frozenset[str] = attrs.field(
        default=frozenset(), eq=False, repr=False, metadata={"internal": True}
    )

    def place(self, path: str = "") -> Location | None:
        """Give where a part was written (``indicators[3]``); None where it is not known."""
        return self.places.get(path)

    def _repr_html_(self) -> str:
        return html_of(self)
