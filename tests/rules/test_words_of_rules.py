"""Why a case holds, as the explanation says it: each code that a rule gives is one that prose knows."""

from collections.abc import Iterator
from decimal import Decimal

import attrs
import pytest

from perfeval.formula.nodes import Because, Node
from perfeval.formula.prose import REASONS
from perfeval.rules import (
    Band,
    Banded,
    Direct,
    Equality,
    Graded,
    Kind,
    LadderStep,
    Proportional,
    Reverse,
    Rule,
    Share,
    Stated,
    ZeroUnderCeiling,
)

RULES: tuple[Rule, ...] = (
    Proportional(),
    Proportional(Reverse.LINEAR, Equality.EXACT, ZeroUnderCeiling.ZERO, Share(Decimal("0.6"))),
    Proportional(Reverse.CLIFF, ladder=(LadderStep(Decimal("1.5"), Decimal("0.9")),)),
    Direct(),
    Direct(Equality.EXACT, ZeroUnderCeiling.ZERO),
    Banded((Band(Share(Decimal("0.9")), Decimal(1)),)),
    Graded(),
    Stated(),
)


def codes(node: object) -> Iterator[str]:
    if isinstance(node, Because):
        yield node.code
    if isinstance(node, tuple):
        for item in node:
            yield from codes(item)
    elif attrs.has(type(node)):
        for field in attrs.fields(type(node)):  # type: ignore[arg-type]  # it has been asked
            yield from codes(getattr(node, field.name))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_every_code_has_its_words(rule: Rule) -> None:
    found = {code for kind in Kind for code in codes(rule.formula(kind))}
    assert found
    assert found <= set(REASONS)


def test_each_case_says_which_it_is() -> None:
    def said(rule: Rule, kind: Kind) -> list[str]:
        node: Node = rule.formula(kind)
        return list(codes(node))

    assert said(Proportional(), Kind.AT_LEAST) == ["met", "none", "short"]
    assert said(Proportional(), Kind.AT_MOST) == ["within", "none", "over"]
    assert said(Direct(), Kind.ASSERTED) == ["asserted", "stated-not-done"]
    assert said(Direct(), Kind.DEADLINE) == ["in-time", "late"]
    assert said(Graded(), Kind.ASSERTED) == ["asserted"]
    assert said(Graded(), Kind.DEGREE) == ["degree"]
    assert said(Stated(), Kind.DEADLINE) == ["in-time"]
    assert said(Banded((Band(Share(Decimal("0.9")), Decimal(1)),)), Kind.AT_LEAST) == ["band", "band"]
