"""按评判等级赋分: a qualitative target; words that state it as reached, or a person's judgement."""

from __future__ import annotations

__all__ = ["Graded"]

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import attrs

from perfeval.formula.nodes import Because, Greatest, Input, Least, Node, Refuse
from perfeval.messages import Wording
from perfeval.rules.parts import (
    DEGREE,
    ONE,
    ZERO,
    Kind,
    Reverse,
    Share,
    asserted,
    completion_of_numbers,
    met,
    timed,
)


@attrs.frozen(cache_hash=True)
class Graded:
    """按评判等级赋分 (docs/semantics.md §4).

    The target's own words or 达成 ... give full marks (an assertion), a bare percentage gives its share, and
    anything else needs a person. ``bands`` are the lower edges, as fractions of the weight, of 达成 and
    部分达成; they judge a reported score, they do not make one. A number as target: met is full.
    ``reverse`` only says how the completion of an exceeded ceiling is stated.
    """

    kind: ClassVar[str] = "graded"

    bands: tuple[Share, ...] = (Share(Decimal("0.8")), Share(Decimal("0.6")))
    reverse: Reverse = Reverse.RATIO

    def formula(self, kind: Kind) -> Node:
        """Give the fraction of the weight; ``needs-judgement`` where words do not decide."""
        if kind is Kind.ASSERTED:
            return asserted(Refuse("needs-judgement"))
        if kind is Kind.DEADLINE:
            return timed(Refuse("needs-judgement"))
        if kind is Kind.DEGREE:
            return Because("degree", Least(ONE, Greatest(ZERO, DEGREE)))
        if kind is Kind.UNCLEAR:
            return Refuse("needs-judgement")
        return met(kind, _for_a_person)

    def completion(self, kind: Kind) -> Node:
        """Give the degree, or the ratio of numbers; words alone have none."""
        if kind in (Kind.DEGREE, Kind.DEADLINE):
            return Greatest(ZERO, DEGREE)
        if kind in (Kind.ASSERTED, Kind.UNCLEAR):
            return Refuse("undefined")
        return completion_of_numbers(kind, self.reverse)

    def breaks(self) -> Mapping[str, Wording]:
        """Name no law: where it scores, it keeps them all."""
        return {}


def _for_a_person(_kind: Kind, _bound: Input) -> Node:
    return Refuse("needs-judgement")
