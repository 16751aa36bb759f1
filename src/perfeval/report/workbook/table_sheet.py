"""The sheet of one table: the form as published, and beside each row what was recomputed, live."""

from __future__ import annotations

__all__ = ["Placed", "write_table"]

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.findings import Severity
from perfeval.formula import RoundingMode
from perfeval.formula.spreadsheet import NoCellFormulaError
from perfeval.messages import Language, Message
from perfeval.report.workbook.calculation import NUMBERS, Calculation, calculation_of
from perfeval.report.workbook.words import COLUMNS, LABELS, RULES
from perfeval.report.workbook.writer import Page
from perfeval.scoring import ExecutionScore, IndicatorScore, Note, Scorecard, Verdict
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, STATUS_TEXTS, VERDICT_TEXTS
from perfeval.scoring.numbers import difference
from perfeval.table import Cell, Funding, Indicator, Total

Marks = Mapping[str, tuple[tuple[int, Severity], ...]]
"""The findings (number and severity) of each path of the table."""

_HEADINGS = ("organisation", "department", "year", "amount_unit", "file")
_FUNDING = ("label", "initial", "adjusted", "executed", "weight", "rate", "score")
_INDICATORS = (
    *("level1", "level2", "id", "level3", "previous_year", "target", "actual", "weight", "score"),
    *("coefficient", "deduction", "review_actual", "review_score", "review_reason"),
    *("rule", "standard", "evidence", "deviation"),
)
_TOTAL = ("weight", "score", "review_score")
_AMOUNTS = frozenset({"initial", "adjusted", "executed", "rate", "weight", "score", "review_score"})
_BESIDE = ("reported", "recomputed", "difference", "made_by", "basis", "numbers")
_FIGURES = tuple(f"number_{name}" for name in NUMBERS)
_WIDTHS = {
    **dict.fromkeys(("weight", "coefficient", "deduction", "reported"), 7),
    **dict.fromkeys(("id", "score", "review_score", "recomputed", "difference", "numbers"), 9),
    "level3": 20,
    "deviation": 18,
    "made_by": 32,
    "basis": 32,
}
_WIDTH = 12  # of the others, in letters
_LONGEST_FORMULA = 8000
# A whole number of steps by a ratio of integers: a quotient that is not a tie lies far from one.
_ROUNDED = {RoundingMode.HALF_UP: "ROUND", RoundingMode.TRUNCATE: "ROUNDDOWN"}
_MOST_FROZEN = 20  # rows; more would leave no room to scroll


@attrs.frozen
class Placed:
    """Where the parts of a table stand in its sheet, and the cell of the recomputed total."""

    cells: Mapping[str, str]
    total: str

    def of(self, path: str) -> str:
        """Give the cell of a path, or of what holds it."""
        while path and path not in self.cells:
            path = path.rpartition(".")[0]
        return self.cells.get(path, "A1")


def write_table(page: Page, card: Scorecard, marks: Marks, language: Language) -> Placed:
    """Write a table. ``marks`` are its findings by path."""
    return _TableWriter(page, card, marks, language).write()


def _columns(rows: Sequence[Funding | Indicator], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if any(getattr(row, name) is not None for row in rows))


@attrs.define
class _TableWriter:
    page: Page
    card: Scorecard
    marks: Marks
    language: Language
    row: int = 0
    beside: int = 0
    cells: dict[str, str] = attrs.Factory(dict)
    made: list[str] = attrs.Factory(list)

    def write(self) -> Placed:
        table = self.card.evaluation
        funding, columns = _columns(table.funding, _FUNDING), _columns(table.indicators, _INDICATORS)
        self.beside = max(len(funding), len(columns), 2)
        names = (*columns, *[""] * (self.beside - len(columns)), *_BESIDE, *_FIGURES)
        self.page.set_widths([_WIDTHS.get(name, _WIDTH) for name in names])
        self.headings()
        self.header(funding)
        for index, line in enumerate(table.funding):
            self.printed(f"funding[{index}]", line, funding)
            self.row += 1
        self.page.fill(self.row, 0, self.beside, "header")
        self.page.text(self.row, 0, self.say(LABELS["execution"]()), "header")
        self.score(self.card.execution)
        self.row += 2
        self.header(columns)
        top = self.row
        for index, score in enumerate(self.card.indicators):
            self.printed(f"indicators[{index}]", score.indicator, columns)
            self.score(score, f"indicators[{index}]")
            self.row += 1
        self.printed("total", table.total, tuple(name if name in _TOTAL else "" for name in columns))
        self.page.text(self.row, 0, self.say(LABELS["total"]()), "header")
        self.total()
        self.row += 1
        self.page.text(self.row, self.beside + len(_BESIDE), self.say(LABELS["live"]()), "plain")
        if top <= _MOST_FROZEN:
            self.page.sheet.freeze_panes(top, 0)
            self.page.sheet.repeat_rows(top - 1)
        self.page.sheet.print_area(0, 0, self.row, self.beside + len(_BESIDE) - 1)
        self.page.close()
        return Placed(self.cells, self.page.cell(self.row - 1, self.beside + 1))

    def say(self, message: Message) -> str:
        return message.text(self.language)

    def headings(self) -> None:
        table = self.card.evaluation
        self.page.title(table.name or table.title or "")
        self.cells["name"] = self.page.cell(0, 0)
        self.row = 1
        parts = [(name, name, getattr(table, name)) for name in _HEADINGS]
        parts += [
            ("goal.expected", "expected", table.goal.expected),
            ("goal.actual", "done", table.goal.actual),
        ]
        for path, label, text in parts:
            if text:
                self.page.text(self.row, 0, self.say(LABELS[label]()), "label")
                self.page.across(self.row, 1, self.beside + len(_BESIDE) - 1, text)
                self.cells[path] = self.page.cell(self.row, 1)
                self.row += 1
        self.row += 1

    def header(self, columns: Sequence[str]) -> None:
        for column, name in enumerate(columns):
            self.page.text(self.row, column, self.say(COLUMNS[name]()), "header")
        self.page.fill(self.row, len(columns), self.beside, "header")
        for column, name in enumerate((*_BESIDE, *_FIGURES), self.beside):
            self.page.text(self.row, column, self.say(COLUMNS[name]()), "header")
        self.row += 1

    def printed(self, path: str, line: Funding | Indicator | Total, columns: Sequence[str]) -> None:
        self.cells[path] = self.page.cell(self.row, 0)
        for column, name in enumerate(columns):
            value = getattr(line, name, None) if name else None
            text = value.text if isinstance(value, Cell) else value
            found = self.marks.get(f"{path}.{name}", ())
            style = (
                str(min((severity for _, severity in found), key=list(Severity).index)) if found else "text"
            )
            self.page.text(self.row, column, text or "", f"{style} amount" if name in _AMOUNTS else style)
            if name:
                self.cells[f"{path}.{name}"] = self.page.cell(self.row, column)
        self.page.fill(self.row, len(columns), self.beside + 5, "text")
        numbers = sorted({number for number, _ in self.found_in(path)})
        self.page.text(self.row, self.beside + 5, " ".join(map(str, numbers)), "centred")

    def found_in(self, path: str) -> Iterator[tuple[int, Severity]]:
        for marked, found in self.marks.items():
            if marked == path or marked.startswith(f"{path}."):
                yield from found

    def score(self, score: ExecutionScore | IndicatorScore, path: str = "") -> None:
        """Write what was recomputed for a row: live where a spreadsheet can compute it, else the value and why."""
        made = self.page.cell(self.row, self.beside + 1)
        self.page.number(self.row, self.beside, score.reported_score)
        remarks = list(self.remarks(score))
        try:
            calculation = calculation_of(score)
            if calculation is None:
                reason = "" if score.reason is None else self.say(REASON_TEXTS[score.reason]())
                self.page.text(self.row, self.beside + 1, reason, "made")
            else:
                self.live(calculation)
        except NoCellFormulaError as error:
            self.page.number(self.row, self.beside + 1, score.score, "made")
            remarks.append(self.say(LABELS["unformatted"](reason=self.say(error.message))))
        if score.score is not None:
            self.made.append(made)
        self.differ(score.score, score.reported_score)
        rule = [self.say(RULES[score.rule]()), *(step.text(self.language) for step in score.steps)]
        self.page.text(self.row, self.beside + 3, "\n".join(rule))
        self.page.text(self.row, self.beside + 4, "\n".join(remarks))
        if not path:
            self.page.text(self.row, self.beside + 5, "")

    def live(self, calculation: Calculation) -> None:
        first = self.beside + len(_BESIDE)
        references = {name: self.page.cell(self.row, first + at) for at, name in enumerate(NUMBERS)}
        formula = calculation.formula(references, self.language)
        for at, name in enumerate(NUMBERS):
            self.page.number(self.row, first + at, calculation.numbers.get(name), "figure")
        self.page.formula(self.row, self.beside + 1, formula, calculation.value, "made")

    def differ(self, made: Decimal | None, reported: Decimal | None) -> None:
        column = self.beside + 2
        if made is None or reported is None:
            self.page.text(self.row, column, "", "difference")
            return
        left, right = self.page.cell(self.row, self.beside + 1), self.page.cell(self.row, self.beside)
        value = difference(made, reported)
        exponent = value.as_tuple().exponent
        digits = max(2, -exponent if isinstance(exponent, int) else 0)
        self.page.formula(self.row, column, f"ROUND({left}-{right},{digits})", value, "difference")

    def remarks(self, score: ExecutionScore | IndicatorScore) -> Iterator[str]:
        book = score.rulebook
        own = score.settings if isinstance(score, IndicatorScore) else ("execution.rule", "execution.weight")
        found = (book.basis_of(name) for name in (*own, "rounding.mode"))
        for basis in dict.fromkeys(basis for basis in found if basis is not None):
            yield f"{basis.source} ({self.say(STATUS_TEXTS[basis.status]())})"
        if score.verdict not in (Verdict.EQUAL, Verdict.NOT_REPORTED):
            yield self.say(VERDICT_TEXTS[score.verdict]())
        yield from (self.say(NOTE_TEXTS[note]()) for note in score.notes)

    def total(self) -> None:
        card = self.card
        self.page.number(self.row, self.beside, card.reported_total)
        remarks = [self.say(NOTE_TEXTS[note]()) for note in card.notes]
        if card.total is None:
            self.page.text(self.row, self.beside + 1, "", "made")
            remarks.append(self.say(LABELS["scored"](scored=card.scored_subtotal, weight=card.scored_weight)))
        else:
            self.sum(card, card.total)
        self.differ(card.total, card.reported_total)
        self.page.text(self.row, self.beside + 3, card.grade or "")
        self.page.text(self.row, self.beside + 4, "\n".join(remarks))

    def sum(self, card: Scorecard, total: Decimal) -> None:
        # Added with +, not SUM: a score that turns into a reason must not vanish from the total.
        step = card.rulebook.rounding.step
        one, parts = step.as_integer_ratio()
        steps = f"ROUND(({'+'.join(self.made)})*{parts},0)"
        formula: str | None = f"{steps}/{parts}"
        if Note.RESCALED in card.notes:
            factor = Fraction(card.rulebook.weights.sum) / Fraction(card.scored_weight)
            rounded = _ROUNDED.get(card.rulebook.rounding.mode) if one == 1 else None
            formula = rounded and f"{rounded}({steps}*{factor.numerator}/{factor.denominator},0)/{parts}"
        scores = [score.score for score in card.scores if score.score is not None]
        if not formula or len(formula) > _LONGEST_FORMULA or any(score % step for score in scores):
            self.page.number(self.row, self.beside + 1, total, "made")
        else:
            self.page.formula(self.row, self.beside + 1, formula, total, "made")
