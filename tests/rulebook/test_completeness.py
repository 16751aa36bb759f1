"""What a book leaves open: the words in English, and what is no gap."""

from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from perfeval.rulebook import BUILT_IN, RuleBook, gaps, load_rulebook, read_rulebook
from perfeval.rules import Banded

HEAD = 'schema = "perfeval.rulebook.v1"\nid = "x"\n'
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "rulebooks").glob("*-20*.toml"))


def book_of(text: str) -> RuleBook:
    return read_rulebook((HEAD + text).encode(), name="b")


def told(text: str) -> list[str]:
    book = book_of(text)
    return [problem.text("en") for problem in book.located(gaps(book))]


@pytest.mark.parametrize(
    "source", [*BUILT_IN, *(path for path in EXAMPLES if ".cases." not in path.name)], ids=str
)
def test_nothing_is_open(source: str | Path) -> None:
    assert not list(gaps(load_rulebook(source)))


# What a file leaves out is the library's, with its bases and the laws that its matches break.
def test_the_shortest_book() -> None:
    assert told("") == []
    assert book_of("").breaks == load_rulebook("common-practice").breaks


def test_a_book_made_in_python_has_no_lines() -> None:
    book = load_rulebook("hubei")
    assert book.origin is not None
    bare = attrs.evolve(book, origin=None, basis=())
    assert list(gaps(bare)) == []
    assert bare == attrs.evolve(book, basis=())
    settings = attrs.evolve(bare.settings, over_achievement=(Decimal(1),))
    (problem,) = bare.located(gaps(attrs.evolve(bare, settings=settings)))
    assert problem.text().startswith("hubei:1:1 settings.over_achievement[0]: ")


# A file cannot say so; a book made in Python was not looked at by the loader.
def test_bands_without_a_band_made_in_python() -> None:
    book = load_rulebook("common-practice")
    problems = gaps(attrs.evolve(book, rules=(Banded(bands=()), *book.rules[1:])))
    assert all("bands" not in problem.path for problem in problems)


MATCH = '[[match]]\n{}\nrule = {{ kind = "direct" }}\n[[match]]\n{}\nrule = {{ kind = "stated" }}\n[[match]]\nrule = {{ kind = "direct" }}\n'


@pytest.mark.parametrize(
    ("earlier", "later", "covered"),
    [
        ('printed = ["赋分"]', 'printed = ["直接赋分"]', True),
        ('printed = ["直接赋分"]', 'printed = ["赋分"]', False),
        ('printed = ["直接*分"]', 'printed = ["直接赋分", "直接给分"]', True),
        ('printed = ["直接*分"]', 'printed = ["直接赋分", "按比例"]', False),
        ('printed = ["按*分"]', 'level = ["满意度"]', False),
        ("printed_other = true", 'printed = ["按*分"]', True),
        ("printed_other = true", 'printed = ["*"]', False),
        ("printed_other = true", "printed_other = true", True),
        ("printed_other = true", 'level = ["满意度"]', False),
        ('target = "text"', 'target = "text"\nlevel1 = ["产出"]', True),
        ('target = "text"', 'target = "range"', False),
        ('target = "text"', 'level1 = ["产出"]', False),
        ('level = ["满意"]', 'level = ["满意度"]', True),
        ('level = ["满意"]', 'level2 = ["满意度"]', True),
        ('level = ["满意"]', 'level2 = ["满意度", "质量"]', False),
        ('level1 = ["满意"]', 'level1 = ["满意度"]', True),
        ('level1 = ["满意"]', 'level = ["满意度"]', False),
        ('level2 = ["质"]', 'level2 = ["质量"]', True),
        ('level2 = ["质"]', 'level3 = ["质量"]', False),
        ('level3 = ["次数"]', 'level3 = ["走访次数"]', True),
        ('level3 = ["次数"]', 'level3 = ["走访"]', False),
    ],
)
def test_what_an_earlier_match_takes(earlier: str, later: str, covered: bool) -> None:
    found = [line for line in told(MATCH.format(earlier, later)) if "match[1]" in line]
    assert bool(found) is covered
    assert all("match 1 before it takes all that this one could take" in line for line in found)


def test_own_bands_of_a_match() -> None:
    bands = 'bands = [{ from = "90%", factor = "0.8" }, { from = "60%", factor = "0.5" }]'
    text = (
        '[[match]]\ntarget = "number"\nrule = { kind = "banded", '
        + bands
        + ' }\n[[match]]\nrule = { kind = "direct" }\n'
        '[[basis]]\ncovers = ["match"]\nsource = "x"\nstatus = "verified"\n'
    )
    full, zero = told(text)
    assert full == (
        "b:5:61 match[0].rule.bands[0].factor: the factor of the highest band is 0.8: nobody can earn full marks"
    )
    assert zero.startswith("b:5:79 match[0].rule.bands[1].from: there is no band below 0.6; add ")


def test_satisfaction_with_a_text_goes_on_to_the_graded_rule() -> None:
    text = '[[match]]\nrule = { kind = "satisfaction" }\n'
    assert told(text) == ["b:3:1 match: has a value and no basis (see [[basis]])"]
