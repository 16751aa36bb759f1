"""Edges of what a book may say, and the place of what it may not."""

import pytest

from perfeval import UnreadableError
from perfeval.rulebook import load_rulebook, read_rulebook, setting_value

HEAD = 'schema = "perfeval.rulebook.v1"\nid = "x"\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[weights]\nsum = "0"\n', ["b:4:7 weights.sum: 0 必须大于 0"]),
        ('[execution]\nmost_weight = "-1"\n', ["b:4:15 execution.most_weight: -1 必须大于 0"]),
        (
            '[execution]\nrule = { kind = "proportional", pass_line = "1.5" }\n',
            ['b:4:45 execution.rule.pass_line: 1.5 不在 0 与 1 之间；百分数请写成 "80%"'],
        ),
        (
            '[graded]\nbands = ["1", "0"]\n',
            ['b:4:15 graded.bands[1]: 0 不在 0 与 1 之间；百分数请写成 "80%"'],
        ),
    ],
)
def test_problems_have_their_place(text: str, lines: list[str]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_rulebook((HEAD + text).encode(), name="b")
    assert str(caught.value).splitlines() == lines


def test_a_band_may_begin_at_the_whole_weight() -> None:
    book = read_rulebook((HEAD + '[graded]\nbands = ["1", "0.5"]\n').encode())
    assert [str(edge) for edge in book.graded.bands] == ["1", "0.5"]


def test_conditions_of_a_match_are_told_with_commas() -> None:
    text = (
        HEAD
        + '[[match]]\nlevel1 = ["产出"]\nlevel3 = ["率"]\nrule = { kind = "direct" }\n[[match]]\nrule = { kind = "direct" }\n'
    )
    book = read_rulebook(text.encode())
    assert setting_value(book, "match") == "direct(level1=产出, level3=率) > direct()"
    assert setting_value(load_rulebook("hubei"), "weights.patterns") == "-"
