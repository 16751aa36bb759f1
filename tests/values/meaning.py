"""One short line for what a cell means, so that tables of notations can be read."""

from decimal import Decimal

from perfeval.values import Comparison, Deadline, Missing, Quantity, Range, Target, Text, Unparsed
from perfeval.values.dates import Day


def meaning(value: Target | Quantity | Decimal) -> str:
    """Give ``>= 90 %``, ``3 次 .. 5 次``, ``by 12-31``, ``text 好``, ``missing dash``, ``unparsed number``."""
    match value:
        case Decimal():
            return f"{value:f}"
        case Quantity():
            number = f"{'~' if value.approximate else ''}{value.number:f}"
            return f"{number} {value.unit.symbol}".rstrip()
        case Comparison():
            return f"{value.operator or ''} {meaning(value.quantity)}".lstrip()
        case Range():
            return f"{meaning(value.low)} .. {meaning(value.high)}"
        case Deadline():
            return _period(value)
        case Text():
            return f"text {value.text}"
        case Missing():
            return f"missing {value.reason}"
        case Unparsed():
            return f"unparsed {value.reason}"


def _period(deadline: Deadline) -> str:
    period = deadline.period
    if period.month is not None:
        assert (period.first[:2], period.last[:2]) == ((None, period.month), (None, period.month))
        days = f"month {period.month}"
    elif period.first == period.last:
        days = _day(period.last)
    else:
        days = f"{_day(period.first)} .. {_day(period.last)}"
    return f"by {days}" if period.before else f"on {days}"


def _day(day: Day) -> str:
    year, month, number = day
    return (f"{year}-" if year is not None else "") + f"{month:02}-{number:02}"
