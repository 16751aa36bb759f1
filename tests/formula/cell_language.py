"""A spreadsheet's formulas computed as spreadsheets do: in binary. LibreOffice is asked in the slow tests."""

import math
import re
from collections.abc import Mapping

_TOKEN = re.compile(r'"(?:[^"]|"")*"|[A-Z]+[0-9]+|[A-Z]+|[0-9]+|>=|<=|[-+*/(),<>=]')

Value = float | str


def compute(text: str, cells: Mapping[str, float]) -> Value:
    """Give the value of a formula of the few functions that the reader uses."""
    parser = _Parser(_TOKEN.findall(text), cells)
    assert "".join(parser.tokens) == text
    value = parser.comparison(wanted=True)
    assert not parser.tokens
    return value


class _Parser:
    def __init__(self, tokens: list[str], cells: Mapping[str, float]) -> None:
        self.tokens = tokens
        self.cells = cells

    def take(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def comparison(self, *, wanted: bool) -> Value:
        left = self.sum(wanted=wanted)
        sign = self.take(">=", ">", "=", "<", "<=")
        if sign is None:
            return left
        right = self.sum(wanted=wanted)
        assert isinstance(left, float)
        assert isinstance(right, float)
        holds = {
            ">=": left >= right,
            ">": left > right,
            "=": left == right,
            "<": left < right,
            "<=": left <= right,
        }
        return float(holds[sign])

    def sum(self, *, wanted: bool) -> Value:
        value = self.product(wanted=wanted)
        while sign := self.take("+", "-"):
            other = self.product(wanted=wanted)
            assert isinstance(value, float)
            assert isinstance(other, float)
            value = value + other if sign == "+" else value - other
        return value

    def product(self, *, wanted: bool) -> Value:
        value = self.single(wanted=wanted)
        while sign := self.take("*", "/"):
            other = self.single(wanted=wanted)
            assert isinstance(value, float)
            assert isinstance(other, float)
            if sign == "*":
                value *= other
            else:
                value = value / other if wanted or other else 0.0
        return value

    def single(self, *, wanted: bool) -> Value:
        part = self.tokens.pop(0)
        if part == "-":
            value = self.single(wanted=wanted)
            assert isinstance(value, float)
            return -value
        if part == "(":
            value = self.comparison(wanted=wanted)
            assert self.take(")")
            return value
        if part.startswith('"'):
            return part[1:-1].replace('""', '"')
        if part.isdigit():
            return float(part)
        if self.take("("):
            return self.call(part, wanted=wanted)
        return self.cells[part]

    def call(self, name: str, *, wanted: bool) -> Value:
        first = self.comparison(wanted=wanted)
        assert isinstance(first, float)
        assert self.take(",")
        if name == "IF":
            then = self.comparison(wanted=wanted and bool(first))
            assert self.take(",")
            otherwise = self.comparison(wanted=wanted and not first)
            assert self.take(")")
            return then if first else otherwise
        second = self.comparison(wanted=wanted)
        assert isinstance(second, float)
        assert self.take(")")
        size = abs(first)
        match name:
            case "MIN":
                return min(first, second)
            case "MAX":
                return max(first, second)
            case "ROUND":
                return math.copysign(math.floor(size + 0.5), first)
            case "ROUNDDOWN":
                return math.copysign(math.floor(size), first)
        raise AssertionError(name)
