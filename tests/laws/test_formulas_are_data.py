"""Law: a formula holds no Python callable and survives JSON, after which it gives the same values."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval.formula.nodes as nodes_module
from laws.cases import COMPARISONS, EVERY_RULE, FAMILIES, Ruled, cases
from laws.nodes import parts
from perfeval.formula import Node, Refused, RoundingMode, evaluate
from perfeval.formula.nodes import INPUTS, Branch, Compare, Input, Number, Refuse, from_json, to_json
from perfeval.rulebook import Rounding
from perfeval.rules import Kind
from perfeval.scoring.vocabulary import Reason
from perfeval.scoring.working import score_formula

ROUNDINGS = [Rounding(mode=mode, rate_first=first) for mode in RoundingMode for first in (False, True)]


def formulas(kind: Kind) -> list[Node]:
    """Every formula of every rule for one kind of comparison: fraction, completion and score."""
    made = [made for ruled in EVERY_RULE for made in (ruled.rule.formula(kind), ruled.rule.completion(kind))]
    scores = [score_formula(ruled.rule.formula(kind), r) for ruled in EVERY_RULE[::25] for r in ROUNDINGS]
    return [*made, *scores]


def outcome(node: Node, scope: dict[str, tuple[int, int]]) -> object:
    try:
        return evaluate(node, scope)
    except Refused as refused:
        return refused.reason


@pytest.mark.parametrize("kind", Kind)
def test_nothing_but_nodes_texts_and_integers(kind: Kind) -> None:
    for node in formulas(kind):
        for part in parts(node):
            assert not callable(part)
            own = type(part).__module__ == nodes_module.__name__
            assert own or type(part) in (tuple, str, int), part
            if isinstance(part, Input):
                assert part.name in INPUTS
            if isinstance(part, Number):
                assert part.denominator > 0
            if isinstance(part, Refuse):
                assert part.reason == "undefined" or Reason(part.reason)


@pytest.mark.parametrize("kind", Kind)
def test_survives_json_and_pickle(kind: Kind) -> None:
    for node in formulas(kind):
        text = json.dumps(to_json(node))
        again = from_json(json.loads(text))
        assert again == node
        assert hash(again) == hash(node)
        assert json.dumps(to_json(again)) == text
        assert pickle.loads(pickle.dumps(node)) == node  # noqa: S301 - written one line above


@pytest.mark.parametrize("family", FAMILIES)
@given(comparison=st.sampled_from(COMPARISONS), data=st.data())
def test_the_same_values_after_json(family: str, comparison: str, data: st.DataObject) -> None:
    ruled: Ruled = data.draw(st.sampled_from(FAMILIES[family]))
    case = data.draw(cases(ruled, comparison))
    for node in (ruled.rule.formula(case.kind), ruled.rule.completion(case.kind)):
        again = from_json(json.loads(json.dumps(to_json(node))))
        assert not isinstance(again, Branch | Compare)
        assert outcome(again, case.inputs) == outcome(node, case.inputs)
