"""Forms as publishing offices write them, beyond the national ones: each was misread, or read without a word."""

import pytest

from documents.drawing import document, drawn
from perfeval import Evaluation
from perfeval.documents.grid import Grid
from perfeval.documents.layout import built_in_words, lay_out

TITLE = "2023年度项目支出绩效自评表"
NAME = "项目名称 | 农村道路 | < | < | < | < | <"
HEADER = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分"
ROWS = """产出指标 | 数量指标 | 修路里程 | ≥10公里 | 12公里 | 60 | 60
效益指标 | 社会效益指标 | 出行条件 | 改善 | 改善 | 40 | 38"""
TOTAL = "总分 | < | < | < | < | 100 | 98"
TABLE = f"{HEADER}\n{ROWS}\n{TOTAL}"


def tables(*blocks: Grid | str) -> tuple[Evaluation, ...]:
    return lay_out(document(*blocks), built_in_words()).evaluations


def only(*blocks: Grid | str) -> Evaluation:
    (table,) = tables(*blocks)
    return table


def codes(*blocks: Grid | str) -> list[str]:
    return [finding.code for finding in lay_out(document(*blocks), built_in_words()).findings]


def cells(table: Evaluation, *fields: str) -> list[tuple[str, ...]]:
    return [
        tuple(str(value) if (value := getattr(row, field)) is not None else "" for field in fields)
        for row in table.indicators
    ]


def money(table: Evaluation) -> list[tuple[str, ...]]:
    fields = ("label", "initial", "adjusted", "executed")
    return [
        tuple(str(value) if (value := getattr(row, field)) is not None else "" for field in fields)
        for row in table.funding
    ]


def test_goals_numbered_in_rows_of_their_own() -> None:
    grid = drawn(f"""
{NAME}
年度绩效目标1 | 修路 | < | < | < | < | <
年度绩效目标2 | 架桥 | < | < | < | < | <
{TABLE}
""")
    assert only(TITLE, grid).goal.expected == "修路\n架桥"


def test_a_section_beside_the_goals_is_no_goal() -> None:
    grid = drawn(f"""
{NAME}
项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | < | 年度目标完成情况 | < | <
^ | ^ | 修路 | < | 修了路 | < | <
^ | 2.项目实施内容及过程概述 | 按月支付 | < | < | < | <
{TABLE}
""")
    table = only(TITLE, grid)
    assert (table.goal.expected, table.goal.actual) == ("修路", "修了路")
    assert codes(TITLE, grid) == []


@pytest.mark.parametrize(("adjusted", "expected"), [("修两条路", "修两条路"), ("", "修路")])
def test_a_goal_that_was_adjusted(adjusted: str, expected: str) -> None:
    grid = drawn(f"""
{NAME}
当年绩效目标 | 年初绩效目标 | < | 全年（调整）绩效目标 | < | 全年目标实际完成情况 | <
^ | 修路 | < | {adjusted} | < | 修了路 | <
{TABLE}
""")
    table = only(TITLE, grid)
    assert (table.goal.expected, table.goal.actual) == (expected, "修了路")


@pytest.mark.parametrize(
    "section",
    [
        "年度主要任务 | 任务名称 | 主要内容 | < | 预算数 | 执行数 | <\n^ | 任务1 | 修路 | < | 100 | 90 | <",
        "项目支出明细 | 支出内容 | 年初预算数 | 全年预算数 | 全年执行数 | < | <\n^ | 材料费 | 40 | 50 | 45 | < | <",
    ],
    ids=["tasks", "expenses"],
)
def test_amounts_of_tasks_and_expenses_are_not_the_money_of_the_table(section: str) -> None:
    grid = drawn(f"""
{NAME}
项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | <
^ | 年度资金总额 | 100 | 120 | 90 | 75% | <
{section}
{TABLE}
""")
    assert money(only(TITLE, grid)) == [("年度资金总额", "100", "120", "90")]
    assert codes(TITLE, grid) == []


def test_the_label_of_the_money_may_be_called_like_a_column() -> None:
    grid = drawn(f"""
{NAME}
预算执行情况 | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | <
^ | 总额 | 10 | 12 | 11 | 91.67% | <
{TABLE}
""")
    assert money(only(TITLE, grid)) == [("总额", "10", "12", "11")]


def test_a_remark_behind_amounts_that_are_only_counted() -> None:
    grid = drawn(
        f"""
{NAME.replace("<", "")}
 | 资金来源 | 年初预算数 | 年中调整数 | 全年预算数 | 全年执行数 | 原因
 | 年度资金总额 | 100 | 20 | 120 | 90 | 因雨停工
{TABLE.replace("<", "")}
""",
        aligned=False,
    )
    assert money(only(TITLE, grid)) == [("年度资金总额", "100", "120", "90")]


def test_columns_in_different_units() -> None:
    grid = drawn(f"""
{NAME}
项目资金 | | 年初预算数（元） | 全年预算数（万元） | 全年执行数（万元） | 执行率 | <
^ | 年度资金总额 | 1000000 | 120 | 120 | 100% | <
{TABLE}
""")
    assert money(only(TITLE, grid)) == [("年度资金总额", "1000000元", "120万元", "120万元")]
    assert codes(TITLE, grid) == ["PE052"]


def test_amounts_with_their_units() -> None:
    grid = drawn(f"""
{NAME}
项目资金 | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | <
^ | 年度资金总额 | 100万元 | 120万元 | 1200000元 | 100% | <
{TABLE}
""")
    assert money(only(TITLE, grid)) == [("年度资金总额", "100万元", "120万元", "1200000元")]


def test_the_amounts_of_the_year_beside_those_of_three_years() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | <
项目资金（万元） | 实施期资金总额 | 300 | 年度资金总额 | 100
^ | 其中：财政拨款 | 300 | 其中：财政拨款 | 100
总体目标 | 实施期目标 | < | 年度目标 | <
^ | 三年修路 | < | 今年修路 | <
一级指标 | 二级指标 | 三级指标 | 实施期指标值 | 年度指标值
产出指标 | 数量指标 | 里程 | ≥30公里 | ≥10公里
""")
    table = only("项目支出绩效目标申报表", grid)
    assert money(table) == [("年度资金总额", "100", "", ""), ("其中：财政拨款", "100", "", "")]
    assert table.goal.expected == "今年修路"
    assert cells(table, "level3", "target") == [("里程", "≥10公里")]
    assert codes("项目支出绩效目标申报表", grid) == []


def test_the_targets_of_the_year_beside_those_of_three_years() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 里程 | ≥30公里 | 质量指标 | 合格率 | ≥95%
""")
    assert cells(only("项目支出绩效目标申报表", grid), "level2", "level3", "target") == [
        ("质量指标", "合格率", "≥95%")
    ]
    assert codes("项目支出绩效目标申报表", grid) == ["PE053"]


def test_two_tables_beside_each_other_are_not_passed_over() -> None:
    grid = drawn("""
项目名称 | 甲 | < | < | 项目名称 | 乙 | < | <
一级指标 | 三级指标 | 指标值 | 得分 | 一级指标 | 三级指标 | 指标值 | 得分
产出指标 | 里程 | ≥10公里 | 50 | 产出指标 | 桥 | ≥1座 | 50
""")
    found = lay_out(document(TITLE, grid), built_in_words()).findings
    assert {(finding.code, str(finding.severity)) for finding in found} == {("PE053", "warning")}


def test_operator_value_and_unit_under_one_header() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | < | < | 实际完成值 | 分值 | 得分
^ | ^ | ^ | 符号 | 数值 | 单位 | ^ | ^ | ^
产出指标 | 数量指标 | 修路里程 | ≥ | 10 | 公里 | 12 | 90 | 90
""")
    table = only(TITLE, grid)
    assert cells(table, "level3", "target", "weight") == [("修路里程", "≥10公里", "90")]
    assert codes(TITLE, grid) == []


def test_the_weight_of_the_indicator_beside_those_of_its_levels() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | < | < | < | <
一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 指标值 | 得分
产出指标 | 60 | 数量指标 | 60 | 里程 | 35 | ≥10公里 | 35
^ | ^ | ^ | ^ | 桥 | 25 | 1座 | 25
""")
    assert cells(only(TITLE, grid), "level3", "weight", "score") == [("里程", "35", "35"), ("桥", "25", "25")]


@pytest.mark.parametrize(
    "row", ["预算执行率 | < | < | 100% | 50% | 10 | 5", "预算执行率 | | | 100% | 50% | 10 | 5"]
)
@pytest.mark.parametrize("aligned", [True, False])
def test_the_execution_rate_as_an_indicator(row: str, aligned: bool) -> None:
    text = f"{NAME}\n{HEADER}\n{row}\n{ROWS}"
    grid = drawn(text if aligned else text.replace("<", ""), aligned=aligned)
    assert cells(only(TITLE, grid), "level1", "level2", "level3", "target", "actual", "weight", "score")[
        0
    ] == (
        "预算执行率",
        "",
        "预算执行率",
        "100%",
        "50%",
        "10",
        "5",
    )


def test_a_form_that_ends_at_level_2() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | <
一级指标 | 二级指标 | 指标值 | 完成值 | 得分
产出指标 | 数量指标：修路里程 | ≥10公里 | 12公里 | 60
""")
    assert cells(only(TITLE, grid), "level2", "level3") == [("数量指标：修路里程", "数量指标：修路里程")]


def test_several_numbers_in_one_cell_are_not_one() -> None:
    grid = drawn(f"""
{NAME}
{HEADER}
产出指标 | 数量指标 | 指标1：修路\\n指标2：架桥 | ≥10公里\\n≥1座 | 12公里\\n1座 | 25\\n25 | 25\\n20
""")
    assert cells(only(TITLE, grid), "weight", "score") == [("25; 25", "25; 20")]
    assert codes(TITLE, grid) == ["PE051", "PE051"]


@pytest.mark.parametrize("aligned", [True, False])
def test_scores_that_are_all_blank(aligned: bool) -> None:
    grid = drawn(
        f"""
{NAME.replace("<", "")}
{HEADER}
产出指标 | 数量指标 | 修路里程 | ≥10公里 | | 22.5 |
 | | 架桥 | ≥1座 | | 22.5 |
 | 质量指标 | 合格率 | ≥95% | | 22.5 |
""",
        aligned=aligned,
    )
    assert cells(only(TITLE, grid), "level3", "actual", "weight", "score") == [
        ("修路里程", "", "22.5", ""),
        ("架桥", "", "22.5", ""),
        ("合格率", "", "22.5", ""),
    ]
    assert codes(TITLE, grid) == []


def test_an_odd_cell_moves_no_rows() -> None:
    grid = drawn("""
部门（单位）名称 | 某局 | < | < | < | < | < | <
指标名称 | 计量单位 | 指标性质 | 年初指标值 | 全年完成值 | 得分系数（%） | 指标权重 | 指标得分
控制率 | % | ≤ | 100 | 92 | 全部 | 20 | 20
变动率 | % | ≤ | | 100(?) | 全部 | 20 | 20
完成率 | % | ≥ | 70 | 76 | 全部 | 20 | 20
""")
    assert cells(only("2021年度部门整体绩效自评表", grid), "target", "actual", "weight") == [
        ("≤100%", "92", "20"),
        ("≤%", "100(?)", "20"),
        ("≥70%", "76", "20"),
    ]


def test_projects_below_each_other_without_totals() -> None:
    head = "项目资金 | 年度资金总额 | 100 | < | < | < | <"
    text = "\n".join(f"{NAME.replace('农村道路', name)}\n{head}\n{HEADER}\n{ROWS}" for name in ("甲", "乙"))
    found = tables(TITLE, drawn(text))
    assert [(table.name, len(table.funding), len(table.indicators)) for table in found] == [
        ("甲", 1, 2),
        ("乙", 1, 2),
    ]


def test_one_table_printed_as_several() -> None:
    blocks = (
        TITLE,
        "一、项目基本情况",
        drawn("项目名称 | 农村道路\n主管部门 | 交通局"),
        "二、预算执行情况（单位：万元）",
        drawn("资金来源 | 年初预算数 | 全年预算数 | 全年执行数\n年度资金总额 | 100 | 120 | 120"),
        "三、年度目标完成情况",
        drawn("预期目标 | 实际完成情况\n修路 | 修了路"),
        "四、绩效指标完成情况",
        drawn(TABLE),
    )
    table = only(*blocks)
    assert (table.name, table.department, table.year, table.amount_unit) == (
        "农村道路",
        "交通局",
        "2023",
        "万元",
    )
    assert money(table) == [("年度资金总额", "100", "120", "120")]
    assert (table.goal.expected, len(table.indicators)) == ("修路", 2)


@pytest.mark.parametrize(
    ("last", "total"),
    [
        ("其他需要说明的事项 | 无 | < | < | < | < | <\n总分 | < | < | < | < | 100 | 98", ("100", "98", None)),
        (
            "注：得分不得超过分值。 | < | < | < | < | < | <\n总分 | < | < | < | < | 100 | 98",
            ("100", "98", None),
        ),
        ("总分 | < | < | 自评等级：优 | < | 100 | 98", ("100", "98", "优")),
        ("总分 | < | < | < | < | 100% | 98", ("100%", "98", None)),
        ("填报单位（盖章）：公路站 | < | < | 填报日期：2024年3月 | < | < | <", None),
    ],
)
def test_the_end_of_a_table(last: str, total: tuple[str | None, ...] | None) -> None:
    table = only(TITLE, drawn(f"{NAME}\n{HEADER}\n{ROWS}\n{last}"))
    assert len(table.indicators) == 2
    found = tuple(None if cell is None else str(cell) for cell in (table.total.weight, table.total.score))
    if total is None:
        assert found == (None, None)
    else:
        assert (*found, table.total.grade) == total


def test_a_total_beside_deductions() -> None:
    grid = drawn("""
项目名称 | 农村道路 | < | < | < | <
一级指标 | 三级指标 | 指标值 | 分值 | 扣分 | 得分
产出指标 | 里程 | ≥10公里 | 100 | 2 | 98
总分 | < | < | 100 | 2 | 98
""")
    table = only(TITLE, grid)
    assert (str(table.total.weight), str(table.total.score)) == ("100", "98")


def test_a_total_above_the_indicators() -> None:
    grid = drawn(f"{NAME}\n自评得分 | 98 | < | 自评等级 | 优 | < | <\n{HEADER}\n{ROWS}")
    table = only(TITLE, grid)
    assert (str(table.total.score), table.total.grade) == ("98", "优")


def test_what_a_form_says_of_its_grade_is_none() -> None:
    grid = drawn(f"{NAME}\n{TABLE}\n评价结论 | 自评总分分 | < | < | < | < | <")
    assert only(TITLE, grid).total.grade is None


@pytest.mark.parametrize("between", [" ", "    ", "\n"], ids=["a space", "spaces", "a line each"])
def test_text_that_lost_its_columns_is_said(between: str) -> None:
    lines = [
        cell
        for line in f"{HEADER}\n{ROWS}".split("\n")
        for cell in (between.join(line.split(" | ")).split("\n"))
    ]
    assert codes(TITLE, *lines) == ["PE054"]
    assert tables(TITLE, *lines) == ()


def test_prose_about_columns_is_no_table() -> None:
    assert codes("本表设一级指标、二级指标、三级指标、指标值、分值和得分。", "指标值 分值 得分") == []


def test_a_summary_with_a_row_for_each_project_is_no_table_of_indicators() -> None:
    grid = drawn("""
序号 | 单位名称 | 项目编码 | 项目名称 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 自评得分 | 自评等级
1 | 公路站 | A1 | 农村道路 | 100 | 120 | 120 | 100% | 98 | 优
""")
    assert tables("2023年度项目支出绩效自评情况汇总表", grid) == ()
