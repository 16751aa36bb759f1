"""Findings of rows: scores above the weight, impossible, or without any accepted reading; weights that are none."""

from __future__ import annotations

__all__ = ["OPEN_SCORE", "audited_rows", "row_findings"]

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from perfeval.auditing.checks.pe104_score_above_weight import CHECK as ABOVE_WEIGHT
from perfeval.auditing.checks.pe105_score_unreadable_or_negative import CHECK as IMPOSSIBLE
from perfeval.auditing.checks.pe208_weight_not_positive import CHECK as NO_WEIGHT
from perfeval.findings import FindingClass, Severity
from perfeval.frames.choosing import count, mapped
from perfeval.frames.contract import TEXT, Columns, Number
from perfeval.frames.printed import read_printed
from perfeval.frames.reading import fetched, text_of, texts
from perfeval.frames.readings import with_readings
from perfeval.frames.results import NOT_EQUAL
from perfeval.frames.samples import number_of, outcome_of
from perfeval.frames.scoring import scale_of
from perfeval.frames.summing import scored_rows
from perfeval.rulebook import RuleBook
from perfeval.table import Indicator

OPEN_SCORE = "open-score"
"""A reported score is not the recomputed one, and columns do not say whether an accepted reading gives it."""
DIFFERS, MISSED_IN_FULL = "PE101", "PE103"
OPEN = -1
"""The outcome of what columns leave open."""
_KEPT = (
    "__own", "__own_flag", "__weighed", "__unheld", "__found", "__rule", "__stated", "__stated_flag", "__shown",
    "__is_above", ABOVE_WEIGHT.code, IMPOSSIBLE.code, NO_WEIGHT.code, OPEN_SCORE,
)  # fmt: skip


def audited_rows(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Score the rows as ``scored_rows`` does; ``__stated`` is the reported score, not rounded, with its flag."""
    frame = read_printed(frame, columns.reported, "__stated", scale_of(book))
    return scored_rows(frame, book, columns, ("score", "rule", "reason", "verdict"))[0]


def row_findings(
    frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns, *, is_eager: bool
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    """Give all rows, and those that report more than was recomputed; each with its outcomes by code.

    ``__shown`` is the reported score, null where none is held.
    """
    rows = audited_rows(frame, book, columns)
    flag, own_flag = nw.col("__stated_flag"), nw.col("__own_flag")
    is_reported = (flag == 0) | (flag == 3)
    is_held = (flag == 0) & (own_flag == 0)
    is_other = nw.col("__verdict") == NOT_EQUAL
    is_above = is_other & is_held & (nw.col("__stated") > nw.col("__found").fill_null(0))
    is_unheld = ~is_held & is_reported & ((flag == 3) | (own_flag == 3))
    # A score finer than the step may be equal once rounded, and still be above its weight.
    is_open = (is_other & ~is_above) | is_unheld
    over_weight = number_of(Severity.ERROR, FindingClass.ARITHMETIC, book)
    rows = _with_impossible(rows, book, columns)
    rows = _with_no_weight(rows, book, columns)
    rows = rows.with_columns(
        nw.when(flag == 0).then(nw.col("__stated")).alias("__shown"),
        is_above.alias("__is_above"),
        (count(is_held & (nw.col("__stated") > nw.col("__own"))) * over_weight).alias(ABOVE_WEIGHT.code),
        (count(is_open) * OPEN).alias(OPEN_SCORE),
    )
    rows = rows.select(*frame.collect_schema().names(), *_KEPT)
    if is_eager:
        rows = fetched(rows).lazy()  # else it is worked out anew for each use below
    above = rows.filter(nw.col("__is_above"))
    above = with_readings(above, book, columns)
    asked = number_of(Severity.WARNING, FindingClass.QUESTION, book)
    is_full = (nw.col("__stated") <= nw.col("__own")) & (nw.col("__stated") >= nw.col("__own") - 1)
    differs, missed = nw.col("__differs"), nw.col("__alone") * count(is_full)
    above = above.with_columns(
        (differs * asked).alias(DIFFERS),
        (missed * asked).alias(MISSED_IN_FULL),
        (count(differs + missed == 0) * OPEN).alias(OPEN_SCORE),
    )
    return rows, above


def _with_impossible(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Add the outcome of PE105 for each printed score."""
    given = columns.reported
    if isinstance(given, str) and isinstance(frame.collect_schema()[given], TEXT):
        printed = texts(frame, given, "reported")
        outcomes = {text: outcome_of(IMPOSSIBLE, book, Indicator(score=text)) for text in printed}
        return mapped(frame, text_of(given), outcomes, IMPOSSIBLE.code)
    negative = outcome_of(IMPOSSIBLE, book, Indicator(score="-1"))
    made = nw.lit(0, nw.Int64) if given is None else count(nw.col("__stated_flag") == 2) * negative
    return frame.with_columns(made.alias(IMPOSSIBLE.code))


def _with_no_weight(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Add the outcome of PE208: of a weight below 0, and of 0 in a row that says something."""
    schema = frame.collect_schema()
    for part in ("target", "level3"):
        frame = _with_sampled(frame, getattr(columns, part), part, book)
    zero = nw.col("__said_target") * nw.col("__said_level3")
    weight = columns.weight
    if isinstance(weight, str) and isinstance(schema[weight], TEXT):
        frame = _with_sampled(frame, weight, "weight", book)
        outcome = nw.col("__said_weight")
    else:
        is_zero = (nw.col("__own_flag") == 0) & (nw.col("__own") == 0)
        outcome = count(is_zero) * _outcome(book) + count(nw.col("__own_flag") == 2) * _outcome(
            book, weight="-1"
        )
    is_unused = (nw.col("__own_flag") == 0) & (zero == 0)
    made = nw.when(is_unused).then(nw.lit(0, nw.Int64)).otherwise(outcome)
    return frame.with_columns(made.alias(NO_WEIGHT.code))


def _with_sampled(
    frame: nw.LazyFrame[Any], given: str | Number | None, part: str, book: RuleBook
) -> nw.LazyFrame[Any]:
    """Add the outcome of PE208 in a row of weight 0 that says something, but for one cell, which is as printed."""
    name = f"__said_{part}"
    if given is None:
        return frame.with_columns(nw.lit(_outcome(book, **{part: ""}), nw.Int64).alias(name))
    if isinstance(given, Number):  # of 0 it is not known whether it says something
        value = nw.col(given.value)
        return frame.with_columns(count(~value.is_null() & (value != 0)).alias(name))
    outcomes = {text: _outcome(book, **{part: text}) for text in texts(frame, given, part)}
    return mapped(frame, text_of(given), outcomes, name)


def _outcome(book: RuleBook, **cells: str) -> int:
    row: Mapping[str, str] = {"weight": "0", "level3": "x", "target": ">=1", **cells}
    return outcome_of(NO_WEIGHT, book, Indicator(**row))
