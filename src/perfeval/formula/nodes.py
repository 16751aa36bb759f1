"""A scoring formula as data: nodes that hold no Python callable and survive JSON.

Every formula of the field is a piecewise ratio of its inputs. A *rule* builds one for each
kind of comparison; readers (exact, reach, prose, later columns and spreadsheet) turn the
same nodes into a value, the reachable values, a sentence, a cell formula.

The inputs, all exact: ``weight`` (points), ``target``, ``actual``, ``low``, ``high`` (in the
target's unit), ``share`` (actual or execution as a fraction of one), ``degree`` (1 met, 0 not).
"""

from __future__ import annotations

__all__ = [
    "INPUTS",
    "Add",
    "Because",
    "Branch",
    "Case",
    "Compare",
    "Divide",
    "Greatest",
    "Input",
    "Label",
    "Least",
    "Multiply",
    "Node",
    "Number",
    "Refuse",
    "Round",
    "RoundingMode",
    "Subtract",
    "from_json",
    "to_json",
    "with_inputs",
]

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, cast

import attrs

INPUTS = ("weight", "target", "actual", "low", "high", "share", "degree")

Comparator = Literal[">=", ">", "=", "<", "<="]


class RoundingMode(StrEnum):
    """How a half is rounded: 四舍五入, 截断, 四舍六入五成双."""

    HALF_UP = "half-up"
    TRUNCATE = "truncate"
    HALF_EVEN = "half-even"


@attrs.frozen(cache_hash=True)
class Input:
    """A named input."""

    name: str


@attrs.frozen(cache_hash=True)
class Number:
    """An exact constant: a ratio of integers, the denominator above 0."""

    numerator: int
    denominator: int = 1


@attrs.frozen(cache_hash=True)
class Add:
    """Sum of two nodes."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Subtract:
    """Difference of two nodes."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Multiply:
    """Product of two nodes."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Divide:
    """Quotient of two nodes; a formula must not reach it with a divisor of 0."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Least:
    """The smaller of two nodes."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Greatest:
    """The greater of two nodes."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Compare:
    """A condition between two nodes; stands only as the condition of a branch."""

    comparator: Comparator
    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Branch:
    """One case: taken if ``condition`` holds."""

    condition: Compare
    then: Node


@attrs.frozen(cache_hash=True)
class Case:
    """The first branch whose condition holds, else ``otherwise``."""

    branches: tuple[Branch, ...]
    otherwise: Node


@attrs.frozen(cache_hash=True)
class Round:
    """A node rounded once, to a multiple of ``step``."""

    value: Node
    step: Number
    mode: RoundingMode


@attrs.frozen(cache_hash=True)
class Refuse:
    """No value, for this reason (one of the closed list of unscorable reasons)."""

    reason: str


@attrs.frozen(cache_hash=True)
class Because:
    """A node with the code of the reason why this case holds, for the explanation."""

    code: str
    value: Node


@attrs.frozen(cache_hash=True)
class Label:
    """A node that is a step of the explanation, under the code ``name``."""

    name: str
    value: Node


Node = (
    Input
    | Number
    | Add
    | Subtract
    | Multiply
    | Divide
    | Least
    | Greatest
    | Compare
    | Case
    | Round
    | Refuse
    | Because
    | Label
)

_CLASSES = {
    kind.__name__.lower(): kind
    for kind in (
        Input, Number, Add, Subtract, Multiply, Divide, Least, Greatest, Compare, Branch, Case, Round, Refuse, Because,
        Label,
    )
}  # fmt: skip


def to_json(node: Node | Branch) -> dict[str, object]:
    """Give a formula as JSON objects, each with its ``node``."""
    fields = {field.name: _value_to_json(getattr(node, field.name)) for field in attrs.fields(type(node))}
    return {"node": type(node).__name__.lower(), **fields}


def _value_to_json(value: object) -> object:
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if attrs.has(type(value)):
        return to_json(cast("Node", value))
    return value


def from_json(data: dict[str, object]) -> Node | Branch:
    """Read what ``to_json`` gives. Raises KeyError or TypeError for anything else."""
    kind = _CLASSES[str(data["node"])]
    fields = {name: _value_from_json(value) for name, value in data.items() if name != "node"}
    if kind is Round:
        fields["mode"] = RoundingMode(str(fields["mode"]))
    return kind(**fields)  # type: ignore[arg-type]  # checked by the round-trip law


def _value_from_json(value: object) -> object:
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        return from_json(value)
    return value


def with_inputs(node: Node, given: Mapping[str, Node]) -> Node:
    """Put nodes in the place of inputs."""
    if isinstance(node, Input):
        return given.get(node.name, node)
    fields = {field.name: getattr(node, field.name) for field in attrs.fields(type(node))}
    return type(node)(**{name: _with_inputs(value, given) for name, value in fields.items()})  # type: ignore[arg-type]


def _with_inputs(value: object, given: Mapping[str, Node]) -> object:
    if isinstance(value, tuple):
        return tuple(_with_inputs(item, given) for item in value)
    return with_inputs(cast("Node", value), given) if attrs.has(type(value)) else value
