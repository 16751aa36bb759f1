"""The three functions other software calls: what they take, and what they refuse."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfeval import (
    Evaluation,
    Indicator,
    Target,
    UnreadableError,
    UsageError,
    load_rulebook,
    parse_target,
    score,
    score_execution,
    score_indicator,
)
from perfeval.table import Cell, target_cell
from perfeval.values import DEFAULT_UNITS, Quantity
from scoring.books import book

CELL = target_cell("≤8.90万元")
VALUE: Target = parse_target("≤8.90万元")
PARTS = {"operator": "≤", "value": "8.90", "unit": "万元"}


@pytest.mark.parametrize("target", ["≤8.90万元", CELL, VALUE, PARTS])
@pytest.mark.parametrize(
    "actual", ["8.94万元", parse_target("8.94万元"), {"value": Decimal("8.94"), "unit": "万元"}]
)
def test_ways_to_give_a_cell(target: Any, actual: Any) -> None:
    found = score_indicator(target, actual, weight=10)
    assert (found.score, found.completion, found.family) == (Decimal("9.96"), Decimal("0.9955"), "ratio")


@pytest.mark.parametrize(("target", "actual"), [(100, 80), (Decimal(100), Decimal("80.0")), ("100", 80)])
def test_numbers(target: Any, actual: Any) -> None:
    assert str(score_indicator(target, actual).score) == "8.00"


@pytest.mark.parametrize("weight", [10, "10", "10分", "10%", Decimal(10)])
def test_weights(weight: Any) -> None:
    assert str(score_indicator("≥10次", "8次", weight=weight).score) == "8.00"


@pytest.mark.parametrize("year", [2024, "2024", "2024年", "2024年度", " 2024 年度 ", "２０２４"])
def test_years(year: Any) -> None:
    assert str(score_indicator("12月底前", "2024年12月31日", rule="direct", year=year).score) == "10.00"
    assert str(score_indicator("12月底前", "2025年1月1日", rule="direct", year=year).score) == "0.00"


# What is no year is misuse of the function, but only a blank in a table: nobody can tell whose December is meant.
@pytest.mark.parametrize("year", ["", "2024-2025", "二〇二四", "24", "²⁰²⁴"])
def test_no_years(year: str) -> None:
    with pytest.raises(UsageError) as caught:
        score_indicator("12月底前", "2025年12月31日", year=year)
    assert caught.value.text("en") == f"the year '{year}' cannot be read; write it like 2024"
    row = Indicator(target="12月底前", actual="2025年12月31日", weight="10", rule="直接赋分")
    assert score(Evaluation(year=year, indicators=[row])).indicators[0].reason == "needs-judgement"


@pytest.mark.parametrize(
    ("target", "actual", "outcome"),
    [
        ("12月底前", "12月31日", "10.00"),  # both without: of one year
        ("11月底前", "12月1日", "0.00"),
        ("12月底前", "2025年12月31日", "needs-judgement"),  # one with, one without: not guessed at
        ("2025年12月底前", "11月", "needs-judgement"),
        ("11月底前", "2030年1月", "needs-judgement"),
    ],
)
def test_without_a_year(target: str, actual: str, outcome: str) -> None:
    made = score_indicator(target, actual, rule="direct")
    assert str(made.score if made.reason is None else made.reason) == outcome


# rule: a printed text, or the kind of a rule of the book
@pytest.mark.parametrize(
    ("rule", "outcome", "kind", "match", "printed"),
    [
        ("直接赋分", "0.00", "direct", 0, "直接赋分"),
        ("按比例赋分", "8.00", "proportional", 1, "按比例赋分"),
        ("少一次扣一分", "no-rule", "stated", 4, "少一次扣一分"),
        (None, "8.00", "proportional", 7, None),
        ("", "8.00", "proportional", 7, ""),
        ("direct", "0.00", "direct", None, None),
        ("proportional", "8.00", "proportional", None, None),
        ("graded", "needs-judgement", "graded", None, None),
        ("stated", "no-rule", "stated", None, None),
        ("satisfaction", "8.00", "proportional", None, None),
    ],
)
def test_rules(rule: str | None, outcome: str, kind: str, match: int | None, printed: str | None) -> None:
    found = score_indicator("≥10次", "8次", rule=rule)
    assert str(found.reason if found.score is None else found.score) == outcome
    assert (found.rule, found.choice.match, found.printed_rule) == (kind, match, printed)


def test_satisfaction_with_a_text_target_goes_on_to_graded() -> None:
    assert score_indicator("满意", "满意", rule="satisfaction").rule == "graded"
    assert score_indicator("满意", "满意", level3="满意度").rule == "graded"
    assert score_indicator("≥90%", "95%", rule="satisfaction").rule == "proportional"


def test_a_kind_that_the_book_does_not_use() -> None:
    with pytest.raises(UsageError) as caught:
        score_indicator("≥10次", "8次", rule="banded")
    assert caught.value.message.code == "CALL-RULE"
    assert caught.value.text("en") == (
        "rule book common-practice does not use the rule 'banded'; "
        "give one of direct graded proportional satisfaction stated, or the printed text of a rule"
    )
    assert str(caught.value) == (
        "评分办法 common-practice 没有用到“banded”规则；"
        "可用 direct graded proportional satisfaction stated，或印出的赋分规则文字"
    )


def test_a_misspelt_kind() -> None:
    with pytest.raises(UsageError) as caught:
        score_indicator("≥10次", "8次", rule="propotional")
    assert caught.value.text("en") == (
        "'propotional' is neither the kind of a rule (proportional direct banded graded stated satisfaction) "
        "nor the printed text of one"
    )


# What a form prints where it has no rule is no misspelt kind.
@pytest.mark.parametrize("rule", ["", "—", "/", "-", " "])
def test_nothing_printed(rule: str) -> None:
    found = score_indicator("≥10次", "8次", rule=rule)
    assert (str(found.score), found.choice.match) == ("8.00", 7)


@pytest.mark.parametrize("make", ["name", "path", "text path", "book"])
def test_ways_to_give_a_book(make: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'schema = "perfeval.rulebook.v1"\nid = "own"\n[settings]\nreverse = "linear"\n', encoding="utf-8"
    )
    source: Any = {"name": "platform", "path": path, "text path": str(path), "book": load_rulebook(path)}[
        make
    ]
    assert str(score_indicator("≤10元", "12元", rulebook=source).score) == "8.00"
    assert (
        str(
            score(Evaluation(indicators=[Indicator(target="≤10元", actual="12元", weight="10")]), source)
            .indicators[0]
            .score
        )
        == "8.00"
    )
    assert score_execution("10", "5", rulebook=source).rulebook.id == (
        "platform" if make == "name" else "own"
    )


# Wrong calls
@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"target": 8.9, "actual": "8"}, "CALL-FLOAT", "target"),
        ({"target": "8", "actual": 8.9}, "CALL-FLOAT", "actual"),
        ({"target": "8", "actual": "8", "weight": 10.0}, "CALL-FLOAT", "weight"),
        ({"target": "8", "actual": "8", "reported": 10.0}, "CALL-FLOAT", "reported"),
        ({"target": True, "actual": "8"}, "CALL-CELL", "target"),
        ({"target": "8", "actual": Decimal("NaN")}, "CALL-CELL", "actual"),
        ({"target": {"value": 8.9}, "actual": "8"}, "CALL-FLOAT", "target.value"),
        ({"target": "8", "actual": {"unit": 1.5}}, "CALL-FLOAT", "actual.unit"),
        ({"target": "8", "actual": {"number": "1"}}, "CALL-PARTS", "actual"),
    ],
)
def test_floats_and_others_are_refused(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(UsageError) as caught:
        score_indicator(**given)
    assert caught.value.message.code == code
    assert caught.value.text("en").startswith(f"{field} can")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"budget": 1.5, "executed": "1"}, "CALL-FLOAT"),
        ({"budget": "1", "executed": 1.5}, "CALL-FLOAT"),
        ({"budget": "1", "executed": "1", "weight": 1.5}, "CALL-FLOAT"),
        ({"budget": "1", "executed": "1", "reported": 1.5}, "CALL-FLOAT"),
        ({"budget": "1", "executed": "1", "weight": ""}, "CALL-WEIGHT"),
        ({"budget": "1", "executed": "1", "weight": None}, "CALL-WEIGHT"),
        ({"budget": "1", "executed": "1", "weight": "(40-50)分"}, "CALL-WEIGHT"),
        ({"budget": "1", "executed": "1", "weight": "-1"}, "CALL-WEIGHT"),
        ({"budget": "1", "executed": "1", "rulebook": "nothing"}, "RB-NAME"),
    ],
)
def test_wrong_calls_of_execution(given: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        score_execution(**given)
    assert caught.value.message.code == code
    assert caught.value.text("zh") != caught.value.text("en")


@pytest.mark.parametrize("given", [None, "examples/x.toml", {}, [Evaluation()]])
def test_only_a_table_can_be_scored(given: Any) -> None:
    with pytest.raises(UsageError) as caught:
        score(given)
    assert caught.value.text("en") == f"must be an Evaluation, not a {type(given).__name__}"


def test_a_broken_book_says_everything(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('schema = "perfeval.rulebook.v1"\nvers = 1\n', encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        score_indicator("≥3次", "3次", rulebook=path)
    assert [problem.path for problem in caught.value.problems] == ["id", "vers"]


def test_missing_cells_are_no_misuse() -> None:
    found = score_indicator(None, None, weight=None)
    assert (found.score, found.reason, found.weight) == (None, "blank-weight", None)
    assert score_execution(None, None).reason == "blank-budget"


# Amounts of money given as numbers with units of their own
def test_amounts() -> None:
    wan = DEFAULT_UNITS.names["万元"]
    found = score_execution(Quantity(Decimal(50), wan), Quantity(Decimal(89400), DEFAULT_UNITS.names["元"]))
    assert (found.rate, str(found.score), found.executed) == ("17.88%", "1.79", Decimal("8.94"))
    assert score_execution(50, Decimal("8.94")).rate == "17.88%"
    assert score_execution("50", "8.94万元").rate == "17.88%"  # what has no unit takes the other's
    assert score_execution("50", "8.94万").rate == "17.88%"


def test_a_hand_made_cell_keeps_its_text() -> None:
    assert score_indicator(Cell("三次以上", parse_target("≥3次")), "3次").indicator.target == Cell(
        "三次以上", parse_target("≥3次")
    )


def test_the_book_is_in_the_result() -> None:
    own = book('[settings]\nreverse = "cliff"')
    assert score_indicator("≤3次", "4次", rulebook=own).rulebook == own
    assert score_execution("1", "1", rulebook=own).rulebook == own
    assert score(Evaluation(), own).rulebook == own
