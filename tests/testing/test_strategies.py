"""What the strategies draw is what they promise: it reads back, scores, loads, and audits as clean or as planted."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from perfeval import UsageError, audit, score, score_indicator
from perfeval.findings import Severity
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook
from perfeval.table import Evaluation, Indicator
from perfeval.testing import (
    Planted,
    comparisons,
    deadlines,
    evaluations,
    indicators,
    notations,
    quantities,
    ranges,
    register_strategies,
    rulebooks,
    targets,
)
from perfeval.values import (
    Comparison,
    Deadline,
    Missing,
    Operator,
    Quantity,
    Range,
    Text,
    Unparsed,
    parse_target,
)

ROOT = Path(__file__).parents[2]
MEANINGS = (Comparison, Range, Deadline, Text, Missing, Unparsed)
WITH_AND_WITHOUT_UNIT = quantities((*notations.UNITS, ""))


@given(st.data())
def test_every_notation_reads_back(data: st.DataObject) -> None:
    value = data.draw(st.one_of(comparisons(WITH_AND_WITHOUT_UNIT), ranges(WITH_AND_WITHOUT_UNIT)))
    assert parse_target(data.draw(targets(st.just(value)))) == value


@pytest.mark.parametrize(
    "text", ["≥30次", "不少于30次", "30次以上", "三十次及以上", "＞＝３０次", "达到≥ 30 次", "≥30次。"]
)
def test_notations_of_one_target(text: str) -> None:
    value = parse_target("≥30次")
    assert isinstance(value, Comparison)
    assert find(targets(st.just(value)), lambda drawn: drawn == text, settings=_LONG) == text


_LONG = settings(max_examples=20_000, database=None, derandomize=True, deadline=None)
_FIRST = settings(_LONG, phases=[Phase.generate])  # shrinking a whole table takes a while


@pytest.mark.parametrize("kind", MEANINGS)
def test_targets_are_of_every_kind(kind: type) -> None:
    assert find(targets(), lambda text: isinstance(parse_target(text), kind), settings=_LONG) is not None


@given(deadlines())
def test_deadlines_are_read_as_deadlines(text: str) -> None:
    assert isinstance(parse_target(text), Deadline)


def test_words_blanks_and_unreadable_cells_are_what_they_are_called() -> None:
    for texts, kind in (
        (notations._STATEMENTS, Text),
        (notations._MISSING, Missing),
        (notations._UNREADABLE, Unparsed),
    ):
        assert [text for text in texts if not isinstance(parse_target(text), kind)] == []


@given(quantities(["万元", "次"]))
def test_quantities_have_the_units_asked_for(quantity: Quantity) -> None:
    assert quantity.unit.symbol in {"万元", "次"}
    assert quantity.unit.symbol == "万元" or quantity.exponent == 0


def test_an_unknown_unit_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        quantities(["龘"])
    assert caught.value.text("en").endswith("'龘' is not the name of a known unit")


@given(row=indicators(), book=st.sampled_from(BUILT_IN))
def test_indicators_score_or_say_why(row: Indicator, book: str) -> None:
    card = score(Evaluation(indicators=[row]), book)
    (made,) = card.indicators
    assert (made.score is None) == (made.reason is not None)
    assert made.score is None or (made.weight is not None and 0 <= made.score <= made.weight)


@given(indicators(targets(comparisons(quantities(["万元"]), [Operator.AT_MOST]))))
def test_indicators_have_the_targets_asked_for(row: Indicator) -> None:
    assert row.target is not None
    assert isinstance(row.target.value, Comparison)
    assert row.target.value.operator is Operator.AT_MOST


@given(value=comparisons(quantities(["次", "%", "万元"])), actual=st.integers(0, 200), data=st.data())
def test_a_score_does_not_depend_on_the_notation(value: Comparison, actual: int, data: st.DataObject) -> None:
    cells = data.draw(st.tuples(targets(st.just(value)), targets(st.just(value))))
    unit = value.quantity.unit.symbol
    first, second = (score_indicator(cell, f"{actual}{unit}") for cell in cells)
    assert (first.score, first.reason, first.notes) == (second.score, second.reason, second.notes)


@given(evaluations())
def test_nothing_grave_is_said_of_what_is_clean(table: Evaluation) -> None:
    assert [one.text("en") for one in audit([table]).findings if one.severity is not Severity.NOTE] == []


@given(evaluations(planted=True))
def test_what_is_planted_is_found(planted: Planted) -> None:
    assert planted.code in {one.code for one in audit(planted.evaluations).findings}


@given(rulebooks())
def test_rule_books_load_and_score(book: RuleBook) -> None:
    assert book.id.removesuffix("-drawn") in BUILT_IN
    assert score_indicator("≥100次", "100次", 10, rulebook=book).score in (Decimal(10), Decimal("10.00"))
    assert score_indicator("≥100次", "", 10, rulebook=book).score is None


def test_books_shrink_to_one_that_ships_and_lose_the_basis_of_what_is_drawn() -> None:
    plain = find(rulebooks(), lambda _: True, settings=_LONG)
    assert attrs_of(plain) == attrs_of(load_rulebook(BUILT_IN[0]))
    other = find(rulebooks(), lambda book: bool(book.settings.ladder), settings=_LONG)
    assert other.id.endswith("-drawn")
    assert all("settings.ladder" not in basis.covers for basis in other.basis)


def attrs_of(book: RuleBook) -> tuple[object, ...]:
    return book.id, book.settings, book.rules, book.grades, book.basis, book.execution


def test_registered_strategies_are_those() -> None:
    register_strategies()
    for kind in (Quantity, Comparison, Range, Deadline, Indicator, Evaluation, Planted, RuleBook):
        assert isinstance(find(st.from_type(kind), lambda _: True, settings=_FIRST), kind)


def test_hypothesis_is_imported_with_the_first_strategy_that_is_used() -> None:
    code = (
        "import sys, perfeval.testing; print('hypothesis' in sys.modules); "
        "perfeval.testing.targets; print('hypothesis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_worked_example_finds_the_wrong_scorer_and_passes_the_exact_one() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "--tb=short",
        "-p",
        "no:randomly",
        "examples/testing",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    # Which one is the smallest found depends on the constants that hypothesis sees in the installed modules.
    found = re.search(r"AssertionError: (.*), (.*), weight (.*): (.*), not (.*)", done.stdout)
    assert found is not None
    target, actual, weight, wrong, right = found.groups()
    assert Decimal(wrong) != Decimal(right) == score_indicator(target, actual, weight).score
    assert "PASSED examples/testing/test_my_scorer.py::test_my_scorer[exact_score]" in done.stdout
    assert "1 failed, 1 passed" in done.stdout
