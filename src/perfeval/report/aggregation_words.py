"""The words of an aggregation: how a cell was made, and why it was not."""

from __future__ import annotations

__all__ = ["FIELDS", "FUNDS", "METHODS", "OBSTACLES"]

from collections.abc import Mapping
from types import MappingProxyType

from perfeval.messages import Wording
from perfeval.portfolio import Funds, Method, Obstacle


def _texts(table: dict[str, tuple[str, str]]) -> Mapping[str, Wording]:
    return MappingProxyType({code: Wording(code, zh, en) for code, (zh, en) in table.items()})


METHODS = _texts({
    Method.SUM: ("累加", "sum"),
    Method.AVERAGE: ("按资金加权平均", "average by the funds"),
    Method.SAME: ("各表相同", "the same in every table"),
    Method.STATEMENT: ("按得分确定表述", "statement by score"),
})  # fmt: skip

OBSTACLES = _texts({
    Obstacle.MISSING_ROW: ("没有这一行", "the row is missing"),
    Obstacle.NOT_APPLICABLE: ("不适用，未计入", "not applicable, left out"),
    Obstacle.DUPLICATE_ROW: ("同名的行不止一行", "more than one row of this name"),
    Obstacle.BLANK: ("为空", "blank"),
    Obstacle.UNREADABLE: ("读不出数", "cannot be read as a number"),
    Obstacle.KINDS_DIFFER: ("有的是数、有的是文字或日期", "numbers in some tables, words or dates in others"),
    Obstacle.OPERATORS_DIFFER: ("比较符号不同", "the operators differ"),
    Obstacle.TEXTS_DIFFER: ("文字或日期不同", "words or dates differ"),
    Obstacle.UNIT_MISMATCH: ("单位不可比", "the units cannot be compared"),
    Obstacle.UNIT_UNKNOWN: ("没有单位，无法确定是绝对值还是相对值", "no unit: it cannot be told whether absolute or relative"),
    Obstacle.METHOD_UNKNOWN: ("这种单位该累加还是平均，没有依据", "no basis says whether this unit is summed or averaged"),
    Obstacle.NO_FUNDS: ("没有可用作权重的资金数", "no funds to weigh by"),
    Obstacle.UNSCORABLE: ("没有可用的分值和自评得分，无从确定表述", "no weight and score to choose a statement by"),
    Obstacle.WEIGHTS_DIFFER: ("分值不同", "the weights differ"),
    Obstacle.RULES_DIFFER: ("赋分规则不同", "the printed rules differ"),
    Obstacle.PARTIAL_TABLE: ("表不全", "the table is partial"),
})  # fmt: skip

FUNDS = _texts(
    {Funds.BUDGET: ("全年预算数", "adjusted budget"), Funds.EXECUTED: ("全年执行数", "executed amount")}
)

FIELDS = _texts({
    "target": ("指标值", "target"),
    "actual": ("实际完成值", "actual"),
    "initial": ("年初预算数", "initial budget"),
    "adjusted": ("全年预算数", "adjusted budget"),
    "executed": ("全年执行数", "executed"),
})  # fmt: skip
