"""What a summary says in every form that it takes, and how shares of it are written."""

from __future__ import annotations

__all__ = [
    "CAPTIONS",
    "COLUMNS",
    "CONDITIONS",
    "COUNTS",
    "KINDS",
    "LABELS",
    "SAMPLE",
    "SIGNALS",
    "UNKNOWN",
    "UNNAMED",
    "WEIGHINGS",
]

from perfeval.messages import Wording, wordings

COUNTS = Wording(
    "text-summary-counts",
    "{tables} 张表，{indicators} 个指标：可计分 {scored}，不可计分 {unscorable}",
    "{tables} table(s), {indicators} indicator(s): {scored} scored, {unscorable} unscorable",
)
SAMPLE = Wording(
    "text-summary-sample",
    "抽查 {tables} 张（按{weighing}，种子 {seed}；必抽 {certain} 张；无权重未参加 {without} 张）",
    "sample of {tables} (by {weighing}, seed {seed}; {certain} certain; {without} without weight left out)",
)
UNNAMED = Wording("text-summary-unnamed", "（未填）", "(not given)")
UNKNOWN = Wording("text-summary-unknown", "无法判断", "cannot be told")

SIGNALS = wordings("text-signal", {
    "red": ("红", "red"),
    "yellow": ("黄", "yellow"),
    "green": ("绿", "green"),
})  # fmt: skip

KINDS = wordings("text-kind", {
    "project": ("项目支出", "projects"),
    "whole_unit": ("整体支出", "whole units"),
    "transfer": ("转移支付", "transfers"),
    "targets": ("绩效目标", "targets"),
})  # fmt: skip

WEIGHINGS = wordings("text-weigh", {"risk": ("风险", "risk"), "amount": ("预算金额", "budget")})

CONDITIONS = wordings("summary-condition", {
    "red": ("(q − e) ÷ q 大于 {gap}%；q 为 0 时不看", "(q − e) ÷ q is above {gap}%; left out where q is 0"),
    "yellow": ("不为红，且 B 为 0 或 (B − E) ÷ B 大于 {unspent}%",
               "not red, and B is 0 or (B − E) ÷ B is above {unspent}%"),
    "green": ("既不为红，也不为黄", "neither"),
    "unknown": ("有一项不可计分，或没有执行率", "a part cannot be scored, or there is no execution rate"),
    "apart": ("|q − E ÷ B| 大于 {apart}%", "|q − E ÷ B| is above {apart}%"),
})  # fmt: skip

LABELS = wordings("summary", {
    "title": ("绩效自评汇总", "Summary of performance self-evaluations"),
    "skip": ("跳到汇总表", "skip to the tables"),
    "hint": ("本汇总只说表中数字与所列规则是否一致；信号和风险提示先看哪些表，不是结论。",
             "Whether figures agree with the stated rules; signals and risk say where to look first and conclude nothing."),
    "overview": ("总览", "Overview"),
    "pictures": ("图示", "In pictures"),
    "department": ("各部门", "Departments"),
    "organisation": ("各单位", "Units"),
    "year": ("各年度", "Years"),
    "tables": ("各表", "Tables"),
    "sample": ("抽查", "Sample"),
    "made_from": ("生成依据", "Made from"),
    "book": ("评分办法", "Rule book"),
    "tool": ("工具", "Tool"),
    "known": ("q 为指标复算得分之和 ÷ 其分值之和，e 为预算执行率得分 ÷ 其分值，B 为全年预算数，E 为全年执行数",
              "q: recomputed points of the indicators ÷ their weights; e: execution score ÷ its weight; B: budget; E: executed"),
    "apart_kinds": ("整体支出含其项目的资金，与项目分列，不能相加",
                    "the money of whole units holds that of their projects: do not add them up"),
    "risk": ("风险为 1 加本表各问题：错误 5，请核对 2，提示 0；各表之间的问题不计入",
             "risk is 1 and for each finding on the table 5 (error), 2 (warning) or 0 (note); those between tables belong to none"),
    "table": ("张表", "tables"),
    "indicator": ("个指标已复算", "indicators recomputed"),
    "signal_red": ("红色信号", "red signals"),
    "signal_yellow": ("黄色信号", "yellow signals"),
    "drawn": ("抽中", "drawn"),
    "reported": ("自报", "Reported"),
    "recomputed": ("复算", "Recomputed"),
    "apart": ("完成与执行相差", "achieved and spent apart"),
    "counted": ("表（张）", "Tables"),
    "risks": ("风险", "Risk"),
    "budgets": ("预算（元）", "Budget (yuan)"),
    "top": ("回到顶部", "Back to the top"),
})  # fmt: skip

CAPTIONS = wordings("summary-caption", {
    "grades": ("等级", "Grades"),
    "spread": ("总分分布", "How the totals lie"),
    "execution": ("预算执行率", "Execution rate"),
    "signals": ("监管信号", "Supervision signals"),
    "unscorable": ("不可计分的指标", "Indicators that could not be scored"),
    "problems": ("未能读取的文件", "Files that could not be read"),
    "groups": ("分组汇总，金额单位：元", "Groups, amounts in yuan"),
    "tables": ("各表，金额单位：元", "Every table, amounts in yuan"),
    "coverage": ("抽查覆盖", "What the sample covers"),
    "drawn": ("抽中的表", "Tables drawn"),
})  # fmt: skip

COLUMNS = wordings("summary-column", {
    "number": ("序号", "No."),
    "name": ("表", "Table"),
    "department": ("主管部门", "Department"),
    "organisation": ("单位", "Unit"),
    "year": ("年度", "Year"),
    "kind": ("类型", "Kind"),
    "file": ("文件", "File"),
    "indicators": ("指标", "Indicators"),
    "scored": ("可计分", "Scored"),
    "reported_total": ("自报总分", "Reported"),
    "total": ("复算总分", "Recomputed"),
    "reported_grade": ("自报等级", "Reported grade"),
    "grade": ("复算等级", "Grade"),
    "budget": ("全年预算数", "Budget"),
    "executed": ("全年执行数", "Executed"),
    "rate": ("执行率", "Rate"),
    "signal": ("信号", "Signal"),
    "errors": ("错误", "Errors"),
    "warnings": ("请核对", "Warnings"),
    "notes": ("提示", "Notes"),
    "risk": ("风险", "Risk"),
    "drawn": ("抽查", "Sample"),
    "level": ("等级", "Grade"),
    "reported": ("自报（张）", "Reported"),
    "recomputed": ("复算（张）", "Recomputed"),
    "totals": ("总分", "Totals"),
    "tables": ("张数", "Tables"),
    "share": ("占比", "Share"),
    "least": ("最低", "Least"),
    "lower": ("下四分位", "Lower quartile"),
    "median": ("中位", "Median"),
    "upper": ("上四分位", "Upper quartile"),
    "most": ("最高", "Most"),
    "full": ("满分（张）", "Full marks"),
    "bucket": ("执行率（%）", "Rate (%)"),
    "condition": ("条件", "Condition"),
    "basis": ("依据", "Basis"),
    "reason": ("原因", "Reason"),
    "with_money": ("有金额", "With money"),
    "red": ("红", "Red"),
    "yellow": ("黄", "Yellow"),
    "green": ("绿", "Green"),
    "unknown": ("无法判断", "Not told"),
    "problem": ("文件和原因", "File and reason"),
    "what": ("范围", "Of"),
    "part": ("抽中", "Drawn"),
    "whole": ("全部", "All"),
})  # fmt: skip
