"""Law: before rounding, the score is linear in W; nothing but the score depends on W."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import perfeval
from laws.cases import EVERY_RULE, PRINTED, Book, books, rows, scored, text_of_number, weights
from laws.nodes import parts
from perfeval.formula.nodes import Input, Node
from perfeval.rules import Kind


@given(
    book=books,
    rule=st.sampled_from(tuple(PRINTED)),
    other=weights,
    more=weights,
    data=st.data(),
)
def test_of_every_book(book: Book, rule: str, other: Fraction, more: Fraction, data: st.DataObject) -> None:
    case, weight = data.draw(rows(book, rule))
    first, second, both = (scored(book, rule, case, w) for w in (weight, other, 3 * weight + more))
    third = scored(book, rule, case, more)
    assert (first.reason, first.completion, first.notes) == (second.reason, second.completion, second.notes)
    if first.unrounded is None:
        assert second.unrounded is None
        return
    assert second.unrounded is not None
    assert first.unrounded * other == second.unrounded * weight
    assert both.unrounded == 3 * first.unrounded + (third.unrounded or 0)


@given(book=books, budget=weights, executed=weights, weight=weights, times=st.integers(0, 9))
def test_of_execution(book: Book, budget: Fraction, executed: Fraction, weight: Fraction, times: int) -> None:
    amounts = text_of_number(budget), text_of_number(executed)
    lines = [
        perfeval.score_execution(*amounts, text_of_number(w), book.book) for w in (weight, times * weight)
    ]
    if budget == 0:
        assert [line.unrounded for line in lines] == [None, None]
        return
    assert lines[0].unrounded is not None
    assert lines[1].unrounded == times * lines[0].unrounded


def test_no_rule_reads_the_weight() -> None:
    for ruled in EVERY_RULE:
        for kind in Kind:
            assert "weight" not in _inputs(ruled.rule.formula(kind))
            assert "weight" not in _inputs(ruled.rule.completion(kind))


def _inputs(node: Node) -> set[str]:
    return {part.name for part in parts(node) if isinstance(part, Input)}
