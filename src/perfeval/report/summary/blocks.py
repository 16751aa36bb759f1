"""A summary as small tables with typed cells, which the page and the workbook write each in its own way."""

from __future__ import annotations

__all__ = ["Block", "Kind", "Value", "group_block", "overview", "sample_blocks", "table_block"]

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from perfeval.errors import Problem
from perfeval.messages import Language
from perfeval.portfolio import Group, Sample, Signal, Spread, Summary
from perfeval.report.summary.data import exact_yuan, share_of, table_rows
from perfeval.report.summary.sentences import percent
from perfeval.report.summary.words import CAPTIONS, CONDITIONS, KINDS, LABELS, UNKNOWN, UNNAMED
from perfeval.scoring import Reason
from perfeval.scoring.explain import REASON_TEXTS
from perfeval.scoring.numbers import quotient


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    POINTS = "points"
    MONEY = "money"
    SHARE = "share"


_NUMBERS = (
    *("number", "indicators", "scored", "errors", "warnings", "notes", "risk", "reported", "recomputed"),
    *("tables", "full", "with_money", "red", "yellow", "green", "unknown", "part", "whole"),
)
_KINDS: Mapping[str, Kind] = MappingProxyType({
    **dict.fromkeys(_NUMBERS, Kind.NUMBER),
    **dict.fromkeys(("reported_total", "total", "least", "lower", "median", "upper", "most"), Kind.POINTS),
    **dict.fromkeys(("budget", "executed"), Kind.MONEY),
    **dict.fromkeys(("rate", "share"), Kind.SHARE),
})  # fmt: skip
_SPREAD = ("least", "lower", "median", "upper", "most", "full")
_GROUPS = (
    *("kind", "tables", "with_money", "budget", "executed", "rate", "least", "median", "most"),
    *("red", "yellow", "green", "unknown", "risk"),
)
_TABLES = (
    *("number", "name", "department", "organisation", "year", "kind", "reported_total", "total", "grade"),
    *("budget", "executed", "rate", "signal", "errors", "warnings", "notes", "risk", "drawn", "file"),
)
_DRAWN = (
    *("number", "name", "organisation", "total", "grade", "budget", "rate", "signal"),
    *("errors", "warnings", "risk", "file"),
)

Value = str | int | Decimal | Signal | None
"""A text, a signal, a number (in a column of shares a share of 1); None where there is none."""


@attrs.frozen
class Block:
    """One table: ``columns`` are names of ``COLUMNS``; rows have as many values."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def heading(self) -> str:
        """The column that names the row: the first of texts."""
        return next(column for column in self.columns if self.kind(column) is Kind.TEXT)

    @property
    def is_narrow(self) -> bool:
        """Whether others have room beside it."""
        return len(self.columns) in (2, 3)

    @staticmethod
    def kind(column: str) -> Kind:
        """What the cells of a column are."""
        return _KINDS.get(column, Kind.TEXT)


def overview(summary: Summary, problems: Iterable[Problem], language: Language) -> tuple[Block, ...]:
    """Give grades, spread, execution and signals; and, where there are any, reasons without score and unread files."""
    unknown = UNKNOWN().text(language)
    grades = [
        (grade or unknown, summary.reported_grades.get(grade, 0), summary.grades.get(grade, 0))
        for grade in dict.fromkeys((*summary.reported_grades, *summary.grades))
        if grade is not None or summary.reported_grades[None] or summary.grades[None]
    ]
    spreads = {"reported": summary.reported_spread, "recomputed": summary.spread}
    reasons = [
        (REASON_TEXTS[Reason(reason)]().text(language), count) for reason, count in summary.unscorable.items()
    ]
    blocks = (
        _block("grades", ("level", "reported", "recomputed"), grades, language),
        _block(
            "spread",
            ("totals", "tables", *_SPREAD),
            [
                (LABELS[name]().text(language), spread.count if spread else 0, *_spread(spread))
                for name, spread in spreads.items()
            ],
            language,
        ),
        _block(
            "execution",
            ("bucket", "tables", "share"),
            [
                (bucket or unknown, count, _share(count, len(summary.lines)))
                for bucket, count in summary.buckets.items()
                if bucket is not None or count
            ],
            language,
        ),
        _block(
            "signals",
            ("signal", "tables", "share", "condition", "basis"),
            _signals(summary, language),
            language,
        ),
        _block("unscorable", ("reason", "indicators"), reasons, language),
        _block("problems", ("problem",), [(one.text(language),) for one in problems], language),
    )
    return tuple(block for block in blocks if block.rows)


def group_block(summary: Summary, language: Language) -> Block:
    """Give a row a group."""
    rows = [(group.name or UNNAMED().text(language), *_group(group, language)) for group in summary.groups]
    return _block("groups", (str(summary.grouped_by), *_GROUPS), rows, language)


def table_block(summary: Summary, language: Language) -> Block:
    """Give a row a table; ``drawn`` where there is a sample."""
    columns = tuple(name for name in _TABLES if name != "drawn" or summary.sample is not None)
    return _block("tables", columns, _tables(summary, columns, language), language)


def sample_blocks(summary: Summary, sample: Sample, language: Language) -> tuple[Block, Block]:
    """Give what a sample covers, and the tables drawn."""
    coverage = sample.coverage
    covered: dict[str, tuple[int | Fraction, int | Fraction]] = {
        "counted": coverage.tables,
        "risks": coverage.risk,
        "budgets": coverage.amount,
    }
    rows = [
        (LABELS[name]().text(language), _number(part), _number(whole), _share(part, whole))
        for name, (part, whole) in covered.items()
    ]
    drawn = list(_tables(summary, _DRAWN, language))
    return (
        _block("coverage", ("what", "part", "whole", "share"), rows, language),
        _block("drawn", _DRAWN, [drawn[number] for number in sample.numbers], language),
    )


def _block(name: str, columns: tuple[str, ...], rows: Iterable[Sequence[Value]], language: Language) -> Block:
    return Block(name, CAPTIONS[name]().text(language), columns, tuple(tuple(row) for row in rows))


def _signals(summary: Summary, language: Language) -> Iterator[tuple[Value, ...]]:
    marks = summary.settings
    shares = {name: percent(Fraction(getattr(marks, name).share)) for name in ("gap", "unspent", "apart")}
    basis = {Signal.RED: marks.gap.basis, Signal.YELLOW: marks.unspent.basis}
    whole = len(summary.lines)
    for signal, count in summary.signals.items():
        if signal is None and not count:
            continue
        condition = CONDITIONS["unknown" if signal is None else signal](**shares).text(language)
        source = basis[signal].text(language) if signal in basis else ""
        name: Value = UNKNOWN().text(language) if signal is None else signal
        yield name, count, _share(count, whole), condition, source
    apart = summary.apart[True]
    yield (
        LABELS["apart"]().text(language),
        apart,
        _share(apart, whole),
        CONDITIONS["apart"](**shares).text(language),
        marks.apart.basis.text(language),
    )


def _group(group: Group, language: Language) -> tuple[Value, ...]:
    values: dict[str, Value] = {
        "kind": KINDS[group.kind]().text(language),
        "tables": group.tables,
        "with_money": group.with_money,
        "budget": exact_yuan(group.budget) if group.with_money else None,
        "executed": exact_yuan(group.executed) if group.with_money else None,
        "rate": _share(group.executed, group.budget),
        **dict(zip(_SPREAD, _spread(group.spread), strict=True)),
        **{signal or "unknown": count for signal, count in group.signals.items()},
        "risk": group.risk,
    }
    return tuple(values[name] for name in _GROUPS)


def _spread(spread: Spread | None) -> tuple[Value, ...]:
    return tuple(None if spread is None else getattr(spread, name) for name in _SPREAD)


def _tables(summary: Summary, columns: Sequence[str], language: Language) -> Iterator[tuple[Value, ...]]:
    for row in table_rows(summary):
        shown = {**row, **_shown(row, language)}
        yield tuple(shown[name] for name in columns)


def _shown(row: Mapping[str, Any], language: Language) -> Mapping[str, Value]:
    signal = row["signal"]
    return {
        "name": row["name"] or UNNAMED().text(language),
        "kind": KINDS[row["kind"]]().text(language),
        "rate": share_of(row["rate"]),
        "signal": UNKNOWN().text(language) if signal is None else Signal(signal),
        "drawn": LABELS["drawn"]().text(language) if row["drawn"] else "",
    }


def _share(part: int | Fraction, whole: int | Fraction) -> Decimal | None:
    return quotient((Fraction(part) / Fraction(whole)).as_integer_ratio(), 4) if whole else None


def _number(amount: int | Fraction) -> Value:
    return amount if isinstance(amount, int) else exact_yuan(amount)
