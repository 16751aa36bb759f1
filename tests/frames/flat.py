"""Tables as one flat frame, and each as the evaluation that its rows are: what the laws of tables share."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from perfeval import Evaluation, RuleBook
from perfeval.frames import Columns, Tables
from perfeval.table import Funding, Indicator, Total
from perfeval.table.files import table_data
from perfeval.table.flat import flat_rows
from perfeval.testing import strategies as cells

KEY = ("code", "part")
CELLS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "赋分规则": "rule",
}
COLUMNS = Columns(
    target="指标值",
    actual="实际完成值",
    weight="分值",
    reported="得分",
    rule="赋分规则",
    level1="一级指标",
    level2="二级指标",
    level3="三级指标",
    year="年度",
)
TABLES = Tables(
    key=KEY,
    budget="全年预算数",
    executed="全年执行数",
    execution_weight="执行率分值",
    execution_score="执行率得分",
    total="总分",
    grade="自评等级",
    partial="partial",
    amount_unit="金额单位",
)
MONEY = ("全年预算数", "全年执行数", "执行率分值", "执行率得分")
KEPT = (*CELLS, *MONEY, "年度", "总分", "自评等级", "金额单位")

Row = dict[str, Any]


def flat(evaluation: Evaluation, number: int, blank: str | None) -> list[Row]:
    """The rows of a table in perfeval's own flat form; a blank is an empty text or null."""
    rows = [{name: row[name] or blank for name in KEPT} for row in flat_rows([table_data(evaluation)])]
    key = {"code": f"P{number % 3}", "part": number}
    return [
        {**key, "row": f"{number}/{place}", **row, "partial": evaluation.partial}
        for place, row in enumerate(rows)
    ]


def table_of(rows: Sequence[Row]) -> Evaluation:
    """The evaluation that rows of one table are: one row of money, if a cell of it is filled."""
    first = rows[0]
    budget, executed, weight, score = (first[name] or "" for name in MONEY)
    funding = Funding(adjusted=budget, executed=executed, weight=weight, score=score)
    return Evaluation(
        year=first["年度"],
        amount_unit=first["金额单位"],
        partial=first["partial"],
        funding=(funding,) if any((budget.strip(), executed.strip(), weight.strip(), score.strip())) else (),
        indicators=tuple(
            Indicator(**{part: row[name] or "" for name, part in CELLS.items()}) for row in rows
        ),
        total=Total(score=first["总分"] or "", grade=first["自评等级"]),
    )


_AMOUNTS = st.one_of(
    st.sampled_from(
        [
            "", "—", "0", "0.00", "-1", "80", "80.00", "8万", "80万元", "800000元", "0.8亿", "854万(A400,B454)",
            "80?", "XX", "80次", "无", "1234567890123456789", "99999999999999.99", "79.9999", "80.004", "800角",
        ]
    ),
    st.decimals(0, 200, places=2).map(str),
    st.integers(0, 10**7).map(lambda number: f"{number}元"),
)  # fmt: skip
_POINTS = st.sampled_from(["", "10", "—", "20", "20.5", "10分", "0", "优", "9.999", "25%", "5"])
_TOTALS = st.sampled_from(["", "98.5", "100分", "—", "优秀", "79.995", "-3", "120"])
_UNITS = st.sampled_from([None, "万元", "金额单位:元", "(亿元)", "人"])
_NAMES = st.sampled_from(["预算执行率", "执行进度", None, None, None, None])


@st.composite
def _odd(draw: st.DrawFn) -> Evaluation:
    """A table of any cells: with rows that say nothing, weights that make 100, a row that is the execution rate."""
    rows = draw(st.lists(cells.indicators(), min_size=1, max_size=6))
    if draw(st.booleans()):
        rows.append(
            Indicator(
                level1="产出指标",
                target="",
                actual="",
                weight="",
                score=draw(st.sampled_from(["", "—", "1"])),
            )
        )
    if draw(st.booleans()):
        rows.append(
            Indicator(
                level1=" 效益指标",
                target=">=1次",
                actual="1次",
                weight=draw(st.sampled_from(["90", "100", "33.333"])),
            )
        )
    if name := draw(_NAMES):
        rows.append(
            Indicator(level3=name, target=">=90%", actual="85%", weight=draw(st.sampled_from(["10", ""])))
        )
    money = Funding(
        adjusted=draw(_AMOUNTS), executed=draw(_AMOUNTS), weight=draw(_POINTS), score=draw(_POINTS)
    )
    return Evaluation(
        year=draw(st.sampled_from([None, "2024", "2025年度"])),
        amount_unit=draw(_UNITS),
        partial=draw(st.integers(0, 9)) == 0,
        funding=(money,),
        indicators=rows,
        total=Total(score=draw(_TOTALS), grade=draw(st.sampled_from([None, "优", "中"]))),
    )


_PLANTED = cells.evaluations(planted=True).map(lambda planted: planted.evaluations[0])
EVALUATIONS = st.lists(st.one_of(_odd(), cells.evaluations(), _PLANTED), min_size=1, max_size=5)


@st.composite
def flat_tables(draw: st.DrawFn) -> list[list[Row]]:
    """Some tables as rows; as the flat form has no ``partial`` it is added."""
    found = draw(EVALUATIONS)
    return [flat(table, number, draw(st.sampled_from(["", None]))) for number, table in enumerate(found)]


def mixed(tables: Sequence[Sequence[Row]]) -> dict[str, list[Any]]:
    """One frame of all the rows, those of a table not together."""
    longest = max(len(rows) for rows in tables)
    turns = [rows[turn] for turn in range(longest) for rows in tables if turn < len(rows)]
    return {name: [row[name] for row in turns] for name in turns[0]}


def units(number: Decimal | None, book: RuleBook) -> int | None:
    """Points in units of the book's step."""
    if number is None:
        return None
    whole = number / book.rounding.step
    assert whole == int(whole)
    return int(whole)
