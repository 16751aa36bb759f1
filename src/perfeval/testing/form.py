"""The form of a table: which columns it has and how its cells are written; one for all tables of a unit."""

from __future__ import annotations

__all__ = ["Form", "draw_form"]

from fractions import Fraction
from random import Random

import attrs

from perfeval.table import TableKind
from perfeval.testing.figures import one_in, shown, trimmed

_SIGNS = (
    {">=": "≥", "<=": "≤", "=": "="},
    {">=": ">=", "<=": "<=", "=": "="},
    {">=": "不少于", "<=": "不超过", "=": "="},
    {">=": "＞＝", "<=": "＜＝", "=": "＝"},
)


@attrs.frozen(kw_only=True)
class Form:
    """What a form prints. ``groups`` are the weights of the level-1 groups; the execution rate weighs the rest."""

    year: int
    money_unit: str
    signs: int
    repeats_sign: bool
    score_style: str
    has_previous: bool
    has_rule: bool
    has_standard: bool
    has_evidence: bool
    has_deviation: bool
    has_coefficient: bool
    has_initial: bool
    has_grade: bool
    has_total: bool
    names_weights: bool
    execution: int
    groups: tuple[tuple[str, int], ...]

    def sign(self, operator: str) -> str:
        """Write ≥, ≤ or = as the form does."""
        return _SIGNS[self.signs][operator]

    def points(self, score: Fraction) -> str:
        """Write points as the form does."""
        if self.score_style == "trimmed":
            return trimmed(score)
        return shown(score) + ("分" if self.score_style == "unit" else "")


def draw_form(random: Random, kind: TableKind = TableKind.PROJECT) -> Form:
    """Draw a form as one of those that are in use."""
    execution, groups = random.choice(_PATTERNS[kind])
    return Form(
        year=random.randint(2019, 2024),
        money_unit=random.choice(("万元", "万元", "元")),
        signs=random.randrange(len(_SIGNS)),
        repeats_sign=one_in(random, 4),
        score_style=random.choice(("trimmed", "trimmed", "two", "unit")),
        has_previous=one_in(random, 2),
        has_rule=not one_in(random, 3),
        has_standard=one_in(random, 2),
        has_evidence=one_in(random, 2),
        has_deviation=not one_in(random, 6),
        has_coefficient=one_in(random, 6),
        has_initial=not one_in(random, 8),
        has_grade=one_in(random, 3),
        has_total=kind is TableKind.PROJECT or one_in(random, 2),
        names_weights=one_in(random, 4),
        execution=execution,
        groups=groups,
    )


_Pattern = tuple[int, tuple[tuple[str, int], ...]]
_PROJECTS: tuple[_Pattern, ...] = (
    (10, (("产出指标", 40), ("成本指标", 20), ("效益指标", 20), ("满意度指标", 10))),
    (10, (("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10))),
    (10, (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))),
    (20, (("产出指标", 40), ("效益指标", 30), ("满意度指标", 10))),
    (20, (("产出指标", 30), ("成本指标", 20), ("效益指标", 20), ("满意度指标", 10))),
)
_UNITS: tuple[_Pattern, ...] = (
    (10, (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))),
    (10, (("履职效能", 60), ("社会效应", 20), ("满意度指标", 10))),
    (20, (("产出指标", 50), ("效益指标", 20), ("满意度指标", 10))),
)
_PATTERNS = {TableKind.PROJECT: _PROJECTS, TableKind.WHOLE_UNIT: _UNITS}
