"""What damaged documents showed: each was a crash or a message that nobody could read."""

from typing import Any

import pytest

from documents.drawing import document, drawn
from perfeval.documents.grid import Grid
from perfeval.documents.layout import built_in_words, lay_out, pieces
from perfeval.documents.layout.align import Known, repairs
from perfeval.documents.layout.furniture import page_furniture
from perfeval.documents.layout.headers import indicator_columns
from perfeval.documents.layout.lines import Line, join_lines, lines_of
from perfeval.documents.layout.rows import Row, is_filler
from perfeval.documents.layout.words import key_of
from perfeval.documents.limits import Limits, Meter, refused
from perfeval.documents.sniff import format_of
from perfeval.documents.text import read_text
from perfeval.errors import UnreadableError
from perfeval.findings import Location
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


# Work that grew with the square of a text, or worse, shows by not ending: no clock is needed to see it.

LONG = 100_000


def test_the_repairs_of_a_wide_row_are_few() -> None:
    assert sum(1 for _ in repairs(list(range(8)), 8)) > 1
    assert sum(1 for _ in repairs(list(range(LONG)), 8)) == 1


def test_a_piece_is_moved_no_further_than_its_first_impossible_row(monkeypatch: pytest.MonkeyPatch) -> None:
    head = "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分\n"
    lines = list(lines_of(drawn(head + "无 | 无 | 5 | 5 | 无 | 无 | 无\n" * 50), 0))
    found = indicator_columns(lines[0], None, built_in_words())
    assert found is not None
    moved: list[Line] = []
    real = pieces._moved

    def counted(line: Line, *rest: Any) -> Line:
        moved.append(line)
        return real(line, *rest)

    monkeypatch.setattr(pieces, "_moved", counted)
    assert pieces.by_content(lines[1:], found[0], Known(built_in_words()), None) is None
    assert len(moved) <= 2 * sum(1 for _ in repairs(list(range(7)), 7))


@pytest.mark.parametrize("text", ["(" * LONG + ")" * LONG, "分值" + ":" * LONG + "x", "①" * LONG + "x"])
def test_a_text_too_long_for_a_word_is_looked_at_no_further(text: str) -> None:
    assert key_of(text) == text


def test_dots_before_a_word_are_no_filler() -> None:
    place = Location(file="f")
    assert is_filler(Row({"level3": "." * 500}, {}, place, (0,)))
    assert is_filler(Row({"level3": "……指标1:…"}, {}, place, (0,)))
    assert not is_filler(Row({"level3": "." * 500 + "x"}, {}, place, (0,)))


def test_a_long_rule_is_no_page_number() -> None:
    assert page_furniture(document("- 12 -", "-|" * LONG + "x")) == {0}


def test_spaces_before_a_line_end_are_undone_once() -> None:
    assert join_lines("甲" + " " * LONG + "乙 \n 丙") == "甲" + " " * LONG + "乙丙"


@pytest.mark.parametrize(
    ("text", "found"),
    [("\n" * 60_000 + "x", "text"), (" " * 60_000 + "x", "text"), ("> " * 30_000 + "x", "text")],
    ids=["lines", "spaces", "quotes"],
)
def test_the_format_of_white_space_is_soon_found(text: str, found: str) -> None:
    assert format_of(text.encode(), "f.txt") == found


def test_a_quotation_mark_is_left_out_before_a_table_and_kept_in_its_cells() -> None:
    rows = "> | 甲 > | 乙 |\n> | --- | --- |\n> | 1 | >| \n"
    (grid,) = read_text(rows.encode(), Meter("f"), markdown=True).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["甲 >", "乙"], ["1", ">"]]
    many = ("> " * LONG + "x | y\n").encode()
    assert read_text(many, Meter("f", Limits(cell_length=10**6)), markdown=True).blocks
    indented = (" " * LONG + "一\t二\n").encode()
    assert read_text(indented, Meter("f")).blocks


def test_the_layout_looks_at_the_clock_too() -> None:
    with pytest.raises(UnreadableError, match="-1"):
        lay_out(document(drawn("甲 | 乙")), built_in_words(), Meter("f", Limits(seconds=-1)))
