"""What checks of weights, totals and grades share: sums, each with the readings that a form allows."""

from __future__ import annotations

__all__ = [
    "Sums",
    "grade_of",
    "grade_of_sum",
    "inapplicable_rows",
    "is_doubtful",
    "level_weight",
    "may_be_rescaled",
    "printed_total",
    "row_weights",
    "scores_of",
    "stated_execution_scores",
    "stated_execution_weights",
    "sums_of",
    "total_weight",
    "usual_most",
]

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

import attrs

from perfeval.auditing.subject import Row, Table, once
from perfeval.formula import RoundingMode, round_pair
from perfeval.scoring.execution import has_execution_row
from perfeval.scoring.indicator import says_inapplicable
from perfeval.scoring.numbers import difference, total_of
from perfeval.table.cells import NumberCell
from perfeval.values import Missing, squash

# 产出指标(50分), 数量指标15分, 产出(50); not a range such as (40-50)分, and not the (一) of a list.
_LEVEL = re.compile(
    r"(?<![0-9.~—至-])([0-9]{1,3}(?:\.[0-9]{1,4})?)分[)\]】]?$|[(\[【]([0-9]{1,3}(?:\.[0-9]{1,4})?)[)\]】]$"
)
_NEAR = 2
_MODES = (RoundingMode.HALF_UP, RoundingMode.TRUNCATE)


def _number(cell: NumberCell | None) -> Decimal | None:
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None


def _is_nothing(cell: NumberCell | None) -> bool:
    return cell is None or isinstance(cell.value, Missing)


def row_weights(rows: Iterable[Row]) -> Decimal | None:
    """Give the sum of the weights; None where a row that counts has none that can be read.

    A row with neither weight nor score is a remark or a part of another row (其中…), and does not count.
    """
    weights = []
    for row in rows:
        if row.weight is not None:
            weights.append(row.weight)
        elif not (_is_nothing(row.indicator.weight) and _is_nothing(row.indicator.score)):
            return None
    return total_of(weights) if weights else None


def stated_execution_weights(table: Table) -> tuple[Decimal, ...]:
    """Give the weights printed with the money: forms print one, twice, or one for each part."""
    found = [number for row in table.evaluation.funding if (number := _number(row.weight)) is not None]
    return tuple(dict.fromkeys([*found, *([total_of(found)] if found else [])]))


def stated_execution_scores(table: Table) -> tuple[Decimal, ...]:
    """Give the scores printed with the money."""
    return tuple(
        dict.fromkeys(
            number for row in table.evaluation.funding if (number := _number(row.score)) is not None
        )
    )


def usual_most(table: Table) -> Decimal:
    """Give the most that an execution rate without printed weight may weigh."""
    return table.card.rulebook.execution.most_weight


def total_weight(table: Table) -> Decimal | None:
    """Give the weight printed in the total row."""
    return _number(table.evaluation.total.weight)


def printed_total(table: Table) -> Decimal | None:
    """Give the total printed."""
    return table.card.reported_total


def level_weight(name: str | None) -> Decimal | None:
    """Give the weight that is printed in the name of a level, such as 产出指标(50分)."""
    found = _LEVEL.search(squash(name or ""))
    return Decimal(found[1] or found[2]) if found else None


def is_doubtful(table: Table, field: str) -> bool:
    """Say whether a row, or this field of one, was read with a doubt: a sum over it is no proof then."""
    endings = (f".{field}", "]")
    parts = ("indicators[", "funding[", "total")
    return any(
        doubt.startswith(parts) and doubt.endswith((*endings, "total")) for doubt in table.evaluation.doubts
    )


def scores_of(table: Table) -> tuple[Decimal, ...] | None:
    """Give the printed scores of the rows that count; None where one of them has none that can be read."""
    scores = []
    for row in table.rows:
        if row.reported is not None:
            scores.append(row.reported)
        elif row.weight or not (_is_nothing(row.indicator.weight) and _is_nothing(row.indicator.score)):
            return None
    return tuple(scores) if scores else None


@once
def inapplicable_rows(table: Table) -> tuple[Row, ...]:
    """Give the rows that say 不适用: a form may take them out and rescale the rest to the whole."""
    return tuple(row for row in table.rows if says_inapplicable(row.indicator))


def may_be_rescaled(table: Table, total: Decimal) -> bool:
    """Say whether a total that is not the plain sum of the scores may be rescaled, because a row says 不适用."""
    sums = sums_of(table)
    return bool(inapplicable_rows(table)) and (sums is None or total not in sums.all)


@attrs.frozen
class Sums:
    """The printed scores added up: with each printed score of execution, and alone where that may be meant."""

    table: Table = attrs.field(repr=False)
    scores: tuple[Decimal, ...]
    rows: Decimal
    execution: tuple[Decimal, ...]

    @property
    def most_execution(self) -> Decimal | None:
        """What an execution score that is not printed may be at most; None where one is printed."""
        return (
            None if self.execution else max([usual_most(self.table), *stated_execution_weights(self.table)])
        )

    @property
    def all(self) -> tuple[Decimal, ...]:
        """Every sum that the total may be, the usual one first."""
        sums = [total_of([self.rows, one]) for one in self.execution]
        return tuple([*sums, self.rows] if self._is_alone_possible() else sums)

    def _is_alone_possible(self) -> bool:
        """Say whether the rows make up the total without execution."""
        if not self.execution or has_execution_row(self.table.evaluation, self.table.card.rulebook):
            return True
        weights = row_weights(self.table.rows)
        return weights is not None and weights in (
            self.table.card.rulebook.weights.sum,
            total_weight(self.table),
        )

    def fits(self, total: Decimal) -> bool:
        """Say whether the total is one of the sums, or may be where the score of execution is not printed."""
        most = self.most_execution
        if any(
            abs(exact - Fraction(total)) < Fraction(1, 10 ** _digits(total)) for exact in self._rescaled()
        ):
            return True
        if most is not None:
            return self.rows <= total <= total_of([self.rows, most])
        if any(total_of([self.rows, one]) == total for one in self.execution):
            return True
        return total == self.rows and self._is_alone_possible()

    def _rescaled(self) -> Iterator[Fraction]:
        """Give what the total is where 不适用 rows are taken out: the others rescaled with execution, or beside it."""
        without = inapplicable_rows(self.table)
        weights = row_weights(row for row in self.table.rows if row not in without)
        if not without or not weights or weights < 0:
            return
        whole, applicable = Fraction(self.table.card.rulebook.weights.sum), Fraction(weights)
        given = total_of(row.reported for row in without if row.reported is not None)
        scores = Fraction(difference(self.rows, given))
        yield scores * whole / applicable
        for weight in map(Fraction, stated_execution_weights(self.table)):
            for score in map(Fraction, self.execution):
                yield (scores + score) * whole / (applicable + weight)
                yield scores * (whole - weight) / applicable + score

    def rounds_to(self, total: Decimal) -> Decimal | None:
        """Give the sum that the total is when rounded, cut, or made of unrounded scores; None if there is none."""
        digits = [_digits(score) for score in (*self.scores, *self.execution[:1])]
        slack = sum((Fraction(1, 2 * 10**places) for places in digits if places), Fraction(0))
        for one in self.all:
            exact, step = Fraction(one), (1, 10 ** _digits(total))
            pair = exact.numerator, exact.denominator
            is_rounded = _digits(total) < max(digits) and any(
                Fraction(*round_pair(*pair, step, mode)) == Fraction(total) for mode in _MODES
            )
            if is_rounded or abs(exact - Fraction(total)) <= slack:
                return one
        return None


@once
def sums_of(table: Table) -> Sums | None:
    """Add up a table; None where a score that counts is not known."""
    scores = scores_of(table)
    return None if scores is None else Sums(table, scores, total_of(scores), stated_execution_scores(table))


def _digits(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def grade_of(table: Table, total: Decimal) -> str | None:
    """Give the grade of a total under the rule book."""
    return next((grade.name for grade in table.card.rulebook.grades if total >= grade.start), None)


def grade_of_sum(table: Table) -> tuple[Decimal, str] | None:
    """Give the sum of the printed scores and its grade, where the printed total is that sum rounded to another grade."""
    total = printed_total(table)
    if total is None or not _is_near_an_edge(table, total):
        return None
    sums = sums_of(table)
    if sums is None or sums.fits(total):
        return None
    near = sums.rounds_to(total)
    grade = None if near is None else grade_of(table, near)
    if near is None or grade is None or grade == grade_of(table, total):
        return None
    return near, grade


def _is_near_an_edge(table: Table, total: Decimal) -> bool:
    """Say whether rounding, which moves a total by a point or two at most, may have moved it over a grade's edge."""
    return any(
        0 <= difference(total, grade.start) <= _NEAR or 0 < difference(grade.start, total) <= _NEAR
        for grade in table.card.rulebook.grades
    )
