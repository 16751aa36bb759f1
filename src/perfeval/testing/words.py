"""The words of clean tables: what is counted, how well, by when, for how much, to what effect; no proper names."""

from __future__ import annotations

__all__ = [
    "BENEFITS_COUNTED",
    "BENEFITS_IN_WORDS",
    "CEILINGS",
    "COST_PARTS",
    "EVIDENCE",
    "LATE_REASONS",
    "PROJECTS",
    "QUALITIES",
    "QUANTITIES",
    "RANGES",
    "SATISFACTIONS",
    "SHORTFALL_REASONS",
    "STAGES_OF_WORK",
    "TIMELINESS",
    "UNITS",
    "UNIT_COSTS",
    "UNSPENT_REASONS",
    "WHOLE_BENEFITS",
    "WHOLE_QUANTITIES",
    "Counted",
    "Worded",
]

import attrs


@attrs.frozen
class Counted:
    """Something that is counted or measured: its name, its unit, and from where to where its targets lie."""

    name: str
    unit: str
    low: int
    high: int


@attrs.frozen
class Worded:
    """Something that is said in words: its name, and the statement that is its target."""

    name: str
    target: str


UNITS = tuple("某县交通运输局 某县农业农村局 某县教育局 某区卫生健康局 某市水利局 某乡人民政府".split())
PROJECTS = tuple(
    "农村道路养护 灌区渠道维修 校舍安全加固 基层诊所设备更新 老旧管网改造 农技推广服务 河道清淤整治 公共图书购置 "
    "村级广场建设 消防设施维护 职业技能培训 植树造林抚育".split()
)
QUANTITIES = (
    Counted("养护道路里程", "公里", 20, 400),
    Counted("维修渠道长度", "米", 800, 9000),
    Counted("培训学员数量", "人", 30, 900),
    Counted("印制宣传手册", "份", 300, 9000),
    Counted("购置检测设备", "台", 2, 60),
    Counted("新建蓄水池", "座", 4, 30),
    Counted("补贴种植面积", "亩", 200, 9000),
    Counted("举办技术讲座", "场", 3, 30),
    Counted("开展巡回检查", "次", 4, 90),
    Counted("修缮校舍面积", "平方米", 300, 8000),
    Counted("更新路灯盏数", "盏", 20, 600),
    Counted("抚育幼林面积", "公顷", 30, 900),
    Counted("编制技术规程", "项", 1, 9),
    Counted("覆盖行政村个数", "个", 5, 80),
)
WHOLE_QUANTITIES = (
    Counted("召开工作例会", "次", 4, 50),
    Counted("办理提案建议", "件", 5, 60),
    Counted("制定行业制度", "项", 2, 12),
    Counted("组织业务考核", "批", 2, 9),
)
WHOLE_BENEFITS = (Counted("服务企业户数", "户", 20, 400),)
QUALITIES = tuple(
    "工程验收合格率 设备安装合格率 学员结业率 资料归档完整率 数据填报准确率 苗木成活率 样品检测达标率 抽查问题整改率".split()
)
TIMELINESS = tuple("任务完成及时率 材料报送及时率 项目开工及时率 设备交付及时率".split())
STAGES_OF_WORK = tuple("项目完工时间 设备到货时间 成果提交时间 方案印发时间".split())
UNIT_COSTS = (
    Counted("每公里养护成本", "元/公里", 2000, 9000),
    Counted("人均培训成本", "元/人", 120, 900),
    Counted("单台设备采购成本", "万元/台", 2, 40),
    Counted("每平方米修缮成本", "元/平方米", 150, 950),
    Counted("亩均补贴标准", "元/亩", 40, 300),
)
COST_PARTS = tuple("材料成本 人工成本 设备租赁成本 差旅成本 印刷成本".split())
CEILINGS = (
    Counted("安全事故起数", "起", 1, 4),
    Counted("服务投诉件数", "件", 2, 12),
    Counted("设备停机时长", "小时", 10, 90),
)
BENEFITS_IN_WORDS = (
    Worded("群众出行条件", "有效改善"),
    Worded("农业灌溉条件", "明显改善"),
    Worded("基层服务能力", "有所提升"),
    Worded("生态环境质量", "持续改善"),
    Worded("公共服务水平", "进一步提高"),
)
BENEFITS_COUNTED = (
    Counted("带动就近务工", "人", 20, 300),
    Counted("受益农户户数", "户", 50, 900),
    Counted("节约用水总量", "立方米", 500, 9000),
)
RANGES = (
    Counted("设备使用负荷率", "%", 60, 90),
    Counted("库存物资周转率", "%", 40, 80),
)
SATISFACTIONS = tuple("群众满意度 服务对象满意度 学员满意度 受益农户满意度".split())
EVIDENCE = tuple("验收报告 工作总结 会计凭证 签到台账 检测报告 影像资料".split())
SHORTFALL_REASONS = (
    "受汛期影响，部分任务顺延，下一步加强调度",
    "施工单位进场推迟，已督促加快进度",
    "参加对象临时变动，今后提前摸底",
)
UNSPENT_REASONS = ("招标后合同价低于预算，结余资金已上交", "资金下达较晚，尾款按合同于次年支付")
LATE_REASONS = ("年中追加预算", "按规定压减预算")
