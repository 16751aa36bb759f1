"""Rows of a frame, scored and ready to be added up: what a total and a subtotal are made of.

Points of a row are below 2^28 (``arithmetic.MOST``): the sums of a table of 2^25 rows, 33 million, are below 2^53, which
an int64 holds, and so does the float that pandas makes of an integer column with nulls on the way.
"""

from __future__ import annotations

__all__ = ["ROW_REASONS", "added", "is_execution", "scored_rows", "summed"]

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from perfeval.frames.arithmetic import count
from perfeval.frames.contract import Columns
from perfeval.frames.printed import texts_of
from perfeval.frames.reading import distinct, mapped, read_points
from perfeval.frames.scoring import BEYOND_RANGE, scale_of, scored
from perfeval.rulebook import RuleBook
from perfeval.scoring.vocabulary import PRIORITY
from perfeval.values import squash

ROW_REASONS = (*map(str, PRIORITY), BEYOND_RANGE)
"""Why a row has no score."""


def scored_rows(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Add what is added up, as integers: 0 where there is none.

    ``__own`` is the weight, with ``__own_flag`` as of ``read_points``, ``__points`` the score, ``__why`` the reason; and 0 or
    1: ``__weighed`` has a weight, ``__unheld`` has one that is not held here, ``__lost`` has one and no score. ``__found``,
    ``__rule`` and ``__verdict`` are as ``scored`` gives them.
    """
    frame = read_points(frame, columns.weight, "__own", scale_of(book), None)
    frame, results = scored(frame, book, columns)
    flag = nw.col("__own_flag")
    frame = frame.with_columns(
        results["score"].fill_null(0).alias("__points"),
        results["score"].alias("__found"),
        results["rule"].alias("__rule"),
        results["verdict"].alias("__verdict"),
        results["reason"].alias("__why"),
        count((flag == 0) | (flag == 3)).alias("__weighed"),
        count(flag == 3).alias("__unheld"),
    )
    return frame.with_columns(_only_where(nw.col("__weighed"), has_reason=True).alias("__lost"))


def _only_where(value: nw.Expr, *, has_reason: bool) -> nw.Expr:
    """Give a value where there is a reason, or where there is none; else 0."""
    is_null = nw.col("__why").is_null()
    none = nw.lit(0, nw.Int64)
    return nw.when(~is_null if has_reason else is_null).then(value).otherwise(none)


def summed(
    frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns, key: tuple[str, ...]
) -> nw.LazyFrame[Any]:
    """Give one row a table: its key, ``__rows``, the sums of ``scored_rows``, how many rows have each reason, and more sums.

    ``__remarks`` have neither weight nor score; ``__scored`` and ``__scored_weights`` are of the rows with a score;
    ``__executions`` have a weight and are the execution rate themselves.
    """
    has_score = nw.lit(value=False)
    if columns.reported is not None:
        frame = read_points(frame, columns.reported, "__filled", scale_of(book), book.rounding)
        has_score = nw.col("__filled_flag") != 1
    executions = is_execution(frame, book, columns)
    sums = {
        "__remarks": count((nw.col("__own_flag") == 1) & ~has_score),
        "__scored": _only_where(nw.lit(1, nw.Int64), has_reason=False),
        "__scored_weights": _only_where(nw.col("__own"), has_reason=False),
        "__executions": executions * nw.col("__weighed"),
        **{reason: count(nw.col("__why") == reason) for reason in ROW_REASONS},
    }
    kept = ("__own", "__unheld", "__lost", "__points", "__weighed")
    rows = scored_rows(frame, book, columns)
    rows = rows.select(*key, *kept, *(value.alias(name) for name, value in sums.items()))
    return added(rows, key, (*kept, *sums))


def added(rows: nw.LazyFrame[Any], key: Sequence[str], sums: Sequence[str]) -> nw.LazyFrame[Any]:
    """Give one row for each key: how many rows it has, ``__rows``, and sums; an engine may add up wider than int64."""
    made = rows.group_by(*key).agg(nw.len().alias("__rows"), nw.col(*sums).sum())
    return made.with_columns(nw.col("__rows", *sums).cast(nw.Int64))


def is_execution(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.Expr:
    """Give 1 for the names of rows that are the execution rate themselves."""
    if columns.level3 is None:
        return nw.lit(0, nw.Int64)
    names = {
        text: int(any(name in squash(text) for name in book.execution.rows))
        for text in distinct(frame, texts_of(columns.level3), "level3")
    }
    return mapped(texts_of(columns.level3), names)
