"""Transfers: laws of the aggregation first, then literal tables, what is not aggregated, and wrong calls."""

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.portfolio import (
    AGGREGATION_BASES,
    AggregatedCell,
    AggregationSettings,
    Funds,
    Method,
    Obstacle,
    StatementBy,
    aggregate,
    compare_with_parts,
)
from perfeval.report.aggregation_words import FUNDS, METHODS, OBSTACLES
from perfeval.table import dump_json, dump_toml
from perfeval.values import Comparison
from portfolio.regions import county, row
from table.strategies import CELLS, evaluations

counts = st.integers(0, 10**9)
hundredths = st.integers(0, 20_000)
funds = st.integers(1, 10**12)
USUAL = AggregationSettings()


def text_of(number: int, places: int = 2) -> str:
    return f"{Decimal(number).scaleb(-places):f}"


def cells(
    *tables: perfeval.Evaluation, settings: AggregationSettings = USUAL
) -> tuple[AggregatedCell, AggregatedCell]:
    (one,) = aggregate(tables, settings=settings).rows
    return one.target, one.actual


def number_in(cell: AggregatedCell) -> Fraction:
    """The number that the written cell says, in the unit of the cell."""
    value = perfeval.parse_target(cell.text)
    assert isinstance(value, Comparison)
    return Fraction(*value.quantity.in_unit(cell.unit))


def key(cell: AggregatedCell) -> object:
    """What a cell says, whatever the order of the tables."""
    return cell.method, cell.text, cell.values, cell.obstacle


# Laws


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=6))
def test_absolute_values_are_added_up_exactly(numbers: list[tuple[int, int]]) -> None:
    tables = [county(row(f">={t}个", f"{a}个"), budget=str(i + 1)) for i, (t, a) in enumerate(numbers)]
    target, actual = cells(*tables)
    assert (target.method, actual.method) == (Method.SUM, Method.SUM)
    assert target.values == (Fraction(sum(t for t, _ in numbers)),)
    assert actual.text == f"{sum(a for _, a in numbers)}个"


@given(st.lists(st.tuples(hundredths, hundredths, funds, funds), min_size=1, max_size=6))
def test_relative_values_are_averaged_by_the_funds(numbers: list[tuple[int, int, int, int]]) -> None:
    tables = [
        county(row(f">={text_of(t)}%", f"{text_of(a)}%"), budget=text_of(b), executed=text_of(e))
        for t, a, b, e in numbers
    ]
    if len(set(map(repr, tables))) < len(tables):
        return  # the same table twice is a wrong call
    for choice, place in ((Funds.BUDGET, 2), (Funds.EXECUTED, 3)):
        target, actual = cells(*tables, settings=AggregationSettings(funds=choice))
        whole = sum(one[place] for one in numbers)
        for cell, field in ((target, 0), (actual, 1)):
            exact = Fraction(sum(one[field] * one[place] for one in numbers), 100 * whole)
            assert cell.values == (exact,)
            assert min(Fraction(one[field], 100) for one in numbers) <= exact
            assert exact <= max(Fraction(one[field], 100) for one in numbers)
            assert abs(number_in(cell) - exact) <= Fraction(1, 200)
        # Rounding never makes a missed target look met, nor the other way round.
        assert _order(number_in(actual), number_in(target)) == _order(actual.values[0], target.values[0])


def _order(left: Fraction, right: Fraction) -> int:
    return (left > right) - (left < right)


regions = st.lists(
    st.builds(
        lambda t, a, b, e, words, score: county(
            row(f">={t}个", f"{a}个"),
            row(f">={text_of(a)}%", f"{text_of(t)}%", name="合格率"),
            row("有效改善", words, name="条件", score=score),
            budget=text_of(b),
            executed=text_of(e),
        ),
        hundredths,
        hundredths,
        funds,
        funds,
        st.sampled_from(["有效改善", "部分达成", "未达成", "较好"]),
        st.sampled_from(["0", "5", "6", "7.9", "8", "10", ""]),
    ),
    min_size=1,
    max_size=5,
    unique_by=repr,
)


@given(tables=regions, choice=st.sampled_from(Funds), by=st.sampled_from(StatementBy), data=st.data())
def test_the_order_of_the_tables_says_nothing(
    tables: list[perfeval.Evaluation], choice: Funds, by: StatementBy, data: st.DataObject
) -> None:
    settings = AggregationSettings(funds=choice, statement=by)
    made = aggregate(tables, settings=settings)
    other = aggregate(data.draw(st.permutations(tables)), settings=settings)
    assert [key(cell) for cell in made.cells] == [key(cell) for cell in other.cells]
    assert made.obstacles == other.obstacles


@given(tables=regions)
def test_money_in_other_units_says_the_same(tables: list[perfeval.Evaluation]) -> None:
    def in_yuan(table: perfeval.Evaluation) -> perfeval.Evaluation:
        (money,) = table.funding
        amounts = {
            name: f"{Decimal(cell.text) * 10_000:f}"
            for name in ("adjusted", "executed")
            if (cell := getattr(money, name))
        }
        return attrs.evolve(table, amount_unit="元", funding=[attrs.evolve(money, **amounts)])

    made = aggregate(tables)
    mixed = aggregate([tables[0], *map(in_yuan, tables[1:])])
    assert [key(row.actual) for row in made.rows] == [key(row.actual) for row in mixed.rows]
    for cell, other in zip(made.funding[0].cells.values(), mixed.funding[0].cells.values(), strict=True):
        assert (cell.values, Decimal(cell.text)) == (other.values, Decimal(other.text))


@given(tables=regions)
def test_one_table_says_what_it_says(tables: list[perfeval.Evaluation]) -> None:
    made = aggregate(tables[:1])
    for row_of_region, own in zip(made.evaluation.indicators, tables[0].indicators, strict=True):
        assert own.target is not None
        assert own.actual is not None
        assert row_of_region.target is not None
        assert row_of_region.actual is not None
        assert (row_of_region.target.value, row_of_region.actual.value) == (
            own.target.value,
            own.actual.value,
        )


@given(tables=regions)
def test_the_regional_table_survives_its_files(tables: list[perfeval.Evaluation]) -> None:
    evaluation = aggregate(tables).evaluation
    for text in (dump_toml((evaluation,)), dump_json((evaluation,))):
        assert perfeval.read(
            text.encode(), name="x.toml" if "schema =" in text else "x.json"
        ).evaluations == (evaluation,)
    perfeval.score(evaluation)
    perfeval.audit([evaluation])


@given(st.lists(counts, min_size=3, max_size=5, unique=True))
def test_sums_of_sums(numbers: list[int]) -> None:
    tables = [county(row(f">={n}个", f"{n}个"), budget=str(n)) for n in numbers]
    first = aggregate(tables[:2]).evaluation
    at_once, in_steps = aggregate(tables), aggregate([first, *tables[2:]])
    assert at_once.evaluation == in_steps.evaluation


@given(
    st.lists(evaluations, min_size=1, max_size=3), st.sampled_from(CELLS), st.sampled_from(CELLS), st.data()
)
def test_nothing_that_tables_say_raises(
    tables: list[perfeval.Evaluation], target: str, actual: str, data: st.DataObject
) -> None:
    """Any cells in rows that meet: of one name, so that they are combined."""
    rows = [
        [
            attrs.evolve(one, level1=None, level2=None, level3=data.draw(st.sampled_from(["甲", "乙"])))
            for one in (*table.indicators, row(target, actual))
        ]
        for table in tables
    ]
    made = [
        attrs.evolve(table, kind="transfer", stage="self", year="2024", keys={"n": str(n)}, indicators=own)
        for n, (table, own) in enumerate(zip(tables, rows, strict=True))
    ]
    region = aggregate(made, name="x")
    for cell in region.cells:
        assert (cell.method is None) == (cell.obstacle is not None)
        assert cell.method is not None or cell.text == ""
    assert perfeval.read(dump_json((region.evaluation,)).encode(), name="x.json").evaluations == (
        region.evaluation,
    )
    against = compare_with_parts(region.evaluation, made, name="x")
    assert against.questions == ()  # what was aggregated is explained
    perfeval.score(region.evaluation)


# Literal tables: the cells of each county with its money, then what the region says of it.


@pytest.mark.parametrize(
    ("printed", "method", "text"),
    [
        ([("5个", "60"), ("7个", "40")], "sum", "12个"),
        ([("8.90万元", "60"), ("51000元", "40")], "sum", "14.00万元"),
        ([("51000元", "60"), ("8.90万元", "40")], "sum", "140000元"),
        ([("1亩", "60"), ("1公顷", "40")], "sum", "16亩"),
        ([("1公顷", "60"), ("1亩", "40")], "sum", "1.07公顷"),  # 1.0666…: has no end
        ([("0个", "60"), ("7个", "40")], "sum", "7个"),
        ([("约5个", "60"), ("7个", "40")], "sum", "约12个"),
        ([("=5个", "60"), ("7个", "40")], "sum", "12个"),
        ([("1.5万人", "60"), ("500人", "40")], "sum", "1.55万人"),
        ([("100%", "60"), ("85.5%", "40")], "average", "94.20%"),
        ([("100%", "1"), ("99%", "2")], "average", "99.33%"),
        ([("85.123%", "60"), ("100%", "40")], "average", "91.074%"),
        ([("0.65万元/公里", "60"), ("6000元/公里", "40")], "average", "0.63万元/公里"),
        ([("100%", "0"), ("85.5%", "40")], "average", "85.50%"),  # money that is 0 weighs nothing
        ([("95%", ""), ("95%", "40")], "same", "95%"),  # whatever the funds are
        ([("95%", "0"), ("95.0%", "0")], "same", "95.0%"),
        ([("-2%", "60"), ("3%", "40")], "average", "0.00%"),
    ],
)
def test_numbers(printed: list[tuple[str, str]], method: str, text: str) -> None:
    _, actual = cells(*(county(row("", cell), budget=money) for cell, money in printed))
    assert (str(actual.method), actual.text) == (method, text)


@pytest.mark.parametrize(
    ("printed", "text", "obstacle"),
    [
        ([">=5个", ">=7个"], ">=12个", None),
        (["<=8.90万元", "<=5.10万元"], "<=14.00万元", None),
        (["5个", "7个"], "12个", None),
        ([">=5个", "7个"], "", Obstacle.OPERATORS_DIFFER),
        ([">=5个", ">7个"], "", Obstacle.OPERATORS_DIFFER),
        ([">=90%", ">=95%"], ">=92.50%", None),
        (["90%-95%", "80%-90%"], ">=85.00%且<=92.50%", None),
        (["2-3次", "4-5次"], ">=6次且<=8次", None),
        (["2-3次", ">=4次"], "", Obstacle.KINDS_DIFFER),
        (["12月底前", "12月底前"], "12月底前", None),
        (["12月底前", "11月底前"], "", Obstacle.TEXTS_DIFFER),
        (["有效改善", "有 效改善"], "有效改善", None),
        (["有效改善", "明显改善"], "", Obstacle.TEXTS_DIFFER),
        (["有效改善", ">=5个"], "", Obstacle.KINDS_DIFFER),
        ([">=5个", ""], "", Obstacle.BLANK),
        ([">=5个", "—"], "", Obstacle.BLANK),
        ([">=5个", "≥XX个"], "", Obstacle.UNREADABLE),
        ([">=5个", ">=7次"], "", Obstacle.UNIT_MISMATCH),
        ([">=5", ">=7"], "", Obstacle.UNIT_UNKNOWN),
        (["<=5天", "<=7天"], "", Obstacle.METHOD_UNKNOWN),
        (["<=5天", "<=5天"], "", Obstacle.METHOD_UNKNOWN),
        (["<=26℃", "<=24℃"], "", Obstacle.METHOD_UNKNOWN),
    ],
)  # fmt: skip
def test_targets(printed: list[str], text: str, obstacle: Obstacle | None) -> None:
    target, _ = cells(
        *(county(row(cell, ""), budget="50", executed=str(n)) for n, cell in enumerate(printed))
    )
    assert (target.text, target.obstacle) == (text, obstacle)


# target, actuals; what the region says
@pytest.mark.parametrize(
    ("target", "actuals", "text", "obstacle", "at"),
    [
        (">=5个", ["5个", ""], "", Obstacle.BLANK, (1,)),
        (">=5个", ["—", "/"], "", Obstacle.BLANK, (0, 1)),
        (">=5个", ["5个", "已完成"], "", Obstacle.UNREADABLE, (1,)),
        (">=5个", ["5个", "7次"], "", Obstacle.UNIT_MISMATCH, (1,)),
        (">=90%", ["95%", "0.95"], "", Obstacle.UNIT_UNKNOWN, (1,)),
        (">=90%", ["95%", "96"], "95.50%", None, ()),  # a bare number against per cent, as scoring reads it
        (">=5个", ["5", "7"], "12个", None, ()),
        ("=0起", ["无", "2起"], "2起", None, ()),  # 无 against 0 is 0
        (">=90%", ["≥95%", "≥96%"], ">=95.50%", None, ()),
        (">=90%", ["≥95%", "96%"], "", Obstacle.OPERATORS_DIFFER, ()),
        ("12月底前", ["2024年11月", "2024年11月"], "2024年11月", None, ()),
        ("12月底前", ["2024年11月", "2024年12月"], "", Obstacle.TEXTS_DIFFER, ()),
        ("有效改善", ["90%", "100%"], "95.00%", None, ()),
        ("有效改善", ["较好", "较好"], "较好", None, ()),
    ],
)
def test_actuals(
    target: str, actuals: list[str], text: str, obstacle: Obstacle | None, at: tuple[int, ...]
) -> None:
    _, actual = cells(
        *(county(row(target, cell), budget="50", executed=str(n)) for n, cell in enumerate(actuals))
    )
    assert (actual.text, actual.obstacle, actual.at) == (text, obstacle, at)


@pytest.mark.parametrize(
    ("money", "obstacle", "at"),
    [
        (["", "40"], Obstacle.NO_FUNDS, (0,)),
        (["—", "40"], Obstacle.NO_FUNDS, (0,)),
        (["XX", "40"], Obstacle.NO_FUNDS, (0,)),
        (["-1", "40"], Obstacle.NO_FUNDS, (0,)),
        (["0", "0"], Obstacle.NO_FUNDS, ()),
    ],
)
def test_without_funds_there_is_no_average(money: list[str], obstacle: Obstacle, at: tuple[int, ...]) -> None:
    tables = [county(row(">=90%", f"9{n}%"), budget=amount, executed="5") for n, amount in enumerate(money)]
    _, actual = cells(*tables)
    assert (actual.method, actual.obstacle, actual.at) == (None, obstacle, at)
    _, weighed = cells(*tables, settings=AggregationSettings(funds=Funds.EXECUTED))
    assert weighed.text == "90.50%"


def test_money_without_a_unit_weighs_nothing() -> None:
    tables = [county(row(">=90%", "91%"), unit=None), county(row(">=90%", "92%"))]
    made = aggregate(tables)
    assert made.rows[0].actual.obstacle is Obstacle.NO_FUNDS
    assert {cell.obstacle for cell in made.funding[0].cells.values()} == {Obstacle.UNIT_UNKNOWN}


# A met average stays met and a missed one missed, however few decimals are asked for.
@pytest.mark.parametrize(
    ("actuals", "target_text", "actual_text"),
    [
        (["89.99%", "90.00%"], ">=90%", "89.995%"),
        (["90.00%", "90.00%"], ">=90%", "90.00%"),
        (["89.9999%", "90.0000%"], ">=90%", "89.99995%"),
        (["90.01%", "90.00%"], ">=90%", "90.01%"),  # 90.005
    ],
)
def test_rounding_does_not_decide(actuals: list[str], target_text: str, actual_text: str) -> None:
    tables = [county(row(">=90%", cell), executed=str(n)) for n, cell in enumerate(actuals)]
    target, actual = cells(*tables, settings=AggregationSettings(decimals=0))
    assert (target.text, actual.text) == (target_text, actual_text)


# words, score of 10, money; by band, by the nearest
@pytest.mark.parametrize(
    ("given_cells", "band", "nearest"),
    [
        (
            [("部分达成", "7", "60"), ("达成年度指标", "10", "40")],
            "全部或基本达成预期指标",
            "部分达成",
        ),  # 82 %
        (
            [("部分达成", "7", "70"), ("达成年度指标", "10", "30")],
            "部分达成预期指标并具有一定效果",
            "部分达成",
        ),  # 79
        (
            [("部分达成", "6", "50"), ("达成年度指标", "10", "50")],
            "全部或基本达成预期指标",
            Obstacle.TEXTS_DIFFER,
        ),
        ([("未达成", "2", "90"), ("达成年度指标", "10", "10")], "未达成预期指标且效果较差", "未达成"),
        ([("部分达成", "7", ""), ("较好", "7.5", "")], "部分达成预期指标并具有一定效果", Obstacle.NO_FUNDS),
        ([("部分达成", "7", ""), ("较好", "9", "")], Obstacle.NO_FUNDS, Obstacle.NO_FUNDS),
        ([("已完成", "", ""), ("达成年度指标", "", "")], "全部或基本达成预期指标", "全部或基本达成预期指标"),
        ([("部分达成", "", "50"), ("达成年度指标", "10", "50")], Obstacle.UNSCORABLE, Obstacle.UNSCORABLE),
        ([("部分达成", "11", "50"), ("达成年度指标", "10", "50")], Obstacle.UNSCORABLE, Obstacle.UNSCORABLE),
    ],
)
def test_statements(
    given_cells: list[tuple[str, str, str]], band: str | Obstacle, nearest: str | Obstacle
) -> None:
    tables = [
        county(row("有效改善", words, score=points), budget=money, executed=str(n))
        for n, (words, points, money) in enumerate(given_cells)
    ]
    for by, expected in ((StatementBy.BAND, band), (StatementBy.NEAREST, nearest)):
        _, actual = cells(*tables, settings=AggregationSettings(statement=by))
        assert (actual.obstacle or actual.text) == expected


def test_the_bands_are_those_of_the_rule_book() -> None:
    tables = [
        county(row("有效改善", "部分达成", score="5"), budget="60"),
        county(row("有效改善", "较差", score="6")),
    ]
    texts = [aggregate(tables, book).rows[0].actual.text for book in ("common-practice", "hubei")]
    assert texts == ["未达成预期指标且效果较差", "部分达成预期指标并具有一定效果"]


# Rows


def test_a_row_that_some_tables_lack_is_made_of_the_others() -> None:
    made = aggregate(
        [county(row(">=5个", "6个"), row(">=1个", "1个", name="其他")), county(row(">=2个", "3个"))]
    )
    assert [one.actual.text for one in made.rows] == ["9个", "1个"]
    assert [[(remark.obstacle, remark.at) for remark in one.remarks] for one in made.rows] == [
        [],
        [(Obstacle.MISSING_ROW, (1,))],
    ]
    assert made.evaluation.partial
    assert perfeval.score(made.evaluation).total is None


def test_not_applicable_rows_are_left_out() -> None:
    made = aggregate(
        [county(row(">=5个", "6个")), county(row("", "不适用")), county(row(">=2个", "3个"), budget="1")]
    )
    assert (made.rows[0].target.text, made.rows[0].actual.text) == (">=7个", "9个")
    assert [(remark.obstacle, remark.at) for remark in made.rows[0].remarks] == [
        (Obstacle.NOT_APPLICABLE, (1,))
    ]
    assert not made.evaluation.partial
    nowhere = aggregate([county(row("", "不适用")), county(row("不适用", ""))])
    assert (nowhere.rows[0].actual.text, nowhere.rows[0].actual.method) == ("不适用", Method.SAME)


def test_rows_are_matched_by_name_without_punctuation_and_never_by_likeness() -> None:
    made = aggregate(
        [
            county(row(">=5个", "6个", name="新建 卫生室（个）")),
            county(row(">=2个", "3个", name="新建卫生室(个)")),
        ]
    )
    assert [one.actual.text for one in made.rows] == ["9个"]
    apart = aggregate(
        [county(row(">=5个", "6个", name="新建卫生室")), county(row(">=2个", "3个", name="新建卫生院"))]
    )
    assert [one.actual.text for one in apart.rows] == ["6个", "3个"]
    other = aggregate([county(row(">=5个", "6个")), county(row(">=2个", "3个", level1="效益指标"))])
    assert len(other.rows) == 2


def test_two_rows_of_one_name_are_not_guessed() -> None:
    made = aggregate([county(row(">=5个", "6个"), row(">=1个", "1个")), county(row(">=2个", "3个"))])
    (one,) = made.rows
    assert (one.target.obstacle, one.actual.obstacle, one.actual.at) == (
        Obstacle.DUPLICATE_ROW, Obstacle.DUPLICATE_ROW, (0,))  # fmt: skip
    assert made.evaluation.partial


@pytest.mark.parametrize(
    ("weights", "text", "at"),
    [
        (["10", "10分"], "10", ()),
        (["10", "8"], None, (1,)),
        (["10", ""], None, (1,)),
        ([None, None], None, ()),
    ],
)
def test_weights_that_differ_are_not_averaged(
    weights: list[str | None], text: str | None, at: tuple[int, ...]
) -> None:
    made = aggregate([county(row(">=5个", f"{n}个", weight)) for n, weight in enumerate(weights)])
    weight = made.evaluation.indicators[0].weight
    assert (None if weight is None else weight.text) == text
    assert [remark.at for remark in made.rows[0].remarks] == ([at] if at else [])
    assert made.evaluation.partial == bool(at)
    assert at == () or perfeval.score(made.evaluation).total is None


def test_printed_rules_that_differ_are_not_chosen_from() -> None:
    made = aggregate(
        [county(row(">=5个", "6个", rule="直接赋分")), county(row(">=2个", "3个", rule="按比例赋分"))]
    )
    assert made.evaluation.indicators[0].rule is None
    assert [remark.obstacle for remark in made.rows[0].remarks] == [Obstacle.RULES_DIFFER]
    same = aggregate(
        [county(row(">=5个", "6个", rule="直接赋分")), county(row(">=2个", "3个", rule="直接 赋分"))]
    )
    assert same.evaluation.indicators[0].rule == "直接赋分"


def test_a_partial_table_makes_a_partial_region() -> None:
    made = aggregate([county(row(">=5个", "6个"), partial=True), county(row(">=2个", "3个"))])
    assert made.evaluation.partial
    assert [(remark.obstacle, remark.at) for remark in made.remarks] == [(Obstacle.PARTIAL_TABLE, (0,))]


# Money


def test_money_is_added_up_by_its_labels() -> None:
    def table(label: str, part: str, amounts: tuple[str, str], **more: str) -> perfeval.Evaluation:
        whole, central = amounts
        funding = [
            perfeval.Funding(label=label, adjusted=whole, executed=whole, weight="10"),
            perfeval.Funding(label=part, adjusted=central, executed="—"),
        ]
        return attrs.evolve(county(row(">=5个", "6个"), **more), funding=funding)  # type: ignore[arg-type]

    made = aggregate([
        table("年度资金总额", "其中：中央补助", ("100.50", "60")),
        table("资金合计：", "中央补助", ("500000", "200000"), unit="元"),
    ])  # fmt: skip
    total, central = made.funding
    assert (total.is_total, {name: cell.text for name, cell in total.cells.items()}) == (
        True, {"adjusted": "150.50", "executed": "150.50"})  # fmt: skip
    assert (central.cells["adjusted"].text, central.cells["executed"].obstacle) == ("80", Obstacle.BLANK)
    assert (made.evaluation.amount_unit, made.evaluation.funding[0].label) == ("万元", "年度资金总额")
    assert perfeval.score(made.evaluation).execution.rate == "100.00%"


def test_an_amount_in_its_own_unit() -> None:
    made = aggregate(
        [county(row(">=5个", "6个"), budget="500000元"), county(row(">=5个", "7个"), budget="50")]
    )
    assert made.funding[0].cells["adjusted"].text == "100"
    assert (made.parts[0].budget, made.parts[1].budget) == (Fraction(500_000), Fraction(500_000))


# The whole, and wrong calls


def test_aggregate_first_and_score_afterwards() -> None:
    """Rows at 100 % and 50 % in counties of unlike size: the mean of their scores is not the score of the region."""
    tables = [
        county(row(">=90个", "90个", "90"), budget="90"),
        county(row(">=10个", "5个", "90"), budget="10"),
    ]
    made = perfeval.score(aggregate(tables).evaluation)
    assert [str(perfeval.score(table).indicators[0].score) for table in tables] == ["90.00", "45.00"]
    assert str(made.indicators[0].score) == "85.50"  # 90 × 95 ÷ 100


def test_every_setting_has_a_basis() -> None:
    names = [field.name for field in attrs.fields(AggregationSettings)]
    assert sorted(one.setting for one in AGGREGATION_BASES) == sorted(names)
    assert all(one.source.text("zh") and one.source.text("en") for one in AGGREGATION_BASES)


def test_every_obstacle_has_its_words() -> None:
    for words, members in ((OBSTACLES, Obstacle), (METHODS, Method), (FUNDS, Funds)):
        assert set(words) == set(members)


ONE = row(">=5个", "6个")


@pytest.mark.parametrize(
    ("tables", "text"),
    [
        ([], "没有可合并的表"),
        ([county(ONE, kind="project")], '#1 是 project，不是转移支付的表；如确是同一转移支付，请将其 kind 改为 "transfer"'),
        ([county(ONE), county(ONE, year="2023")], "#1 与 #2 的年度不同（2024、2023），不能合并为一张区域表"),
        ([county(ONE), county(ONE, stage="monitor")], "#1 与 #2 的阶段不同（self、monitor），不能合并为一张区域表"),
        ([county(ONE), county(ONE, name="教育补助")],
         "#1 与 #2 的名称不同（卫生补助、教育补助），不能合并为一张区域表；如确是同一项，请用 --name 指定名称"),
        ([county(ONE), county(ONE)], "#1 与 #2 是同一张表，合并会重复计算；请只给一份"),
    ],
)  # fmt: skip
def test_what_is_not_one_transfer(tables: list[perfeval.Evaluation], text: str) -> None:
    with pytest.raises(perfeval.UsageError) as caught:
        aggregate(tables)
    assert caught.value.text("zh") == text
    assert caught.value.text("en").isprintable()


def test_names_that_differ_in_years_only_and_names_that_are_given() -> None:
    made = aggregate(
        [county(ONE, name="2024年卫生补助资金"), county(ONE, name="卫生补助", year="2024年度", budget="7")]
    )
    assert made.evaluation.name == "2024年卫生补助资金"
    named = aggregate([county(ONE), county(ONE, name="教育补助")], name="补助")
    assert named.evaluation.name == "补助"
