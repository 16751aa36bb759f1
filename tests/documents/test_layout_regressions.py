"""Grids that were once misread, each drawn as small as it shows the misreading."""

import pytest

from documents.drawing import document, drawn
from perfeval import Evaluation
from perfeval.documents.grid import Grid
from perfeval.documents.layout import built_in_words, lay_out


def only(*blocks: Grid | str) -> Evaluation:
    (table,) = lay_out(document(*blocks), built_in_words()).evaluations
    return table


def codes(*blocks: Grid | str) -> list[str]:
    return [finding.code for finding in lay_out(document(*blocks), built_in_words()).findings]


def cells(table: Evaluation, *fields: str) -> list[tuple[str, ...]]:
    return [
        tuple(str(value) if (value := getattr(row, field)) is not None else "" for field in fields)
        for row in table.indicators
    ]


@pytest.mark.parametrize("aligned", [True, False])
def test_groups_over_columns_without_merged_cells(aligned: bool) -> None:
    grid = drawn(
        """
项目名称 | 修路 | | | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 自评 | | 复核 |
 | | | | | 完成值 | 得分 | 完成值 | 得分
产出指标 | 数量指标 | 里程 | ≥10公里 | 90 | 10公里 | 90 | 9公里 | 81
""",
        aligned=aligned,
    )
    fields = ("target", "weight", "actual", "score", "review_actual", "review_score")
    assert cells(only(grid), *fields) == [("≥10公里", "90", "10公里", "90", "9公里", "81")]
    assert codes(grid) == []


def test_half_a_name_under_a_repeated_header_is_no_second_line_of_it() -> None:
    first = drawn(
        """
项目名称 | 修路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 质量指标 | 资金 | ≥95% | 96% | 50 | 50
""",
        page=1,
    )
    second = drawn(
        """
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
 | | 完成率 | | | |
效益指标 | 社会效益指标 | 通行改善 | 改善 | 改善 | 40 | 40
""",
        page=2,
    )
    assert cells(only(first, second), "level3", "target", "score") == [
        ("资金完成率", "≥95%", "50"),
        ("通行改善", "改善", "40"),
    ]


def test_a_name_is_not_put_under_the_label_at_the_side() -> None:
    first = drawn(
        """
绩效指标 | 指标名称 | 计量单位 | 指标性质 | 指标值 | 完成值 | 权重 | 得分
^ | 修路里程 | 公里 | ≥ | 10 | 10 | 50 | 50
^ | 修桥 | 座 | = | 2 | 2 | 30 | 30
""",
        page=1,
        edges=(0.0, 20.0, 100.0, 130.0, 160.0, 200.0, 240.0, 270.0, 300.0),
    )
    second = drawn(
        "合格率 | % | | ≥ | 95 | 96 | 20 | 20",
        page=2,
        edges=(40.0, 120.0, 135.0, 150.0, 180.0, 220.0, 260.0, 290.0, 320.0),
    )
    table = only(first, second)
    assert cells(table, "level3", "weight", "score")[2] == ("合格率", "20", "20")
    assert [row.target.parts for row in table.indicators if row.target][2] == ("≥", "95", "%")


@pytest.mark.parametrize(
    ("line", "count"),
    [
        pytest.param(" | | 完成率 | | | |", 1, id="half a name"),
        pytest.param(" | 指标 | | 覆盖面 | | |", 1, id="half a name under another header"),
        pytest.param(" | 里程 | ≥10公里 | 10公里 | 50 | 50 |", 1, id="a value for a name"),
        pytest.param(" | | 里程 | 计划标准 | 10公里 | 50 | 50", 1, id="a word of the forms for a value"),
        pytest.param("质量指标 | | 里程 | ≥10公里 | 10公里 | 50 | 50", 1, id="level 2 under level 1"),
        pytest.param(" | | 里程 | ≥10公里 | | |", 0, id="only a target"),
        pytest.param(" | | 结转部分 | | 期指标 | |", 1, id="half a name and half a value"),
        pytest.param(" | | …… | | | |", 0, id="a filler"),
        pytest.param(" | | 里程 | | 10公里 | 50 | 50", 0, id="no target"),
    ],
)
def test_a_row_that_is_none_is_said(line: str, count: int) -> None:
    grid = drawn(f"""
项目名称 | 修路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 质量指标 | 资金 | ≥95% | 96% | 50 | 50
{line}
效益指标 | 社会效益指标 | 通行改善 | 改善 | 改善 | 40 | 40
""")
    assert codes(grid).count("PE050") == count


@pytest.mark.parametrize(("target", "count"), [("≥95%", 0), ("", 1)])
def test_a_row_without_a_target_where_nothing_else_is_counted(target: str, count: int) -> None:
    grid = drawn(f"""
项目名称 | 修路 | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值
产出指标 | 质量指标 | 合格率 | ≥95% | 96%
 | | 完成率 | {target} |
效益指标 | 社会效益指标 | 通行改善 | 改善 | 改善
""")
    assert codes(grid).count("PE050") == count


def test_a_word_of_level_2_is_not_taken_for_level_1_where_cells_were_lost() -> None:
    grid = drawn(
        """
项目名称 | 修路 | | | | | |
 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
 | 产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
""",
        aligned=False,
    )
    rest = drawn(
        """
 | 质量指标 |  | 合格率 | ≥95% | 96% | 20 | 20
 | |  | 完好率 | ≥95% | 96% | 20 | 20
""",
        aligned=False,
    )
    assert cells(only(grid, rest), "level1", "level2", "level3") == [
        ("产出指标", "数量指标", "里程"),
        ("产出指标", "质量指标", "合格率"),
        ("产出指标", "质量指标", "完好率"),
    ]
    assert "PE041" in codes(grid, rest)


def test_a_weight_is_not_taken_for_the_second_half_of_a_target() -> None:
    grid = drawn(
        """
项目名称 | 修路 | | | |
 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重
 | 产出指标 | 数量指标 | 里程 | ≥10公里 | 50
""",
        aligned=False,
    )
    rest = drawn(
        """
 |  | 质量指标 |  | 合格率 | ≥12公里 | 5
 |  | | | 开展培训 | 有效提升 | 4.5
""",
        aligned=False,
    )
    assert cells(only(grid, rest), "level2", "level3", "target", "weight")[1:] == [
        ("质量指标", "合格率", "≥12公里", "5"),
        ("质量指标", "开展培训", "有效提升", "4.5"),
    ]


def test_a_word_of_level_2_is_not_taken_for_level_1_in_a_grid() -> None:
    grid = drawn("""
项目名称 | 修路 | < | < | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
^ | 产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
 | 质量指标 |  | 合格率 | ≥95% | 96% | 20 | 20
 | 时效指标 |  | 及时率 | ≥95% | 96% | 20 | 20
""")
    odd = drawn("""
指标类型 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
质量指标 | 合格率 | ≥95% | 96% | 20 | 20
""")
    assert cells(only(grid), "level1", "level2")[1:] == [("产出指标", "质量指标"), ("产出指标", "时效指标")]
    assert cells(only(odd), "level1", "level3") == [("数量指标", "里程"), ("质量指标", "合格率")]
    assert codes(odd) == []


def test_half_a_row_with_halves_of_values_in_one_grid() -> None:
    grid = drawn("""
项目名称 | 修路 | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 赋分规则
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50 | 直接赋分
效益指标 | 社会效 | 通行 | 基本 | 达成预 | 20 | 20 | 按评判等
 | 益指标 | 改善 | 健全 | 期指标 | | | 级赋分
满意度指标 | 满意度指标 | 满意度 | ≥95% | 96% | 20 | 20 | 直接赋分
""")
    fields = ("level2", "level3", "target", "actual", "score", "rule")
    assert cells(only(grid), *fields)[1] == (
        "社会效益指标",
        "通行改善",
        "基本健全",
        "达成预期指标",
        "20",
        "按评判等级赋分",
    )
    assert codes(grid) == ["PE040"]


@pytest.mark.parametrize("sheets", [1, 2])
def test_another_table_under_the_last_indicator(sheets: int) -> None:
    table = """
单位名称 | 某局 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50
"""
    other = """
“三公”经费支出表 | | | | | |
合计 | 出国费 | 购置费 | 运行费 | 接待费 | |
12.30 | 0.00 | 0.00 | 11.80 | 0.50 | |
"""
    grids = (
        [drawn(f"{table.strip()}\n{' | ' * 6}\n{other.strip()}")]
        if sheets == 1
        else [drawn(table), drawn(other)]
    )
    assert cells(only(*grids), "level3", "score") == [("里程", "50")]
    assert codes(*grids) == []


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize(
    ("line", "at"),
    [
        pytest.param("总分 | | | | | 90 | 85", 0, id="total on top"),
        pytest.param("备注：佐证资料另附 | | | | | |", 0, id="remark on top"),
        pytest.param("备注：佐证资料另附 | | | | | |", 1, id="remark between rows"),
        pytest.param("合计 | | | | | 50 | 50", 1, id="a sum after each level 1"),
    ],
)
def test_rows_below_a_total_or_remark(line: str, at: int, aligned: bool) -> None:
    rows = [
        "产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 50 | 50",
        "效益指标 | 社会效益指标 | 通行改善 | 改善 | 改善 | 40 | 35",
        " | | 出行时间 | 缩短 | 缩短 | 10 | 10",
    ]
    lines = "\n".join([*rows[:at], line, *rows[at:]])
    grid = drawn(
        f"""
项目名称 | 修路 | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
{lines}
填表人 | 张三 | | 联系电话 | 13912345678 | |
""",
        aligned=aligned,
    )
    assert cells(only(grid), "level1", "level3", "score") == [
        ("产出指标", "里程", "50"),
        ("效益指标", "通行改善", "35"),
        ("效益指标", "出行时间", "10"),
    ]


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("text", ["", "年报"])
def test_an_unknown_column_is_said_once(text: str, aligned: bool) -> None:
    grid = drawn(
        f"""
项目名称 | 修路 | | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 取数路径 | 完成值 | 分值 | 得分
产出指标 | 数量指标 | 里程 | ≥10公里 | {text} | 10公里 | 50 | 50
效益指标 | 社会效益指标 | 通行改善 | 改善 | {text} | 改善 | 40 | 35
""",
        aligned=aligned,
    )
    assert cells(only(grid), "target", "actual", "score") == [
        ("≥10公里", "10公里", "50"),
        ("改善", "改善", "35"),
    ]
    found = [
        (finding.code, str(finding.severity))
        for finding in lay_out(document(grid), built_in_words()).findings
    ]
    assert found == [("PE042", "warning" if text and aligned else "note")]


def test_an_unknown_column_of_an_export_is_said_once() -> None:
    grid = drawn("""
项目编码 | 项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 取数路径 | 完成值 | 权重 | 得分
A1 | 甲 | 产出指标 | 数量指标 | 次数 | ≥5次 | 年报 | 5次 | 50 | 50
B2 | 乙 | 产出指标 | 数量指标 | 人数 | ≥9人 | 年报 | 9人 | 90 | 90
""")
    assert codes(grid) == ["PE042"]


def test_level_1_is_not_put_under_the_label_at_the_side_where_fields_are_counted() -> None:
    first = drawn(
        """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 原因分析
 | 产出指标 | 数量指标 | 里程 | ≥12公里 | 17公里 |
""",
        aligned=False,
    )
    rest = drawn(
        """
成本指标 | 经济成本指标 | 单价 | ≥1,200元 | 1,200元 | 开工较晚
效益指标 | 经济效益指标 | 通行改善 | 2024年12月31日前 | 2024年11月20日 | 开工较晚
""",
        aligned=False,
    )
    assert cells(only(first, rest), "level1", "level2", "level3", "target")[2] == (
        "效益指标",
        "经济效益指标",
        "通行改善",
        "2024年12月31日前",
    )


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "1 | 2 | 3 | 4 | 5 | 6 | 7",
        "（A） | （B） | （C） | （D） | （E） | （F） | （G）",
        " | | 1 | 2 | 3 | 4 | 5=3/2",
    ],
)
def test_numbers_of_columns_are_no_row(line: str, aligned: bool) -> None:
    grid = drawn(
        f"""
项目名称 | 修路 | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
{line}
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 90 | 90
""",
        aligned=aligned,
    )
    assert cells(only(grid), "level3", "weight") == [("里程", "90")]
    assert codes(grid) == []
