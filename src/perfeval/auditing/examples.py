"""Example tables of checks: a clean one, and what is changed in it. The docs and a generic test use them."""

from __future__ import annotations

__all__ = [
    "ACCOUNT",
    "APPROVED",
    "CLEAN",
    "LAST_YEAR",
    "approved_with",
    "changed",
    "evaluation_of",
    "unit_of",
]

import copy
from collections.abc import Mapping
from typing import Any

import attrs

from perfeval.auditing.ledger import LedgerEntry
from perfeval.findings import Location
from perfeval.table import Evaluation, Funding, Goal, Indicator, Total

_CLEAN: dict[str, Any] = {
    "kind": "project",
    "stage": "self",
    "name": "农村道路养护",
    "year": "2024",
    "organisation": "某县交通运输局",
    "amount_unit": "万元",
    "goal": {"expected": "养护道路里程不少于120公里。", "actual": "养护道路里程126公里。"},
    "funding": [
        {"label": "年度资金总额", "initial": "80.00", "adjusted": "80.00", "executed": "78.40",
         "weight": "10", "rate": "98.00%", "score": "9.80"},
        {"label": "其中：当年财政拨款", "initial": "60.00", "adjusted": "60.00", "executed": "58.40",
         "weight": "—", "rate": "—", "score": "—"},
        {"label": "其他资金", "initial": "20.00", "adjusted": "20.00", "executed": "20.00",
         "weight": "—", "rate": "—", "score": "—"},
    ],
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "养护道路里程", "target": ">=120公里", "actual": "126公里",
         "weight": "20", "score": "20", "previous_year": "118公里", "rule": "按照正常比例赋分",
         "standard": "计划标准", "evidence": "验收报告", "deviation": ""},
        {"level1": "产出指标", "level2": "质量指标", "level3": "养护合格率", "target": ">=95%", "actual": "97%",
         "weight": "20", "score": "20", "previous_year": "95%", "rule": "按照正常比例赋分",
         "standard": "计划标准", "evidence": "检测报告", "deviation": ""},
        {"level1": "成本指标", "level2": "经济成本指标", "level3": "每公里养护成本", "target": "<=0.65万元/公里",
         "actual": "0.62万元/公里", "weight": "20", "score": "20", "previous_year": "0.66万元/公里",
         "rule": "按照正常比例赋分", "standard": "预算支出标准", "evidence": "原始凭证", "deviation": ""},
        {"level1": "效益指标", "level2": "社会效益指标", "level3": "通行条件", "target": "有效改善", "actual": "达成年度指标",
         "weight": "20", "score": "20", "previous_year": "", "rule": "按评判等级赋分",
         "standard": "计划标准", "evidence": "工作资料", "deviation": ""},
        {"level1": "满意度指标", "level2": "满意度指标", "level3": "群众满意度", "target": ">=90%", "actual": "92.5%",
         "weight": "10", "score": "10", "previous_year": "91%", "rule": "满意度赋分",
         "standard": "计划标准", "evidence": "问卷调查", "deviation": ""},
    ],
    "total": {"weight": "100", "score": "99.80"},
}  # fmt: skip


def evaluation_of(data: Mapping[str, Any]) -> Evaluation:
    """Build a table from plain data as a file holds it."""
    rest = {
        key: value for key, value in data.items() if key not in {"goal", "funding", "indicators", "total"}
    }
    return Evaluation(
        goal=Goal(**data.get("goal", {})),
        funding=[Funding(**row) for row in data.get("funding", ())],
        indicators=[Indicator(**row) for row in data.get("indicators", ())],
        total=Total(**data.get("total", {})),
        **rest,
    )


def changed(**changes: object) -> Evaluation:
    """Give the clean table with other cells: ``funding_0_executed="79"``, ``indicators_2_score="18"``, ``name="x"``.

    None takes a cell away, as if the form had no such column.
    """
    return evaluation_of(_changed(changes))


def _changed(changes: Mapping[str, object]) -> dict[str, Any]:
    data = copy.deepcopy(_CLEAN)
    for path, value in changes.items():
        *parents, last = _parts(path)
        holder: Any = data
        for part in parents:
            holder = holder[part]
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = value
    return data


def _parts(path: str) -> list[Any]:
    head, _, rest = path.partition("_")
    if head in {"funding", "indicators"} and rest:
        number, _, field = rest.partition("_")
        return [head, int(number), field] if field else [head, int(number)]
    if head in {"goal", "total"} and rest:
        return [head, rest]
    return [path]


def unit_of(**changes: object) -> Evaluation:
    """Give a clean whole-unit table of the same unit, with other cells as for ``changed``."""
    base: dict[str, object] = {
        "kind": "whole_unit",
        "name": "某县交通运输局",
        "funding_0": {"label": "合计", "initial": "500.00", "adjusted": "520.00", "executed": "515.00",
                      "weight": "10", "rate": "99.04%", "score": "9.90"},
        "funding_1": {"label": "本级资金", "initial": "400.00", "adjusted": "420.00", "executed": "415.00"},
        "funding_2": {"label": "其他资金", "initial": "100.00", "adjusted": "100.00", "executed": "100.00"},
        "total_score": "99.90",
        "goal": {},
    }  # fmt: skip
    return changed(**{**base, **changes})


CLEAN = changed()
"""A table in which nothing is to be found."""

LAST_YEAR = attrs.evolve(
    changed(
        year="2023",
        indicators_0_actual="118公里",
        indicators_1_actual="95%",
        indicators_2_actual="0.66万元/公里",
        indicators_4_actual="91%",
    ),
    file="2023.toml",
)
"""The table of the year before, as the clean one quotes it."""


def approved_with(**changes: object) -> Evaluation:
    """Give the clean table as it was approved: targets and the budget, nothing done; with other cells as for ``changed``."""
    table = changed(stage="target", **changes)
    rows = [attrs.evolve(row, actual=None, score=None, deviation=None) for row in table.indicators]
    funding = [
        attrs.evolve(row, adjusted=None, executed=None, rate=None, score=None) for row in table.funding
    ]
    return attrs.evolve(table, indicators=rows, funding=funding, total=Total(weight="100"))


APPROVED = approved_with()
"""The clean table as it was approved."""

ACCOUNT = LedgerEntry(
    name="农村道路养护",
    organisation="某县交通运输局",
    amount_unit="元",
    initial="800000.00",
    adjusted="800000.00",
    executed="783967.52",
    place=Location(file="ledger.csv", line=3),
)
"""The clean project in the accounts."""
