"""What damaged documents showed: each was a crash or a message that nobody could read."""

from documents.drawing import document, drawn
from perfeval.documents.layout import built_in_words, lay_out
from perfeval.documents.limits import refused
from perfeval.messages import Wording


def test_an_unknown_header_beyond_the_last_known_column() -> None:
    grid = drawn(
        """
项目名称 | 修路 | | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 没见过的列
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 100 | 100 | 甲
质量指标 | 桥梁 | ≥1座 | 1座 | 5 | 5
""",
        aligned=False,
    )
    assert lay_out(document(grid), built_in_words()).findings


def test_names_in_messages_are_short_and_printable() -> None:
    name = "里程" + "(" * 5000 + "\x1b[31m"
    first = drawn(
        f"""
项目名称 | 修路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 数量指标 | {name} | ≥10公里 | 10公里 | 100 | 100
""",
        page=1,
    )
    second = drawn(" | | 公路 | | | | ", page=2)
    findings = lay_out(document(first, second), built_in_words()).findings
    assert findings
    assert all(len(finding.text()) < 600 and "\x1b" not in finding.text() for finding in findings)
    wording = Wording("X", "{detail}", "{detail}")
    assert refused("f", wording(detail="a\x7fb" * 500)).text() == "f: " + ("a b" * 500)[:200] + "…"
