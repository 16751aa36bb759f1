"""Which rows and cells are read with a doubt: an audit holds what it finds there for a question."""

import json
from pathlib import Path

import pytest

import perfeval
from documents.drawing import document, drawn
from documents.test_corpus import DOCUMENTS
from perfeval.documents.grid import Document, Grid
from perfeval.documents.layout import built_in_words, lay_out
from perfeval.documents.shown import STRUCK, doubt
from perfeval.table import Evaluation

HEAD = """
项目名称 | 修路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
"""
FIRST = """
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
 | 质量指标 | 道路验收合 | ≥95% | 95% | 50 | 50
"""


def only(*blocks: Grid) -> Evaluation:
    (table,) = lay_out(document(*blocks), built_in_words()).evaluations
    return table


def test_a_table_on_one_page_has_no_doubt() -> None:
    assert only(drawn(HEAD + FIRST)).doubts == frozenset()


def test_a_cell_that_goes_on_in_its_column_is_no_doubt() -> None:
    table = only(drawn(HEAD + FIRST, page=1), drawn(" | | 格率 | | | | ", page=2))
    assert [row.level3 for row in table.indicators] == ["里程", "道路验收合格率"]
    assert table.doubts == frozenset()


def test_a_half_under_an_empty_cell_is_a_doubt_about_its_row_alone() -> None:
    page = HEAD + FIRST.replace("≥95%", "")
    table = only(drawn(page, page=1), drawn(" | | 格率 | ≥95% | | | ", page=2))
    assert len(table.indicators) == 2
    assert table.doubts == {"indicators[1]"}


def test_a_half_without_positions_is_a_doubt() -> None:
    page = drawn(HEAD.replace(" | <", " | ") + FIRST, page=1, aligned=False)
    table = only(page, drawn(" | | 格率 | | | | ", page=2, aligned=False))
    assert [row.level3 for row in table.indicators] == ["里程", "道路验收合格率"]
    assert table.doubts == {"indicators[1]"}


def test_rows_moved_by_what_they_hold_are_doubts() -> None:
    page = HEAD.replace(" | <", " | ") + FIRST
    table = only(drawn(page + "时效指标 | 完工 | =1次 | 1次 | 5 | 5\n", aligned=False))
    assert table.indicators[2].level2 == "时效指标"
    assert table.doubts == {"indicators[2]"}


def test_a_number_over_several_rows_is_a_doubt_about_this_column_of_them() -> None:
    merged = """
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
 | 质量指标 | 合格率 | ≥95% | 95% | 25 | ^
 | 时效指标 | 及时率 | ≥95% | 95% | 25 | 25
"""
    assert only(drawn(HEAD + merged)).doubts == {"indicators[0].score", "indicators[1].score"}


def test_numbers_of_several_indicators_in_a_cell_are_a_doubt_about_it() -> None:
    rows = FIRST.replace("≥95% | 95% | 50 | 50", r"≥95%\n≥90% | 95%\n90% | 25\n25 | 50")
    assert only(drawn(HEAD + rows)).doubts == {"indicators[1].weight"}


def test_a_second_column_of_one_name_is_a_doubt_about_that_column() -> None:
    page = HEAD.replace("\n一", " | <\n一").replace("得分\n", "得分 | 分值\n") + FIRST.replace(
        "50\n", "50 | 40\n"
    )
    assert only(drawn(page)).doubts == {"indicators[0].weight", "indicators[1].weight"}


def test_text_that_no_column_takes_is_a_doubt_about_its_row() -> None:
    page = HEAD.replace("\n一", " | <\n一").replace("得分\n", "得分 | \n") + FIRST.replace(
        "95% | 50 | 50\n", "95% | 50 | 50 | 不明\n"
    )
    assert only(drawn(page)).doubts == {"indicators[1]"}


def test_fillers_are_left_out_of_the_numbering() -> None:
    merged = """
产出指标 | 数量指标 | …… | | | |
 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
 | 质量指标 | 合格率 | ≥95% | 95% | 25 | ^
"""
    assert only(drawn(HEAD + merged)).doubts == {"indicators[0].score", "indicators[1].score"}


def test_a_warning_of_the_format_is_a_doubt_about_the_cell_at_its_place() -> None:
    grid = drawn(HEAD + FIRST)
    score = grid.rows[3].cells[6]
    made = Document((grid,), (doubt(STRUCK, score.place),))
    (table,) = lay_out(made, built_in_words()).evaluations
    assert table.doubts == {"indicators[0].score"}


@pytest.mark.parametrize(
    "path",
    [path for path in DOCUMENTS if path.suffix not in {".doc", ".odt", ".et"}],
    ids=lambda path: path.name,
)
def test_a_clean_document_has_no_doubts_and_each_doubt_names_a_part(path: Path) -> None:
    made = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    try:
        tables = perfeval.read(path).evaluations
    except perfeval.UnreadableError:
        assert made["refusable"]
        return
    for table in tables:
        assert not (made["clean"] and table.doubts)
        assert {doubtful.partition(".")[0] for doubtful in table.doubts} <= set(table.places)


def test_rows_behind_a_page_break_of_the_corpus_are_doubts_and_those_before_are_not() -> None:
    (path,) = (path for path in DOCUMENTS if path.name == "13-docx-xinjiang.docx")
    first, second = perfeval.read(path).evaluations
    assert first.doubts == {f"indicators[{index}]" for index in range(3, 8)}
    assert second.doubts == {"indicators[6]", "indicators[7]"}
