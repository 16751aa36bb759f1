"""按评判等级赋分 and printed rules in words: a number that is met is full, what is missed is for a person or unknown."""

import pytest

from perfeval.rules import RULES, Banded, Direct, Graded, Kind, Proportional, Reverse, Stated
from rules.tables import both, of_numbers, of_range

GRADED, STATED = Graded(), Stated()
REASON = {"graded": "needs-judgement", "stated": "no-rule"}


@pytest.mark.parametrize("rule", [GRADED, STATED], ids=["graded", "stated"])
@pytest.mark.parametrize(
    ("comparison", "target", "actual", "met", "completion"),
    [
        (">=", "10", "10", True, "1"),
        (">=", "10", "12", True, "6/5"),
        (">=", "10", "8", False, "4/5"),
        (">=", "10", "-8", False, "0"),
        (">=", "0", "0", True, "1"),
        (">=", "0", "-1", False, "0"),
        (">=", "-5", "-4", True, "1"),
        (">=", "-5", "-6", False, "negative-target"),
        ("=", "10", "12", True, "6/5"),
        ("=", "10", "8", False, "4/5"),
        ("=", "0", "0", True, "1"),
        ("=", "0", "-1", True, "1"),
        ("=", "0", "1", False, "0"),
        ("<=", "10", "10", True, "1"),
        ("<=", "10", "0", True, "1"),
        ("<=", "10", "20", False, "1/2"),
        ("<=", "0", "1", False, "0"),
        ("<=", "-5", "-4", False, "negative-target"),
    ],
)
def test_numbers(
    rule: Graded | Stated, comparison: str, target: str, actual: str, met: bool, completion: str
) -> None:
    fraction = "1" if met else REASON[rule.kind]
    assert of_numbers(rule, comparison, target, actual) == (fraction, completion)


@pytest.mark.parametrize(
    ("reverse", "completion"), [(Reverse.RATIO, "5/6"), (Reverse.LINEAR, "4/5"), (Reverse.CLIFF, "0")]
)
def test_the_completion_of_a_ceiling_is_of_the_books_family(reverse: Reverse, completion: str) -> None:
    for rule in (Graded(reverse=reverse), Stated(reverse=reverse)):
        assert of_numbers(rule, "<=", "5", "6") == (REASON[rule.kind], completion)


@pytest.mark.parametrize("rule", [GRADED, STATED], ids=["graded", "stated"])
@pytest.mark.parametrize(("actual", "met"), [("2", False), ("3", True), ("5", True), ("6", False)])
def test_a_range(rule: Graded | Stated, actual: str, met: bool) -> None:
    assert of_range(rule, "3", "5", actual)[0] == ("1" if met else REASON[rule.kind])


@pytest.mark.parametrize(
    ("kind", "degree", "graded", "stated"),
    [
        # the fraction and the completion of each
        (Kind.DEADLINE, "1", ("1", "1"), ("1", "1")),
        (Kind.ASSERTED, "1", ("1", "undefined"), ("1", "undefined")),
        (Kind.ASSERTED, "0", ("needs-judgement", "undefined"), ("no-rule", "undefined")),
        (Kind.UNCLEAR, "0", ("needs-judgement", "undefined"), ("no-rule", "undefined")),
        # nothing but a percentage: W · min(degree, 1)
        (Kind.DEGREE, "0.95", ("19/20", "19/20"), ("no-rule", "undefined")),
        (Kind.DEGREE, "1", ("1", "1"), ("no-rule", "undefined")),
        (Kind.DEGREE, "1.2", ("1", "6/5"), ("no-rule", "undefined")),
        (Kind.DEGREE, "0", ("0", "0"), ("no-rule", "undefined")),
        (Kind.DEGREE, "-0.2", ("0", "0"), ("no-rule", "undefined")),
    ],
)
def test_days_and_words(kind: Kind, degree: str, graded: tuple[str, str], stated: tuple[str, str]) -> None:
    assert both(GRADED, kind, degree=degree) == graded
    assert both(STATED, kind, degree=degree) == stated


@pytest.mark.parametrize("rule", [GRADED, STATED], ids=["graded", "stated"])
def test_a_deadline_that_is_missed(rule: Graded | Stated) -> None:
    assert both(rule, Kind.DEADLINE, degree="0")[0] == REASON[rule.kind]


def test_they_break_no_law() -> None:
    assert (GRADED.breaks(), STATED.breaks()) == ({}, {})


def test_every_rule_is_listed_once() -> None:
    assert (Proportional, Direct, Banded, Graded, Stated) == RULES
    assert [rule.kind for rule in RULES] == ["proportional", "direct", "banded", "graded", "stated"]


@pytest.mark.parametrize("rule", [Proportional, Direct, Graded, Stated])
def test_a_rule_is_a_value(rule: type[Proportional | Direct | Graded | Stated]) -> None:
    assert rule() == rule()
    assert hash(rule()) == hash(rule())
    for kind in Kind:
        assert rule().formula(kind) == rule().formula(kind)
