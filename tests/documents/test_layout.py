"""Grids to tables: every form, headers, levels, totals, broken rows, shifted fields."""

import pytest

from documents.drawing import document, drawn
from perfeval import Evaluation
from perfeval.documents.grid import Document, Grid
from perfeval.documents.layout import built_in_words, lay_out
from perfeval.table import table_data


def only(*blocks: Grid | str) -> Evaluation:
    found = lay_out(document(*blocks), built_in_words())
    (table,) = found.evaluations
    return table


def codes(*blocks: Grid | str) -> list[str]:
    return [finding.code for finding in lay_out(document(*blocks), built_in_words()).findings]


def rows(table: Evaluation, *fields: str) -> list[tuple[str, ...]]:
    return [
        tuple(str(value) if (value := getattr(row, field)) is not None else "" for field in fields)
        for row in table.indicators
    ]


ROW = ("level1", "level2", "level3", "target", "actual", "weight", "score")

SICHUAN = (
    "项目支出绩效自评表",
    "（2023年度）",
    "金额单位：万元",
    drawn("""
项目名称 | 51011723T000007892345-某补助项目 | < | < | < | < | < | <
主管部门 | 某局 | < | < | 实施单位 | 某中心 | < | <
项目资金\\n（万元） |  | 年初预算数 | 全年预算数 | 预算执行数 | 权重 | 执行率 | 得分
^ | 总额 | 238.93 | 251.89 | 251.89 | 10 | 100.00% | 10
^ | 其中：财政资金 | 238.93 | 251.89 | 251.89 | / | 100.00% | /
年度目标 | 年初设定目标 | < | < | 全年完成情况 | < | < | <
^ | 做好工作 | < | < | 已做好 | < | < | <
"""),
    drawn("""
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析
产出指标 | 数量指标 | 发放人数 | ≥ | 100 | 人 | 120 | 20 | 20 |
^ | 质量指标 | 覆盖率 | = | 100 | % | 100 | 20 | 20 |
效益指标 | 社会效益指标 | 生活改善 | 定性 | 有效改善 | | 有效改善 | 40 | 40 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥ | 90 | % | 95 | 10 | 10 |
合计 | < | < | < | < | < | < | 100 | 100 |
"""),
)


def test_operator_value_and_unit_in_columns_of_their_own() -> None:
    table = only(*SICHUAN)
    assert (table.name, table.keys, table.year, table.amount_unit) == (
        "某补助项目",
        {"project_code": "51011723T000007892345"},
        "2023",
        "万元",
    )
    assert (table.department, table.organisation) == ("某局", "某中心")
    assert (table.goal.expected, table.goal.actual) == ("做好工作", "已做好")
    assert [row.target.parts for row in table.indicators if row.target] == [
        ("≥", "100", "人"),
        ("=", "100", "%"),
        ("定性", "有效改善", ""),
        ("≥", "90", "%"),
    ]
    assert rows(table, "level1", "actual", "weight", "score")[1] == ("产出指标", "100", "20", "20")
    assert [table_data(table)["funding"][index]["executed"] for index in (0, 1)] == ["251.89", "251.89"]
    assert (str(table.total.weight), str(table.total.score)) == ("100", "100")
    assert codes(*SICHUAN) == []


def test_no_weight_column_and_the_execution_rate_in_twenty() -> None:
    table = only(
        "2022年度科学普及经费项目自评表",
        drawn("""
项目名称 | 科学普及经费 | < | < | < | < | <
预算执行情况（万元）（20分） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率） | <
^ | 年度财政资金总额 | 104 | 103.97 | 99.97 | 19 | <
年度目标1：（80分） | 开展科普 | < | < | < | < | <
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
^ | 产出指标 | 数量指标 | 公众号运维 | 不少于800篇 | 800篇 | 8
^ | ^ | ^ | 科普日活动 | 10场 | 9场 | 7
总分 | < | < | < | < | < | 34
"""),
    )
    assert table_data(table)["funding"] == [
        {"label": "年度财政资金总额", "adjusted": "104", "executed": "103.97", "rate": "99.97", "score": "19"}
    ]
    assert table.indicators[0].weight is None
    assert rows(table, "level2", "level3", "target", "actual", "score") == [
        ("数量指标", "公众号运维", "不少于800篇", "800篇", "8"),
        ("数量指标", "科普日活动", "10场", "9场", "7"),
    ]
    assert table.goal.expected == "开展科普"
    assert (table.total.weight, str(table.total.score)) == (None, "34")


def test_a_flat_list_with_coefficients_and_an_adjusted_target() -> None:
    table = only(
        "2021年度部门整体绩效自评表",
        drawn("""
部门（单位）名称 | 融媒体中心 | < | < | 财政科室 | 科教文科 | < | < | < | <
当年整体绩效目标 | 做好宣传 | < | < | < | < | < | < | < | <
指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数（%） | 指标权重 | 指标得分 | 是否核心指标
财政供养人员控制率 | % | ≤ | 100 | | 92 | 100 | 40 | 40 | 否
宣传次数 | 次 | ≥ | 10 | 12 | 12 | 100 | 60 | 60 | 是
总分 | | | | | | | 100 | 100 |
"""),
    )
    assert (table.kind, table.name) == ("whole_unit", "融媒体中心")
    assert rows(table, "level3", "target", "actual", "coefficient", "weight") == [
        ("财政供养人员控制率", "≤100%", "92", "100", "40"),
        ("宣传次数", "≥12次", "12", "100", "60"),
    ]


@pytest.mark.parametrize("form", ["two lines", "one line"])
def test_a_reviewed_table(form: str) -> None:
    heads = {
        "two lines": """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 自评情况 | < | 复核情况 | < | <
^ | ^ | ^ | ^ | ^ | 实际完成值 | 得分 | 实际完成值 | 得分 | 扣分原因""",
        "one line": "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 实际完成值 | 自评得分 | 复核完成值 | 复核得分 | 复核说明",
    }
    table = only(
        "项目支出绩效自评复核表",
        drawn(f"""
项目名称 | 路灯 | < | < | < | < | < | < | < | <
{heads[form].strip()}
产出指标 | 数量指标 | 路灯数 | ≥100盏 | 50 | 100盏 | 50 | 90盏 | 45 | 少十盏
效益指标 | 社会效益指标 | 照明 | 改善 | 50 | 改善 | 50 | 改善 | 48 |
总分 | < | < | < | 100 | | 100 | | 93 |
"""),
    )
    fields = ("actual", "score", "review_actual", "review_score", "review_reason")
    assert rows(table, *fields) == [("100盏", "50", "90盏", "45", "少十盏"), ("改善", "50", "改善", "48", "")]
    assert (table.stage, str(table.total.score), str(table.total.review_score)) == ("review", "100", "93")


def test_a_flat_export_has_a_table_for_each_project() -> None:
    found = lay_out(
        document(
            drawn("""
项目编码 | 项目名称 | 预算单位 | 全年预算数 | 全年执行数 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 得分
A1 | 甲 | 某局 | 10 | 9 | 产出指标 | 数量指标 | 次数 | ≥5次 | 5次 | 50 | 50
A1 | 甲 | 某局 | 10 | 9 | 效益指标 | 社会效益指标 | 效果 | 好 | 好 | 40 | 40
B2 | 乙 | 某局 | 20 | 20 | 产出指标 | 数量指标 | 人数 | ≥9人 | 9人 | 90 | 90
""")
        ),
        built_in_words(),
    )
    first, second = found.evaluations
    assert (first.name, first.keys, first.organisation) == ("甲", {"project_code": "A1"}, "某局")
    assert rows(first, *ROW) == [
        ("产出指标", "数量指标", "次数", "≥5次", "5次", "50", "50"),
        ("效益指标", "社会效益指标", "效果", "好", "好", "40", "40"),
    ]
    assert (second.name, len(second.indicators)) == ("乙", 1)
    assert table_data(second)["funding"] == [{"adjusted": "20", "executed": "20"}]


def test_a_transfer_with_its_sections_of_prose() -> None:
    blocks = (
        "转移支付区域绩效自评表（2023年度）",
        drawn("""
转移支付（项目）名称 | 普惠金融发展专项资金 | < | < | < | <
中央主管部门 | 财政部 | < | < | < | <
地方主管部门 | 省财政厅 | < | 资金使用单位 | 县财政局 | <
资金投入情况（万元） | | | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A×100%）
^ | 年度资金总额： | < | 208 | 109.8 | 52.8%
^ | 其中：中央财政资金 | < | 165 | 84.5 | 51.2%
资金管理情况 | | 情况说明 | < | 存在问题和改进措施 | <
^ | 分配科学性 | 科学 | < | 无 | <
总体目标完成情况 | 总体目标 | < | < | 全年实际完成情况 | <
^ | 发展普惠金融 | < | < | 已完成 | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值
^ | 产出指标 | 数量指标 | 贷款增长率 | ≥10% | 15%
^ | ^ | 质量指标 | 回收率 | ≥90% | 98.7%
说明 | 请在此处简要说明 | < | < | < | <
"""),
    )
    table = only(*blocks)
    assert (table.kind, table.name, table.organisation, table.year) == (
        "transfer",
        "普惠金融发展专项资金",
        "县财政局",
        "2023",
    )
    assert [row["executed"] for row in table_data(table)["funding"]] == ["109.8", "84.5"]
    assert rows(table, "level3", "target", "actual") == [
        ("贷款增长率", "≥10%", "15%"),
        ("回收率", "≥90%", "98.7%"),
    ]
    assert codes(*blocks) == []


def test_targets_only() -> None:
    blocks = (
        "项目支出绩效目标表",
        "（2024年度）",
        drawn("""
项目名称 | 绿化 | < | <
主管部门 | 城管局 | 实施单位 | 园林所
项目资金（万元） | 年度资金总额 | 100 | <
^ | 其中：财政拨款 | 100 | <
总体目标 | 年度目标 | < | <
^ | 养护绿地 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 面积 | 375万平方米
^ | 质量指标 | 完好率 | ≥95%
"""),
    )
    table = only(*blocks)
    assert (table.kind, table.stage, table.goal.expected, table.goal.actual) == (
        "targets",
        "target",
        "养护绿地",
        None,
    )
    assert [row.initial.text for row in table.funding if row.initial] == ["100", "100"]
    assert rows(table, "level2", "level3", "target") == [
        ("数量指标", "面积", "375万平方米"),
        ("质量指标", "完好率", "≥95%"),
    ]
    assert codes(*blocks) == []


HEAD = """
项目名称 | 修路 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
"""


def test_filler_rows_are_left_out_and_places_follow() -> None:
    table = only(
        drawn(f"""{HEAD.strip()}
产出指标(50分) | 数量指标 | 指标1：人数 | 200 | 200余人 | 60 | 60
^ | ^ | …… | | | |
^ | 成本指标 | 成本 | ≤55万元 | 55万元 | 40 | 40
总分 | < | < | < | < | 100 | 100
""")
    )
    assert rows(table, "level1", "level2", "level3") == [
        ("产出指标(50分)", "数量指标", "指标1：人数"),
        ("产出指标(50分)", "成本指标", "成本"),
    ]
    place = table.place("indicators[1].target")
    assert place is not None
    assert place.row == 5


EDGES = (0.0, 50.0, 100.0, 200.0, 260.0, 320.0, 360.0, 400.0)
REST = """
效益指标 | 社会效益 | 通行改善 | 改善 | 改善 | 30 | 30
总分 | < | < | < | < | 100 | 100
"""


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        pytest.param(
            "产出指标 | 数量指标 | 修建农村 | ≥10公里 | 10公里 | 70 | 70",
            " | | 公路里程 | | | | ",
            ("产出指标", "数量指标", "修建农村公路里程", "≥10公里", "10公里", "70", "70"),
            id="the name runs on",
        ),
        pytest.param(
            "产出指标 | 数量指标 | 修建农村 | | | | ",
            " | | 公路里程 | ≥10公里 | 10公里 | 70 | 70",
            ("产出指标", "数量指标", "修建农村公路里程", "≥10公里", "10公里", "70", "70"),
            id="the values stand on the second page",
        ),
        pytest.param(
            "产出 | 数量 | 里程 | ≥10 | 10 | 70 | 70",
            "指标 | 指标 | | 公里 | 公里 | | ",
            ("产出指标", "数量指标", "里程", "≥10公里", "10公里", "70", "70"),
            id="values broken too",
        ),
        pytest.param(
            "产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 70 | 70",
            f"{HEAD.strip().splitlines()[1]}\n | | （一期） | | | | ",
            ("产出指标", "数量指标", "里程（一期）", "≥10公里", "10公里", "70", "70"),
            id="the header printed again inside the row",
        ),
    ],
)
def test_a_row_broken_over_a_page(before: str, after: str, row: tuple[str, ...]) -> None:
    first = drawn(f"{HEAD.strip()}\n{before}", page=1, edges=EDGES)
    second = drawn(f"{after}\n{REST.strip()}", page=2, edges=tuple(edge + 7 for edge in EDGES))
    for between in ((), ("第 1 页 共 2 页",), ("- 1 -",), ("续表",)):
        table = only(first, *between, second)
        assert rows(table, *ROW)[0] == row
        assert rows(table, *ROW)[1][2] == "通行改善"
        assert "PE040" in codes(first, *between, second)


@pytest.mark.parametrize(
    ("before", "after", "levels"),
    [
        pytest.param("产出指标", "", ["产出指标"] * 4, id="stands on the first page"),
        pytest.param("", "产出指标", ["产出指标"] * 4, id="stands on the second page"),
        pytest.param("产出", "指标", ["产出指标"] * 4, id="cut in two"),
        pytest.param("产出指标", "产出指标", ["产出指标"] * 4, id="printed twice"),
        pytest.param("产出指标", "效益指标", ["产出指标"] * 2 + ["效益指标"] * 2, id="another one"),
    ],
)
def test_a_merged_level_over_a_page_end(before: str, after: str, levels: list[str]) -> None:
    first = drawn(
        f"""{HEAD.strip()}
{before} | 数量指标 | 里程 | ≥10公里 | 10公里 | 20 | 20
^ | ^ | 桥梁 | ≥1座 | 1座 | 20 | 20
""",
        page=1,
        edges=EDGES,
    )
    second = drawn(
        f"""{after} | 质量指标 | 合格率 | ≥95% | 96% | 30 | 30
^ | 时效指标 | 及时率 | ≥95% | 96% | 30 | 30
总分 | < | < | < | < | 100 | 100
""",
        page=2,
        edges=EDGES,
    )
    table = only(first, second)
    assert [row.level1 for row in table.indicators] == levels
    assert [row.level2 for row in table.indicators] == ["数量指标", "数量指标", "质量指标", "时效指标"]


def test_rows_that_cannot_be_told_apart_refuse_the_table() -> None:
    grid = drawn(
        """
项目名称 | 修路 | | | | |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 里程 | ≥10公里 | 10公里 | 70 | 70
 | 桥梁 | 改善 | 改善 | 30 | 30 | 5 | 6 | 9
""",
        aligned=False,
    )
    found = lay_out(document(grid), built_in_words())
    assert found.evaluations == ()
    assert [(finding.code, str(finding.severity)) for finding in found.findings] == [("PE043", "error")]


def test_prose_and_other_tables_are_no_tables() -> None:
    found = lay_out(
        document(
            "收入支出决算表",
            drawn("项目 | 预算数 | 决算数\n一般公共预算 | 100 | 90"),
            "正文。",
            drawn("序号 | 姓名 | 得分\n1 | 甲 | 90"),
        ),
        built_in_words(),
    )
    assert (found.evaluations, found.findings) == ((), ())
    assert [paragraph.text for paragraph in found.paragraphs] == ["收入支出决算表", "正文。"]


def test_a_header_that_is_not_known_is_said() -> None:
    assert codes(drawn("一级指标 | 二级指标 | 名儿 | 打算 | 结果\n产出指标 | 数量 | 里程 | 10 | 10")) == []
    assert codes(drawn("一级指标 | 名儿 | 打算 | 分值 | 得分\n产出指标 | 里程 | 10 | 10 | 5")) == ["PE048"]


def test_two_columns_of_one_name() -> None:
    blocks = (
        drawn("""
项目名称 | 修路 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值 | 得分
产出指标 | 数量指标 | 里程 | 10 | 12 | 5
"""),
    )
    assert codes(*blocks) == ["PE053"]
    assert rows(only(*blocks), "target", "score") == [("10", "5")]


def test_an_empty_document() -> None:
    assert lay_out(Document(()), built_in_words()).evaluations == ()
