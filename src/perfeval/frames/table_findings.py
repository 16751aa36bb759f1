"""Findings of tables: weights, totals and grades, money; and what columns leave open."""

from __future__ import annotations

__all__ = ["TABLE_CODES", "table_findings"]

from decimal import Decimal
from typing import Any

import narwhals as nw

from perfeval.auditing.checks._totals import level_weight
from perfeval.auditing.checks.pe205_total_above import CHECK as TOTAL_ABOVE
from perfeval.auditing.checks.pe206_grade_mismatch import CHECK as GRADE
from perfeval.findings import FindingClass, Severity
from perfeval.frames.cells import scaled
from perfeval.frames.choosing import count, mapped
from perfeval.frames.contract import TEXT, Columns, Number
from perfeval.frames.execution import execution_decision, executions, most_weight
from perfeval.frames.keys import numbered
from perfeval.frames.money import Money, read_money
from perfeval.frames.printed import read_printed, with_printed
from perfeval.frames.reading import distinct, text_of, texts
from perfeval.frames.results import BEYOND_RANGE
from perfeval.frames.row_findings import OPEN
from perfeval.frames.samples import number_of, outcome_of
from perfeval.frames.scoring import scale_of
from perfeval.frames.summing import added, with_executions
from perfeval.frames.tables import Tables
from perfeval.rulebook import RuleBook

_WEIGHTS, _TOTAL = "PE201", "PE204"
_ZERO_BUDGET, _OVER_EXECUTED, _NEGATIVE = "PE403", "PE404", "PE414"
TABLE_CODES = (
    _WEIGHTS, _TOTAL, TOTAL_ABOVE.code, GRADE.code, _ZERO_BUDGET, _OVER_EXECUTED, _NEGATIVE,
    "open-weights", "open-total", "open-execution",
)  # fmt: skip
_ARITHMETIC = (Severity.ERROR, FindingClass.ARITHMETIC)
_ASKED = (Severity.WARNING, FindingClass.QUESTION)


def table_findings(
    said: nw.LazyFrame[Any], rows: nw.LazyFrame[Any], book: RuleBook, columns: Columns, tables: Tables
) -> nw.LazyFrame[Any]:
    """Give one row a table: its key, an outcome for each of ``TABLE_CODES``, and ``__shown`` and ``__expected``, totals.

    ``said`` is a frame of one row a table, ``rows`` are the audited rows.
    """
    scale = scale_of(book)
    made = execution_decision(book)
    said = with_printed(said, tables, scale)
    said = read_printed(said, tables.execution_score, "__stated_execution", scale)
    said, money = read_money(said, tables, book, made)
    said = said.with_columns(
        *_of_money(money, book),
        (nw.lit(value=False) if tables.partial is None else nw.col(tables.partial)).alias("__partial"),
    )
    said = _with_totals(said, book, tables, scale)
    work = said.join(_sums(rows, book, columns, tables), on=list(tables.key), how="inner")
    work = executions(work, book, made, money, scale)
    work = work.with_columns(*_of_weights(book, scale)).with_columns(*_of_sums(book, scale))
    return work.with_columns(_open_execution().alias("open-execution"))


def _number(outcome: tuple[Severity, FindingClass], book: RuleBook) -> nw.Expr:
    return nw.lit(number_of(*outcome, book), nw.Int64)


def _of_money(money: Money, book: RuleBook) -> list[nw.Expr]:
    """Give the outcomes of the money, as it was read: before what has no rate is taken for 0 ÷ 1."""
    budget, executed = nw.col("__budget"), nw.col("__executed")
    is_known = nw.col("__money") == 0
    none = nw.lit(0, nw.Int64)
    has_score = ((nw.col("__stated_execution_flag") == 0) & (nw.col("__stated_execution") != 0)) | (
        nw.col("__stated_execution_flag") == 3
    )
    spent = _number((Severity.ERROR, FindingClass.CONTRADICTION), book)
    zero = (
        nw.when(executed > 0)
        .then(spent)
        .otherwise(nw.when((executed == 0) & has_score).then(_number(_ASKED, book)).otherwise(none))
    )
    more = executed - budget
    tail = _number((Severity.NOTE, FindingClass.CONTRADICTION), book)
    over = _number((Severity.WARNING, FindingClass.CONTRADICTION), book)
    grade = nw.when(more <= nw.col("__digit")).then(tail).otherwise(over)
    negative = (
        nw.when(budget < 0)
        .then(_number(_ARITHMETIC, book))
        .otherwise(nw.when(executed < 0).then(_number(_ASKED, book)).otherwise(none))
    )
    is_open = ((nw.col("__money") != 0) & nw.col("__below")) | (nw.col("__money") == money.beyond)
    return [
        nw.when(is_known & (budget == 0)).then(zero).otherwise(none).alias(_ZERO_BUDGET),
        nw.when(is_known & (budget > 0) & (more > 0)).then(grade).otherwise(none).alias(_OVER_EXECUTED),
        nw.when(is_known).then(negative).otherwise(none).alias(_NEGATIVE),
        is_open.alias("__is_money_open"),
    ]


def _with_totals(said: nw.LazyFrame[Any], book: RuleBook, tables: Tables, scale: int) -> nw.LazyFrame[Any]:
    """Add the outcomes of PE205 and PE206 for each printed total and grade."""
    total = _total_texts(said, tables.total)
    grade = nw.lit("") if tables.grade is None else text_of(tables.grade)
    said = said.with_columns(total.alias("__total_text"), grade.alias("__grade_text"))
    is_text = _is_text(said, tables.total)
    keys = ("__total_text", "__grade_text")
    found: dict[tuple[Any, ...], tuple[int, int]] = {}
    for text, own_grade in distinct(said, keys, "total, grade").iter_rows():
        printed: str | Decimal = Decimal(text).scaleb(-scale) if text and not is_text else text
        found[text, own_grade] = (
            outcome_of(TOTAL_ABOVE, book, total=printed),
            outcome_of(GRADE, book, total=printed, grade=own_grade),
        )
    said, outcomes = numbered(said, found, keys, "__total_case")
    for place, check in enumerate((TOTAL_ABOVE, GRADE)):
        own = {number: outcome[place] for number, outcome in enumerate(outcomes)}
        said = mapped(said, nw.col("__total_case"), own, check.code)
    return said


def _is_text(said: nw.LazyFrame[Any], given: str | Number | None) -> bool:
    return isinstance(given, str) and isinstance(said.collect_schema()[given], TEXT)


def _total_texts(said: nw.LazyFrame[Any], given: str | Number | None) -> nw.Expr:
    """Give the total as printed; of a column of numbers, in units of the step."""
    if given is None:
        return nw.lit("")
    if isinstance(given, str) and _is_text(said, given):
        return nw.col(given)
    is_held = nw.col("__reported_total_flag") == 0
    return nw.when(is_held).then(nw.col("__reported_total").cast(nw.String)).otherwise(nw.lit(""))


_SUMS = (
    "__own", "__weighed", "__unheld", "__executions", "__unknown_weights", "__unnamed", "__stated", "__stated_rows",
    "__unheld_scores", "__unknown_scores", "__odd",
)  # fmt: skip


def _sums(rows: nw.LazyFrame[Any], book: RuleBook, columns: Columns, tables: Tables) -> nw.LazyFrame[Any]:
    """Add up the audited rows: weights and printed scores, and what stands in the way of a sum."""
    own, flag = nw.col("__own"), nw.col("__own_flag")
    stated, stated_flag = nw.col("__stated"), nw.col("__stated_flag")
    is_remark = (flag == 1) & (stated_flag == 1)
    is_odd = (stated_flag == 0) & (
        (stated < 0)
        | ((flag == 0) & (stated > own))
        | (stated > nw.col("__found").fill_null(nw.lit(1 << 40, nw.Int64)))
    )
    rows = rows.with_columns(nw.lit(1, nw.Int64).alias("__unnamed"))
    if columns.level1 is not None:
        names = {text: int(level_weight(text) is None) for text in texts(rows, columns.level1, "level1")}
        rows = mapped(rows, text_of(columns.level1), names, "__unnamed")
    rows = with_executions(rows, book, columns)
    rows = rows.with_columns(
        (nw.col("__is_execution") * nw.col("__weighed")).alias("__executions"),
        count(((flag == 1) | (flag == 2)) & ~is_remark).alias("__unknown_weights"),
        count(stated_flag == 0).alias("__stated_rows"),
        count(stated_flag == 3).alias("__unheld_scores"),
        count(((stated_flag == 1) | (stated_flag == 2)) & ((own > 0) | (flag == 3) | ~is_remark)).alias(
            "__unknown_scores"
        ),
        count(is_odd).alias("__odd"),
    )
    return added(rows.select(*tables.key, *_SUMS), tables.key, _SUMS)


def _of_weights(book: RuleBook, scale: int) -> list[nw.Expr]:
    """Give the outcome of PE201 (docs/checks/pe201.md), and what it leaves open."""
    wanted = scaled(book.weights.sum, scale)
    rows, flag = nw.col("__own"), nw.col("__printed_flag")
    none = nw.lit(0, nw.Int64)
    is_whole = ~nw.col("__partial")
    is_known = (nw.col("__unknown_weights") == 0) & (nw.col("__weighed") > 0)
    if wanted is None:  # a sum that is finer than the step
        return [none.alias(_WEIGHTS), (count(is_whole) * OPEN).alias("open-weights")]
    error = _number(_ARITHMETIC, book)
    besides = (
        nw.when(nw.col("__executions") > 0).then(none).otherwise(_number(_ASKED, book))
    )  # printed with the money and as a row: one and the same
    with_printed_weight = (
        nw.when(rows + nw.col("__printed") == wanted)
        .then(none)
        .otherwise(nw.when(rows == wanted).then(besides).otherwise(error))
    )
    rest = wanted - rows
    alone = nw.when((rest >= 0) & (rest <= most_weight(book, scale))).then(none).otherwise(error)
    found = nw.when(flag == 0).then(with_printed_weight).otherwise(alone)
    is_held = (nw.col("__unheld") == 0) & (flag != 3)
    is_open = nw.when(is_known).then(~is_held).otherwise(nw.col("__unnamed") == 0)
    return [
        nw.when(is_whole & is_known & is_held).then(found).otherwise(none).alias(_WEIGHTS),
        (count(is_whole & is_open) * OPEN).alias("open-weights"),
    ]


def _of_sums(book: RuleBook, scale: int) -> list[nw.Expr]:
    """Give the outcome of PE204 where no rounding and no corrected score explains the total, and what is left open."""
    total, rows = nw.col("__reported_total"), nw.col("__stated")
    execution, flag = nw.col("__stated_execution"), nw.col("__stated_execution_flag")
    none = nw.lit(0, nw.Int64)
    point: int = 10**scale
    scores = nw.col("__stated_rows") + 1

    def is_far(sum_: nw.Expr) -> nw.Expr:
        # Rounding to whole points moves a sum by less than one, scores of a decimal by a twentieth each.
        away = (total - sum_).abs()
        return (away >= point) & (away * 20 > scores * point)

    is_printed = flag == 0
    most = nw.when(nw.col("__printed_flag") == 0).then(nw.col("__printed")).otherwise(none)
    usual = most_weight(book, scale)
    most = nw.when(most > usual).then(most).otherwise(nw.lit(usual, nw.Int64))
    whole = nw.when(is_printed).then(rows + execution).otherwise(rows)
    is_outside = (total < rows) | (total > rows + most)
    is_other = nw.when(is_printed).then(total != whole).otherwise(is_outside)
    is_summed = (nw.col("__unknown_scores") == 0) & (nw.col("__stated_rows") + nw.col("__unheld_scores") > 0)
    is_held = (
        (nw.col("__reported_total_flag") == 0)
        & (nw.col("__unheld_scores") == 0)
        & (flag != 3)
        & ((nw.col("__printed_flag") != 3) | is_printed)
    )
    is_corrected = (nw.col("__odd") > 0) | (
        is_printed & (execution > nw.col("__execution_score").fill_null(nw.lit(1 << 40, nw.Int64)))
    )
    is_due = ~nw.col("__partial") & is_summed & (nw.col("__reported_total_flag").is_in([0, 3]))
    is_sure = is_held & is_other & ~is_corrected & is_far(rows) & is_far(whole)
    open_kind = _number((Severity.WARNING, FindingClass.ARITHMETIC), book)
    outcome = nw.when(is_printed).then(_number(_ARITHMETIC, book)).otherwise(open_kind)
    return [
        nw.when(is_due & is_sure).then(outcome).otherwise(none).alias(_TOTAL),
        (count(is_due & ~is_sure & (~is_held | is_other)) * OPEN).alias("open-total"),
        whole.alias("__expected"),
        nw.when(nw.col("__reported_total_flag") == 0).then(total).alias("__shown"),
    ]


def _open_execution() -> nw.Expr:
    """Leave open an execution score that is another than the recomputed one, and amounts that do not fit."""
    flag, stated = nw.col("__stated_execution_flag"), nw.col("__stated_execution")
    is_other = ((flag == 0) & (stated != nw.col("__execution_score"))) | (flag == 3)
    has_score = ~nw.col("__execution_score").is_null()
    is_unheld = (nw.col("__execution_reason").fill_null("") == BEYOND_RANGE) & ((flag == 0) | (flag == 3))
    return count((has_score & is_other.fill_null(value=False)) | is_unheld | nw.col("__is_money_open")) * OPEN
