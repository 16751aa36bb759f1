"""How these tables look at a rule: a fraction of the weight, or the reason why there is none, as text."""

from fractions import Fraction

from perfeval.formula import Node, Refused, evaluate
from perfeval.rules import Kind, Rule

KINDS = {">=": Kind.AT_LEAST, "=": Kind.EQUAL, "<=": Kind.AT_MOST}


def outcome(node: Node, **inputs: str) -> str:
    """The value of a formula as text (``89/100``), or its reason."""
    try:
        found = evaluate(node, {name: Fraction(text).as_integer_ratio() for name, text in inputs.items()})
    except Refused as refused:
        return refused.reason
    return str(Fraction(*found))


def both(rule: Rule, kind: Kind, **inputs: str) -> tuple[str, str]:
    """The fraction and the completion."""
    return outcome(rule.formula(kind), **inputs), outcome(rule.completion(kind), **inputs)


def of_numbers(rule: Rule, comparison: str, target: str, actual: str) -> tuple[str, str]:
    """The same, of ``>=``, ``=`` or ``<=`` a target."""
    return both(rule, KINDS[comparison], target=target, actual=actual)


def of_range(rule: Rule, low: str, high: str, actual: str) -> tuple[str, str]:
    """The same, of a range."""
    return both(rule, Kind.RANGE, low=low, high=high, actual=actual)
