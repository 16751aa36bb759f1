"""One small input that two rule books may score differently: a row, or a whole table in a few figures."""

from __future__ import annotations

__all__ = ["Example", "RowExample", "TableExample"]

import attrs

from perfeval.rulebook import RuleBook
from perfeval.scoring import IndicatorScore, Scorecard, score
from perfeval.scoring.indicator import score_row
from perfeval.table import Evaluation, Funding, Indicator

Answer = tuple[object, ...]
Size = tuple[int, int, tuple[str, ...]]
# Floors are the usual target: of two inputs of one length they come first.
_OPERATORS = "≥=≤"
_ORDER = str.maketrans(_OPERATORS, "123")


@attrs.frozen
class RowExample:
    """The cells of one indicator, as a table would print them; ``reported`` asks for a verdict."""

    target: str
    actual: str
    weight: str = "10"
    rule: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    reported: str | None = None

    def scored(self, book: RuleBook) -> IndicatorScore:
        """Score it under a book."""
        cells = self.cells
        return score_row(Indicator(score=cells.pop("reported"), **cells), book, year=None)

    @property
    def cells(self) -> dict[str, str | None]:
        """The cells by name."""
        return {field.name: getattr(self, field.name) for field in attrs.fields(RowExample)}

    def answer(self, book: RuleBook) -> Answer:
        """Give the score or the reason why there is none; with ``reported``, the verdict too."""
        found = self.scored(book)
        verdict = None if self.reported is None else (found.verdict, found.verdict_by)
        return found.score, found.reason, verdict

    def remarks(self, book: RuleBook) -> Answer:
        """Give what a book says besides the score: completion and notes."""
        found = self.scored(book)
        return found.completion, found.notes

    @property
    def size(self) -> Size:
        """Small first: few cells, then few characters, then their order."""
        given = [value for name, value in self.cells.items() if value is not None and name != "weight"]
        usual = self.weight == "10"
        assumed = self.target[:1] not in _OPERATORS  # a direction that is written shows more than one assumed
        length = sum(map(len, given)) + 2 * assumed + (0 if usual else 1 + len(self.weight))
        return len(given) + (not usual), length, (*(text.translate(_ORDER) for text in given), self.weight)


@attrs.frozen
class TableExample:
    """A table in a few figures: the money, and the weights of rows that are met, missed entirely, and 不适用.

    ``weight`` is what the form prints for the execution rate; ``name`` is the name of the row that is met.
    """

    budget: str | None
    executed: str | None
    weight: str | None = None
    met: str = "90"
    missed: str | None = None
    name: str | None = None
    inapplicable: str | None = None

    def card(self, book: RuleBook) -> Scorecard:
        """Score it under a book."""
        funding: tuple[Funding, ...] = ()
        if self.budget is not None or self.executed is not None:
            funding = (Funding(adjusted=self.budget, executed=self.executed, weight=self.weight),)
        rows = [Indicator(level3=self.name, target="≥1次", actual="1次", weight=self.met)]
        if self.missed is not None:
            rows.append(Indicator(target="≥1次", actual="0次", weight=self.missed))
        if self.inapplicable is not None:
            rows.append(Indicator(target="≥1次", actual="不适用", weight=self.inapplicable))
        return score(Evaluation(funding=funding, indicators=tuple(rows)), book)

    def answer(self, book: RuleBook) -> Answer:
        """Give the execution score or its reason, and grade."""
        card = self.card(book)
        return card.execution.score, card.execution.reason, card.total is None, card.grade

    def remarks(self, book: RuleBook) -> Answer:
        """Give what a book says besides: total and notes."""
        card = self.card(book)
        return card.total, card.execution.notes

    @property
    def size(self) -> Size:
        """Small first: few figures, then few characters, then their order."""
        given = [value for value in attrs.astuple(self) if value is not None]
        return len(given), sum(map(len, given)), tuple(given)


Example = RowExample | TableExample
