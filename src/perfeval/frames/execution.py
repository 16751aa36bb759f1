"""预算执行率 of tables in columns: its weight, rate and score, or the reason why there is none."""

from __future__ import annotations

__all__ = ["execution_decision", "executions", "least_whole", "most_weight"]

from decimal import Decimal
from typing import Any

import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula.columns import Decision, NotLinearError, Refusal, decision
from perfeval.formula.nodes import Divide, RoundingMode, with_inputs
from perfeval.frames.arithmetic import MOST, RATE, Division, Inputs, divided, weighed
from perfeval.frames.cells import scaled
from perfeval.frames.choosing import named
from perfeval.frames.deciding import decided, fractions
from perfeval.frames.money import Money
from perfeval.frames.results import BEYOND_RANGE
from perfeval.frames.scoring import WIDEST
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook
from perfeval.rules import Kind
from perfeval.rules.parts import ACTUAL, TARGET
from perfeval.scoring.choice import execution_choice
from perfeval.scoring.vocabulary import Reason
from perfeval.scoring.working import formula_of

_RULE = Wording(
    "FRAME-EXECUTION",
    "评分办法 {book} 的预算执行率规则“{rule}”不能按列计算；请逐表计算（perfeval.score）",
    "the rule of execution '{rule}' of rule book {book} cannot be worked out over columns; score the tables one by one",
)


def execution_decision(book: RuleBook) -> Decision:
    """Give the book's rule of execution over budget and executed amount. Raises UsageError if columns cannot hold it."""
    rule = execution_choice(book).rule
    try:
        return decision(with_inputs(formula_of(rule, Kind.AT_LEAST), {"share": Divide(ACTUAL, TARGET)}))
    except NotLinearError:
        raise UsageError(_RULE(book=book.id, rule=rule.kind)) from None


def executions(
    frame: nw.LazyFrame[Any], book: RuleBook, made: Decision, money: Money, scale: int
) -> nw.LazyFrame[Any]:
    """Add ``__execution_weight``, ``__execution_score``, ``__rate`` and ``__execution_reason``; each null where there is none.

    The frame has one row a table, with its money, ``__printed`` and ``__printed_flag`` (the weight printed with it),
    ``__own`` (the sum of the rows' weights that are held here), ``__unheld`` (how many are not),
    ``__executions`` (rows that are the rate themselves) and ``__is_funded``.
    """
    frame = _with_weight(frame, book, scale)
    frame = frame.with_columns(
        (nw.col("__budget") > 0).alias("__is_budgeted"),
        ((nw.col("__budget") < 0) | (nw.col("__executed") < 0)).alias("__is_negative"),
    )
    is_rated = nw.col("__is_budgeted") & ~nw.col("__is_negative")
    # What has no rate still passes through the arithmetic, as 0 ÷ 1; its reason keeps it out of the results.
    frame = frame.with_columns(
        nw.when(nw.col("__is_budgeted"))
        .then(nw.col("__budget"))
        .otherwise(nw.lit(1, nw.Int64))
        .alias("__budget"),
        nw.when(nw.col("__is_budgeted"))
        .then(nw.col("__executed"))
        .otherwise(nw.lit(0, nw.Int64))
        .alias("__executed"),
        is_rated.alias("__is_rated"),
    )
    frame = _with_rate(frame, money.inputs)
    frame = frame.with_columns(
        nw.when(nw.col("__is_rated"))
        .then(nw.col("__executed"))
        .otherwise(nw.lit(0, nw.Int64))
        .alias("__executed")
    )
    frame, (leaves,) = decided(frame, [(made,)], money.inputs, ("__execution_leaf",))
    frame = fractions(frame, leaves, money.inputs, ("__execution_n", "__execution_d"))
    fraction = "__execution_n", "__execution_d", leaves.largest(money.inputs)
    most = max(most_weight(book, scale), least_whole(book.execution.weight, scale))
    frame = weighed(
        frame, ("__execution_weight", min(most, MOST)), fraction, book.rounding, "__execution_score"
    )
    refusals = {
        number: leaf.reason if isinstance(leaf, Refusal) else None
        for number, leaf in enumerate(leaves.leaves)
    }
    return _with_reason(frame, money, named(nw.col(leaves.column), refusals))


def _with_weight(frame: nw.LazyFrame[Any], book: RuleBook, scale: int) -> nw.LazyFrame[Any]:
    """Add the weight, 0 where there is none, and ``__weight_reason`` (docs/semantics.md §4, execution: W)."""
    flag, printed = nw.col("__printed_flag"), nw.col("__printed")
    own = scaled(book.execution.weight, scale)
    is_held = own is not None and own < MOST
    beyond = nw.lit(BEYOND_RANGE)
    unprinted = (
        nw.when((nw.col("__own") >= least_whole(book.weights.sum, scale)) | (nw.col("__executions") > 0))
        .then(nw.lit(str(Reason.NOT_APPLICABLE)))
        .otherwise(
            nw.when(nw.col("__unheld") > 0)
            .then(beyond)
            .otherwise(nw.lit(None, nw.String) if is_held else beyond)
        )
    )
    is_above = printed > most_weight(book, scale)
    reason = (
        nw.when((flag == 2) | ((flag == 0) & is_above))
        .then(nw.lit(str(Reason.UNPARSED_WEIGHT)))
        .otherwise(nw.when(flag == 3).then(beyond).otherwise(nw.when(flag == 1).then(unprinted)))
    )
    frame = frame.with_columns(reason.alias("__weight_reason"))
    weight = nw.when(flag == 0).then(printed).otherwise(nw.lit(own if is_held else 0, nw.Int64))
    none = nw.lit(0, nw.Int64)
    return frame.with_columns(
        nw.when(nw.col("__weight_reason").is_null()).then(weight).otherwise(none).alias("__execution_weight")
    )


def least_whole(number: Decimal, scale: int) -> int:
    """Give the least integer, in units of 10^-scale, that is not below a number."""
    numerator, denominator = number.as_integer_ratio()
    power: int = 10**scale
    return -(-numerator * power // denominator)


def most_weight(book: RuleBook, scale: int) -> int:
    """Give the most that an execution rate may weigh, in whole units of 10^-scale."""
    return -least_whole(-book.execution.most_weight, scale)


def _with_rate(frame: nw.LazyFrame[Any], inputs: Inputs) -> nw.LazyFrame[Any]:
    """Add E ÷ B in units of 0.01 %, half up as its size is; null where it is not defined, or too large for columns."""
    limit = float(WIDEST // RATE)  # exact: only decides from where on there is no rate
    size = nw.col("__executed").abs()
    is_narrow = size / nw.col("__budget") < limit
    frame = frame.with_columns((nw.col("__is_budgeted") & is_narrow).alias("__is_narrow"))
    frame = frame.with_columns(
        nw.when(nw.col("__is_narrow")).then(size).otherwise(nw.lit(0, nw.Int64)).alias("__rate_n")
    )
    division = Division(RATE, "__rate_n", "__budget", RATE, max(inputs.largest.values()))
    frame = divided(frame, division, RoundingMode.HALF_UP, "__rate")
    sign = nw.when(nw.col("__executed") < 0).then(nw.lit(-1, nw.Int64)).otherwise(nw.lit(1, nw.Int64))
    return frame.with_columns(nw.when(nw.col("__is_narrow")).then(nw.col("__rate") * sign).alias("__rate"))


def _with_reason(frame: nw.LazyFrame[Any], money: Money, refused: nw.Expr) -> nw.LazyFrame[Any]:
    """Add the first reason: no funding, the weight's, the amounts', their signs', the rule's."""
    signs = (
        nw.when(nw.col("__is_negative"))
        .then(nw.lit(str(Reason.NEGATIVE_AMOUNT)))
        .otherwise(nw.when(~nw.col("__is_budgeted")).then(nw.lit(str(Reason.ZERO_BUDGET))).otherwise(refused))
    )
    code = nw.col("__money")
    amounts = (
        nw.when(code == 0).then(signs).otherwise(named(code, {**money.reasons, money.beyond: BEYOND_RANGE}))
    )
    weight = nw.col("__weight_reason")
    reason = (
        nw.when(~nw.col("__is_funded"))
        .then(nw.lit(str(Reason.NO_FUNDING)))
        .otherwise(nw.when(weight.is_null()).then(amounts).otherwise(weight))
    )
    frame = frame.with_columns(reason.alias("__execution_reason"))
    is_scored = nw.col("__execution_reason").is_null()
    has_weight = nw.col("__weight_reason").is_null() & nw.col("__is_funded")
    return frame.with_columns(
        nw.when(is_scored).then(nw.col("__execution_score")).alias("__execution_score"),
        nw.when(has_weight).then(nw.col("__execution_weight")).alias("__execution_weight"),
    )
