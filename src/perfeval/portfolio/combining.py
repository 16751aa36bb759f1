"""Many cells to one: added up, averaged by the funds, or chosen; exact, with the reason where there is no answer."""

from __future__ import annotations

__all__ = ["STATEMENTS", "Given", "combine_numbers", "combine_statements", "combine_words", "written"]

from collections.abc import Sequence
from fractions import Fraction

import attrs

from perfeval.formula import plain
from perfeval.portfolio.aggregation import AggregatedCell, Contribution, Method, Obstacle
from perfeval.portfolio.settings import AggregationSettings, StatementBy
from perfeval.rules import Share
from perfeval.scoring.numbers import quotient
from perfeval.scoring.words import Statement, statements
from perfeval.values import Comparison, Operator, Quantity, Range, Target, Text, Unit

STATEMENTS = {
    Statement.ACHIEVED: "全部或基本达成预期指标",
    Statement.PARTLY: "部分达成预期指标并具有一定效果",
    Statement.NOT: "未达成预期指标且效果较差",
}
"""The statements as forms print them."""


@attrs.frozen
class Given:
    """What one table prints in a cell: one number, or both ends of a range, in the unit that they were read in."""

    contribution: Contribution
    value: Target
    quantities: tuple[Quantity, ...] = ()
    operator: Operator | None = None
    equals_target: bool = False


def combine_numbers(given: Sequence[Given], settings: AggregationSettings) -> AggregatedCell:
    """Add up absolute values, average relative ones by the funds; in the unit of the first table."""
    if len({one.operator for one in given}) > 1:
        return AggregatedCell(obstacle=Obstacle.OPERATORS_DIFFER)
    first = given[0].quantities[0]
    quantities = [quantity for one in given for quantity in one.quantities]
    if any(quantity.unit.dimension != first.unit.dimension for quantity in quantities):
        return AggregatedCell(obstacle=Obstacle.UNIT_MISMATCH)
    if first.unit.is_bare:
        return AggregatedCell(obstacle=Obstacle.UNIT_UNKNOWN)
    made = tuple(_in_unit(one, first.unit) for one in given)
    cell = AggregatedCell(
        unit=first.unit,
        operator=given[0].operator,
        is_approximate=any(quantity.approximate for quantity in quantities),
        decimals=max(-quantity.exponent for quantity in quantities if quantity.unit == first.unit),
        contributions=made,
    )
    slacks = [_half_a_digit(quantity, first.unit) for quantity in quantities]
    columns = list(zip(*(one.values for one in made), strict=True))
    if _is_one_of(first.unit, settings.summed) and not _is_one_of(first.unit, settings.not_summed):
        values = tuple(sum(column, Fraction(0)) for column in columns)
        return attrs.evolve(cell, method=Method.SUM, values=values, slack=sum(slacks, Fraction(0)))
    if not _is_one_of(first.unit, settings.averaged):
        return attrs.evolve(cell, obstacle=Obstacle.METHOD_UNKNOWN)
    cell = attrs.evolve(cell, slack=max(slacks))
    if len({one.values for one in made}) == 1:  # the average, whatever the funds are
        return attrs.evolve(cell, method=Method.SAME, values=made[0].values)
    funds, without = _funds(made)
    if funds is None:
        return attrs.evolve(cell, obstacle=Obstacle.NO_FUNDS, at=without)
    values = tuple(_average(column, funds) for column in columns)
    return attrs.evolve(cell, method=Method.AVERAGE, values=values)


def _half_a_digit(quantity: Quantity, unit: Unit) -> Fraction:
    """Give half a unit of the last digit of a measured number; a number that is counted is exact."""
    if not quantity.is_measured:
        return Fraction(0)
    scale = Fraction(quantity.unit.numerator * unit.denominator, quantity.unit.denominator * unit.numerator)
    return Fraction(10) ** quantity.exponent * scale / 2


def _in_unit(given: Given, unit: Unit) -> Contribution:
    values = tuple(Fraction(*quantity.in_unit(unit)) for quantity in given.quantities)
    return attrs.evolve(given.contribution, values=values)


def _is_one_of(unit: Unit, dimensions: tuple[str, ...]) -> bool:
    """Say whether a unit has one of the dimensions; ``count:`` stands for all counting words, / for all quotients."""
    own = unit.dimension
    if "/" in own:
        return "/" in dimensions
    return own in dimensions or ("count:" in dimensions and own.startswith("count:"))


def _funds(made: Sequence[Contribution]) -> tuple[list[Fraction] | None, tuple[int, ...]]:
    """Give the money of each table, or None and the tables without; money that is 0 everywhere weighs nothing."""
    without = tuple(one.part for one in made if one.funds is None)
    funds = [one.funds for one in made if one.funds is not None]
    return (None, without) if without or not sum(funds) else (funds, ())


def _average(values: Sequence[Fraction], funds: Sequence[Fraction]) -> Fraction:
    weighted = (value * weight for value, weight in zip(values, funds, strict=True))
    return sum(weighted, Fraction(0)) / sum(funds, Fraction(0))


def combine_words(given: Sequence[Given]) -> AggregatedCell:
    """Give what all tables say alike: a text, a date."""
    made = tuple(one.contribution for one in given)
    if any(one.value != given[0].value for one in given):
        return AggregatedCell(contributions=made, obstacle=Obstacle.TEXTS_DIFFER)
    return AggregatedCell(method=Method.SAME, text=made[0].text, contributions=made)


def combine_statements(
    given: Sequence[Given], bands: tuple[Share, ...], settings: AggregationSettings
) -> AggregatedCell:
    """Choose a statement: that of all tables, else by the score as a share of the weight, weighed by the funds."""
    same = combine_words(given)
    if same.method is not None:
        return same
    made = same.contributions
    said = {_said(one) for one in given}
    if len(said) == 1 and None not in said:
        return AggregatedCell(method=Method.STATEMENT, text=STATEMENTS[_known(said)], contributions=made)
    without = tuple(one.part for one in made if one.share is None)
    shares = [one.share for one in made if one.share is not None]
    if without:
        return AggregatedCell(contributions=made, obstacle=Obstacle.UNSCORABLE, at=without)
    banded = {_banded(share, bands) for share in shares}
    if settings.statement is StatementBy.BAND and len(banded) == 1:  # whatever the funds are
        return AggregatedCell(method=Method.STATEMENT, text=STATEMENTS[banded.pop()], contributions=made)
    funds, unknown = _funds(made)
    if funds is None:
        return AggregatedCell(contributions=made, obstacle=Obstacle.NO_FUNDS, at=unknown)
    share = _average(shares, funds)
    text = (
        STATEMENTS[_banded(share, bands)] if settings.statement is StatementBy.BAND else _nearest(made, share)
    )
    if text is None:
        return AggregatedCell(contributions=made, values=(share,), obstacle=Obstacle.TEXTS_DIFFER)
    return AggregatedCell(method=Method.STATEMENT, text=text, values=(share,), contributions=made)


def _said(given: Given) -> Statement | None:
    """Give the statement that the words of a cell are; None where they could be two or none."""
    if not isinstance(given.value, Text):
        return None
    found = statements(given.value.text, equals_target=given.equals_target)
    return found[0] if len(found) == 1 else None


def _known(said: set[Statement | None]) -> Statement:
    return next(one for one in said if one is not None)


def _banded(share: Fraction, bands: tuple[Share, ...]) -> Statement:
    if share >= Fraction(bands[0]):
        return Statement.ACHIEVED
    return Statement.PARTLY if share >= Fraction(bands[1]) else Statement.NOT


def _nearest(made: Sequence[Contribution], share: Fraction) -> str | None:
    """Give the text whose own share lies nearest; None where two texts lie equally near."""
    distances = [(abs(one.share - share), one.text) for one in made if one.share is not None]
    least = min(distance for distance, _ in distances)
    texts = {text for distance, text in distances if distance == least}
    return texts.pop() if len(texts) == 1 else None


def written(
    target: AggregatedCell, actual: AggregatedCell, decimals: int
) -> tuple[AggregatedCell, AggregatedCell]:
    """Write the numbers of a row: sums as they are, averages half up to as many decimals as tell target and actual apart.

    At least ``decimals``, and as many as the tables print; more where rounding would make a missed target look met, or
    the other way round.
    """
    digits = decimals
    while _order(target, actual, None) != _order(target, actual, digits):
        digits += 1
    return _with_text(target, digits), _with_text(actual, digits)


def _order(target: AggregatedCell, actual: AggregatedCell, digits: int | None) -> tuple[int, ...]:
    """Say how the actual lies to each number of the target, exact or as written."""
    if actual.unit.dimension != target.unit.dimension or not _is_number(target) or not _is_number(actual):
        return ()
    (value,) = _base(actual, digits)
    return tuple((value > bound) - (value < bound) for bound in _base(target, digits))


def _is_number(cell: AggregatedCell) -> bool:
    return cell.method is not None and not cell.unit.is_bare


def _base(cell: AggregatedCell, digits: int | None) -> list[Fraction]:
    size = Fraction(cell.unit.numerator, cell.unit.denominator)
    values = cell.values if digits is None else [Fraction(one.number) for one in _quantities(cell, digits)]
    return [Fraction(value) * size for value in values]


def _quantities(cell: AggregatedCell, digits: int) -> list[Quantity]:
    return [
        Quantity(
            quotient(value.as_integer_ratio(), _places(cell, value, digits)), cell.unit, cell.is_approximate
        )
        for value in cell.values
    ]


def _places(cell: AggregatedCell, value: Fraction, digits: int) -> int:
    """Give how many decimals a number is written with; a sum or a number that is the same everywhere is not rounded."""
    text = plain(value.as_integer_ratio())
    is_endless = "÷" in text
    if cell.method is Method.AVERAGE or is_endless:
        return max(digits, cell.decimals)
    return max(len(text.partition(".")[2]), cell.decimals, 0)


def _with_text(cell: AggregatedCell, digits: int) -> AggregatedCell:
    if not _is_number(cell):
        return cell
    quantities = _quantities(cell, digits)
    value = Comparison(cell.operator, quantities[0]) if len(quantities) == 1 else Range(*quantities)
    return attrs.evolve(cell, text=value.format())
