"""Every check, whatever it looks at: its examples, its words, its name."""

import ast
import inspect
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from perfeval.auditing import CHECKS, AuditFinding, Check, audit
from perfeval.auditing.check import OUTSIDE
from perfeval.auditing.examples import CLEAN, unit_of
from perfeval.findings import Severity
from perfeval.rulebook import BasisStatus
from perfeval.table import Evaluation

IDS = [check.code for check in CHECKS]
ACCUSING = re.compile("虚报|造假|违规|弄虚作假|隐瞒|fraud|fake|cheat|violat", re.IGNORECASE)
OUR_FILES = re.compile(r"\.(md|toml|py)\b|semantics|findings|issue|§")
DOCUMENT = re.compile(r"《.+》|〔20\d\d〕\d+号|填报说明|表样|表[内间]勾稽")
PARAGRAPHS = ("What:", "Basis:", "Why:", "False alarms:")


def found_in(check: Check, *tables: Evaluation) -> tuple[AuditFinding, ...]:
    """What a check says of tables, beside the outside of its examples."""
    return audit(
        tables,
        previous=check.previous,
        approved=check.approved,
        ledger=check.ledger,
        ignores=check.ignores,
        rulebook=check.rulebook,
        select=[check.code, *(one.check for one in check.ignores)],
    ).findings


def codes(findings: tuple[AuditFinding, ...]) -> set[str]:
    return {one.code for one in findings}


def graver(findings: tuple[AuditFinding, ...]) -> set[str]:
    return {one.code for one in findings if one.severity is not Severity.NOTE}


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert sorted(IDS) == IDS
    assert len({check.name for check in CHECKS}) == len(CHECKS) == len(set(IDS))
    assert all(re.fullmatch(r"PE[1-9][0-9]{2}", code) for code in IDS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check.name) for check in CHECKS)


def test_a_code_that_was_given_out_keeps_its_name() -> None:
    """Codes stand in letters and baselines: one that goes is never given to another check."""
    file = Path(__file__).parents[1] / "data/check-codes.txt"
    given = dict(line.split() for line in file.read_text(encoding="utf-8").splitlines())
    now = {check.code: check.name for check in CHECKS}
    assert {code: now.get(code, given[code]) for code in given} == given
    assert not set(now) - set(given), "add new codes to check-codes.txt"


def test_nothing_is_found_in_the_clean_tables() -> None:
    assert audit([CLEAN]).findings == ()
    assert graver(audit([unit_of(), CLEAN]).findings) == set()


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_the_wrong_examples_raise_this_code(check: Check) -> None:
    found = found_in(check, *check.wrong)
    assert codes(found) == {check.code}
    assert all(one.places or one.evaluation is not None for one in found)
    assert all(len(one.fingerprint) == 16 for one in found)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_the_right_examples_raise_nothing(check: Check) -> None:
    if check.scope == "unit" or check.scope in OUTSIDE:
        assert found_in(check, *check.right) == ()
    if check.scope not in OUTSIDE:
        for table in check.right:
            assert found_in(check, table) == ()


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_its_words_accuse_nobody_and_hold_their_facts(check: Check) -> None:
    for one in found_in(check, *check.wrong):
        for message in (one.message, one.explained_by, one.ask):
            for language in ("zh", "en"):
                text = message.text(language)
                assert text
                assert not ACCUSING.search(text)
                assert not re.search(r"\{[a-z_]+\}", text)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_its_module_says_what_it_is(check: Check) -> None:
    name = f"{check.code.lower()}_{check.name.replace('-', '_')}"
    module = import_module(f"perfeval.auditing.checks.{name}")
    text = inspect.getdoc(module) or ""
    assert all(paragraph in text for paragraph in PARAGRAPHS), name
    assert module.CHECK is check


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_its_basis_can_stand_in_a_letter(check: Check) -> None:
    assert check.basis.strip()
    assert not OUR_FILES.search(check.basis)
    assert check.basis.count("（") == check.basis.count("）")
    if check.status is not BasisStatus.BACKGROUND:
        assert DOCUMENT.search(check.basis)
    if "无条文依据" in check.basis or "原文未核对" in check.basis:
        assert check.status is BasisStatus.BACKGROUND


def test_every_file_of_a_check_is_registered() -> None:
    folder = Path(str(sys.modules["perfeval.auditing.checks"].__file__)).parent
    files = {path.stem[:5].upper() for path in folder.glob("pe[0-9]*.py")}
    assert files == set(IDS)


def test_no_check_holds_a_binary_float() -> None:
    folder = Path(str(sys.modules["perfeval.auditing"].__file__)).parent
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        ]
