"""Matches that leave an indicator without a rule that can score it, and matches that no indicator ever meets."""

from __future__ import annotations

__all__ = ["match_gaps"]

import re
from collections.abc import Iterator

from perfeval.formula.nodes import Refuse
from perfeval.messages import Wording
from perfeval.rulebook.model import Match, RuleBook, TargetKind
from perfeval.rules import Kind, Rule
from perfeval.structure import PathProblem

_UNFIT = Wording(
    "RB-UNFIT",
    "指标值为{target}、没有印赋分规则的指标用到这一条，而 {rule} 不能给它评分；请在前面加一条 "
    'target = "{kind}" 的 match',
    "an indicator with a {kind} as target and no printed rule meets this match, and {rule} cannot score it; put a "
    'match with target = "{kind}" before it',
)
_COVERED = Wording(
    "RB-COVERED",
    "前面第 {index} 条 match 已经包括了这一条的全部情况，此条永远不会用到",
    "match {index} before it takes all that this one could take, so this one is never reached",
)
_NAMES = {
    TargetKind.NUMBER: "数字",
    TargetKind.RANGE: "区间",
    TargetKind.DEADLINE: "日期",
    TargetKind.TEXT: "文字",
}
_KINDS = {
    TargetKind.NUMBER: (Kind.AT_LEAST, Kind.EQUAL, Kind.AT_MOST),
    TargetKind.RANGE: (Kind.RANGE,),
    TargetKind.DEADLINE: (Kind.DEADLINE,),
    TargetKind.TEXT: (Kind.ASSERTED,),
}


def match_gaps(book: RuleBook) -> Iterator[PathProblem]:
    """Give the targets that meet no rule for them, and the matches that an earlier one covers."""
    for target in TargetKind:
        index = next(place for place, entry in enumerate(book.match) if _takes_plain(entry, target))
        rule = _rule(book, index, target)
        if any(isinstance(rule.formula(kind), Refuse) for kind in _KINDS[target]):
            message = _UNFIT(target=_NAMES[target], kind=target, rule=rule.kind)
            yield PathProblem(("match", index), message)
    for index, later in enumerate(book.match):
        covering = next((n for n, earlier in enumerate(book.match[:index]) if _covers(earlier, later)), None)
        if covering is not None:
            yield PathProblem(("match", index), _COVERED(index=covering + 1))


def _takes_plain(entry: Match, target: TargetKind) -> bool:
    """Say whether an entry takes an indicator of which only the target is known."""
    special = (entry.printed, entry.printed_other, entry.level, entry.level1, entry.level2, entry.level3)
    return not any(special) and entry.target in (None, target)


def _rule(book: RuleBook, index: int, target: TargetKind) -> Rule:
    rule = book.rules[index]
    if rule is not None:
        return rule
    return book.graded_rule if target is TargetKind.TEXT else book.satisfaction_rule


def _covers(earlier: Match, later: Match) -> bool:
    """Say whether every row that ``later`` holds for is one that ``earlier`` holds for."""
    return (
        earlier.target in (None, later.target)
        and (not earlier.printed_other or later.printed_other or _prints_something(later))
        and (not earlier.printed or _all_within(later.printed, earlier.printed))
        and (not earlier.level or any(_have(words, earlier.level) for words in _levels(later)))
        and (not earlier.level1 or _have(later.level1, earlier.level1))
        and (not earlier.level2 or _have(later.level2, earlier.level2))
        and (not earlier.level3 or _have(later.level3, earlier.level3))
    )


def _prints_something(entry: Match) -> bool:
    return bool(entry.printed) and all(pattern.strip("*") for pattern in entry.printed)


def _all_within(narrow: tuple[str, ...], wide: tuple[str, ...]) -> bool:
    """Say whether every text that one of the narrow patterns takes is taken by one of the wide ones."""
    return bool(narrow) and all(any(_within(pattern, other) for other in wide) for pattern in narrow)


def _within(narrow: str, wide: str) -> bool:
    # The parts of the wide pattern hold no *, so each is found in what the narrow one fixes, in the same order.
    return re.search(".*".join(re.escape(part) for part in wide.split("*")), narrow) is not None


def _levels(entry: Match) -> tuple[tuple[str, ...], ...]:
    return entry.level, entry.level1, entry.level2, entry.level3


def _have(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether each of the words has one of the wanted in it, so that a name with the word has it too."""
    return bool(words) and all(any(part in word for part in wanted) for word in words)
