"""What requests of ``perfeval serve`` hold, checked strictly and with every problem at once."""

from __future__ import annotations

__all__ = ["AuditRequest", "IndicatorRequest", "PingRequest", "TablesRequest", "structured"]

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import BaseValidationError

from perfeval.errors import Problem, UnreadableError
from perfeval.positions import path_text
from perfeval.structure import new_converter, problems_of, wrong_type

Number = str | int | None
"""Digits as printed, or an integer; a JSON number with a point is refused, for it may be a binary float."""

Tables = Mapping[str, Any]
"""``perfeval.evaluation.v1``: one table, or a list ``evaluations``; `perfeval.table.read_data` looks into it."""

Request = TypeVar("Request")


@attrs.frozen
class PingRequest:
    """Nothing."""


@attrs.frozen(kw_only=True)
class TablesRequest:
    """Tables to score or explain."""

    evaluation: Tables


@attrs.frozen(kw_only=True)
class AuditRequest:
    """Tables to audit, what they are held against, and the checks to run or leave out."""

    evaluation: Tables
    previous: Tables | None = None
    approved: Tables | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class IndicatorRequest:
    """The cells of one row, as `perfeval.score_indicator` takes them."""

    target: str | None
    actual: str | None
    weight: Number = 10
    rule: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    year: Number = None
    reported: Number = None


def structured(fields: Mapping[str, Any], kind: type[Request], name: str) -> Request:
    """Give the request that these fields make. Raises UnreadableError with every problem, by path."""
    try:
        return _converter().structure(fields, kind)
    except (BaseValidationError, ValueError) as error:
        raise UnreadableError(
            tuple(
                Problem(name, 0, 0, path_text(problem.path), problem.message)
                for problem in problems_of(error)
            )
        ) from None


@cache
def _converter() -> Converter:
    converter = new_converter()
    converter.register_structure_hook(Number, _number)
    return converter


def _number(value: object, _kind: object) -> Number:
    if value is None or isinstance(value, str):
        return value
    if type(value) is int:
        return value
    raise wrong_type(str, value)
