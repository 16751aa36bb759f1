"""What the laws are tried on: every rule with every setting, every book, and numbers at their thresholds.

Numbers are fractions here, the oracle's language. Each rule and each book comes with the words in which the
oracle is asked for the same score; those of a book are read from its TOML without perfeval.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import oracle
import perfeval
from perfeval.formula import Refused, compile_formula
from perfeval.formula.exact import Evaluator
from perfeval.rulebook import BUILT_IN, RuleBook, built_in_text, read_rulebook
from perfeval.rules import (
    Band,
    Banded,
    Direct,
    Equality,
    Graded,
    Kind,
    LadderStep,
    Proportional,
    Reverse,
    Rule,
    Share,
    Stated,
    ZeroUnderCeiling,
)
from semantics.books import BOOKS as TEST_BOOKS
from semantics.books import text_of

COMPARISONS = (">=", "=", "<=", "range")
KINDS = {">=": Kind.AT_LEAST, "=": Kind.EQUAL, "<=": Kind.AT_MOST, "range": Kind.RANGE}
STEP = Fraction(1, 100)
ULP = Fraction(1, 10**6)

Answer = Fraction | str
"""A fraction of the weight, or the reason why there is none."""


@dataclass(frozen=True)
class Ruled:
    """A rule, its name, and the settings with which the oracle is asked for the same."""

    rule: Rule
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.rule.kind

    @property
    def edges(self) -> oracle.Edges:
        found: oracle.Edges = self.settings.get("bands", ())
        return found

    def __repr__(self) -> str:
        shown = {name: value for name, value in self.settings.items() if value}
        return " ".join([self.name, *(_short(value) for value in shown.values())])


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(f"{float(start):g}→{float(factor):g}" for start, factor in value)
    return f"{float(value):g}" if isinstance(value, Fraction) else str(value)


@dataclass(frozen=True)
class Case:
    """One row: a comparison, its target (low and high for a range), and the actual."""

    comparison: str
    low: Fraction
    high: Fraction
    actual: Fraction

    @property
    def kind(self) -> Kind:
        return KINDS[self.comparison]

    @property
    def inputs(self) -> dict[str, tuple[int, int]]:
        """The inputs of a formula; bands read the actual as a share of one."""
        bounds = {"target": self.low} if self.comparison != "range" else {"low": self.low, "high": self.high}
        numbers = {**bounds, "actual": self.actual, "share": self.actual}
        return {name: (value.numerator, value.denominator) for name, value in numbers.items()}


def ladder_of(steps: Sequence[tuple[str, str]]) -> tuple[tuple[LadderStep, ...], oracle.Edges]:
    return (
        tuple(LadderStep(Decimal(start), Decimal(factor)) for start, factor in steps),
        tuple((Fraction(start), Fraction(factor)) for start, factor in steps),
    )


def bands_of(bands: Sequence[tuple[str, str]]) -> Ruled:
    rule = Banded(tuple(Band(Share(Decimal(start)), Decimal(factor)) for start, factor in bands))
    return Ruled(rule, {"bands": tuple((Fraction(start), Fraction(factor)) for start, factor in bands)})


LADDERS = ((), (("1.5", "0.9"),), (("1.3", "0.95"), ("2", "0.8"), ("3.000001", "0")))
PASS_LINES = (None, "0.6", "0.999999")


def proportional(reverse: str, equality: str, zero: str, pass_line: str | None, ladder: int) -> Ruled:
    steps, edges = ladder_of(LADDERS[ladder])
    rule = Proportional(
        reverse=Reverse(reverse),
        equality=Equality(equality),
        zero_under_ceiling=ZeroUnderCeiling(zero),
        pass_line=None if pass_line is None else Share(Decimal(pass_line)),
        ladder=steps,
    )
    settings = {
        "reverse": str(reverse),
        "equality": str(equality),
        "zero_under_ceiling": str(zero),
        "pass_line": None if pass_line is None else Fraction(pass_line),
        "ladder": edges,
    }
    return Ruled(rule, settings)


PROPORTIONAL = tuple(
    proportional(*settings)
    for settings in product(Reverse, Equality, ZeroUnderCeiling, PASS_LINES, range(len(LADDERS)))
)
DIRECT = tuple(
    Ruled(
        Direct(equality=equality, zero_under_ceiling=zero),
        {"equality": str(equality), "zero_under_ceiling": str(zero)},
    )
    for equality, zero in product(Equality, ZeroUnderCeiling)
)
BANDED = (
    bands_of([("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"), ("0", "0")]),
    bands_of([("1", "1"), ("0.8", "0.7"), ("0.6", "0.5"), ("0", "0")]),
    bands_of([("0.955", "0.999"), ("0.05", "0.333")]),
    bands_of([("0.5", "1")]),
)
GRADED = tuple(Ruled(Graded(reverse=reverse), {"reverse": str(reverse)}) for reverse in Reverse)
STATED = tuple(Ruled(Stated(reverse=reverse), {"reverse": str(reverse)}) for reverse in Reverse)
EVERY_RULE = (*PROPORTIONAL, *DIRECT, *BANDED, *GRADED, *STATED)
FAMILIES = {
    "proportional": PROPORTIONAL,
    "direct": DIRECT,
    "banded": BANDED,
    "graded": GRADED,
    "stated": STATED,
}


@cache
def _evaluator(rule: Rule, kind: Kind) -> Evaluator:
    return compile_formula(rule.formula(kind))


def fraction_of(rule: Rule, case: Case) -> Answer:
    """What perfeval's formula gives, before rounding."""
    try:
        return Fraction(*_evaluator(rule, case.kind)(case.inputs))
    except Refused as refused:
        return refused.reason


def expected(ruled: Ruled, case: Case) -> Answer:
    """What the oracle gives, before rounding."""
    name = "proportional" if ruled.name in ("graded", "stated") else ruled.name
    found = oracle.unrounded(
        name,
        case.comparison,
        case.low,
        case.actual,
        Fraction(1),
        **ruled.settings,
        low=case.low,
        high=case.high,
    )
    if ruled.name in ("graded", "stated") and found != 1:  # a number as target: met is full
        return "needs-judgement" if ruled.name == "graded" else "no-rule"
    return found


def is_decided(ruled: Ruled, case: Case) -> bool:
    """Say whether semantics §4 says what two settings give together; OPEN.md and the rules' own tables have the rest."""
    settings = ruled.settings
    exact = settings.get("equality") == "exact" and case.comparison == "="
    if exact and (case.low < 0 or settings.get("ladder")):
        return False  # 1 − |A − T| ÷ T of a negative T; a step of the ladder far from the exact value
    if case.comparison == "range" and settings.get("pass_line"):
        return False
    return not (
        ruled.name == "direct" and settings["zero_under_ceiling"] == "unscorable" and case.actual == 0
    )


# The numbers ------------------------------------------------------------------------------------------------

TARGETS = tuple(
    Fraction(text)
    for text in "0 0.000001 0.01 1 3 7 8.90 100 2000 999999999999.999999 1000000000000 -0.000001 -5 -1000000000000".split()
)
GRID_TARGETS = tuple(Fraction(text) for text in "0 0.000001 3 8.90 1000000000000 -5".split())
WEIGHTS = tuple(
    Fraction(text) for text in "0 0.004 0.005 0.01 1 6.664 6.666 10 12.5 15 20 33.335 100".split()
)


def thresholds(low: Fraction, high: Fraction, settings: Mapping[str, Any]) -> Iterator[Fraction]:
    """Where a formula changes: T, 2T, 0, the pass line, the steps of the ladder, the edges of bands."""
    yield Fraction(0)
    for bound in {low, high}:
        yield from (bound, -bound, 2 * bound, bound / 2)
        line = settings.get("pass_line")
        if line:
            yield from (bound * line, bound / line, bound * (2 - line))
        yield from (bound * step for step, _ in settings.get("ladder", ()))
    yield from (edge for edge, _ in settings.get("bands", ()))


def ties(target: Fraction, weight: Fraction) -> Iterator[Fraction]:
    """Where the score lies half way between two steps, in every family."""
    if not weight:
        return
    for half_steps in (1, 3, 5, 99, 1333):
        share = half_steps * STEP / 2 / weight
        yield from (target * share, target / share, target * (2 - share), target * (1 - share))
        yield from (target * (1 + share), share)


def beside(point: Fraction, ulp: Fraction = ULP) -> tuple[Fraction, ...]:
    """A point as a decimal: its last digit, and one more and one less."""
    nearest = point // ulp * ulp
    return nearest - ulp, nearest, nearest + ulp


def grid(ruled: Ruled, comparison: str) -> Iterator[Case]:
    """Every special target, and for each the actuals at and beside every threshold."""
    for low in GRID_TARGETS:
        high = low + abs(low) / 4 if comparison == "range" else low
        points = {near for point in thresholds(low, high, ruled.settings) for near in beside(point)}
        points |= {Fraction(-(10**12)), Fraction(10**12), high + 1, low - 1, (low + high) / 2}
        yield from (Case(comparison, low, high, actual) for actual in sorted(points))


def decimals(least: int = -(10**12), most: int = 10**12) -> st.SearchStrategy[Fraction]:
    """Decimals of up to six digits behind the point, the special ones among them."""
    special = [number for number in TARGETS if least <= number <= most]
    short = st.builds(lambda n, places: Fraction(n, 10**places), st.integers(-9999, 9999), st.integers(0, 6))
    long = st.builds(lambda n: Fraction(n, 10**6), st.integers(least * 10**6, most * 10**6))
    return st.one_of(st.sampled_from(special), short.filter(lambda n: least <= n <= most), long)


weights = st.one_of(st.sampled_from(WEIGHTS), st.builds(lambda n: Fraction(n, 1000), st.integers(1, 100_000)))


@st.composite
def cases(
    draw: st.DrawFn,
    ruled: Ruled,
    comparison: str,
    *,
    weight: Fraction = Fraction(10),
    targets: st.SearchStrategy[Fraction] | None = None,
) -> Case:
    """A row near a threshold or a tie of rounding, or anywhere."""
    low = draw(targets or decimals())
    width = draw(decimals(0)) if comparison == "range" else Fraction(0)
    high = low + width
    if draw(st.integers(0, 4)) == 0:
        return Case(comparison, low, high, draw(decimals()))
    points = [*thresholds(low, high, ruled.settings), *ties(low, weight)]
    point = points[draw(st.integers(0, len(points) - 1))]
    ulp = Fraction(1, 10 ** draw(st.integers(0, 6)))
    return Case(comparison, low, high, point // ulp * ulp + draw(st.integers(-1, 1)) * ulp)


# The books --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """A book, and what its TOML says, for the oracle."""

    name: str
    book: RuleBook
    content: Mapping[str, Any]

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of the rule in proportion."""
        given = self.content["settings"]
        line = given.get("pass_line")
        return {
            "reverse": given["reverse"],
            "equality": given["equality"],
            "zero_under_ceiling": given["zero_under_ceiling"],
            "pass_line": None if line is None else Fraction(line),
            "ladder": tuple(_edges(given.get("ladder", []))),
        }

    @property
    def satisfaction(self) -> oracle.Edges:
        """The bands of satisfaction; empty where it is in proportion."""
        setting = self.content["settings"]["satisfaction"]
        return () if setting == "proportional" else tuple(_edges(setting["bands"]))

    @property
    def execution(self) -> oracle.Edges:
        """The bands of the execution rate; empty where it is in proportion."""
        return tuple(_edges(self.content["execution"]["rule"].get("bands", [])))

    def ruled(self, name: str) -> Ruled:
        """A rule of the book, for the oracle (the oracle needs no more of it than its settings)."""
        if name == "satisfaction" and self.satisfaction:  # read at the actual in %
            return Ruled(Banded(()), {"bands": [(100 * edge, factor) for edge, factor in self.satisfaction]})
        if name == "direct":
            names = ("equality", "zero_under_ceiling")
            return Ruled(Direct(), {key: self.settings[key] for key in names})
        if name in ("graded", "stated"):
            return Ruled(Graded() if name == "graded" else Stated(), {"reverse": self.settings["reverse"]})
        return Ruled(Proportional(), self.settings)

    def rounded(self, fraction: Fraction, weight: Fraction) -> Fraction:
        """The score of a fraction of the weight: rounded once, then clamped (§1)."""
        rounding = self.content["rounding"]
        mode = rounding["mode"]
        if rounding["rate_first"]:
            fraction = oracle.rounded(fraction, Fraction(1), Fraction(1, 10_000), mode)
        return oracle.rounded(fraction * weight, weight, Fraction(rounding["step"]), mode)

    def __repr__(self) -> str:
        return self.name


def _edges(entries: Sequence[Mapping[str, str]]) -> Iterator[tuple[Fraction, Fraction]]:
    for entry in entries:
        start = entry["from"]
        share = Fraction(start.removesuffix("%")) / (100 if start.endswith("%") else 1)
        yield share, Fraction(entry["factor"])


def _book(name: str, text: bytes) -> Book:
    return Book(name, read_rulebook(text, name=name), tomllib.loads(text.decode()))


_EXAMPLES = Path(__file__).parents[2] / "examples" / "rulebooks"
BOOKS = (
    *(_book(name, built_in_text(name)) for name in BUILT_IN),
    *(_book(path.stem, path.read_bytes()) for path in sorted(_EXAMPLES.glob("*.toml"))),
    *(_book(name, text_of(name).encode()) for name in TEST_BOOKS),
)
books = st.sampled_from(BOOKS)


# How a row asks for each rule of a book.
PRINTED = {
    "proportional": "按照正常比例赋分",
    "direct": "直接赋分",
    "satisfaction": "满意度赋分",
    "graded": "按评判等级赋分",
    "stated": "少检查一个扣1分",
}


def scored(
    book: Book, rule: str, case: Case, weight: Fraction, unit: str | None = None
) -> perfeval.IndicatorScore:
    """Score a row from its cells, satisfaction in per cent."""
    target, actual = cells(case, unit if unit is not None else "%" if rule == "satisfaction" else "万元")
    return perfeval.score_indicator(
        target, actual, weight=text_of_number(weight), rule=PRINTED[rule], rulebook=book.book
    )


@st.composite
def rows(draw: st.DrawFn, book: Book, rule: str) -> tuple[Case, Fraction]:
    """A row for a rule of a book, of any comparison, and its weight."""
    weight = draw(weights)
    return draw(cases(book.ruled(rule), draw(st.sampled_from(COMPARISONS)), weight=weight)), weight


def text_of_number(value: Fraction) -> str:
    """A decimal as a person writes it, without exponent."""
    digits = 0
    while (value * 10**digits).denominator > 1:
        digits += 1
    scaled = f"{abs(value.numerator) * 10**digits // value.denominator:0{digits + 1}d}"
    whole = f"{scaled[:-digits]}.{scaled[-digits:]}" if digits else scaled
    return f"-{whole}" if value < 0 else whole


def cells(case: Case, unit: str, *, factor: int = 1) -> tuple[str, str]:
    """Target and actual as cells, in a unit of which there are ``factor`` to the case's own."""
    low, high, actual = (text_of_number(value * factor) for value in (case.low, case.high, case.actual))
    if case.comparison == "range":
        return f"≥{low}{unit}且≤{high}{unit}", f"{actual}{unit}"
    return f"{case.comparison}{low}{unit}", f"{actual}{unit}"
