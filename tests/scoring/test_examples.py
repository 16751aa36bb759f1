"""The eight tables of a published disclosure: every score, verdict and total, recomputed."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfeval import Scorecard, Verdict, read, score

ROOT = Path(__file__).parents[2] / "examples"
BORTALA = ROOT / "rulebooks/bortala-2024.toml"

# file: execution rate and score; rows as name, score, printed score; total, printed total
TABLES: dict[str, tuple[str, str, list[tuple[str, str, str]], str, str | None]] = {
    "00-whole-unit": (
        "100.00%", "10.00",
        [
            ("外贸进出口总额增长", "30.00", "30"),
            ("社会消费品零售总额增长", "30.00", "30"),
            ("参加办理各类展会、推介会", "30.00", "30"),
        ],
        "100.00", None,
    ),
    "01-service-industry": (
        "100.00%", "10.00",
        [
            ("支持项目数量", "15.00", "15"),
            ("资金使用合规率", "15.00", "15"),
            ("项目资金支付及时率", "10.00", "10"),
            ("揽收项目支出费用", "12.00", "12"),
            ("家电回收体系建设项目支出", "8.00", "8"),
            ("促进工业品下乡和农产品进城更加畅通", "20.00", "20"),
            ("服务对象对项目的满意度", "10.00", "10"),
        ],
        "100.00", "100.00",
    ),
    "02-car-trade-in": (
        "88.01%", "8.80",
        [
            ("全年以旧换新补贴车辆数", "15.00", "15"),
            ("以旧换新车辆补贴合格率", "15.00", "15"),
            ("补贴发放及时率", "10.00", "10"),
            ("汽车以旧换新补贴资金", "15.00", "15"),
            ("项目成本控制率", "5.00", "5"),
            ("提升车辆所有人安全环保意识", "20.00", "20"),
            ("申领补贴群众满意度", "10.00", "10"),
        ],
        "98.80", "98.80",
    ),
    "03-investment-brain": (
        "100.00%", "10.00",
        [
            ("购买服务", "9.00", "9"),
            ("建设辅助招商系统", "9.00", "9"),
            ("数据每周更新率", "8.00", "8"),
            ("资金使用合规率", "8.00", "8"),
            ("全量数据更新频次", "6.00", "6"),
            ("2024年产业招商大脑信息化平台成本", "20.00", "20"),
            ("提升全州招商引资精确度", "20.00", "20"),
            ("招商人员平台使用满意度", "10.00", "10"),
        ],
        "100.00", "100.00",
    ),
    "04-dry-port": (
        "17.88%", "1.79",
        [
            ("外出调研次数", "15.00", "15"),
            ("调研开展完成率", "15.00", "15"),
            ("调研完成及时率", "10.00", "10"),
            ("工作小组调研考察运转保障经费", "10.00", "0"),
            ("差旅费", "9.96", "10"),
            ("保障工作小组正常运转", "20.00", "20"),
            ("工作小组人员满意度", "10.00", "10"),
        ],
        "91.75", "81.79",
    ),
    "05-party-branch": (
        "100.00%", "10.00",
        [
            ("2023年民主评议优秀共产党员人数", "12.00", "12"),
            ("慰问困难党员搞活动次数", "12.00", "12"),
            ("奖励金发放标准达标率", "8.00", "8"),
            ("项目资金拨付及时性", "8.00", "8"),
            ("优秀党员奖励金额", "10.00", "10"),
            ("慰问搞活动金额", "10.00", "10"),
            ("优秀党员发挥模范作用", "20.00", "20"),
            ("受奖励人员满意度", "10.00", "10"),
        ],
        "100.00", "100.00",
    ),
    "06-investment-attraction": (
        "97.60%", "9.76",
        [
            ("赴各省市招商次数", "12.00", "12"),
            ("参加办理各类展会、推介会", "12.00", "12"),
            ("招商项目完成率", "8.00", "8"),
            ("项目完成及时率", "8.00", "8"),
            ("招商引资费用", "10.00", "10"),
            ("招商展会开办费用", "10.00", "10"),
            ("保障各类招商工作正常进行", "20.00", "20"),
            ("招商活动参与者满意度", "10.00", "10"),
        ],
        "99.76", "99.76",
    ),
    "07-logistics-plan": (
        "44.44%", "4.44",
        [
            ("出具商贸物流产业发展研究报告数量", "15.00", "15"),
            ("报告出具完成率", "15.00", "15"),
            ("报告完成及时率", "10.00", "10"),
            ("商贸物流产业发展规划研究成本", "12.00", "12"),
            ("项目成本控制率", "8.00", "8"),
            ("推动全州商贸物流企业发展能力", "20.00", "20"),
            ("内外贸和招商引资企业的满意率", "10.00", "10"),
        ],
        "94.44", "94.44",
    ),
}  # fmt: skip
DIFFERENT = {("04-dry-port", "差旅费"): "coarse", ("04-dry-port", "工作小组调研考察运转保障经费"): "below"}


def card(name: str, book: Path | str = "common-practice") -> Scorecard:
    reading = read(ROOT / f"bortala-2024/{name}.toml")
    assert reading.findings == ()
    (table,) = reading.evaluations
    return score(table, book)


def rows(found: Scorecard) -> list[tuple[str, str, str]]:
    return [
        ((row.indicator.level3 or "").replace(" ", ""), str(row.score), str(row.reported_score)) for row in found.indicators
    ]  # fmt: skip


def test_all_the_examples_are_in_the_table() -> None:
    assert sorted(TABLES) == [path.stem for path in sorted((ROOT / "bortala-2024").glob("*.toml"))]
    assert sum(len(table[2]) for table in TABLES.values()) == 55


@pytest.mark.parametrize("name", TABLES)
def test_scores(name: str) -> None:
    found = card(name)
    rate, execution, indicators, total, printed = TABLES[name]
    assert (found.execution.rate, str(found.execution.score)) == (rate, execution)
    assert rows(found) == indicators
    assert (str(found.total), found.grade, dict(found.unscorable)) == (total, "优", {})
    assert found.reported_total == (None if printed is None else Decimal(printed))
    assert (found.scored_subtotal, found.scored_weight) == (Decimal(total), Decimal(100))


@pytest.mark.parametrize("name", TABLES)
def test_verdicts(name: str) -> None:
    found = card(name)
    assert found.execution.verdict == "equal"
    expected = [DIFFERENT.get((name, level3), "equal") for level3, _, _ in TABLES[name][2]]
    assert [row.verdict for row in found.indicators] == expected


# Under the book made from this filing, the row of 0 yuan is as printed, and only 差旅费 differs.
@pytest.mark.parametrize("name", TABLES)
def test_under_the_book_of_the_filing(name: str) -> None:
    found = card(name, BORTALA)
    expected = [
        (level3, "0.00" if level3 == "工作小组调研考察运转保障经费" else made, printed)
        for level3, made, printed in TABLES[name][2]
    ]
    assert rows(found) == expected
    assert str(found.execution.score) == TABLES[name][1]
    assert str(found.total) == ("81.75" if name == "04-dry-port" else TABLES[name][3])
    assert [level3 for (level3, *_), row in zip(expected, found.indicators, strict=True) if row.verdict is not Verdict.EQUAL] == (
        ["差旅费"] if name == "04-dry-port" else []
    )  # fmt: skip


# The notes of all 55 rows, where there are any.
def test_notes() -> None:
    noted = {
        row.indicator.level3: [str(note) for note in row.notes]
        for name in TABLES
        for row in card(name).indicators
        if row.notes and "asserted" not in row.notes
    }
    assert noted == {
        "全年以旧换新补贴车辆数": ["over-achieved"],
        "工作小组调研考察运转保障经费": ["zero-under-ceiling"],
        "赴各省市招商次数": ["over-achieved"],
    }
    asserted = [
        row.indicator.target for name in TABLES for row in card(name).indicators if "asserted" in row.notes
    ]
    assert [str(cell) for cell in asserted] == [
        "有效促进",
        "有效提升",
        "进一步提升",
        "有效保障",
        "有效保障",
        "有效推动",
    ]


def test_places() -> None:
    found = card("04-dry-port")
    text = (ROOT / "bortala-2024/04-dry-port.toml").read_text("utf-8").split("\n")
    lines = [place.line for row in found.indicators if (place := row.place) and place.line]
    assert [text[line - 1] for line in lines] == ["[[indicators]]"] * 7
    assert [text[line + 2] for line in lines] == [
        f'level3 = "{name}"' for name, _, _ in TABLES["04-dry-port"][2]
    ]
    assert found.execution.place is not None
    assert text[(found.execution.place.line or 0) - 1] == "[[funding]]"
