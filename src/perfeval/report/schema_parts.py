"""Pieces of JSON Schemas of what perfeval writes (draft 2020-12)."""

from __future__ import annotations

__all__ = [
    "COUNT",
    "COUNTS",
    "DECIMAL",
    "FROM_ONE",
    "PROBLEM",
    "RULEBOOK",
    "STRING",
    "TEXTS",
    "TOOL",
    "Node",
    "closed",
    "list_of",
    "maybe",
    "members",
]

from enum import StrEnum
from typing import Any

Node = dict[str, Any]


def closed(**properties: Node) -> Node:
    """Give an object that has exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(item: Node) -> Node:
    """Give an array of one kind."""
    return {"type": "array", "items": item}


def maybe(kind: Node) -> Node:
    """Give a kind or null."""
    return {"anyOf": [kind, {"type": "null"}]}


def members(kind: type[StrEnum]) -> Node:
    """Give one of the values of an enumeration."""
    return {"enum": [str(member) for member in kind]}


STRING: Node = {"type": "string"}
COUNT: Node = {"type": "integer", "minimum": 0}
FROM_ONE: Node = {"type": "integer", "minimum": 1}
DECIMAL: Node = {"type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
"""A decimal as a string, or null."""
TEXTS: Node = {"type": "object", "additionalProperties": STRING}
COUNTS: Node = {"type": "object", "additionalProperties": COUNT}
TOOL = closed(name={"const": "perfeval"}, version=STRING)
RULEBOOK = closed(id=STRING, sha256=STRING)
PROBLEM = closed(
    file=STRING,
    line=maybe(FROM_ONE),
    column=maybe(FROM_ONE),
    path=maybe(STRING),
    code=STRING,
    message=STRING,
)
"""What could not be read."""
