"""The JSON Schema of tables, made from the classes of ``model``; ``evaluation.schema.json`` is its committed text."""

from __future__ import annotations

__all__ = ["evaluation_schema"]

from collections.abc import Mapping
from enum import StrEnum
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from perfeval.table.cells import Cell, TargetCell
from perfeval.table.files import SCHEMA
from perfeval.table.model import Evaluation, Funding, Goal, Indicator, Total

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STRING = {"type": "string"}
_PARTS = ("operator", "value", "unit")

Node = dict[str, Any]


def evaluation_schema() -> Node:
    """Give the schema (draft 2020-12) of a file of tables: one at top level, or a list ``evaluations``.

    It accepts what ``perfeval.read`` accepts, apart from what no schema can say (a key that occurs twice).
    """
    table = _object(Evaluation)
    marked = {"schema": {"const": SCHEMA}}
    several = {"evaluations": {"type": "array", "items": {"$ref": "#/$defs/Evaluation"}}}
    return {
        "$schema": _DIALECT,
        "title": SCHEMA,
        "description": "预算绩效自评表; budget performance self-evaluation tables as printed",
        "oneOf": [
            _closed({**marked, **several}, required=["schema", "evaluations"]),
            _closed({**marked, **table["properties"]}, required=["schema"]),
        ],
        "$defs": {
            **{kind.__name__: _object(kind) for kind in (Goal, Funding, Indicator, Total)},
            "Evaluation": table,
            "Cell": {"description": "a cell as printed", **_STRING},
            "TargetCell": {
                "description": "a cell as printed, or its parts where they stand in columns of their own",
                "anyOf": [_STRING, _closed(dict.fromkeys(_PARTS, _STRING))],
            },
        },
    }


def _closed(properties: Node, required: list[str] | None = None) -> Node:
    """Give an object without other keys."""
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _object(kind: type[Any]) -> Node:
    """Give an attrs class, without its internal fields, under the first line of its docstring."""
    types = get_type_hints(kind)
    fields = [field for field in attrs.fields(kind) if "internal" not in field.metadata]
    first_line = (getdoc(kind) or "").partition("\n")[0]
    return {"description": first_line, **_closed({field.name: _value(types[field.name]) for field in fields})}


def _value(kind: Any) -> Node:
    """Give the type of one field."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (given,) = (argument for argument in arguments if argument is not NoneType)
        if get_origin(given) is Cell:
            return {
                "anyOf": [
                    {"$ref": f"#/$defs/{'TargetCell' if given == TargetCell else 'Cell'}"},
                    {"type": "null"},
                ]
            }
        return {"type": [_value(given)["type"], "null"]}
    if origin is tuple:
        return {"type": "array", "items": _value(arguments[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _value(arguments[1])}
    if attrs.has(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if issubclass(kind, StrEnum):
        return {"enum": [str(member) for member in kind]}
    return {"type": {str: "string", bool: "boolean"}[kind]}
