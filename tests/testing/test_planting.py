"""The tables drawn for tests: clean where they should be, faulty where a fault was planted, the same for one seed."""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import score
from perfeval.auditing import CHECKS
from perfeval.table import TableKind
from perfeval.testing import FAULTS, Fault, Host, clean_evaluation, clean_unit
from perfeval.testing.figures import hundredths, shown, trimmed

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "audit_quality.py"
SEEDS = st.integers(0, 2**32)
NOT_PLANTED = {
    "PE203": "optional: every table of a region with another pattern",
    "PE212": "always a consequence of what was found in the rows",
    "PE318": "optional: most forms print no sign",
    "PE409": "optional: both figures are right",
    "PE503": "optional: a reason more than is needed",
    "PE505": "optional: a text longer than some forms allow",
    "PE610": "optional: style",
}


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - to draw tables, not to keep secrets


def _quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_quality", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


QUALITY = _quality()


@given(SEEDS)
def test_one_seed_one_table(seed: int) -> None:
    assert clean_unit(drawn(seed)) == clean_unit(drawn(seed))
    assert clean_evaluation(drawn(seed)) == clean_evaluation(drawn(seed))


@given(SEEDS)
def test_clean_scores_are_those_of_the_engine(seed: int) -> None:
    """Two calculations that share nothing agree on every point of every clean table."""
    for table in clean_unit(drawn(seed)):
        card = score(table)
        for row in card.indicators:
            assert row.score is None or row.score == row.reported_score
            assert row.reported_score is not None
        assert card.execution.score == card.execution.reported_score
        if card.total is not None and card.reported_total is not None:
            assert card.total == card.reported_total


@given(SEEDS)
def test_the_units_money_holds_that_of_its_projects(seed: int) -> None:
    whole, *projects = clean_unit(drawn(seed))
    assert whole.kind is TableKind.WHOLE_UNIT
    for column in ("adjusted", "executed"):
        cells = [getattr(table.funding[0], column) for table in (whole, *projects)]
        amounts = [Fraction(cell.value.number) for cell in cells]
        assert amounts[0] > sum(amounts[1:])


@given(SEEDS)
def test_nothing_grave_is_said_of_clean_tables(seed: int) -> None:
    found = [one for _, findings in QUALITY.clean_findings(4, seed) for one in findings]
    assert [one.text("en") for one in found] == []


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_planted_fault_is_found_and_nothing_else(fault: Fault) -> None:
    random = drawn(2024)
    real = QUALITY.real_hosts()
    of_units = fault.code.startswith("PE6") and fault.code not in QUALITY.OF_ONE_TABLE
    source = QUALITY.hosts(random, real, is_of_units=of_units)
    made = []
    for _ in range(400):
        found = QUALITY.judged(fault, next(source), random)
        made += [] if found is None else [found]
        if len(made) == 3:
            break
    assert made
    assert all(one.is_found for one in made)
    assert [one.text("en") for found in made for one in found.others] == []


def test_the_same_seed_plants_the_same_fault() -> None:
    host: Host = clean_unit(drawn(7))
    for fault in FAULTS:
        assert fault.plant(host, drawn(3)) == fault.plant(host, drawn(3))


def test_every_check_of_tables_is_planted() -> None:
    planted = {fault.code for fault in FAULTS}
    known = {check.code for check in CHECKS}
    inside = {code for code in known if not code.startswith(("PE62", "PE63", "PE64", "PE9"))}
    assert planted | set(NOT_PLANTED) == inside
    assert not planted & set(NOT_PLANTED)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 60


@pytest.mark.slow
def test_quality_of_the_audit() -> None:
    results = list(QUALITY.plantings(1200, 5))
    found = sum(one.is_found for one in results)
    besides = sum(len(one.others) for one in results)
    assert found == len(results)
    assert found >= 99 * besides
    assert [one.text("en") for _, findings in QUALITY.clean_findings(400, 6) for one in findings] == []


def test_figures() -> None:
    assert hundredths(Fraction(9955, 1000)) == Fraction(996, 100)
    assert (shown(Fraction(5, 2), 0), shown(Fraction(-1, 4)), shown(Fraction(1, 3), 3)) == (
        "3",
        "-0.25",
        "0.333",
    )
    assert (trimmed(Fraction(20)), trimmed(Fraction(41, 2)), trimmed(Fraction(100), 0)) == (
        "20",
        "20.5",
        "100",
    )
