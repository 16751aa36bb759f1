"""按比例赋分: full marks where the target is met, else in proportion to what was achieved."""

from __future__ import annotations

__all__ = ["LadderStep", "Proportional"]

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import ClassVar

import attrs

from perfeval.formula.nodes import Because, Branch, Case, Compare, Input, Multiply, Node, Refuse
from perfeval.messages import Wording
from perfeval.rules.parts import (
    ACTUAL,
    DEGREE,
    ONE,
    TARGET,
    ZERO,
    Equality,
    Kind,
    Reverse,
    Share,
    ZeroUnderCeiling,
    completion_of_numbers,
    guarded,
    met,
    number,
    shortfall,
    timed,
)


@attrs.frozen
class LadderStep:
    """From this multiple of the target on, this factor of the weight (over-achievement)."""

    start: Decimal = attrs.field(metadata={"key": "from"})
    factor: Decimal


@attrs.frozen(cache_hash=True)
class Proportional:
    """按比例赋分 (docs/semantics.md §4).

    ``reverse``: how a ceiling exceeded is scored. ``equality``: how = is read. ``zero_under_ceiling``:
    what 0 under a ceiling earns. ``pass_line``: a completion below it earns nothing. ``ladder``: steps of
    A ÷ T above 1, ascending, with descending factors. ``cap`` can only be 1: no score exceeds its weight.

    Example: ``<=8.90万元``, actual ``8.94万元``, weight 10 → 10 × 8.90 ÷ 8.94 = 9.96.
    """

    kind: ClassVar[str] = "proportional"

    reverse: Reverse = Reverse.RATIO
    equality: Equality = Equality.AT_LEAST
    zero_under_ceiling: ZeroUnderCeiling = ZeroUnderCeiling.FULL
    pass_line: Share | None = None
    ladder: tuple[LadderStep, ...] = ()
    cap: Decimal = Decimal(1)

    def formula(self, kind: Kind) -> Node:
        """Give the fraction of the weight; a text target is ``rule-unfit``."""
        if kind is Kind.DEADLINE:
            return timed(Refuse("needs-judgement"))
        if kind in (Kind.ASSERTED, Kind.DEGREE, Kind.UNCLEAR):
            return Refuse("rule-unfit")
        return met(
            kind,
            partial(self._missed, pass_line=None if kind is Kind.RANGE else self.pass_line),
            full=self._full(),
            equality=self.equality,
            zero_under_ceiling=self.zero_under_ceiling,
        )

    def _missed(self, kind: Kind, bound: Input, *, pass_line: Decimal | None) -> Node:
        # A pass line needs a completion, and a range that is missed in part has none: None for ranges.
        fraction = shortfall(kind, bound, reverse=self.reverse, equality=self.equality)
        completion = shortfall(kind, bound, reverse=self.reverse)
        code = "over" if kind is Kind.AT_MOST else "short"
        because = Because("none" if fraction == ZERO else code, fraction)
        if fraction == ZERO:  # a cliff gives nothing anyhow, and it is the cliff that does
            pass_line = None
        return guarded(bound, because, pass_line=pass_line, completion=completion)

    def _full(self) -> Node:
        met_in_full = Because("met", ONE)
        if not self.ladder:
            return met_in_full
        steps = tuple(
            Branch(
                Compare(">=", ACTUAL, Multiply(number(step.start), TARGET)),
                Because("over-achieved-step", number(step.factor)),
            )
            for step in reversed(self.ladder)
        )
        return Case((Branch(Compare("<=", TARGET, ZERO), met_in_full), *steps), met_in_full)

    def completion(self, kind: Kind) -> Node:
        """Give A ÷ T (not capped), or what the ceiling's family gives; 1 or 0 for a deadline."""
        if kind is Kind.DEADLINE:
            return DEGREE
        if kind in (Kind.ASSERTED, Kind.DEGREE, Kind.UNCLEAR):
            return Refuse("undefined")
        return completion_of_numbers(kind, self.reverse)

    def breaks(self) -> Mapping[str, Wording]:
        """Name the laws that these settings break, and why."""
        broken = {}
        if self.reverse is Reverse.CLIFF:
            broken["continuous"] = _CLIFF
        if self.equality is Equality.EXACT:
            broken["monotone"] = _EXACT
        if self.pass_line == 1:
            broken["continuous"] = _PASS_LINE
        if self.zero_under_ceiling is ZeroUnderCeiling.ZERO:  # "unscorable" gives no score to compare
            broken["monotone"] = _ZERO
        if self.ladder:
            broken["monotone"] = _LADDER
        return broken


_CLIFF = Wording(
    "break-cliff", "超过上限即不得分，是断崖式的规定", "by rule, exceeding a ceiling earns nothing at all"
)
_EXACT = Wording("break-exact", "等于才得满分，超过也扣分", "by rule, only the exact value earns full marks")
_ZERO = Wording(
    "break-zero", "实际为 0 视为未实施，不给分", "by rule, an actual of 0 counts as not carried out"
)
_PASS_LINE = Wording(
    "break-pass-line",
    "及格线就是目标，未达到即不得分",
    "the pass line is the target: any shortfall earns nothing",
)
_LADDER = Wording(
    "break-ladder",
    "大幅超额视为目标偏低，按档扣减",
    "by rule, far above the target counts as a target set too low",
)
