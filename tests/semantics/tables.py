"""Small evaluations for the tests of totals and of the funding table."""

import perfeval


def fund(
    label: str = "年度资金总额",
    adjusted: str = "100.00",
    executed: str = "100.00",
    *,
    initial: str = "100.00",
    weight: str = "10",
    score: str = "",
) -> perfeval.Funding:
    return perfeval.Funding(
        label=label,
        initial=initial,
        adjusted=adjusted,
        executed=executed,
        weight=weight,
        rate="",
        score=score,
    )


def row(
    target: str,
    actual: str,
    weight: str,
    *,
    score: str = "1",
    level1: str = "产出指标",
    level2: str = "数量指标",
    level3: str = "走访次数",
    rule: str = "按照正常比例赋分",
) -> perfeval.Indicator:
    return perfeval.Indicator(
        level1=level1,
        level2=level2,
        level3=level3,
        target=target,
        actual=actual,
        weight=weight,
        score=score,
        rule=rule,
    )


def form(
    funding: list[perfeval.Funding],
    indicators: list[perfeval.Indicator],
    *,
    partial: bool = False,
    amount_unit: str = "万元",
) -> perfeval.Evaluation:
    return perfeval.Evaluation(
        kind="project",
        name="x",
        year="2024",
        amount_unit=amount_unit,
        partial=partial,
        funding=funding,
        indicators=indicators,
        total=perfeval.Total(weight="100", score=""),
    )
