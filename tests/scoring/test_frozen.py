"""Results as values: picklable, the same in every thread and under every decimal context."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_UP, Context, Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

import attrs
import pytest

from perfeval import (
    Evaluation,
    Funding,
    Indicator,
    Scorecard,
    Total,
    load_rulebook,
    read,
    score,
    score_indicator,
)
from scoring.books import book

ROOT = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted((ROOT / "bortala-2024").glob("*.toml"))
BANDS = ROOT / "rulebooks/bands-2021-draft.toml"

# Where units are missing, of another size, or alone: what a copy must not lose.
UNITS = Evaluation(
    amount_unit="万元",
    funding=[Funding(label="合计", adjusted="50", executed="2.9万元", weight="10")],
    indicators=[
        Indicator(target="≥90%", actual="0.95", weight="10"),
        Indicator(target="≥90%", actual="95", weight="10"),
        Indicator(target="≥200万", actual="195.5", weight="10"),
        Indicator(target="200", actual="1.9万", weight="10", level3="支出"),
        Indicator(target="≤8.90万元", actual="89400元", weight="10"),
        Indicator(target="3次", actual="3次", weight="10"),
        Indicator(target="3", actual="3", weight="10"),
        Indicator(target="有效", actual="95%", weight="10"),
        Indicator(target="≥28.40元/人", actual="28.40/人", weight="10", score="9.99"),
    ],
)


def outcome(card: Scorecard) -> list[Any]:
    """Everything a card says."""
    execution = card.execution
    return [
        (card.total, card.grade, card.notes, card.scored_subtotal, card.scored_weight, dict(card.subtotals)),
        (
            execution.budget,
            execution.executed,
            execution.score,
            execution.reason,
            execution.notes,
            execution.rate,
        ),
        *(
            (row.score, row.reason, row.notes, row.completion, row.verdict, row.verdict_by)
            for row in card.indicators
        ),
        card.explain("zh"),
        card.explain("en"),
    ]


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("copied", [pickled, copy.deepcopy, copy.copy], ids=["pickle", "deepcopy", "copy"])
@pytest.mark.parametrize(
    "table", [UNITS, *(read(path).evaluations[0] for path in EXAMPLES[4:6])], ids=["units", "4", "5"]
)
def test_a_copied_table_scores_alike(table: Evaluation, copied: Callable[[Evaluation], Evaluation]) -> None:
    assert outcome(score(copied(table))) == outcome(score(table))
    assert score(copied(table)) == score(table)


@pytest.mark.parametrize("copied", [pickled, copy.deepcopy], ids=["pickle", "deepcopy"])
@pytest.mark.parametrize(
    "source", ["common-practice", "platform", "hubei", BANDS], ids=["common", "platform", "hubei", "bands"]
)
def test_cards_and_books_survive_copying(source: Any, copied: Callable[[Any], Any]) -> None:
    rulebook = load_rulebook(source)
    for table in (UNITS, read(EXAMPLES[4]).evaluations[0]):
        card = score(table, rulebook)
        again = copied(card)
        assert again == card
        assert outcome(again) == outcome(card)
        assert outcome(score(table, copied(rulebook))) == outcome(card)


def test_places_survive_copying() -> None:
    card = score(read(EXAMPLES[4]).evaluations[0])
    again = pickled(card)
    assert [row.place for row in again.indicators] == [row.place for row in card.indicators]
    assert again.execution.place == card.execution.place


# A table that another process made (as multiprocessing and Spark send them) scores as it does here.
def test_a_table_from_another_process(tmp_path: Path) -> None:
    path = tmp_path / "table.pickle"
    program = (
        "import pathlib, pickle, sys; from perfeval import *;"
        "row = Indicator(target='≥90%', actual='0.95', weight='10');"
        "pathlib.Path(sys.argv[1]).write_bytes(pickle.dumps((Evaluation(indicators=[row]), load_rulebook('hubei'))))"
    )
    environment = {"PYTHONPATH": "src", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, env=environment, cwd=ROOT.parent)
    table, rulebook = pickle.loads(path.read_bytes())  # noqa: S301 - written two lines above
    assert rulebook == load_rulebook("hubei")
    assert hash(rulebook) == hash(load_rulebook("hubei"))
    assert score(table, rulebook).indicators[0].reason == "unit-ambiguous"


@pytest.mark.parametrize("field", ["score", "reason"])
def test_nothing_can_be_assigned(field: str) -> None:
    card = score(UNITS)
    for value in (card.execution, card.indicators[0], card):
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(value, field, None)


def test_threads() -> None:
    tables = [UNITS, read(EXAMPLES[4]).evaluations[0]]
    books = [load_rulebook("common-practice"), load_rulebook("platform"), load_rulebook(BANDS)]
    work = [(table, rulebook) for table in tables for rulebook in books]
    expected = [outcome(score(table, rulebook)) for table, rulebook in work]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda item: outcome(score(*item)), work * 4))
    assert found == expected * 4


# A caller may have set its decimals to anything: no result changes.
STRICT = Context(prec=1, rounding=ROUND_UP, traps=[Inexact])
CONTEXTS = [Context(prec=1), Context(prec=3, rounding=ROUND_UP), Context(prec=1, Emax=1, Emin=-1), STRICT]


@pytest.mark.parametrize("context", CONTEXTS, ids=["1 digit", "3 digits up", "tiny", "strict"])
@pytest.mark.parametrize("path", EXAMPLES[4:6], ids=lambda path: path.stem)
def test_decimal_context(path: Path, context: Context) -> None:
    expected = outcome(score(read(path).evaluations[0]))
    with localcontext(context):
        found = outcome(score(read(path).evaluations[0]))
    assert found == expected


@pytest.mark.parametrize("context", CONTEXTS, ids=["1 digit", "3 digits up", "tiny", "strict"])
def test_decimal_context_and_missing_units(context: Context) -> None:
    table = attrs.evolve(
        UNITS, indicators=[Indicator(target="≥95%", actual="1.96", weight="10")], total=Total(score="1.239")
    )
    expected = outcome(score(table))
    with localcontext(context):
        found = outcome(score(table))
    assert found == expected


@pytest.mark.parametrize("context", CONTEXTS, ids=["1 digit", "3 digits up", "tiny", "strict"])
def test_decimal_context_and_grades(context: Context) -> None:
    table = Evaluation(
        funding=[Funding(adjusted="100", executed="100", weight="10")],
        indicators=[Indicator(target="≥100000次", actual="88884次", weight="90")],
    )
    with localcontext(context):
        card = score(table)
    assert (card.total, card.grade, card.notes) == (Decimal("90.00"), "优", ("grade-edge",))


def test_books_of_many_settings_do_not_mix() -> None:
    families = [book(f'[settings]\nreverse = "{name}"') for name in ("ratio", "linear", "cliff")] * 2
    found = [str(score_indicator("≤10元", "15元", rulebook=each).score) for each in families]
    assert found == ["6.67", "5.00", "0.00"] * 2
