"""Reader: the branch that was taken, as one line with its figures, and as steps.

A step is ``left = expression``; both sides are exact, so the printed line can be computed again.
"""

from __future__ import annotations

__all__ = ["REASONS", "Step", "plain", "steps"]

from collections.abc import Mapping
from math import gcd

import attrs

from perfeval.formula.exact import Pair, Refused, Scope, compile_condition, compile_formula
from perfeval.formula.nodes import (
    Add,
    Because,
    Case,
    Divide,
    Greatest,
    Input,
    Label,
    Least,
    Multiply,
    Node,
    Number,
    Refuse,
    Round,
    RoundingMode,
    Subtract,
)
from perfeval.messages import Language, Message, Wording

_ROUNDING = {
    RoundingMode.HALF_UP: Wording("round-half-up", "四舍五入到 {step}", "rounded half up to {step}"),
    RoundingMode.TRUNCATE: Wording("round-truncate", "截断到 {step}", "truncated to {step}"),
    RoundingMode.HALF_EVEN: Wording(
        "round-half-even", "四舍六入五成双到 {step}", "rounded half to even to {step}"
    ),
}
REASONS = {
    wording.code: wording
    for wording in (
        Wording(
            "met", "{actual} 达到目标 {target}，得满分", "{actual} meets the target {target}: full marks"
        ),
        Wording(
            "within",
            "{actual} 未超过目标 {target}，得满分",
            "{actual} is within the target {target}: full marks",
        ),
        Wording(
            "exactly", "{actual} 等于目标 {target}，得满分", "{actual} equals the target {target}: full marks"
        ),
        Wording(
            "in-range",
            "{actual} 在 {low} 至 {high} 之间，得满分",
            "{actual} lies from {low} to {high}: full marks",
        ),
        Wording(
            "short",
            "{actual} 未达到目标 {target}，按比例",
            "{actual} misses the target {target}: in proportion",
        ),
        Wording(
            "over", "{actual} 超过目标 {target}，按比例扣减", "{actual} exceeds the target {target}: reduced"
        ),
        Wording("none", "{actual} 对目标 {target}，不得分", "{actual} against the target {target}: no marks"),
        Wording("below-pass-line", "完成程度低于及格线，不得分", "below the pass line: no marks"),
        Wording("over-achieved-step", "超额完成，按档扣减", "over-achieved: the factor of its step"),
        Wording(
            "zero-under-ceiling",
            "实际为 0，本办法不给分",
            "the actual is 0, which this rule book gives no marks",
        ),
        Wording("band", "{share} 所在档次的系数", "the factor of the band of {share}"),
        Wording("degree", "按完成程度 {degree}", "by the stated degree {degree}"),
        Wording("asserted", "实际完成值表述为达成", "the actual states that it is done"),
        Wording(
            "in-time",
            "{actual} 不晚于期限 {target}，得满分",
            "{actual} is not later than {target}: full marks",
        ),
        Wording("late", "{actual} 晚于期限 {target}，不得分", "{actual} is later than {target}: no marks"),
        Wording("stated-not-done", "实际完成值表述为未完成", "the actual states that it is not done"),
    )
}


@attrs.frozen
class Step:
    """One line of an explanation: ``value = expression``, and why this case was taken."""

    name: str
    value: str
    expression: str
    rounding: Message | None
    because: Message | None

    def text(self, language: Language = "zh") -> str:
        """Give the line: ``9.96 = 10 × 8.90 ÷ 8.94，四舍五入到 0.01``."""
        comma, colon = ("，", "：") if language == "zh" else (", ", ": ")
        line = f"{self.value} = {self.expression}"
        if self.rounding:
            line += comma + self.rounding.text(language)
        if self.because:
            line += colon + self.because.text(language)
        return line


def steps(node: Node, scope: Scope, shown: Mapping[str, str]) -> tuple[Step, ...]:
    """Give the steps of a formula: one for each label on the branch that is taken, the last for the whole.

    ``shown`` holds the figure of each input as it is to be printed (``8.90``), exact in the formula's
    unit. Raises Refused where the formula has no value.
    """
    reader = _Reader(scope, shown)
    expression, _ = reader.expression(node)
    if not reader.steps:
        value = compile_formula(node)(scope)
        reader.steps.append(Step("score", plain(value), expression, None, reader.because))
    return tuple(reader.steps)


@attrs.define
class _Reader:
    scope: Scope
    shown: Mapping[str, str]
    because: Message | None = None
    rounding: Message | None = None
    steps: list[Step] = attrs.Factory(list)

    def expression(self, node: Node) -> tuple[str, int]:  # noqa: C901 - one case a node
        """Give the text and its strength: 0 sums, 1 products, 2 a single term."""
        match node:
            case Input(name):
                text = self.shown[name]
                return text, 1 if "÷" in text else 2
            case Number(numerator, denominator):
                text = plain((numerator, denominator))
                return text, 1 if "÷" in text else 2
            case Add(left, right):
                return f"{self.expression(left)[0]} + {self.enclosed(right, 1)}", 0
            case Subtract(left, right):
                return f"{self.expression(left)[0]} - {self.enclosed(right, 1)}", 0
            case Multiply(left, right):
                return self.product(left, right)
            case Divide(left, right):
                return f"{self.enclosed(left, 1)} ÷ {self.enclosed(right, 2)}", 1
            case Least(left, right) | Greatest(left, right):
                return self.either(node, left, right)
            case Case(branches, otherwise):
                for branch in branches:
                    if compile_condition(branch.condition)(self.scope):
                        return self.expression(branch.then)
                return self.expression(otherwise)
            case Because(code, value):
                if code in REASONS:
                    self.because = REASONS[code](**self.shown)
                return self.expression(value)
            case Round(value, step, mode):
                inner = self.expression(value)
                self.rounding = _ROUNDING[mode](step=plain((step.numerator, step.denominator)))
                return inner
            case Label(name, value):
                return self.label(name, value)
            case Refuse(reason):
                raise Refused(reason)
            case _:
                raise TypeError("a comparison is the condition of a branch")

    def product(self, left: Node, right: Node) -> tuple[str, int]:
        first = self.enclosed(left, 1)
        second, strength = self.expression(right)
        if second == "1":
            return first, 1
        if strength == 0:
            second = f"({second})"
        return f"{first} × {second}", 1

    def enclosed(self, node: Node, strength: int) -> str:
        text, own = self.expression(node)
        return text if own >= strength else f"({text})"

    def either(self, node: Node, left: Node, right: Node) -> tuple[str, int]:
        """Give the one that counts; of equals the first, which says where the value comes from."""
        first, second = compile_formula(left)(self.scope), compile_formula(right)(self.scope)
        difference = first[0] * second[1] - second[0] * first[1]
        shown = self.expression(left)
        if difference <= 0 if isinstance(node, Least) else difference >= 0:
            return shown
        # A score that is clamped to its weight was still made of what the reason says.
        because, self.rounding = self.because, None
        shown = self.expression(right)
        self.because = self.because or because
        return shown

    def label(self, name: str, value: Node) -> tuple[str, int]:
        self.rounding = None
        expression, _ = self.expression(value)
        result = compile_formula(value)(self.scope)
        printed = plain(result)
        self.steps.append(Step(name, printed, expression, self.rounding, self.because))
        self.rounding = self.because = None
        return printed, 1 if "÷" in printed else 2


def _decimal_text(pair: Pair) -> str | None:
    """Give a ratio as a decimal with no digit too many; None where it has no end."""
    numerator, denominator = pair
    shared = gcd(numerator, denominator)
    numerator, denominator = numerator // shared, denominator // shared
    digits, rest = 0, denominator
    while rest > 1:
        if rest % 10 == 0:
            rest //= 10
        elif rest % 5 == 0:
            rest //= 5
        elif rest % 2 == 0:
            rest //= 2
        else:
            return None
        digits += 1
    scaled = f"{abs(numerator) * 10**digits // denominator:0{digits + 1}d}"
    sign = "-" if numerator < 0 else ""
    return f"{sign}{scaled[:-digits]}.{scaled[-digits:]}" if digits else f"{sign}{scaled}"


def plain(pair: Pair) -> str:
    """Give a ratio as a decimal where it is one, else as ``n ÷ d`` in lowest terms."""
    found = _decimal_text(pair)
    if found is not None:
        return found
    shared = gcd(*pair)
    return f"{pair[0] // shared} ÷ {pair[1] // shared}"
