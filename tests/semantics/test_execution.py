"""§4: the execution line, its weight, and the total funding row."""

from fractions import Fraction
from pathlib import Path

import pytest

import oracle
import perfeval
from semantics.books import load
from semantics.checks import notes_of, outcome
from semantics.tables import form, fund, row

# B, E, W, score, rate
ROWS = [
    ("50.00", "8.94", "10", "1.79", "17.88%"),
    ("180.00", "80.00", "10", "4.44", "44.44%"),
    ("230.27", "202.67", "10", "8.80", "88.01%"),
    ("474.52", "463.13", "10", "9.76", "97.60%"),
    ("250000", "215457.6", "10", "8.62", "86.18%"),
    ("43.2", "37.24", "10", "8.62", "86.20%"),
    ("100.00", "100.00", "10", "10.00", "100.00%"),
    ("100.00", "0", "10", "0.00", "0.00%"),
    ("100000", "99996.5", "10", "10.00", "100.00%"),  # 99.9965 % prints as 100.00 %
    ("100000", "99994", "10", "10.00", "99.99%"),
    ("100000", "12345", "10", "1.23", "12.35%"),  # rate half up, score from the exact ratio
    ("100000", "12344", "10", "1.23", "12.34%"),
    ("100", "86.245", "10", "8.62", "86.25%"),
    ("43.2", "37.24", "20", "17.24", "86.20%"),
    ("50.00", "8.94", "5", "0.89", "17.88%"),
    ("3", "2", "20", "13.33", "66.67%"),
    # min(E ÷ B, 1); the rate is not capped
    ("100", "110", "10", "10.00", "110.00%"),
    ("100", "100.01", "10", "10.00", "100.01%"),
    ("3", "700", "10", "10.00", "23333.33%"),
]


@pytest.mark.parametrize(("budget", "executed", "weight", "expected", "rate"), ROWS)
def test_execution(budget: str, executed: str, weight: str, expected: str, rate: str) -> None:
    e = perfeval.score_execution(budget, executed, weight=weight)
    assert (outcome(e), e.rate) == (expected, rate)
    over = Fraction(executed) > Fraction(budget)
    assert notes_of(e) == ({"over-executed"} if over else set())


@pytest.mark.parametrize(("budget", "executed", "weight", "expected", "rate"), ROWS)
def test_oracle_agrees(budget: str, executed: str, weight: str, expected: str, rate: str) -> None:
    b, e, w = Fraction(budget), Fraction(executed), Fraction(weight)
    x = oracle.execution(b, e, w)
    assert not isinstance(x, str)
    assert oracle.rounded(x, w) == Fraction(expected)
    assert oracle.rate_text(b, e) == rate


# E ÷ B capped at 1
@pytest.mark.parametrize(
    ("budget", "executed", "expected"),
    [("50.00", "8.94", "0.1788"), ("3", "2", "0.6667"), ("100", "110", "1.0000"), ("100", "0", "0.0000")],
)
def test_completion(budget: str, executed: str, expected: str) -> None:
    assert str(perfeval.score_execution(budget, executed).completion) == expected


@pytest.mark.parametrize(
    ("budget", "executed", "expected"),
    [
        ("0", "5", "zero-budget"),
        ("0.00", "0.00", "zero-budget"),
        ("", "5", "blank-budget"),
        ("—", "5", "blank-budget"),
        ("/", "5", "blank-budget"),
        ("5", "", "blank-executed"),
        ("5", "-", "blank-executed"),
        ("5", " ", "blank-executed"),
        ("XX", "5", "unparsed-budget"),
        ("**", "5", "unparsed-budget"),
        ("5", "XX", "unparsed-executed"),
        ("5", "□", "unparsed-executed"),
        ("-5", "1", "negative-amount"),
        ("5", "-1", "negative-amount"),
        ("-5", "-1", "negative-amount"),
    ],
)
def test_unscorable(budget: str, executed: str, expected: str) -> None:
    e = perfeval.score_execution(budget, executed)
    assert (outcome(e), e.completion) == (expected, None)


# §2, line "money cells", without a heading: own units, commas, a breakdown, a lost blank.
@pytest.mark.parametrize(
    ("budget", "executed", "expected"),
    [
        ("5.8万元", "29000元", "5.00"),
        ("1亿元", "5000万元", "5.00"),
        ("1,200.00", "600.00", "5.00"),
        ("１００．００", "50", "5.00"),
        ("100?", "50", "5.00"),
        ("100", "50?", "5.00"),
        ("854万(财政拨款800万，自筹54万)", "427万", "5.00"),
        ("854万（财政拨款800万，自筹54万）", "427万（财政拨款400万，自筹27万）", "5.00"),
    ],
)
def test_money_cells(budget: str, executed: str, expected: str) -> None:
    assert outcome(perfeval.score_execution(budget, executed)) == expected


# … under a heading: the own unit wins over it.
@pytest.mark.parametrize(
    ("heading", "budget", "executed", "expected"),
    [
        ("万元", "5.8万", "2.9", "5.00"),
        ("万元", "5.8", "2.9万元", "5.00"),
        ("万元", "58000元", "2.9", "5.00"),
        ("元", "5.8万元", "29000", "5.00"),
        ("元", "58000", "2.9万", "5.00"),
        ("万元", "854万(财政拨款800万，自筹54万)", "427", "5.00"),
        ("万元", "100?", "50", "5.00"),
        ("万元", "1,200.00", "600.00", "5.00"),
    ],
)
def test_money_under_a_heading(heading: str, budget: str, executed: str, expected: str) -> None:
    card = perfeval.score(form([fund(adjusted=budget, executed=executed)], [], amount_unit=heading))
    assert outcome(card.execution) == expected


# B = adjusted budget; the only budget column, if there is no adjusted one, with a note.
def test_adjusted_budget_counts() -> None:
    card = perfeval.score(form([fund(initial="28.45", adjusted="474.52", executed="463.13")], []))
    assert (outcome(card.execution), notes_of(card.execution)) == ("9.76", set())


def test_only_budget_column() -> None:
    funding = perfeval.Funding(label="年度资金总额", initial="50.00", executed="8.94", weight="10")
    card = perfeval.score(form([funding], []))
    assert outcome(card.execution) == "1.79"
    assert "budget-column-assumed" in {*card.execution.notes, *card.notes}


# rate_first on the execution line
@pytest.mark.parametrize(("book", "expected"), [("plain", "8.62"), ("rate-first", "8.63")])
def test_rate_first(book: str, expected: str, tmp_path: Path) -> None:
    assert outcome(perfeval.score_execution("100", "86.245", rulebook=load(book, tmp_path))) == expected


# Banded execution: read at E ÷ B itself, lower edges inclusive.
@pytest.mark.parametrize(
    ("executed", "expected"),
    [
        pytest.param("100", "10.00", id="at-100-doubtful"),
        pytest.param("99.999", "7.00", id="under-100-doubtful"),
        pytest.param("80", "7.00", id="at-80-doubtful"),
        pytest.param("79.999", "5.00", id="under-80-doubtful"),
        pytest.param("60", "5.00", id="at-60-doubtful"),
        pytest.param("59.999", "0.00", id="under-60-doubtful"),
    ],
)
def test_execution_bands(executed: str, expected: str, tmp_path: Path) -> None:
    assert (
        outcome(perfeval.score_execution("100", executed, rulebook=load("execution-bands", tmp_path)))
        == expected
    )


# W: printed on the total row, else on any funding row, else the book's.
@pytest.mark.parametrize(
    ("weights", "book", "expected"),
    [
        (("10", ""), "common-practice", "5.00"),
        (("10", ""), "hubei", "5.00"),
        (("20", ""), "common-practice", "10.00"),  # 20 is not above 20
        (("5", "10"), "common-practice", "2.50"),  # the total row first
        (("", "10"), "hubei", "5.00"),
        (("—", "20"), "common-practice", "10.00"),
        (("", ""), "common-practice", "5.00"),
        (("", ""), "platform", "5.00"),
        (("", ""), "hubei", "10.00"),
        (("—", "—"), "hubei", "10.00"),
        (("", ""), "execution-5", "2.50"),
        (("10分", ""), "common-practice", "5.00"),
        (("10%", ""), "hubei", "5.00"),
        # a printed W > 20
        (("20.01", ""), "common-practice", "unparsed-weight"),
        (("100", ""), "common-practice", "unparsed-weight"),
        (("", "50"), "common-practice", "unparsed-weight"),
    ],
)
def test_weight_of_execution(weights: tuple[str, str], book: str, expected: str, tmp_path: Path) -> None:
    funding = [
        fund("年度资金总额", "100", "50", weight=weights[0]),
        fund("其中：当年财政拨款", "100", "50", weight=weights[1]),
    ]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "80")]), rulebook=load(book, tmp_path))
    assert outcome(card.execution) == expected


# … unless the row weights alone reach 100 or a row is itself the execution rate: not scored, not in Σ.
@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([row("≥3次", "3次", "60"), row("≥10次", "8次", "40")], "92.00"),
        ([row("≥3次", "3次", "100")], "100.00"),
        ([row("≥3次", "3次", "90"), row("=100%", "50%", "10", level3="预算执行率")], "95.00"),
        ([row("≥3次", "3次", "80"), row("=100%", "50%", "10", level3="预算执行率")], "85.00"),
        ([row("≥3次", "3次", "80"), row("=100%", "50%", "10", level3="执行进度")], "85.00"),
    ],
)
@pytest.mark.parametrize("book", ["common-practice", "hubei"])
def test_execution_line_is_not_scored(rows: list[perfeval.Indicator], total: str, book: str) -> None:
    card = perfeval.score(form([fund(executed="17.88", weight="")], rows), rulebook=book)
    assert outcome(card.execution) == "not-applicable"
    assert str(card.total) == total


# … the row weights do not reach 100: the book's weight.
def test_row_weights_just_below_100() -> None:
    card = perfeval.score(form([fund(executed="50", weight="")], [row("≥3次", "3次", "99.99")]))
    assert outcome(card.execution) == "5.00"


# The score is read where the weight is, if the total row has none.
@pytest.mark.parametrize(
    ("total_row", "part", "verdict"),
    [
        (("10", "5.00"), ("", ""), "equal"),
        (("", ""), ("10", "5.00"), "equal"),
        (("", ""), ("10", "9"), "differs"),
        (("10", "5.00"), ("10", "9"), "equal"),
        (("10", ""), ("", ""), "not-reported"),
    ],
)
def test_score_of_a_part(total_row: tuple[str, str], part: tuple[str, str], verdict: str) -> None:
    funding = [
        fund("年度资金总额", "100", "50", weight=total_row[0], score=total_row[1]),
        fund("其中：当年财政拨款", "100", "50", weight=part[0], score=part[1]),
    ]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "90")]))
    assert (outcome(card.execution), card.execution.verdict) == ("5.00", verdict)


# Total funding row. The row with E = 50 is the one to be found; all others have E = 10.
@pytest.mark.parametrize(
    ("labels", "found", "note"),
    [
        # the only row, whatever its name
        (["资金"], 0, ""),
        (["其中：财政拨款"], 0, ""),
        # else the first whose label ends in 总额 总金额 合计 总计
        (["年度资金总额", "其中：当年财政拨款", "其他资金"], 0, ""),
        (["当年财政拨款", "其他资金", "合计"], 2, ""),
        (["当年财政拨款", "总计", "其他资金"], 1, ""),
        (["当年财政拨款", "项目总金额", "其他资金"], 1, ""),
        (["当年财政拨款", "本年支出合计", "其他资金"], 1, ""),
        (["当年财政拨款", "合计", "总计"], 1, ""),
        (["预算资金", "年度资金总额"], 1, ""),  # before 预算
        (["财政拨款小计", "年度资金总额"], 1, ""),  # before 小计
        # without colons, brackets, spaces and notes
        (["当年财政拨款", "年度资金总额："], 1, ""),
        (["当年财政拨款", "年度资金总额:"], 1, ""),
        (["当年财政拨款", "年度资金总额（万元）"], 1, ""),
        (["当年财政拨款", "年度资金总额(A=B+C)"], 1, ""),
        (["当年财政拨款", "合 计"], 1, ""),
        (["当年财政拨款", "年度 资金\n总额 ："], 1, ""),
        # ends in, not holds
        (["总额以外资金", "年度资金总额"], 1, ""),
        (["合计中的结转资金", "年度资金总计"], 1, ""),
        # else the first not beginning with 其中 that holds 预算 or 小计
        (["当年财政拨款", "年度预算资金", "其他资金"], 1, ""),
        (["当年财政拨款", "资金小计", "其他资金"], 1, ""),
        (["其中：预算内资金", "年度预算资金"], 1, ""),
        (["其中：财政小计", "当年财政拨款", "预算安排"], 2, ""),
        # else the first, and said
        (["当年财政拨款", "其他资金"], 0, "total-row-assumed"),
        (["财政资金", "当年财政拨款", "上年结转资金"], 0, "total-row-assumed"),
        (["其中：预算内资金", "其他资金"], 0, "total-row-assumed"),
    ],
)
def test_total_funding_row(labels: list[str], found: int, note: str) -> None:
    funding = [fund(label, "100", "50" if i == found else "10") for i, label in enumerate(labels)]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "90")]))
    assert outcome(card.execution) == "5.00"
    assert ("total-row-assumed" in {*card.execution.notes, *card.notes}) is bool(note)


# Its three amounts blank or 0 while direct parts are not: Σ of the direct parts.
@pytest.mark.parametrize(
    ("initial", "adjusted", "executed"),
    [("", "", ""), ("0", "0", "0"), ("0.00", "0.00", "0.00"), ("—", "", "0")],
)
def test_empty_total_row(initial: str, adjusted: str, executed: str) -> None:
    funding = [
        fund("年度资金总额", adjusted, executed, initial=initial),
        fund("其中：当年财政拨款", "60", "30", initial="60", weight=""),
        fund("上年结转资金", "20", "20", initial="20", weight=""),
        fund("其他资金", "20", "0", initial="20", weight=""),
    ]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "90")]))
    assert (outcome(card.execution), card.execution.rate) == ("5.00", "50.00%")
    assert "total-row-empty" in {*card.execution.notes, *card.notes}


# … also the parts empty: nothing to add.
@pytest.mark.parametrize(("amount", "expected"), [("", "blank-budget"), ("0", "zero-budget")])
def test_everything_empty(amount: str, expected: str) -> None:
    funding = [
        fund("年度资金总额", amount, amount, initial=amount),
        fund("其中：当年财政拨款", amount, amount, initial=amount, weight=""),
    ]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "90")]))
    assert outcome(card.execution) == expected
    assert "total-row-empty" not in {*card.execution.notes, *card.notes}


# Amounts in the total row are used even where the parts say otherwise.
def test_parts_are_never_scored() -> None:
    funding = [
        fund("年度资金总额", "100", "50"),
        fund("其中：当年财政拨款", "10", "10"),
        fund("其他资金", "90", "90"),
    ]
    card = perfeval.score(form(funding, [row("≥3次", "3次", "90")]))
    assert (outcome(card.execution), str(card.total)) == ("5.00", "95.00")
