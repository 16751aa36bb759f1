"""A summary as JSON data, schema ``perfeval.summary.v1``, and as rows, one a table.

In JSON decimals are strings; money is in 元; ``unknown`` counts what cannot be told.
"""

from __future__ import annotations

__all__ = [
    "SUMMARY_SCHEMA",
    "TABLE_COLUMNS",
    "UNKNOWN",
    "exact_yuan",
    "share_of",
    "summary_csv",
    "summary_data",
    "table_rows",
    "write_csv",
    "write_json",
]

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from perfeval.errors import Problem
from perfeval.findings import Severity
from perfeval.formula import plain
from perfeval.messages import Language
from perfeval.portfolio import Group, Line, Sample, Spread, Summary
from perfeval.report.data import problem_data
from perfeval.version import VERSION

SUMMARY_SCHEMA = "perfeval.summary.v1"
UNKNOWN = "unknown"
TABLE_COLUMNS: Mapping[str, type] = {
    "number": int,
    "file": str,
    "name": str,
    "department": str,
    "organisation": str,
    "year": str,
    "kind": str,
    "indicators": int,
    "scored": int,
    "reported_total": Decimal,
    "total": Decimal,
    "reported_grade": str,
    "grade": str,
    "budget": Decimal,
    "executed": Decimal,
    "rate": str,
    "bucket": str,
    "signal": str,
    "apart": bool,
    "errors": int,
    "warnings": int,
    "notes": int,
    "risk": int,
    "drawn": bool,
}
"""What is said of each table: ``number`` counts from 1, ``rate`` is as forms print it, ``drawn`` is None without a sample."""


def summary_data(
    summary: Summary, language: Language = "zh", problems: Iterable[Problem] = ()
) -> dict[str, Any]:
    """Give a summary, and the files that could not be read, as one JSON object."""
    book = summary.rulebook
    return {
        "schema": SUMMARY_SCHEMA,
        "tool": {"name": "perfeval", "version": VERSION},
        "rulebook": {"id": book.id, "sha256": book.sha256},
        "counts": {
            "tables": len(summary.lines),
            "indicators": summary.indicators,
            "scored": summary.scored,
            "unscorable": dict(summary.unscorable),
        },
        "grades": {"reported": _counts(summary.reported_grades), "recomputed": _counts(summary.grades)},
        "spread": {"reported": _spread(summary.reported_spread), "recomputed": _spread(summary.spread)},
        "execution": _counts(summary.buckets),
        "signals": {**_counts(summary.signals), "marks": _marks(summary, language)},
        "apart": {
            {True: "apart", False: "together", None: UNKNOWN}[answer]: count
            for answer, count in summary.apart.items()
        },
        "grouped_by": str(summary.grouped_by),
        "groups": [_group(group) for group in summary.groups],
        "sample": None if summary.sample is None else _sample(summary.sample),
        "tables": [_texts(row) for row in table_rows(summary)],
        "problems": [problem_data(problem, language) for problem in problems],
    }


def write_json(
    summary: Summary, path: str | Path, language: Language = "zh", problems: Iterable[Problem] = ()
) -> None:
    """Write a summary as JSON."""
    text = json.dumps(summary_data(summary, language, problems), ensure_ascii=False, indent=1)
    Path(path).write_text(text + "\n", encoding="utf-8", newline="\n")


def write_csv(summary: Summary, path: str | Path) -> None:
    """Write the rows as CSV, with the mark by which Excel knows UTF-8."""
    Path(path).write_text(summary_csv(summary), encoding="utf-8-sig", newline="")


def table_rows(summary: Summary) -> Iterator[dict[str, Any]]:
    """Give one row a table, of ``TABLE_COLUMNS``; None is what cannot be told."""
    drawn = frozenset(() if summary.sample is None else summary.sample.numbers)
    for number, line in enumerate(summary.lines):
        is_drawn = None if summary.sample is None else number in drawn
        yield {"number": number + 1, **_line(line), "drawn": is_drawn}


def summary_csv(summary: Summary) -> str:
    """Give the rows as CSV; a cell that a spreadsheet would compute has an apostrophe in front."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(TABLE_COLUMNS)
    for row in table_rows(summary):
        cells = ["" if value is None else str(value) for value in _texts(row).values()]
        writer.writerow([f"'{cell}" if cell[:1] in set("=+-@\t\r") else cell for cell in cells])
    return stream.getvalue()


def _line(line: Line) -> dict[str, Any]:
    table, card = line.evaluation, line.card
    return {
        "file": table.file,
        "name": table.name,
        "department": table.department,
        "organisation": table.organisation,
        "year": table.year,
        "kind": str(table.kind),
        "indicators": len(card.indicators),
        "scored": line.scored,
        "reported_total": card.reported_total,
        "total": card.total,
        "reported_grade": line.reported_grade,
        "grade": card.grade,
        "budget": exact_yuan(line.budget),
        "executed": exact_yuan(line.executed),
        "rate": card.execution.rate,
        "bucket": _name(line.bucket),
        "signal": _name(line.signal),
        "apart": line.apart,
        "errors": line.findings[Severity.ERROR],
        "warnings": line.findings[Severity.WARNING],
        "notes": line.findings[Severity.NOTE],
        "risk": line.risk,
    }


def exact_yuan(amount: Fraction | None) -> Decimal | None:
    """Give an amount with all its digits; None for what is no decimal, where a map says so of a unit."""
    text = "" if amount is None else plain(amount.as_integer_ratio())
    return None if not text or "÷" in text else Decimal(text)


def share_of(rate: str | None) -> Decimal | None:
    """Give a rate as forms print it (``88.01%``) as a share (0.8801)."""
    return None if rate is None else Decimal(f"{rate.removesuffix('%')}E-2")


def _texts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "kind": str(group.kind),
        "tables": group.tables,
        "with_money": group.with_money,
        "budget": _text(exact_yuan(group.budget)),
        "executed": _text(exact_yuan(group.executed)),
        "totals": _spread(group.spread),
        "signals": _counts(group.signals),
        "risk": group.risk,
    }


def _sample(sample: Sample) -> dict[str, Any]:
    coverage = sample.coverage
    return {
        "weighed_by": str(sample.weighing),
        "seed": sample.seed,
        "tables": [number + 1 for number in sample.numbers],
        "certain": sample.certain,
        "without_weight": sample.without_weight,
        "coverage": {
            "tables": list(coverage.tables),
            "risk": list(coverage.risk),
            "amount": [_text(exact_yuan(amount)) for amount in coverage.amount],
        },
    }


def _marks(summary: Summary, language: Language) -> dict[str, Any]:
    marks = attrs.asdict(summary.settings, recurse=False)
    return {
        name: {"more_than": _text(mark.share), "basis": mark.basis.text(language)}
        for name, mark in marks.items()
    }


def _spread(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    values = attrs.asdict(spread)
    return {name: _text(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    return {_name(key) or UNKNOWN: count for key, count in counts.items()}


def _name(value: object) -> str | None:
    return None if value is None else str(value)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
