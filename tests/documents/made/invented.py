"""Invented tables from a seeded random number generator: nothing in them is real."""

from __future__ import annotations

__all__ = ["Facts", "Row", "invented", "real"]

import json
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

Row = dict[str, Any]
Facts = dict[str, Any]

_CENT = Decimal("0.01")
_PLACES = "青禾县 云岭市 白石区 长汀州 北塘县 清溪镇".split()
_OFFICES = "农业农村局 文化和旅游局 水务局 教育局 市场监督管理局 卫生健康委员会".split()
_SUBJECTS = "村级公路养护 中小学校舍维修 山洪灾害防治 非遗传承保护 数字政务平台运维 基层医疗设备更新".split()
_TAILS = ["", "补助资金", "专项经费", "项目（第二批——含上年结转部分）及配套基础设施改造提升工程专项补助资金"]
_GROUPS = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "成本指标": ("经济成本指标", "社会成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
_COST_IN_OUTPUT = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标"),
    "满意度指标": ("满意度指标",),
}
_WEIGHTS = {"产出指标": 40, "成本指标": 20, "效益指标": 20, "满意度指标": 10}
_OLD_WEIGHTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
_EIGHTY = {"产出指标": 40, "成本指标": 15, "效益指标": 15, "满意度指标": 10}
_NAMES = "开展巡查 完成维修 发放补助 组织培训 更新设备 验收 资金支付 信息采集 宣传活动 培育主体".split()
_ENDS = "次数 数量 合格率 完成率 及时率 覆盖面 控制数 提升程度 满意度".split()
_LONG = "（按月平均，含新增、续发及跨年度结转部分，不含已由其他渠道安排的同类支出）"
_REASON = "主要原因：项目受汛期影响开工较晚，部分工程量结转下年实施。改进措施：倒排工期，加快资金支付进度。"
_GOAL = "完成{subject}年度任务，保障资金及时足额支付，惠及群众{number}人，群众满意度达到90%以上。"
_DONE = "截至12月31日，{subject}各项任务已完成，共支出{spent}{unit}，惠及群众{number}人。"


def _shown(amount: Decimal, *, comma: bool) -> str:
    return f"{amount:,.2f}" if comma else f"{amount:.2f}"


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(_CENT, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shares(random: Random, whole: int, parts: int) -> list[Decimal]:
    """Cut a weight into parts, in halves of a point."""
    steps = whole * 2
    marks = sorted(random.sample(range(1, steps), parts - 1)) if parts <= steps else []
    edges = [0, *marks, steps]
    return [Decimal(right - left) / 2 for left, right in pairwise(edges)]


def _target(random: Random) -> Row:
    """Give target, actual, and operator, value and unit apart."""
    at_least = random.choice(("≥", ">=", "≥"))
    kind = random.randrange(10)
    if kind < 3:
        number = random.choice((3, 12, 150, 1200, 23600))
        reached = number + random.choice((0, 0, 5, -1, number))
        unit = random.choice(("次", "户", "人次", "公里", "套"))
        value, actual = f"{number:,}", f"{reached:,}"
        return _parts(at_least, value, unit, f"{actual}{unit}")
    if kind < 5:
        done = random.choice(("100%", "98.39%", "95%", "=100%"))
        return _parts(random.choice(("=", at_least)), "95", "%", done)
    if kind == 5:
        return _parts(
            random.choice(("≤", "<=")), "1,234.50", "万元", random.choice(("1,200.00万元", "0", "0万元"))
        )
    if kind == 6:
        return _parts(at_least, "-2.5", "%", "-1.75%")
    if kind == 7:
        word = random.choice(("有效提升", "持续改善", "基本健全"))
        return _parts("定性", word, "", random.choice((word, "达成预期指标", "—")))
    if kind == 8:
        return _parts("定性", "2024年12月31日前", "", random.choice(("2024年11月20日", "12月底之前", "")))
    return _parts("定性", "90%-95%", "", random.choice(("93.20%", "92%")))


def _parts(operator: str, value: str, unit: str, actual: str) -> Row:
    sign = "" if operator == "定性" else operator
    parts = {"operator": operator, "value": value, "unit": unit}
    return {"target": f"{sign}{value}{unit}", "parts": parts, "actual": actual}


def _indicator(random: Random, levels: tuple[str, str], number: int, weight: Decimal) -> Row:
    level3 = f"{random.choice(_NAMES)}{random.choice(_ENDS)}"
    level3 += random.choice(("", "", "", _LONG)) + (
        f"（第{number}项）" if random.random() < 0.3 else ""
    )  # exact: a chance
    target = _target(random)
    factor = Decimal(random.choice(("1", "1", "1", "0.8", "0.667", "0")))
    lost = factor < 1
    return {
        "level1": levels[0],
        "level2": levels[1],
        "level3": level3,
        **target,
        "weight": _plain(weight),
        "score": _plain(weight * factor),
        "previous_year": random.choice(("新增", "—", "", target["actual"])),
        "rule": random.choice(("按照正常比例赋分", "直接赋分", "按评判等级赋分")),
        "standard": random.choice(("计划标准", "预算支出标准", "")),
        "evidence": random.choice(("工作资料", "原始凭证")),
        "deviation": _REASON * random.choice((1, 1, 3)) if lost else "",
        "review_actual": target["actual"],
        "review_score": _plain(weight * factor * Decimal("0.9")),
        "review_reason": "佐证资料不完整，酌情扣分" if lost else "",
        "extra": {
            "value_at_start": target["parts"]["value"],
            "coefficient": _plain(factor * 100),
            "core": random.choice(("是", "否")),
            "deduction": "0",
        },
    }


def _indicators(random: Random, count: int, *, old: bool, whole: int) -> list[Row]:
    groups, weights = (_COST_IN_OUTPUT, _OLD_WEIGHTS) if old else (_GROUPS, _WEIGHTS)
    if whole == 80:
        weights = _EIGHTY
    pairs = [(level1, level2) for level1, under in groups.items() for level2 in under]
    chosen = sorted(random.choices(range(len(pairs)), k=max(0, count - len(groups))))
    firsts = [next(i for i, pair in enumerate(pairs) if pair[0] == level1) for level1 in groups]
    order = sorted([*chosen, *firsts])
    rows: list[Row] = []
    for level1 in groups:
        mine = [pairs[index] for index in order if pairs[index][0] == level1]
        shares = _shares(random, weights[level1], len(mine))
        rows += [
            _indicator(random, pair, len(rows) + i + 1, share)
            for i, (pair, share) in enumerate(zip(mine, shares, strict=True))
        ]
    return rows


def invented(
    random: Random, labels: tuple[str, ...], *, rows: int = 9, old: bool = False, execution: int = 10
) -> Facts:
    """Give a table whose sums are right: the money rows, the rate, the weights and the total."""
    place, office, subject = random.choice(_PLACES), random.choice(_OFFICES), random.choice(_SUBJECTS)
    unit, comma = random.choice((("万元", False), ("万元", True), ("元", True)))
    scale = 10_000 if unit == "元" else 1
    parts = [Decimal(random.randrange(100, 250_000)) / 100 * scale for _ in labels[1:]]
    if len(parts) > 1:
        parts[-1] = Decimal(0)
    spent = [part * random.choice((Decimal("0.8839"), Decimal(1))) // _CENT * _CENT for part in parts]
    start = [part * random.choice((Decimal(1), Decimal("0.5"))) // _CENT * _CENT for part in parts]
    none = Decimal(0)
    money = [
        (sum(start, none), sum(parts, none), sum(spent, none)),
        *zip(start, parts, spent, strict=True),
    ]
    dash = random.choice(("—", "-", "/", ""))
    rate = (money[0][2] / money[0][1]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    score = (rate * execution).quantize(_CENT, ROUND_HALF_UP)
    funding = [
        {
            "label": label,
            **{
                field: _shown(amount, comma=comma)
                for field, amount in zip(("initial", "adjusted", "executed"), amounts, strict=True)
            },
            "weight": dash if index else str(execution),
            "rate": dash if index else f"{rate * 100:.2f}%",
            "score": dash if index else f"{score}",
        }
        for index, (label, amounts) in enumerate(zip(labels, money, strict=True))
    ]
    indicators = _indicators(random, rows, old=old, whole=100 - execution)
    weights = sum((Decimal(row["weight"]) for row in indicators), Decimal(execution))
    total = score + sum(Decimal(row["score"]) for row in indicators)
    reviewed = score + sum(Decimal(row["review_score"]) for row in indicators)
    number = random.randrange(500, 90_000)
    return {
        "name": f"{place}{subject}{random.choice(_TAILS)}",
        "year": str(random.choice((2022, 2023, 2024))),
        "department": f"{place}财政局" if random.randrange(4) == 0 else f"{place}{office}",
        "organisation": f"{place}{office}{random.choice(('', '服务中心'))}",
        "unit": unit,
        "code": f"{random.randrange(11, 66)}0117{random.randrange(20, 25)}T{random.randrange(10**11):012d}",
        "goal": {
            "expected": _GOAL.format(subject=subject, number=number),
            "actual": _DONE.format(
                subject=subject, spent=_shown(money[0][2], comma=comma), unit=unit, number=number
            ),
        },
        "funding": funding,
        "indicators": indicators,
        "total": {
            "weight": _plain(weights),
            "score": f"{total:.2f}",
            "review_score": f"{reviewed:.2f}",
            "grade": _grade(total),
        },
    }


def _grade(total: Decimal) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def real() -> list[Facts]:
    """Give the eight tables of a real disclosure; figures as printed, long texts shortened."""
    path = Path(__file__).with_name("real_tables.json")
    tables: list[Facts] = json.loads(path.read_text(encoding="utf-8"))
    return tables
