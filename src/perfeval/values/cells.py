"""Cells that can only hold a number: weights, scores, amounts of money."""

from __future__ import annotations

__all__ = ["parse_amount", "parse_number", "parse_weight"]

import re
from decimal import Decimal

from perfeval.values.expressions import parse_target
from perfeval.values.model import Comparison, Missing, Operator, Quantity, Unparsed, UnparsedReason
from perfeval.values.text import squash
from perfeval.values.units import DEFAULT_UNITS, UnitTable

_BREAKDOWN = re.compile(r"([^(（]+)[(（]([^)）]*)[)）]?.*", re.DOTALL)
_IN_BRACKETS = re.compile(r"^\s*[(（]([^()（）]*)[)）]\s*$")
_PLAIN = re.compile(r"\s*+(-?[0-9]{1,15}(?:\.[0-9]{1,8})?)\s*+分?\s*+")
_PLAIN_AMOUNT = re.compile(r"\s*+([0-9]{1,15}(?:\.[0-9]{1,8})?)\s*+")


def parse_number(raw: str, units: UnitTable = DEFAULT_UNITS) -> Decimal | Missing | Unparsed:
    """Read a score: a number, with 分 or without (``10.00分``)."""
    plain = _PLAIN.fullmatch(raw)  # most cells; the grammar would read them alike, only slower
    if plain:
        return Decimal(plain[1])
    quantity = _quantity(raw, raw, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if not quantity.unit.is_absent and quantity.unit.symbol != "分":
        return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (0, len(raw)), raw)
    return quantity.number


def parse_weight(raw: str, units: UnitTable = DEFAULT_UNITS) -> Decimal | Missing | Unparsed:
    """Read a weight: ``10``, ``10分``, ``20%`` (which is 20). ``(40-50)分`` is none."""
    plain = _PLAIN.fullmatch(raw)
    if plain and plain[1][0] != "-":
        return Decimal(plain[1])
    bracketed = _IN_BRACKETS.match(raw)
    quantity = _quantity(bracketed[1] if bracketed else raw, raw, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if not quantity.unit.is_absent and quantity.unit.symbol not in ("分", "%"):
        return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (0, len(raw)), raw)
    if quantity.number < 0:
        return Unparsed(UnparsedReason.NOT_A_NUMBER, (0, len(raw)), raw)
    return quantity.number


def parse_amount(raw: str, units: UnitTable = DEFAULT_UNITS) -> Quantity | Missing | Unparsed:
    """Read a sum of money; its own unit, if any, is kept (``5.8万`` has 万).

    A breakdown ``854万(高标准农田建设400万元,…)`` is its first number; a trailing ``?`` is a blank that a
    conversion lost. A unit that is no money leaves the cell unread.
    """
    plain = _PLAIN_AMOUNT.fullmatch(raw)  # most cells; the grammar would read them alike, only slower
    if plain:
        return Quantity(Decimal(plain[1]))
    text = raw.strip().rstrip("?？")
    if not text and raw.strip():
        return Unparsed(UnparsedReason.PLACEHOLDER, (0, len(raw)), raw)
    breakdown = _BREAKDOWN.fullmatch(text)
    if breakdown:
        has_unit = units.whole(squash(breakdown[2])) is not None  # 8.94（万元）
        text = breakdown[1] + (breakdown[2] if has_unit else "")
    quantity = _quantity(text, raw, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if quantity.unit.dimension not in ("", "money"):
        return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (0, len(raw)), raw)
    return quantity


def _quantity(text: str, raw: str, units: UnitTable) -> Quantity | Missing | Unparsed:
    """Read the part of a cell that holds its number; what is wrong is said of the whole cell."""
    value = parse_target(text, units)
    if isinstance(value, Missing):
        return value
    if isinstance(value, Unparsed):
        start = max(raw.find(text), 0)
        return Unparsed(value.reason, (start + value.span[0], start + value.span[1]), raw)
    if (
        isinstance(value, Comparison)
        and value.operator in (None, Operator.EQUAL)
        and not value.quantity.approximate
        and not any(word in squash(text) for word in ("完成", "达", "实现"))
    ):
        return value.quantity
    return Unparsed(UnparsedReason.NOT_A_NUMBER, (0, len(raw)), raw)
