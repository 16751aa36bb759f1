"""分档赋分: the factor of the band in which the value itself lies (satisfaction, execution rate)."""

from __future__ import annotations

__all__ = ["Band", "Banded"]

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import attrs

from perfeval.formula.nodes import Because, Branch, Case, Compare, Node, Refuse
from perfeval.messages import Wording
from perfeval.rules.parts import SHARE, ZERO, Kind, Share, number


@attrs.frozen
class Band:
    """From this share (0.9 is 90 %) on, inclusive, this factor of the weight."""

    start: Share = attrs.field(metadata={"key": "from"})
    factor: Decimal


@attrs.frozen(cache_hash=True)
class Banded:
    """分档赋分 (docs/semantics.md §4): lower edges descending, each inclusive; below the last edge nothing.

    Example: bands 90 % → 1, 80 % → 0.8, 60 % → 0.5; actual ``85%``, weight 10 → 8.
    """

    kind: ClassVar[str] = "banded"

    bands: tuple[Band, ...]

    def formula(self, kind: Kind) -> Node:
        """Give the factor of the band; bands need a number."""
        if kind not in (Kind.AT_LEAST, Kind.EQUAL, Kind.AT_MOST, Kind.RANGE):
            return Refuse("rule-unfit")
        branches = tuple(
            Branch(Compare(">=", SHARE, number(band.start)), Because("band", number(band.factor)))
            for band in self.bands
        )
        return Case(branches, Because("band", ZERO))

    def completion(self, kind: Kind) -> Node:
        """Give the factor of the band."""
        return self.formula(kind)

    def breaks(self) -> Mapping[str, Wording]:
        """Name the laws that bands break by their nature."""
        return {"continuous": _STEPS, "full-at-target": _ITSELF, "monotone": _UPWARDS}


_UPWARDS = Wording(
    "break-banded-upwards",
    "分档总以数值高为好，不适合上限指标",
    "bands take more for better, also where the target is a ceiling",
)
_STEPS = Wording("break-banded", "分档赋分在档线处跳变", "by rule, marks jump at the edge of a band")
_ITSELF = Wording(
    "break-banded-target",
    "分档看数值本身，不看指标值",
    "by rule, bands look at the value itself, not at its target",
)
