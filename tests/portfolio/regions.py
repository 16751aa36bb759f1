"""Small tables of one transfer."""

import perfeval


def row(target: str | None, actual: str | None, weight: str | None = "10", *, name: str = "新建卫生室",
        level1: str = "产出指标", score: str | None = None, rule: str | None = None) -> perfeval.Indicator:  # fmt: skip
    return perfeval.Indicator(level1=level1, level2="数量指标", level3=name, target=target, actual=actual,
                              weight=weight, score=score, rule=rule)  # fmt: skip


def county(*rows: perfeval.Indicator, budget: str | None = "100", executed: str | None = "100",
           unit: str | None = "万元", name: str = "卫生补助", year: str = "2024", kind: str = "transfer",
           stage: str = "self", where: str | None = None, partial: bool = False,
           weight: str | None = "10") -> perfeval.Evaluation:  # fmt: skip
    money = perfeval.Funding(label="年度资金总额", adjusted=budget, executed=executed, weight=weight)
    return perfeval.Evaluation(kind=kind, stage=stage, name=name, year=year, amount_unit=unit, organisation=where,
                               partial=partial, funding=[money], indicators=rows)  # fmt: skip
