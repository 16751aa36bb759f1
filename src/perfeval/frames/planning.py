"""Which plan each row has: combinations of context and shapes are fetched with their largest integers, and planned once."""

from __future__ import annotations

__all__ = ["Planned", "Use", "planned"]

from collections.abc import Mapping
from typing import Any

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula.columns import ONE, NotLinearError, Ratio
from perfeval.frames.arithmetic import ROOM
from perfeval.frames.cells import LARGEST, Beyond, Shape, Shapes
from perfeval.frames.contract import CONTROL, Columns
from perfeval.frames.plans import Context, Plan, leaves_of, plan_of
from perfeval.frames.reading import LIMIT, TOO_MANY, Side, distinct, mapped
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook, TargetKind
from perfeval.scoring.choice import choose, direction
from perfeval.scoring.scorecard import year_of

_BETWEEN = "\x1f"
_RULE = Wording(
    "FRAME-RULE",
    "评分办法 {book} 的规则“{rule}”不能按列计算；请逐表计算（perfeval.score）",
    "rule '{rule}' of rule book {book} cannot be worked out over columns; score the tables one by one (perfeval.score)",
)


@attrs.frozen
class Use:
    """A plan, and how large the integers of its rows are: of the columns as read, and then on the plan's scale.

    From ``limits`` on, a row cannot be held in 60 bits, and is ``beyond-range``.
    """

    plan: Plan
    found: Mapping[str, int]
    limits: Mapping[str, int]

    @property
    def largest(self) -> Mapping[str, int]:
        """The largest integers on the scale of the plan, after what is beyond the limits was left out."""
        kept = {side: min(self.found[side], self.limits[side] - 1) for side in self.limits}
        return {**{side: kept[side] * getattr(self.plan, side) for side in kept}, ONE: self.plan.one}

    @property
    def is_within(self) -> bool:
        """Whether no row is beyond its limits."""
        return all(self.found[side] < self.limits[side] for side in self.limits)


@attrs.frozen
class Planned:
    """The plans, by the number that stands in the column ``__plan``; the rows of None are beyond what columns hold."""

    frame: nw.LazyFrame[Any]
    uses: tuple[Use | None, ...]
    largest_weight: int


def planned(
    frame: nw.LazyFrame[Any], book: RuleBook, parts: Columns, shapes: Shapes, sides: tuple[Side, Side]
) -> Planned:
    """Add the number of each row's plan. Raises UsageError with the name of a rule that columns cannot hold."""
    target, actual = sides
    text, classes = _contexts(frame, book, parts)
    contexts = list(dict.fromkeys(classes.values()))
    numbers = {context: number for number, context in enumerate(contexts)}
    own = mapped(text, {given: numbers[context] for given, context in classes.items()})
    count = len(shapes.shapes)
    key = (own * count + nw.col(target.shape)) * count + nw.col(actual.shape)
    frame = frame.with_columns(key.alias("__key"))
    sizes = {"target": nw.col(target.whole), "actual": nw.col(actual.whole), "weight": nw.col("__weight")}
    found_sizes = frame.select("__key", *(column.abs().alias(name) for name, column in sizes.items()))
    groups = found_sizes.group_by("__key").agg(nw.col(*sizes).max()).head(LIMIT + 1).collect()
    rows = list(groups.sort("__key").iter_rows(named=True))
    if len(rows) > LIMIT:
        raise UsageError(TOO_MANY(part="plans", count=len(rows), limit=LIMIT))
    found: dict[Plan | None, dict[str, int]] = {}
    keys: dict[int, Plan | None] = {}
    for row in rows:
        rest, actual_shape = divmod(int(row["__key"]), count)
        context, target_shape = divmod(rest, count)
        given = shapes.shapes[target_shape], shapes.shapes[actual_shape]
        plan = _plan(book, contexts[context], given)
        keys[int(row["__key"])] = plan
        largest = found.setdefault(plan, {"target": 0, "actual": 0})
        for side in largest:
            largest[side] = max(largest[side], int(row[side]))
    places = {plan: place for place, plan in enumerate(found)}
    frame = frame.with_columns(
        mapped(nw.col("__key"), {key: places[plan] for key, plan in keys.items()}).alias("__plan")
    )
    uses = tuple(None if plan is None else Use(plan, found[plan], _limits(plan)) for plan in found)
    return Planned(frame, uses, max((int(row["weight"]) for row in rows), default=0))


def _plan(book: RuleBook, context: Context, given: tuple[Shape, Shape]) -> Plan | None:
    target, actual = given
    if isinstance(target, Beyond) or isinstance(actual, Beyond):
        return None
    try:
        return plan_of(book, context, target, actual)
    except NotLinearError as error:
        raise UsageError(_RULE(book=book.id, rule=str(error))) from None


def _limits(plan: Plan) -> dict[str, int]:
    """Give from what size on target and actual, as read, are too large for the forms of the plan."""
    most = LARGEST
    for ratio in leaves_of(plan.decision, plan.completion):
        most = min(most, _most(ratio, plan.one))
    if plan.one >= LARGEST:
        most = 0
    return {side: -(-most // getattr(plan, side)) for side in ("target", "actual") if getattr(plan, side)}


def _most(ratio: Ratio, one: int) -> int:
    """Give what keeps the sums of the numerator below 2^63, and the denominator below 2^61."""
    most = LARGEST
    for form, room in ((ratio.numerator, 2 * ROOM), (ratio.denominator, ROOM // 2)):
        fixed = sum(abs(factor) * one for name, factor in form.terms if name == ONE)
        factors = sum(abs(factor) for name, factor in form.terms if name != ONE)
        if fixed >= room:
            return 0
        if factors:
            most = min(most, (room - fixed) // factors)
    return most


def _contexts(frame: nw.LazyFrame[Any], book: RuleBook, parts: Columns) -> tuple[nw.Expr, dict[str, Context]]:
    """Give the text that names a row's context, and for each such text one context that is scored alike.

    Names of indicators are many; the rules and directions that a book takes from them are few.
    """
    columns = parts.context
    if not columns:
        return nw.lit(""), {"": Context(None, None, None, None, None)}
    texts = [nw.col(name).cast(nw.String).fill_null("") for name in columns.values()]
    text = texts[0] if len(texts) == 1 else nw.concat_str(*texts, separator=_BETWEEN)
    alike: dict[object, Context] = {}
    classes: dict[str, Context] = {}
    for value in sorted(distinct(frame, text, ", ".join(columns.values()))):
        cells = value.split(_BETWEEN)
        if len(cells) != len(columns):
            raise UsageError(CONTROL(columns=", ".join(columns.values())))
        given = dict(zip(columns, cells, strict=True))
        rule, level1, level2, level3 = (
            given.get(part) or None for part in ("rule", "level1", "level2", "level3")
        )
        year = year_of(given.get("year"))
        context = Context(rule, level1, level2, level3, year)
        choices = (choose(book, rule, level1, level2, level3, kind) for kind in TargetKind)
        chosen = tuple((choice.match, choice.is_satisfaction) for choice in choices)
        classes[value] = alike.setdefault((chosen, direction(book, level1, level2, level3), year), context)
    return text, classes
