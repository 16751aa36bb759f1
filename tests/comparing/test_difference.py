"""What tells two books apart is found, is real, and is small."""

import pytest

from comparing.variants import PLAIN, VARIANTS, book_with
from perfeval.comparing import (
    RowExample,
    Shown,
    TableExample,
    Witness,
    compare_books,
    differing_settings,
)
from perfeval.comparing.mixed import with_setting
from perfeval.comparing.rows import row_examples
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook, setting_names

BOOKS = (*BUILT_IN, "examples/rulebooks/bands-2021-draft.toml", "examples/rulebooks/bortala-2024.toml")


def witness_of(first: RuleBook, second: RuleBook, setting: str) -> Witness:
    found = {each.setting.name: each.witness for each in compare_books(first, second).differences}
    witness = found[setting]
    assert witness is not None
    return witness


@pytest.mark.parametrize(("setting", "section", "text"), VARIANTS, ids=[text for _, _, text in VARIANTS])
def test_each_setting_has_an_example_that_tells(setting: str, section: str, text: str) -> None:
    other = book_with(section, text)
    comparison = compare_books(PLAIN, other)
    assert [each.setting.name for each in comparison.differences] == [setting]
    witness = comparison.differences[0].witness
    assert witness is not None
    example = witness.example
    if witness.shown_in is Shown.REMARKS:
        assert example.answer(PLAIN) == example.answer(other)
        assert example.remarks(PLAIN) != example.remarks(other)
    else:
        assert example.answer(PLAIN) != example.answer(other)


@pytest.mark.parametrize(
    ("section", "text", "example"),
    [
        ("settings", 'reverse = "linear"', RowExample("≤1次", "2次")),
        ("settings", 'zero_under_ceiling = "zero"', RowExample("≤1次", "0次")),
        ("settings", 'equality = "exact"', RowExample("=1次", "2次")),
        ("settings", 'pass_line = "0.6"', RowExample("≥2次", "1次")),
        ("settings", 'pass_line = "0.995"', RowExample("≥2次", "1次")),
        ("rounding", 'mode = "truncate"', RowExample("≥3次", "2次")),
        ("rounding", 'step = "0.1"', RowExample("≥3次", "1次")),
        ("execution", 'weight = "20"', TableExample("3", "1")),
    ],
)
def test_the_smallest_ones(section: str, text: str, example: RowExample | TableExample) -> None:
    other = book_with(section, text)
    (difference,) = compare_books(PLAIN, other).differences
    assert difference.witness == Witness(example, Shown.SCORE)


def test_the_other_way_round_is_the_same_example() -> None:
    other = book_with("settings", 'reverse = "linear"\nequality = "exact"')
    there, back = compare_books(PLAIN, other), compare_books(other, PLAIN)
    assert [each.witness for each in there.differences] == [each.witness for each in back.differences]


def test_half_even_is_told_by_a_tie() -> None:
    witness = witness_of(PLAIN, book_with("rounding", 'mode = "half-even"'), "rounding.mode")
    assert isinstance(witness.example, RowExample)
    unrounded = witness.example.scored(PLAIN).unrounded
    assert unrounded is not None
    assert (unrounded * 1000) % 10 == 5


def test_a_book_and_itself() -> None:
    comparison = compare_books(PLAIN, PLAIN)
    assert (comparison.differences, comparison.tried) == ((), 0)


@pytest.mark.parametrize(
    ("section", "first", "second"),
    [
        ("graded", 'bands = ["80%", "60%"]', 'bands = ["0.80", "0.6"]'),
        ("accept", 'reverse = ["linear", "ratio"]', 'reverse = ["ratio", "linear"]'),
        ("lists", '[[match]]\nrule = { kind = "proportional", pass_line = "60%" }',
         '[[match]]\nrule = { kind = "proportional", pass_line = "0.6" }'),
    ],
)  # fmt: skip
def test_what_is_only_written_in_another_way_is_no_difference(section: str, first: str, second: str) -> None:
    assert differing_settings(book_with(section, first), book_with(section, second)) == ()


def test_matches_show_the_entries_that_differ() -> None:
    direct = '[[match]]\nlevel1 = ["产出"]\nrule = { kind = "direct" }\n'
    first = book_with("lists", direct + '[[match]]\nrule = { kind = "proportional" }')
    second = book_with("lists", direct + '[[match]]\nrule = { kind = "proportional", pass_line = "60%" }')
    (difference,) = differing_settings(first, second)
    assert (difference.first, difference.second) == ("2: proportional()", "2: proportional(pass_line=60%)")


def test_an_order_that_differs_shows_all_entries() -> None:
    entries = ['[[match]]\nlevel1 = ["产出"]\nrule = { kind = "direct" }\n',
               '[[match]]\nlevel3 = ["数量"]\nrule = { kind = "graded" }\n']  # fmt: skip
    last = '[[match]]\nrule = { kind = "proportional" }'
    first = book_with("lists", entries[0] + entries[1] + last)
    second = book_with("lists", entries[1] + entries[0] + last)
    (difference,) = differing_settings(first, second)
    assert difference.first == "1: direct(level1=产出); 2: graded(level3=数量); 3: proportional()"
    assert difference.second == "1: graded(level3=数量); 2: direct(level1=产出); 3: proportional()"


@pytest.mark.parametrize("second", BOOKS)
@pytest.mark.parametrize("first", BOOKS)
def test_a_book_with_every_setting_of_another_scores_as_it(first: str, second: str) -> None:
    made, other = load_rulebook(first), load_rulebook(second)
    for setting in setting_names():
        made = with_setting(made, other, setting)
    rules = ("rules", "satisfaction_rule", "graded_rule", "execution", "settings", "rounding", "grades")
    assert [getattr(made, name) for name in rules] == [getattr(other, name) for name in rules]


def test_whatever_scores_depend_on_has_an_example() -> None:
    for second in ("platform", "hubei"):
        comparison = compare_books(load_rulebook("common-practice"), load_rulebook(second))
        silent = {each.setting.name for each in comparison.differences if each.witness is None}
        assert silent == {each.setting.name for each in comparison.differences if not each.setting.is_scored}
        assert "weights.patterns" in silent


def test_a_setting_out_of_reach_has_none() -> None:
    other = book_with("settings", 'pass_line = "0.000000000000000000000000000000000001"')
    (difference,) = compare_books(PLAIN, other).differences
    assert (difference.setting.is_scored, difference.witness) == (True, None)


def test_printed_rules_in_latin_letters_are_printed_rules() -> None:
    entry = '[[match]]\nprinted = ["{}"]\nrule = {{ kind = "{}" }}\n'
    text = entry.format("direct", "graded") + entry.format("ab", "direct")
    book = book_with("lists", text + '[[match]]\nrule = { kind = "proportional" }')
    kinds = {(row.rule, row.scored(book).rule) for row in row_examples([book]) if row.rule}
    assert kinds == {("direct", "graded"), ("ab", "direct")}
