"""What a rule book leaves open, or says without effect: it can be loaded, and should not be used before it is mended."""

from __future__ import annotations

__all__ = ["gaps"]

from collections.abc import Iterator, Sequence

import attrs

from perfeval.formula import Refused, evaluate, plain
from perfeval.formula.exact import round_pair
from perfeval.messages import Wording
from perfeval.rulebook.consistency import setting_names
from perfeval.rulebook.matches import match_gaps
from perfeval.rulebook.model import RuleBook, Settings
from perfeval.rules import Band, Banded, Kind, Proportional, Rule
from perfeval.structure import Path, PathProblem

_EXECUTION = Wording(
    "RB-UNSCORED",
    "{rule} 规则给不出没有执行完的得分，不能用于执行率",
    "the rule {rule} has no score for a budget that is not spent in full; it is none for the execution rate",
)
_TO_ZERO = Wording(
    "RB-BAND-ZERO",
    '低于 {start} 的没有档；请补上 {{ from = "0%", factor = "0" }}，或写明应得的系数',
    'there is no band below {start}; add {{ from = "0%", factor = "0" }}, or the factor that it earns',
)
_NO_FULL = Wording(
    "RB-BAND-FULL",
    "最高一档的系数是 {factor}，谁也得不到满分",
    "the factor of the highest band is {factor}: nobody can earn full marks",
)
_GRADE_NAME = Wording("RB-GRADE-NAME", "等级“{name}”写了两次", "the grade '{name}' is there twice")
_GRADE_HIGH = Wording(
    "RB-GRADE-HIGH",
    "等级从 {start} 分开始，而总分只有 {sum}，谁也达不到",
    "the grade begins at {start}, and all weights make {sum}: nobody can reach it",
)
_PATTERN_SUM = Wording(
    "RB-PATTERN-SUM",
    "这一组分值合计 {found}，应为 weights.sum = {sum}",
    "these weights make {found}, not weights.sum = {sum}",
)
_PATTERN_LENGTH = Wording(
    "RB-PATTERN-LENGTH",
    "应有 5 个分值（执行率、成本、产出、效益、满意度），现有 {found} 个",
    "there must be 5 weights (execution, cost, output, benefit, satisfaction), not {found}",
)
_PATTERN_EXECUTION = Wording(
    "RB-PATTERN-EXECUTION",
    "没有一组 weights.patterns 的执行率是 {weight} 分",
    "no entry of weights.patterns gives the execution rate {weight}",
)
_MOST = Wording(
    "RB-MOST",
    "执行率的分值 {weight} 高于 execution.most_weight = {most}，印在表上会被当作读错",
    "the execution rate weighs {weight}, above execution.most_weight = {most}: printed in a table it would be taken "
    "for a reading error",
)
_STEP = Wording(
    "RB-STEP",
    "得分取整到 {step}，分值 {weight} 分的指标完成目标只得 {found} 分",
    "scores are rounded to {step}: an indicator of {weight} points that reaches its target earns {found}",
)
_NO_BASIS = Wording(
    "RB-NO-BASIS", "写了取值，没有写依据（[[basis]]）", "has a value and no basis (see [[basis]])"
)
_NO_SOURCE = Wording("RB-NO-SOURCE", "依据没有写出处", "the basis names no source")
_NO_REASON = Wording("RB-NO-REASON", "没有写为什么不守这条规律", "there is no reason why the law is broken")
_NO_RULE = Wording(
    "RB-BREAKS-RULE",
    "本办法没有用到“{rule}”；用到的是 {rules}",
    "this book does not use '{rule}'; it uses {rules}",
)
_IDLE = Wording("RB-IDLE", "设了取值，但没有一条规则用到它", "is set, and no rule of the book uses it")
_PASS_LINE = Wording(
    "RB-PASS-LINE-ZERO",
    "及格线是 0，等于没有及格线；不设及格线请删去这一行",
    "a pass line of 0 is none; leave the line out",
)
_EXCEPTED = Wording(
    "RB-EXCEPTED",
    "“{word}”含有 lower_is_better_except 的“{other}”，永远不起作用",
    "'{word}' holds '{other}' of lower_is_better_except and never counts",
)
_MARK = Wording(
    "RB-MARK",
    "超额的起点 {value} 必须大于 1，否则完成目标就算超额",
    "the mark {value} must be above 1, or reaching the target counts as over-achieved",
)


def gaps(book: RuleBook) -> Iterator[PathProblem]:
    """Give what a book leaves open and what contradicts itself, each with the path of the setting."""
    yield from match_gaps(book)
    yield from _execution(book)
    if isinstance(book.satisfaction_rule, Banded):
        yield from _bands(book.satisfaction_rule.bands, ("settings", "satisfaction", "bands"))
    for index, rule in enumerate(book.rules):
        if isinstance(rule, Banded):
            yield from _bands(rule.bands, ("match", index, "rule", "bands"))
    yield from _grades(book)
    yield from _weights(book)
    yield from _full_marks(book)
    yield from _bases(book)
    yield from _declarations(book)
    yield from _without_effect(book)


def _execution(book: RuleBook) -> Iterator[PathProblem]:
    rule = book.execution.rule
    if isinstance(rule, Banded):
        yield from _bands(rule.bands, ("execution", "rule", "bands"))
    half = {"target": (100, 1), "actual": (50, 1), "share": (1, 2)}
    try:
        evaluate(rule.formula(Kind.AT_LEAST), half)
    except Refused:
        yield PathProblem(("execution", "rule"), _EXECUTION(rule=rule.kind))


def _bands(bands: Sequence[Band], path: Path) -> Iterator[PathProblem]:
    if not bands:  # what the loader refuses already
        return
    if bands[0].factor != 1:
        yield PathProblem((*path, 0, "factor"), _NO_FULL(factor=bands[0].factor))
    if bands[-1].start != 0:
        yield PathProblem((*path, len(bands) - 1, "from"), _TO_ZERO(start=bands[-1].start))


def _grades(book: RuleBook) -> Iterator[PathProblem]:
    seen: set[str] = set()
    for index, grade in enumerate(book.grades):
        if grade.name in seen:
            yield PathProblem(("grades", index, "name"), _GRADE_NAME(name=grade.name))
        seen.add(grade.name)
        if grade.start > book.weights.sum:
            message = _GRADE_HIGH(start=grade.start, sum=book.weights.sum)
            yield PathProblem(("grades", index, "from"), message)


def _weights(book: RuleBook) -> Iterator[PathProblem]:
    weights, execution = book.weights, book.execution
    for index, pattern in enumerate(weights.patterns):
        path = ("weights", "patterns", index)
        if len(pattern) != 5:
            yield PathProblem(path, _PATTERN_LENGTH(found=len(pattern)))
        elif sum(pattern) != weights.sum:
            yield PathProblem(path, _PATTERN_SUM(found=sum(pattern), sum=weights.sum))
    if weights.patterns and all(pattern[:1] != (execution.weight,) for pattern in weights.patterns):
        yield PathProblem(("execution", "weight"), _PATTERN_EXECUTION(weight=execution.weight))
    if execution.weight > execution.most_weight:
        message = _MOST(weight=execution.weight, most=execution.most_weight)
        yield PathProblem(("execution", "weight"), message)


def _full_marks(book: RuleBook) -> Iterator[PathProblem]:
    """Look at whole weights: full marks are rounded like any other."""
    step, mode = book.rounding.step, book.rounding.mode
    for weight in range(1, 21):
        found = round_pair(weight, 1, step.as_integer_ratio(), mode)
        if found[0] < weight * found[1]:
            yield PathProblem(("rounding", "step"), _STEP(step=step, weight=weight, found=plain(found)))
            return


def _bases(book: RuleBook) -> Iterator[PathProblem]:
    """Ask for the basis of what the file itself says; what it leaves out is the library's default."""
    written = book.origin.positions() if book.origin else {}
    covered = {name for basis in book.basis for name in basis.covers}
    for name in setting_names():
        path = tuple(name.split("."))
        if path in written and name not in covered:
            yield PathProblem(path, _NO_BASIS())
    for index, basis in enumerate(book.basis):
        if not basis.source.strip():
            yield PathProblem(("basis", index, "source"), _NO_SOURCE())


def _declarations(book: RuleBook) -> Iterator[PathProblem]:
    names = dict.fromkeys(["satisfaction" if rule is None else rule.kind for rule in book.rules])
    names["execution"] = None
    for index, entry in enumerate(book.breaks):
        if entry.rule not in names:
            message = _NO_RULE(rule=entry.rule, rules=" ".join(names))
            yield PathProblem(("breaks", index, "rule"), message)
        if not entry.reason.strip():
            yield PathProblem(("breaks", index, "reason"), _NO_REASON())


def _without_effect(book: RuleBook) -> Iterator[PathProblem]:
    settings = book.settings
    rules = [book.satisfaction_rule if rule is None else rule for rule in book.rules]
    for field in attrs.fields(Settings):
        value = getattr(settings, field.name)
        idle = field.name in _OF_RULES and not any(_uses(rule, field.name, value) for rule in rules)
        if value != field.default and (idle or (field.name == "satisfaction" and None not in book.rules)):
            yield PathProblem(("settings", field.name), _IDLE())
    if settings.pass_line == 0:
        yield PathProblem(("settings", "pass_line"), _PASS_LINE())
    for index, word in enumerate(settings.lower_is_better):
        other = next((other for other in settings.lower_is_better_except if other in word), None)
        if other is not None:
            path = ("settings", "lower_is_better", index)
            yield PathProblem(path, _EXCEPTED(word=word, other=other))
    for index, mark in enumerate(settings.over_achievement):
        if mark <= 1:
            yield PathProblem(("settings", "over_achievement", index), _MARK(value=mark))


_OF_RULES = frozenset(field.name for field in attrs.fields(Proportional))


def _uses(rule: Rule, name: str, value: object) -> bool:
    return getattr(rule, name, None) == value
