"""Reads a printed step back and computes it again: nothing of perfeval, only what stands on the line.

line    = value " = " sum [", " rounding " " step] [": " why]
sum     = product {("+" | "-") product}
product = factor {("×" | "÷") factor}
factor  = number | "-" factor | "(" sum ")"
"""

import re
from dataclasses import dataclass
from fractions import Fraction

_LINE = re.compile(r"\s*(?P<value>-?\d[\d. ÷]*) = (?P<expression>[-+×÷()\d. ]+)(?P<rest>.*)")
_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[-+×÷()])")
_ROUNDING = re.compile(r"[，,] ?(?P<how>[^\d：:]+?到?(?: to)?) (?P<step>[\d.]+)(?=$|[：:])")
_MODES = {
    "四舍五入到": "half-up",
    "rounded half up to": "half-up",
    "截断到": "truncate",
    "truncated to": "truncate",
    "四舍六入五成双到": "half-even",
    "rounded half to even to": "half-even",
}


@dataclass(frozen=True)
class Line:
    """A step as it is printed: what it says, and what its figures give."""

    value: Fraction
    computed: Fraction
    why: str


def is_step(line: str) -> bool:
    """Say whether a line of an explanation is a step."""
    return _LINE.fullmatch(line) is not None


def read_line(line: str) -> Line:
    """Read a step and compute its right side, rounded as it says."""
    found = _LINE.fullmatch(line)
    assert found, line
    result = computed(found["expression"])
    rest = found["rest"]
    rounding = _ROUNDING.match(rest)
    if rounding:
        result = _rounded(result, Fraction(rounding["step"]), _MODES[rounding["how"]])
        rest = rest[rounding.end() :]
    assert not rest or rest[0] in "：:", line
    return Line(computed(found["value"]), result, rest[1:].strip())


def computed(expression: str) -> Fraction:
    """The value of an expression."""
    tokens = _TOKEN.findall(expression)
    assert "".join(tokens) == expression.replace(" ", ""), expression
    value, rest = _sum(tokens)
    assert not rest, expression
    return value


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in "+-":
        more, rest = _product(tokens[1:])
        value = value + more if tokens[0] == "+" else value - more
        tokens = rest
    return value, tokens


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _factor(tokens)
    while tokens and tokens[0] in "×÷":
        more, rest = _factor(tokens[1:])
        value = value * more if tokens[0] == "×" else value / more
        tokens = rest
    return value, tokens


def _factor(tokens: list[str]) -> tuple[Fraction, list[str]]:
    if tokens[0] == "-":
        value, rest = _factor(tokens[1:])
        return -value, rest
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        assert rest[0] == ")", tokens
        return value, rest[1:]
    return Fraction(tokens[0]), tokens[1:]


def _rounded(value: Fraction, step: Fraction, mode: str) -> Fraction:
    units = abs(value) / step
    whole, rest = units // 1, units % 1
    half = Fraction(1, 2)
    up = {
        "half-up": rest >= half,
        "truncate": False,
        "half-even": rest > half or (rest == half and whole % 2 == 1),
    }
    size = (whole + up[mode]) * step
    return -size if value < 0 else size
