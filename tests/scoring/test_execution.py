"""The funding table where tests/semantics does not look: columns, units, parts of parts, unreadable cells."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from perfeval import Evaluation, ExecutionScore, Funding, Indicator, score, score_execution
from scoring.books import book

ROW = Indicator(target="≥3次", actual="3次", weight="90")
TOTAL = "年度资金总额"


def scored(*rows: dict[str, Any], unit: str | None = "万元", text: str = "") -> ExecutionScore:
    funding = [
        Funding(**{"label": TOTAL if not index else "其他资金", **row}) for index, row in enumerate(rows)
    ]
    return score(Evaluation(funding=funding, indicators=[ROW], amount_unit=unit), book(text)).execution


def outcome(found: ExecutionScore) -> str:
    return str(found.reason if found.score is None else found.score)


# The cells of one row: budget, executed, outcome, notes
@pytest.mark.parametrize(
    ("row", "budget", "executed", "expected", "notes"),
    [
        ({"adjusted": "50.00", "executed": "8.94"}, "50.00", "8.94", "1.79", ""),
        ({"initial": "50.00", "executed": "8.94"}, "50.00", "8.94", "1.79", "budget-column-assumed"),
        ({"initial": "50", "adjusted": "", "executed": "8.94"}, None, "8.94", "blank-budget", ""),
        ({"executed": "8.94"}, None, "8.94", "blank-budget", ""),
        ({"adjusted": "50"}, "50", None, "blank-executed", ""),
        ({}, None, None, "blank-budget", ""),
        ({"adjusted": "XX", "executed": ""}, None, None, "blank-executed", ""),
        ({"adjusted": "XX", "executed": "XX"}, None, None, "unparsed-budget", ""),
        ({"adjusted": "50次", "executed": "1"}, None, "1", "unparsed-budget", ""),
        ({"adjusted": "0", "executed": "-1"}, "0", "-1", "negative-amount", ""),
        ({"adjusted": "100", "executed": "130"}, "100", "130", "10.00", "over-executed"),
        ({"adjusted": "0", "executed": "130"}, "0", "130", "zero-budget", ""),
        # units: the cell's own, the heading's, or none
        ({"adjusted": "5.8万", "executed": "2.9"}, "5.8", "2.9", "5.00", ""),
        ({"adjusted": "0.5亿元", "executed": "25000000元"}, "5000", "2500", "5.00", ""),
        ({"adjusted": "100", "executed": "30", "weight": "(40-50)分"}, "100", "30", "unparsed-weight", ""),
        ({"adjusted": "100", "executed": "30", "weight": "0"}, "100", "30", "0.00", ""),
        (
            {"adjusted": "100", "executed": "130", "weight": "30"},
            "100",
            "130",
            "unparsed-weight",
            "over-executed",
        ),
    ],
)
def test_one_row(
    row: dict[str, str], budget: str | None, executed: str | None, expected: str, notes: str
) -> None:
    found = scored(row)
    assert (found.budget, found.executed) == tuple(
        None if x is None else Decimal(x) for x in (budget, executed)
    )
    assert (outcome(found), " ".join(found.notes)) == (expected, notes)
    assert found.status == ("unscorable" if found.score is None else "scored")


@pytest.mark.parametrize("unit", [None, "", "人民币：万元", "次", "单位"])
def test_a_heading_that_is_no_unit(unit: str | None) -> None:
    found = scored({"adjusted": "50", "executed": "8.94"}, unit=unit)
    assert (outcome(found), found.rate) == ("1.79", "17.88%")


@pytest.mark.parametrize(
    ("unit", "budget", "executed"), [("万元", "5.8万", "29000元"), ("元", "5.8万元", "2.9万"), ("千元", "58", "2.9万元"), ("亿元", "1.16", "5800万")]
)  # fmt: skip
def test_own_units_win(unit: str, budget: str, executed: str) -> None:
    assert outcome(scored({"adjusted": budget, "executed": executed}, unit=unit)) == "5.00"


# … also where the form prints no heading: a unit that only one cell has is taken for both (as in score_execution).
@pytest.mark.parametrize("unit", [None, "", "单位：见表"])
@pytest.mark.parametrize(
    ("budget", "executed"),
    [("5.8万元", "29000元"), ("5.8万元", "2.9万元"), ("5.8万", "2.9"), ("1亿元", "5000万元")],
)
def test_units_without_a_heading(unit: str | None, budget: str, executed: str) -> None:
    found = scored({"adjusted": budget, "executed": executed}, unit=unit)
    assert (outcome(found), found.rate) == ("5.00", "50.00%")


EMPTY = {"initial": "", "adjusted": "", "executed": ""}


def part(label: str, adjusted: str = "60", executed: str = "30") -> dict[str, str]:
    return {"label": label, "initial": adjusted, "adjusted": adjusted, "executed": executed}


# The total row is empty: what is added up
@pytest.mark.parametrize(
    ("parts", "budget", "executed"),
    [
        ([part("财政拨款")], "60", "30"),
        ([part("其中：财政拨款"), part("其他资金", "40", "10")], "100", "40"),
        # a second 其中, and the funds of 财政拨款 above them, are parts of parts
        ([part("财政拨款"), part("其中：一般公共预算", "50", "25"), part("政府性基金", "10", "5"), part("其他资金", "40", "10")], "100", "40"),
        ([part("其中：财政拨款"), part("其中：上级补助", "5", "5"), part("上年结转", "40", "10")], "100", "40"),
        ([part("财政拨款"), part("其中:国有资本经营预算", "60", "30"), part("社会保险基金", "1", "1")], "60", "30"),
        # … but without 财政拨款 above them they are the parts themselves
        ([part("一般公共预算拨款"), part("政府性基金", "40", "10")], "100", "40"),
        ([part("其中：一般公共预算"), part("政府性基金预算", "30", "5"), part("国有资本经营预算", "10", "5")], "100", "40"),
        # other totals are no parts
        ([part("财政拨款"), part("资金合计", "60", "30"), part("其他", "40", "10")], "100", "40"),
        # a blank part adds nothing
        ([part("财政拨款"), part("其他资金", "", "")], "60", "30"),
        ([part("财政拨款", "0.1", "0.1"), part("其他资金", "0.2", "0.05")], "0.3", "0.15"),
    ],
)  # fmt: skip
def test_parts_of_an_empty_total_row(parts: list[dict[str, str]], budget: str, executed: str) -> None:
    found = scored(EMPTY, *parts)
    assert (found.budget, found.executed) == (Decimal(budget), Decimal(executed))
    assert [str(note) for note in found.notes] == ["total-row-empty"]


# A part that cannot be read is not left out in silence: there is no sum.
@pytest.mark.parametrize(
    ("unreadable", "expected"),
    [(part("其他资金", "XX", "10"), "unparsed-budget"), (part("其他资金", "40", "□"), "unparsed-executed")],
)
def test_an_unreadable_part(unreadable: dict[str, str], expected: str) -> None:
    assert outcome(scored(EMPTY, part("财政拨款"), unreadable)) == expected


def test_parts_in_units_of_their_own() -> None:
    found = scored(EMPTY, part("财政拨款", "60", "30"), part("其他资金", "400000元", "10万元"))
    assert (found.budget, found.executed, outcome(found)) == (Decimal(100), Decimal(40), "4.00")


def test_parts_with_only_a_budget_column() -> None:
    found = scored({"initial": "", "executed": ""}, {"label": "财政拨款", "initial": "60", "executed": "30"})
    assert (outcome(found), list(found.notes)) == ("5.00", ["budget-column-assumed", "total-row-empty"])


def test_parts_of_one_column_alone() -> None:
    found = scored(EMPTY, part("财政拨款", "", "30"))
    assert (found.budget, found.executed, outcome(found)) == (None, Decimal(30), "blank-budget")


@pytest.mark.parametrize(
    "total", [{"adjusted": "50", "executed": ""}, {"adjusted": "", "executed": "5"}, {"adjusted": "XX"}]
)
def test_a_total_row_with_anything_in_it_stands(total: dict[str, str]) -> None:
    found = scored({**EMPTY, **total}, part("财政拨款"))
    assert found.reason in ("blank-executed", "blank-budget", "unparsed-budget")
    assert found.notes == ()


# Weight and score of a part, where the total row has none
@pytest.mark.parametrize(
    ("total", "other", "expected", "reported"),
    [
        ({"weight": "10", "score": "5"}, {"weight": "20", "score": "9"}, "5.00", "5"),
        ({"weight": "—", "score": "—"}, {"weight": "20", "score": "9"}, "10.00", "9"),
        ({}, {"weight": "20分", "score": "10分"}, "10.00", "10"),
        ({"weight": "XX", "score": "XX"}, {"weight": "20", "score": "9"}, "10.00", "9"),
        ({"weight": "XX"}, {"weight": ""}, "unparsed-weight", None),
        ({"weight": ""}, {"weight": "XX"}, "unparsed-weight", None),
        ({}, {}, "5.00", None),
    ],
)
def test_printed_on_a_part(
    total: dict[str, str], other: dict[str, str], expected: str, reported: str | None
) -> None:
    amounts = {"adjusted": "100", "executed": "50"}
    found = scored({**amounts, **total}, {**amounts, **other})
    assert outcome(found) == expected
    assert found.reported_score == (None if reported is None else Decimal(reported))


def test_printed_rate() -> None:
    found = scored({"adjusted": "50.00", "executed": "8.94", "rate": "17.9%"})
    assert (found.reported_rate, found.rate) == ("17.9%", "17.88%")


@pytest.mark.parametrize(
    ("row_weight", "text", "expected"),
    [
        ("99.99", "", "5.00"),
        ("100", "", "not-applicable"),
        ("80", '[weights]\nsum = "80"', "not-applicable"),
        ("80", '[execution]\nweight = "5"', "2.50"),
        ("80", '[execution]\nmost_weight = "5"', "5.00"),
        ("80", '[execution]\nrows = ["走访"]', "not-applicable"),
        ("", '[execution]\nrows = ["走访"]', "5.00"),  # that row has no weight
    ],
)
def test_weight_of_the_book(row_weight: str, text: str, expected: str) -> None:
    rows = [Indicator(level3="走访次数", target="3", actual="3", weight=row_weight)]
    table = Evaluation(funding=[Funding(adjusted="100", executed="50")], indicators=rows)
    assert outcome(score(table, book(text)).execution) == expected


BANDS = (
    '[execution]\nrule = { kind = "banded", bands = [{ from = "100%", factor = "1" }, '
    '{ from = "80%", factor = "0.7" }, { from = "60%", factor = "0.5" }] }'
)


@pytest.mark.parametrize(
    ("text", "executed", "expected", "completion", "unrounded", "kind"),
    [
        ("", "86.245", "8.62", "0.8625", Fraction(86245, 10_000), "proportional"),
        ("", "130", "10.00", "1.0000", Fraction(10), "proportional"),
        (BANDS, "86.245", "7.00", "0.7000", Fraction(7), "banded"),
        (BANDS, "59.9", "0.00", "0.0000", Fraction(0), "banded"),
        ('[execution]\nrule = { kind = "direct" }', "86.245", "0.00", "0.0000", Fraction(0), "direct"),
        ('[execution]\nrule = { kind = "direct" }', "100", "10.00", "1.0000", Fraction(10), "direct"),
    ],
)
def test_rules(
    text: str, executed: str, expected: str, completion: str, unrounded: Fraction, kind: str
) -> None:
    found = score_execution("100", executed, rulebook=book(text))
    assert (outcome(found), str(found.completion), found.unrounded, found.rule) == (
        expected,
        completion,
        unrounded,
        kind,
    )


def test_steps_show_the_figures_of_the_table() -> None:
    (step,) = score_execution("50.00", "8.94").steps
    assert (step.value, step.expression) == ("1.79", "10 × 8.94 ÷ 50.00")


@pytest.mark.parametrize(("budget", "executed"), [("", "5"), ("0", "5"), ("-1", "5"), ("5", ""), ("5", "-1")])
def test_unscorable(budget: str, executed: str) -> None:
    found = score_execution(budget, executed)
    assert (found.score, found.unrounded, found.steps, found.completion) == (None, None, (), None)
    assert found.rate == ("-20.00%" if (budget, executed) == ("5", "-1") else None)


def test_no_funding() -> None:
    found = score(Evaluation(indicators=[ROW])).execution
    assert (found.reason, found.weight, found.rate, found.place, found.reported_score) == (
        "no-funding",
        None,
        None,
        None,
        None,
    )
