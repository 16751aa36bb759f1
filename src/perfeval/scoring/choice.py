"""Which rule of a book applies to an indicator, and which way its target looks (docs/semantics.md §2, §3)."""

from __future__ import annotations

__all__ = [
    "Choice",
    "choose",
    "direction",
    "execution_choice",
    "name_of_kind",
    "rule_of_kind",
    "target_kind",
    "telling",
]

import re
from functools import lru_cache

import attrs

from perfeval.errors import UsageError
from perfeval.formula.exact import Evaluator
from perfeval.messages import Wording
from perfeval.rulebook import Match, RuleBook, TargetKind
from perfeval.rules import RULES, Kind, Rule
from perfeval.scoring.working import score_evaluator
from perfeval.values import Comparison, Deadline, Missing, Operator, Range, Target, Text, parse_target, squash

_NO_SUCH_KIND = Wording(
    "CALL-RULE",
    "评分办法 {book} 没有用到“{kind}”规则；可用 {kinds}，或印出的赋分规则文字",
    "rule book {book} does not use the rule '{kind}'; give one of {kinds}, or the printed text of a rule",
)
_COST = "成本"


@attrs.frozen
class Choice:
    """The rule of a book that was chosen, by which match of it (from 0), and whether it is for 满意度."""

    book: RuleBook = attrs.field(repr=False)
    rule: Rule
    match: int | None = None
    is_satisfaction: bool = False
    _evaluators: dict[Kind, Evaluator] = attrs.field(factory=dict, eq=False, repr=False, init=False)

    def evaluator(self, kind: Kind) -> Evaluator:
        """Give the formula of the rounded score; kept here, because a look-up for each row costs as much as the sum."""
        found = self._evaluators.get(kind)
        if found is None:
            found = self._evaluators[kind] = score_evaluator(self.rule, kind, self.book.rounding)
        return found

    def __reduce__(self) -> tuple[type[Choice], tuple[RuleBook, Rule, int | None, bool]]:
        """Leave the compiled formulas out of a pickle."""
        return Choice, (self.book, self.rule, self.match, self.is_satisfaction)


def target_kind(target: Target | None) -> TargetKind:
    """Give what a target is; one that is missing or unreadable counts as a number until it is known."""
    if isinstance(target, Comparison) or target is None:
        return TargetKind.NUMBER
    if isinstance(target, Range):
        return TargetKind.RANGE
    if isinstance(target, Deadline):
        return TargetKind.DEADLINE
    return TargetKind.TEXT if isinstance(target, Text) else TargetKind.NUMBER


# Forms repeat their printed rules and their indicator names; a book hashes in no time (its hash is kept).
@lru_cache(8192)
def choose(
    book: RuleBook,
    printed: str | None,
    level1: str | None,
    level2: str | None,
    level3: str | None,
    target: TargetKind,
) -> Choice:
    """Give the first match of the book that holds for an indicator."""
    text = _printed_text(printed)
    levels = tuple(squash(level or "") for level in (level1, level2, level3))
    for index, entry in enumerate(book.match):
        if _holds(entry, text, levels, target):
            return _resolved(book, book.rules[index], index, target)
    raise AssertionError(
        "the last match has no condition"
    )  # pragma: no cover - loading a book makes sure of it


@lru_cache(1024)  # forms print the same few
def _printed_text(printed: str | None) -> str:
    """Give the printed rule without white space; a dash or slash is nothing printed."""
    if not printed or isinstance(parse_target(printed), Missing):
        return ""
    return squash(printed)


def _holds(entry: Match, printed: str, levels: tuple[str, ...], target: TargetKind) -> bool:
    if entry.printed and not any(_matches(pattern, printed) for pattern in entry.printed):
        return False
    if entry.printed_other and not printed:
        return False
    if entry.target is not None and entry.target is not target:
        return False
    if entry.level and not any(word in level for word in entry.level for level in levels):
        return False
    wanted = (entry.level1, entry.level2, entry.level3)
    return all(
        not words or any(word in level for word in words) for words, level in zip(wanted, levels, strict=True)
    )


def _matches(pattern: str, printed: str) -> bool:
    return _expression(pattern).search(printed) is not None


@lru_cache(256)
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")))


def _resolved(book: RuleBook, rule: Rule | None, index: int | None, target: TargetKind) -> Choice:
    if rule is not None:
        return Choice(book, rule, index)
    if target is TargetKind.TEXT:  # 满意度 with a text target goes on to the graded rule
        return Choice(book, book.graded_rule, index)
    return Choice(book, book.satisfaction_rule, index, is_satisfaction=True)


@lru_cache(64)
def _telling_words(book: RuleBook) -> tuple[str, ...]:
    """Give the words that a book, or the direction of a target, looks for in the names of levels."""
    words = {_COST, *book.settings.lower_is_better, *book.settings.lower_is_better_except}
    for entry in book.match:
        words.update((*entry.level, *entry.level1, *entry.level2, *entry.level3))
    return tuple(sorted(words))


def telling(book: RuleBook, level: str | None) -> str:
    """Give what matters of the name of a level to ``choose`` and ``direction``: names are many, these are few."""
    name = squash(level or "")
    return "\n".join(word for word in _telling_words(book) if word in name) if name else ""


@lru_cache(64)
def execution_choice(book: RuleBook) -> Choice:
    """Give the rule of the execution rate."""
    return Choice(book, book.execution.rule)


def name_of_kind(text: str) -> bool:
    """Say whether a text is the kind of a rule (``direct``) rather than a printed rule."""
    return text == "satisfaction" or any(rule.kind == text for rule in RULES)


def rule_of_kind(book: RuleBook, kind: str, target: TargetKind) -> Choice:
    """Give the rule of a kind as the book uses it. Raises UsageError for one that it does not use."""
    if kind == "satisfaction":
        return _resolved(book, None, None, target)
    candidates = [*(rule for rule in book.rules if rule), book.satisfaction_rule, book.graded_rule]
    for rule in candidates:
        if rule.kind == kind:
            return Choice(book, rule)
    kinds = sorted({rule.kind for rule in candidates} | {"satisfaction"})
    raise UsageError(_NO_SUCH_KIND(book=book.id, kind=kind, kinds=" ".join(kinds)))


@lru_cache(8192)
def direction(book: RuleBook, level1: str | None, level2: str | None, level3: str | None) -> Operator:
    """Give the direction of a target without operator: ≤ for costs and what is better when lower, else =."""
    if any(_COST in squash(level) for level in (level1, level2) if level):
        return Operator.AT_MOST
    name = squash(level3 or "")
    lower = any(word in name for word in book.settings.lower_is_better)
    excepted = any(word in name for word in book.settings.lower_is_better_except)
    return Operator.AT_MOST if lower and not excepted else Operator.EQUAL
