"""The printed rules that a form can offer, and the columns of calculations that score its rows."""

from __future__ import annotations

__all__ = [
    "LONGEST_REFERENCE",
    "SIGNS",
    "TEXT",
    "Cells",
    "Offered",
    "Sum",
    "execution_sums",
    "fits_a_cell",
    "needs_percent",
    "offered_rules",
    "sums_of",
]

from collections.abc import Iterable, Mapping
from contextlib import suppress

import attrs

from perfeval.errors import UsageError
from perfeval.formula import Node, RoundingMode
from perfeval.formula.nodes import Divide, Input, Multiply, Number, Refuse, Round, with_inputs
from perfeval.formula.spreadsheet import CellNumber, NoCellFormulaError, cell_formula, quoted
from perfeval.messages import Wording
from perfeval.report.template.words import ACHIEVED
from perfeval.rulebook import Match, RuleBook, TargetKind
from perfeval.rules import Banded, Kind, Rule
from perfeval.scoring.choice import choose
from perfeval.scoring.working import formula_of, score_formula

SIGNS: Mapping[str, Kind] = {"≥": Kind.AT_LEAST, "=": Kind.EQUAL, "≤": Kind.AT_MOST}
"""How a form writes the direction of a target that is a number."""

TEXT = "定性"
"""What it writes for a target in words."""

_DECIMALS = (2, 4, 6)  # few decimals leave room for large numbers, small numbers have room for many
_OF_WORDS = (0,)
_WEIGHT = 10**4  # 100.00
LONGEST_REFERENCE = "'自评表'!AA1000"
"""As long as any reference of a form."""

_LONGEST = 8000  # a cell holds 8192 characters
_LONGEST_TEXT = 250  # and a text in its formula 255
_DEEPEST = 50  # and 64 levels
_LARGEST = 15  # digits of the longest number that is tried
_NO_RULE = Wording(
    "TEMPLATE-RULES",
    "评分办法 {book} 没有只按印出文字选用的规则，赋分规则列无从下拉",
    "rule book {book} has no rule chosen by its printed name alone, which a form could offer",
)
_TOO_LONG = Wording(
    "TEMPLATE-LONG",
    "评分办法 {book} 的赋分规则太多或太长，写不进单元格",
    "rule book {book} has too many or too long rules for the cells of a form",
)
_NO_FORMULA = Wording(
    "TEMPLATE-FORMULA",
    "评分办法 {book} 写不成自动评分的表：{reason}",
    "rule book {book} cannot be a form that scores itself: {reason}",
)


@attrs.frozen
class Offered:
    """A printed rule of the list, and the rule for numbers and for words that it stands for."""

    name: str
    number: Rule
    text: Rule


@attrs.frozen
class Cells:
    """The references of the numbers of one row."""

    weight: str
    target: str
    actual: str


@attrs.frozen
class Sum:
    """A calculation: the formula for each number of decimals, over numbers up to a size."""

    node: Node
    most: Mapping[int, int] = attrs.field(hash=False)

    @classmethod
    def of(cls, node: Node, decimals: Iterable[int] = _DECIMALS) -> Sum:
        """Find how large numbers may be. Raises NoCellFormulaError where no number can be computed exactly."""
        return cls(node, {one: _largest(node, one) for one in decimals})

    @property
    def is_of_words(self) -> bool:
        """Say whether it looks at no number but the weight."""
        return tuple(self.most) == _OF_WORDS

    def formula(self, cells: Cells, scale: str) -> str:
        """Give the cell formula; the cell ``scale`` holds the decimals that the numbers have, or nothing."""
        text = '""'
        for decimals, most in sorted(self.most.items(), reverse=True):
            written = cell_formula(self.node, _numbers(cells, decimals, most), lambda _: "")
            text = f"IF({scale}={decimals},{written},{text})"
        return text

    @staticmethod
    def scale(sums: Iterable[Sum], cells: Cells) -> str:
        """Give the formula of the cell ``scale``: the fewest decimals that the numbers have, where none is too long."""
        limits = [one.most for one in sums]
        text = '""'
        for decimals in reversed(_DECIMALS):
            most = min(limit[decimals] for limit in limits) // 10**decimals
            fits = (
                f"ROUND({cell},{decimals})={cell},ABS({cell})<={most}"
                for cell in (cells.target, cells.actual)
            )
            text = f"IF(AND({','.join(fits)}),{decimals},{text})"
        numbers = ",".join(f"ISNUMBER({cell})" for cell in (cells.target, cells.actual))
        return f'IF(AND({numbers}),IF({_is_weight(cells)},{text},""),"")'

    @staticmethod
    def scale_of_words(cells: Cells) -> str:
        """Give the formula of the cell ``scale`` where an actual repeats a target in words, or says that it is met."""
        reached = ",".join(f"{cells.actual}={text}" for text in (cells.target, *map(quoted, ACHIEVED)))
        return f'IF(AND(ISTEXT({cells.target}),OR({reached})),IF({_is_weight(cells)},0,""),"")'


def _is_weight(cells: Cells) -> str:
    weight = cells.weight
    return f"IF(ISNUMBER({weight}),AND(ROUND({weight},2)={weight},{weight}>=0,{weight}<=100),FALSE)"


def _numbers(cells: Cells, decimals: int, most: int) -> dict[str, CellNumber]:
    return {
        "weight": CellNumber(cells.weight, 2, _WEIGHT),
        "target": CellNumber(cells.target, decimals, most),
        "actual": CellNumber(cells.actual, decimals, most),
    }


def _largest(node: Node, decimals: int) -> int:
    cells = Cells("A1", "B1", "C1")
    for digits in range(_LARGEST, decimals + 1, -1):
        with suppress(NoCellFormulaError):
            cell_formula(node, _numbers(cells, decimals, _power(digits)))
            return _power(digits)
    cell_formula(node, _numbers(cells, decimals, _power(decimals + 1)))  # what is wrong with it at any size
    return _power(decimals + 1)


def _power(digits: int) -> int:
    return int(10**digits)


def offered_rules(book: RuleBook) -> tuple[Offered, ...]:
    """Give the rules that a book chooses by their printed names alone. Raises UsageError where there is none."""
    found: list[Offered] = []
    for index, match in enumerate(book.match):
        if not _is_by_name_alone(match):
            break  # from here on the names of the indicators decide, which a form does not know
        name = match.printed[0].replace("*", "")
        number, text = (
            choose(book, name, None, None, None, kind) for kind in (TargetKind.NUMBER, TargetKind.TEXT)
        )
        if number.match == index:
            found.append(Offered(name, number.rule, text.rule))
    if not found:
        raise UsageError(_NO_RULE(book=book.id))
    return tuple(found)


def _is_by_name_alone(match: Match) -> bool:
    others = (match.level, match.level1, match.level2, match.level3, match.target, match.printed_other)
    return bool(match.printed) and not any(others)


def sums_of(book: RuleBook, offered: Iterable[Offered]) -> Mapping[tuple[str, str], Sum]:
    """Give the calculation for each sign and printed rule; none where the rule refuses every such row."""
    found: dict[tuple[str, str], Node] = {}
    for one in offered:
        for sign, kind in SIGNS.items():
            percent = Multiply(Input("actual"), Number(1, 100))
            found[sign, one.name] = with_inputs(formula_of(one.number, kind), {"share": percent})
        found[TEXT, one.name] = with_inputs(formula_of(one.text, Kind.ASSERTED), {"degree": Number(1)})
    return {
        key: _sum(book, node, _OF_WORDS if key[0] == TEXT else _DECIMALS)
        for key, node in found.items()
        if not isinstance(node, Refuse)
    }


def execution_sums(book: RuleBook) -> tuple[Sum, Sum]:
    """Give the calculations of the execution rate, as a fraction of one, and of its score."""
    share = Divide(Input("actual"), Input("target"))
    node = with_inputs(formula_of(book.execution.rule, Kind.AT_LEAST), {"share": share})
    rate = Sum.of(Round(share, Number(1, 10_000), RoundingMode.HALF_UP))
    return rate, _sum(book, node)


def _sum(book: RuleBook, fraction: Node, decimals: Iterable[int] = _DECIMALS) -> Sum:
    try:
        found = Sum.of(score_formula(fraction, book.rounding), decimals)
    except NoCellFormulaError as error:
        raise UsageError(_NO_FORMULA(book=book.id, reason=error.message.text("zh"))) from None
    cell = LONGEST_REFERENCE
    fits_a_cell(book, found.formula(Cells(cell, cell, cell), cell), 0)
    return found


def fits_a_cell(book: RuleBook, formula: str, levels: int) -> None:
    """Raise UsageError where a formula is too long or too deep: Excel takes the whole file for a damaged one."""
    constants = formula.split('"')[1::2]
    if len(formula) > _LONGEST or levels > _DEEPEST or any(len(text) > _LONGEST_TEXT for text in constants):
        raise UsageError(_TOO_LONG(book=book.id))


def needs_percent(rule: Rule) -> bool:
    """Say whether a rule looks at per cent only."""
    return isinstance(rule, Banded)
