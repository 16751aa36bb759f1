"""直接赋分: met, full marks; not met, none."""

from __future__ import annotations

__all__ = ["Direct"]

from collections.abc import Mapping
from typing import ClassVar

import attrs

from perfeval.formula.nodes import Because, Input, Node, Refuse
from perfeval.messages import Wording
from perfeval.rules.parts import ZERO, Equality, Kind, ZeroUnderCeiling, asserted, met, timed


@attrs.frozen(cache_hash=True)
class Direct:
    """直接赋分 (docs/semantics.md §4): what 按比例 would give in full is full, anything else is 0.

    A 0 under a ceiling needs a person where the book says so. A text target: equal or done is full,
    未完成 or 否 is 0, any other words need a person.
    Example: ``=100%``, actual ``99%``, weight 10 → 0.
    """

    kind: ClassVar[str] = "direct"

    equality: Equality = Equality.AT_LEAST
    zero_under_ceiling: ZeroUnderCeiling = ZeroUnderCeiling.FULL

    def formula(self, kind: Kind) -> Node:
        """Give 1 or 0."""
        if kind is Kind.DEADLINE:
            return timed(Because("late", ZERO))
        if kind is Kind.ASSERTED:
            return asserted(Because("stated-not-done", ZERO))
        if kind in (Kind.DEGREE, Kind.UNCLEAR):
            return Refuse("needs-judgement")
        return met(kind, _nothing, equality=self.equality, zero_under_ceiling=self.zero_under_ceiling)

    def completion(self, kind: Kind) -> Node:
        """Give 1 or 0, as the formula does."""
        return self.formula(kind)

    def breaks(self) -> Mapping[str, Wording]:
        """Name the laws that the rule breaks by its nature."""
        broken = {"continuous": _ALL_OR_NOTHING}
        if self.equality is Equality.EXACT or self.zero_under_ceiling is ZeroUnderCeiling.ZERO:
            broken["monotone"] = _EXACT
        return broken


def _nothing(_kind: Kind, _bound: Input) -> Node:
    return Because("none", ZERO)


_ALL_OR_NOTHING = Wording(
    "break-direct", "直接赋分只有满分和零分", "by rule, direct marks are all or nothing"
)
_EXACT = Wording(
    "break-direct-exact", "等于或大于 0 才得分", "by rule, only the exact or a positive value earns marks"
)
