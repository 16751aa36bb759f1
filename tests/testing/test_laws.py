"""The laws, searched over the rules of a book: what is broken is shown, declared or not, the same each time."""

import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import attrs
import pytest

from perfeval import testing
from perfeval.cli import main
from perfeval.formula.nodes import Branch, Case, Compare, Divide, Input, Multiply, Node, Number, Refuse
from perfeval.messages import Wording
from perfeval.rulebook import BUILT_IN, BrokenOnPurpose, Law, RuleBook, load_rulebook
from perfeval.rules import Kind, LadderStep, Proportional, Rule
from perfeval.testing import assert_lawful, broken_laws
from perfeval.testing.laws import examine

EXAMPLES = Path(__file__).parents[2] / "examples" / "rulebooks"
BOOKS = (*BUILT_IN, *(EXAMPLES / f"{name}.toml" for name in ("bands-2021-draft", "bortala-2024")))


@pytest.mark.parametrize("source", BOOKS, ids=lambda source: Path(source).stem)
def test_the_books_of_this_project_are_lawful(source: str | Path) -> None:
    book = load_rulebook(source)
    assert_lawful(book)
    found = examine(book)
    assert {(each.law, each.rule) for each in found.declared} == {
        (each.law, each.rule) for each in book.breaks
    }


def with_rule(rule: Rule, *breaks: BrokenOnPurpose) -> RuleBook:
    usual = load_rulebook("common-practice")
    return attrs.evolve(
        usual, match=usual.match[-1:], rules=(rule,), satisfaction_rule=rule, breaks=breaks, origin=None
    )


LADDER = with_rule(Proportional(ladder=(LadderStep(Decimal("1.3"), Decimal("0.8")),)))


def test_a_broken_law_has_its_example_and_its_setting() -> None:
    (broken,) = broken_laws(LADDER)
    assert (broken.law, broken.rule, broken.path) == (Law.MONOTONE, "proportional", ("settings", "ladder", 0))
    assert "指标 ≥100 次：完成 129 次得 10 分，完成 130 次只得 8 分。" in broken.message.text()
    assert "target ≥100 次: 129 次 earns 10, 130 次 only 8;" in broken.message.text("en")


def test_it_is_the_same_each_time() -> None:
    assert broken_laws(LADDER) == broken_laws(LADDER)


def test_assert_lawful_says_what_and_why() -> None:
    with pytest.raises(AssertionError, match=r"^common-practice:1:1 settings.ladder\[0\]: proportional 不守"):
        assert_lawful(LADDER)
    said = attrs.evolve(LADDER, breaks=(BrokenOnPurpose(Law.MONOTONE, "proportional", "目标偏低"),))
    assert_lawful(said)
    idle = attrs.evolve(said, breaks=(*said.breaks, BrokenOnPurpose(Law.CONTINUOUS, "proportional", "x")))
    with pytest.raises(AssertionError, match=r"breaks\[1\]: 声明 proportional 不守“continuous”"):
        assert_lawful(idle)


@attrs.frozen
class Own:
    """A rule that perfeval does not have, of one formula for floors."""

    kind: ClassVar[str] = "own"
    node: Node
    said: tuple[str, ...] = ()

    def formula(self, kind: Kind) -> Node:
        return self.node if kind is Kind.AT_LEAST else Refuse("rule-unfit")

    def completion(self, kind: Kind) -> Node:
        return self.formula(kind)

    def breaks(self) -> Mapping[str, Wording]:
        return dict.fromkeys(self.said, Wording("own", "故意", "on purpose"))


ACTUAL, TARGET = Input("actual"), Input("target")
FULL = Case((Branch(Compare(">=", ACTUAL, TARGET), Number(1)),), Number(0))


@pytest.mark.parametrize(
    ("node", "law", "words"),
    [
        (Case((Branch(Compare(">=", ACTUAL, Number(7)), Number(2)),), Number(1)), Law.BOUNDS, "得 20 分，分值只有 10 分"),
        (Case((Branch(Compare(">=", ACTUAL, TARGET), Number(1)),), Divide(Number(5), Input("weight"))), Law.LINEAR_IN_WEIGHT, "5 分时得 5 分"),
        (Case((Branch(Compare(">=", ACTUAL, Number(7)), Number(1)),), Number(0)), Law.SAME_IN_OTHER_UNITS, "却得 10 分"),
        (Multiply(Number(1, 2), FULL), Law.FULL_AT_TARGET, "指标 ≥100 次：完成 100 次只得 5 分"),
    ],
    ids=lambda value: str(value) if isinstance(value, Law) else "",
)  # fmt: skip
def test_a_rule_of_ones_own_is_under_the_same_laws(node: Node, law: Law, words: str) -> None:
    found = {each.law: each.message.text() for each in broken_laws(with_rule(Own(node)))}
    assert words in found[law]


def test_a_rule_of_ones_own_says_itself_what_it_breaks() -> None:
    assert {each.law for each in broken_laws(with_rule(Own(FULL)))} == {Law.CONTINUOUS}
    assert_lawful(with_rule(Own(FULL, ("continuous",))))


def test_the_names_are_there_without_hypothesis_until_they_are_used() -> None:
    code = "import sys, perfeval.testing; print('hypothesis' in sys.modules)"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout == "False\n"
    with pytest.raises(AttributeError, match="no attribute 'lawful'"):
        _ = testing.lawful


def test_a_check_without_hypothesis(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    for name in ("laws", "trials"):
        monkeypatch.delitem(sys.modules, f"perfeval.testing.{name}", raising=False)
    assert main(["rulebook", "check", "hubei", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "hubei: passed\nhubei: 1 laws broken on purpose, each with its reason\n"
    assert printed.err == (
        'hypothesis is not installed, so the laws were not checked; run pip install "perfeval[testing]"\n'
    )


def test_another_module_that_is_missing_is_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "perfeval.testing.laws", None)
    with pytest.raises(ModuleNotFoundError):
        main(["rulebook", "check", "hubei"])


def test_a_book_that_breaks_nothing_has_nothing_to_declare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "b.toml"
    book.write_text(
        'schema = "perfeval.rulebook.v1"\nid = "b"\n[[match]]\nrule = { kind = "graded" }\n'
        '[[basis]]\ncovers = ["match"]\nsource = "x"\nstatus = "background"\n',
        encoding="utf-8",
    )
    assert main(["rulebook", "check", str(book)]) == 0
    assert capsys.readouterr().out == f"{book}：通过\n"
