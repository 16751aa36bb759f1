"""``perfeval.frames.score``: a score, or the reason why there is none, for every row of a frame."""

from __future__ import annotations

__all__ = [
    "BEYOND_RANGE",
    "NOT_EQUAL",
    "WIDEST",
    "largest_of",
    "narwhals_of",
    "returned",
    "scale_of",
    "score",
    "scored",
]

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula.columns import ONE, Ratio, Refusal
from perfeval.formula.nodes import RoundingMode
from perfeval.frames.arithmetic import RATE, Division, Inputs, divided, weighed
from perfeval.frames.cells import LARGEST, Shapes
from perfeval.frames.contract import RESULTS, Columns, checked
from perfeval.frames.deciding import Leaves, decided, fractions, one_of
from perfeval.frames.planning import Planned, Use, planned
from perfeval.frames.plans import is_constant
from perfeval.frames.reading import Side, mapped, named, read_points, read_side
from perfeval.messages import Wording
from perfeval.rulebook import Rounding, RuleBook, load_rulebook
from perfeval.scoring.vocabulary import Reason, Status, Verdict

Frame = TypeVar("Frame")

BEYOND_RANGE = "beyond-range"
"""The reason of a row whose numbers, on one scale, do not fit in 60 bits, or whose weight has more decimals than scores
have; single tables have no such limit."""
NOT_EQUAL = "not-equal"
"""The verdict of a reported score that is another; why, only ``perfeval.score`` says."""

_NO_FRAME = Wording(
    "FRAME-KIND",
    "应为 polars、pandas、pyarrow、DuckDB 或 PySpark 的数据框，现为 {type}",
    "must be a data frame of polars, pandas, pyarrow, DuckDB or PySpark, not a {type}",
)
_STEP = Wording(
    "FRAME-STEP",
    "评分办法 {book} 的得分精确到 {step}，不是 10 的负整数次方；数据框只支持这一种",
    "rule book {book} rounds scores to {step}, which is no power of ten below 1; frames support no other step",
)
WIDEST = 1 << 32  # completions from this on (429 496 times the target) have none in columns
_UNDEFINED = Refusal("undefined")


def score(
    frame: Frame,
    rulebook: str | Path | RuleBook = "common-practice",
    columns: Columns | None = None,
    *,
    prefix: str = "perfeval_",
) -> Frame:
    """Score every row of a frame, one row an indicator; gives a frame of the same kind, lazy if it was lazy.

    Adds, under ``prefix``: ``score`` (int64, in units of the rule book's step, 966 is 9.66; null where there is none),
    ``completion`` (int64, in units of 0.0001; null where it is not defined), ``rule`` and ``family``, ``status``,
    ``reason`` as for single tables (and ``beyond-range``), ``verdict``: ``equal``, ``not-equal``, ``not-reported`` or
    ``unscorable``; which of the accepted readings explains a score that is not equal, only ``perfeval.score`` says.
    Raises UsageError with every problem of the frame, or with the name of a rule that columns cannot hold.
    Distinct texts, units, rules and levels, and the largest numbers, are fetched; no row is.
    """
    book = load_rulebook(rulebook)
    parts = columns or Columns()
    given = narwhals_of(frame)
    checked(given.collect_schema(), parts, [prefix + name for name in RESULTS])
    names = given.collect_schema().names()
    work, results = scored(given.lazy(), book, parts)
    made = work.select(*names, *(results[name].alias(prefix + name) for name in RESULTS))
    return cast("Frame", returned(made, given, [prefix + name for name in _WITH_NULLS]))


_WITH_NULLS = ("score", "completion")


def narwhals_of(frame: object) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """Give a caller's frame to narwhals. Raises UsageError for what is no frame."""
    try:
        given: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(cast("Any", frame))
    except TypeError:
        raise UsageError(_NO_FRAME(type=type(frame).__name__)) from None
    return given


def returned(
    made: nw.LazyFrame[Any],
    given: nw.DataFrame[Any] | nw.LazyFrame[Any],
    integers: Sequence[str],
    *,
    has_own_rows: bool = False,
) -> object:
    """Give a result as the caller's own kind of frame; one of other rows than the caller's has a new index."""
    if isinstance(given, nw.LazyFrame):
        return made.to_native()
    native = made.collect().to_native()
    if given.implementation.is_pandas_like():
        # pandas turns integers with nulls to floats unless they are of its nullable type
        native = native.assign(**{name: native[name].astype("Int64") for name in integers})
        native = native.reset_index(drop=True) if has_own_rows else native
    return native


def scored(
    frame: nw.LazyFrame[Any], book: RuleBook, parts: Columns
) -> tuple[nw.LazyFrame[Any], Mapping[str, nw.Expr]]:
    """Add the columns of the calculation, and give the results over them by name."""
    scale = scale_of(book)
    shapes = Shapes()
    frame, target = read_side(frame, parts.target, "target", shapes)
    frame, actual = read_side(frame, parts.actual, "actual", shapes)
    frame = read_points(frame, parts.weight, "__weight", scale, None)
    plans = planned(frame, book, parts, shapes, (target, actual))
    frame, inputs = _scaled(plans, (target, actual))
    frame, leaves = _score(frame, plans, inputs, book.rounding)
    frame, completions = _completion(frame, plans, inputs)
    if parts.reported is not None:
        frame = read_points(frame, parts.reported, "__reported", scale, book.rounding)
    return _results(frame, plans, leaves, completions, is_reported=parts.reported is not None)


def scale_of(book: RuleBook) -> int:
    """Give the decimals of a book's scores. Raises UsageError for a step that is no power of ten."""
    step = book.rounding.step
    scale = -int(step.normalize().as_tuple().exponent)
    if step != Decimal(1).scaleb(-scale) or scale < 0:
        raise UsageError(_STEP(book=book.id, step=step))
    return scale


def _scaled(plans: Planned, sides: tuple[Side, Side]) -> tuple[nw.LazyFrame[Any], Inputs]:
    """Bring both sides on the scale of each row's plan; rows beyond it have 0."""
    frame, uses = plans.frame, plans.uses
    frame = frame.with_columns(_beyond(plans, sides).alias("__beyond"))
    made, largest = [], {ONE: 1}
    for name, side in zip(("target", "actual"), sides, strict=True):
        factors = {number: getattr(use.plan, name) if use else 0 for number, use in enumerate(uses)}
        value = nw.col(side.whole)
        if set(factors.values()) != {1}:
            value = value * mapped(nw.col("__plan"), factors)
        if any(use is None or not use.is_within for use in uses):
            value = nw.when(nw.col("__beyond")).then(nw.lit(0, nw.Int64)).otherwise(value)
        made.append(value.alias(f"__{name}_scaled"))
        largest[name] = max((use.largest.get(name, 0) for use in uses if use), default=0)
    ones = {number: use.plan.one if use else 1 for number, use in enumerate(uses)}
    largest[ONE] = max(ones.values(), default=1)
    made.append(mapped(nw.col("__plan"), ones).alias("__one"))
    columns = {"target": "__target_scaled", "actual": "__actual_scaled", ONE: "__one"}
    return frame.with_columns(*made), Inputs(columns, largest)


def _beyond(plans: Planned, sides: tuple[Side, Side]) -> nw.Expr:
    beyond = nw.lit(value=False)
    if all(use is not None and use.is_within for use in plans.uses):
        return beyond
    for name, side in zip(("target", "actual"), sides, strict=True):
        limits = {
            number: use.limits.get(name, LARGEST) if use else 0 for number, use in enumerate(plans.uses)
        }
        beyond = beyond | (nw.col(side.whole).abs() >= mapped(nw.col("__plan"), limits))
    return beyond


def _score(
    frame: nw.LazyFrame[Any], plans: Planned, inputs: Inputs, rounding: Rounding
) -> tuple[nw.LazyFrame[Any], Leaves]:
    """Add ``__score``: weight × fraction, rounded as the book rounds, within 0 and the weight."""
    frame, leaves = decided(frame, _decisions(plans.uses, "decision"), inputs, "__leaf")
    frame = fractions(frame, leaves, inputs, ("__n", "__d"))
    fraction = "__n", "__d", largest_of(leaves, inputs)
    return weighed(frame, ("__weight", plans.largest_weight), fraction, rounding, "__score"), leaves


def _completion(frame: nw.LazyFrame[Any], plans: Planned, inputs: Inputs) -> tuple[nw.LazyFrame[Any], Leaves]:
    """Add ``__completion``, rounded half up to 4 decimals, and ``__narrow``, whether it is one."""
    frame, leaves = decided(frame, _decisions(plans.uses, "completion"), inputs, "__completion_leaf")
    frame = fractions(frame, leaves, inputs, ("__cn", "__cd"))
    n, d = nw.col("__cn"), nw.col("__cd")
    limit = float(WIDEST // RATE)  # exact: only decides from where on there is no completion
    frame = frame.with_columns((n / d < limit).alias("__narrow"))
    frame = frame.with_columns(
        nw.when(nw.col("__narrow")).then(nw.col("__cn")).otherwise(nw.lit(0, nw.Int64)).alias("__cn")
    )
    division = Division(RATE, "__cn", "__cd", RATE * largest_of(leaves, inputs))
    return divided(frame, division, RoundingMode.HALF_UP, "__completion"), leaves


def _decisions(uses: Sequence[Use | None], name: str) -> list[Any]:
    return [_UNDEFINED if use is None else getattr(use.plan, name) for use in uses]


def largest_of(leaves: Leaves, inputs: Inputs) -> int:
    """Give the largest integer that a numerator or denominator has."""
    sizes = [1]
    for leaf in leaves.leaves:
        if isinstance(leaf, Ratio):
            forms = (leaf.numerator, leaf.denominator)
            sizes += [abs(form.constant or 0) if is_constant(leaf) else inputs.size(form) for form in forms]
    return max(sizes)


def _results(
    frame: nw.LazyFrame[Any], plans: Planned, leaves: Leaves, completions: Leaves, *, is_reported: bool
) -> tuple[nw.LazyFrame[Any], Mapping[str, nw.Expr]]:
    refusals = {number: leaf.reason for number, leaf in enumerate(leaves.leaves) if isinstance(leaf, Refusal)}
    flag = nw.col("__weight_flag")
    reason = (
        nw.when(flag == 1)
        .then(nw.lit(str(Reason.BLANK_WEIGHT)))
        .otherwise(
            nw.when(flag == 2)
            .then(nw.lit(str(Reason.UNPARSED_WEIGHT)))
            .otherwise(
                nw.when(nw.col("__beyond") | (flag == 3))
                .then(nw.lit(BEYOND_RANGE))
                .otherwise(named(nw.col(leaves.column), refusals))
            )
        )
    )
    frame = frame.with_columns(reason.alias("__reason"))
    is_scored = nw.col("__reason").is_null()
    rules = {number: use.plan.rule for number, use in enumerate(plans.uses) if use}
    families = {number: use.plan.family for number, use in enumerate(plans.uses) if use and use.plan.family}
    without = (
        leaves.numbers([Refusal(str(Reason.BLANK_ACTUAL))])
        if Reason.BLANK_ACTUAL in refusals.values()
        else []
    )
    family = named(nw.col("__plan"), families)
    if without:  # 无 against a target that is not 0: nothing is compared
        family = nw.when(~one_of(leaves.column, without)).then(family)
    undefined = [number for number, leaf in enumerate(completions.leaves) if isinstance(leaf, Refusal)]
    has_completion = nw.col("__narrow") & ~nw.col("__beyond")
    if undefined:
        has_completion = has_completion & ~one_of(completions.column, undefined)
    verdict = _verdict(is_scored) if is_reported else nw.lit(str(Verdict.NOT_REPORTED))
    status = nw.when(is_scored).then(nw.lit(str(Status.SCORED))).otherwise(nw.lit(str(Status.UNSCORABLE)))
    return frame, {
        "score": nw.when(is_scored).then(nw.col("__score")),
        "completion": nw.when(has_completion).then(nw.col("__completion")),
        "rule": named(nw.col("__plan"), rules),
        "family": family,
        "status": status,
        "reason": nw.col("__reason"),
        "verdict": verdict,
    }


def _verdict(is_scored: nw.Expr) -> nw.Expr:
    flag = nw.col("__reported_flag")
    equal = (flag == 0) & (nw.col("__reported") == nw.col("__score"))
    judged = nw.when(equal).then(nw.lit(str(Verdict.EQUAL))).otherwise(nw.lit(NOT_EQUAL))
    known = nw.when(is_scored).then(judged).otherwise(nw.lit(str(Verdict.UNSCORABLE)))
    return nw.when((flag == 1) | (flag == 2)).then(nw.lit(str(Verdict.NOT_REPORTED))).otherwise(known)
