"""A printed scoring rule in words that no pattern knows (``少检查一个扣1分``): met is full, else silence."""

from __future__ import annotations

__all__ = ["Stated"]

from collections.abc import Mapping
from typing import ClassVar

import attrs

from perfeval.formula.nodes import Input, Node, Refuse
from perfeval.messages import Wording
from perfeval.rules.parts import DEGREE, Kind, Reverse, asserted, completion_of_numbers, met, timed


@attrs.frozen(cache_hash=True)
class Stated:
    """A rule in words (docs/semantics.md §3): whatever it says, a target that is met earns full marks.

    What a missed target earns only the words say, so it is ``no-rule``.
    """

    kind: ClassVar[str] = "stated"

    reverse: Reverse = Reverse.RATIO

    def formula(self, kind: Kind) -> Node:
        """Give full marks where the target is met, else ``no-rule``."""
        if kind is Kind.ASSERTED:
            return asserted(Refuse("no-rule"))
        if kind is Kind.DEADLINE:
            return timed(Refuse("no-rule"))
        if kind in (Kind.DEGREE, Kind.UNCLEAR):
            return Refuse("no-rule")
        return met(kind, _unknown)

    def completion(self, kind: Kind) -> Node:
        """Give the ratio of numbers; words alone have none."""
        if kind is Kind.DEADLINE:
            return DEGREE
        if kind in (Kind.ASSERTED, Kind.DEGREE, Kind.UNCLEAR):
            return Refuse("undefined")
        return completion_of_numbers(kind, self.reverse)

    def breaks(self) -> Mapping[str, Wording]:
        """Name no law: where it scores, it keeps them all."""
        return {}


def _unknown(_kind: Kind, _bound: Input) -> Node:
    return Refuse("no-rule")
