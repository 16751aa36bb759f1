"""Rows of a frame, scored and ready to be added up: what a total and a subtotal are made of.

Points of a row are below 2^28 (``arithmetic.MOST``): the sums of a table of 2^25 rows, 33 million, are below 2^53, which
an int64 holds, and so does the float that pandas makes of an integer column with nulls on the way.
"""

from __future__ import annotations

__all__ = ["ROW_REASONS", "added", "scored_rows", "summed", "with_executions"]

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from perfeval.frames.choosing import count, mapped
from perfeval.frames.contract import Columns
from perfeval.frames.reading import flagged_points, text_of, texts
from perfeval.frames.results import BEYOND_RANGE
from perfeval.frames.scoring import scale_of, scored
from perfeval.rulebook import RuleBook
from perfeval.scoring.vocabulary import PRIORITY
from perfeval.values import squash

ROW_REASONS = (*map(str, PRIORITY), BEYOND_RANGE)
"""Why a row has no score."""


def scored_rows(
    frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns, results: Sequence[str] = ("score", "reason")
) -> tuple[nw.LazyFrame[Any], frozenset[str]]:
    """Add what is added up, as integers: 0 where there is none. Gives the reasons that rows may have, too.

    ``__own`` is the weight, with ``__own_flag`` as of ``Points``, ``__points`` the score, ``__why`` the reason; and 0 or
    1: ``__weighed`` has a weight, ``__unheld`` has one that is not held here, ``__lost`` has one and no score. ``__found`` and
    what else is asked for (``__rule``, ``__verdict``) are as ``scored`` gives them.
    """
    frame = flagged_points(frame, columns.weight, "__own", scale_of(book), None)
    made = scored(frame, book, columns, results)
    flag = nw.col("__own_flag")
    others = [name for name in results if name not in {"score", "reason"}]
    frame = made.frame.with_columns(
        made.results["score"].fill_null(0).alias("__points"),
        made.results["score"].alias("__found"),
        made.results["reason"].alias("__why"),
        *(made.results[name].alias(f"__{name}") for name in others),
        count((flag == 0) | (flag == 3)).alias("__weighed"),
        count(flag == 3).alias("__unheld"),
    )
    lost = _only_where(nw.col("__weighed"), has_reason=True)
    return frame.with_columns(lost.alias("__lost")), made.reasons


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
        frame = flagged_points(frame, columns.reported, "__filled", scale_of(book), book.rounding)
        has_score = nw.col("__filled_flag") != 1
    frame = with_executions(frame, book, columns)
    sums = {
        "__remarks": count((nw.col("__own_flag") == 1) & ~has_score),
        "__scored": _only_where(nw.lit(1, nw.Int64), has_reason=False),
        "__scored_weights": _only_where(nw.col("__own"), has_reason=False),
        "__executions": nw.col("__is_execution") * nw.col("__weighed"),
    }
    kept = ("__own", "__unheld", "__lost", "__points", "__weighed")
    rows, reasons = scored_rows(frame, book, columns)
    sums |= {f"__{reason}": count(nw.col("__why") == reason) for reason in ROW_REASONS if reason in reasons}
    rows = rows.select(*key, *kept, *(value.alias(name) for name, value in sums.items()))
    made = added(rows, key, (*kept, *sums))
    none = nw.lit(0, nw.Int64)
    return made.with_columns(*(none.alias(f"__{reason}") for reason in ROW_REASONS if reason not in reasons))


def added(rows: nw.LazyFrame[Any], key: Sequence[str], sums: Sequence[str]) -> nw.LazyFrame[Any]:
    """Give one row for each key: how many rows it has, ``__rows``, and sums; an engine may add up wider than int64."""
    made = rows.group_by(*key).agg(nw.len().alias("__rows"), nw.col(*sums).sum())
    return made.with_columns(nw.col("__rows", *sums).cast(nw.Int64))


def with_executions(frame: nw.LazyFrame[Any], book: RuleBook, columns: Columns) -> nw.LazyFrame[Any]:
    """Add ``__is_execution``, 1 for rows whose names say that they are the execution rate themselves."""
    if columns.level3 is None:
        return frame.with_columns(nw.lit(0, nw.Int64).alias("__is_execution"))
    names = {
        text: int(any(name in squash(text) for name in book.execution.rows))
        for text in texts(frame, columns.level3, "level3")
    }
    return mapped(frame, text_of(columns.level3), names, "__is_execution")
