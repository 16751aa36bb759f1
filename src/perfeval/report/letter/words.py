"""What a letter says around the findings, and the names of its placeholders."""

from __future__ import annotations

__all__ = ["COLUMNS", "PLACEHOLDERS", "REQUESTS", "TITLES", "WORDS"]

from perfeval.messages import wordings

PLACEHOLDERS = wordings("letter-placeholder", {
    "title": ("标题", "title"),
    "unit": ("单位", "unit"),
    "years": ("年度", "years"),
    "book": ("评分办法", "book"),
    "summary": ("概述", "summary"),
    "count": ("问题数", "count"),
    "findings": ("问题表", "findings"),
    "request": ("要求", "request"),
    "attachments": ("附件", "attachments"),
    "sender": ("落款", "sender"),
    "date": ("日期", "date"),
})  # fmt: skip

TITLES = wordings("letter-title", {
    "rectify": ("关于{years}绩效自评有关问题的整改通知",
                "Notice to rectify: performance self-evaluation {years}"),
    "review": ("关于{years}预算绩效自评的复核意见",
               "Review opinion: performance self-evaluation {years}"),
})  # fmt: skip

REQUESTS = wordings("letter-request", {
    "rectify": (("请逐项核对上表。确属填报差错的，请更正自评表后重新报送；有合理原因的，请在“反馈”栏写明，并附佐证材料。"
                "依据注明“未核对”的，原文未经核对，仅供参考。"),
                ("Please check each item. Where an entry is mistaken, correct the table and submit it again; where there is a "
                "good reason, state it under “Reply” and attach the evidence. A basis marked as not checked is for reference only.")),
    "review": (("以上复核意见，请予研究。认可的，请相应修改自评表；有不同意见或需要补充说明的，请在“反馈”栏写明，并附佐证材料。"
               "依据注明“未核对”的，原文未经核对，仅供参考。"),
               ("Please consider this opinion. Where you agree, change the table accordingly; where you do not, or have more to "
               "say, state it under “Reply” and attach the evidence. A basis marked as not checked is for reference only.")),
})  # fmt: skip

WORDS = wordings("letter", {
    "salutation": ("{unit}：", "To {unit}:"),
    "first": ("一、需核对和说明的事项", "I. Matters to check and to explain"),
    "second": ("二、有关要求", "II. What is asked"),
    "attached": ("附件：", "Attachments:"),
    "attachment": ("{number}. {name}", "{number}. {name}"),
    "in_file": ("{name}（{file}）", "{name} ({file})"),
    "summary": (("按照评分办法“{book}”，对你单位填报的{tables}张自评表作了核对：{rows}个指标中复算{scored}个，"
                "未能复算{unscored}个；有{count}个事项需要核对或说明，列表如下。表中所列只表示数字与所列依据之间、"
                "数字相互之间不一致或原因不明，不表示已认定存在错误。"),
                ("Under the rule book “{book}”, {tables} table(s) of your unit were checked: of {rows} indicator(s), {scored} were "
                "recomputed and {unscored} were not; {count} matter(s) are to be checked or explained, as listed below. "
                "They say only that figures disagree with the stated basis or with each other, or that a reason is not "
                "seen; they do not say that an error has been established.")),
    "unknown_unit": ("填报单位（{file}）", "the unit that submitted {file}"),
    "no_name": ("未注明", "not named"),
    "year": ("{year}年度", "{year}"),
    "and": ("、", ", "),
    "between": ("各表之间", "between the tables"),
    "message": ("[{kind}] {message}", "[{kind}] {message}"),
    "more": ("（同类另有{count}处）", " (and {count} more)"),
    "follows": ("由此影响：{message}", "what follows: {message}"),
    "basis": ("依据：{basis}（{status}）", "Basis: {basis} ({status})"),
    "explained": ("可能的原因：{text}。", "What would explain it: {text}."),
    "no_date": ("    年  月  日", "Date:              "),
    "written": ("函件 {letters} 份：{units}", "{letters} letter(s): {units}"),
    "silent": ("没有需发函的问题，未发函：{units}", "no letter, for want of findings: {units}"),
    "unaddressed": ("有 {count} 个问题不属于任何单位的表，未列入函件",
                    "{count} finding(s) are in no unit's table and stand in no letter"),
})  # fmt: skip

COLUMNS = wordings("letter-column", {
    "number": ("序号", "No."),
    "project": ("项目", "Project"),
    "problem": ("问题和依据", "Matter and basis"),
    "ask": ("需说明事项", "To explain"),
    "reply": ("反馈", "Reply"),
})  # fmt: skip
