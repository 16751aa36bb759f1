"""What a rule book must not say: edges out of order, settings that contradict, matches never reached."""

from __future__ import annotations

__all__ = ["inconsistencies"]

from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from perfeval.messages import Wording
from perfeval.rulebook.model import (
    Accept,
    ExecutionSetting,
    GradedSetting,
    Rounding,
    RuleBook,
    Settings,
    WeightsSetting,
)
from perfeval.rules import Band, Banded, Graded, Proportional, Rule
from perfeval.structure import Path, PathProblem

_DESCENDING = Wording("RB-DESCENDING", "各档下限必须由高到低：{values}", "lower edges must descend: {values}")
_ASCENDING = Wording("RB-ASCENDING", "各档必须由低到高：{values}", "steps must ascend: {values}")
_FACTORS = Wording(
    "RB-FACTORS",
    "各档系数必须由高到低，在 0 与 1 之间：{values}",
    "factors must descend, from 1 to 0: {values}",
)
_SHARES = Wording(
    "RB-SHARE",
    '{value} 不在 0 与 1 之间；百分数请写成 "80%"',
    '{value} is not from 0 to 1; write per cent as "80%"',
)
_ABOVE_ONE = Wording(
    "RB-LADDER", "超额档的起点 {value} 必须大于 1", "a step of over-achievement, {value}, must be above 1"
)
_POSITIVE = Wording("RB-POSITIVE", "{value} 必须大于 0", "{value} must be above 0")
_CAP = Wording("RB-CAP", "cap 只能是 1：得分不能超过分值", "cap can only be 1: no score exceeds its weight")
_NO_LAST = Wording(
    "RB-LAST",
    "最后一条 match 必须没有条件，否则有的指标没有规则",
    "the last match must have no condition, or some indicator has no rule",
)
_UNREACHED = Wording(
    "RB-UNREACHED",
    "前面第 {index} 条 match 没有条件，此条永远不会用到",
    "match {index} before it has no condition, so this one is never reached",
)
_TO_ZERO = Wording(
    "RB-GRADE-ZERO",
    "最低一档必须从 0 开始，现从 {value} 开始",
    "the lowest grade must begin at 0, not {value}",
)
_YEARS = Wording("RB-YEARS", "years 应为空或 [起, 止]", "years must be empty or [first, last]")
_COVERS = Wording("RB-COVERS", "没有“{name}”这个设置", "there is no setting '{name}'")
_TWICE = Wording("RB-TWICE", "设置“{name}”有两处依据", "the setting '{name}' has two bases")
_BANDS = Wording("RB-BANDS", "分档规则至少要有一档", "a banded rule needs a band")


_NEVER = Wording(
    "RB-NEVER",
    "“{law}”是任何规则都必须遵守的，不能声明不守",
    "'{law}' is kept by every rule; no book can break it on purpose",
)


def inconsistencies(book: RuleBook) -> Iterator[PathProblem]:
    """Give everything in a book that cannot be meant."""
    if book.rounding.step <= 0:
        yield PathProblem(("rounding", "step"), _POSITIVE(value=book.rounding.step))
    for path, value in (
        (("execution", "weight"), book.execution.weight),
        (("execution", "most_weight"), book.execution.most_weight),
        (("weights", "sum"), book.weights.sum),
    ):
        if value <= 0:
            yield PathProblem(path, _POSITIVE(value=value))
    if book.years and (len(book.years) != 2 or book.years[0] > book.years[1]):
        yield PathProblem(("years",), _YEARS())
    yield from _rule(book.execution.rule, ("execution", "rule"))
    if isinstance(book.execution.rule, Proportional):
        yield from _in_proportion(book.execution.rule, ("execution", "rule"))
    yield from _rule(book.satisfaction_rule, ("settings", "satisfaction"))
    yield from _graded(book.graded.bands, ("graded", "bands"))
    yield from _over_achievement(book.settings)
    yield from _in_proportion(book.settings, ("settings",))
    for index, setting in enumerate(book.accept.satisfaction):
        yield from _bands(setting.bands, ("accept", "satisfaction", index, "bands"))
    for index, rule in enumerate(book.rules):
        if rule is not None:
            yield from _own_parameters(book, rule, ("match", index, "rule"))
    yield from _matches(book)
    yield from _grades(book)
    yield from _bases(book)
    for index, entry in enumerate(book.breaks):
        if not entry.law.may_be_broken:
            yield PathProblem(("breaks", index, "law"), _NEVER(law=entry.law))


def _own_parameters(book: RuleBook, rule: Rule, path: Path) -> Iterator[PathProblem]:
    """Look at what a rule does not have from the book's settings; those are told once, with the settings."""
    if isinstance(rule, Graded) and rule.bands == book.graded.bands:
        return
    yield from _rule(rule, path)
    settings = book.settings
    if isinstance(rule, Proportional) and (rule.pass_line, rule.ladder) != (
        settings.pass_line,
        settings.ladder,
    ):
        yield from _in_proportion(rule, path)


def _in_proportion(given: Settings | Proportional, path: Path) -> Iterator[PathProblem]:
    if given.pass_line is not None and not 0 <= given.pass_line <= 1:
        yield PathProblem((*path, "pass_line"), _SHARES(value=given.pass_line))
    starts, factors = [step.start for step in given.ladder], [step.factor for step in given.ladder]
    if starts != sorted(set(starts)):
        yield PathProblem((*path, "ladder"), _ASCENDING(values=_listed(starts)))
    if any(start <= 1 for start in starts):
        yield PathProblem((*path, "ladder"), _ABOVE_ONE(value=min(starts)))
    yield from _factors(factors, (*path, "ladder"))


def _over_achievement(settings: Settings) -> Iterator[PathProblem]:
    marks = settings.over_achievement
    if list(marks) != sorted(set(marks)):
        yield PathProblem(("settings", "over_achievement"), _ASCENDING(values=_listed(marks)))


def _rule(rule: Rule, path: Path) -> Iterator[PathProblem]:
    if isinstance(rule, Proportional) and rule.cap != 1:
        yield PathProblem((*path, "cap"), _CAP())
    if isinstance(rule, Banded):
        if not rule.bands:
            yield PathProblem((*path, "bands"), _BANDS())
        yield from _bands(rule.bands, (*path, "bands"))
    if isinstance(rule, Graded):
        yield from _graded(rule.bands, (*path, "bands"))


def _bands(bands: Sequence[Band], path: Path) -> Iterator[PathProblem]:
    starts = [band.start for band in bands]
    if starts != sorted(set(starts), reverse=True):
        yield PathProblem(path, _DESCENDING(values=_listed(starts)))
    for index, start in enumerate(starts):
        if not 0 <= start <= 1:
            yield PathProblem((*path, index, "from"), _SHARES(value=start))
    yield from _factors([band.factor for band in bands], path)


def _graded(bands: Sequence[Decimal], path: Path) -> Iterator[PathProblem]:
    if len(bands) != 2 or list(bands) != sorted(set(bands), reverse=True):
        yield PathProblem(path, _DESCENDING(values=_listed(bands)))
    for index, edge in enumerate(bands):
        if not 0 < edge <= 1:
            yield PathProblem((*path, index), _SHARES(value=edge))


def _factors(factors: Sequence[Decimal], path: Path) -> Iterator[PathProblem]:
    if list(factors) != sorted(factors, reverse=True) or any(not 0 <= factor <= 1 for factor in factors):
        yield PathProblem(path, _FACTORS(values=_listed(factors)))


def _matches(book: RuleBook) -> Iterator[PathProblem]:
    unconditional = [index for index, entry in enumerate(book.match) if entry.is_unconditional]
    if not unconditional:
        yield PathProblem(("match", len(book.match) - 1), _NO_LAST())
        return
    for index in range(unconditional[0] + 1, len(book.match)):
        yield PathProblem(("match", index), _UNREACHED(index=unconditional[0] + 1))


def _grades(book: RuleBook) -> Iterator[PathProblem]:
    starts = [grade.start for grade in book.grades]
    if starts != sorted(set(starts), reverse=True):
        yield PathProblem(("grades",), _DESCENDING(values=_listed(starts)))
    elif starts[-1] != 0:
        yield PathProblem(("grades", len(starts) - 1, "from"), _TO_ZERO(value=starts[-1]))


def _bases(book: RuleBook) -> Iterator[PathProblem]:
    names, seen = setting_names(), set()
    for index, basis in enumerate(book.basis):
        for position, name in enumerate(basis.covers):
            path: Path = ("basis", index, "covers", position)
            if name not in names:
                yield PathProblem(path, _COVERS(name=name))
            if name in seen:
                yield PathProblem(path, _TWICE(name=name))
            seen.add(name)


def setting_names() -> tuple[str, ...]:
    """Give the names of all settings that a basis can cover, such as ``settings.reverse``."""
    groups = {
        "rounding": Rounding,
        "execution": ExecutionSetting,
        "settings": Settings,
        "graded": GradedSetting,
        "accept": Accept,
        "weights": WeightsSetting,
    }
    named = [f"{group}.{field.name}" for group, kind in groups.items() for field in attrs.fields(kind)]
    return (*named, "match", "grades")


def _listed(values: Sequence[Decimal]) -> str:
    return ", ".join(str(value) for value in values)
