"""Tables as one flat frame, and each as the evaluation that its rows are: what the laws of tables share."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from perfeval import Evaluation, RuleBook, score, score_indicator
from perfeval.frames import Columns, Tables
from perfeval.table import Funding, Indicator, Total
from perfeval.table.files import table_data
from perfeval.table.flat import flat_rows
from perfeval.testing import strategies as cells
from perfeval.values import Comparison

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
def told(draw: st.DrawFn) -> Indicator:
    """A row of numbers that reports what another reading gives, or a little more or less."""
    unit = draw(st.sampled_from(["", "次", "万元", "%", "天"]))
    digits = draw(st.sampled_from([0, 0, 1, 2]))
    target, actual = (draw(st.one_of(st.integers(1, 9), st.integers(1, 200))) for _ in range(2))
    actual = draw(st.sampled_from([actual, target + 1, target - 1, target * 2, target]))
    row = Indicator(
        level1=draw(st.sampled_from(["产出指标", "成本指标"])),
        level3=draw(st.sampled_from(["任务完成数量", "投诉率", "群众满意度", "完成率"])),
        target=f"{draw(st.sampled_from(['', '>=', '<=', '=']))}{Decimal(target).scaleb(-digits)}{unit}",
        actual=f"{Decimal(actual).scaleb(-draw(st.sampled_from([0, digits])))}{unit}",
        weight=draw(st.sampled_from(["10", "8", "12.5", "3", "20"])),
        rule=draw(st.sampled_from([None, "按照正常比例赋分", "直接赋分", "满意度赋分"])),
    )
    return attrs.evolve(row, score=draw(_reported(row)))


@st.composite
def _reported(draw: st.DrawFn, row: Indicator) -> str:
    """A score near one that some book, direction or end of an interval gives."""
    assert row.target is not None
    assert row.actual is not None
    bare = row.target.text.lstrip("<>=")
    nudge = draw(
        st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("-0.5"), Decimal("0.005"), Decimal("-0.005")])
    )
    value = row.actual.value
    actual = row.actual.text
    if isinstance(value, Comparison):
        actual = f"{value.quantity.number + nudge:f}{value.quantity.unit.symbol}"
    reading = score_indicator(
        draw(st.sampled_from([row.target.text, f"<={bare}", f">={bare}"])),
        actual,
        row.weight,  # type: ignore[arg-type]  # a cell is taken as it is
        row.rule,
        row.level1,
        None,
        row.level3,
        None,
        draw(st.sampled_from(["common-practice", "platform", "hubei"])),
    ).score
    more = draw(st.sampled_from(["0", "0.01", "0.02", "0.03", "-0.01", "0.06", "0.5", "0.63", "1.1", "3"]))
    wanted = (reading if reading is not None else Decimal(5)) + Decimal(more)
    made = wanted.quantize(Decimal(draw(st.sampled_from(["0.01", "0.01", "0.1", "1"]))))
    weight = row.weight.value if row.weight is not None else None
    return str(min(made, weight) if isinstance(weight, Decimal) and draw(st.integers(0, 5)) else made)


@st.composite
def _odd(draw: st.DrawFn) -> Evaluation:
    """A table of any cells: with rows that say nothing, weights that make 100, a row that is the execution rate."""
    rows = draw(st.lists(st.one_of(cells.indicators(), told()), min_size=1, max_size=6))
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


@st.composite
def totalled(draw: st.DrawFn) -> Evaluation:
    """A clean table whose total is rounded, or off by a little or much, or counts a score that is misprinted."""
    table = draw(cells.evaluations())
    exact = score(table).total or Decimal(0)
    off = draw(st.sampled_from(["0", "0.01", "0.04", "0.3", "0.51", "0.99", "1", "1.01", "-1.2", "2", "-7"]))
    step = Decimal(draw(st.sampled_from(["0.01", "0.01", "0.1", "1"])))
    total = Total(score=str((exact + Decimal(off)).quantize(step)))
    rows = list(table.indicators)
    if draw(st.booleans()):
        place = draw(st.integers(0, len(rows) - 1))
        more = draw(st.sampled_from(["0.5", "1", "-1", "7", "30"]))
        printed = rows[place].score
        if printed is not None and isinstance(printed.value, Decimal):
            rows[place] = attrs.evolve(rows[place], score=str(printed.value + Decimal(more)))
    return attrs.evolve(table, indicators=rows, total=total)


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
