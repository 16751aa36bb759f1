"""A law: the steps of a walk lead to the leaf that the decision's choices lead to, however many decisions walk together."""

from hypothesis import given
from hypothesis import strategies as st

from formula.test_columns import value_of
from perfeval.formula.columns import ONE, Choose, Decision, Linear, Ratio, Refusal
from perfeval.frames.walking import walk_of

_forms = st.lists(st.integers(-2, 2), min_size=3, max_size=3).filter(any)
_leaves = st.builds(Refusal, st.sampled_from("abc"))


def _form(factors: list[int]) -> Linear:
    return Linear.of(dict(zip(("target", "actual", ONE), factors, strict=True)))


_decisions: st.SearchStrategy[Decision] = st.recursive(
    _leaves,
    lambda own: st.builds(Choose, _forms.map(_form), st.sampled_from([">=", ">", "=", "<", "<="]), own, own),
    max_leaves=20,
)


def leaf_of(made: Decision, whole: dict[str, int]) -> Ratio | Refusal:
    while isinstance(made, Choose):
        sign = value_of(made.form, whole)
        holds = {">=": sign >= 0, ">": sign > 0, "=": sign == 0, "<": sign < 0, "<=": sign <= 0}
        made = made.then if holds[made.comparator] else made.otherwise
    return made


@given(
    entries=st.lists(st.tuples(_decisions, _decisions), max_size=6),
    numbers=st.tuples(st.integers(-4, 4), st.integers(-4, 4)),
)
def test_steps_lead_to_the_leaves_of_the_choices(
    entries: list[tuple[Decision, Decision]], numbers: tuple[int, int]
) -> None:
    walk = walk_of(entries)
    whole = {"target": numbers[0], "actual": numbers[1], ONE: 1}
    values = [value_of(form, whole) for form in walk.forms]
    signs = [(value >= 0) + (value > 0) for value in values]
    for first, entry in zip(walk.first, entries, strict=True):
        state = first
        for step in walk.steps:
            for form in step.forms:
                state = state * 3 + signs[form]
            state = step.table[state]
        assert walk.last[state] == tuple(leaf_of(made, whole) for made in entry)


def test_equal_decisions_and_opposite_forms_are_read_once() -> None:
    form = Linear((("actual", 1), ("target", -1)))
    made = Choose(form, ">=", Refusal("a"), Refusal("b"))
    same = Choose(form.times(-3), "<=", Refusal("a"), Refusal("b"))
    walk = walk_of([(made,), (same,)])
    assert walk.forms == (form,)
    assert walk.first == (0, 0)
    assert [len(step.table) for step in walk.steps] == [3]
