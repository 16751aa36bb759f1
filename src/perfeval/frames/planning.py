"""Which plan each row has: combinations of context and shapes are fetched with their bounds, and planned once."""

from __future__ import annotations

__all__ = ["Planned", "Use", "no_columns", "planned"]

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from perfeval.errors import UsageError
from perfeval.formula.columns import ONE, NotLinearError, Ratio, Refusal
from perfeval.formula.narrowing import narrowed, never_outside
from perfeval.frames.arithmetic import ROOM
from perfeval.frames.cells import BEYOND, LARGEST, Beyond, Constant, Shape
from perfeval.frames.contract import Columns
from perfeval.frames.keys import numbered
from perfeval.frames.plans import Context, Plan, leaves_of, plan_of
from perfeval.frames.reading import Points, Side, distinct, fetched, with_texts
from perfeval.messages import Wording
from perfeval.rulebook import RuleBook, TargetKind
from perfeval.scoring.choice import choose, direction, telling
from perfeval.scoring.scorecard import year_of
from perfeval.values import Missing, MissingReason

_RULE = Wording(
    "FRAME-RULE",
    "评分办法 {book} 的规则“{rule}”不能按列计算；请逐表计算（perfeval.score）",
    "rule '{rule}' of rule book {book} cannot be worked out over columns; score the tables one by one (perfeval.score)",
)


def no_columns(book: RuleBook, rule: str) -> UsageError:
    """Give what is raised for a rule that columns cannot hold."""
    return UsageError(_RULE(book=book.id, rule=rule))


_BLANK = Constant(Missing(MissingReason.BLANK))
Bounds = tuple[int, int]


@attrs.frozen
class Use:
    """A plan with the cases that rows within the bounds come to.

    From ``limits`` on, a row cannot be held in 60 bits, and is ``beyond-range``.
    """

    plan: Plan
    limits: tuple[tuple[str, int], ...]
    bounds: tuple[tuple[str, Bounds], ...]
    is_within: bool
    is_share: bool
    """Whether no row is beyond its limits, and whether each score is proven to lie between 0 and its weight."""

    def size(self, name: str) -> int:
        """Give the size that no integer of an input exceeds on the scale of the plan."""
        return _size(dict(self.bounds)[name])

    def limit(self, name: str) -> int:
        """Give from what size on an integer, as read, is too large."""
        return dict(self.limits).get(name, LARGEST)


@attrs.frozen
class Planned:
    """The plans, by the number that stands in the column ``__plan``; the rows of None are beyond what columns hold.

    ``bounds`` and ``with_blanks`` say of each column of integers what they lie between and whether there are blanks.
    """

    frame: nw.LazyFrame[Any]
    uses: tuple[Use | None, ...]
    bounds: Mapping[str, Bounds]
    with_blanks: frozenset[str]


def planned(
    frame: nw.LazyFrame[Any],
    book: RuleBook,
    parts: Columns,
    sides: Mapping[str, Side],
    points: Sequence[Points],
    wanted: frozenset[str],
) -> Planned:
    """Add the number of each row's plan. Raises UsageError with the name of a rule that columns cannot hold.

    What is not ``wanted`` (``rule``, ``family``, ``completion``) is left out of plans, so that more of them are the same.
    """
    own = parts.context
    frame = with_texts(frame, {f"__of_{part}": column for part, column in own.items()})
    bounds, with_blanks = _bounds(frame, (*sides.values(), *points))
    frame, states = _states(frame, sides, bounds, with_blanks)
    keys = [
        *(f"__of_{part}" for part in own),
        *(key for side in sides.values() for key in side.keys),
        *(f"__{name}_state" for name in states),
    ]
    planner = _Planner(book, wanted, {name: bounds.get(side.whole, (0, 0)) for name, side in sides.items()})
    table: dict[tuple[Any, ...], int] = {}
    for row in _combinations(frame, keys) if bounds else ():
        context = planner.context({part: row[f"__of_{part}"] for part in own})
        target, actual = (
            _SHAPES.get(row.get(f"__{name}_state", _NUMBER)) or side.shapes([row[key] for key in side.keys])
            for name, side in sides.items()
        )
        table[tuple(row[key] for key in keys)] = planner.number(context, target, actual)
    frame, places = numbered(frame, table, keys, "__plan")
    uses = tuple(planner.uses)
    return Planned(frame, tuple(uses[place] for place in places), bounds, with_blanks)


def _bounds(
    frame: nw.LazyFrame[Any], columns: Sequence[Side | Points]
) -> tuple[Mapping[str, Bounds], frozenset[str]]:
    """Fetch between what the integers of each column lie, and which columns have blanks; nothing where there is no row."""
    made = [nw.len().alias("__rows")]
    for column in columns:
        whole = nw.col(column.whole)
        made += [whole.min().alias(f"{column.whole}_low"), whole.max().alias(f"{column.whole}_high")]
        if column.blanks is not None and column.blanks.counted is not None:
            made.append(nw.col(column.blanks.counted).count().alias(f"{column.whole}_count"))
        elif column.blanks is not None:
            made.append(nw.col(column.blanks.column).max().alias(f"{column.whole}_blank"))
    (row,) = fetched(frame.select(*made)).iter_rows(named=True)
    if not row["__rows"]:
        return {}, frozenset()
    # int: pandas gives integers of 64 bits, whose products are cut
    bounds = {
        column.whole: (int(row[f"{column.whole}_low"]), int(row[f"{column.whole}_high"]))
        for column in columns
    }
    with_blanks = frozenset(
        column.whole
        for column in columns
        if row.get(f"{column.whole}_blank") or row.get(f"{column.whole}_count", row["__rows"]) < row["__rows"]
    )
    return bounds, with_blanks


def _combinations(frame: nw.LazyFrame[Any], keys: Sequence[str]) -> list[dict[str, Any]]:
    """Fetch the combinations of the keys."""
    if not keys:
        return [{}]
    part = ", ".join(key.removeprefix("__") for key in keys)
    return list(distinct(frame, keys, part).iter_rows(named=True))


_NUMBER, _NULL, _LARGE = 0, 1, 2
_SHAPES: Mapping[int, Shape] = {_NULL: _BLANK, _LARGE: BEYOND}


def _states(
    frame: nw.LazyFrame[Any],
    sides: Mapping[str, Side],
    bounds: Mapping[str, Bounds],
    with_blanks: frozenset[str],
) -> tuple[nw.LazyFrame[Any], list[str]]:
    """Add, for a side of which not every row has a number that is held, what each row has; such integers become 0."""
    found = []
    for name, side in sides.items():
        blanks, is_large = side.blanks, _size(bounds.get(side.whole, (0, 0))) >= LARGEST
        if blanks is None or not (is_large or side.whole in with_blanks):
            continue
        whole = nw.col(side.whole)
        large = (whole >= LARGEST) | (whole <= -LARGEST)
        rest = nw.when(large).then(nw.lit(_LARGE, nw.Int64)).otherwise(nw.lit(_NUMBER, nw.Int64))
        frame = frame.with_columns(
            nw.when(nw.col(blanks.column))
            .then(nw.lit(_NULL, nw.Int64))
            .otherwise(rest)
            .alias(f"__{name}_state"),
            nw.when(large).then(nw.lit(0, nw.Int64)).otherwise(whole).alias(side.whole),
        )
        found.append(name)
    return frame, found


def _size(bounds: Bounds) -> int:
    return max(abs(end) for end in bounds)


@attrs.define
class _Planner:
    """Plans what it has not planned yet, and numbers what is treated alike; ``found`` says between what numbers lie."""

    book: RuleBook
    wanted: frozenset[str]
    found: Mapping[str, Bounds]
    uses: dict[Use | None, int] = attrs.Factory(dict)
    _levels: dict[str, str] = attrs.Factory(dict)
    _contexts: dict[tuple[str, ...], Context] = attrs.Factory(dict)
    _alike: dict[object, Context] = attrs.Factory(dict)
    _numbers: dict[tuple[Context, Shape, Shape], int] = attrs.Factory(dict)

    def context(self, cells: Mapping[str, str]) -> Context:
        """Give one context of those that are scored alike: names are many, the rules and directions of a book are few."""
        levels = [self._level(cells.get(part, "")) for part in ("level1", "level2", "level3")]
        key = (cells.get("rule", ""), *levels, cells.get("year", ""))
        if key not in self._contexts:
            rule, level1, level2, level3 = (text or None for text in key[:4])
            year = year_of(key[4])
            choices = (choose(self.book, rule, level1, level2, level3, kind) for kind in TargetKind)
            chosen = tuple((choice.match, choice.is_satisfaction) for choice in choices)
            alike = (chosen, direction(self.book, level1, level2, level3), year)
            made = Context(rule, level1, level2, level3, year)
            self._contexts[key] = self._alike.setdefault(alike, made)
        return self._contexts[key]

    def _level(self, name: str) -> str:
        if name not in self._levels:
            self._levels[name] = telling(self.book, name)
        return self._levels[name]

    def number(self, context: Context, target: Shape, actual: Shape) -> int:
        """Give the number of the use of a combination; that is None where a number is beyond what columns hold."""
        key = context, target, actual
        if key not in self._numbers:
            use = None
            if not isinstance(target, Beyond) and not isinstance(actual, Beyond):
                try:
                    use = self._narrowed(plan_of(self.book, context, target, actual))
                except NotLinearError as error:
                    raise no_columns(self.book, str(error)) from None
            self._numbers[key] = self.uses.setdefault(use, len(self.uses))
        return self._numbers[key]

    def _narrowed(self, plan: Plan) -> Use:
        """Leave out of a plan what none of its rows comes to, and what nobody wants."""
        limits = _limits(plan)
        is_within = all(_size(self.found[side]) < limit for side, limit in limits.items())
        bounds: dict[str, Bounds] = {ONE: (plan.one, plan.one)}
        for side, (low, high) in self.found.items():
            factor, most = getattr(plan, side), limits.get(side, LARGEST) - 1
            # A row beyond its limits has 0 instead.
            least, greatest = (low, high) if is_within else (max(min(low, 0), -most), min(max(high, 0), most))
            bounds[side] = least * factor, greatest * factor
        kept = attrs.evolve(
            plan,
            rule=plan.rule if "rule" in self.wanted else "",
            family=plan.family if "family" in self.wanted else None,
            decision=narrowed(plan.decision, bounds),
            completion=narrowed(plan.completion, bounds)
            if "completion" in self.wanted
            else Refusal("undefined"),
        )
        is_share = never_outside(kept.decision, bounds)
        return Use(kept, tuple(limits.items()), tuple(bounds.items()), is_within, is_share)


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
