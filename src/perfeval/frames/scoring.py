"""``perfeval.frames.score``: a score, or the reason why there is none, for every row of a frame."""

from __future__ import annotations

__all__ = [
    "WIDEST",
    "Scored",
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

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula.columns import ONE, Decision, NotLinearError, Refusal
from perfeval.formula.nodes import RoundingMode
from perfeval.frames.arithmetic import MOST, RATE, ROOM, Division, Inputs, divided, weighed
from perfeval.frames.choosing import mapped, one_of
from perfeval.frames.contract import RESULTS, Columns, Number, checked, checked_results
from perfeval.frames.deciding import Leaves, decided, fractions
from perfeval.frames.planning import Planned, Use, no_columns, planned
from perfeval.frames.reading import Points, Side, fetched, held, read_points, read_side, refuse_floats
from perfeval.frames.results import reason_of, reasons_of, results_of
from perfeval.messages import Wording
from perfeval.rulebook import Rounding, RuleBook, load_rulebook

Frame = TypeVar("Frame")

_NO_FRAME = Wording(
    "FRAME-KIND",
    "应为 polars、pandas、pyarrow、DuckDB 或 PySpark 的数据框，现为 {type}",
    "must be a data frame of polars, pandas, pyarrow, DuckDB or PySpark, not a {type}",
)
_TWICE = Wording(
    "FRAME-TWICE", "有两列同名；请改名", "two columns of the frame have the same name; rename one"
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
    results: Sequence[str] = RESULTS,
    prefix: str = "perfeval_",
) -> Frame:
    """Score every row of a frame, one row an indicator; gives a frame of the same kind, lazy if it was lazy.

    Adds those of the ``results`` that are asked for, under ``prefix``: ``score`` (int64, in units of the rule book's step,
    966 is 9.66; null where there is none), ``completion`` (int64, in units of 0.0001; null where it is not defined),
    ``rule`` and ``family``, ``status``, ``reason`` as for single tables (and ``beyond-range``), ``verdict``: ``equal``,
    ``not-equal``, ``not-reported`` or ``unscorable``; which of the accepted readings explains a score that is not equal,
    only ``perfeval.score`` says. Raises UsageError with every problem of the frame, or with the name of a rule that columns
    cannot hold. Distinct texts, units, rules and levels, and the least and greatest numbers, are fetched; no row is.
    A lazy result stands for the rows that there were when it was asked for.
    """
    book = load_rulebook(rulebook)
    parts = columns or Columns()
    given = narwhals_of(frame)
    checked_results(results)
    names = {name: prefix + name for name in RESULTS if name in results}
    checked(given.collect_schema(), parts, list(names.values()))
    own = given.collect_schema().names()
    made = scored(given.lazy(), book, parts, results, is_eager=isinstance(given, nw.DataFrame))
    frame_made = made.frame.with_columns(
        *(made.results[name].alias(column) for name, column in names.items())
    )
    # Drop, not select: Spark takes a column with a dot in its name, such as keys.case of flat files, for a field of another.
    frame_made = frame_made.drop(*(name for name in made.frame.collect_schema().names() if name not in own))
    return cast("Frame", returned(frame_made, given, [names[name] for name in _WITH_NULLS if name in names]))


_WITH_NULLS = ("score", "completion")


def narwhals_of(frame: object) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """Give a caller's frame to narwhals. Raises UsageError for what is no frame."""
    try:
        given: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(cast("Any", frame))
        given.collect_schema()
    except TypeError:
        raise UsageError(_NO_FRAME(type=type(frame).__name__)) from None
    except nw.exceptions.DuplicateError:
        raise UsageError(_TWICE()) from None
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
    native = fetched(made).to_native()
    if given.implementation.is_pandas_like():
        # pandas turns integers with nulls to floats unless they are of its nullable type
        native = native.assign(**{name: native[name].astype("Int64") for name in integers})
        native = native.reset_index(drop=True) if has_own_rows else native
    return native


@attrs.frozen
class Scored:
    """A frame with the columns of the calculation, the results over them by name, and the reasons that rows may have."""

    frame: nw.LazyFrame[Any]
    results: Mapping[str, nw.Expr]
    reasons: frozenset[str]


def scored(
    frame: nw.LazyFrame[Any],
    book: RuleBook,
    parts: Columns,
    results: Sequence[str] = RESULTS,
    *,
    is_eager: bool = False,
) -> Scored:
    """Add the columns of the calculation, and give the results over them by name.

    Where the frame ``is_eager``, cells are read once; a lazy one is read again by each pass.
    """
    scale = scale_of(book)
    wanted = frozenset(results)
    frame, target = read_side(frame, parts.target, "target")
    frame, actual = read_side(frame, parts.actual, "actual")
    frame, weight = read_points(frame, parts.weight, "__weight", scale, None)
    points = [weight]
    if parts.reported is not None and "verdict" in wanted:
        frame, reported = read_points(frame, parts.reported, "__reported", scale, book.rounding)
        points.append(reported)
    schema = frame.collect_schema()
    if is_eager and not all(schema[name].is_integer() for name in _read(parts)):
        frame = fetched(frame).lazy()
    refuse_floats(frame, {name: given for name, given in _numbers(parts).items() if f"{name}_odd" in schema})
    plans = planned(frame, book, parts, {"target": target, "actual": actual}, points, wanted)
    frame = plans.frame
    flags: dict[str, nw.Expr | None] = {}
    for column in points:
        frame, flags[column.whole] = held(frame, column, is_whole=_is_whole(column, plans))
    frame, inputs, beyond = _scaled(frame, plans.uses, (target, actual))
    largest_weight = min(max(map(abs, plans.bounds.get(weight.whole, (0, 0)))) * weight.factor, MOST - 1)
    try:
        frame, (leaves, completions) = decided(
            frame, _decisions(plans.uses), inputs, ("__leaf", "__completion_leaf")
        )
    except NotLinearError as error:  # a form whose factors are too large for integers as large as these
        raise no_columns(book, str(error)) from None
    frame = _score(frame, plans, inputs, leaves, book.rounding, largest_weight)
    made: dict[str, nw.Expr] = {}
    if "completion" in wanted:
        frame, made["completion"] = _completion(frame, inputs, completions, beyond)
    reasons = reasons_of(leaves, flags["__weight"], beyond)
    if reasons:
        frame = frame.with_columns(reason_of(leaves, flags["__weight"], beyond).alias("__reason"))
    return Scored(
        frame, {**made, **results_of(plans.uses, leaves, flags, has_reasons=bool(reasons))}, reasons
    )


def _read(parts: Columns) -> list[str]:
    """Give the columns of cells and numbers."""
    given = (parts.target, parts.actual, parts.weight, parts.reported)
    return [column if isinstance(column, str) else column.value for column in given if column is not None]


def _numbers(parts: Columns) -> dict[str, Number]:
    """Give the columns of numbers by the names of their integers."""
    given = {f"__{part}": getattr(parts, part) for part in ("target", "actual", "weight", "reported")}
    return {name: column for name, column in given.items() if isinstance(column, Number)}


def scale_of(book: RuleBook) -> int:
    """Give the decimals of a book's scores. Raises UsageError for a step that is no power of ten."""
    step = book.rounding.step
    scale = -int(step.normalize().as_tuple().exponent)
    if step != Decimal(1).scaleb(-scale) or scale < 0:
        raise UsageError(_STEP(book=book.id, step=step))
    return scale


def _is_whole(points: Points, plans: Planned) -> bool:
    """Say whether every number of a column of points is known to be one that columns hold."""
    low, high = plans.bounds.get(points.whole, (0, 0))
    return low >= 0 and high < MOST // points.factor and points.whole not in plans.with_blanks


def _scaled(
    frame: nw.LazyFrame[Any], uses: Sequence[Use | None], sides: tuple[Side, Side]
) -> tuple[nw.LazyFrame[Any], Inputs, nw.Expr | None]:
    """Bring both sides on the scale of each row's plan; rows beyond it have 0. Gives what says which those are."""
    plan, made = nw.col("__plan"), []
    frame = mapped(
        frame, plan, {number: use.plan.one if use else 1 for number, use in enumerate(uses)}, "__one"
    )
    beyond = None
    if not all(use is not None and use.is_within for use in uses):
        frame, beyond = _with_beyond(frame, uses, sides), nw.col("__beyond")
    columns = {"target": sides[0].whole, "actual": sides[1].whole}
    for name, whole in columns.items():
        factors = {number: getattr(use.plan, name) if use else 1 for number, use in enumerate(uses)}
        value = nw.col(whole)
        if set(factors.values()) - {1}:
            frame = mapped(frame, plan, factors, f"__{name}_factor")
            value = value * nw.col(f"__{name}_factor")
        if beyond is not None:
            value = nw.when(beyond).then(nw.lit(0, nw.Int64)).otherwise(value)
        made.append(value.alias(whole))
    names = {**columns, ONE: "__one"}
    largest = {name: max((use.size(name) for use in uses if use), default=1) for name in names}
    return frame.with_columns(*made), Inputs(names, largest), beyond


def _with_beyond(
    frame: nw.LazyFrame[Any], uses: Sequence[Use | None], sides: tuple[Side, Side]
) -> nw.LazyFrame[Any]:
    beyond = nw.lit(value=False)
    for name, side in zip(("target", "actual"), sides, strict=True):
        limits = {number: use.limit(name) if use else 0 for number, use in enumerate(uses)}
        frame = mapped(frame, nw.col("__plan"), limits, f"__{name}_limit")
        beyond = beyond | (nw.col(side.whole).abs() >= nw.col(f"__{name}_limit"))
    return frame.with_columns(beyond.alias("__beyond"))


def _decisions(uses: Sequence[Use | None]) -> list[tuple[Decision, Decision]]:
    return [
        (_UNDEFINED, _UNDEFINED) if use is None else (use.plan.decision, use.plan.completion) for use in uses
    ]


def _score(
    frame: nw.LazyFrame[Any],
    plans: Planned,
    inputs: Inputs,
    leaves: Leaves,
    rounding: Rounding,
    largest_weight: int,
) -> nw.LazyFrame[Any]:
    """Add ``__score``: weight × fraction, rounded as the book rounds, within 0 and the weight."""
    frame = fractions(frame, leaves, inputs, ("__n", "__d"))
    is_share = all(use.is_share for use in plans.uses if use is not None)
    fraction = "__n", "__d", leaves.largest(inputs)
    return weighed(frame, ("__weight", largest_weight), fraction, rounding, "__score", is_share=is_share)


def _completion(
    frame: nw.LazyFrame[Any], inputs: Inputs, leaves: Leaves, beyond: nw.Expr | None
) -> tuple[nw.LazyFrame[Any], nw.Expr]:
    """Give the completion, rounded half up to 4 decimals, where there is one."""
    frame = fractions(frame, leaves, inputs, ("__cn", "__cd"))
    n, d = nw.col("__cn"), nw.col("__cd")
    limit, most = WIDEST // RATE, leaves.largest(inputs)
    fits = most * limit < ROOM
    # exact: a float only decides from where on there is no completion, and only where integers have no room
    is_narrow = n < d * limit if fits else n / d < float(limit)
    frame = frame.with_columns(is_narrow.alias("__narrow"))
    frame = frame.with_columns(
        nw.when(nw.col("__narrow")).then(nw.col("__cn")).otherwise(nw.lit(0, nw.Int64)).alias("__cn")
    )
    division = Division(RATE, "__cn", "__cd", RATE, most)
    frame = divided(frame, division, RoundingMode.HALF_UP, "__completion")
    has_one = nw.col("__narrow")
    if beyond is not None:
        has_one = has_one & ~beyond
    undefined = [number for number, leaf in enumerate(leaves.leaves) if isinstance(leaf, Refusal)]
    if undefined:
        has_one = has_one & ~one_of(nw.col(leaves.column), undefined)
    return frame, nw.when(has_one).then(nw.col("__completion"))
