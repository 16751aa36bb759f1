"""Cells that can only hold a number: weights, scores, amounts of money."""

from __future__ import annotations

__all__ = ["parse_amount", "parse_number", "parse_weight"]

import re
from decimal import Decimal

from perfeval.values.expressions import parse_target
from perfeval.values.model import Comparison, Missing, Operator, Quantity, Unparsed, UnparsedReason
from perfeval.values.text import fold
from perfeval.values.units import DEFAULT_UNITS, NO_UNIT, UnitTable

_LOST_BLANK = re.compile(r"[?？]+$")
_BREAKDOWN = re.compile(r"^([^(（]+)[(（].*$", re.DOTALL)
_IN_BRACKETS = re.compile(r"^\s*[(（]([^()（）]*)[)）]\s*$")
_PLAIN = re.compile(r"\s*(-?[0-9]{1,15}(?:\.[0-9]{1,8})?)\s*分?\s*")
_PLAIN_AMOUNT = re.compile(r"\s*([0-9]{1,15}(?:\.[0-9]{1,8})?)\s*")


def parse_number(raw: str, units: UnitTable = DEFAULT_UNITS) -> Decimal | Missing | Unparsed:
    """Read a score: a number, with 分 or without (``10.00分``)."""
    plain = _PLAIN.fullmatch(raw)  # most cells; the grammar would read them alike, only slower
    if plain:
        return Decimal(plain[1])
    quantity = _quantity(raw, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if quantity.unit is not NO_UNIT and quantity.unit.symbol != "分":
        return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (0, len(raw)), raw)
    return quantity.number


def parse_weight(raw: str, units: UnitTable = DEFAULT_UNITS) -> Decimal | Missing | Unparsed:
    """Read a weight: ``10``, ``10分``, ``20%`` (which is 20). ``(40-50)分`` is none."""
    plain = _PLAIN.fullmatch(raw)
    if plain and plain[1][0] != "-":
        return Decimal(plain[1])
    bracketed = _IN_BRACKETS.match(raw)
    quantity = _quantity(bracketed[1] if bracketed else raw, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if quantity.unit is not NO_UNIT and quantity.unit.symbol not in ("分", "%"):
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
    text = _LOST_BLANK.sub("", raw.strip())
    breakdown = _BREAKDOWN.match(text)
    quantity = _quantity(breakdown[1] if breakdown else text, units)
    if not isinstance(quantity, Quantity):
        return quantity
    if quantity.unit.dimension not in ("", "money"):
        return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (0, len(raw)), raw)
    return quantity


def _quantity(raw: str, units: UnitTable) -> Quantity | Missing | Unparsed:
    value = parse_target(raw, units)
    if isinstance(value, Missing | Unparsed):
        return value
    exact = (
        isinstance(value, Comparison)
        and value.operator in (None, Operator.EQUAL)
        and not value.quantity.approximate
        and not any(word in fold(raw).text for word in ("完成", "达到", "达成", "实现"))
    )
    if exact and isinstance(value, Comparison):
        return value.quantity
    return Unparsed(UnparsedReason.NOT_A_NUMBER, (0, len(raw)), raw)
