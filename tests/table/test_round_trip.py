"""What is written is read back: every text, every part, None apart from the empty text."""

from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import Evaluation, Funding, Goal, Indicator, Total, read
from perfeval.table import SCHEMA, dump_json, dump_toml, table_data
from perfeval.table.fillers import without_fillers
from table.strategies import AWKWARD, CELLS, evaluations

FULL = Evaluation(
    kind="transfer",
    stage="review",
    name='引号"反斜杠\\',
    year="2024",
    title="",
    partial=True,
    keys={"a.b": "1", "": "", "区划": "652700"},
    goal=Goal(expected="一\n二\r\n三", actual=""),
    funding=[
        Funding(label="合计", initial=1, adjusted="1.00", executed="", weight="10分", rate="", score="—")
    ],
    indicators=[
        Indicator(
            id="1", target={"operator": ">=", "value": "3", "unit": "次"}, actual={"value": "3"}, weight=10
        ),
        Indicator(target="≥3次", actual="", score="XX", review_actual={}, review_score="9", rule="'''"),
    ],
    total=Total(weight="100", score="", grade="优"),
)


def kept(tables: tuple[Evaluation, ...]) -> tuple[Evaluation, ...]:
    """The tables without the rows that reading leaves out."""
    return tuple(without_fillers(table)[0] for table in tables)


@given(st.lists(evaluations, max_size=3).map(tuple))
@example((FULL,))
@example((FULL, Evaluation()))
@example(())
def test_toml(tables: tuple[Evaluation, ...]) -> None:
    assert read(dump_toml(tables).encode()).evaluations == kept(tables)


@given(st.lists(evaluations, max_size=3).map(tuple))
@example((FULL,))
@example((FULL, Evaluation()))
@example(())
def test_json(tables: tuple[Evaluation, ...]) -> None:
    assert read(dump_json(tables).encode()).evaluations == kept(tables)


@given(st.sampled_from(AWKWARD) | st.text() | st.sampled_from(CELLS))
def test_any_text_in_every_kind_of_field(text: str) -> None:
    table = Evaluation(
        name=text,
        keys={text: text},
        goal=Goal(expected=text),
        funding=[Funding(label=text, adjusted=text, weight=text, rate=text)],
        indicators=[Indicator(level3=text, target=text, actual={"unit": text}, weight="1", score=text)],
        total=Total(score=text, grade=text),
    )
    assert read(dump_toml((table,)).encode()).evaluations == (table,)
    assert read(dump_json((table,)).encode()).evaluations == (table,)


def test_written_json_of_no_table_and_of_a_plain_one() -> None:
    assert dump_json(()) == '{\n "schema": "perfeval.evaluation.v1",\n "evaluations": []\n}\n'
    assert table_data(Evaluation(name="甲")) == {
        "kind": "project",
        "stage": "self",
        "name": "甲",
        "partial": False,
        "keys": {},
        "funding": [],
        "indicators": [],
    }


def test_written_toml() -> None:
    row = Indicator(level3="走访", target={"operator": "≥", "value": "3"}, actual="", weight=10)
    table = Evaluation(name="甲", keys={"code": "1"}, indicators=[row])
    assert dump_toml((table,)) == (
        f'schema = "{SCHEMA}"\n'
        'kind = "project"\n'
        'stage = "self"\n'
        'name = "甲"\n'
        "partial = false\n"
        "funding = []\n"
        "indicators = [\n"
        '    { level3 = "走访", target = { operator = "≥", value = "3" }, actual = "", weight = "10" },\n'
        "]\n"
        "\n"
        "[keys]\n"
        'code = "1"\n'
    )  # fmt: skip


def test_fields_that_belong_to_the_file_are_not_written() -> None:
    table = read(dump_toml((FULL,)).encode(), name="full.toml").evaluations[0]
    assert not {"file", "sha256", "places"} & set(table_data(table))
    assert dump_toml((table,)) == dump_toml((FULL,))
