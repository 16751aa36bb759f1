"""What rows and tables keep: an answer is worked out once, is never taken for another's, and does not make rows differ."""

from __future__ import annotations

import perfeval
from perfeval.auditing.examples import CLEAN
from perfeval.auditing.subject import Row, Table, once


def _table() -> Table:
    return Table(0, perfeval.score(CLEAN, "common-practice"))


def test_an_answer_is_worked_out_once_for_each_row() -> None:
    asked: list[int] = []

    @once
    def place(row: Row) -> int | None:
        asked.append(row.number)
        return row.number or None  # an answer of None is kept like any other

    rows = _table().rows
    assert [place(row) for row in (*rows, *rows)] == 2 * [row.number or None for row in rows]
    assert asked == [row.number for row in rows]


def test_two_functions_of_one_table_do_not_share_an_answer() -> None:
    @once
    def first(_table: Table) -> str:
        return "first"

    @once
    def second(_table: Table) -> str:
        return "second"

    table = _table()
    assert (first(table), second(table)) == ("first", "second")


def test_what_was_asked_of_a_row_does_not_make_it_another_row() -> None:
    asked, other = _table().rows[0], _table().rows[0]
    once(lambda row: row.number)(asked)
    assert asked == other
