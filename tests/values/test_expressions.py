"""Where in the raw text a cell stopped being readable, and that a cell is read in one piece."""

import pytest

from perfeval.values import Text, Unparsed, parse_parts, parse_target
from values.meaning import meaning


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("≥XX次", "XX"),
        (" ≥ X X 次", "X X"),  # white space between is part of it
        ("提升**水平", "**"),
        ("提升……水平", "……"),
        ("\u200b≥□次", "□"),
        ("完成1 5次", " "),
        ("≥9\n0%", "\n"),
        ("10²元", "²"),
        ("见注①5", "①"),
        ("约½", "½"),
        # a reason for the whole cell
        ("≥", "≥"),
        ("合格率≥90%", "合格率≥90%"),
        (" 5-3次 ", " 5-3次 "),
        ("5%次", "5%次"),
        ("≥5%且≥6%", "≥5%且≥6%"),
        ("1,23元", "1,23元"),
    ],
)
def test_the_part_that_could_not_be_read(cell: str, part: str) -> None:
    target = parse_target(cell)
    assert isinstance(target, Unparsed)
    assert (target.text, cell[slice(*target.span)]) == (cell, part)


def test_the_unit_column_is_the_part_that_contradicts() -> None:
    target = parse_parts("=", "28.8万元", "%")
    assert isinstance(target, Unparsed)
    assert (target.text, target.text[slice(*target.span)]) == ("=28.8万元%", "%")


@pytest.mark.parametrize("filling", ["群众满意,", "≥90%,", "XX,", "1 0,"])
def test_what_is_longer_than_a_sentence_is_a_text(filling: str) -> None:
    """A paragraph is not searched for numbers; up to 200 characters it is."""
    assert isinstance(parse_target(filling * 100), Text)
    assert meaning(parse_target("好" * 195 + "≥90%")) == "unparsed comparison-in-words"
    assert meaning(parse_target("好" * 197 + "≥90%")) == f"text {'好' * 197}≥90%"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # A title quoted in 《 》 holds no sign; an opening mark that nothing closes is one.
        ("《方案》", "text 《方案》"),
        ("出台《方案》5份", "text 出台《方案》5份"),
        ("《5份", "< 5 份"),
        ("》", "unparsed sign-without-number"),
        # A second number or sign behind a comparison.
        ("3次5", "text 3次5"),
        ("3-", "text 3-"),
        ("3-好", "text 3-好"),
        ("3-5次好", "text 3-5次好"),
        ("≥3次且好", "unparsed comparison-in-words"),
        ("≥3次且5次", "unparsed comparison-in-words"),
        ("≥3次且≤5次好", "unparsed comparison-in-words"),
        ("=3次且≤5次", "unparsed contradicting-operators"),
        # A range whose one end has no unit takes the other's.
        ("3次-5", "3 次 .. 5 次"),
        (">3且<5次", "3 次 .. 5 次"),
        ("≥80%且≤90", "80 % .. 90 %"),
        # Numerals that are words.
        ("三", "text 三"),
        ("三万", "text 三万"),
        ("一二次", "text 一二次"),
        ("百分之一二", "text 百分之一二"),
        ("约多人", "text 约多人"),
        # A currency sign stands for the unit only where there is none.
        ("¥5元", "5 元"),
    ],
)
def test_the_edges_of_the_grammar(cell: str, expected: str) -> None:
    assert meaning(parse_target(cell)) == expected
