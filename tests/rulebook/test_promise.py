"""The promise of docs/own-rulebook.md: what a book scores never changes within a major version.

golden-totals.json is what each book that ships made of each table when its major version began. It changes with
the major version and not otherwise; a new book or table adds an entry.
"""

import json
from pathlib import Path

import pytest

import perfeval
from perfeval import Evaluation
from perfeval.rulebook import BUILT_IN

ROOT = Path(__file__).parents[2]
GOLDEN = json.loads(Path(__file__).with_name("golden-totals.json").read_text(encoding="utf-8"))
EXAMPLES = sorted((ROOT / "examples/rulebooks").glob("*.toml"))
BOOKS = {**{name: name for name in BUILT_IN}, **{path.stem: str(path) for path in EXAMPLES}}


def tables() -> dict[str, Evaluation]:
    """The published tables, by the name of their file or case."""
    published = sorted((ROOT / "examples/bortala-2024").glob("*.toml"))
    cases = perfeval.read(ROOT / "tests/data/cases.json").evaluations
    return {
        **{path.stem: perfeval.read(path).evaluations[0] for path in published},
        **{table.keys["case"]: table for table in cases},
    }


def figures(table: Evaluation, book: str) -> dict[str, str | None]:
    """What is promised of a table; the parts are there because a table with a gap has no total."""
    card = perfeval.score(table, book)
    found = {"execution": card.execution.score, "scored": card.scored_subtotal, "total": card.total}
    return {
        **{name: None if value is None else f"{value:f}" for name, value in found.items()},
        "grade": card.grade,
    }


def test_the_figures_are_those_of_this_major_version() -> None:
    assert perfeval.__version__.partition(".")[0] == GOLDEN["major"]


def test_every_book_and_table_is_promised() -> None:
    names = list(tables())
    assert len(names) == 8 + 26
    assert {book: list(found) for book, found in GOLDEN["books"].items()} == dict.fromkeys(BOOKS, names)


@pytest.mark.parametrize("book", BOOKS)
def test_scores_never_change_within_a_major_version(book: str) -> None:
    found = {name: figures(table, BOOKS[book]) for name, table in tables().items()}
    assert found == GOLDEN["books"][book]
