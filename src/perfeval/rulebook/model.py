"""评分办法 as a frozen value: every disagreement between regions is a named setting here, with its basis."""

from __future__ import annotations

__all__ = [
    "Accept",
    "Basis",
    "BasisStatus",
    "BrokenOnPurpose",
    "ExecutionSetting",
    "Grade",
    "GradedSetting",
    "Inapplicable",
    "Law",
    "Match",
    "Origin",
    "Rounding",
    "RuleBook",
    "RuleSpec",
    "Satisfaction",
    "Settings",
    "TargetKind",
    "WeightsSetting",
]

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

import attrs

from perfeval.errors import Problem
from perfeval.formula import RoundingMode, plain
from perfeval.positions import Path, Position, toml_positions
from perfeval.rules import Band, Equality, LadderStep, Proportional, Reverse, Rule, Share, ZeroUnderCeiling
from perfeval.shown import html_of
from perfeval.structure import PathProblem, located
from perfeval.values import squash


class BasisStatus(StrEnum):
    """How well a setting is sourced: read and citable, read without an address, only known."""

    VERIFIED = "verified"
    REPORTED = "reported"
    BACKGROUND = "background"


class TargetKind(StrEnum):
    """What a target is, as far as the choice of a rule is concerned."""

    NUMBER = "number"
    RANGE = "range"
    DEADLINE = "deadline"
    TEXT = "text"


class Law(StrEnum):
    """What every rule keeps (docs/semantics.md §6), or breaks on purpose where the book says why."""

    BOUNDS = "bounds"
    LINEAR_IN_WEIGHT = "linear-in-weight"
    SAME_IN_OTHER_UNITS = "same-in-other-units"
    FULL_AT_TARGET = "full-at-target"
    MONOTONE = "monotone"
    CONTINUOUS = "continuous"

    @property
    def may_be_broken(self) -> bool:
        """Say whether a book can break it on purpose: what one rule of the field does is no mistake."""
        return self in (Law.FULL_AT_TARGET, Law.MONOTONE, Law.CONTINUOUS)


@attrs.frozen(cache_hash=True)
class Rounding:
    """How a score is rounded: once, to a multiple of ``step``; ``rate_first`` rounds the rate to 0.01 % before."""

    step: Decimal = Decimal("0.01")
    mode: RoundingMode = RoundingMode.HALF_UP
    rate_first: bool = False


@attrs.frozen
class RuleSpec:
    """A rule as a book writes it: its kind and the parameters given on the spot."""

    kind: str
    parameters: Mapping[str, object] = attrs.field(factory=dict, hash=False)


@attrs.frozen
class Satisfaction:
    """满意度赋分: in proportion, or by bands of the actual itself."""

    bands: tuple[Band, ...] = ()

    def __str__(self) -> str:
        if not self.bands:
            return "proportional"
        return "bands " + " ".join(f"{_percent(band.start)}→{band.factor}" for band in self.bands)


def _percent(share: Decimal) -> str:
    numerator, denominator = share.as_integer_ratio()
    return f"{plain((100 * numerator, denominator))}%"


def _squashed(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words are compared without white space and in one width, as the cells are."""
    return tuple(squash(word) for word in words)


@attrs.frozen
class Settings:
    """The named settings of the rules."""

    reverse: Reverse = Reverse.RATIO
    equality: Equality = Equality.AT_LEAST
    zero_under_ceiling: ZeroUnderCeiling = ZeroUnderCeiling.FULL
    pass_line: Share | None = None
    ladder: tuple[LadderStep, ...] = ()
    satisfaction: Satisfaction = Satisfaction()
    lower_is_better: tuple[str, ...] = attrs.field(
        default=tuple("控制率 调整率 变动率 结余率 受害率 成灾率 发生率 变质 投诉 事故".split()),
        converter=_squashed,
    )
    lower_is_better_except: tuple[str, ...] = attrs.field(
        default=("处理率", "办结率", "整改率"), converter=_squashed
    )
    over_achievement: tuple[Decimal, ...] = ()


@attrs.frozen
class GradedSetting:
    """Lower edges, as fractions of the weight, of 达成 and 部分达成."""

    bands: tuple[Share, ...] = (Share(Decimal("0.8")), Share(Decimal("0.6")))


@attrs.frozen
class Accept:
    """What an audit accepts besides the book's own settings."""

    reverse: tuple[Reverse, ...] = ()
    satisfaction: tuple[Satisfaction, ...] = ()


@attrs.frozen
class ExecutionSetting:
    """预算执行率: its weight where the form prints none, its rule, and the names of rows that replace it."""

    weight: Decimal = Decimal(10)
    rule: Rule = Proportional()
    rows: tuple[str, ...] = attrs.field(default=("预算执行率", "执行进度"), converter=_squashed)
    most_weight: Decimal = Decimal(20)


class Inapplicable(StrEnum):
    """What a row that says 不适用 does to the total: it stands in the way, or the others are rescaled to the whole."""

    KEEP = "keep"
    RESCALE = "rescale"


@attrs.frozen
class WeightsSetting:
    """What the weights add up to, and the usual patterns of 执行率/成本/产出/效益/满意度 (informative)."""

    sum: Decimal = Decimal(100)
    inapplicable: Inapplicable = Inapplicable.KEEP
    patterns: tuple[tuple[Decimal, ...], ...] = ()


@attrs.frozen
class Match:
    """Which rule applies: all given conditions must hold; the first match of the book wins.

    ``printed`` are patterns of the printed 赋分规则 (``*`` stands for anything, the rest may stand anywhere);
    ``printed_other`` holds where something is printed. The levels hold where the name contains one of the
    words; ``level`` looks at all three.
    """

    rule: RuleSpec
    printed: tuple[str, ...] = attrs.field(default=(), converter=_squashed)
    printed_other: bool = False
    level: tuple[str, ...] = attrs.field(default=(), converter=_squashed)
    level1: tuple[str, ...] = attrs.field(default=(), converter=_squashed)
    level2: tuple[str, ...] = attrs.field(default=(), converter=_squashed)
    level3: tuple[str, ...] = attrs.field(default=(), converter=_squashed)
    target: TargetKind | None = None

    @property
    def is_unconditional(self) -> bool:
        """Holds for every indicator."""
        conditions = (
            self.printed,
            self.printed_other,
            self.level,
            self.level1,
            self.level2,
            self.level3,
            self.target,
        )
        return not any(conditions)


@attrs.frozen
class Grade:
    """A grade, from a total on, inclusive."""

    name: str
    start: Decimal = attrs.field(metadata={"key": "from"})


@attrs.frozen
class Basis:
    """Where settings come from, and whether that source was read."""

    covers: tuple[str, ...]
    source: str
    status: BasisStatus
    note: str = ""


@attrs.frozen
class BrokenOnPurpose:
    """A law that a rule of the book breaks on purpose, and why.

    ``rule`` is the kind of the rule (``direct``), ``satisfaction`` or ``execution``.
    """

    law: Law
    rule: str
    reason: str


@attrs.frozen
class Origin:
    """The TOML that a book was read from."""

    file: str
    text: str = attrs.field(repr=False)

    def positions(self) -> dict[Path, Position]:
        """Give where each value stands; the text is scanned each time."""
        return toml_positions(self.text)


@attrs.frozen(cache_hash=True, kw_only=True)
class RuleBook:
    """A 评分办法. ``sha256`` is that of its TOML file; ``rules`` are the rules of ``match``, built.

    A rule of None stands for 满意度, which goes on to the graded rule where the target is a text. ``origin`` is the
    text that the book was read from, None for a book made in Python.
    """

    id: str
    title: str = ""
    region: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    form: tuple[str, ...] = ()
    rounding: Rounding = Rounding()
    execution: ExecutionSetting = ExecutionSetting()
    settings: Settings = Settings()
    graded: GradedSetting = GradedSetting()
    accept: Accept = Accept()
    weights: WeightsSetting = WeightsSetting()
    match: tuple[Match, ...]
    grades: tuple[Grade, ...]
    basis: tuple[Basis, ...] = ()
    breaks: tuple[BrokenOnPurpose, ...] = ()
    rules: tuple[Rule | None, ...] = attrs.field(repr=False)
    satisfaction_rule: Rule = attrs.field(repr=False)
    graded_rule: Rule = attrs.field(repr=False)
    sha256: str = ""
    origin: Origin | None = attrs.field(default=None, eq=False, repr=False)

    def basis_of(self, setting: str) -> Basis | None:
        """Give where a setting (``settings.reverse``) comes from; None where the book does not say."""
        return next((basis for basis in self.basis if setting in basis.covers), None)

    def located(self, problems: Iterable[PathProblem]) -> tuple[Problem, ...]:
        """Give problems of this book their lines in its file."""
        positions = self.origin.positions() if self.origin else {}
        return located(problems, positions.get, self.origin.file if self.origin else self.id)

    def _repr_html_(self) -> str:
        return html_of(self)
