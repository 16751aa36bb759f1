"""What the form prints, in Chinese because it is read back as a Chinese form, and what it asks for."""

from __future__ import annotations

__all__ = [
    "ACHIEVED",
    "ASKS",
    "CALCULATION",
    "DONE",
    "FORM",
    "GUIDE",
    "LEVELS",
    "LEVELS_2",
    "NO",
    "TITLES",
]

from collections.abc import Mapping

from perfeval.messages import Wording
from perfeval.table import TableKind

FORM, CALCULATION = "自评表", "计算"
TITLES: Mapping[TableKind, tuple[str, tuple[str, ...]]] = {
    TableKind.PROJECT: ("项目支出绩效自评表", ("项目名称", "实施单位", "主管部门", "年度", "金额单位")),
    TableKind.WHOLE_UNIT: ("部门整体支出绩效自评表", ("部门（单位）名称", "年度", "金额单位")),
}
"""The title of each form, and the labels above its money."""

LEVELS: Mapping[TableKind, tuple[str, ...]] = {
    TableKind.PROJECT: ("成本指标", "产出指标", "效益指标", "满意度指标"),
    TableKind.WHOLE_UNIT: (
        "履职效能",
        "管理效率",
        "社会效应",
        "可持续性",
        "产出指标",
        "效益指标",
        "满意度指标",
    ),
}
LEVELS_2 = (
    *("经济成本指标", "社会成本指标", "生态环境成本指标", "数量指标", "质量指标", "时效指标"),
    *("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "满意度指标"),
)

ACHIEVED = ("达成预期指标", "全部或基本达成预期指标", "已完成", "完成")
"""Actuals in words that earn the whole weight, as does one that repeats the target."""

DONE = Wording("template-done", "是", "yes")
NO = Wording("template-no", "否：{ask}", "no: {ask}")

ASKS: Mapping[str, Wording] = {
    name: Wording(f"template-{name}", zh, en)
    for name, (zh, en) in {
        "level1": ("请选一级指标", "choose level 1"),
        "level3": ("请填三级指标", "name the indicator"),
        "sign": ("请选指标性质", "choose the sign of the target"),
        "target": ("请填指标值", "give the target"),
        "actual": ("请填实际完成值", "give the actual"),
        "weight": ("请填分值", "give the weight"),
        "rule": ("请选赋分规则", "choose the scoring rule"),
        "unscored": (
            "未能自动评分：定性指标填“达成预期指标”，或自行评定并直接填写得分；数值请核对数字和单位（单位为%时填95，不填95%）",
            "not scored: enter 达成预期指标 or a score for words; else check figures and unit (for % enter 95)",
        ),
        "short": ("未完成或未得满分，请填偏差原因", "short of the target or the weight: give the reason"),
        "exceeded": ("超出指标值较多，请填偏差原因", "far above the target: give the reason"),
        "sum": ("分值合计应为 {sum}", "the weights must add up to {sum}"),
        "execution": (
            "执行率低于 {percent}%，请在下方偏差原因栏写明“执行率”偏低的原因",
            "the execution rate is below {percent}%: give the reason below, with the word 执行率",
        ),
        "adjusted": (
            "预算调整较大，请在下方偏差原因栏写明“调整”的原因",
            "the budget was much adjusted: give the reason below, with the word 调整",
        ),
    }.items()
}

GUIDE = Wording(
    "template-guide",
    "填黄色单元格，不用的行留空；得分、执行率、总分自动计算，本栏提示还缺什么，不随表打印。评分办法：{book}",
    "Fill in the yellow cells and leave rows blank that are not needed. Scores, rate and total follow; this "
    "column, which is not printed, says what is missing. Rule book: {book}",
)
