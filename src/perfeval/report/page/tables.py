"""The tables as published, cell by cell, with what was recomputed beside each row."""

from __future__ import annotations

__all__ = ["CellView", "Made", "RowView", "TableView", "table_view"]

from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs

from perfeval.messages import Language
from perfeval.report.page.cards import CardView, Mark
from perfeval.report.page.spots import FUNDING, HEADINGS, INDICATORS, Spot, anchor, columns_of
from perfeval.report.page.words import LABELS
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard, Verdict
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, VERDICT_TEXTS
from perfeval.scoring.numbers import difference
from perfeval.table import Cell, Funding, Indicator, Total
from perfeval.values import squash

_NUMBERS = frozenset("initial adjusted executed rate weight score coefficient deduction review_score".split())
_HEADERS = frozenset({"level1", "level2", "level3", "label"})
_TOTALS = frozenset({"weight", "score", "review_score"})
_REMARKABLE = frozenset({Verdict.BELOW, Verdict.DIFFERS})


@attrs.frozen(kw_only=True)
class CellView:
    """One cell as printed; ``text`` is None where the form has no such cell, ``span`` the rows that it covers."""

    column: str
    text: str | None
    anchor: str
    marks: tuple[Mark, ...] = ()
    span: int = 1

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.column in _NUMBERS

    @property
    def is_header(self) -> bool:
        """Whether it names its row."""
        return self.column in _HEADERS


@attrs.frozen(kw_only=True)
class Made:
    """What was recomputed: the score, the difference to the reported one, and what is to be said of it."""

    score: str
    difference: str
    remark: str
    differs: bool


@attrs.frozen(kw_only=True)
class RowView:
    """One row of the table."""

    anchor: str
    cells: tuple[CellView, ...]
    marks: tuple[Mark, ...] = ()
    made: Made | None = None

    @property
    def named(self) -> str:
        """The column that names the row, where the marks of the whole row stand."""
        columns = [cell.column for cell in self.cells]
        return next((name for name in ("level3", "label") if name in columns), "".join(columns[:1]))


@attrs.frozen(kw_only=True)
class TableView:
    """One table with its findings; ``lead`` columns stand before the first number of the row of the total."""

    number: int
    card: Scorecard
    anchor: str
    name: CellView
    headings: tuple[CellView, ...]
    goals: tuple[CellView, ...]
    funding_columns: tuple[str, ...]
    funding: tuple[RowView, ...]
    execution: Made
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    lead: int
    total: RowView
    grade: str
    findings: tuple[CardView, ...]
    marks: tuple[Mark, ...]


def table_view(
    card: Scorecard,
    number: int,
    marks: Mapping[Spot, tuple[Mark, ...]],
    findings: Sequence[CardView],
    language: Language,
) -> TableView:
    """Give one table; ``number`` is its own among those audited, ``marks`` are those of all tables."""
    table = card.evaluation
    maker = _Maker(number, marks)
    funding, columns = columns_of(table.funding, FUNDING), columns_of(table.indicators, INDICATORS)
    spans = _spans(table.indicators)
    name = table.name or table.organisation or table.title or table.file or f"{number + 1}"
    lead = next((at for at, column in enumerate(columns) if column in _TOTALS), len(columns))
    goals = ((part, getattr(table.goal, part)) for part in ("expected", "actual"))
    return TableView(
        number=number,
        card=card,
        anchor=anchor((number, "")),
        name=maker.cell("name", name),
        headings=tuple(
            maker.cell(heading, getattr(table, heading)) for heading in HEADINGS if getattr(table, heading)
        ),
        goals=tuple(maker.cell(f"goal.{part}", text) for part, text in goals if text is not None),
        funding_columns=funding,
        funding=tuple(
            maker.row(f"funding[{at}]", one, dict.fromkeys(funding, 1))
            for at, one in enumerate(table.funding)
        ),
        execution=_made(card.execution, language),
        columns=columns,
        rows=tuple(
            maker.row(
                f"indicators[{at}]",
                score.indicator,
                {column: spans.get((at, column), 1) for column in columns},
                _made(score, language),
            )
            for at, score in enumerate(card.indicators)
        ),
        lead=lead,
        total=maker.row("total", table.total, dict.fromkeys(columns[lead:], 1), _made_total(card, language)),
        grade=table.total.grade or "",
        findings=tuple(findings),
        marks=marks.get((number, ""), ()),
    )


@attrs.frozen
class _Maker:
    """Makes the cells of one table, with the marks that stand in them."""

    number: int
    marks: Mapping[Spot, tuple[Mark, ...]]

    def cell(self, path: str, text: str | None, span: int = 1) -> CellView:
        spot = (self.number, path)
        column = path.rpartition(".")[2]
        return CellView(
            column=column, text=text, anchor=anchor(spot), marks=self.marks.get(spot, ()), span=span
        )

    def row(
        self,
        path: str,
        values: Funding | Indicator | Total,
        spans: Mapping[str, int],
        made: Made | None = None,
    ) -> RowView:
        cells = tuple(
            self.cell(f"{path}.{column}", _text(values, column), span)
            for column, span in spans.items()
            if span
        )
        spot = (self.number, path)
        return RowView(anchor=anchor(spot), cells=cells, marks=self.marks.get(spot, ()), made=made)


def _text(row: Funding | Indicator | Total, name: str) -> str | None:
    value = getattr(row, name, None)
    return value.text if isinstance(value, Cell) else value


def _spans(rows: Sequence[Indicator]) -> dict[tuple[int, str], int]:
    """Give the rows that a level covers, at its first row, and 0 at those that it covers."""
    spans: dict[tuple[int, str], int] = {}
    for names in (("level1",), ("level1", "level2")):
        start = 0
        for at, row in enumerate(rows):
            same = at and all(
                squash(getattr(row, name) or "") == squash(getattr(rows[start], name) or "") for name in names
            )
            start = start if same else at
            spans[at, names[-1]] = 0 if same else 1
            if same:
                spans[start, names[-1]] += 1
    return spans


def _made(score: ExecutionScore | IndicatorScore, language: Language) -> Made:
    parts = []
    if score.reason is not None:
        parts.append(REASON_TEXTS[score.reason]().text(language))
    elif score.verdict not in (Verdict.EQUAL, Verdict.NOT_REPORTED):
        parts.append(VERDICT_TEXTS[score.verdict]().text(language))
    parts += [NOTE_TEXTS[note]().text(language) for note in score.notes]
    return Made(
        score=_number(score.score),
        difference=_difference(score.score, score.reported_score),
        remark=_joined(parts, language),
        differs=score.verdict in _REMARKABLE,
    )


def _made_total(card: Scorecard, language: Language) -> Made:
    parts = [NOTE_TEXTS[note]().text(language) for note in card.notes]
    if card.total is None:
        facts = {"scored": card.scored_subtotal, "weight": card.scored_weight}
        parts.insert(0, LABELS["no_total"](**facts).text(language))
        if card.evaluation.partial:
            parts.append(LABELS["partial"]().text(language))
    elif card.grade:
        parts.insert(0, card.grade)
    made = _difference(card.total, card.reported_total)
    return Made(
        score=_number(card.total), difference=made, remark=_joined(parts, language), differs=bool(made)
    )


def _joined(parts: Sequence[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(parts)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _difference(made: Decimal | None, reported: Decimal | None) -> str:
    if made is None or reported is None or made == reported:
        return ""
    return f"{difference(made, reported):+f}".replace("-", "\N{MINUS SIGN}")
