"""What the layout reader says of its own reading: PE040 and following."""

from __future__ import annotations

__all__ = [
    "JOINED_ROW",
    "LEFT_OVER",
    "LOST_ROWS",
    "MERGED_NUMBER",
    "MIXED_UNITS",
    "MOVED_CELLS",
    "NO_FIELDS",
    "NO_ROWS",
    "ODD_ROW",
    "SCORES_DIFFER",
    "SEVERAL_NUMBERS",
    "TWIN_COLUMN",
    "UNKNOWN_COLUMN",
    "UNKNOWN_TABLE",
    "WEIGHTS_DIFFER",
    "doubt",
]

from perfeval.findings import Finding, FindingClass, Location, Severity
from perfeval.messages import Message, Wording

JOINED_ROW = Wording(
    "PE040",
    "“{name}”一行被分页拆开，已由两部分拼合，请核对",
    "the row '{name}' was broken over a page end and put together from its parts; check it",
)
MOVED_CELLS = Wording(
    "PE041",
    "“{name}”一行的单元格错位，已按内容对齐，请核对",
    "the cells of the row '{name}' were shifted and aligned by what they hold; check them",
)
UNKNOWN_COLUMN = Wording(
    "PE042",
    "不认识表头“{header}”，该列未读（可用 --map 指定）",
    "the column header '{header}' is not known and the column was not read (--map can name it)",
)
LOST_ROWS = Wording(
    "PE043",
    "“{name}”有 {count} 行无法还原（如“{text}”），整张表未读；请改用原始 Word 或 Excel 文件",
    "{count} rows of '{name}' could not be rebuilt (such as '{text}') and the table was not read; use the Word or Excel original",
)
LEFT_OVER = Wording(
    "PE044",
    "表内文字“{text}”不属于任何已知栏目，未读",
    "the text '{text}' inside the table belongs to no known column and was not read",
)
WEIGHTS_DIFFER = Wording(
    "PE045",
    "读到的分值合计 {sum}，表中总分值为 {total}：可能漏读，也可能原表如此",
    "the weights read add up to {sum}, the table prints {total}: a row may have been missed, or the table says so",
)
SCORES_DIFFER = Wording(
    "PE046",
    "读到的得分合计 {sum}，表中总分为 {total}：可能漏读，也可能原表如此",
    "the scores read add up to {sum}, the table prints {total}: a row may have been missed, or the table says so",
)
MERGED_NUMBER = Wording(
    "PE047",
    "“{text}”（{column}）合并了 {count} 行，只记在第一行",
    "'{text}' ({column}) is one cell over {count} rows and was put in the first",
)
UNKNOWN_TABLE = Wording(
    "PE048",
    "这里像是绩效指标表，但表头认不全（{header}），未读；可用 --map 指定列名",
    "this looks like a table of indicators, but its header is not known ({header}); it was not read (--map can name the columns)",
)
NO_ROWS = Wording(
    "PE049",
    "“{name}”只有表头，没有指标行",
    "'{name}' has a header and no indicator rows",
)
ODD_ROW = Wording(
    "PE050",
    "“{text}”不像完整的一行（缺名称或数值，或单元格错位），可能是上一行的下半，请核对",
    "'{text}' is hardly a whole row (no name, no values, or shifted cells); it may be the lower half of the one above; check it",
)
SEVERAL_NUMBERS = Wording(
    "PE051",
    "一格内有几个数“{text}”（{column}），应为几行指标，无法拆开，请核对",
    "one cell holds several numbers '{text}' ({column}), of several indicators, and cannot be split; check it",
)
MIXED_UNITS = Wording(
    "PE052",
    "资金各栏的单位不同（{units}），已把单位写入金额",
    "the columns of money have different units ({units}); each amount was given its own",
)
TWIN_COLUMN = Wording(
    "PE053",
    "表头“{header}”出现不止一次，这一栏未读（可用 --map 指定）",
    "the column header '{header}' stands more than once and this column was not read (--map can name it)",
)
NO_FIELDS = Wording(
    "PE054",
    "这里像是绩效指标表（{header}），但文字没有分列，未读；请用 Word、Excel 原件，或用制表符分列",
    "this looks like a table of indicators ({header}), but its text has no columns and was not read; use the Word or Excel original",
)


def doubt(message: Message, severity: Severity, *places: Location | None) -> Finding:
    """Give a reading finding."""
    return Finding(
        message, FindingClass.READING, severity, tuple(place for place in places if place is not None)
    )
