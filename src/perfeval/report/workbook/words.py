"""What the workbook says around the tables and findings."""

from __future__ import annotations

__all__ = ["COLUMNS", "LABELS", "PRESENCE", "REGISTER", "RULES", "STATES"]

from perfeval.messages import Wording, wordings

LABELS = wordings("workbook", {
    "summary": ("汇总", "Summary"),
    "findings": ("问题清单", "Findings"),
    "register": ("问题台账", "Register"),
    "title": ("绩效自评审核工作簿", "Audit of performance self-evaluations"),
    "book": ("评分办法", "Rule book"),
    "tool": ("工具", "Tool"),
    "input": ("输入文件", "Input"),
    "coverage": ("审核范围", "Coverage"),
    "counts": ("{tables} 张表，{rows} 个指标，复算 {scored} 个，问题 {findings} 个",
               "{tables} table(s), {rows} indicator(s), {scored} recomputed, {findings} finding(s)"),
    "scored": ("没有总分：已复算 {scored} 分（分值共 {weight}）", "no total: {scored} points recomputed out of {weight}"),
    "year": ("年度", "Year"),
    "organisation": ("单位", "Unit"),
    "department": ("主管部门", "Department"),
    "amount_unit": ("金额单位", "Amounts in"),
    "file": ("文件", "File"),
    "expected": ("预期目标", "Goal"),
    "done": ("实际完成情况", "Achieved"),
    "total": ("总分", "Total"),
    "execution": ("预算执行率", "Execution rate"),
    "between": ("各表之间", "Between the tables"),
    "points": ("{points} 分", "{points} points"),
    "amount": ("{amount} {unit}", "{amount} {unit}"),
    "more": ("（同类另有 {count} 处）", " (and {count} more)"),
    "unformatted": ("未写公式：{reason}", "no formula: {reason}"),
    "live": ("灰色各列是计算用数（指标值单位），改动后“复算”随之重算",
             "the grey columns are the figures of the formulas, in the target's unit; change them and the score follows"),
})  # fmt: skip

COLUMNS = wordings("workbook-column", {
    "label": ("资金", "Money"),
    "initial": ("年初预算数", "Initial budget"),
    "adjusted": ("全年预算数", "Budget"),
    "executed": ("全年执行数", "Executed"),
    "rate": ("执行率", "Rate"),
    "level1": ("一级指标", "Level 1"),
    "level2": ("二级指标", "Level 2"),
    "level3": ("三级指标", "Level 3"),
    "id": ("编号", "Id"),
    "previous_year": ("上年完成值", "Last year"),
    "target": ("指标值", "Target"),
    "actual": ("实际完成值", "Actual"),
    "weight": ("分值", "Weight"),
    "score": ("得分", "Score"),
    "rule": ("赋分规则", "Scoring rule"),
    "standard": ("设置依据", "Standard"),
    "evidence": ("佐证资料", "Evidence"),
    "deviation": ("偏差原因", "Deviation"),
    "coefficient": ("得分系数", "Coefficient"),
    "deduction": ("扣减分数", "Deduction"),
    "review_actual": ("复核完成值", "Reviewed actual"),
    "review_score": ("复核得分", "Reviewed score"),
    "review_reason": ("复核说明", "Reason of the review"),
    "reported": ("自报", "Reported"),
    "recomputed": ("复算", "Recomputed"),
    "difference": ("差异", "Difference"),
    "made_by": ("规则", "Rule"),
    "basis": ("依据", "Basis"),
    "numbers": ("问题编号", "Findings"),
    "number_weight": ("计算用：分值", "Figure: weight"),
    "number_target": ("计算用：指标值", "Figure: target"),
    "number_high": ("计算用：上限", "Figure: upper end"),
    "number_actual": ("计算用：完成值", "Figure: actual"),
    "table": ("表", "Table"),
    "organisation": ("单位", "Unit"),
    "year": ("年度", "Year"),
    "grade": ("等级", "Grade"),
    "error": ("错误", "Errors"),
    "warning": ("请核对", "Warnings"),
    "note": ("提示", "Notes"),
    "number": ("编号", "No."),
    "severity": ("程度", "Severity"),
    "class": ("类别", "Class"),
    "code": ("检查", "Check"),
    "indicator": ("指标", "Indicator"),
    "message": ("问题", "Finding"),
    "place": ("位置", "Place"),
    "explained": ("可能的原因", "What would explain it"),
    "ask": ("建议", "Ask"),
    "effect": ("影响", "Effect"),
})  # fmt: skip

REGISTER = wordings("workbook-register", {
    "number": ("编号", "No."),
    "presence": ("本次审核", "This audit"),
    "organisation": ("单位", "Unit"),
    "table": ("项目", "Project"),
    "problem": ("问题", "Finding"),
    "basis": ("依据", "Basis"),
    "effect": ("影响", "Effect"),
    "ask": ("建议", "Ask"),
    "state": ("状态", "State"),
    "reply": ("单位反馈", "Reply of the unit"),
    "reviewer": ("复核人", "Reviewer"),
    "date": ("日期", "Date"),
    "fingerprint": ("指纹", "Fingerprint"),
})  # fmt: skip

PRESENCE = wordings("workbook-presence", {
    "new": ("新增", "new"),
    "still": ("仍存在", "still there"),
    "gone": ("已不再出现", "no longer found"),
    "own": ("自行登记", "entered by hand"),
})  # fmt: skip

STATES = Wording(
    "workbook-states",
    "待反馈,待核实,整改中,已整改,已说明,已销号",
    "to be answered,to be checked,in hand,rectified,explained,closed",
)

RULES = wordings("workbook-rule", {
    "proportional": ("按比例赋分", "in proportion"),
    "direct": ("直接赋分", "direct"),
    "banded": ("分档赋分", "by bands"),
    "graded": ("按评判等级赋分", "by graded judgement"),
    "stated": ("印出的文字规则", "printed rule in words"),
})  # fmt: skip
