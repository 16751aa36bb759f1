"""The rows that are tried: at and beside every threshold of the given rule books."""

from __future__ import annotations

__all__ = ["Context", "contexts", "percentages", "row_examples", "small_numbers"]

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

import attrs

from perfeval.comparing.example import RowExample
from perfeval.comparing.thresholds import around, decimal_text, multiples, shares, tied_actuals
from perfeval.rulebook import Match, RuleBook

_OPERATORS = ("≥", "=", "≤", "")
_WEIGHTS = ("10", "1", "2", "5", "20", "100", "6.666")
_ONE, _HUNDREDTH = Fraction(1), Fraction(1, 100)
_UNKNOWN_RULE = "少完成一项扣1分"
_COST = "成本指标"
_OTHER_THAN_NUMBERS = (
    ("提升", "提升"),
    ("提升", "完成"),
    ("提升", "95%"),
    ("提升", "部分达成"),
    ("提升", "未达成"),
    ("提升", "未完成"),
    ("5-10次", "4次"),
    ("5-10次", "5次"),
    ("5-10次", "10次"),
    ("5-10次", "11次"),
    ("5-10次", "20次"),
    ("2024年6月", "2024年6月"),
    ("2024年6月", "2024年7月"),
    ("2024年6月", "按时"),
)
_WITHOUT_NUMBER = (
    ("", "3次"),
    ("—", "3次"),
    ("≥XX次", "3次"),
    ("不适用", "3次"),
    ("≥3次", ""),
    ("≥3次", "—"),
    ("≥3次", "**"),
    ("≥3次", "不适用"),
    ("≥3次", "完成"),
    ("≥3次", "3公里"),
    ("≥-3次", "-4次"),
    ("≥50%", "1"),
)


@attrs.frozen
class Context:
    """What a row says besides target and actual."""

    rule: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None

    def row(self, target: str, actual: str, weight: str = "10") -> RowExample:
        """Give a row with these cells."""
        return RowExample(target, actual, weight, self.rule, self.level1, self.level2, self.level3)


_PLAIN = Context()


def row_examples(books: Sequence[RuleBook]) -> Iterator[RowExample]:
    """Give rows at every threshold of the books, in every context that their matches know."""
    for target in (_ONE, Fraction(10), Fraction(100), Fraction(0)):
        yield from _numbers(books, _PLAIN, target, _OPERATORS, (_ONE, _HUNDREDTH))
    for weight in _WEIGHTS:
        yield from _ties(books, weight)
        yield from (RowExample("≥3次", actual, weight) for actual in ("2次", "3次"))
    yield from (RowExample(target, actual) for target, actual in _WITHOUT_NUMBER)
    yield from (RowExample("≥3次", "3次", weight) for weight in ("0", "", "—", "(40-50)分"))
    for context in contexts(books):
        yield from _numbers(books, context, Fraction(10), _OPERATORS, (_ONE,))
        yield from (context.row(f"{operator}95%", actual) for operator, actual in percentages(books))
        yield from (context.row(target, actual) for target, actual in _OTHER_THAN_NUMBERS)
    for context in (Context(level1=_COST), *(Context(level3=name) for name in _names(books))):
        yield from _numbers(books, context, Fraction(10), ("",), (_ONE,))


def small_numbers() -> Iterator[RowExample]:
    """Give every pair of small whole numbers: what only rounding tells apart is among them."""
    for target, weight in product(range(1, 17), ("10", "100")):
        yield from (RowExample(f"≥{target}次", f"{actual}次", weight) for actual in range(2 * target))


def contexts(books: Iterable[RuleBook]) -> tuple[Context, ...]:
    """Give what is printed in rows that the matches of the books know, and the row that says nothing."""
    found = (context for book in books for entry in book.match for context in _holding(entry))
    return tuple(dict.fromkeys((_PLAIN, *found)))


def _holding(entry: Match) -> Iterator[Context]:
    """Give contexts in which an entry can hold, one for each of its words."""
    rules = [pattern.replace("*", "") for pattern in entry.printed]
    if not rules and entry.printed_other:
        rules = [_UNKNOWN_RULE]
    words = {
        "rule": rules,
        "level1": entry.level1,
        "level2": entry.level2,
        "level3": (*entry.level3, *entry.level),
    }
    first = Context(**{name: choices[0] for name, choices in words.items() if choices})
    yield first
    for name, choices in words.items():  # one at a time: combinations of long lists would be millions
        yield from (attrs.evolve(first, **{name: choice}) for choice in choices)


def _names(books: Iterable[RuleBook]) -> list[str]:
    """Give names that the words for what is better when lower, and their exceptions, decide about."""
    found: set[str] = set()
    for book in books:
        lower, exceptions = book.settings.lower_is_better, book.settings.lower_is_better_except
        found.update(lower)
        found.update(word + exception for word in lower[-2:] for exception in exceptions)
    return sorted(found)


def percentages(books: Sequence[RuleBook]) -> Iterator[tuple[str, str]]:
    """Give an operator and an actual in % at and beside every edge of bands."""
    for edge in shares(books):
        for digit, operator in ((_ONE, "≥"), (_HUNDREDTH, "≥"), (_ONE, "≤")):
            actuals = (actual for actual in around(edge * 100, digit) if actual >= 0)
            yield from ((operator, f"{decimal_text(actual)}%") for actual in actuals)


def _numbers(
    books: Sequence[RuleBook],
    context: Context,
    target: Fraction,
    operators: Sequence[str],
    digits: Sequence[Fraction],
) -> Iterator[RowExample]:
    points = {near for multiple in multiples(books) for d in digits for near in around(multiple * target, d)}
    for actual, operator in product(sorted(points), operators):
        yield _counted(context, operator, target, actual, "10")


def _ties(books: Sequence[RuleBook], weight: str) -> Iterator[RowExample]:
    steps = sorted({book.rounding.step for book in books})
    for target, step in product((_ONE, Fraction(8), Fraction(16), Fraction(2000)), steps):
        for actual in tied_actuals(target, Decimal(weight), step):
            for near in (*around(actual, _HUNDREDTH)[1:], actual):
                if near >= 0:
                    yield from (_counted(_PLAIN, sign, target, near, weight) for sign in _OPERATORS[:3])


def _counted(context: Context, operator: str, target: Fraction, actual: Fraction, weight: str) -> RowExample:
    """Give whole numbers as a count, others as money: nobody counts half a time."""
    unit = "次" if target.denominator == actual.denominator == 1 else "万元"
    texts = (f"{operator}{decimal_text(target)}{unit}", f"{decimal_text(actual)}{unit}")
    return context.row(*texts, weight)
