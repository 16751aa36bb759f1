"""``perfeval.frames.audit``: the checks that columns can decide, as a frame of findings; and what they leave open."""

from __future__ import annotations

__all__ = ["audit"]

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import narwhals as nw

from perfeval.frames.contract import Columns, refuse, taken
from perfeval.frames.reading import fetched
from perfeval.frames.row_findings import OPEN_SCORE, row_findings
from perfeval.frames.samples import class_of, severity_of
from perfeval.frames.scoring import narwhals_of, returned
from perfeval.frames.table_findings import TABLE_CODES, table_findings
from perfeval.frames.tables import Tables, checked_tables, one_a_table
from perfeval.rulebook import RuleBook, load_rulebook

Frame = TypeVar("Frame")

_RESULTS = ("row", "code", "severity", "class", "reported", "expected")
_EXPECTED = {
    "PE101": "__found",
    "PE103": "__found",
    OPEN_SCORE: "__found",
    "PE104": "__own",
    "PE204": "__expected",
    "open-total": "__expected",
}
_REPORTED = (*_EXPECTED, "PE105", "PE205")


def audit(
    frame: Frame,
    rulebook: str | Path | RuleBook,
    columns: Columns,
    tables: Tables,
    *,
    row: str | None = None,
    prefix: str = "perfeval_",
) -> Frame:
    """Say where tables contradict themselves, as far as columns can tell for sure; gives one row a finding.

    The frame is one as of ``totals``; ``row`` names a column that tells its rows apart. Gives the key and, under ``prefix``:
    ``row`` (as text, null for a finding of a table), ``code``, ``severity`` and ``class`` as of ``perfeval.audit`` and never
    graver, ``reported`` and ``expected`` in units of the step where the finding is about points. A code ``open-score``,
    ``open-weights``, ``open-total`` or ``open-execution``, without severity, is no finding: columns cannot decide there
    what ``perfeval.audit`` can. Raises UsageError as ``totals`` does.
    """
    book, given = load_rulebook(rulebook), narwhals_of(frame)
    results = [prefix + name for name in _RESULTS]
    inside = ("PE101", "PE103", "PE104", "PE105", "PE208", OPEN_SCORE, *TABLE_CODES)
    refuse(list(taken(given.collect_schema().names(), inside)))
    checked_tables(given.collect_schema(), columns, tables, results, row=row)
    is_eager = isinstance(given, nw.DataFrame)
    said = one_a_table(given.lazy(), tables)
    if is_eager:
        said = fetched(said).lazy()
    rows, above = row_findings(given.lazy(), book, columns, is_eager=is_eager)
    whole = table_findings(said, rows, book, columns, tables)
    name = nw.lit(None, nw.String) if row is None else nw.col(row).cast(nw.String)
    made = nw.concat(
        [
            _findings(rows, tables.key, name, ("PE104", "PE105", "PE208", OPEN_SCORE)),
            _findings(above, tables.key, name, ("PE101", "PE103", OPEN_SCORE)),
            _findings(whole, tables.key, nw.lit(None, nw.String), TABLE_CODES),
        ]
    )
    chosen = made.select(*tables.key, *(nw.col(f"__{name}").alias(prefix + name) for name in _RESULTS))
    chosen = chosen.sort(*tables.key, results[1], results[0])
    return cast(
        "Frame",
        returned(chosen, given, [prefix + name for name in ("reported", "expected")], has_own_rows=True),
    )


def _findings(
    frame: nw.LazyFrame[Any], key: Sequence[str], name: nw.Expr, codes: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Give one row for each outcome of each row of a frame."""
    expected = [column for code, column in _EXPECTED.items() if code in codes]
    index = [*key, "__row", "__shown", *dict.fromkeys(expected)]
    chosen = frame.with_columns(name.alias("__row"), *(nw.col(code).cast(nw.Int64) for code in codes))
    made = chosen.select(*index, *codes).unpivot(
        list(codes), index=index, variable_name="__code", value_name="__outcome"
    )
    made = made.filter(nw.col("__outcome") != 0)
    code, outcome = nw.col("__code"), nw.col("__outcome")
    recomputed: nw.Expr = nw.when(code == "").then(nw.lit(0, nw.Int64))  # null; pandas has no literal of it
    for own in codes:
        if own in _EXPECTED:
            recomputed = nw.when(code == own).then(nw.col(_EXPECTED[own])).otherwise(recomputed)
    return made.select(
        *key,
        "__row",
        "__code",
        severity_of(outcome).alias("__severity"),
        class_of(outcome).alias("__class"),
        nw.when(code.is_in(_REPORTED)).then(nw.col("__shown")).alias("__reported"),
        recomputed.alias("__expected"),
    )
