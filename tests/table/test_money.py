"""The unit of a table's money: the heading's, else the first that a cell has of its own."""

import pytest

from perfeval.table import Evaluation, Funding
from perfeval.table.money import heading_unit, unit_of_money


@pytest.mark.parametrize(
    ("heading", "symbol"),
    [
        ("万元", "万元"),
        ("金额单位：万元", "万元"),
        ("（元）", "元"),
        ("个", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_headings(heading: str | None, symbol: str) -> None:
    assert heading_unit(heading).symbol == symbol


@pytest.mark.parametrize(
    ("heading", "cells", "symbol"),
    [
        ("万元", ("5元", ""), "万元"),
        (None, ("", "5.8万"), "万元"),
        (None, ("5", "5"), ""),
        ("个", ("5亿元", "3元"), "亿元"),
    ],
)
def test_cells_speak_where_the_heading_does_not(
    heading: str | None, cells: tuple[str, str], symbol: str
) -> None:
    table = Evaluation(amount_unit=heading, funding=[Funding(adjusted=cells[0], executed=cells[1])])
    assert unit_of_money(table).symbol == symbol
