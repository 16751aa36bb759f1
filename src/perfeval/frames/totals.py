"""``perfeval.frames.totals`` and ``subtotals``: what ``perfeval.score`` gives a table, for every table of a frame.

Rows are scored as by ``perfeval.frames.score`` and added up by the key; what tables say is read once a table, and joined.
"""

from __future__ import annotations

__all__ = ["subtotals", "totals"]

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import narwhals as nw

from perfeval.frames.choosing import count, named
from perfeval.frames.contract import Columns
from perfeval.frames.execution import execution_decision, executions, least_whole
from perfeval.frames.money import read_money
from perfeval.frames.printed import with_printed
from perfeval.frames.reading import fetched, text_of, texts
from perfeval.frames.results import BEYOND_RANGE
from perfeval.frames.scoring import narwhals_of, returned, scale_of
from perfeval.frames.summing import ROW_REASONS, added, scored_rows, summed
from perfeval.frames.tables import Tables, checked_tables, one_a_table
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring.vocabulary import Reason
from perfeval.values import squash

Frame = TypeVar("Frame")

_TEXTS = ("execution_reason", "grade", "reported_reason")
_NOT_REPORTED = {0: None, 1: "blank", 2: "unreadable", 3: BEYOND_RANGE}


def totals(
    frame: Frame,
    rulebook: str | Path | RuleBook,
    columns: Columns,
    tables: Tables,
    *,
    prefix: str = "perfeval_",
) -> Frame:
    """Score every table of a frame that has one row an indicator; gives one row a table, sorted by the key.

    The kind of frame is the caller's, lazy if it was lazy. Points are int64 in units of the rule book's step, the rate in
    units of 0.0001. Under ``prefix``: ``rows``; ``weight`` of the rows; ``scored_weight`` and ``scored_subtotal`` of what
    could be scored; ``execution_weight``, ``execution_rate``, ``execution_score``, ``execution_reason``; ``total``, null
    where something that counts has no score; ``grade``; ``reported_total``, and ``reported_reason`` why there is none
    (``blank``, ``unreadable``, ``beyond-range``); ``difference``, reported less recomputed; ``unscorable``, how many scores are
    missing, and how many for each reason. Raises UsageError with every problem of the columns, with the first table whose
    rows contradict each other, or with the name of a rule that columns cannot hold.
    """
    book, given = load_rulebook(rulebook), narwhals_of(frame)
    made, scale = execution_decision(book), scale_of(book)
    results = _results(book, scale)
    checked_tables(given.collect_schema(), columns, tables, [prefix + name for name in results])
    said = one_a_table(given.lazy(), tables)
    if isinstance(given, nw.DataFrame):
        said = fetched(said).lazy()
    said, money = read_money(with_printed(said, tables, scale), tables, book, made)
    partial = nw.lit(value=False) if tables.partial is None else nw.col(tables.partial)
    said = said.with_columns(partial.alias("__partial"))
    work = said.join(summed(given.lazy(), book, columns, tables.key), on=list(tables.key), how="inner")
    work = executions(work, book, made, money, scale).with_columns(_total(book, scale).alias("__total"))
    chosen = work.select(*tables.key, *(value.alias(prefix + name) for name, value in results.items()))
    integers = [prefix + name for name in results if name not in _TEXTS]
    return cast("Frame", returned(chosen.sort(*tables.key), given, integers, has_own_rows=True))


def _total(book: RuleBook, scale: int) -> nw.Expr:
    """Give the sum of what was scored, where it is the total: nothing that counts is missing from it."""
    reason = nw.col("__execution_reason").fill_null("")
    is_enough = nw.col("__own") >= least_whole(book.weights.sum, scale)
    has_execution = reason.is_in(["", str(Reason.NOT_APPLICABLE)]) | (
        (reason == str(Reason.NO_FUNDING)) & is_enough
    )
    is_whole = (nw.col("__scored") > 0) & (nw.col("__lost") == 0) & ~nw.col("__partial")
    return nw.when(is_whole & has_execution).then(nw.col("__points") + _execution("score"))


def _execution(name: str) -> nw.Expr:
    """Give weight or score of the execution rate, 0 where it is not scored."""
    value = nw.col(f"__execution_{name}")
    none = nw.lit(0, nw.Int64)
    return nw.when(nw.col("__execution_reason").is_null()).then(value).otherwise(none)


def _results(book: RuleBook, scale: int) -> Mapping[str, nw.Expr]:
    total, reported = nw.col("__total"), nw.col("__reported_total")
    is_reported = nw.col("__reported_total_flag") == 0
    counts = {reason: _count(reason) for reason in (*map(str, Reason), BEYOND_RANGE)}
    all_rows = nw.col("__rows") - nw.col("__scored")
    return {
        "rows": nw.col("__rows"),
        "weight": nw.when(nw.col("__unheld") == 0).then(nw.col("__own")),
        "scored_weight": nw.col("__scored_weights") + _execution("weight"),
        "scored_subtotal": nw.col("__points") + _execution("score"),
        "execution_weight": nw.col("__execution_weight"),
        "execution_rate": nw.col("__rate"),
        "execution_score": nw.col("__execution_score"),
        "execution_reason": nw.col("__execution_reason"),
        "total": total,
        "grade": _grade(book, scale),
        "reported_total": nw.when(is_reported).then(reported),
        "reported_reason": named(nw.col("__reported_total_flag"), _NOT_REPORTED),
        "difference": nw.when(is_reported).then(reported - total),
        "unscorable": all_rows + count(~nw.col("__execution_reason").is_null()),
        **{f"unscorable_{reason.replace('-', '_')}": value for reason, value in counts.items()},
    }


def _count(reason: str) -> nw.Expr:
    """Give how many scores a table lacks for a reason; a row without weight and score, where others have weights, is a remark."""
    made = count(nw.col("__execution_reason").fill_null("") == reason)
    if reason in ROW_REASONS:
        made = made + nw.col(f"__{reason}")
    remarks = nw.when(nw.col("__weighed") > 0).then(nw.col("__remarks")).otherwise(nw.lit(0, nw.Int64))
    if reason == Reason.NOT_APPLICABLE:
        return made + remarks
    return made - remarks if reason == Reason.BLANK_WEIGHT else made


def _grade(book: RuleBook, scale: int) -> nw.Expr:
    made = nw.lit(None, nw.String)
    for grade in reversed(book.grades):
        is_it = nw.col("__total") >= least_whole(grade.start, scale)
        made = nw.when(is_it).then(nw.lit(grade.name)).otherwise(made)
    return made


def subtotals(
    frame: Frame,
    rulebook: str | Path | RuleBook,
    columns: Columns,
    tables: Tables,
    *,
    prefix: str = "perfeval_",
) -> Frame:
    """Give weight and score of each level-1 group of each table, one row a group, sorted by key and name.

    Under ``prefix``: ``level1`` (its name without white space), ``rows``, ``weight``, and ``score``, null where a row with a
    weight has none; points are int64 in units of the rule book's step. Raises UsageError as ``totals`` does.
    """
    book, given = load_rulebook(rulebook), narwhals_of(frame)
    name, rows, weight, score = (prefix + result for result in ("level1", "rows", "weight", "score"))
    checked_tables(given.collect_schema(), columns, tables, [name, rows, weight, score])
    one_a_table(given.lazy(), tables)
    work, _ = scored_rows(given.lazy(), book, columns)
    work = work.with_columns(_level1(given.lazy(), columns).alias(name))
    key = [*tables.key, name]
    groups = added(work, key, ("__own", "__unheld", "__lost", "__points"))
    chosen = groups.select(
        *key,
        nw.col("__rows").alias(rows),
        nw.when(nw.col("__unheld") == 0).then(nw.col("__own")).alias(weight),
        nw.when(nw.col("__lost") == 0).then(nw.col("__points")).alias(score),
    )
    return cast("Frame", returned(chosen.sort(*key), given, [rows, weight, score], has_own_rows=True))


def _level1(frame: nw.LazyFrame[Any], columns: Columns) -> nw.Expr:
    if columns.level1 is None:
        return nw.lit("")
    text = text_of(columns.level1)
    names = {level1: squash(level1) for level1 in texts(frame, columns.level1, "level1")}
    if not names:
        return text
    return text.replace_strict(list(names), list(names.values()), default="", return_dtype=nw.String)
