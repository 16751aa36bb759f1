"""Every notation of tests/data/notations.tsv, found in published forms, means what its columns state."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from perfeval.values import (
    Deadline,
    Quantity,
    Target,
    fold,
    parse_amount,
    parse_parts,
    parse_target,
    parse_weight,
    squash,
)
from values.meaning import meaning

Row = dict[str, str]

with (Path(__file__).parents[1] / "data" / "notations.tsv").open(encoding="utf-8", newline="") as _lines:
    ROWS: list[Row] = list(csv.DictReader(_lines, delimiter="\t", quoting=csv.QUOTE_NONE))

# Where perfeval deliberately reads something else than the columns say: its meaning, and why.
DISAGREEMENTS = {
    "至少全年完成2次宣传": (
        "unparsed comparison-in-words",
        "a comparison inside further words is never guessed (semantics §2)",
    ),
    ">=50006418件": (
        ">= 50006418 件",
        "columns run together are read as written; only the layout reader can doubt it",
    ),
    "反映办公大楼全年维修维护情况2280次": (
        "text 反映办公大楼全年维修维护情况2280次",
        "a misprint that only other cells betray is read as written (semantics §2)",
    ),
    "320 人/天": ("320 人/天", "人/天 is a unit of its own: no currency is invented"),
    "470 人/天": ("470 人/天", "人/天 is a unit of its own: no currency is invented"),
    "完成1部宣传片,2套方案": ("text 完成1部宣传片,2套方案", "two quantities in one cell are not split"),
    "不超预算": ("text 不超预算", "no number to compare with: the budget stands elsewhere"),
    "全年": ("text 全年", "no deadline of semantics §2: 月 旬 季度 半年 are periods, 全年 says always"),
    "(≥**人)": ("unparsed placeholder", "nothing is filled in, so there is no value to state"),
}

# Rows that hold a remark or several cells at once: what each cell means.
CELLS: dict[str, list[tuple[Target | Quantity | Decimal, str]]] = {
    "20%  (in the weight column)": [(parse_weight("20%"), "20")],
    "28.8万元 | %": [
        (parse_parts("=", "28.8万元", ""), "= 28.8 万元"),
        (parse_parts("=", "28.8万元", "%"), "unparsed contradicting-unit"),
    ],
    "3,724,055.00? ": [(parse_amount("3,724,055.00? "), "3724055.00")],
    "5.8万 / 620.82万元 / 854万(高标准农田建设400万元,…)": [
        (parse_amount("5.8万"), "5.8 万"),
        (parse_amount("620.82万元"), "620.82 万元"),
        (parse_amount("854万(高标准农田建设400万元,…)"), "854 万"),
    ],
    "97.75% / 99.97 / 0.958 / 1 / 100 %": [
        (parse_target("97.75%"), "97.75 %"),
        (parse_target("99.97"), "99.97"),
        (parse_target("0.958"), "0.958"),
        (parse_target("1"), "1"),
        (parse_target("100 %"), "100 %"),
    ],
    "…… / 指标2: / XX": [
        (parse_target("……"), "unparsed placeholder"),
        (parse_target("指标2:"), "text 指标2:"),
        (parse_target("XX"), "unparsed placeholder"),
    ],
}

NUMBERS = ("rate", "numeric", "money", "approx")
WORDS = ("qualitative", "sentence", "scale-name", "yes/no", "grade")


def stated(row: Row) -> str:
    """What the columns of a row state, in the words of ``meaning``."""
    operator, value, unit, kind = row["operator"], row["value"], row["unit"], row["kind"]
    if kind == "template":
        return "unparsed sign-without-number"  # an operator and a unit, nothing between them
    if kind in NUMBERS:
        # The table writes "=" also where the form prints no sign: which one is meant is the rule book's
        # question. 万(元) says that 元 is not printed: it is taken over from the other cell.
        printed = operator if operator != "=" or "=" in fold(row["notation"].replace("═", "=")).text else ""
        sign = "" if printed in ("(none)", "~") else printed
        about = "~" if operator == "~" else ""
        return f"{sign} {about}{value} {unit.removesuffix('(元)')}".strip()
    if kind in WORDS:
        # "…" stands for the whole cell, 好|坏 for 好坏; a type word in front is no part of it.
        words = squash(row["notation"] if value == "…" else value.replace("|", ""))
        return f"text {words.removeprefix('文字描述:')}"
    assert kind == "blank"
    return "missing none"


def _name(row: Row) -> str:
    return row["notation"]


def test_the_table_is_whole() -> None:
    notations = {row["notation"] for row in ROWS}
    assert len(ROWS) == len(notations) == 264
    assert set(DISAGREEMENTS) | set(CELLS) < notations


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in ROWS
        if row["kind"] != "date" and row["notation"] not in DISAGREEMENTS and row["notation"] not in CELLS
    ],
    ids=_name,
)
def test_a_notation_means_what_its_columns_state(row: Row) -> None:
    assert meaning(parse_target(row["notation"])) == stated(row)


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "date"], ids=_name)
def test_a_date_is_a_deadline(row: Row) -> None:
    target = parse_target(row["notation"])
    assert isinstance(target, Deadline)
    if row["operator"] == "by":  # the last day is the one that counts; 月底 is a period before it
        *_, month, day = row["value"].split("-")
        assert target.period.last[1:] == (int(month), int(day))
        assert target.period.last[0] == (int(row["value"][:4]) if len(row["value"]) == 10 else None)
    else:
        assert (row["operator"], target.period.month) == ("on", int(row["value"]))


@pytest.mark.parametrize("notation", DISAGREEMENTS)
def test_where_perfeval_disagrees_it_says_why(notation: str) -> None:
    expected, why = DISAGREEMENTS[notation]
    assert meaning(parse_target(notation)) == expected, why


@pytest.mark.parametrize("notation", CELLS)
def test_rows_that_hold_several_cells(notation: str) -> None:
    assert [meaning(value) for value, _ in CELLS[notation]] == [expected for _, expected in CELLS[notation]]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] == "money" and row["notation"] not in CELLS], ids=_name
)
def test_a_money_cell_holds_a_sum_and_no_bound(row: Row) -> None:
    amount = parse_amount(row["notation"])
    if row["operator"] in ("=", "(none)") and "/" not in row["unit"]:
        assert meaning(amount) == f"{row['value']} {row['unit']}"
    else:
        assert meaning(amount) in ("unparsed not-a-number", "unparsed contradicting-unit")
