"""A law: on every engine, every table of a frame has what the table has by itself; and what a frame of tables must hold."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from frames.engines import MARKED, Engine, polars_eager, rows_of
from frames.flat import COLUMNS, KEY, TABLES, Row, flat, flat_tables, mixed, table_of, units
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval import RuleBook, Scorecard, UsageError, load_rulebook, score
from perfeval.frames import Columns, Number, Tables, subtotals, totals
from perfeval.rulebook import read_rulebook
from perfeval.scoring import Reason
from perfeval.testing import strategies as cells

BOOKS = st.one_of(
    st.sampled_from(("common-practice", "platform", "hubei")).map(load_rulebook),
    cells.rulebooks().filter(
        lambda book: book.rounding.step in {Decimal("0.01"), Decimal("0.1"), Decimal(1)}
    ),
)
FRAMES = settings(max_examples=max(10, settings().max_examples // 4))
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
