"""What tells two rule books apart: each differing setting, with the smallest input that shows it (searched)."""

from __future__ import annotations

__all__ = ["Comparison", "Difference", "Shown", "Witness", "compare_books"]

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import chain

import attrs

from perfeval.comparing.example import Answer, Example
from perfeval.comparing.mixed import with_setting
from perfeval.comparing.reported import reported_examples
from perfeval.comparing.rows import row_examples, small_numbers
from perfeval.comparing.settings import SettingDifference, differing_settings
from perfeval.comparing.tables import table_examples
from perfeval.rulebook import RuleBook


class Shown(StrEnum):
    """In what two books differ on an input; the first is the plainest."""

    SCORE = "score"
    ANSWER = "answer"  # a score against none, a verdict, a grade
    REMARKS = "remarks"  # completion, total or notes only


@attrs.frozen
class Witness:
    """An input to which the two books say something else, and would not without this setting."""

    example: Example
    shown_in: Shown


@attrs.frozen
class Difference:
    """A differing setting and its smallest witness; None where nothing that was tried shows it."""

    setting: SettingDifference
    witness: Witness | None


@attrs.frozen
class Comparison:
    """Two books: what differs, and how many inputs were tried."""

    first: RuleBook = attrs.field(repr=False)
    second: RuleBook = attrs.field(repr=False)
    differences: tuple[Difference, ...]
    tried: int


def compare_books(first: RuleBook, second: RuleBook) -> Comparison:
    """Search the smallest input for each setting in which two books differ."""
    settings = differing_settings(first, second)
    scored = [setting.name for setting in settings if setting.is_scored]
    examples = _small_first((first, second)) if scored else []
    mixed = {name: (with_setting(first, second, name), with_setting(second, first, name)) for name in scored}
    witnesses: dict[str, Witness] = {}
    for shown_in in Shown:
        wanted = {name: mixed[name] for name in scored if name not in witnesses}
        for name, example in _search((first, second), wanted, examples, shown_in).items():
            witnesses[name] = Witness(example, shown_in)
    differences = tuple(Difference(setting, witnesses.get(setting.name)) for setting in settings)
    return Comparison(first, second, differences, len(examples))


def _small_first(books: tuple[RuleBook, RuleBook]) -> list[Example]:
    found: Iterable[Example] = chain[Example](
        row_examples(books), small_numbers(), reported_examples(books), table_examples(books)
    )
    return sorted(dict.fromkeys(found), key=lambda example: example.size)


def _search(
    books: tuple[RuleBook, RuleBook],
    wanted: Mapping[str, tuple[RuleBook, RuleBook]],
    examples: Iterable[Example],
    shown_in: Shown,
) -> dict[str, Example]:
    """Give the first example for each setting: both books differ on it, and one setting exchanged is enough."""
    found: dict[str, Example] = {}
    for example in examples:
        if len(found) == len(wanted):
            break
        first, second = (_answer(example, book, shown_in) for book in books)
        if first == second or (shown_in is Shown.SCORE and None in (*first, *second)):
            continue
        for name, (first_mixed, second_mixed) in wanted.items():
            if name not in found and (
                _answer(example, first_mixed, shown_in) != first
                or _answer(example, second_mixed, shown_in) != second
            ):
                found[name] = example
    return found


def _answer(example: Example, book: RuleBook, shown_in: Shown) -> Answer:
    if shown_in is Shown.REMARKS:
        return example.remarks(book)
    answer = example.answer(book)
    return answer[:1] if shown_in is Shown.SCORE else answer
