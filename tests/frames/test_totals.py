"""A law: on every engine, every table of a frame has what the table has by itself; and what a frame of tables must hold."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frames.engines import MARKED, Engine, polars_eager, rows_of
from frames.flat import COLUMNS, KEY, TABLES, Row, flat, flat_tables, mixed, table_of, units
from perfeval import RuleBook, Scorecard, UsageError, load_rulebook, score
from perfeval.formula.nodes import Multiply, Node
from perfeval.frames import Columns, Number, Tables, subtotals, totals
from perfeval.messages import Wording
from perfeval.rulebook import read_rulebook
from perfeval.rules import Kind
from perfeval.rules.parts import ACTUAL
from perfeval.scoring import Reason
from perfeval.testing import strategies as cells

BOOKS = st.one_of(
    st.sampled_from(("common-practice", "platform", "hubei")).map(load_rulebook),
    cells.rulebooks().filter(
        lambda book: book.rounding.step in {Decimal("0.01"), Decimal("0.1"), Decimal(1)}
    ),
)
FRAMES = settings(max_examples=max(10, settings().max_examples // 10))
_NOT_HELD = "unscorable_beyond_range"


def expected(card: Scorecard) -> dict[str, Any]:
    """What the columns of a table must hold, as far as they are about its scores."""
    book, execution = card.rulebook, card.execution
    rate = None if execution.rate is None else int(Decimal(execution.rate.removesuffix("%")).scaleb(2))
    counts = {f"unscorable_{reason.replace('-', '_')}": 0 for reason in Reason}
    for reason, number in card.unscorable.items():
        counts[f"unscorable_{reason.replace('-', '_')}"] = number
    return {
        "rows": len(card.indicators),
        "weight": units(
            sum((row.weight for row in card.indicators if row.weight is not None), Decimal(0)), book
        ),
        "scored_weight": units(card.scored_weight, book),
        "scored_subtotal": units(card.scored_subtotal, book),
        "execution_weight": units(execution.weight, book),
        "execution_rate": rate,
        "execution_score": units(execution.score, book),
        "execution_reason": None if execution.reason is None else str(execution.reason),
        "total": units(card.total, book),
        "grade": card.grade,
        "unscorable": sum(card.unscorable.values()),
        **counts,
        _NOT_HELD: 0,
    }


def results(row: Row) -> dict[str, Any]:
    return {name.removeprefix("perfeval_"): value for name, value in row.items() if name not in KEY}


def reported(made: Row, card: Scorecard) -> None:
    """The printed total is exact or null with a reason."""
    step, printed = card.rulebook.rounding.step, card.reported_total
    if printed is None or printed % step != 0:
        assert made["reported_total"] is None
        assert made["difference"] is None
        assert made["reported_reason"] in ("blank", "unreadable") if printed is None else ("beyond-range",)
        return
    assert made["reported_reason"] is None
    assert made["reported_total"] * step == printed
    assert made["difference"] == (None if made["total"] is None else made["reported_total"] - made["total"])


def is_beyond(rows: Sequence[Row], book: RuleBook) -> bool:
    """A number of more than 12 digits, or points finer than the step: what columns may leave out, saying so."""
    texts = [str(row[name]) for row in rows for name in ("指标值", "实际完成值", "全年预算数", "全年执行数")]
    weights = [row.weight for row in table_of(rows).indicators] + [
        table_of(rows).funding[0].weight for _ in range(len(table_of(rows).funding))
    ]
    fine = [
        book.execution.weight,
        *(cell.value for cell in weights if cell is not None and isinstance(cell.value, Decimal)),
    ]
    long = any(sum(character.isdecimal() for character in text) > 12 for text in texts)
    return long or any(number % book.rounding.step != 0 for number in fine)


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
@FRAMES
@given(tables=flat_tables(), book=BOOKS)
def test_totals(engine: Engine, tables: list[list[Row]], book: RuleBook) -> None:
    found = rows_of(totals(engine(mixed(tables)), book, COLUMNS, TABLES))
    keys = [(row["code"], row["part"]) for row in found]
    assert keys == sorted((rows[0]["code"], rows[0]["part"]) for rows in tables)
    for row in found:
        rows, made = tables[row["part"]], results(row)
        card = score(table_of(rows), book)
        if made[_NOT_HELD]:
            assert is_beyond(rows, book), (rows, made)
            assert made["total"] is None
            continue
        wanted = expected(card)
        if wanted["execution_rate"] is not None and abs(wanted["execution_rate"]) >= 1 << 31:
            wanted["execution_rate"] = made["execution_rate"]  # from 2^32 on there is none in columns
        assert {name: made[name] for name in wanted} == wanted, rows
        reported(made, card)


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
@FRAMES
@given(tables=flat_tables(), book=BOOKS)
def test_subtotals(engine: Engine, tables: list[list[Row]], book: RuleBook) -> None:
    found = rows_of(subtotals(engine(mixed(tables)), book, COLUMNS, TABLES))
    for number, rows in enumerate(tables):
        made = {row["perfeval_level1"]: row for row in found if row["part"] == number}
        card = score(table_of(rows), book)
        assert set(made) == set(card.subtotals)
        if is_beyond(rows, book):
            continue
        for name, subtotal in card.subtotals.items():
            assert made[name]["perfeval_weight"] == units(subtotal.weight, book)
            assert made[name]["perfeval_score"] == units(subtotal.score, book)


@given(table=cells.evaluations())
def test_the_flat_form_of_a_clean_table_has_its_total(table: Any) -> None:
    card = score(table)
    made = results(
        totals(polars_eager(mixed([flat(table, 0, "")])), "common-practice", COLUMNS, TABLES).to_dicts()[0]
    )
    assert made["total"] == units(card.total, card.rulebook)
    assert made["execution_score"] == units(card.execution.score, card.rulebook)


MONEY = Tables(key="code", budget="b", executed="e", execution_weight="w", amount_unit="u")
ROW = {"code": ["a"], "target": [">=1次"], "actual": ["1次"], "weight": ["90"], "level3": ["任务完成数量"]}


def one(data: dict[str, list[Any]], tables: Tables = MONEY, **more: list[Any]) -> dict[str, Any]:
    """The results of a single table of one row."""
    frame = polars_eager({**ROW, **data, **more})
    return results(rows_of(totals(frame, "common-practice", Columns(level3="level3"), tables))[0])


@pytest.mark.parametrize(
    ("budget", "executed", "weight", "unit", "score", "rate", "reason", "total"),
    [
        ("50.00", "8.94", "", "万元", 179, 1788, None, 9179),
        ("5万", "500", "20", "元", 20, 100, None, 9020),
        ("5.8万", "5.8", "", "万元", 1000, 10000, None, 10000),
        ("580", "5.8万元", "", "", 10, 100, None, 9010),
        ("3", "1", "", "", 333, 3333, None, 9333),
        ("80", "120", "", "", 1000, 15000, None, 10000),
        ("0", "1", "", "", None, None, "zero-budget", None),
        ("80", "-40", "", "", None, -5000, "negative-amount", None),
        ("-80", "40", "", "", None, None, "negative-amount", None),
        ("—", "40", "", "", None, None, "blank-budget", None),
        ("XX", "", "", "", None, None, "blank-executed", None),
        ("80", "XX", "", "", None, None, "unparsed-executed", None),
        ("80次", "40", "", "", None, None, "unparsed-budget", None),
        ("", "", "", "", None, None, "no-funding", None),
        ("", "", "—", "", None, None, "blank-budget", None),
        ("80", "40", "20.01", "", None, 5000, "unparsed-weight", None),
        ("80", "40", "优", "", None, 5000, "unparsed-weight", None),
        ("80", "40", "9.999", "", None, 5000, "beyond-range", None),
        ("0.000000000001", "9999999亿元", "", "亿元", None, None, "beyond-range", None),
        ("1", "1000000", "", "", 1000, None, None, 10000),
    ],
)  # fmt: skip
def test_execution(
    budget: str,
    executed: str,
    weight: str,
    unit: str,
    score: int | None,
    rate: int | None,
    reason: str | None,
    total: int | None,
) -> None:
    made = one({"b": [budget], "e": [executed], "w": [weight], "u": [unit]})
    assert (made["execution_score"], made["execution_rate"]) == (score, rate)
    assert (made["execution_reason"], made["total"]) == (reason, total)


@pytest.mark.parametrize(("weight", "name"), [("100", "任务完成数量"), ("90", "预算执行率"), ("120", "x")])
def test_the_line_of_execution_is_left_out(weight: str, name: str) -> None:
    data = {"b": ["80"], "e": ["40"], "w": [""], "u": [""], "weight": [weight], "level3": [name]}
    made = one(data)
    assert (made["execution_reason"], made["execution_weight"]) == ("not-applicable", None)
    assert made["total"] == int(weight) * 100
    assert made["unscorable_not_applicable"] == 1


def test_without_money_the_rows_must_make_100() -> None:
    alone = Tables(key="code")
    assert one({}, alone)["total"] is None
    made = one({"weight": ["100"]}, alone)
    assert (made["total"], made["grade"], made["execution_reason"]) == (10000, "优", "no-funding")


def test_a_table_with_rows_missing_has_no_total() -> None:
    made = one({"weight": ["100"]}, Tables(key="code", partial="p"), p=[True])
    assert (made["total"], made["scored_subtotal"]) == (None, 10000)


def test_numbers_are_money_too() -> None:
    columns = Tables(
        key="code",
        budget=Number(value="b", scale=2, unit="bu"),
        executed=Number(value="e", scale=0),
        execution_weight="w",
        total="t",
        amount_unit="u",
    )
    data: dict[str, list[Any]] = {
        "b": [500],
        "bu": ["亿元"],
        "e": [25000],
        "w": [10],
        "u": ["万元"],
        "t": [95],
    }
    made = one(data, columns)
    assert (made["execution_rate"], made["total"], made["difference"]) == (5000, 9500, 0)
    assert one({**data, "bu": ["次"]}, columns)["execution_reason"] == "unparsed-budget"
    assert one({**data, "e": [1 << 61]}, columns)["execution_reason"] == "beyond-range"
    blank = polars_eager({**ROW, **data}).with_columns(b=pl.lit(None, pl.Int64))
    made = totals(blank, "platform", Columns(), columns).to_dicts()[0]
    assert made["perfeval_execution_reason"] == "blank-budget"


def test_bands_of_execution() -> None:
    book = read_rulebook(
        b'schema = "perfeval.rulebook.v1"\nid = "banded"\n[execution]\n'
        b'rule = { kind = "banded", bands = [{ from = "95%", factor = "1" }, { from = "0.8", factor = "0.5" }] }\n'
    )
    frame = polars_eager(
        {
            "code": [0, 1, 2, 3],
            **{name: values * 4 for name, values in ROW.items() if name != "code"},
            "b": ["300", "300", "300", "3万"],
            "e": ["285", "284.99", "239.99", "24000"],
        }
    )
    made = rows_of(
        totals(frame, book, Columns(), Tables(key="code", budget="b", executed="e", amount_unit=None))
    )
    assert [row["perfeval_execution_score"] for row in made] == [1000, 500, 0, 1000]


def test_a_frame_without_rows_has_no_tables() -> None:
    empty = polars_eager({**ROW, "b": ["1"], "e": ["1"], "w": [""], "u": [""]}).clear()
    made = totals(empty, "common-practice", Columns(), MONEY)
    assert made.height == 0
    assert made["perfeval_total"].dtype == pl.Int64
    assert subtotals(empty, "common-practice", Columns(level1="level3"), MONEY).height == 0


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
def test_the_kind_of_frame_stays(engine: Engine) -> None:
    frame = engine({**ROW, "b": ["1"], "e": ["1"], "w": [""], "u": [""]})
    made = totals(frame, "common-practice", Columns(), MONEY, prefix="")
    assert type(made) is type(frame)
    assert rows_of(made)[0]["total"] == 10000
    assert type(subtotals(frame, "common-practice", Columns(), MONEY)) is type(frame)


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
def test_rows_that_contradict_each_other_are_refused(engine: Engine) -> None:
    data: dict[str, list[Any]] = {
        "code": ["b", "b", "a", "a", "a"],
        "year": [2024, 2024, 2024, 2024, 2023],
        "target": [">=1"] * 5,
        "actual": ["1"] * 5,
        "weight": ["1"] * 5,
        "b": ["80", "81", "90", None, "7"],
        "u": ["元", "元", "", None, "元"],
    }
    with pytest.raises(UsageError) as refused:
        totals(engine(data), "platform", Columns(), Tables(key=("code", "year"), budget="b", amount_unit="u"))
    text = refused.value.message.text("en")
    assert text.startswith("the rows of code=a, year=2024 contradict each other in column 'b'")
    assert "“90”" in text
    with pytest.raises(UsageError):
        subtotals(engine(data), "platform", Columns(), Tables(key=("code", "year"), budget="b"))


def test_every_problem_of_the_columns_is_said_at_once() -> None:
    frame = pl.DataFrame({**ROW, "b": [1.5], "p": ["yes"], "k": [1.0], "u": [1]})
    tables = Tables(key=("k", "code"), budget="b", total="nope", partial="p", amount_unit="u")
    with pytest.raises(UsageError) as refused:
        totals(frame, "platform", Columns(actual="gone"), tables, prefix="")
    text = refused.value.message.text("en")
    for part in ("'gone'", "'b' (budget)", "'nope'", "'p' (partial)", "'k' (key)", "'u' (amount_unit)"):
        assert part in text


def test_a_result_must_not_be_a_column_of_the_key() -> None:
    frame = pl.DataFrame({**ROW, "total": ["a"]})
    with pytest.raises(UsageError, match="total"):
        totals(frame, "platform", Columns(), Tables(key="total"), prefix="")


def test_a_key_without_value_belongs_to_no_table() -> None:
    frame = pl.DataFrame({**ROW, "code": [None]}, schema_overrides={"code": pl.String})
    with pytest.raises(UsageError, match="code"):
        totals(frame, "platform", Columns(), Tables(key="code"))
    with pytest.raises(UsageError, match="key"):
        Tables(key=())


@attrs.frozen
class Squared:
    """A rule that is no ratio of sums."""

    kind: ClassVar[str] = "squared"

    def formula(self, _kind: Kind) -> Node:
        return Multiply(ACTUAL, ACTUAL)

    def completion(self, _kind: Kind) -> Node:
        return ACTUAL

    def breaks(self) -> Mapping[str, Wording]:
        return {}


def test_a_rule_of_execution_that_columns_cannot_hold_is_refused() -> None:
    book = load_rulebook("platform")
    rule = attrs.evolve(book, execution=attrs.evolve(book.execution, rule=Squared()))
    with pytest.raises(UsageError) as refused:
        totals(pl.DataFrame(ROW), rule, Columns(), Tables(key="code"))
    assert refused.value.message.code == "FRAME-EXECUTION"
