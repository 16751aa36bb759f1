"""How transfers are aggregated: each a setting with its basis."""

from __future__ import annotations

__all__ = [
    "AGGREGATION_BASES",
    "AggregationBasis",
    "AggregationSettings",
    "Funds",
    "StatementBy",
]

from enum import StrEnum

import attrs

from perfeval.messages import Message, Wording
from perfeval.rulebook import BasisStatus


class Funds(StrEnum):
    """Which money of a table weighs its relative values: 全年预算数 or 全年执行数."""

    BUDGET = "budget"
    EXECUTED = "executed"


class StatementBy(StrEnum):
    """Which statement is chosen: that of the band where the weighted score lies, or the printed one nearest to it."""

    BAND = "band"
    NEAREST = "nearest"


@attrs.frozen(kw_only=True)
class AggregationSettings:
    """How the tables of one transfer become the table of the region; ``AGGREGATION_BASES`` says where each is from.

    ``summed`` and ``averaged`` are dimensions of units; one that ends in / stands for all units that are divided by
    another (元/人). ``not_summed`` are counting words that are no amounts. A unit in neither is not aggregated.
    """

    funds: Funds = Funds.BUDGET
    statement: StatementBy = StatementBy.BAND
    decimals: int = 2
    summed: tuple[str, ...] = ("money", "count:", "length", "area", "volume", "mass")
    not_summed: tuple[str, ...] = tuple(
        f"count:{word}" for word in "天 月 工作日 周 季度 学年 届 分 层".split()
    )
    averaged: tuple[str, ...] = ("ratio", "point", "times", "/")


@attrs.frozen
class AggregationBasis:
    """Where a setting of the aggregation is from, and how well that is known."""

    setting: str
    source: Message
    status: BasisStatus


_UNITS = Wording(
    "BASIS-TRANSFER",
    "原则已核对（湖北武汉等地自评表填报说明：绝对值直接累加，相对值按资金额度加权平均）；哪些单位属于哪一类是本库的约定",
    "the principle was read (notes of a form, Wuhan: absolute values are added up, relative values averaged by the funds);"
    " which units are which is a convention of perfeval",
)
_FUNDS = Wording(
    "BASIS-FUNDS",
    "填报说明只说按资金额度，未说预算数还是执行数；本库取全年预算数",
    "the notes say by the funds, not whether budgeted or executed; perfeval takes the adjusted budget",
)
_STATEMENT = Wording(
    "BASIS-STATEMENT",
    "填报说明：定性指标按资金加权得分确定；以加权得分所在档次的表述为准是本库的约定",
    "the notes choose statements by the weighted score; that its band decides is a convention of perfeval",
)
_OWN = Wording("BASIS-OWN", "本库的约定", "a convention of perfeval")

AGGREGATION_BASES: tuple[AggregationBasis, ...] = (
    AggregationBasis("funds", _FUNDS(), BasisStatus.BACKGROUND),
    AggregationBasis("statement", _STATEMENT(), BasisStatus.BACKGROUND),
    AggregationBasis("decimals", _OWN(), BasisStatus.BACKGROUND),
    AggregationBasis("summed", _UNITS(), BasisStatus.BACKGROUND),
    AggregationBasis("not_summed", _OWN(), BasisStatus.BACKGROUND),
    AggregationBasis("averaged", _UNITS(), BasisStatus.BACKGROUND),
)
"""One for each setting; a test makes sure of it."""
